//! The library for many requests at once: a few open readers, each used by one request at a time.

use crate::error::Failed;
use crate::keys::Keys;
use dateline_store::{Library, Mode};
use std::sync::{Arc, Mutex};

/// Readers kept open between requests.
const KEPT: usize = 8;

/// Shared by all handlers.
#[derive(Clone)]
pub(crate) struct Shelf {
    readers: Arc<Mutex<Vec<Library>>>,
    first: Arc<Mutex<Library>>,
    /// Who may change the library.
    pub(crate) keys: Arc<Keys>,
    /// The time at which something is decided.
    pub(crate) clock: fn() -> String,
    /// The folder, for the page's foot.
    pub(crate) folder: Arc<str>,
}

impl Shelf {
    pub(crate) fn new(library: Library, clock: fn() -> String) -> std::io::Result<Shelf> {
        let keys = Arc::new(Keys::new()?);
        let folder = library.dir().to_string_lossy().into();
        Ok(Shelf { readers: Arc::default(), first: Arc::new(Mutex::new(library)), keys, clock, folder })
    }

    /// Asks the library on a thread that may block.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Library) -> Result<T, Failed> + Send + 'static,
    ) -> Result<T, Failed> {
        let shelf = self.clone();
        tokio::task::spawn_blocking(move || {
            let reader = shelf.take()?;
            let answer = reader.at_once(question);
            shelf.give_back(reader);
            answer
        })
        .await
        .unwrap_or_else(|_| Err(Failed::Fault))
    }

    /// Changes the library on a thread that may block; fails where another process is writing to it.
    pub(crate) async fn decide<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Library) -> Result<T, Failed> + Send + 'static,
    ) -> Result<T, Failed> {
        let shelf = self.clone();
        tokio::task::spawn_blocking(move || {
            let dir = shelf.first.lock().map_err(|_| Failed::Fault)?.dir().to_owned();
            change(&mut Library::open(&dir, Mode::Write)?)
        })
        .await
        .unwrap_or_else(|_| Err(Failed::Fault))
    }

    fn take(&self) -> Result<Library, Failed> {
        let kept = self.readers.lock().ok().and_then(|mut r| r.pop());
        match kept {
            Some(reader) => Ok(reader),
            None => Ok(self.first.lock().map_err(|_| Failed::Fault)?.another()?),
        }
    }

    fn give_back(&self, reader: Library) {
        if let Ok(mut readers) = self.readers.lock()
            && readers.len() < KEPT
        {
            readers.push(reader);
        }
    }
}

//! The library for many requests at once: a few open readers, each used by one request at a time.

use crate::adding::{Add, Hands, Runs};
use crate::error::Failed;
use crate::gate::Gate;
use crate::hosts::Listening;
use crate::keys::Keys;
use axum::http::HeaderMap;
use dateline_store::{Library, Mode};
use std::sync::{Arc, Mutex};

/// Readers kept open between requests.
const KEPT: usize = 8;

/// Shared by all handlers.
#[derive(Clone)]
pub(crate) struct Shelf {
    readers: Arc<Mutex<Vec<Library>>>,
    first: Arc<Mutex<Library>>,
    /// Held by whichever request writes: two of one program wait for each other.
    hand: Arc<Mutex<()>>,
    /// Who may change the library.
    pub(crate) keys: Arc<Keys>,
    /// Who may look; `None` where the library has no password.
    pub(crate) gate: Option<Arc<Gate>>,
    /// The names that are answered to.
    pub(crate) listening: Arc<Listening>,
    /// The time at which something is decided.
    pub(crate) clock: fn() -> String,
    /// How files are added.
    pub(crate) add: Add,
    /// The latest times that files were added through a browser.
    pub(crate) runs: Runs,
    /// The library's folder.
    pub(crate) folder: Arc<str>,
}

impl Shelf {
    /// # Errors
    /// Where the system gives no random bytes, the file of the password cannot be used, or there is no password and
    /// other machines would reach the library.
    pub(crate) fn new(library: Library, listening: Listening, hands: Hands) -> std::io::Result<Shelf> {
        let gate = Gate::of(library.dir().to_owned())?.map(Arc::new);
        if gate.is_none() && listening.beyond() {
            return Err(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                "other machines can reach this address, and the library has no password: `dateline password` gives it \
                 one",
            ));
        }
        Ok(Shelf {
            readers: Arc::default(),
            folder: library.dir().to_string_lossy().into(),
            first: Arc::new(Mutex::new(library)),
            hand: Arc::default(),
            keys: Arc::new(Keys::new()?),
            gate,
            listening: Arc::new(listening),
            clock: hands.clock,
            add: hands.add,
            runs: Runs::default(),
        })
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
            // what a panic left is a library that its next opening mends
            let _hand = shelf.hand.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            change(&mut Library::open(&dir, Mode::Write)?)
        })
        .await
        .unwrap_or_else(|_| Err(Failed::Fault))
    }

    /// Takes a form of ours: refuses any other, then decides at the time that `decide` is told, and puts what was
    /// decided into effect.
    pub(crate) async fn settle<T: Send + 'static>(
        &self,
        headers: &HeaderMap,
        token: &str,
        decide: impl FnOnce(&mut Library, &str) -> Result<T, Failed> + Send + 'static,
    ) -> Result<T, Failed> {
        self.keys.check(headers, token)?;
        let now = (self.clock)();
        self.decide(move |library| {
            let decided = decide(library, &now)?;
            library.settle()?;
            Ok(decided)
        })
        .await
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

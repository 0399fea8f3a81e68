//! Making the index again from the captures and decisions alone.

use crate::error::{Result, StoreError};
use crate::library::index_path;
use crate::lock::Lock;
use crate::swap::{remove, swap};
use crate::{Library, Mode, Outcome, Stamp};
use dateline_capture::Capture;
use std::path::Path;

/// Captures read at once.
const BATCH: usize = 256;

/// What came of a rebuild.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Pages found in the capture files.
    pub captures: u64,
    /// Articles found in them.
    pub articles: u64,
}

impl Library {
    /// Makes the index of a library again from its captures and swaps it in at the end: until then the old one
    /// stays in use, and a rebuild that fails or is stopped leaves it as it was.
    ///
    /// `read` turns a batch of captures into their outcomes, in the same order; `link` is called once at the end
    /// with the new library, to link it ([`Library::prints`], [`Library::put_linked`]).
    ///
    /// # Errors
    /// As [`Library::open`]; whatever `link` gives.
    pub fn rebuild(
        dir: &Path,
        version: &str,
        mut read: impl FnMut(&[Capture]) -> Vec<Outcome>,
        link: impl FnOnce(&mut Library) -> Result<()>,
    ) -> Result<Rebuilt> {
        if !crate::library::captures_dir(dir).is_dir() {
            return Err(StoreError::at(dir, crate::ErrorKind::NotALibrary));
        }
        let _lock = Lock::take(dir)?;
        let new = dir.join("index.db.new");
        remove(&new)?;
        let mut library = Library::over(dir, &new, Mode::Write)?;
        library.enter_orphans()?;
        let pending = library.pending()?;
        for ids in pending.chunks(BATCH) {
            let captures = ids.iter().map(|id| library.capture(id)).collect::<Result<Vec<_>>>()?;
            let outcomes = read(&captures);
            let batch: Vec<(Capture, Outcome)> = captures.into_iter().zip(outcomes).collect();
            library.add(&batch, &Stamp { now: "", version })?;
        }
        link(&mut library)?;
        let counts = library.counts()?;
        drop(library);
        swap(&new, &index_path(dir))?;
        Ok(Rebuilt { captures: counts.captures, articles: counts.articles })
    }
}

//! What did this page look like when it was saved?

use crate::Library;
use crate::error::{Result, StoreError};
use crate::library::captures_dir;
use dateline_capture::{Capture, warc};
use rusqlite::OptionalExtension;

impl Library {
    /// The capture of this id, from the capture files.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`]; [`crate::ErrorKind::Capture`] where the file is gone or damaged.
    pub fn capture(&self, id: &str) -> Result<Capture> {
        let mut ask = self.db.prepare_cached("SELECT file, offset FROM captures WHERE id = ?1")?;
        let place: Option<(String, u64)> = ask.query_row([id], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let Some((file, offset)) = place else { return Err(StoreError::not_found("capture", id)) };
        Ok(warc::read_at(&captures_dir(self.dir()).join(file), offset)?)
    }
}

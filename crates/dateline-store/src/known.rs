//! Is this page in the library?

use crate::Library;
use crate::error::Result;

impl Library {
    /// Whether a capture of this id was added and read. One that a crash left unread is not known: adding it again
    /// gives it its reading, without keeping it twice.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn known(&self, id: &str) -> Result<bool> {
        let mut ask = self.db.prepare_cached("SELECT 1 FROM captures WHERE id = ?1 AND status <> 'pending'")?;
        Ok(ask.exists([id])?)
    }
}

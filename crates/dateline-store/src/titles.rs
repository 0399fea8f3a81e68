//! What is the headline of this page?

use crate::Library;
use crate::error::Result;
use rusqlite::OptionalExtension;

impl Library {
    /// The headline of the article of this id; `None` where it has none, or the library has no such article.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn title_of(&self, id: &str) -> Result<Option<String>> {
        let mut ask =
            self.db.prepare_cached("SELECT title FROM captures JOIN articles USING (n) WHERE captures.id = ?1")?;
        Ok(ask.query_row([id], |r| r.get(0)).optional()?.flatten())
    }
}

//! What does the linker need of every article?

use crate::error::Result;
use crate::{Library, blob};
use dateline_story::Print;

impl Library {
    /// The prints of all articles, in the order of their ids; of a page that was captured more than once, the
    /// latest's.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn prints(&self) -> Result<Vec<Print>> {
        let sql = "SELECT print FROM articles JOIN captures USING (n) WHERE latest IS NULL ORDER BY id";
        let mut ask = self.db.prepare_cached(sql)?;
        let mut rows = ask.query([])?;
        let mut prints = Vec::new();
        while let Some(row) = rows.next()? {
            prints.push(blob::unpack(row.get_ref(0)?.as_blob().unwrap_or_default())?);
        }
        Ok(prints)
    }
}

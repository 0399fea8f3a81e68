//! What does the linker need of every article?

use crate::error::Result;
use crate::{Library, blob};
use dateline_story::Print;

impl Library {
    /// The prints of all articles, in the order of their ids.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn prints(&self) -> Result<Vec<Print>> {
        let mut ask = self.db.prepare_cached("SELECT print FROM articles JOIN captures USING (n) ORDER BY id")?;
        let mut rows = ask.query([])?;
        let mut prints = Vec::new();
        while let Some(row) = rows.next()? {
            prints.push(blob::unpack(row.get_ref(0)?.as_blob().unwrap_or_default())?);
        }
        Ok(prints)
    }
}

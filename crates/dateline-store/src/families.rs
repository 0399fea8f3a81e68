//! Which outlets count as one?

use crate::Library;
use crate::error::{ErrorKind, Result, StoreError};
use dateline_story::Families;

/// The library's own table of outlets, in its folder.
const TABLE: &str = "outlets.tsv";

impl Library {
    /// The houses of outlets: those that are shipped, and those of `outlets.tsv` in the library's folder, which win.
    ///
    /// # Errors
    /// [`ErrorKind::Io`]; [`ErrorKind::Table`] for a row that cannot be read.
    pub fn families(&self) -> Result<Families> {
        let path = self.dir().join(TABLE);
        if !path.exists() {
            return Ok(Families::default());
        }
        let table = std::fs::read_to_string(&path).map_err(|e| StoreError::io(&path, e))?;
        Families::default().and(&table).map_err(|why| StoreError::at(&path, ErrorKind::Table(why)))
    }
}

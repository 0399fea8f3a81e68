//! By which versions were the pages read?

use crate::Library;
use crate::error::Result;
use rusqlite::Connection;

/// Readings that another version made, or the same one with other tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Older {
    /// How many.
    pub readings: u64,
    /// The versions that made them, as they were given when the pages were added.
    pub versions: Vec<String>,
}

impl Library {
    /// The readings that are of another version than this.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn older(&self, version: &str) -> Result<Older> {
        let mut ask =
            self.db.prepare_cached("SELECT version, readings FROM versions WHERE version <> ?1 ORDER BY version")?;
        let mut rows = ask.query([version])?;
        let mut older = Older::default();
        while let Some(r) = rows.next()? {
            older.versions.push(r.get(0)?);
            older.readings += r.get::<_, u64>(1)?;
        }
        Ok(older)
    }

    /// All versions that made readings.
    pub(crate) fn reading_versions(&self) -> Result<Vec<String>> {
        let mut ask = self.db.prepare_cached("SELECT version FROM versions ORDER BY version")?;
        Ok(ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
}

/// Counts one more reading of a version.
pub(crate) fn count(db: &Connection, version: &str) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO versions (version, readings) VALUES (?1, 1)
         ON CONFLICT (version) DO UPDATE SET readings = readings + 1",
    )?
    .execute([version])?;
    Ok(())
}

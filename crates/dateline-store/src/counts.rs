//! How much is in the library?

use crate::Library;
use crate::error::Result;

/// What a library holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages kept.
    pub captures: u64,
    /// Pages in which an article was found; one that was captured more than once counts once.
    pub articles: u64,
    /// Older captures of those.
    pub older: u64,
    /// Pages that hold none.
    pub not_articles: u64,
    /// Pages that could not be read, and inputs that gave no page.
    pub failed: u64,
    /// Pages that were kept but not read (a crash came between).
    pub pending: u64,
    /// Stories.
    pub stories: u64,
    /// Different outlets.
    pub outlets: u64,
}

impl Library {
    /// Counts what the library holds.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn counts(&self) -> Result<Counts> {
        let one = |sql: &str| -> Result<u64> { Ok(self.db.prepare_cached(sql)?.query_row([], |r| r.get(0))?) };
        Ok(Counts {
            captures: one("SELECT count(*) FROM captures")?,
            articles: one("SELECT count(*) FROM articles WHERE latest IS NULL")?,
            older: one("SELECT count(*) FROM articles WHERE latest IS NOT NULL")?,
            not_articles: one("SELECT count(*) FROM captures WHERE status = 'not_article'")?,
            failed: one("SELECT count(*) FROM captures WHERE status = 'unreadable'")?
                + one("SELECT count(*) FROM failures")?,
            pending: one("SELECT count(*) FROM captures WHERE status = 'pending'")?,
            stories: one("SELECT count(*) FROM stories")?,
            outlets: one("SELECT count(DISTINCT outlet) FROM articles WHERE latest IS NULL")?,
        })
    }
}

//! What is in the library, month by month and outlet by outlet?

use crate::Library;
use crate::error::Result;
use rusqlite::params;

/// An outlet's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutletLine {
    /// Its name; `None` for pages that name none.
    pub name: Option<String>,
    /// Its articles; one captured more than once counts once.
    pub articles: u64,
    /// The last day of them, ISO 8601.
    pub last: Option<String>,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthLine {
    /// "2026-11".
    pub month: String,
    /// Captures that were kept in it.
    pub kept: u64,
    /// Articles that were published in it.
    pub published: u64,
}

impl Library {
    /// The outlets, those with most articles first; no more than `limit`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn outlet_lines(&self, limit: usize) -> Result<Vec<OutletLine>> {
        let mut ask = self.db.prepare_cached(
            "SELECT outlet, count(*) AS articles, max(day) FROM articles WHERE latest IS NULL
             GROUP BY outlet ORDER BY articles DESC, outlet LIMIT ?1",
        )?;
        let line = |r: &rusqlite::Row| Ok(OutletLine { name: r.get(0)?, articles: r.get(1)?, last: r.get(2)? });
        Ok(ask.query_map(params![limit as i64], line)?.collect::<rusqlite::Result<_>>()?)
    }

    /// The months in which captures were kept or articles published, the newest first; no more than `limit`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn month_lines(&self, limit: usize) -> Result<Vec<MonthLine>> {
        let mut ask = self.db.prepare_cached(
            "SELECT month, sum(kept), sum(published) FROM (
                 SELECT substr(added, 1, 7) AS month, count(*) AS kept, 0 AS published FROM captures GROUP BY substr(added, 1, 7)
                 UNION ALL
                 SELECT substr(day, 1, 7), 0, count(*) FROM articles
                 WHERE latest IS NULL AND day IS NOT NULL GROUP BY substr(day, 1, 7))
             GROUP BY month ORDER BY month DESC LIMIT ?1",
        )?;
        let line = |r: &rusqlite::Row| Ok(MonthLine { month: r.get(0)?, kept: r.get(1)?, published: r.get(2)? });
        Ok(ask.query_map(params![limit as i64], line)?.collect::<rusqlite::Result<_>>()?)
    }
}

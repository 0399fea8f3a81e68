//! What is in the library, month by month and outlet by outlet?

use crate::Library;
use crate::error::Result;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

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
        let (mut kept, mut published) = (self.by_month("captures", "added")?, self.by_month("articles", "day")?);
        let mut older =
            self.db.prepare_cached("SELECT day FROM articles WHERE latest IS NOT NULL AND day IS NOT NULL")?;
        let mut rows = older.query([])?;
        while let Some(r) = rows.next()? {
            if let Some(n) = month(r.get_ref(0)?.as_str().unwrap_or_default()).and_then(|m| published.get_mut(m)) {
                *n = n.saturating_sub(1);
            }
        }
        published.retain(|_, n| *n > 0);
        let months: BTreeSet<String> = kept.keys().chain(published.keys()).cloned().collect();
        let line = |month: String| {
            let (kept, published) = (kept.remove(&month).unwrap_or(0), published.remove(&month).unwrap_or(0));
            MonthLine { month, kept, published }
        };
        Ok(months.into_iter().rev().take(limit).map(line).collect())
    }

    /// Rows by the month of a column that is indexed: from one month to the next by the index, each counted there.
    fn by_month(&self, table: &str, column: &str) -> Result<BTreeMap<String, u64>> {
        let mut next = self.db.prepare_cached(&format!("SELECT min({column}) FROM {table} WHERE {column} >= ?1"))?;
        let mut count =
            self.db.prepare_cached(&format!("SELECT count(*) FROM {table} WHERE {column} >= ?1 AND {column} < ?2"))?;
        let mut out = BTreeMap::new();
        let mut from = String::new();
        while let Some(found) = next.query_row([&from], |r| r.get::<_, Option<String>>(0))? {
            let start = month(&found).unwrap_or(&found).to_owned();
            // greater than all that begins so
            from = format!("{start}\u{10FFFF}");
            out.insert(start.clone(), count.query_row([&start, &from], |r| r.get(0))?);
        }
        Ok(out)
    }
}

/// "2026-11" of "2026-11-22T09:00".
fn month(day: &str) -> Option<&str> {
    day.get(..7)
}

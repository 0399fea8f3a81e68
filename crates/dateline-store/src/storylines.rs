//! Which storylines go on, and which went on last?

use crate::Library;
use crate::error::Result;
use rusqlite::params;

/// A storyline in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorylineLine {
    /// Its name.
    pub id: String,
    /// The headline of its fullest story.
    pub title: String,
    /// The headline of its latest one, where that is another.
    pub latest: Option<String>,
    /// Stories.
    pub stories: usize,
    /// Articles of all these.
    pub articles: usize,
    /// First and last day, ISO 8601.
    pub days: Option<(String, String)>,
}

impl Library {
    /// Storylines of two stories and more, those that went on last first, then by name: `limit` of them after `from`;
    /// and how many there are.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn storylines(&self, from: usize, limit: usize) -> Result<(Vec<StorylineLine>, u64)> {
        let several = "FROM stories GROUP BY storyline HAVING count(*) > 1";
        let total: u64 = self
            .db
            .prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 {several})"))?
            .query_row([], |r| r.get(0))?;
        let mut ask = self.db.prepare_cached(&format!(
            "SELECT storyline, count(*), sum(articles), min(first), max(last) {several}
             ORDER BY max(last) IS NULL, max(last) DESC, storyline LIMIT ?1 OFFSET ?2"
        ))?;
        let mut titles = self
            .db
            .prepare_cached("SELECT title FROM stories WHERE storyline = ?1 ORDER BY articles DESC, id LIMIT 1")?;
        let mut latest = self.db.prepare_cached(
            "SELECT title FROM stories WHERE storyline = ?1 ORDER BY last IS NULL, last DESC, id LIMIT 1",
        )?;
        let mut rows = ask.query(params![limit as i64, from as i64])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let id: String = r.get(0)?;
            let title: String = titles.query_row([&id], |t| t.get(0))?;
            let newest: String = latest.query_row([&id], |t| t.get(0))?;
            let (first, last): (Option<String>, Option<String>) = (r.get(3)?, r.get(4)?);
            out.push(StorylineLine {
                latest: Some(newest).filter(|n| *n != title),
                stories: r.get(1)?,
                articles: r.get(2)?,
                days: first.zip(last),
                id,
                title,
            });
        }
        Ok((out, total))
    }
}

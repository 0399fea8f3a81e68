//! On which days was this story told?

use crate::Library;
use crate::error::Result;

impl Library {
    /// The days of a story's articles, ISO 8601, each with how many it has, earliest first; undated ones are not among
    /// them.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn days_of(&self, story: &str) -> Result<Vec<(String, u32)>> {
        let mut ask = self.db.prepare_cached(
            "SELECT day, count(*) FROM members JOIN facets USING (n) WHERE story = ?1 AND day IS NOT NULL
             GROUP BY day ORDER BY day",
        )?;
        let rows = ask.query_map([story], |r| Ok((crate::pages_of::iso(r.get(0)?), r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

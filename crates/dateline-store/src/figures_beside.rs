//! What else do the stories of these figures say?

use crate::error::Result;
use crate::{FiguresFound, Library, blob};
use rusqlite::params;
use std::collections::BTreeSet;

/// Articles read beside those that were found.
const BESIDE: usize = 24;

impl Library {
    /// Adds to what was found the other articles of its stories, where a figure of such a story differs or was updated:
    /// how a figure stands is said by the whole story, not by the articles that hold the words. No figure is added. Of
    /// stories beyond what is soon read nothing is added, the last found first left out.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn beside_figures(&self, mut found: FiguresFound) -> Result<FiguresFound> {
        let held: BTreeSet<String> = found.reports.iter().map(|r| r.id.clone()).collect();
        let mut seen = BTreeSet::new();
        let stories: Vec<String> = found.stories.iter().flatten().filter(|s| seen.insert(*s)).cloned().collect();
        let mut moves = self.db.prepare_cached(
            "SELECT 1 FROM stories JOIN verdicts USING (pages) WHERE id = ?1 AND differ + updated > 0",
        )?;
        let mut others = self.db.prepare_cached(
            "SELECT captures.id, report FROM members JOIN articles USING (n) JOIN captures USING (n)
             WHERE story = ?1 ORDER BY position LIMIT ?2",
        )?;
        let mut left = BESIDE;
        for story in stories {
            if left == 0 || !moves.exists([&story])? {
                continue;
            }
            let most = (held.len() + left) as i64;
            let mut rows = others.query(params![story, most])?;
            while let Some(row) = rows.next()? {
                if left > 0 && !held.contains(row.get_ref(0)?.as_str().unwrap_or_default()) {
                    left -= 1;
                    found.reports.push(blob::unpack(row.get_ref(1)?.as_blob().unwrap_or_default())?);
                    found.stories.push(Some(story.clone()));
                }
            }
        }
        Ok(found)
    }
}

//! Which stories have figures that differ, or were updated?

use crate::blob;
use crate::error::Result;
use dateline_story::{FigureGroup, Report, Story, Verdict};
use rusqlite::{Transaction, params};

/// Stories judged at once.
const BATCH: usize = 64;

/// A story that waits to be judged.
struct Waiting {
    pages: String,
    story: String,
}

/// Counts the figures that differ and those that were updated, in every story that was not judged with these pages
/// before.
pub(crate) fn judge(tx: &Transaction) -> Result<()> {
    for batch in waiting(tx)?.chunks(BATCH) {
        let mut reports: Vec<Report> = Vec::new();
        let mut stories: Vec<Story> = Vec::new();
        for w in batch {
            let start = reports.len();
            reports.extend(reports_of(tx, &w.story)?);
            stories.push(story(&w.story, (start..reports.len()).collect()));
        }
        let agreements = dateline_story::agreements(&stories, &reports);
        for (w, agreement) in batch.iter().zip(&agreements) {
            let count = |verdict: Verdict| {
                let of = |g: &&FigureGroup| g.verdict == verdict && g.items.len() > 1;
                agreement.figures.iter().filter(of).count() as i64
            };
            tx.prepare_cached("INSERT OR REPLACE INTO verdicts (pages, differ, updated) VALUES (?1, ?2, ?3)")?
                .execute(params![w.pages, count(Verdict::Differ), count(Verdict::Updated)])?;
        }
    }
    tx.execute("DELETE FROM verdicts WHERE pages NOT IN (SELECT pages FROM stories)", [])?;
    Ok(())
}

fn waiting(tx: &Transaction) -> Result<Vec<Waiting>> {
    let mut ask =
        tx.prepare_cached("SELECT pages, id FROM stories WHERE pages NOT IN (SELECT pages FROM verdicts) ORDER BY id")?;
    let rows = ask.query_map([], |r| Ok(Waiting { pages: r.get(0)?, story: r.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn reports_of(tx: &Transaction, story: &str) -> Result<Vec<Report>> {
    let mut ask =
        tx.prepare_cached("SELECT report FROM members JOIN articles USING (n) WHERE story = ?1 ORDER BY position")?;
    let mut rows = ask.query([story])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(blob::unpack(row.get_ref(0)?.as_blob().unwrap_or_default())?);
    }
    Ok(out)
}

/// A story as far as agreement needs it.
fn story(id: &str, members: Vec<usize>) -> Story {
    Story { id: id.to_owned(), storyline: String::new(), origins: Vec::new(), days: None, members }
}

//! Which stories have figures that differ, or were updated?

use crate::blob;
use crate::error::Result;
use dateline_story::{FigureGroup, Report, Verdict};
use rayon::prelude::*;
use rusqlite::{Transaction, params};

/// Stories judged at once.
const BATCH: usize = 256;

/// A story that waits to be judged.
struct Waiting {
    pages: String,
    story: String,
}

/// Counts the figures that differ and those that were updated, in every story that was not judged with these pages
/// before.
pub(crate) fn judge(tx: &Transaction) -> Result<()> {
    for batch in waiting(tx)?.chunks(BATCH) {
        let packed = batch.iter().map(|w| packed(tx, &w.story)).collect::<Result<Vec<_>>>()?;
        let counts = packed.par_iter().map(|reports| counted(reports)).collect::<Result<Vec<_>>>()?;
        for (w, (differ, updated)) in batch.iter().zip(counts) {
            tx.prepare_cached("INSERT OR REPLACE INTO verdicts (pages, differ, updated) VALUES (?1, ?2, ?3)")?
                .execute(params![w.pages, differ, updated])?;
        }
    }
    tx.execute("DELETE FROM verdicts WHERE pages NOT IN (SELECT pages FROM stories)", [])?;
    Ok(())
}

/// How many figures differ in some articles, and how many were updated.
fn counted(packed: &[Vec<u8>]) -> Result<(i64, i64)> {
    let reports = packed.par_iter().map(|b| blob::unpack(b)).collect::<Result<Vec<Report>>>()?;
    let figures = dateline_story::figures_of(&reports.iter().collect::<Vec<_>>());
    let count = |verdict: Verdict| {
        let of = |g: &&FigureGroup| g.verdict == verdict && g.items.len() > 1;
        figures.iter().filter(of).count() as i64
    };
    Ok((count(Verdict::Differ), count(Verdict::Updated)))
}

fn waiting(tx: &Transaction) -> Result<Vec<Waiting>> {
    let mut ask =
        tx.prepare_cached("SELECT pages, id FROM stories WHERE pages NOT IN (SELECT pages FROM verdicts) ORDER BY id")?;
    let rows = ask.query_map([], |r| Ok(Waiting { pages: r.get(0)?, story: r.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The reports of a story's articles, packed.
fn packed(tx: &Transaction, story: &str) -> Result<Vec<Vec<u8>>> {
    let mut ask =
        tx.prepare_cached("SELECT report FROM members JOIN articles USING (n) WHERE story = ?1 ORDER BY position")?;
    Ok(ask.query_map([story], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

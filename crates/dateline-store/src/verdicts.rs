//! Which stories have figures that differ, or were updated?

use crate::blob;
use crate::error::Result;
use crate::settling::Remade;
use dateline_story::{FigureGroup, Report, Verdict};
use rayon::prelude::*;
use rusqlite::{Transaction, params};
use std::cmp::Reverse;

/// Articles of the stories judged at once, the last story's apart.
const BATCH: usize = 512;

/// A story that waits to be judged.
struct Waiting {
    pages: String,
    story: String,
}

/// Counts the figures that differ and those that were updated, in every story that was not judged with these pages
/// before.
pub(crate) fn judge(tx: &Transaction) -> Result<()> {
    let waiting = {
        let mut ask = tx.prepare("SELECT pages, id FROM stories WHERE pages NOT IN (SELECT pages FROM verdicts)")?;
        let rows = ask.query_map([], |r| Ok(Waiting { pages: r.get(0)?, story: r.get(1)? }))?;
        rows.collect::<rusqlite::Result<Vec<Waiting>>>()?
    };
    judge_all(tx, waiting)?;
    tx.execute("DELETE FROM verdicts WHERE pages NOT IN (SELECT pages FROM stories)", [])?;
    Ok(())
}

/// The same where all other stories stand judged: looking through them takes longer in a large library than judging a few.
pub(crate) fn judge_of(tx: &Transaction, remade: &Remade) -> Result<()> {
    for pages in remade.gone.iter().filter(|pages| !remade.made.contains_key(*pages)) {
        tx.prepare_cached("DELETE FROM verdicts WHERE pages = ?1")?.execute([pages])?;
    }
    let mut waiting = Vec::new();
    for (pages, story) in &remade.made {
        if !tx.prepare_cached("SELECT 1 FROM verdicts WHERE pages = ?1")?.exists([pages])? {
            waiting.push(Waiting { pages: pages.clone(), story: story.clone() });
        }
    }
    judge_all(tx, waiting)
}

/// Judges stories; those of the next batch are fetched while those of one are judged.
fn judge_all(tx: &Transaction, mut waiting: Vec<Waiting>) -> Result<()> {
    // the longest first: a batch of like ones keeps all cores busy to its end
    waiting.sort_by(|a, b| (Reverse(a.pages.len()), &a.story).cmp(&(Reverse(b.pages.len()), &b.story)));
    let mut batches = batches(&waiting).into_iter();
    let fetch = |batch: Option<&[Waiting]>| -> Result<Vec<Vec<Vec<u8>>>> {
        batch.unwrap_or_default().iter().map(|w| packed(tx, &w.story)).collect()
    };
    let mut batch = batches.next();
    let mut fetched = fetch(batch)?;
    while let Some(these) = batch {
        let next = batches.next();
        let mut counts = Ok(Vec::new());
        let more = rayon::in_place_scope(|scope| {
            scope.spawn(|_| counts = fetched.par_iter().map(|reports| counted(reports)).collect::<Result<Vec<_>>>());
            fetch(next)
        });
        for (w, (differ, updated)) in these.iter().zip(counts?) {
            tx.prepare_cached("INSERT OR REPLACE INTO verdicts (pages, differ, updated) VALUES (?1, ?2, ?3)")?
                .execute(params![w.pages, differ, updated])?;
        }
        (batch, fetched) = (next, more?);
    }
    Ok(())
}

/// Stories by batches of about so many articles.
fn batches(waiting: &[Waiting]) -> Vec<&[Waiting]> {
    let (mut out, mut from, mut articles) = (Vec::new(), 0, 0);
    for (i, w) in waiting.iter().enumerate() {
        articles += w.pages.split(' ').count();
        if articles >= BATCH {
            out.push(&waiting[from..=i]);
            (from, articles) = (i + 1, 0);
        }
    }
    out.extend(waiting.get(from..).filter(|rest| !rest.is_empty()));
    out
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

/// The reports of a story's articles, packed.
fn packed(tx: &Transaction, story: &str) -> Result<Vec<Vec<u8>>> {
    let mut ask =
        tx.prepare_cached("SELECT report FROM members JOIN articles USING (n) WHERE story = ?1 ORDER BY position")?;
    Ok(ask.query_map([story], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

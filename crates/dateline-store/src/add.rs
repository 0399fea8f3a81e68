//! Adding pages with their readings.

use crate::error::Result;
use crate::library::captures_dir;
use crate::notices::{self, Yield, outlet_of};
use crate::prepared::Prepared;
use crate::search::entered::Entered;
use crate::{Library, day, search};
use dateline_article::NotAnArticle;
use dateline_capture::{Capture, warc};
use dateline_story::Report;
use dateline_text::{fold, is_alphanumeric};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

/// What came of reading a capture.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// An article, and what was read in it.
    Article(Box<Report>),
    /// None, and why.
    NotAnArticle(NotAnArticle),
}

/// When and by what something is added: the clock and the version are the caller's.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// The time, `YYYY-MM-DDThh:mm:ssZ`; its month names the capture file.
    pub now: &'a str,
    /// Version of the program and rules that made the reading.
    pub version: &'a str,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AddCounts {
    /// New pages with an article.
    pub added: u64,
    /// Pages that were in the library before, or twice in the batch.
    pub known: u64,
    /// New pages without an article.
    pub not_articles: u64,
    /// New pages that could not be read.
    pub unreadable: u64,
}

impl std::ops::AddAssign for AddCounts {
    fn add_assign(&mut self, more: AddCounts) {
        self.added += more.added;
        self.known += more.known;
        self.not_articles += more.not_articles;
        self.unreadable += more.unreadable;
    }
}

/// Where a capture lies, and whether it was read.
struct Place {
    n: i64,
    pending: bool,
}

impl Library {
    /// Adds captures with what came of reading them. The pages lie safely on the disk before the index says so; a
    /// page that is known already stays as it is.
    ///
    /// After a crash, adding the same batch again completes it: nothing is kept twice.
    ///
    /// # Errors
    /// [`crate::ErrorKind::ReadOnly`], [`crate::ErrorKind::Capture`] where the pages cannot be kept,
    /// [`crate::ErrorKind::Index`]. Nothing of the batch is in the index then.
    pub fn add(&mut self, batch: &[(Capture, Outcome)], stamp: &Stamp) -> Result<AddCounts> {
        self.may_write()?;
        let done = self.keep(batch, stamp).and_then(|kept| self.enter(batch, &kept, stamp));
        if done.is_err() {
            // What was kept and not entered must be found again, or trying once more would keep it twice.
            self.writer = None;
            let _ = self.enter_orphans();
        }
        done
    }

    /// Writes the captures that are new to the month's file.
    pub(crate) fn keep(
        &mut self,
        batch: &[(Capture, Outcome)],
        stamp: &Stamp,
    ) -> Result<BTreeMap<String, warc::Written>> {
        let (mut new, mut kept): (Vec<&Capture>, _) = (Vec::new(), BTreeMap::new());
        let mut ids = BTreeSet::new();
        for (capture, _) in batch {
            if place(&self.db, &capture.id)?.is_none() && ids.insert(&capture.id) {
                new.push(capture);
            }
        }
        if new.is_empty() {
            return Ok(kept);
        }
        let writer = self.writer(stamp.now)?;
        let sealed: Vec<_> = new.par_iter().map(|capture| writer.seal(capture)).collect();
        for (capture, sealed) in new.into_iter().zip(sealed) {
            kept.insert(capture.id.clone(), writer.put(&sealed?)?);
        }
        writer.sync()?;
        Ok(kept)
    }

    /// The writer of the month's file.
    fn writer(&mut self, now: &str) -> Result<&mut warc::Writer> {
        let month = now.get(..7).unwrap_or_default();
        let file = format!("{month}.warc.gz");
        if self.writer.as_ref().is_none_or(|w| w.file() != file) {
            let end = self.end_of(&file)?;
            let writer = warc::Writer::open(&captures_dir(self.dir()), now, |_| end)?;
            self.repaired.extend(writer.repaired().cloned());
            self.writer = Some(writer);
        }
        self.writer.as_mut().ok_or_else(|| crate::StoreError::not_found("capture file", &file))
    }

    /// Enters a batch in the index, in one transaction.
    fn enter(
        &mut self,
        batch: &[(Capture, Outcome)],
        kept: &BTreeMap<String, warc::Written>,
        stamp: &Stamp,
    ) -> Result<AddCounts> {
        let (mut counts, mut outlets) = (AddCounts::default(), BTreeSet::new());
        let prepared = Prepared::all(batch)?;
        // taken, so that nothing is remembered of what comes to be rolled back
        let (mut cut, mut entered) = (Vec::new(), std::mem::take(&mut self.entered));
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for ((capture, outcome), prepared) in batch.iter().zip(&prepared) {
            let n = match (place(&tx, &capture.id)?, kept.get(&capture.id)) {
                (Some(place), _) if place.pending => place.n,
                (None, Some(written)) => enter_capture(&tx, capture, written, stamp)?,
                _ => {
                    counts.known += 1;
                    continue;
                }
            };
            match outcome {
                Outcome::Article(_) => counts.added += 1,
                Outcome::NotAnArticle(NotAnArticle::NoArticle(_)) => counts.not_articles += 1,
                Outcome::NotAnArticle(NotAnArticle::Unreadable(_)) => counts.unreadable += 1,
            }
            enter_outcome(&tx, n, capture, (outcome, prepared.as_ref()), stamp, &mut entered)?;
            cut.extend(prepared.as_ref().map(|p| (n, &p.words)));
            outlets.insert(outlet_of(&capture.source));
            crate::failures::forget(&tx, &capture.source)?;
        }
        for (n, words) in cut {
            search::enter::words(&tx, n, words)?;
        }
        if let Some(last) = kept.values().max() {
            set_end(&tx, &last.file, last.offset + last.length)?;
        }
        notices::judge(&tx, &outlets)?;
        tx.commit()?;
        self.entered = entered;
        Ok(counts)
    }
}

fn place(db: &rusqlite::Connection, id: &str) -> Result<Option<Place>> {
    let mut ask = db.prepare_cached("SELECT n, status = 'pending' FROM captures WHERE id = ?1")?;
    Ok(ask.query_row([id], |r| Ok(Place { n: r.get(0)?, pending: r.get(1)? })).optional()?)
}

/// Notes that the records of a file are in the index up to an offset.
pub(crate) fn set_end(tx: &Transaction, file: &str, end: u64) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO files (name, end) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET end = max(end, ?2)",
    )?
    .execute(params![file, end])?;
    Ok(())
}

/// Enters a capture as not yet read; gives its number.
pub(crate) fn enter_capture(tx: &Transaction, c: &Capture, w: &warc::Written, stamp: &Stamp) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO captures (id, file, offset, length, status, path, url, added, version)
         VALUES (?1, ?2, ?3, ?4, 'pending', ?5, ?6, ?7, '')",
    )?
    .execute(params![c.id, w.file, w.offset, w.length, c.source.path, c.source.url, stamp.now])?;
    Ok(tx.last_insert_rowid())
}

fn enter_outcome(
    tx: &Transaction,
    n: i64,
    capture: &Capture,
    (outcome, prepared): (&Outcome, Option<&Prepared>),
    stamp: &Stamp,
    entered: &mut Entered,
) -> Result<()> {
    let (status, reason) = match outcome {
        Outcome::Article(_) => ("article", None),
        Outcome::NotAnArticle(NotAnArticle::NoArticle(why)) => ("not_article", Some(why)),
        Outcome::NotAnArticle(NotAnArticle::Unreadable(why)) => ("unreadable", Some(why)),
    };
    tx.prepare_cached("UPDATE captures SET status = ?2, reason = ?3, version = ?4 WHERE n = ?1")?.execute(params![
        n,
        status,
        reason,
        stamp.version
    ])?;
    crate::versions::count(tx, stamp.version)?;
    match (outcome, prepared) {
        (Outcome::Article(report), Some(prepared)) => enter_report(tx, n, (report, prepared), entered),
        _ => notices::note(tx, &outlet_of(&capture.source), &Yield { n, letters: None, dated: false }),
    }
}

/// Enters an article, but for its words.
pub(crate) fn enter_report(
    tx: &Transaction,
    n: i64,
    (report, prepared): (&Report, &Prepared),
    entered: &mut Entered,
) -> Result<()> {
    let a = &report.article;
    let published = a.published.as_ref().map(|p| p.value.as_str());
    tx.prepare_cached(
        "INSERT INTO articles (n, title, outlet, language, published, day, report)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        n,
        a.title,
        a.outlet,
        a.language,
        published,
        published.and_then(day::first),
        prepared.report,
    ])?;
    let page = Yield { n, letters: Some(a.text.chars().count() as u64), dated: published.is_some() };
    notices::note(tx, &outlet_of(&report.source), &page)?;
    crate::captures_of::enter(tx, n, a.text.len(), prepared)?;
    search::enter::page(tx, n, report, &prepared.words, entered)
}

/// Enters who says what; gives the numbers of the speakers.
pub(crate) fn enter_speakers(
    tx: &Transaction,
    n: i64,
    report: &Report,
    entered: &mut Entered,
) -> Result<BTreeSet<i64>> {
    let mut all: BTreeSet<i64> = BTreeSet::new();
    for (i, attribution) in report.reading.attributions.iter().enumerate() {
        let Some(entity) = attribution.speaker.and_then(|s| report.reading.entities.get(s)) else { continue };
        let key = if entity.key.is_empty() { fold(&entity.name) } else { entity.key.clone() };
        let s = enter_speaker(tx, &key, &entity.name)?;
        tx.prepare_cached("INSERT OR IGNORE INTO said (s, n, attribution) VALUES (?1, ?2, ?3)")?
            .execute(params![s, n, i as i64])?;
        if all.insert(s) {
            search::enter::speaker(tx, (s, &key), entity, report.article.language.as_deref(), entered)?;
        }
    }
    Ok(all)
}

/// Enters a speaker, or one more of the names that articles give a known one: the words are those of all articles,
/// in whatever order they come. Gives the speaker's number.
fn enter_speaker(tx: &Transaction, key: &str, name: &str) -> Result<i64> {
    let mut ask = tx.prepare_cached("SELECT s, words FROM speakers WHERE key = ?1")?;
    let known: Option<(i64, String)> = ask.query_row([key], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    let before = known.as_ref().map_or("", |(_, words)| words.as_str());
    let words = format!(" {} ", words_of([before, key, name]));
    match known {
        Some((s, before)) => {
            if words != before {
                tx.prepare_cached("UPDATE speakers SET words = ?2 WHERE s = ?1")?.execute(params![s, words])?;
            }
            Ok(s)
        }
        None => {
            tx.prepare_cached("INSERT INTO speakers (key, words) VALUES (?1, ?2)")?.execute(params![key, words])?;
            Ok(tx.last_insert_rowid())
        }
    }
}

/// The different folded words of some names, sorted and between blanks.
pub(crate) fn words_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let folded: Vec<String> = names.into_iter().map(fold).collect();
    let words = folded.iter().flat_map(|f| f.split(|c| !is_alphanumeric(c))).filter(|w| !w.is_empty());
    words.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

//! Does an outlet's pages suddenly yield nothing?
//!
//! An outlet that changes how it builds its pages makes a reader of pages fail without a sound. So the latest pages of
//! each outlet are held against its earlier ones, in the order in which they were kept, in three respects: that a page
//! yields an article, that the article has a date, that its text is longer than a tenth of the usual. A notice is due
//! where at least [`BEFORE`] earlier pages did so in at least [`SHARE`] of the cases, and none of the latest [`RUN`]
//! or more does. By chance that comes about once in 3,125 times at most where four in five do so, and once in three
//! million where nineteen of twenty do: fewer than five pages would be chance too often, and more would say it late.
//! No clock is asked; what the library holds decides.

use crate::error::Result;
use crate::{Library, blob};
use dateline_capture::Source;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Latest pages that must all fail.
pub const RUN: usize = 5;
/// Earlier pages that are needed to know what is usual.
pub const BEFORE: usize = 20;
/// Of the earlier pages, so many in a hundred must have done well.
pub const SHARE: usize = 80;
/// A text is short that is no longer than the usual by this factor.
const TENTH: u64 = 10;
/// Earlier pages that say what is usual.
const USUAL: usize = 200;
/// An outlet's pages that are looked at, the latest first.
const WINDOW: usize = 2000;
/// Pages that a notice names.
const NAMED: usize = 5;

/// What an outlet's latest pages lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// An article.
    NoArticle,
    /// A date.
    NoDate,
    /// More than a tenth of the usual text.
    ShortText,
}

/// An outlet's pages suddenly yield less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The outlet, by the host of its pages' addresses; for pages without one, by the folder that they came from.
    pub outlet: String,
    /// What they lack.
    pub kind: NoticeKind,
    /// How many of the latest pages lack it, without exception.
    pub run: u64,
    /// How many pages before them say what is usual, and how many of those have it.
    pub before: (u64, u64),
    /// The usual length of text in characters, for [`NoticeKind::ShortText`].
    pub usual: Option<u64>,
    /// Ids of the latest pages that lack it, the last first; a few.
    pub pages: Vec<String>,
}

impl fmt::Display for Notice {
    /// In words, for people: "post.test: none of its latest 6 pages yields an article; of the 25 before, 25 did".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pages, well) = self.before;
        let (what, lacks) = match self.kind {
            NoticeKind::NoArticle => ("pages", "yields an article".to_owned()),
            NoticeKind::NoDate => ("articles", "has a date".to_owned()),
            NoticeKind::ShortText => {
                let usual = self.usual.unwrap_or(0);
                ("articles", format!("has more than a tenth of the usual text ({usual} characters)"))
            }
        };
        let run = self.run;
        write!(f, "{}: none of its latest {run} {what} {lacks}; of the {pages} before, {well} did", self.outlet)
    }
}

/// What one page yielded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Yield {
    /// Its number.
    pub n: i64,
    /// Characters of its article's text; none where it has no article.
    pub letters: Option<u64>,
    /// Whether its article is dated.
    pub dated: bool,
}

/// How many of the latest pages do badly, and of how many before them how many do well.
type Run = (usize, (usize, usize));

/// A notice before its pages are named by id.
type Due = (NoticeKind, usize, (usize, usize), Option<u64>, Vec<i64>);

/// The notices that an outlet's pages give; the latest page first.
fn due(pages: &[Yield]) -> Vec<Due> {
    let articles: Vec<Yield> = pages.iter().copied().filter(|p| p.letters.is_some()).collect();
    let mut all = Vec::new();
    all.extend(run(pages, |p| p.letters.is_some()).map(|r| told(NoticeKind::NoArticle, pages, r, None)));
    all.extend(run(&articles, |p| p.dated).map(|r| told(NoticeKind::NoDate, &articles, r, None)));
    all.extend(short(&articles).map(|(r, usual)| told(NoticeKind::ShortText, &articles, r, Some(usual))));
    all
}

fn told(kind: NoticeKind, pages: &[Yield], (run, before): Run, usual: Option<u64>) -> Due {
    (kind, run, before, usual, pages.iter().take(run.min(NAMED)).map(|p| p.n).collect())
}

/// How many of the latest pages do badly, and of how many before them how many do well, where that calls for a notice.
fn run(pages: &[Yield], well: impl Fn(&Yield) -> bool) -> Option<Run> {
    let run = pages.iter().take_while(|p| !well(p)).count();
    judged(pages, run, well)
}

fn judged(pages: &[Yield], run: usize, well: impl Fn(&Yield) -> bool) -> Option<Run> {
    let before = pages.get(run..)?;
    let before = before.get(..USUAL).unwrap_or(before);
    let good = before.iter().filter(|p| well(p)).count();
    let due = run >= RUN && before.len() >= BEFORE && good * 100 >= before.len() * SHARE;
    due.then_some((run, (before.len(), good)))
}

/// The like for texts, where what is usual depends on where the run begins: the longest run counts of which no text
/// is longer than a tenth of the median before it.
fn short(articles: &[Yield]) -> Option<(Run, u64)> {
    let letters = |p: &Yield| p.letters.unwrap_or(0);
    let longest = articles.iter().map(letters).max()?;
    let may = articles.iter().take_while(|p| letters(p) <= longest / TENTH).count();
    (RUN..=may).rev().find_map(|run| {
        let before = articles.get(run..)?;
        let mut usual: Vec<u64> = before.iter().take(USUAL).map(letters).collect();
        usual.sort_unstable();
        let median = *usual.get(usual.len() / 2)?;
        let short = articles.get(..run)?.iter().all(|p| letters(p) <= median / TENTH);
        let found = judged(articles, run, |p| letters(p) > median / TENTH).filter(|_| short)?;
        Some((found, median))
    })
}

/// By what the pages of one outlet are held together: the host of an address without "www.", else the folder of a path.
pub(crate) fn outlet_of(source: &Source) -> String {
    let (url, path) = (source.url.as_deref(), source.path.as_deref());
    if let Some(host) = url.and_then(dateline_text::host) {
        return host.to_lowercase();
    }
    let folder = path.and_then(|p| p.rsplit_once(['/', '\\'])).map(|(folder, _)| folder);
    folder.filter(|f| !f.is_empty()).unwrap_or("-").to_owned()
}

/// Notes what a page yielded.
pub(crate) fn note(db: &Connection, outlet: &str, page: &Yield) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO yields (outlet, n, letters, dated) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![outlet, page.n, page.letters, page.dated])?;
    Ok(())
}

/// Judges outlets anew of which pages were added.
pub(crate) fn judge(db: &Connection, outlets: &BTreeSet<String>) -> Result<()> {
    for outlet in outlets {
        let mut ask =
            db.prepare_cached("SELECT n, letters, dated FROM yields WHERE outlet = ?1 ORDER BY n DESC LIMIT ?2")?;
        let rows = ask.query_map(params![outlet, WINDOW as i64], |r| {
            Ok(Yield { n: r.get(0)?, letters: r.get(1)?, dated: r.get(2)? })
        })?;
        let pages: Vec<Yield> = rows.collect::<rusqlite::Result<_>>()?;
        db.prepare_cached("DELETE FROM notices WHERE outlet = ?1")?.execute([outlet])?;
        for (place, (kind, run, (before, good), usual, named)) in due(&pages).into_iter().enumerate() {
            let mut ids = Vec::new();
            for n in named {
                ids.push(db.query_row("SELECT id FROM captures WHERE n = ?1", [n], |r| r.get::<_, String>(0))?);
            }
            let notice = Notice {
                outlet: outlet.clone(),
                kind,
                run: run as u64,
                before: (before as u64, good as u64),
                usual,
                pages: ids,
            };
            db.prepare_cached("INSERT INTO notices (outlet, place, notice) VALUES (?1, ?2, ?3)")?.execute(params![
                outlet,
                place as i64,
                blob::write(&notice)?
            ])?;
        }
    }
    Ok(())
}

impl Library {
    /// Outlets of which the latest pages suddenly yield less than those before, by name.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn notices(&self) -> Result<Vec<Notice>> {
        let mut ask = self.db.prepare_cached("SELECT notice FROM notices ORDER BY outlet, place")?;
        let all: Vec<String> = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        all.iter().map(|n| blob::parse(n)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages in the order they came, as letters of the article's text (0 for none) and whether it is dated.
    fn kinds(pages: &[(u64, bool, usize)]) -> Vec<(NoticeKind, usize, (usize, usize))> {
        let mut all = Vec::new();
        for (letters, dated, times) in pages {
            for _ in 0..*times {
                let letters = Some(*letters).filter(|l| *l > 0);
                all.push(Yield { n: all.len() as i64, letters, dated: *dated });
            }
        }
        all.reverse();
        due(&all).into_iter().map(|(kind, run, before, _, _)| (kind, run, before)).collect()
    }

    #[test]
    fn an_outlet_that_breaks_is_noticed_and_one_that_never_worked_is_not() {
        use NoticeKind::{NoArticle, NoDate, ShortText};
        assert_eq!(kinds(&[(3000, true, 20), (0, false, 5)]), [(NoArticle, 5, (20, 20))]);
        assert_eq!(kinds(&[(3000, true, 300), (0, false, 40)]), [(NoArticle, 40, (200, 200))]);
        assert_eq!(kinds(&[(3000, true, 20), (2800, false, 6)]), [(NoDate, 6, (20, 20))]);
        assert_eq!(kinds(&[(3000, true, 20), (250, true, 6)]), [(ShortText, 6, (20, 20))]);
        assert_eq!(kinds(&[(3000, true, 500), (250, true, 500)]), [(ShortText, 500, (200, 200))]);
        assert_eq!(kinds(&[(3000, true, 25), (250, false, 6)]).len(), 2);
        // too few, too seldom before, never well, well again
        assert_eq!(kinds(&[(3000, true, 20), (0, false, 4)]), []);
        assert_eq!(kinds(&[(3000, true, 19), (0, false, 5)]), []);
        assert_eq!(kinds(&[(0, false, 6), (3000, true, 20), (0, false, 9)]), []);
        assert_eq!(kinds(&[(0, false, 50)]), []);
        assert_eq!(kinds(&[(3000, true, 20), (0, false, 5), (2900, true, 1)]), []);
        assert_eq!(kinds(&[(3000, true, 20), (310, true, 9)]), []);
    }

    #[test]
    fn short_items_that_an_outlet_always_had_are_usual() {
        assert_eq!(kinds(&[(3000, true, 14), (200, true, 6), (3000, true, 1), (200, true, 5)]), []);
    }

    #[test]
    fn pages_are_held_together_by_host_else_by_folder() {
        let of = |url: Option<&str>, path: Option<&str>| {
            outlet_of(&Source { url: url.map(Into::into), path: path.map(Into::into), ..Source::default() })
        };
        assert_eq!(of(Some("https://www.Post.test/a?b"), Some("x/y.html")), "post.test");
        assert_eq!(of(Some("https://jo@post.test"), None), "post.test");
        assert_eq!(of(Some("urn:sha256:12"), Some("desk/post/1.html")), "desk/post");
        assert_eq!(of(None, Some("1.html")), "-");
        assert_eq!(of(None, None), "-");
    }
}

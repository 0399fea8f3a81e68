//! Which articles hold these words?
//!
//! The query becomes a tree ([`parse`]); each of its conditions is asked of the index, and the sets of pages are put
//! together ([`evaluate`]); then they are ordered, counted and shown page by page.

pub(crate) mod ast;
mod cursor;
pub(crate) mod enter;
pub(crate) mod entered;
mod error;
mod evaluate;
mod facets;
mod lex;
pub(crate) mod names;
pub(crate) mod pages;
mod parse;
mod rank;
mod snippet;
mod utterances;
mod words;

#[cfg(test)]
mod plain;

pub use error::QueryError;
pub use facets::{Facet, Facets};
pub use snippet::Snippet;
pub(crate) use words::{Pattern, tokens};

use crate::error::Result;
use crate::{Library, blob, day};
use ast::Expr;
use cursor::{Cursor, Key};
use dateline_story::Report;
use dateline_text::Span;
use enter::Numbers;
use facets::Counts;
use pages::Pages;
use parse::parse;
use rusqlite::Row;
use snippet::Marks;

/// Which of the articles found are given, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// How many.
    pub limit: usize,
    /// How many are left out first.
    pub offset: usize,
    /// In which order.
    pub order: Order,
    /// Where to go on: [`Found::next`] of the page before, for the same query in the same order. Unlike an offset it
    /// neither repeats nor leaves out an article when others are added in between.
    pub from: Option<String>,
    /// How many values of each kind are counted over all that is found; 0 for none.
    pub facets: usize,
}

impl Default for Paging {
    fn default() -> Paging {
        Paging { limit: 20, offset: 0, order: Order::Relevance, from: None, facets: 0 }
    }
}

/// The order of what is found. What ties goes on by date, newest first, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Those that the words fit best first (BM25).
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
}

/// One article found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article's id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// What was looked for: places in `title`.
    pub title_marks: Vec<Span>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its date, ISO 8601, as precise as known.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its language's tag.
    pub language: Option<String>,
    /// Its story's name, once linked.
    pub story: Option<String>,
    /// The passage with most of the words.
    pub snippet: Snippet,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many articles fit, all pages together.
    pub total: u64,
    /// The page asked for.
    pub hits: Vec<Hit>,
    /// Where the next page begins, for [`Paging::from`]; `None` on the last.
    pub next: Option<String>,
    /// Counts over all that was found, where asked for.
    pub facets: Option<Facets>,
}

/// The first day of a date that a user typed.
pub(crate) fn day_of(date: &str) -> std::result::Result<String, QueryError> {
    day::first(date.trim())
        .ok_or_else(|| QueryError::new(0, format!("{date:?} is no date; write 2024, 2024-01 or 2024-01-26")))
}

/// A query narrowed by another, such as [`Facet::query`].
///
/// ```
/// assert_eq!(dateline_store::narrowed("a OR b", "date:2024"), "(a OR b) date:2024");
/// ```
pub fn narrowed(query: &str, by: &str) -> String {
    match parse(query) {
        Ok(Expr::Or(_)) => format!("({}) {by}", query.trim()),
        _ => format!("{} {by}", query.trim()),
    }
}

/// The numbers of the pages that fit, as a JSON list for `json_each`.
pub(crate) fn numbers(library: &Library, text: &str) -> Result<String> {
    Ok(fitting(library, text)?.json())
}

/// The pages that fit.
pub(crate) fn fitting(library: &Library, text: &str) -> Result<Pages> {
    evaluate::found(library, &parse(text)?)
}

/// What is known of each page found before any is shown.
struct Line {
    n: i64,
    key: Key,
    length: u64,
}

impl Library {
    /// Finds articles.
    ///
    /// Words must all stand in the article, whatever their accents and case; `"a phrase"` in that order; `OR`,
    /// `NOT` (or `-word`) and parentheses combine, NOT before AND before OR; `word*` fits every word that starts so.
    ///
    /// `title:` and `text:` look there alone, `said:` in what someone is reported to have said, and beside
    /// `speaker:` in what that speaker said. `speaker:`, `person:`, `place:` and `outlet:` take words of a name, or
    /// with `=` all of them (`outlet:="The Post"`); `place:` also a country for all places in it, or a number of the
    /// gazetteer. `language:` takes a tag, `story:` a name. `after:`, `before:` and `date:` take a day, month or
    /// year, the first and last day included; a page dated by month or year counts from its first day.
    /// `origin:only` leaves out copies of another article of the same story. `outlet:none`, `language:none` and
    /// `date:none` find what has none.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] names the place in the query; [`crate::ErrorKind::Index`].
    pub fn search(&self, text: &str, paging: &Paging) -> Result<Found> {
        let query = parse(text)?;
        let ranks = paging.order == Order::Relevance;
        let mut weights = if ranks { rank::weights(self, &query)? } else { None };
        let words = weights.as_ref().map(|w| w.holding.len());
        let from = paging.from.as_deref().map(|f| Cursor::read(f, paging.order, words)).transpose()?;
        if let Some(kept) = from.as_ref().and_then(|f| f.weights.clone()) {
            weights = Some(kept);
        }
        let found = evaluate::found(self, &query)?;
        let mut counts = (paging.facets > 0).then(Counts::default);
        let mut lines = self.lines(&found, counts.as_mut())?;
        if let Some(weights) = &weights {
            let lengths: Vec<(i64, u64)> = lines.iter().map(|l| (l.n, l.length)).collect();
            let scores = rank::scores(self, &query, weights, &found, &lengths)?;
            lines.iter_mut().zip(scores).for_each(|(line, score)| line.key.score = score);
        }
        let total = lines.len() as u64;
        let (shown, more) = page(lines, from.as_ref().map(|f| &f.key), paging);
        let next = shown.last().filter(|_| more).map(|l| Cursor { key: l.key, weights }.written(paging.order));
        let marks = Marks::of(&query);
        let hits = shown.iter().map(|l| self.hit(l.n, &marks)).collect::<Result<Vec<_>>>()?;
        let facets = counts.map(|c| c.top(self, paging.facets)).transpose()?;
        Ok(Found { total, hits, next, facets })
    }

    /// What decides the place of each page, by number; counts on the way.
    fn lines(&self, found: &Pages, mut counts: Option<&mut Counts>) -> Result<Vec<Line>> {
        const COLUMNS: &str = "n, start, day, length, outlet, language, speakers, places";
        let mut lines = Vec::with_capacity(found.len());
        let mut take = |row: &Row| -> Result<()> {
            let day: Option<i64> = row.get(2)?;
            lines.push(Line { n: row.get(0)?, key: Key { score: 0.0, day, start: row.get(1)? }, length: row.get(3)? });
            let Some(counts) = counts.as_deref_mut() else { return Ok(()) };
            match row.get::<_, Option<u64>>(4)? {
                Some(outlet) => counts.outlets.add(outlet),
                None => counts.no_outlet += 1,
            }
            let language = row.get_ref(5)?.as_str().ok().map(str::to_owned);
            *counts.languages.entry(language).or_default() += 1;
            *counts.months.entry(day.map(|d| d / 100)).or_default() += 1;
            for (column, tally) in [(6, &mut counts.speakers), (7, &mut counts.places)] {
                let mut id = 0;
                for step in Numbers(row.get_ref(column)?.as_blob().unwrap_or_default()) {
                    id += step;
                    tally.add(id);
                }
            }
            Ok(())
        };
        let many = found.len() > 2_000;
        let sql = format!("SELECT {COLUMNS} FROM facets {}", if many { "ORDER BY n" } else { "WHERE n = ?1" });
        let mut ask = self.db.prepare_cached(&sql)?;
        if many {
            let mut rows = ask.query([])?;
            while let Some(row) = rows.next()? {
                if found.contains(row.get(0)?) {
                    take(row)?;
                }
            }
        } else {
            for n in found.iter() {
                if let Some(row) = ask.query([n])?.next()? {
                    take(row)?;
                }
            }
        }
        Ok(lines)
    }

    fn hit(&self, n: i64, marks: &Marks) -> Result<Hit> {
        let mut ask = self.db.prepare_cached(
            "SELECT id, title, outlet, published, url, language, report,
                 (SELECT story FROM members WHERE members.n = articles.n ORDER BY story LIMIT 1)
             FROM articles JOIN captures USING (n) WHERE n = ?1",
        )?;
        let mut rows = ask.query([n])?;
        let Some(r) = rows.next()? else {
            return Err(crate::StoreError::not_found("article", &n.to_string()));
        };
        let report: Report = blob::unpack(r.get_ref(6)?.as_blob().unwrap_or_default())?;
        let title: Option<String> = r.get(1)?;
        Ok(Hit {
            id: r.get(0)?,
            title_marks: title.as_deref().map(|t| marks.in_title(t)).unwrap_or_default(),
            title,
            outlet: r.get(2)?,
            published: r.get(3)?,
            url: report.article.url.clone().or(r.get(4)?),
            language: r.get(5)?,
            story: r.get(7)?,
            snippet: snippet::cut(&report.article.text, &marks.text),
        })
    }
}

/// The page asked for, in order, and whether more follow.
fn page(mut lines: Vec<Line>, after: Option<&Key>, paging: &Paging) -> (Vec<Line>, bool) {
    let order = |a: &Line, b: &Line| a.key.order(&b.key, paging.order).then(a.n.cmp(&b.n));
    if let Some(after) = after {
        lines.retain(|l| after.order(&l.key, paging.order).is_lt());
    }
    let end = paging.offset.saturating_add(paging.limit);
    let more = lines.len() > end;
    if more && end > 0 {
        lines.select_nth_unstable_by(end - 1, order);
    }
    lines.truncate(end);
    lines.sort_unstable_by(order);
    lines.drain(..paging.offset.min(lines.len()));
    (lines, more)
}

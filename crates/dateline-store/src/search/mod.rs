//! Which articles hold these words?

pub(crate) mod query;
mod snippet;

pub use query::QueryError;
pub use snippet::Snippet;

use crate::error::Result;
use crate::{Library, blob, day};
use dateline_story::Print;
use query::Query;
use rusqlite::ToSql;

/// Which of the articles found are given, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// How many.
    pub limit: usize,
    /// How many are left out first.
    pub offset: usize,
    /// In which order.
    pub order: Order,
}

impl Default for Paging {
    fn default() -> Paging {
        Paging { limit: 20, offset: 0, order: Order::Relevance }
    }
}

/// The order of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Those that the words fit best first (BM25).
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
}

/// One article found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The article's id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its date, ISO 8601, as precise as known.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
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
}

/// The first day of a date that a user typed.
pub(crate) fn day_of(date: &str) -> std::result::Result<String, QueryError> {
    day::first(date.trim())
        .ok_or_else(|| QueryError::new(0, format!("{date:?} is no date; write 2024, 2024-01 or 2024-01-26")))
}

impl Library {
    /// Finds articles.
    ///
    /// Words must all stand in the article, whatever their accents and case; `"a phrase"` in that order; `OR`,
    /// `NOT` (or `-word`) and parentheses combine; `word*` fits every word that starts so; `title:`, `outlet:` and
    /// `speaker:` look there alone; `after:` and `before:` bound the date, both days included.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] names the place in the query; [`crate::ErrorKind::Index`].
    pub fn search(&self, text: &str, paging: &Paging) -> Result<Found> {
        let query = query::parse(text)?;
        let count = format!("SELECT count(*) FROM ({})", query.source());
        let total = self.db.prepare_cached(&count)?.query_row(query.named().as_slice(), |r| r.get(0))?;
        Ok(Found { total, hits: self.hits(&query, paging)? })
    }

    fn hits(&self, query: &Query, paging: &Paging) -> Result<Vec<Hit>> {
        let order = match paging.order {
            Order::Relevance if query.has_words() => "rank, day IS NULL, day DESC, id",
            _ => "day IS NULL, day DESC, id",
        };
        let rank = if query.has_words() { "rank" } else { "0 AS rank" };
        // Sorted first and joined with the prints after: they are large, and few of them are shown.
        let sql = format!(
            "SELECT id, title, outlet, published, url, print,
                 (SELECT story FROM members WHERE members.n = page.n ORDER BY story LIMIT 1)
             FROM (SELECT n, {rank} FROM ({}) JOIN articles USING (n) JOIN captures USING (n)
                   ORDER BY {order} LIMIT :limit OFFSET :offset) AS page
                 JOIN articles USING (n) JOIN captures USING (n)
             ORDER BY {order}",
            query.source()
        );
        let (limit, offset) = (paging.limit as i64, paging.offset as i64);
        let mut named = query.named();
        named.extend([(":limit", &limit as &dyn ToSql), (":offset", &offset)]);
        let mut ask = self.db.prepare_cached(&sql)?;
        let mut rows = ask.query(named.as_slice())?;
        let mut hits = Vec::new();
        while let Some(r) = rows.next()? {
            let print: Print = blob::unpack(r.get_ref(5)?.as_blob().unwrap_or_default())?;
            hits.push(Hit {
                id: r.get(0)?,
                title: r.get(1)?,
                outlet: r.get(2)?,
                published: r.get(3)?,
                url: print.url.clone().or(r.get(4)?),
                story: r.get(6)?,
                snippet: snippet::cut(&print.text, query.terms()),
            });
        }
        Ok(hits)
    }
}

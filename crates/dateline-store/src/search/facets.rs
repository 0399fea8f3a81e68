//! What is found, counted: outlets, languages, months, speakers, places.

use super::words::tokens;
use crate::Library;
use crate::error::Result;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One value, how many of the pages found have it, and the words that narrow a query to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The value to show: a name, a language's tag, a month ("2024-01"); `None` where the page has none.
    pub value: Option<String>,
    /// How many of all pages found.
    pub pages: u64,
    /// What to add to the query.
    pub query: String,
}

/// The most frequent values over all pages found; ties by the value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Outlets.
    pub outlets: Vec<Facet>,
    /// Languages.
    pub languages: Vec<Facet>,
    /// Months of publication.
    pub months: Vec<Facet>,
    /// Who is reported to have said something, each page counted once.
    pub speakers: Vec<Facet>,
    /// Places named, each page counted once.
    pub places: Vec<Facet>,
}

/// Counts, filled page by page.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) outlets: Tally,
    pub(crate) no_outlet: u64,
    pub(crate) languages: BTreeMap<Option<String>, u64>,
    /// 202401; `None` for no date.
    pub(crate) months: BTreeMap<Option<i64>, u64>,
    pub(crate) speakers: Tally,
    pub(crate) places: Tally,
}

/// Counts by small numbers.
#[derive(Debug, Default)]
pub(crate) struct Tally(Vec<u32>);

/// Numbers from here on are nobody's.
const LAST: u64 = 1 << 28;

impl Tally {
    pub(crate) fn add(&mut self, id: u64) {
        if id >= LAST {
            return;
        }
        let id = id as usize;
        if self.0.len() <= id {
            self.0.resize(id + 1, 0);
        }
        self.0[id] += 1;
    }

    /// The numbers counted most often, and all that tie with the last of them.
    fn most(&self, top: usize) -> Vec<(i64, u64)> {
        let mut counts: Vec<u32> = self.0.iter().copied().filter(|c| *c > 0).collect();
        let least = if counts.len() > top && top > 0 {
            *counts.select_nth_unstable_by_key(top - 1, |c| Reverse(*c)).1
        } else {
            1
        };
        let all = self.0.iter().enumerate().filter(|(_, c)| **c >= least.max(1));
        all.map(|(id, c)| (id as i64, u64::from(*c))).collect()
    }
}

impl Counts {
    /// The most frequent values.
    pub(crate) fn top(&self, library: &Library, top: usize) -> Result<Facets> {
        let mut outlets: Vec<Facet> =
            self.named(library, &self.outlets, top, "SELECT name, '' FROM outlets WHERE o = ?1", |name, _| {
                format!("outlet:={}", quoted(name))
            })?;
        if self.no_outlet > 0 {
            outlets.push(Facet { value: None, pages: self.no_outlet, query: "outlet:none".to_owned() });
        }
        let languages = self.languages.iter().map(|(tag, pages)| Facet {
            query: format!("language:{}", tag.as_deref().unwrap_or("none")),
            value: tag.clone(),
            pages: *pages,
        });
        let months = self.months.iter().map(|(month, pages)| {
            let value = month.map(|m| format!("{:04}-{:02}", m / 100, m % 100));
            Facet { query: format!("date:{}", value.as_deref().unwrap_or("none")), value, pages: *pages }
        });
        let speakers = "SELECT name, key FROM speakers WHERE s = ?1";
        let places = "SELECT name, key FROM entities WHERE e = ?1";
        Ok(Facets {
            outlets: first(outlets, top),
            languages: first(languages.collect(), top),
            months: first(months.collect(), top),
            speakers: first(self.named(library, &self.speakers, top, speakers, exactly_speaker)?, top),
            places: first(self.named(library, &self.places, top, places, exactly_place)?, top),
        })
    }

    fn named(
        &self,
        library: &Library,
        counts: &Tally,
        top: usize,
        sql: &str,
        query: fn(&str, &str) -> String,
    ) -> Result<Vec<Facet>> {
        let mut ask = library.db.prepare_cached(sql)?;
        let mut out = Vec::new();
        for (id, pages) in counts.most(top) {
            let (name, key): (String, String) = ask.query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
            out.push(Facet { query: query(&name, &key), value: Some(name), pages });
        }
        Ok(out)
    }
}

/// The first by count; ties by value and query.
fn first(mut all: Vec<Facet>, top: usize) -> Vec<Facet> {
    all.sort_by(|a, b| (Reverse(a.pages), &a.value, &a.query).cmp(&(Reverse(b.pages), &b.value, &b.query)));
    all.truncate(top);
    all
}

fn quoted(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if matches!(c, '"' | '“' | '”' | '„' | '«' | '»') { ' ' } else { c }).collect();
    format!("\"{}\"", dateline_text::squeeze(&plain))
}

fn exactly_speaker(name: &str, key: &str) -> String {
    let words = |text: &str| tokens(text).into_iter().map(|t| t.text).collect::<BTreeSet<_>>();
    // The name as written, where it says as much as the key.
    format!("speaker:={}", quoted(if words(name) == words(key) { name } else { key }))
}

fn exactly_place(_: &str, key: &str) -> String {
    format!("place:={}", quoted(key))
}

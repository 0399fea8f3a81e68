//! How well pages fit a query's words: Okapi BM25 over the words, whose weights a walk through the pages of a result
//! keeps, so that pages added meanwhile do not change the order.

use super::ast::{Condition, Expr, Field};
use super::names::after;
use super::pages::Pages;
use super::words::Pattern;
use crate::Library;
use crate::error::Result;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// BM25's usual constants: how soon more of a word adds nothing, and how much the length of a page counts.
const K: f64 = 1.2;
const B: f64 = 0.75;
/// A word in the title counts as so many in the text.
const TITLE: f64 = 4.0;
/// Words that stand more often than this in the library are in so many pages that they tell little; they are not
/// counted, and cost no time.
const COMMON: u64 = 150_000;

/// A word that ranks, perhaps the beginning of one.
type Word = (String, bool);

/// What the weights depend on: the library when the first page of the result was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Weights {
    /// Pages in the library.
    pub(crate) articles: u64,
    /// Words in all of them.
    pub(crate) length: u64,
    /// For each word asked for, how many pages hold it; 0 for one that is not counted.
    pub(crate) holding: Vec<u64>,
}

/// The words that rank: all that a page may hold, once each, in order.
fn ranking(expr: &Expr) -> Vec<(Word, bool)> {
    let mut all: BTreeMap<Word, bool> = BTreeMap::new();
    for leaf in expr.wanted() {
        let Condition::Words(w) = &leaf.condition else { continue };
        let title = w.field == Field::Title;
        if w.field.is_name() {
            continue;
        }
        let Some(pattern) = Pattern::of(&w.text, w.prefix) else { continue };
        let last = pattern.words.len() - 1;
        for (i, word) in pattern.words.into_iter().enumerate() {
            *all.entry((word, pattern.prefix && i == last)).or_insert(true) &= title;
        }
    }
    all.into_iter().collect()
}

/// The weights as they are now; `None` where no word of the query can rank.
pub(crate) fn weights(library: &Library, expr: &Expr) -> Result<Option<Weights>> {
    let words = ranking(expr);
    if words.is_empty() {
        return Ok(None);
    }
    let sums =
        library.db.prepare_cached("SELECT articles, length FROM sums")?.query_row([], |r| Ok((r.get(0)?, r.get(1)?)));
    let (articles, length) = sums.optional()?.unwrap_or_default();
    let mut holding = Vec::new();
    for (word, _) in words {
        holding.push(pages_with(library, &word)?);
    }
    Ok(Some(Weights { articles, length, holding }))
}

/// How many pages hold a word (for the beginning of a word: the sum over the words that begin so); 0 if it is common.
fn pages_with(library: &Library, (word, prefix): &Word) -> Result<u64> {
    let to = if *prefix { after(word) } else { word.clone() };
    let mut ask = library.db.prepare_cached("SELECT doc, cnt FROM word_counts WHERE term >= ?1 AND term <= ?2")?;
    let mut rows = ask.query(params![word, to])?;
    let (mut pages, mut times) = (0, 0);
    while let Some(row) = rows.next()? {
        pages += row.get::<_, u64>(0)?;
        times += row.get::<_, u64>(1)?;
        if times > COMMON {
            return Ok(0);
        }
    }
    Ok(pages)
}

/// The score of each page found, by its number, as far as they have one. `length` says how many words a page has.
pub(crate) fn scores(
    library: &Library,
    expr: &Expr,
    weights: &Weights,
    found: &Pages,
    lengths: &[(i64, u64)],
) -> Result<Vec<f64>> {
    let mut scores = vec![0.0; lengths.len()];
    let average = (weights.length as f64 / weights.articles.max(1) as f64).max(1.0);
    let mut times = vec![0.0; lengths.len()];
    for ((word, title_only), holding) in ranking(expr).into_iter().zip(&weights.holding) {
        if *holding == 0 {
            continue;
        }
        count(library, &word, title_only, found, lengths, &mut times)?;
        let (all, holding) = (weights.articles as f64, (*holding).min(weights.articles) as f64);
        let rare = ((all - holding + 0.5) / (holding + 0.5)).ln_1p();
        for ((score, times), (_, length)) in scores.iter_mut().zip(&mut times).zip(lengths) {
            if *times > 0.0 {
                let long = K * (1.0 - B + B * *length as f64 / average);
                *score += rare * *times * (K + 1.0) / (*times + long);
                *times = 0.0;
            }
        }
    }
    Ok(scores)
}

/// How often a word stands in each page found.
fn count(
    library: &Library,
    (word, prefix): &Word,
    title_only: bool,
    found: &Pages,
    lengths: &[(i64, u64)],
    times: &mut [f64],
) -> Result<()> {
    let to = if *prefix { after(word) } else { word.clone() };
    let mut ask = library.db.prepare_cached("SELECT doc, col FROM word_places WHERE term >= ?1 AND term <= ?2")?;
    let mut rows = ask.query(params![word, to])?;
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let n: i64 = row.get(0)?;
        if !found.contains(n) {
            continue;
        }
        // Places of one page follow each other.
        if lengths.get(at).is_none_or(|l| l.0 != n) {
            let Ok(place) = lengths.binary_search_by_key(&n, |l| l.0) else { continue };
            at = place;
        }
        let title = row.get_ref(1)?.as_str().is_ok_and(|c| c == "title");
        if title || !title_only {
            times[at] += if title { TITLE } else { 1.0 };
        }
    }
    Ok(())
}

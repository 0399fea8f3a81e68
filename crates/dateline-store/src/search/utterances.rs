//! What is asked of one utterance: who said it, and which words stand in it.

use super::ast::{Condition, Expr, Field, Leaf, Words};
use super::enter::Numbers;
use super::names;
use super::pages::{Pages, json};
use super::words::Pattern;
use crate::Library;
use crate::error::Result;
use rusqlite::params;
use std::collections::BTreeSet;

/// An utterance: its page, and its place among the page's attributions.
type Utterance = (i64, u64);

fn words(leaf: &Leaf) -> Option<&Words> {
    match &leaf.condition {
        Condition::Words(words) => Some(words),
        _ => None,
    }
}

/// Whether all that the part asks can be asked of one utterance.
pub(crate) fn is_of_one(expr: &Expr) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(is_of_one),
        Expr::Not(_) => false,
        Expr::Leaf(leaf) => words(leaf).is_some_and(|w| matches!(w.field, Field::Said | Field::Speaker)),
    }
}

/// Whether it asks for words in the utterance, and not only who speaks.
fn asks_words(expr: &Expr) -> bool {
    expr.wanted().into_iter().filter_map(words).any(|w| w.field == Field::Said)
}

/// Sets of pages that must all hold: in which one utterance fits all that is asked for its words, and this for each
/// of the speakers asked for beside.
pub(crate) fn pages(library: &Library, parts: &[&Expr]) -> Result<Vec<Pages>> {
    let (said, by): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|p| asks_words(p));
    let said: Vec<BTreeSet<Utterance>> = said.into_iter().map(|p| utterances(library, p)).collect::<Result<_>>()?;
    let said = said.into_iter().reduce(|a, b| a.intersection(&b).copied().collect());
    let on = |all: &BTreeSet<Utterance>| Pages::from_iter(all.iter().map(|u| u.0));
    match said {
        Some(said) if by.is_empty() => Ok(vec![on(&said)]),
        Some(said) => {
            by.into_iter().map(|p| Ok(on(&utterances(library, p)?.intersection(&said).copied().collect()))).collect()
        }
        None => by.into_iter().map(|p| Ok(on(&utterances(library, p)?))).collect(),
    }
}

fn utterances(library: &Library, expr: &Expr) -> Result<BTreeSet<Utterance>> {
    let each = |parts: &[Expr]| parts.iter().map(|p| utterances(library, p)).collect::<Result<Vec<_>>>();
    Ok(match expr {
        Expr::And(parts) => {
            each(parts)?.into_iter().reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default()
        }
        Expr::Or(parts) => each(parts)?.into_iter().flatten().collect(),
        Expr::Leaf(leaf) => match words(leaf) {
            Some(w) if w.field == Field::Speaker => by_speaker(library, w)?,
            Some(w) => with_words(library, w)?,
            None => BTreeSet::new(),
        },
        Expr::Not(_) => BTreeSet::new(),
    })
}

fn by_speaker(library: &Library, asked: &Words) -> Result<BTreeSet<Utterance>> {
    let ids = json(names::ids(library, asked)?);
    let sql = "SELECT n, attribution FROM said WHERE s IN (SELECT value FROM json_each(?1))";
    let mut ask = library.db.prepare_cached(sql)?;
    let rows = ask.query_map([ids], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Utterances in one run of whose words the pattern stands.
fn with_words(library: &Library, asked: &Words) -> Result<BTreeSet<Utterance>> {
    let mut found = BTreeSet::new();
    let Some(pattern) = Pattern::of(&asked.text, asked.prefix) else { return Ok(found) };
    let length = pattern.words.len() as u64;
    let mut ask = library.db.prepare_cached("SELECT said FROM facets WHERE n = ?1")?;
    for page in starts(library, &pattern)?.chunk_by(|a, b| a.0 == b.0) {
        let Some((n, _)) = page.first() else { continue };
        let mut rows = ask.query([n])?;
        let Some(row) = rows.next()? else { continue };
        let mut numbers = Numbers(row.get_ref(0)?.as_blob().unwrap_or_default());
        let mut attribution = 0;
        while let Some(runs) = numbers.next() {
            for _ in 0..runs {
                let (Some(first), Some(count)) = (numbers.next(), numbers.next()) else { break };
                let at = page.partition_point(|(_, start)| *start < first);
                if page.get(at).is_some_and(|(_, start)| start + length <= first.saturating_add(count)) {
                    found.insert((*n, attribution));
                }
            }
            attribution += 1;
        }
    }
    Ok(found)
}

/// Where in the texts a pattern begins: page and number of the word, in order.
fn starts(library: &Library, pattern: &Pattern) -> Result<Vec<(i64, u64)>> {
    let mut ask = library
        .db
        .prepare_cached("SELECT doc, offset FROM word_places WHERE term >= ?1 AND term <= ?2 AND col = 'text'")?;
    let mut found: Option<Vec<(i64, u64)>> = None;
    for (i, word) in pattern.words.iter().enumerate() {
        let prefix = pattern.prefix && i + 1 == pattern.words.len();
        let to = if prefix { names::after(word) } else { word.clone() };
        let mut rows = ask.query(params![word, to])?;
        let mut here: Vec<(i64, u64)> = Vec::new();
        while let Some(row) = rows.next()? {
            // The word's place, counted from where the pattern would begin.
            if let Some(start) = row.get::<_, u64>(1)?.checked_sub(i as u64) {
                here.push((row.get(0)?, start));
            }
        }
        here.sort_unstable();
        if let Some(before) = found {
            here.retain(|p| before.binary_search(p).is_ok());
        }
        found = Some(here);
    }
    Ok(found.unwrap_or_default())
}

//! Why two articles are linked, in words that stand in them.

use crate::link::vectors::Doc;
use crate::{Print, Reason};

/// Terms told of a link.
const TERMS: usize = 6;
/// Names told of a link.
const NAMES: usize = 6;

/// Terms that both articles hold, heaviest first, as the first writes them.
pub fn terms(a: &Doc, b: &Doc) -> Vec<String> {
    let other = |term: u32| b.terms.binary_search_by_key(&term, |e| e.term).ok().map(|i| b.terms[i].full);
    let mut shared: Vec<(u32, &str)> = a
        .shown
        .iter()
        .filter_map(|(term, raw)| {
            let own = a.terms.binary_search_by_key(term, |e| e.term).ok()?;
            Some((a.terms[own].full.min(other(*term)?), raw.as_ref()))
        })
        .collect();
    shared.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(y.1)));
    shared.into_iter().take(TERMS).map(|(_, raw)| raw.to_owned()).collect()
}

/// Names that both articles mention, most mentioned first, as the first writes them.
pub fn entities(a: &Print, b: &Print) -> Vec<String> {
    let mut shared: Vec<(u32, &str)> = a
        .names
        .iter()
        .filter(|n| !n.key.is_empty())
        .filter_map(|n| {
            let other = b.names.iter().find(|m| m.key == n.key)?;
            Some((n.mentions + other.mentions, n.name.as_str()))
        })
        .collect();
    shared.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(y.1)));
    shared.dedup_by(|x, y| x.1 == y.1);
    shared.into_iter().take(NAMES).map(|(_, name)| name.to_owned()).collect()
}

/// The reason that links the first article with the second; `probability` in millionths.
pub fn reason(a: (&Print, &Doc), b: (&Print, &Doc), probability: u32) -> Reason {
    Reason {
        with: b.0.id.clone(),
        score: f64::from(probability / 1000) / 1000.0,
        terms: terms(a.1, b.1),
        entities: entities(a.0, b.0),
        days: a.1.days.day().zip(b.1.days.day()).map(|(x, y)| i64::from((x - y).abs())),
    }
}

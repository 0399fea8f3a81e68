//! Bags of weighted terms: how much of one text's matter stands in another.

use crate::link::idf::weight;
use crate::link::normalise::{TokenKind, tokens};
use rustc_hash::FxHasher;
use std::cmp::Ordering;
use std::hash::Hasher;

/// Terms lighter than this carry no matter ("the", "say"); hundredths of a nat.
const LIGHT: u32 = 150;

/// The terms of a text, as hashes, with their weights; sorted, once each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bag {
    terms: Vec<(u64, u32)>,
    total: u32,
}

/// The same on every machine and in every run.
fn hash(term: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(term.as_bytes());
    hasher.finish()
}

impl Bag {
    /// The matter of a text; numbers count as terms only where `numbers`.
    pub(crate) fn of(text: &str, language: &str, numbers: bool) -> Bag {
        let mut terms: Vec<(u64, u32)> = tokens(text, language)
            .into_iter()
            .filter(|t| numbers || t.kind != TokenKind::Number)
            .map(|t| (weight(&t.term), t.term))
            .filter(|(w, t)| *w >= LIGHT && t.chars().count() > 2)
            .map(|(w, t)| (hash(&t), w))
            .collect();
        terms.sort();
        terms.dedup_by_key(|(t, _)| *t);
        Bag::from(terms)
    }

    fn from(terms: Vec<(u64, u32)>) -> Bag {
        let total = terms.iter().map(|(_, w)| w).sum();
        Bag { terms, total }
    }

    /// Without the terms of another bag.
    pub(crate) fn without(self, other: &Bag) -> Bag {
        Bag::from(
            self.terms.into_iter().filter(|(t, _)| other.terms.binary_search_by_key(t, |x| x.0).is_err()).collect(),
        )
    }

    /// How many terms.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// Terms, heaviest first.
    pub(crate) fn heaviest(&self, most: usize) -> Vec<u64> {
        let mut by = self.terms.clone();
        by.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        by.into_iter().take(most).map(|(t, _)| t).collect()
    }

    /// How many terms are in both, and their weight.
    fn common(&self, other: &Bag) -> (usize, u32) {
        let (mut a, mut b) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let (mut count, mut weight) = (0, 0);
        while let (Some((x, w)), Some((y, _))) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                Ordering::Less => drop(a.next()),
                Ordering::Greater => drop(b.next()),
                Ordering::Equal => {
                    count += 1;
                    weight += w;
                    a.next();
                    b.next();
                }
            }
        }
        (count, weight)
    }

    /// Terms in both.
    pub(crate) fn shared(&self, other: &Bag) -> usize {
        self.common(other).0
    }

    /// Share of the lighter bag's weight that stands in the other, in thousandths.
    pub(crate) fn containment(&self, other: &Bag) -> u32 {
        (self.common(other).1 * 1000).checked_div(self.total.min(other.total)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_wording_is_contained() {
        let long = Bag::of("the harbour would pose a grave threat to our coast and its villages", "en", true);
        let short = Bag::of("a grave threat to our coast", "en", true);
        assert!(long.containment(&short) > 900);
        assert!(long.containment(&Bag::of("taxes on sugar fall in spring", "en", true)) < 200);
    }
}

//! Bags of weighted terms: how much of one text's matter stands in another.

use crate::link::idf::weight;
use crate::link::normalise::{TokenKind, tokens};

/// Terms lighter than this carry no matter ("the", "say"); hundredths of a nat.
const LIGHT: u32 = 150;

/// The terms of a text with their weights, sorted, once each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bag {
    terms: Vec<(String, u32)>,
}

impl Bag {
    /// The matter of a text; numbers count as terms only where `numbers`.
    pub(crate) fn of(text: &str, language: &str, numbers: bool) -> Bag {
        let mut terms: Vec<(String, u32)> = tokens(text, language)
            .into_iter()
            .filter(|t| numbers || t.kind != TokenKind::Number)
            .map(|t| (weight(&t.term), t.term))
            .filter(|(w, t)| *w >= LIGHT && t.chars().count() > 2)
            .map(|(w, t)| (t, w))
            .collect();
        terms.sort();
        terms.dedup();
        Bag { terms }
    }

    /// Without the terms of another bag.
    pub(crate) fn without(mut self, other: &Bag) -> Bag {
        self.terms.retain(|(t, _)| !other.has(t));
        self
    }

    fn has(&self, term: &str) -> bool {
        self.terms.binary_search_by(|(t, _)| t.as_str().cmp(term)).is_ok()
    }

    /// How many terms.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// Terms, heaviest first.
    pub(crate) fn heaviest(&self, most: usize) -> Vec<&str> {
        let mut by: Vec<&(String, u32)> = self.terms.iter().collect();
        by.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        by.into_iter().take(most).map(|(t, _)| t.as_str()).collect()
    }

    fn total(&self) -> u32 {
        self.terms.iter().map(|(_, w)| w).sum()
    }

    /// Terms in both.
    pub(crate) fn shared(&self, other: &Bag) -> usize {
        self.terms.iter().filter(|(t, _)| other.has(t)).count()
    }

    /// Share of the lighter bag's weight that stands in the other, in thousandths.
    pub(crate) fn containment(&self, other: &Bag) -> u32 {
        let (small, large) = if self.total() <= other.total() { (self, other) } else { (other, self) };
        let all = small.total();
        let common: u32 = small.terms.iter().filter(|(t, _)| large.has(t)).map(|(_, w)| w).sum();
        (common * 1000).checked_div(all).unwrap_or(0)
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

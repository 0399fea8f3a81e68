//! Whether a byline is the outlet's own name: an outlet that signs is no person, however the page's fields call it.

use super::tables::rows;
use std::collections::BTreeSet;
use std::sync::OnceLock;

const WORDS: &str = include_str!("../../../data/bylines/outlet_words.tsv");
/// Fewest letters of a name, without the words that come and go, that is compared.
const LEAST: usize = 3;
/// Fewest letters of an outlet's name that is looked for inside of a longer one.
const LEAST_INSIDE: usize = 4;

/// How a name stands to an outlet's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// The same, but for case, marks, articles and words like "Online".
    Same,
    /// The outlet's name and more ("Harbour Post Portville").
    Part,
    /// Nothing in common.
    None,
}

/// How a byline stands to the names of its outlet.
pub(crate) fn kinship<'o>(name: &str, outlets: impl Iterator<Item = &'o str>) -> Kinship {
    let (words, bare) = (folded(name), bare(name));
    let mut best = Kinship::None;
    for outlet in outlets {
        let own = folded(outlet);
        if own.concat() == words.concat() || same(&bare, &self::bare(outlet)) {
            return Kinship::Same;
        }
        if holds(&words, &self::bare(outlet)) {
            best = Kinship::Part;
        }
    }
    best
}

fn same(a: &[String], b: &[String]) -> bool {
    let a = a.concat();
    a.chars().count() >= LEAST && a == b.concat()
}

/// Whether a name holds an outlet's as whole words. One of a single word must open it: "Ferry" of "Ada Ferry" is a
/// surname, "Ferry Portville" an edition.
fn holds(words: &[String], outlet: &[String]) -> bool {
    let letters: usize = outlet.iter().map(|w| w.chars().count()).sum();
    if outlet.is_empty() || letters < LEAST_INSIDE || words.len() <= outlet.len() {
        return false;
    }
    let from_first = || words.iter().skip_while(|w| is_loose(w)).take(outlet.len()).eq(outlet.iter());
    if outlet.len() > 1 { words.windows(outlet.len()).any(|w| w == outlet) } else { from_first() }
}

/// A name's words in lower case.
fn folded(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The same without the words that come and go; a name of such words alone stays as it is.
fn bare(name: &str) -> Vec<String> {
    let all = folded(name);
    let rest: Vec<String> = all.iter().filter(|w| !is_loose(w)).cloned().collect();
    if rest.is_empty() { all } else { rest }
}

fn is_loose(word: &str) -> bool {
    static TABLE: OnceLock<BTreeSet<&str>> = OnceLock::new();
    TABLE.get_or_init(|| rows(WORDS).map(|(word, _)| word).collect()).contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kin(name: &str, outlets: &[&str]) -> Kinship {
        kinship(name, outlets.iter().copied())
    }

    #[test]
    fn words_that_come_and_go_hold_their_examples() {
        for (word, rest) in rows(WORDS) {
            let (with, without) = rest.split_once('\t').unwrap_or_else(|| panic!("{word}: two examples"));
            assert_eq!(kin(with, &[without]), Kinship::Same, "{with} / {without}");
            assert_eq!(kin(without, &[with]), Kinship::Same, "{without} / {with}");
        }
    }

    #[test]
    fn persons_are_not_taken_for_their_outlet() {
        let outlets = ["The Harbour Post", "Ferry", "harbourpost.example"];
        for (name, want) in [
            ("harbour post", Kinship::Same),
            ("HarbourPost", Kinship::Same),
            ("The Harbour Post Online", Kinship::Same),
            ("Harbour Post Portville", Kinship::Part),
            ("Our Harbour Post crew", Kinship::Part),
            ("Ferry Portville", Kinship::Part),
            ("Ada Ferry", Kinship::None),
            ("Ada Harbour", Kinship::None),
            ("Ada Brook", Kinship::None),
            ("", Kinship::None),
        ] {
            assert_eq!(kin(name, &outlets), want, "{name}");
        }
    }
}

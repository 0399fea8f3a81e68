//! Lines that say by their words that they are not the article: pointers, pleas, notices.

use regex::{RegexSet, RegexSetBuilder};
use std::sync::LazyLock;

/// The table, in `data/html/phrases.tsv`.
const TABLE: &str = include_str!("../../data/html/phrases.tsv");
/// Longest line that is looked at, in bytes.
const LONGEST: usize = 500;

/// What such a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// A pointer to other articles.
    Teaser,
    /// A plea, an advertisement, a notice.
    Promotion,
}

struct Table {
    set: RegexSet,
    /// Kind and longest line, in characters, of each expression.
    kinds: Vec<(Phrase, usize)>,
}

fn rows() -> impl Iterator<Item = [&'static str; 5]> {
    TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        [(); 5].map(|()| cells.next().unwrap_or_default())
    })
}

fn kind(name: &str) -> Phrase {
    if name == "teaser" { Phrase::Teaser } else { Phrase::Promotion }
}

static PHRASES: LazyLock<Option<Table>> = LazyLock::new(|| {
    // Unicode's boundaries of words make the set fall back to an engine ten times slower: after a group of words
    // any other character does, elsewhere ASCII's boundary.
    let patterns = rows().map(|r| r[2].replace(r")\b", r")(?:\W|$)").replace(r"\b", r"(?-u:\b)"));
    let set = RegexSetBuilder::new(patterns).case_insensitive(true).build().ok()?;
    Some(Table { set, kinds: rows().map(|r| (kind(r[0]), r[1].parse().unwrap_or(0))).collect() })
});

/// What a line is by its words alone, if they tell.
pub(crate) fn phrase(line: &str) -> Option<Phrase> {
    if line.len() > LONGEST {
        return None;
    }
    let table = PHRASES.as_ref()?;
    let length = line.chars().count();
    let fitting = table.set.matches(line.trim()).into_iter().filter_map(|i| table.kinds.get(i));
    fitting.filter(|(_, longest)| length <= *longest).map(|(kind, _)| *kind).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_holds_its_examples() {
        assert!(PHRASES.is_some(), "the table does not build");
        for [name, _, pattern, fits, fits_not] in rows() {
            let one = regex::RegexBuilder::new(pattern).case_insensitive(true).build().unwrap();
            assert!(one.is_match(fits), "{pattern} should fit {fits}");
            assert!(phrase(fits).is_some() && !name.is_empty(), "{fits}");
            assert!(!one.is_match(fits_not), "{pattern} should not fit {fits_not}");
        }
    }
}

//! The words beside a date that say what happened then: published, changed.

use aho_corasick::AhoCorasick;
use std::sync::{LazyLock, OnceLock};

const LABELS: &str = include_str!("../../../data/text/date_labels.tsv");

fn labels() -> &'static Vec<(&'static str, &'static str)> {
    static TABLE: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut rows: Vec<(&str, &str)> = LABELS
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .map(|(kind, words)| (words, kind))
            .collect();
        rows.sort_by_key(|(words, _)| (std::cmp::Reverse(words.len()), *words));
        rows
    })
}

/// Finds any label: nearly every text holds none, and then no label is sought by itself.
static ANY: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(labels().iter().map(|(words, _)| words)).ok());

/// What the words right before a date say happened then.
pub(crate) fn before(before: &str) -> Option<&'static str> {
    let lower = before.to_lowercase();
    if ANY.as_ref().is_some_and(|any| !any.is_match(&lower)) {
        return None;
    }
    // The label that stands last before the date.
    labels()
        .iter()
        .filter_map(|&(words, kind)| whole_word_end(&lower, words).map(|end| (end, kind)))
        .max_by_key(|&(end, _)| end)
        .map(|(_, kind)| kind)
}

fn whole_word_end(text: &str, words: &str) -> Option<usize> {
    let at = text.rfind(words)?;
    let end = at + words.len();
    let open = text.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphabetic());
    let close = text.get(end..)?.chars().next().is_none_or(|c| !c.is_alphabetic());
    (open && close).then_some(end)
}

/// A line that is a label and nothing else ("Updated").
pub(crate) fn alone(line: &str) -> Option<&'static str> {
    let lower = line.trim().trim_end_matches([':', ' ']).to_lowercase();
    labels().iter().find(|(words, _)| *words == lower).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_next_to_the_date_tells_what_happened() {
        assert_eq!(before("Published 1 May 2026, updated "), Some("modified"));
        assert_eq!(before("Posted on "), Some("published"));
        assert_eq!(before("The bridge, "), None);
        assert_eq!(alone("Updated:"), Some("modified"));
        assert_eq!(alone("Updated plans"), None);
    }
}

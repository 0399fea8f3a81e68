//! How pages say that they were corrected, and when they were brought up to date.

use dateline_text::fold;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/notes.tsv");

fn rules() -> &'static [[&'static str; 4]] {
    static RULES: OnceLock<Vec<[&'static str; 4]>> = OnceLock::new();
    RULES.get_or_init(|| {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        rows.filter_map(|l| l.split('\t').collect::<Vec<_>>().try_into().ok()).collect()
    })
}

/// What a sentence says of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// That it was wrong before.
    Correction,
    /// When it was brought up to date.
    Updated,
}

/// The note that a sentence is, if it is one. A single word at its beginning counts only where a mark or a number of
/// a date follows, or where it begins a verb form that notes alone use.
pub fn note(sentence: &str) -> Option<Note> {
    let folded = fold(sentence.trim());
    let begins = |words: &str| {
        let rest = folded.strip_prefix(words)?;
        let one_word = !words.contains(' ');
        let next = rest.trim_start().chars().next();
        let marked = next.is_none_or(|c| matches!(c, ':' | '.' | '—' | '-' | '(') || c.is_ascii_digit());
        let dated = ["on ", "at ", "am ", "le ", "el ", "the "].iter().any(|w| rest.trim_start().starts_with(w));
        let whole = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        (whole && (!one_word || marked || dated)).then_some(words.len())
    };
    let found = rules().iter().filter_map(|[what, words, ..]| Some((begins(words)?, *what))).max()?;
    Some(if found.1 == "correction" { Note::Correction } else { Note::Updated })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_keeps_its_examples() {
        assert_eq!(rules().len(), TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count());
        for [what, words, good, bad] in rules() {
            let wanted = if *what == "correction" { Note::Correction } else { Note::Updated };
            assert_eq!(note(good), Some(wanted), "{words}: {good}");
            assert_ne!(note(bad), Some(wanted), "{words}: {bad}");
        }
    }
}

//! Whether a page keeps its article for subscribers, and whether the capture holds its opening alone.

use crate::Paywall;
use aho_corasick::AhoCorasick;
use regex::{RegexSet, RegexSetBuilder};
use std::sync::LazyLock;

/// Pleas to subscribe, in `data/pleas.tsv`.
const TABLE: &str = include_str!("../../data/pleas.tsv");
/// Longest line that is looked at, in bytes.
const LONGEST: usize = 400;
/// Text below this many characters may be an opening alone; an article of that length is rare.
const SHORT: usize = 1500;
/// A page that states its count of words holds an opening alone where less than this share of them is there.
const SHARE: f64 = 0.6;

/// What a page's fields say about who may read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    /// schema.org `isAccessibleForFree`.
    pub(crate) free: Option<bool>,
    /// `article:content_tier`, where it says "locked".
    pub(crate) locked: Option<String>,
    /// How many words the article has.
    pub(crate) words: Option<u64>,
}

/// What was found on the page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signs<'p> {
    /// The page's fields.
    pub(crate) declared: Declared,
    /// Names of an element that stands in the way.
    pub(crate) markup: Option<String>,
    /// The first line that pleads.
    pub(crate) plea: Option<&'p str>,
}

struct Pleas {
    /// Words of which a line must hold one: most lines hold none, and the patterns are slow on them.
    stems: AhoCorasick,
    patterns: RegexSet,
}

static PLEAS: LazyLock<Option<Pleas>> = LazyLock::new(|| {
    let stems = AhoCorasick::builder().ascii_case_insensitive(true).build(rows().flat_map(|r| r[1].split('|')));
    let patterns = RegexSetBuilder::new(rows().map(|r| r[2])).case_insensitive(true).build();
    Some(Pleas { stems: stems.ok()?, patterns: patterns.ok()? })
});

fn rows() -> impl Iterator<Item = [&'static str; 5]> {
    TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        [(); 5].map(|()| cells.next().unwrap_or_default())
    })
}

/// Whether a line pleads for a subscription before the article goes on.
pub(crate) fn pleads(line: &str) -> bool {
    let Some(pleas) = PLEAS.as_ref().filter(|_| line.len() <= LONGEST) else { return false };
    pleas.stems.is_match(line) && pleas.patterns.is_match(&line.replace('’', "'"))
}

/// Whether the page keeps its text, by its signs and the main text found. Markup and pleas stand on free pages too:
/// alone they count only where the text is short.
pub(crate) fn paywall(signs: &Signs<'_>, text: &str) -> Option<Paywall> {
    let short = is_short(text, signs.declared.words);
    let found = |basis: &str, words: String, stub: bool| Some(Paywall { basis: basis.to_owned(), words, stub });
    if signs.declared.free == Some(false) {
        return found("json-ld", "isAccessibleForFree: false".to_owned(), short);
    }
    if let Some(tier) = &signs.declared.locked {
        return found("meta", format!("content_tier: {tier}"), short);
    }
    if !short || signs.declared.free == Some(true) && signs.plea.is_none() {
        return None;
    }
    if let Some(plea) = signs.plea {
        return found("plea", plea.to_owned(), true);
    }
    signs.markup.clone().and_then(|names| found("markup", names, true))
}

/// Whether a text is an opening rather than an article.
fn is_short(text: &str, stated: Option<u64>) -> bool {
    let words = text.split_whitespace().count() as f64;
    // A count of words means nothing in writing without spaces.
    let spaced = text.split_whitespace().all(|w| w.chars().count() < 60);
    if let Some(stated) = stated.filter(|n| *n > 0 && spaced) {
        return words < stated as f64 * SHARE;
    }
    let wide = text.chars().filter(|c| *c >= '\u{2e80}').count();
    text.chars().count() + wide < SHORT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_holds_its_examples() {
        assert!(PLEAS.is_some(), "the table does not build");
        for [language, _, pattern, fits, fits_not] in rows() {
            assert!(!language.is_empty());
            let one = regex::RegexBuilder::new(pattern).case_insensitive(true).build().unwrap();
            assert!(one.is_match(fits) && pleads(fits), "{pattern} should fit {fits}");
            assert!(!pleads(fits_not), "nothing should fit {fits_not}");
        }
    }

    #[test]
    fn a_field_counts_always_and_a_plea_where_the_text_is_short() {
        let (short, long) = ("The ferry sails again.", "The ferry sails again. ".repeat(100));
        let plea = Signs { plea: Some("Subscribe to continue reading"), ..Signs::default() };
        assert!(paywall(&plea, short).is_some_and(|p| p.stub && p.basis == "plea"));
        assert_eq!(paywall(&plea, &long), None);
        let field = Signs { declared: Declared { free: Some(false), ..Declared::default() }, ..Signs::default() };
        assert!(paywall(&field, &long).is_some_and(|p| !p.stub && p.basis == "json-ld"));
        let counted = Declared { free: Some(false), words: Some(900), ..Declared::default() };
        assert!(paywall(&Signs { declared: counted, ..Signs::default() }, &long).is_some_and(|p| p.stub));
        let markup = Signs { markup: Some("paywall".to_owned()), ..Signs::default() };
        assert!(paywall(&markup, short).is_some_and(|p| p.basis == "markup"));
        assert_eq!(paywall(&Signs::default(), short), None);
    }
}

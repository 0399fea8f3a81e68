//! From text to terms: one written form for what a reader takes as one word.
//!
//! Nothing here looks at a second article. English words lose their commonest endings; words of other languages that
//! are written with spaces are cut to their first letters, which serves inflected languages well enough for comparing
//! (truncation stemming: McNamee and Mayfield 2004); scripts without spaces give pairs of characters.

use crate::link::markup::unread;
use dateline_text::{WordKind, fold, words};

/// Letters kept of a word in a language whose endings are not known.
const PREFIX: usize = 6;

/// One term as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'t> {
    /// Folded and stemmed.
    pub term: String,
    /// As written.
    pub raw: &'t str,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it stands first in a sentence or line, where a capital says nothing.
    pub first: bool,
}

/// What a token is, as far as its looks tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Lower case, or a script without case.
    Word,
    /// Upper-case initial, or all capitals.
    Capital,
    /// Digits.
    Number,
}

/// The tokens of a text in a language (BCP 47; only its first part is looked at), without addresses and tags.
///
/// ```
/// let terms = dateline_story::tuning::tokens("Two ferries were stopped near Hanko.", "en");
/// assert_eq!(terms.iter().map(|t| t.term.as_str()).collect::<Vec<_>>(), ["two", "ferry", "were", "stop", "near", "hanko"]);
/// ```
pub fn tokens<'t>(text: &'t str, language: &str) -> Vec<Token<'t>> {
    let english = is_english(language);
    let mut out = Vec::new();
    let mut first = true;
    let mut end = 0;
    let unread = unread(text);
    let (mut next, mut until) = (0, 0);
    for word in words(text) {
        while let Some(range) = unread.get(next).filter(|r| r.start <= word.span.start) {
            (next, until) = (next + 1, until.max(range.end));
        }
        if word.span.start < until {
            continue;
        }
        let raw = word.of(text);
        if text[end..word.span.start].contains('\n') {
            first = true;
        }
        end = word.span.end;
        match word.kind {
            WordKind::Mark => {
                if matches!(raw, "." | "!" | "?" | ":" | "“" | "\"" | "„" | "«" | "•" | "…" | "。") {
                    first = true;
                }
                continue;
            }
            WordKind::Number => {
                let term: String = fold(raw).chars().filter(|c| !matches!(c, ',' | '\'')).collect();
                out.push(Token { term, raw, kind: TokenKind::Number, first });
            }
            WordKind::Letters if raw.chars().any(without_spaces) => {
                bigrams(raw, &mut out);
            }
            WordKind::Letters => {
                let capital = word.is_capital(text);
                for part in fold(raw).split('-').filter(|p| !p.is_empty()) {
                    let bare = part.trim_matches(['\'', '.', '_']);
                    // what has an underline inside is a file, a field or an account
                    if bare.chars().count() < 2 || bare.contains('_') {
                        continue;
                    }
                    let term = if english { stem(bare) } else { prefix(bare) };
                    let kind = if capital { TokenKind::Capital } else { TokenKind::Word };
                    out.push(Token { term, raw, kind, first });
                }
            }
        }
        first = false;
    }
    out
}

/// Whether the tag names English, or nothing at all.
pub fn is_english(language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or("");
    primary.is_empty() || primary.eq_ignore_ascii_case("en")
}

/// Scripts whose words are not set apart by spaces.
fn without_spaces(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

fn bigrams<'t>(raw: &'t str, out: &mut Vec<Token<'t>>) {
    let folded: Vec<char> = fold(raw).chars().collect();
    for pair in folded.windows(2) {
        out.push(Token { term: pair.iter().collect(), raw, kind: TokenKind::Word, first: false });
    }
}

/// The first letters of a word; short words whole.
fn prefix(word: &str) -> String {
    word.chars().take(PREFIX).collect()
}

/// The commonest English endings off: -s, -es, -ies, -ed, -ing, with the doubled letter and the silent e undone alike.
///
/// Lighter than Porter's, so that what is shown as a shared term is still a word.
pub(crate) fn stem(word: &str) -> String {
    let mut w = word.to_owned();
    if !w.is_ascii() || w.len() < 4 {
        return w;
    }
    if w.ends_with("ies") && w.len() > 4 {
        w.truncate(w.len() - 3);
        w.push('y');
    } else if ["sses", "shes", "ches", "xes", "zes"].iter().any(|e| w.ends_with(e)) {
        w.truncate(w.len() - 2);
    } else if w.ends_with('s') && !["ss", "us", "is"].iter().any(|e| w.ends_with(e)) {
        w.truncate(w.len() - 1);
    }
    for ending in ["ing", "ed"] {
        if let Some(rest) = w.strip_suffix(ending)
            && rest.len() >= 3
            && rest.bytes().any(|b| b"aeiouy".contains(&b))
        {
            let b = rest.as_bytes();
            let n = b.len();
            let doubled = b[n - 1] == b[n - 2] && !b"lsz".contains(&b[n - 1]);
            w = rest[..n - usize::from(doubled)].to_owned();
            break;
        }
    }
    if w.len() > 4 && w.ends_with('e') {
        w.truncate(w.len() - 1);
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str, language: &str) -> Vec<String> {
        tokens(text, language).into_iter().map(|t| t.term).collect()
    }

    #[test]
    fn endings_meet() {
        assert_eq!(stem("planned"), stem("plans"));
        assert_eq!(stem("stopping"), stem("stops"));
        assert_eq!(stem("cities"), stem("city"));
        assert_eq!(stem("announced"), stem("announces"));
        assert_eq!(stem("virus"), "virus");
    }

    #[test]
    fn inflected_names_meet_in_other_languages() {
        assert_eq!(terms("Wilno", "pl"), ["wilno"]);
        assert_eq!(terms("Столтенберга", "ru"), terms("Столтенбергом", "ru"));
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        assert_eq!(terms("東京都", "ja"), ["東京", "京都"]);
    }

    #[test]
    fn a_capital_after_a_stop_is_marked() {
        let t = tokens("Rain fell. Riga flooded. In Riga too.", "en");
        let rigas: Vec<bool> = t.iter().filter(|t| t.term == "riga").map(|t| t.first).collect();
        assert_eq!(rigas, [true, false]);
    }
}

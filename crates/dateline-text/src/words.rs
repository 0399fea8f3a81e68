//! Words: what the later steps look at one by one.

use crate::{Span, is_alphanumeric, is_numeric};

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Letters, with inner hyphens, apostrophes and digits ("vice-president", "don't", "G7", "U.S.").
    Letters,
    /// Begins with a digit ("4,300.5", "2024", "5th").
    Number,
    /// One mark of punctuation or one symbol.
    Mark,
}

/// One word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: WordKind,
}

impl Word {
    /// The word's text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    /// Whether the first character is an upper-case letter.
    pub fn is_capital(&self, text: &str) -> bool {
        self.of(text).chars().next().is_some_and(char::is_uppercase)
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_mark_or_joiner(c: char) -> bool {
    // combining marks belong to the letter before them
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{200C}' | '\u{200D}' | '\u{00AD}' | '\u{093A}'..='\u{094F}' | '\u{0E31}'..='\u{0E4E}' | '\u{064B}'..='\u{065F}')
}

fn in_word(c: char) -> bool {
    is_alphanumeric(c) || c == '_' || is_mark_or_joiner(c)
}

/// Splits text into words, numbers and marks; white space is between them. Linear in the text.
///
/// The English possessive is a word of its own ("Lithuania" + "'s"), so that names end where they should;
/// other apostrophes and hyphens between letters stay inside ("don't", "vice-president", "O'Neill").
/// Initialisms keep their full stops ("U.S.", "a.m."), and numbers their separators ("1,000.5").
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (end, kind) = if is_numeric(c) {
            (number_end(text, at), WordKind::Number)
        } else if in_word(c) {
            (letters_end(text, at), WordKind::Letters)
        } else if is_apostrophe(c) && possessive(text, at) {
            (at + c.len_utf8() + 1, WordKind::Letters)
        } else {
            (at + c.len_utf8(), WordKind::Mark)
        };
        out.push(Word { span: Span::new(at, end), kind });
        at = end;
    }
    out
}

/// Whether an apostrophe at `at` opens a possessive "'s" that follows a letter or digit.
fn possessive(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let mut rest = text[at..].chars();
    rest.next();
    let s = rest.next();
    let after = rest.next();
    before.is_some_and(in_word) && matches!(s, Some('s' | 'S')) && !after.is_some_and(in_word)
}

fn letters_end(text: &str, start: usize) -> usize {
    if let Some(end) = initialism_end(text, start) {
        return end;
    }
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if in_word(c) {
            end = start + i + c.len_utf8();
            continue;
        }
        let joins = (c == '-' || c == '‑' || is_apostrophe(c))
            && chars.peek().is_some_and(|(_, n)| in_word(*n))
            && !(is_apostrophe(c) && possessive(text, start + i));
        if !joins {
            break;
        }
    }
    end
}

/// "U.S.", "a.m.", "J.R.": single letters each followed by a full stop, at least two of them.
fn initialism_end(text: &str, start: usize) -> Option<usize> {
    let mut end = start;
    let mut pairs = 0;
    let mut chars = text[start..].char_indices();
    while let (Some((_, letter)), Some((i, '.'))) = (chars.next(), chars.next()) {
        if !letter.is_alphabetic() {
            break;
        }
        pairs += 1;
        end = start + i + 1;
    }
    let followed = text[end..].chars().next().is_some_and(in_word);
    (pairs >= 2 && !followed).then_some(end)
}

fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut last_numeric = false;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if in_word(c) {
            last_numeric = is_numeric(c);
            end = start + i + c.len_utf8();
            continue;
        }
        let next_numeric = chars.peek().is_some_and(|(_, n)| is_numeric(*n));
        if !(matches!(c, '.' | ',' | ':' | '\'' | '’') && last_numeric && next_numeric) {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).iter().map(|w| w.of(text)).collect()
    }

    #[test]
    fn possessives_part_and_other_apostrophes_stay() {
        assert_eq!(split("Riga’s mayor O'Hara won't go."), ["Riga", "’s", "mayor", "O'Hara", "won't", "go", "."]);
    }

    #[test]
    fn initialisms_keep_their_stops() {
        assert_eq!(split("the U.S. said at 4 p.m."), ["the", "U.S.", "said", "at", "4", "p.m."]);
        assert_eq!(split("Go. It"), ["Go", ".", "It"]);
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(split("1,000.5 at 10:06, 3-4"), ["1,000.5", "at", "10:06", ",", "3", "-", "4"]);
    }

    proptest! {
        #[test]
        fn words_lie_in_order_on_boundaries(text in "\\PC{0,120}") {
            let mut at = 0;
            for w in words(&text) {
                prop_assert!(w.span.start >= at && w.span.end > w.span.start);
                prop_assert!(!w.of(&text).is_empty());
                at = w.span.end;
            }
        }
    }
}

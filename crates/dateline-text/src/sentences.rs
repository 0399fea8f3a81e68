//! Sentences: where one ends and the next begins.

use crate::Span;

/// Abbreviations before which a full stop does not end a sentence when a name or number follows.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "capt", "sgt", "maj", "cmdr", "adm",
    "rev", "hon", "st", "mt", "ft", "no", "nos", "rs", "vs", "etc", "inc", "ltd", "co", "corp", "jr", "sr", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "approx", "est", "fig", "dept",
    "univ", "assn", "bros", "pres", "supt", "atty", "det", "insp", "messrs", "mme", "mlle", "fr", "sra", "u.s", "u.k",
    "u.n", "e.u", "d.c", "p", "pp", "art",
];

/// Abbreviations that may well end a sentence: a capital after them starts a new one unless it belongs to a name.
const MAY_END: &[&str] = &["etc", "inc", "ltd", "co", "corp", "jr", "sr", "u.s", "u.k", "u.n", "e.u", "d.c"];

/// Words that open a sentence, so that "in the U.S. The ministry" parts.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "in",
    "on",
    "at",
    "but",
    "and",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "our",
    "there",
    "as",
    "if",
    "when",
    "while",
    "after",
    "before",
    "however",
    "for",
    "with",
    "by",
    "from",
    "since",
    "according",
    "some",
    "many",
    "most",
    "no",
    "not",
    "to",
    "what",
    "who",
    "you",
    "my",
    "so",
    "yet",
    "now",
    "then",
];

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | '“' | ')' | ']' | '」' | '』')
}

fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։')
}

/// The sentences of a text, in order, without white space at their ends. Linear in the text.
///
/// A line break always ends a sentence, because blocks are joined by blank lines. Closing quotation marks and
/// brackets belong to the sentence before them.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' {
            push(&mut out, text, start, at);
            start = at + 1;
            continue;
        }
        if !is_terminal(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((i, n)) = chars.peek().copied() {
            if !(is_terminal(n) || is_closing(n)) {
                break;
            }
            end = i + n.len_utf8();
            chars.next();
        }
        if ends_here(text, start, at, c, end) {
            push(&mut out, text, start, end);
            start = end;
        }
    }
    push(&mut out, text, start, text.len());
    out
}

fn push(out: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let span = Span::new(start, end).trim(text);
    if !span.is_empty() {
        out.push(span);
    }
}

fn ends_here(text: &str, start: usize, at: usize, mark: char, end: usize) -> bool {
    if matches!(mark, '。' | '！' | '？' | '।' | '۔') {
        return true;
    }
    let rest = &text[end..];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let Some(next) = rest.chars().find(|c| !c.is_whitespace()) else {
        return true;
    };
    if next.is_lowercase() || matches!(next, ',' | ';') {
        return false;
    }
    if mark != '.' || end != at + 1 {
        return true;
    }
    let word = text[start..at]
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '-' | '–'))
        .next()
        .unwrap_or("");
    let low = word.to_lowercase();
    let opens = || {
        let first = rest.trim_start().split(|c: char| !c.is_alphabetic()).next();
        first.is_some_and(|w| OPENERS.contains(&w.to_lowercase().as_str()))
    };
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    let dotted = word.contains('.') && word.chars().all(|c| c.is_alphabetic() || c == '.');
    if initial {
        return opens() && low == "i";
    }
    if MAY_END.contains(&low.as_str()) || dotted {
        return opens();
    }
    !ABBREVIATIONS.contains(&low.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(
            split("On Jan. 25 Gen. J. R. Oak met Mr. Elm. He left."),
            ["On Jan. 25 Gen. J. R. Oak met Mr. Elm.", "He left."]
        );
        assert_eq!(split("He lives in the U.S. The port is shut."), ["He lives in the U.S.", "The port is shut."]);
        assert_eq!(split("He met U.S. Senator Ash."), ["He met U.S. Senator Ash."]);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before() {
        assert_eq!(
            split("“It is shut.” She left (at noon.) Then rain."),
            ["“It is shut.”", "She left (at noon.)", "Then rain."]
        );
    }

    #[test]
    fn lines_always_part() {
        assert_eq!(split("A headline\n\nThe text"), ["A headline", "The text"]);
    }
}

//! How texts and queries are cut into words for the index: by one function, so that they always meet.
//!
//! A word is a run of letters, digits and the marks on them, folded. In scripts that write no spaces (Chinese,
//! Japanese, Thai and their neighbours) every letter opens a word of two letters, it and the next one; the last of
//! a run stands alone. So each piece of such a run, of one letter or more, can be found as a phrase.

use dateline_text::{Span, fold, is_alphanumeric};
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that count; what follows is left out, in the index and in queries alike.
const LONGEST: usize = 64;

/// Scripts that write no spaces between words.
const UNSPACED: &[RangeInclusive<char>] = &[
    '\u{0E00}'..='\u{0FFF}', // Thai, Lao, Tibetan
    '\u{1000}'..='\u{109F}', // Burmese
    '\u{1780}'..='\u{17FF}', // Khmer
    '\u{3005}'..='\u{3007}',
    '\u{3040}'..='\u{312F}', // kana, bopomofo
    '\u{31F0}'..='\u{31FF}',
    '\u{3400}'..='\u{9FFF}', // Han
    '\u{F900}'..='\u{FAFF}',
    '\u{FF66}'..='\u{FF9F}', // kana of half width
    '\u{20000}'..='\u{3FFFF}',
];

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Folded.
    pub(crate) text: String,
    /// Where it begins, up to where it ends; of a word of two letters the first alone.
    pub(crate) span: Span,
    /// Where the last letter of it ends.
    pub(crate) to: usize,
    /// How it stands in a run without spaces.
    pub(crate) run: Run,
}

/// How a word stands in a run without spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// Not at all: an ordinary word.
    No,
    /// With the letter after it.
    Pair,
    /// The last letter of several.
    Last,
    /// The only letter.
    Only,
}

/// What a query looks for: words in a row, of which the last may be the beginning of a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pattern {
    pub(crate) words: Vec<String>,
    pub(crate) prefix: bool,
}

impl Pattern {
    /// The words of a query's phrase; `None` where it has none.
    pub(crate) fn of(text: &str, star: bool) -> Option<Pattern> {
        let mut all = tokens(text);
        let mut prefix = star;
        match all.last()?.run {
            Run::No => {}
            Run::Only => prefix = true,
            // The pair before it says as much, and the text may go on.
            Run::Last | Run::Pair => {
                all.pop();
                prefix = false;
            }
        }
        Some(Pattern { words: all.into_iter().map(|t| t.text).collect(), prefix })
    }

    /// Whether a word of a text is the one at this place of the pattern.
    pub(crate) fn fits_word(&self, at: usize, word: &str) -> bool {
        let last = at + 1 == self.words.len();
        self.words.get(at).is_some_and(|w| w == word || self.prefix && last && word.starts_with(w.as_str()))
    }

    /// Whether it stands in a text from a word on.
    pub(crate) fn fits(&self, tokens: &[Token], from: usize) -> bool {
        (0..self.words.len()).all(|k| tokens.get(from + k).is_some_and(|t| self.fits_word(k, &t.text)))
    }

    /// As FTS5 wants it.
    pub(crate) fn expression(&self) -> String {
        format!("\"{}\"{}", self.words.join(" "), if self.prefix { " *" } else { "" })
    }
}

fn is_unspaced(c: char) -> bool {
    c >= '\u{0E00}' && UNSPACED.iter().any(|r| r.contains(&c))
}

/// Marks that show text otherwise but do not part words: joiners, soft hyphens, directions.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn in_word(c: char) -> bool {
    is_alphanumeric(c) || !c.is_ascii() && (is_combining_mark(c) || is_joiner(c))
}

/// Folds a word further than names are folded: vowel signs that Arabic and Hebrew may leave out, letters that
/// Arabic and Persian write in two ways, the Greek sigma at the end of a word.
fn folded(word: &str) -> String {
    let low = fold(word);
    if low.is_ascii() {
        return low;
    }
    let plain = low.chars().filter_map(|c| match c {
        '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' => None,
        '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' => None,
        c if is_joiner(c) => None,
        'ς' => Some('σ'),
        'ى' | 'ی' => Some('ي'),
        'ک' => Some('ك'),
        'ة' => Some('ه'),
        c => Some(c),
    });
    plain.nfc().collect()
}

/// The words of a text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(start) = text[at..].find(in_word).map(|i| at + i) {
        let unspaced = text[start..].chars().next().is_some_and(is_unspaced);
        // Marks and joiners belong to what stands before them.
        let goes_on = |c: char| in_word(c) && (is_unspaced(c) == unspaced || !c.is_alphanumeric());
        at = start + text[start..].find(|c| !goes_on(c)).unwrap_or(text.len() - start);
        let run = Span::new(start, at);
        if unspaced { pairs(text, run, &mut out) } else { words(text, run, &mut out) }
    }
    out
}

/// The word that a run is; several where a letter of it folds to more ("½").
fn words(text: &str, run: Span, out: &mut Vec<Token>) {
    let folded = folded(run.of(text));
    for word in folded.split(|c| !in_word(c)).filter(|w| !w.is_empty()) {
        let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(i, _)| i);
        out.push(Token { text: word[..end].to_owned(), span: run, to: run.end, run: Run::No });
    }
}

/// Each letter of a run without spaces, with the next.
fn pairs(text: &str, run: Span, out: &mut Vec<Token>) {
    let mut letters: Vec<(char, Span)> = Vec::new();
    let mut chars = run.of(text).char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let mut end = i + c.len_utf8();
        let joins = |c: char| !c.is_alphanumeric() || matches!(c, '\u{FF9E}' | '\u{FF9F}');
        while let Some((j, c)) = chars.next_if(|(_, c)| joins(*c)) {
            end = j + c.len_utf8();
        }
        let span = Span::new(run.start + i, run.start + end);
        letters.extend(folded(span.of(text)).chars().filter(|c| in_word(*c)).map(|c| (c, span)));
    }
    let only = letters.len() == 1;
    for (i, (c, span)) in letters.iter().enumerate() {
        let (text, to, run) = match letters.get(i + 1) {
            Some((next, after)) => (String::from_iter([*c, *next]), after.end, Run::Pair),
            None => (c.to_string(), span.end, if only { Run::Only } else { Run::Last }),
        };
        out.push(Token { text, span: *span, to, run });
    }
}

/// The words as the index takes them: with blanks between.
pub(crate) fn joined(tokens: &[Token]) -> String {
    let mut out = String::with_capacity(tokens.len() * 7);
    for t in tokens {
        out.push_str(&t.text);
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> String {
        joined(&tokens(text)).trim_end().to_owned()
    }

    /// Whether a phrase is found in a text.
    fn found(phrase: &str, text: &str) -> bool {
        let (pattern, text) = (Pattern::of(phrase, false).unwrap(), tokens(text));
        (0..text.len()).any(|i| pattern.fits(&text, i))
    }

    #[test]
    fn forms_of_one_word_meet() {
        for (a, b) in [
            ("Kasčiūnas", "kasciunas"),
            ("Łódź Ærø Straße", "lodz aero strasse"),
            ("Ｆｕｌｌ ｗｉｄｔｈ １２", "full width 12"),
            ("Йоханнес Фёдор Київ", "иоханнес федор киiв"),
            ("ΟΔΟΣ", "οδος"),
            ("كِتَابٌ", "كتاب"),
            ("فارسی", "فارسي"),
            ("שָׁלוֹם", "שלום"),
            ("ｶﾞﾗｽ", "ガラス"),
            ("한국", "한국"),
        ] {
            let b = b.replace("киiв", "киів");
            assert_eq!(cut(a), cut(&b), "{a} {b}");
        }
        assert_eq!(cut("vice-president's O’Neill ½"), "vice president s o neill 1 2");
        assert_eq!(cut("क्षेत्र"), "क्षेत्र");
    }

    #[test]
    fn pieces_of_unspaced_runs_are_found() {
        let text = "东京奥运会在新宿开幕。กรุงเทพมหานคร tower東京";
        for phrase in ["东京", "奥运会", "新宿", "开", "กรุงเทพ", "เทพมหา", "東京", "tower東", "京"]
        {
            assert!(found(phrase, text), "{phrase}");
        }
        for phrase in ["京东", "东奥", "幕กรุง", "tower京"] {
            assert!(!found(phrase, text), "{phrase}");
        }
        assert!(!found("東京 tower", "東京都 tower") && found("東京 tower", "東京 tower"));
    }

    proptest! {
        #[test]
        fn words_lie_in_order_and_are_safe_for_the_index(text in "[a-zŻ½ŉ'\"*() 字ガｶﾞก็्क\\u{301}\\u{200b}-]{0,40}|\\PC{0,40}") {
            let mut at = 0;
            for t in tokens(&text) {
                prop_assert!(t.span.start >= at && !t.span.of(&text).is_empty() && t.to >= t.span.end);
                prop_assert!(!t.text.is_empty() && t.text.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()));
                at = t.span.start;
            }
        }
    }
}

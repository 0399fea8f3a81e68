//! The lines of a capture and what can be told of each one alone.

use dateline_text::Span;

/// Letters of writing without spaces that make about one word.
const HAN_PER_WORD: usize = 2;
const THAI_PER_WORD: usize = 5;

/// One line, or one paragraph that was broken at a fixed width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Without white space at its ends.
    pub(super) text: &'t str,
    /// Where it stands in the decoded text.
    pub(super) span: Span,
    /// Lines without a blank line between them share a group, numbered from 0.
    pub(super) group: usize,
    /// Words, counted so that scripts without spaces compare.
    pub(super) words: usize,
    /// Ends as a sentence does.
    pub(super) ends_sentence: bool,
}

impl Line<'_> {
    /// A line that tells something: a whole sentence, or long enough that only running text is.
    pub(super) fn is_prose(&self) -> bool {
        (self.ends_sentence && self.words >= 7) || (self.words >= 22 && !self.is_titled())
    }

    /// Whether most words begin with a capital, as in menus and lists of names.
    pub(super) fn is_titled(&self) -> bool {
        let (mut capital, mut all) = (0, 0);
        for word in self.text.split_whitespace() {
            let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { continue };
            all += 1;
            capital += usize::from(first.is_uppercase());
        }
        all > 0 && capital * 10 > all * 6
    }

    /// The words a reader sees, line breaks inside a broken paragraph made spaces.
    pub(super) fn shown(&self) -> String {
        self.text.replace("\r\n", " ").replace(['\n', '\r'], " ")
    }
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut groups: Vec<Vec<Span>> = Vec::new();
    let (mut at, mut blank) = (0, true);
    for raw in text.split(['\n', '\u{2028}', '\u{2029}', '\u{85}']) {
        let span = Span::new(at, at + raw.len()).trim(text);
        at += raw.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if span.is_empty() {
            blank = true;
            continue;
        }
        match groups.last_mut() {
            Some(group) if !blank => group.push(span),
            _ => groups.push(vec![span]),
        }
        blank = false;
    }
    let mut out = Vec::new();
    for (number, group) in groups.into_iter().enumerate() {
        let group = if is_wrapped(text, &group) { joined(&group) } else { group };
        out.extend(group.into_iter().map(|span| line(text, span, number)));
    }
    out
}

fn line(text: &str, span: Span, group: usize) -> Line<'_> {
    let words = span.of(text);
    Line { text: words, span, group, words: count_words(words), ends_sentence: ends_sentence(words) }
}

fn joined(group: &[Span]) -> Vec<Span> {
    match (group.first(), group.last()) {
        (Some(first), Some(last)) => vec![first.cover(*last)],
        _ => Vec::new(),
    }
}

/// Whether the lines are one paragraph broken at a fixed width, as in mail and plain text files.
fn is_wrapped(text: &str, group: &[Span]) -> bool {
    let Some((_, head)) = group.split_last().filter(|(_, head)| head.len() >= 2) else { return false };
    let lengths: Vec<usize> = head.iter().map(|s| s.of(text).chars().count()).collect();
    let (least, most) = (lengths.iter().min().copied().unwrap_or(0), lengths.iter().max().copied().unwrap_or(0));
    let open = head.iter().filter(|s| !ends_sentence(s.of(text))).count();
    let goes_on = group.iter().skip(1).filter(|s| s.of(text).starts_with(char::is_lowercase)).count();
    least >= 45 && most <= 100 && most - least <= 30 && open * 5 >= head.len() * 3 && goes_on * 2 >= group.len() - 1
}

/// Words of a text; scripts without spaces are counted by their letters.
pub(super) fn count_words(text: &str) -> usize {
    let (mut han, mut thai) = (0, 0);
    let mut spaced = 0;
    for token in text.split_whitespace() {
        let before = (han, thai);
        let mut letters = false;
        for c in token.chars() {
            match u32::from(c) {
                0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff => han += 1,
                0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff => thai += 1,
                _ => letters |= c.is_alphanumeric(),
            }
        }
        spaced += usize::from(letters && before == (han, thai));
    }
    spaced + han / HAN_PER_WORD + thai / THAI_PER_WORD
}

/// Whether a line ends in a full stop or its like, closing quotes and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | ')' | ']' | '」' | '』' | '）' | '‹' | '›' | '*')
    });
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', '։'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_parted_by_blank_lines() {
        let text = "One\r\ntwo\r\n\r\n  three \n\u{a0}\nfour";
        let got: Vec<(&str, usize)> = lines(text).iter().map(|l| (l.text, l.group)).collect();
        assert_eq!(got, [("One", 0), ("two", 0), ("three", 1), ("four", 2)]);
    }

    #[test]
    fn a_paragraph_broken_at_a_fixed_width_is_one_line() {
        let text = "The harbour was closed for two days because of the\nstorm, and the ferries that run to the islands had\nto stay in port until the wind turned on Sunday.";
        let got = lines(text);
        assert_eq!(got.len(), 1);
        assert!(got[0].shown().contains("of the storm, and"));
        assert_eq!(lines("Politics\nSport\nCulture").len(), 3);
    }

    #[test]
    fn words_and_ends() {
        assert_eq!(count_words("The harbour – was closed."), 4);
        assert_eq!(count_words("港口因风暴关闭两天"), 4);
        assert!(ends_sentence("He said: “It is closed.”"));
        assert!(!ends_sentence("Harbour closed for two days"));
    }

    proptest::proptest! {
        #[test]
        fn spans_are_of_the_text_and_in_order(text in "[a-z .\\n\\r\u{a0}é]{0,200}") {
            let mut last = 0;
            for l in lines(&text) {
                proptest::prop_assert_eq!(l.span.of(&text), l.text);
                proptest::prop_assert!(l.span.start >= last && !l.text.is_empty());
                last = l.span.end;
            }
        }
    }
}

//! Quoted words found in their paragraph.

use dateline_text::Span;

fn whole(text: &str, span: Span) -> bool {
    let found = span.of(text);
    let before = text[..span.start].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[span.end..].chars().next().is_some_and(char::is_alphanumeric);
    let begins = found.chars().next().is_some_and(char::is_alphanumeric);
    let ends = found.chars().next_back().is_some_and(char::is_alphanumeric);
    !(begins && before || ends && after)
}

/// The quoted words and which of their places is meant: "Kyiv#2" is the second.
pub(super) fn numbered(quoted: &str) -> (&str, usize) {
    match quoted.rsplit_once('#') {
        Some((words, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => {
            (words, n.parse().unwrap_or(1).max(1))
        }
        _ => (quoted, 1),
    }
}

/// Where the quoted words stand as whole words in the text, from byte `from` on.
pub(super) fn look(text: &str, quoted: &str, from: usize) -> Option<Span> {
    let (words, n) = numbered(quoted);
    let (mut at, mut left) = (from, n);
    if words.is_empty() {
        return None;
    }
    while let Some(i) = text.get(at..)?.find(words) {
        let span = Span::new(at + i, at + i + words.len());
        if whole(text, span) {
            left -= 1;
            if left == 0 {
                return Some(span);
            }
        }
        at = span.start + words.chars().next().map_or(1, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only_and_the_place_that_is_meant() {
        let text = "Omani Oman, Oman.";
        assert_eq!(look(text, "Oman", 0), Some(Span::new(6, 10)));
        assert_eq!(look(text, "Oman#2", 0), Some(Span::new(12, 16)));
        assert_eq!(look(text, "Oman", 7), Some(Span::new(12, 16)));
        assert_eq!(look(text, "Oman#3", 0), None);
        assert_eq!(look("“Ja”", "“Ja”", 0), Some(Span::new(0, 8)));
        assert_eq!(look("", "", 0), None);
    }
}

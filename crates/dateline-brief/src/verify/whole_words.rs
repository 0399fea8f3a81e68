//! Words found in a text as words: "455" does not stand in "455g", nor "49" in "49.79", nor "art" in "party".

use dateline_text::Span;

/// The first place from a byte on where the words stand and neither cut a word nor a number.
pub(super) fn find(text: &str, from: usize, words: &str) -> Option<Span> {
    let found = text.get(from..)?.match_indices(words);
    found.map(|(at, _)| Span::new(from + at, from + at + words.len())).find(|s| is_whole(text, *s))
}

fn is_whole(text: &str, span: Span) -> bool {
    let (Some(before), Some(words), Some(after)) =
        (text.get(..span.start), text.get(span.start..span.end), text.get(span.end..))
    else {
        return false;
    };
    let mut inside = words.chars();
    let first = inside.next();
    let last = inside.next_back().or(first);
    let (mut back, mut on) = (before.chars().rev(), after.chars());
    !goes_on(first, back.next(), back.next()) && !goes_on(last, on.next(), on.next())
}

/// Whether a character at the edge of words goes on in its neighbour, or by way of it in the one behind: a number in
/// digits, in letters of its unit or behind a separator, a word in letters. Scripts without capitals part no words.
fn goes_on(edge: Option<char>, neighbour: Option<char>, behind: Option<char>) -> bool {
    let (Some(edge), Some(neighbour)) = (edge, neighbour) else { return false };
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    if edge.is_numeric() {
        let separated = matches!(neighbour, '.' | ',') && behind.is_some_and(char::is_numeric);
        return neighbour.is_numeric() || cased(neighbour) || separated;
    }
    cased(edge) && (cased(neighbour) || neighbour.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_words_nor_numbers_are_cut() {
        let stands = |text: &str, words: &str| find(text, 0, words).map(|s| s.start);
        assert_eq!(stands("a bag of 455g", "455"), None);
        assert_eq!(stands("a bag of 455g, then 455 bags", "455"), Some(20));
        assert_eq!(stands("49.79 a share", "49"), None);
        assert_eq!(stands("49.79 a share", "79"), None);
        assert_eq!(stands("It fell to 49.", "49"), Some(11));
        assert_eq!(stands("1,455 came", "455"), None);
        assert_eq!(stands("the party", "art"), None);
        assert_eq!(stands("“Art,” he said", "Art"), Some(3));
        assert_eq!(stands("他说下雨了", "下雨"), Some(6));
        assert_eq!(find("aa aa", 1, "aa").map(|s| s.start), Some(3));
        assert_eq!((find("x", 5, "x"), find("é", 1, "x")), (None, None));
    }
}

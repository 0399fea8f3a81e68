//! Addresses and tags that stand in a text: they name files and frames, not what the text is about.

use std::ops::Range;

/// Bytes of a tag that are looked through for its end.
const TAG: usize = 2000;
/// Letters of a scheme before "://".
const SCHEME: usize = 8;

/// Ranges of bytes that no reader reads: web addresses, and tags in angle brackets. Sorted by where they begin; they
/// may overlap. Linear in the text.
pub fn unread(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices("://") {
        let letters = bytes[..at].iter().rev().take(SCHEME).take_while(|b| b.is_ascii_alphabetic()).count();
        if letters > 0 {
            out.push(at - letters..address_end(bytes, at));
        }
    }
    for (at, _) in text.match_indices("www.") {
        let within = out.iter().rev().take(2).any(|r| r.contains(&at));
        let word = at.checked_sub(1).is_some_and(|i| bytes[i].is_ascii_alphanumeric());
        if !within && !word {
            out.push(at..address_end(bytes, at));
        }
    }
    for (at, _) in text.match_indices('<') {
        let rest = &bytes[at + 1..(at + 1 + TAG).min(bytes.len())];
        let opens = rest.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
        let end = rest.iter().position(|b| matches!(b, b'<' | b'>')).filter(|i| rest[*i] == b'>');
        if let Some(end) = end.filter(|_| opens) {
            out.push(at..at + end + 2);
        }
    }
    out.sort_by_key(|r| (r.start, r.end));
    out
}

/// Where an address that begins before `from` ends: at a blank, or a mark that closes what it stands in.
fn address_end(bytes: &[u8], from: usize) -> usize {
    let closes = |b: &u8| b.is_ascii_whitespace() || matches!(b, b')' | b']' | b'"' | b'\'' | b'<' | b'>');
    bytes[from..].iter().position(closes).map_or(bytes.len(), |i| from + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        unread(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn addresses_end_where_what_they_stand_in_ends() {
        assert_eq!(
            cut("see [the map](https://maps.example/a_1.jpg) and www.example."),
            ["https://maps.example/a_1.jpg", "www.example."]
        );
        assert_eq!(cut("ftp://x"), ["ftp://x"]);
        assert!(cut("ratio ://, awww.").is_empty());
    }

    #[test]
    fn tags_are_cut_and_a_lesser_sign_is_not() {
        assert_eq!(cut("<iframe src=\"a\">film</iframe>"), ["<iframe src=\"a\">", "</iframe>"]);
        assert!(cut("3 <4, <a <b").is_empty());
    }

    #[test]
    fn a_hostile_text_takes_one_walk() {
        assert_eq!(unread(&"<a".repeat(100_000)).len(), 0);
        assert!(unread(&"://".repeat(1000)).is_empty());
    }
}

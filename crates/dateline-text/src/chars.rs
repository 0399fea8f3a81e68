//! From byte offsets to code points and back.

use crate::Span;

/// How many bytes lie between two remembered positions.
const STRIDE: usize = 256;

/// Turns byte offsets of one text into code point offsets and back, in constant time and little memory.
///
/// ```
/// use dateline_text::{CharIndex, Span};
/// let index = CharIndex::new("ąb c");
/// assert_eq!(index.to_chars("ąb c", Span::new(2, 3)), [1, 2]);
/// ```
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// Code points before byte `i * STRIDE`; empty where the text is ASCII, in which case both are the same.
    before: Vec<u32>,
    ascii: bool,
}

/// Code points that start within `bytes`.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count()
}

impl CharIndex {
    /// Reads the text once.
    pub fn new(text: &str) -> CharIndex {
        if text.is_ascii() {
            return CharIndex { before: Vec::new(), ascii: true };
        }
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut seen = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.push(seen);
            seen += count(chunk) as u32;
        }
        CharIndex { before, ascii: false }
    }

    /// Code points before the byte offset. Offsets past the end count the whole text.
    pub fn offset(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        if self.ascii {
            return byte;
        }
        let slot = (byte / STRIDE).min(self.before.len() - 1);
        self.before[slot] as usize + count(&text.as_bytes()[slot * STRIDE..byte])
    }

    /// A span in code points, end-exclusive, as the output contract wants it.
    pub fn to_chars(&self, text: &str, span: Span) -> [usize; 2] {
        [self.offset(text, span.start), self.offset(text, span.end)]
    }

    /// The byte offset of a code point offset; the text's length where it lies past the end.
    pub fn byte(&self, text: &str, char_offset: usize) -> usize {
        if self.ascii {
            return char_offset.min(text.len());
        }
        let slot = self.before.partition_point(|seen| *seen as usize <= char_offset).saturating_sub(1);
        let mut seen = self.before[slot] as usize;
        for (i, b) in text.as_bytes()[slot * STRIDE..].iter().enumerate() {
            if (b & 0xC0) != 0x80 {
                if seen == char_offset {
                    return slot * STRIDE + i;
                }
                seen += 1;
            }
        }
        text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn offsets_round_trip(text in "[a-zą-ž字 ]{0,900}") {
            let index = CharIndex::new(&text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.offset(&text, byte), n);
                prop_assert_eq!(index.byte(&text, n), byte);
            }
            prop_assert_eq!(index.offset(&text, text.len()), text.chars().count());
        }
    }
}

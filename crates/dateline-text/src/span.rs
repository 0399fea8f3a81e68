use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 byte offsets into some text.
///
/// A span never panics: [`Span::of`] gives an empty string where the range does not fit the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; an end before the start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// The words the span covers, or `""` where it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte offset lies inside.
    pub fn holds(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same span moved forward by `by` bytes.
    pub fn shift(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// The span without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let whole = self.of(text);
        let left = whole.len() - whole.trim_start().len();
        let kept = whole.trim().len();
        Span::new(self.start + left, self.start + left + kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_does_not_fit_is_empty() {
        assert_eq!(Span::new(1, 3).of("ąb"), "");
        assert_eq!(Span::new(0, 99).of("ab"), "");
        assert_eq!(Span::new(0, 2).of("ąb"), "ą");
    }

    #[test]
    fn trim_drops_white_space_on_both_sides() {
        let text = "x  said so  y";
        assert_eq!(Span::new(1, 12).trim(text).of(text), "said so");
        assert!(Span::new(1, 3).trim(text).is_empty());
    }
}

use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// How wide lines are and whether they may be coloured.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether escape codes for bold and dim may be written.
    pub colour: bool,
}

impl Style {
    /// Bold, where colour is allowed.
    pub(crate) fn strong(self, text: &str) -> String {
        self.coded("1", text)
    }

    /// Dim, where colour is allowed.
    pub(crate) fn dim(self, text: &str) -> String {
        self.coded("2", text)
    }

    fn coded(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Writes `text` wrapped at words, first line after `first`, the others after `rest`. Both count towards the width.
    pub(crate) fn paragraph(self, out: &mut String, first: &str, rest: &str, text: &str) {
        let width = self.width.max(20);
        let mut column = width_of(first);
        out.push_str(first);
        let mut fresh = true;
        for word in text.split_whitespace() {
            let w = width_of(word);
            if !fresh && column + 1 + w > width {
                let _ = write!(out, "\n{rest}");
                column = width_of(rest);
                fresh = true;
            }
            if !fresh {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += w;
            fresh = false;
        }
        out.push('\n');
    }
}

/// Columns a text takes, escape codes aside.
pub fn width_of(text: &str) -> usize {
    let mut width = 0;
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        width += rest[..at].width();
        rest = rest[at..].split_once('m').map_or("", |(_, r)| r);
    }
    width + rest.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_within_the_width() {
        let mut out = String::new();
        Style { width: 24, colour: false }.paragraph(&mut out, "- ", "  ", "one two three four five six seven");
        assert_eq!(out, "- one two three four\n  five six seven\n");
        assert!(out.lines().all(|l| width_of(l) <= 24));
    }

    #[test]
    fn escape_codes_take_no_columns() {
        assert_eq!(width_of("\u{1b}[1mab\u{1b}[0m字"), 4);
    }
}

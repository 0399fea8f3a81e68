//! The pieces a date is written with: numbers, words, single marks.

use std::ops::Range;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits of any script.
    Number,
    /// Letters, with combining marks and apostrophes inside.
    Word,
    /// One other character that is not white space.
    Mark(char),
}

/// One piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Bytes of the line.
    pub(super) range: Range<usize>,
    /// The value of a number of at most nine digits.
    pub(super) number: Option<i64>,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Token {
    /// How many digits it has; 0 for words and marks.
    pub(super) fn digits(&self, line: &str) -> usize {
        match self.kind {
            Kind::Number => line[self.range.clone()].chars().count(),
            Kind::Word | Kind::Mark(_) => 0,
        }
    }
}

/// The value of a decimal digit: ASCII, Arabic-Indic, Persian, Devanagari, Bengali, Thai, full width.
fn digit(c: char) -> Option<i64> {
    const ZEROS: [char; 7] = ['0', '٠', '۰', '०', '০', '๐', '０'];
    ZEROS.iter().find_map(|&zero| {
        let d = u32::from(c).checked_sub(u32::from(zero))?;
        (d < 10).then(|| i64::from(d))
    })
}

/// Marks that sit on letters in scripts whose vowels are written so, and apostrophes.
fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{9ff}' | '\u{e31}'..='\u{e4e}' | '\'' | '’')
}

/// Splits a line. Linear.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut spaced = false;
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let value = digit(c);
        let kind = match value {
            Some(_) => Kind::Number,
            None if c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '년' | '월' | '일' | 'º' | 'ª') => {
                Kind::Word
            }
            None if joins(c) => Kind::Word,
            None => Kind::Mark(c),
        };
        let grown = match out.last_mut() {
            Some(last) if !spaced && last.kind == kind && !matches!(kind, Kind::Mark(_)) => {
                last.range.end = end;
                last.number = match (last.number, value) {
                    (Some(n), Some(d)) if n < 100_000_000 => Some(n * 10 + d),
                    _ => None,
                };
                true
            }
            _ => false,
        };
        if !grown {
            out.push(Token { kind, range: at..end, number: value, spaced });
        }
        spaced = false;
    }
    out
}

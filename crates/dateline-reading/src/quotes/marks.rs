//! Quotation state: which parts of a paragraph stand between quotation marks.
//!
//! Works without language data: straight, curly, low and angle marks, two apostrophes, single marks; marks that do
//! not match; marks never closed; quotations inside quotations (which belong to the outer one).

use dateline_text::Span;

/// One quotation, the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// Whether a closing mark was found; if not, it runs to the end of the paragraph.
    pub closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `"` and `''`.
    Straight,
    /// `“`, also the closing mark after `„`.
    Curly,
    /// `„`
    Low,
    /// `«` … `»`
    Angle,
    /// `»` … `«`
    AngleInward,
    /// `”` … `”`
    Same,
    /// `「` and `『`.
    Corner,
    /// `‘`, `'`, `‚`.
    Single,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    mark: Mark,
    start: usize,
    inner: usize,
}

/// Longest reach of a quotation in single marks; beyond it, the mark was an apostrophe.
const SINGLE_REACH: usize = 600;

/// The outermost quotations of one paragraph, in order; `base` is added to the offsets. Linear in the text.
pub fn quotations(text: &str, base: usize) -> Vec<Quotation> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut state = State { chars: &chars, len: text.len(), base, open: Vec::new(), out: Vec::new() };
    let mut at = 0;
    while at < chars.len() {
        at += state.step(at);
    }
    state.finish();
    state.out
}

struct State<'c> {
    chars: &'c [(usize, char)],
    len: usize,
    base: usize,
    open: Vec<Open>,
    out: Vec<Quotation>,
}

impl State<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|c| c.1)
    }

    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.len, |c| c.0)
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|i| self.char(i))
    }

    /// Whether a mark of `width` characters at `at` could open: nothing joined to it on the left, something on the right.
    fn may_open(&self, at: usize, width: usize) -> bool {
        let left = self.before(at).is_none_or(|c| c.is_whitespace() || "([{—–-/‘“\"'„«".contains(c));
        left && self.char(at + width).is_some_and(|c| !c.is_whitespace())
    }

    /// Whether a mark could close: something on the left, and no letter on the right.
    fn may_close(&self, at: usize, width: usize) -> bool {
        let Some(left) = self.before(at) else { return false };
        let right = self.char(at + width);
        if right.is_some_and(char::is_alphanumeric) {
            return matches!(left, '.' | ',' | '!' | '?' | '…');
        }
        !left.is_whitespace() || right.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation())
    }

    fn doubles_open(&self) -> bool {
        self.open.iter().any(|o| o.mark != Mark::Single)
    }

    fn push(&mut self, mark: Mark, at: usize, width: usize) {
        if self.open.len() < 16 {
            self.open.push(Open { mark, start: self.offset(at), inner: self.offset(at + width) });
        }
    }

    /// Closes the innermost open quotation that `fits`, with all inside of it.
    fn close(&mut self, at: usize, width: usize, fits: impl Fn(Mark) -> bool) -> bool {
        let Some(i) = self.open.iter().rposition(|o| fits(o.mark)) else { return false };
        let open = self.open[i];
        self.open.truncate(i);
        if i == 0 {
            self.emit(open, self.offset(at), self.offset(at + width), true);
        }
        true
    }

    fn emit(&mut self, open: Open, inner_end: usize, end: usize, closed: bool) {
        if inner_end > open.inner {
            self.out.push(Quotation {
                span: Span::new(open.start + self.base, end + self.base),
                inner: Span::new(open.inner + self.base, inner_end + self.base),
                closed,
            });
        }
    }

    /// Looks at one character; gives how many to go on by.
    fn step(&mut self, at: usize) -> usize {
        let c = self.chars[at].1;
        match c {
            '"' | '＂' | '‟' => self.straight(at, 1),
            '\'' | '`' if self.char(at + 1) == Some(c) => {
                let single = self.open.last().is_some_and(|o| o.mark == Mark::Single);
                if single && self.char(at + 2) == Some(c) {
                    self.close(at, 1, |m| m == Mark::Single);
                    return 1;
                }
                self.straight(at, 2);
                return 2;
            }
            '“' => self.curly(at),
            '”' => {
                let closes = self.close(at, 1, |m| m != Mark::Single && m != Mark::Angle);
                if !closes && self.may_open(at, 1) {
                    self.push(Mark::Same, at, 1);
                }
            }
            '„' => self.push(Mark::Low, at, 1),
            '«' if !self.close(at, 1, |m| m == Mark::AngleInward) => {
                self.push(Mark::Angle, at, 1);
            }
            '»' if !self.close(at, 1, |m| m == Mark::Angle) && self.may_open(at, 1) => {
                self.push(Mark::AngleInward, at, 1);
            }
            '「' | '『' => self.push(Mark::Corner, at, 1),
            '」' | '』' => {
                self.close(at, 1, |m| m == Mark::Corner);
            }
            '‘' | '‚' if self.may_open(at, 1) && (self.doubles_open() || self.single_closes(at)) => {
                self.push(Mark::Single, at, 1);
            }
            '’' | '\'' | '`' => self.apostrophe(at, c),
            _ => {}
        }
        1
    }

    fn straight(&mut self, at: usize, width: usize) {
        let opens = self.may_open(at, width);
        if self.doubles_open() {
            let inside_other = self.open.iter().any(|o| o.mark != Mark::Straight && o.mark != Mark::Single);
            if opens && !self.may_close(at, width) && inside_other {
                self.push(Mark::Straight, at, width);
            } else if opens && self.before(at).is_some_and(char::is_whitespace) {
                self.reopen(at, width);
            } else if self.may_close(at, width) {
                self.close(at, width, |m| m != Mark::Single && m != Mark::Angle);
            }
        } else if opens {
            self.push(Mark::Straight, at, width);
        }
    }

    /// A second opening mark while a like one is open: the first was never closed.
    fn reopen(&mut self, at: usize, width: usize) {
        let Some(first) = self.open.first().copied() else { return };
        self.open.clear();
        let end = self.offset(at.saturating_sub(1));
        self.emit(first, end, end, false);
        self.push(Mark::Straight, at, width);
    }

    fn curly(&mut self, at: usize) {
        let opens = self.may_open(at, 1);
        let low = self.open.iter().any(|o| o.mark == Mark::Low);
        if (low || !opens && self.doubles_open()) && self.may_close(at, 1) {
            self.close(at, 1, |m| m != Mark::Single && m != Mark::Angle);
        } else if opens || !self.doubles_open() {
            self.push(Mark::Curly, at, 1);
        }
    }

    fn apostrophe(&mut self, at: usize, c: char) {
        let single_on_top = self.open.last().is_some_and(|o| o.mark == Mark::Single);
        if single_on_top && self.ends_single(at) {
            self.close(at, 1, |m| m == Mark::Single);
        } else if c == '\'' && self.may_open(at, 1) && !single_on_top && (self.doubles_open() || self.single_closes(at))
        {
            self.push(Mark::Single, at, 1);
        }
    }

    /// Whether an apostrophe here would close single marks: not inside a word, not after a plural that goes on.
    fn ends_single(&self, at: usize) -> bool {
        let Some(left) = self.before(at) else { return false };
        let right = self.char(at + 1);
        if left.is_whitespace() || right.is_some_and(char::is_alphanumeric) {
            return false;
        }
        let plural = matches!(left, 's' | 'S')
            && right.is_some_and(char::is_whitespace)
            && self.char(at + 2).is_some_and(char::is_lowercase);
        !plural || !self.another_end(at + 1)
    }

    fn another_end(&self, from: usize) -> bool {
        let until = (from + 120).min(self.chars.len());
        (from..until).any(|i| {
            matches!(self.chars[i].1, '’' | '\'')
                && self.before(i).is_some_and(|c| !c.is_whitespace())
                && !self.char(i + 1).is_some_and(char::is_alphanumeric)
        })
    }

    /// Whether a single mark opened here is closed again within reach.
    fn single_closes(&self, at: usize) -> bool {
        if !self.char(at + 1).is_some_and(char::is_alphanumeric) {
            return false;
        }
        let until = (at + SINGLE_REACH).min(self.chars.len());
        (at + 1..until).any(|i| {
            matches!(self.chars[i].1, '’' | '\'')
                && self.before(i).is_some_and(|c| !c.is_whitespace() && c != 's')
                && !self.char(i + 1).is_some_and(char::is_alphanumeric)
                && self.char(i + 1) != self.char(i)
        })
    }

    fn finish(&mut self) {
        let first = self.open.iter().find(|o| o.mark != Mark::Single).copied();
        if let Some(open) = first {
            self.emit(open, self.len, self.len, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        quotations(text, 0).iter().map(|q| q.span.of(text)).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        assert_eq!(found("He said “one” and \"two\", ''three'' too."), ["“one”", "\"two\"", "''three''"]);
        assert_eq!(found("Er sagte „eins“ und »zwei«."), ["„eins“", "»zwei«"]);
        assert_eq!(found("Il dit « trois » puis 'quatre'."), ["« trois »", "'quatre'"]);
        assert_eq!(found("Hon sade ”fem” där."), ["”fem”"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(found("It's the workers' day, don't you think? The '90s were ours.").is_empty());
        assert_eq!(found("The ‘workers’ party’ won."), ["‘workers’ party’"]);
    }

    #[test]
    fn inner_quotations_belong_to_the_outer() {
        assert_eq!(found("“He said ‘no’ to me,” she said."), ["“He said ‘no’ to me,”"]);
        assert_eq!(found("\"I read “this” there,\" she said."), ["\"I read “this” there,\""]);
    }

    #[test]
    fn mixed_and_unclosed_marks() {
        assert_eq!(found("“It is late,\" he said. Then."), ["“It is late,\""]);
        assert_eq!(found("“It is late, and then"), ["“It is late, and then"]);
    }

    #[test]
    fn inches_do_not_open() {
        assert!(found("The 6\" gun fired.").is_empty());
    }

    proptest! {
        #[test]
        fn never_panics_and_never_overlaps(text in "[ab .,'\"“”‘’„«»é]{0,80}") {
            let mut at = 0;
            for q in quotations(&text, 0) {
                prop_assert!(q.span.start >= at && q.span.contains(q.inner));
                prop_assert!(text.get(q.span.start..q.span.end).is_some());
                at = q.span.end;
            }
        }
    }
}

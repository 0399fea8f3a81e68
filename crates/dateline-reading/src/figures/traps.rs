//! Numbers that are no figures: parts of names, ordinals, ages, scores, list marks, page furniture.

use super::Scan;
use super::quantity::Quantity;
use crate::NameKind;
use crate::tokens::Tok;
use dateline_lexicon::FigureClass;
use dateline_text::{Span, WordKind};

/// A block of at most this many words may be a counter of the page ("3 Reads").
const FURNITURE_WORDS: usize = 6;

impl Scan<'_> {
    /// Whether the quantity is no figure.
    pub(super) fn is_trap(&self, toks: &[Tok], q: &Quantity, block_words: usize) -> bool {
        let bare = q.unit.is_none();
        is_in_address(toks, q)
            || self.is_written_as_name(toks, q)
            || self.is_furniture(toks, q, block_words)
            || is_list_mark(toks, q)
            || is_phone_like(toks, q)
            || is_years_old(toks, q)
            || (bare && (self.is_label(toks, q) || self.is_part_of_name(toks, q) || is_age(toks, q)))
            || (bare && (is_year(toks, q) || is_pair(toks, q) || self.is_idle_word(toks, q)))
    }

    /// "D-30", "5G", "24/7", "007", "three-star", "©2024".
    fn is_written_as_name(&self, toks: &[Tok], q: &Quantity) -> bool {
        let (a, b) = (q.number.start, q.number.end);
        let raw = toks[a].raw;
        let before = a.checked_sub(1).and_then(|i| toks.get(i));
        let after = toks.get(b);
        let glued_before = toks[a].glued
            && before.is_some_and(|t| matches!(t.raw, "/" | "_" | "©" | "#" | "@" | "№" | "." | ":") || t.is_hyphen());
        let hyphenated = after.is_some_and(|t| t.is_hyphen() && t.glued)
            && q.end == b
            && toks.get(b + 1).is_some_and(|t| t.glued && t.kind == WordKind::Letters);
        let slashed = after.is_some_and(|t| t.glued && matches!(t.raw, "/" | "°" | "_" | ":")) && q.unit.is_none();
        let padded = raw.len() > 1 && raw.starts_with('0') && !raw.starts_with("0.") && !raw.starts_with("0,");
        let copyright = before.is_some_and(|t| t.raw == "©");
        glued_before || hyphenated || slashed || padded || copyright || toks[a].raw == "0"
    }

    /// "Article 5", "No. 10", "page 3", "aged 30".
    fn is_label(&self, toks: &[Tok], q: &Quantity) -> bool {
        let mut i = q.number.start;
        if toks[i.saturating_sub(6)..i].iter().any(|t| matches!(&*t.low, "aged" | "ages")) {
            return true;
        }
        if i > 0 && matches!(toks[i - 1].raw, "." | "-") && toks[i - 1].glued {
            i -= 1;
        }
        q.start == q.number.start
            && i > 0
            && self.words.is(&toks[i - 1].low, FigureClass::Label)
            && !(i > 1 && toks[i - 2].low == "per")
    }

    /// "Leopard 1 A5": a number right behind a name, unless the name is a place or person that gets or has so many.
    fn is_part_of_name(&self, toks: &[Tok], q: &Quantity) -> bool {
        let a = q.number.start;
        let span = toks[a].span;
        let named = self.so_far.mentions.partition_point(|m| m.span.end <= span.start.saturating_sub(1));
        let near = self.so_far.mentions.get(named.saturating_sub(1)..).unwrap_or(&[]);
        if near.iter().take(3).any(|m| m.span.contains(span) && m.span != span) {
            return true;
        }
        if q.start != a || !q.digits {
            return false;
        }
        let Some(before) = a.checked_sub(1).map(|i| &toks[i]) else { return false };
        if !before.capital || before.kind != WordKind::Letters || self.words.is(&before.low, FigureClass::Stop) {
            return false;
        }
        if toks[a].raw.contains(',') || q.value.is_some_and(|v| v >= 10_000.0) {
            return false;
        }
        let acts = near.iter().take(2).any(|m| {
            m.span.end == before.span.end && matches!(m.kind, NameKind::Place | NameKind::Person | NameKind::Norp)
        });
        let timed = self.so_far.times.binary_search_by(|t| cmp_end(t.span, before.span)).is_ok();
        let counts = q.counted.is_some() && q.value.is_none_or(|v| v >= 10.0);
        !(timed || (acts && counts))
    }

    /// "2 min read", "3 Reads".
    fn is_furniture(&self, toks: &[Tok], q: &Quantity, block_words: usize) -> bool {
        if block_words > FURNITURE_WORDS {
            return false;
        }
        let next = |n: usize| toks.get(q.number.end + n).map_or("", |t| &*t.low);
        self.words.is(next(0), FigureClass::Furniture)
            || self.words.is(&format!("{} {}", next(0), next(1)), FigureClass::Furniture)
            || toks.len() <= 2
    }

    /// "one of the goals", "the two", "one another": words that count nothing.
    fn is_idle_word(&self, toks: &[Tok], q: &Quantity) -> bool {
        if q.digits || q.low.is_some() {
            return false;
        }
        let low = |i: Option<usize>| i.and_then(|i| toks.get(i)).map_or("", |t| &*t.low);
        let before = low(q.start.checked_sub(1));
        let after = low(Some(q.number.end));
        if q.value == Some(1.0) && low(Some(q.number.start)) == "one" {
            let counts_person = self.words.is(after, FigureClass::Person)
                || matches!(after, "was" | "were" | "is") && before.is_empty();
            return !counts_person || matches!(before, "the" | "no" | "this" | "that" | "any" | "every" | "each");
        }
        let parted = q.value.is_some_and(|v| v < 1.0)
            && matches!(before, "first" | "second" | "other" | "last" | "latter" | "top" | "better");
        parted
            || (q.counted.is_none()
                && matches!(
                    before,
                    "the"
                        | "of"
                        | "these"
                        | "those"
                        | "all"
                        | "other"
                        | "first"
                        | "last"
                        | "or"
                        | "and"
                        | "by"
                        | "for"
                        | "into"
                        | "in"
                ))
            || (q.counted.is_none()
                && (after.is_empty() || matches!(after, "," | "." | "of" | "other"))
                && !is_verb_of_harm(before))
    }
}

/// Part of a web address: glued, without a space, to what only addresses have.
fn is_in_address(toks: &[Tok], q: &Quantity) -> bool {
    let a = q.number.start;
    let glued = |i: &usize| toks.get(*i).is_some_and(|t| t.glued);
    let before = (0..a).rev().take(ADDRESS).take_while(|i| glued(&(i + 1))).filter_map(|i| toks.get(i));
    let after = (q.number.end..toks.len()).take(ADDRESS).take_while(glued).filter_map(|i| toks.get(i));
    let marks = before.chain(after).filter(|t| matches!(t.raw, "=" | "&" | "?" | "%" | "/" | "_" | "://")).count();
    marks >= 3
}

/// Tokens on either side of a number that are looked at for an address.
const ADDRESS: usize = 12;

fn is_verb_of_harm(low: &str) -> bool {
    matches!(
        low,
        "killed" | "killing" | "kills" | "wounded" | "wounding" | "injured" | "injuring" | "to" | "least" | "than"
    )
}

fn cmp_end(a: Span, b: Span) -> std::cmp::Ordering {
    a.end.cmp(&b.end)
}

/// "1." or "2)" at the head of a line, or a line that is a number.
fn is_list_mark(toks: &[Tok], q: &Quantity) -> bool {
    let alone = q.start == 0 && q.end >= toks.len();
    let marked = q.number.start == 0
        && q.digits
        && q.unit.is_none()
        && toks
            .get(q.number.end)
            .is_some_and(|t| t.glued && matches!(t.raw, "." | ")") && toks.len() > q.number.end + 1);
    let bracketed = q.number.start == 1 && toks[0].raw == "(" && toks.get(q.number.end).is_some_and(|t| t.raw == ")");
    (alone && q.unit.is_none()) || marked || bracketed
}

/// "+380 44 123 45 67", "555-0123", long rows of digits.
fn is_phone_like(toks: &[Tok], q: &Quantity) -> bool {
    let (a, b) = (q.number.start, q.number.end);
    let plus = a > 0 && toks[a - 1].raw == "+" && toks[a].glued;
    let digits = |i: usize| toks.get(i).is_some_and(|t| t.kind == WordKind::Number);
    let dashed = toks.get(b).is_some_and(|t| t.is_hyphen() && t.glued)
        && digits(b + 1)
        && toks.get(b + 2).is_some_and(|t| t.is_hyphen() && t.glued);
    let long = q.unit.is_none() && toks[a].raw.len() >= 7 && toks[a].raw.bytes().all(|c| c.is_ascii_digit());
    let before = |n: usize| a.checked_sub(n).is_some_and(digits);
    let row = (digits(b) && digits(b + 1)) || (before(1) && before(2)) || (before(1) && digits(b));
    plus || dashed || long || row
}

/// "a 34-year-old driver", "he is 34 years old".
fn is_years_old(toks: &[Tok], q: &Quantity) -> bool {
    let next = q.end + usize::from(toks.get(q.end).is_some_and(|t| t.is_hyphen() && t.glued));
    q.time && toks.get(next).is_some_and(|t| matches!(&*t.low, "old" | "olds"))
}

/// "Smith, 39," and "Smith (39)".
fn is_age(toks: &[Tok], q: &Quantity) -> bool {
    let a = q.number.start;
    if q.start != a || !q.value.is_some_and(|v| (1.0..=115.0).contains(&v)) || a < 2 {
        return false;
    }
    let opens = matches!(toks[a - 1].raw, "," | "(") && toks[a - 2].capital;
    let closes = toks.get(q.number.end).is_none_or(|t| matches!(t.raw, "," | ")" | "." | ";"));
    opens && closes
}

/// A number that looks like a year, bare, with nothing counted.
fn is_year(toks: &[Tok], q: &Quantity) -> bool {
    let raw = toks[q.number.start].raw;
    raw.len() == 4
        && q.number.len() == 1
        && q.start == q.number.start
        && q.value.is_some_and(|v| (1000.0..=2100.0).contains(&v))
        && q.counted.is_none()
}

/// "3-1": a score, or part of one.
fn is_pair(toks: &[Tok], q: &Quantity) -> bool {
    let after = toks.get(q.number.end).is_some_and(|t| t.glued && matches!(t.raw, "-" | "–" | ":"))
        && toks.get(q.number.end + 1).is_some_and(|t| t.glued && t.kind == WordKind::Number);
    let a = q.number.start;
    let before =
        a > 1 && toks[a].glued && matches!(toks[a - 1].raw, "-" | "–" | ":") && toks[a - 2].kind == WordKind::Number;
    after || before
}

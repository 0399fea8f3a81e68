//! One quantity: modifier, currency, number, unit, and what comes after them.

use super::Scan;
use crate::Modifier;
use crate::numerals::{Numeral, numeral_at};
use crate::tokens::Tok;
use dateline_lexicon::{FigureClass, NumeralClass, Unit, UnitPlace};
use dateline_text::WordKind;
use std::ops::Range;

/// A quantity, in tokens of its sentence.
#[derive(Debug, Clone)]
pub(crate) struct Quantity {
    /// First token, the modifier included.
    pub start: usize,
    /// One past the last token, the unit included.
    pub end: usize,
    /// The tokens of the number alone.
    pub number: Range<usize>,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub unit: Option<&'static str>,
    pub modifier: Modifier,
    /// The tokens of what is counted.
    pub counted: Option<Range<usize>>,
    /// Whether the unit is one of time.
    pub time: bool,
    /// Whether the number is in digits.
    pub digits: bool,
    pub rule: &'static str,
}

/// A number with its unit, no modifier.
struct Measured {
    /// Where the number itself begins and ends.
    number: Range<usize>,
    end: usize,
    numeral: Numeral,
    value: f64,
    unit: Option<&'static str>,
    time: bool,
    /// Whether number and unit are one compound ("a 30-km stretch").
    compound: bool,
}

impl Scan<'_> {
    /// The quantity that begins at token `i` and ends before `upto`.
    pub(super) fn quantity(&self, toks: &[Tok], i: usize, upto: usize) -> Option<Quantity> {
        let toks = toks.get(..upto.max(i)).unwrap_or(toks);
        let preposition = toks.get(i).is_some_and(|t| self.words.is(&t.low, FigureClass::Preposition));
        if preposition && self.modifier(toks, i + 1, FigureClass::Before).is_some() {
            return None;
        }
        let (mut at, mut modifier) = (i, Modifier::Exact);
        while let Some((len, m)) = self.modifier(toks, at, FigureClass::Before) {
            if matches!(modifier, Modifier::Exact | Modifier::About) {
                modifier = m;
            }
            at += len;
            if at > i + 8 {
                return None;
            }
        }
        if let Some(q) = self.range(toks, i, at) {
            return Some(q);
        }
        if at == i && toks.get(i)?.low == "between" {
            return None;
        }
        let m = self.measured(toks, at)?;
        let m = self.share(toks, &m).unwrap_or(m);
        let mut end = m.end;
        if let Some((len, after)) = self.modifier(toks, end, FigureClass::After) {
            modifier = after;
            end += len;
        }
        let (value, low, high) = match (m.numeral.bounds, modifier) {
            (Some((a, b)), _) => {
                let factor = m.value / m.numeral.value;
                (None, Some(a * factor), Some(b * factor))
            }
            (None, Modifier::AtLeast | Modifier::MoreThan) => (Some(m.value), Some(m.value), None),
            (None, Modifier::AtMost | Modifier::LessThan) => (Some(m.value), None, Some(m.value)),
            _ => (Some(m.value), None, None),
        };
        if m.numeral.is_vague() && modifier == Modifier::Exact {
            modifier = Modifier::About;
        }
        let counted = self.counted(toks, end, &m);
        Some(Quantity {
            start: i,
            end,
            number: m.number,
            value,
            low,
            high,
            unit: m.unit,
            modifier,
            counted,
            time: m.time,
            digits: m.numeral.digits,
            rule: if m.unit.is_some() { "measure" } else { "count" },
        })
    }

    /// "a week", "more than a year".
    pub(super) fn one_time(&self, toks: &[Tok], i: usize, upto: usize) -> Option<Quantity> {
        let (skip, modifier) = self.modifier(toks, i, FigureClass::Before).unwrap_or((0, Modifier::Exact));
        let at = i + skip;
        let article = toks.get(at).filter(|_| at + 1 < upto)?;
        self.numerals.get(&article.low, NumeralClass::Article)?;
        let unit = self.unit(&toks.get(at + 1)?.low, &[UnitPlace::Time])?;
        let open = |wanted: &[Modifier]| wanted.contains(&modifier).then_some(1.0);
        Some(Quantity {
            start: i,
            end: at + 2,
            number: at..at + 1,
            value: Some(1.0),
            low: open(&[Modifier::AtLeast, Modifier::MoreThan]),
            high: open(&[Modifier::AtMost, Modifier::LessThan]),
            unit: Some(unit.code),
            modifier,
            counted: None,
            time: true,
            digits: false,
            rule: "measure",
        })
    }

    /// A modifier at `at`: how many tokens, and which.
    fn modifier(&self, toks: &[Tok], at: usize, class: FigureClass) -> Option<(usize, Modifier)> {
        let (len, word) = self.phrase(toks, at, 5, |p| self.words.value(p, class))?;
        let modifier = match word {
            "about" => Modifier::About,
            "at_least" => Modifier::AtLeast,
            "more_than" => Modifier::MoreThan,
            "at_most" => Modifier::AtMost,
            "less_than" => Modifier::LessThan,
            _ => Modifier::Exact,
        };
        Some((len, modifier))
    }

    /// The longest run of at most `most` tokens from `at` that the look-up knows, joined by single spaces.
    fn phrase<T>(&self, toks: &[Tok], at: usize, most: usize, look: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
        let mut joined = String::new();
        let mut best = None;
        for (n, tok) in toks.iter().skip(at).take(most).enumerate() {
            if n > 0 {
                joined.push(' ');
            }
            joined.push_str(&tok.low);
            if let Some(found) = look(&joined) {
                best = Some((n + 1, found));
            }
        }
        best
    }

    /// "$65 billion", "320 km", "EUR 3 bn", "31".
    fn measured(&self, toks: &[Tok], at: usize) -> Option<Measured> {
        let (before, skip) = self.currency_before(toks, at);
        let start = at + skip;
        let mut numeral = numeral_at(toks, start, self.numerals, self.separators)?;
        let number = start..start + numeral.len;
        let mut end = number.end;
        let mut value = numeral.value;
        let mut unit = before;
        let suffix = std::mem::take(&mut numeral.suffix);
        if !suffix.is_empty() {
            let plural_next = toks.get(end).is_some_and(|t| self.is_plural(t));
            let upper = toks[number.start].raw.ends_with(char::is_uppercase);
            match (suffix.as_str(), unit) {
                ("m", None) if upper => value *= 1e6,
                // "5G" is no weight, "41c" no temperature
                ("g", _) if upper => return None,
                ("c" | "f", _) if !upper => return None,
                ("m", Some(_)) => value *= 1e6,
                ("m", None) if plural_next => value *= 1e6,
                ("k", _) => value *= 1e3,
                ("b", Some(_)) => value *= 1e9,
                (other, _) => unit = Some(self.unit(other, &[UnitPlace::After, UnitPlace::Glued])?.code),
            }
        }
        let (mut time, mut compound) = (false, false);
        if unit.is_none() {
            let hyphen = usize::from(toks.get(end).is_some_and(|t| t.is_hyphen() && t.glued));
            let places = [UnitPlace::After, UnitPlace::Either, UnitPlace::Time];
            let glued = toks.get(end).is_some_and(|t| t.glued && t.kind == WordKind::Mark);
            // "billions of dollars"
            let of = usize::from(numeral.is_vague() && toks.get(end).is_some_and(|t| t.low == "of"));
            let found = self.phrase(toks, end + hyphen + of, 3, |p| self.unit(p, &places)).or_else(|| {
                let symbol = toks.get(end).filter(|_| glued)?;
                Some((1, self.unit(&symbol.low, &[UnitPlace::Glued])?))
            });
            if let Some((len, u)) = found {
                (unit, value, time) = (Some(u.code), value * u.factor, u.place == UnitPlace::Time);
                end += len + hyphen + of;
                compound = hyphen == 1;
            }
        }
        if numeral.fraction && unit.is_none() {
            // "half a tonne", "a quarter of a mile"; "half a chance" is no quantity
            let of = usize::from(toks.get(end).is_some_and(|t| t.low == "of"));
            let article =
                toks.get(end + of).is_some_and(|t| self.numerals.get(&t.low, NumeralClass::Article).is_some());
            let places = [UnitPlace::After, UnitPlace::Either, UnitPlace::Time];
            let found = self.phrase(toks, end + of + 1, 3, |p| self.unit(p, &places)).filter(|_| article);
            match found {
                Some((len, u)) => {
                    (unit, value, time) = (Some(u.code), value * u.factor, u.place == UnitPlace::Time);
                    end += of + 1 + len;
                }
                None if article && of == 0 => return None,
                None => unit = Some("ratio"),
            }
        }
        Some(Measured { number, end, numeral, value, unit, time, compound })
    }

    /// "one in five", "three out of four": a share, and no number of things within a time ("two in ten days").
    fn share(&self, toks: &[Tok], m: &Measured) -> Option<Measured> {
        let low = |i: usize| toks.get(i).map_or("", |t| &*t.low);
        let out = low(m.end) == "out" && low(m.end + 1) == "of";
        if m.unit.is_some() || !(out || low(m.end) == "in") {
            return None;
        }
        let whole = self.measured(toks, m.end + 1 + usize::from(out))?;
        let plain = |m: &Measured| m.unit.is_none() && m.value.fract() == 0.0 && m.numeral.bounds.is_none();
        // "six in 2012": in digits only where "out of" or a one with people and things after it show it ("1 in 3 homes")
        let one_in = || m.value == 1.0 && toks.get(whole.end).is_some_and(|t| self.is_plural(t));
        let spoken = out || !(m.numeral.digits || whole.numeral.digits) || one_in();
        if !(plain(m) && plain(&whole) && spoken && m.value >= 1.0 && m.value < whole.value && whole.value <= 1000.0) {
            return None;
        }
        let numeral = Numeral { fraction: true, len: whole.number.end - m.number.start, ..m.numeral.clone() };
        Some(Measured {
            number: m.number.start..whole.number.end,
            end: whole.end,
            value: m.value / whole.value,
            numeral,
            unit: Some("ratio"),
            time: false,
            compound: true,
        })
    }

    fn unit(&self, folded: &str, places: &[UnitPlace]) -> Option<Unit> {
        self.words.unit(folded, places)
    }

    /// "$", "US$", "EUR": the unit, and how many tokens it takes.
    fn currency_before(&self, toks: &[Tok], at: usize) -> (Option<&'static str>, usize) {
        let Some(tok) = toks.get(at) else { return (None, 0) };
        let places = [UnitPlace::Before, UnitPlace::Either, UnitPlace::Joined];
        if let Some(next) = toks.get(at + 1).filter(|n| n.glued)
            && let Some(u) = self.unit(&format!("{}{}", tok.low, next.low), &places)
        {
            return (Some(u.code), 2);
        }
        match self.unit(&tok.low, &places) {
            // "Rs. 500": the stop of a shortened word
            Some(u) if tok.kind == WordKind::Letters => {
                let stop = toks.get(at + 1).is_some_and(|t| t.raw == "." && t.glued);
                (Some(u.code), 1 + usize::from(stop))
            }
            Some(u) => (Some(u.code), 1),
            None => (None, 0),
        }
    }

    /// "between 10 and 20 km", "10-15 soldiers", "two to three hundred", from `start`, the first number at `at`.
    fn range(&self, toks: &[Tok], start: usize, at: usize) -> Option<Quantity> {
        let between = usize::from(toks.get(at).is_some_and(|t| t.low == "between"));
        let first = self.measured(toks, at + between)?;
        let link = toks.get(first.end)?;
        let linked = if between == 1 {
            link.low == "and"
        } else {
            link.low == "to" || (matches!(&*link.low, "-" | "–" | "—") && link.glued)
        };
        if !linked || first.numeral.is_vague() || first.numeral.fraction {
            return None;
        }
        if link.low == "to" && changes(toks, at) {
            return None;
        }
        let second = self.measured(toks, first.end + 1).filter(|m| !m.numeral.is_vague())?;
        // "rose 4% to 7,150": a measure and where it led
        if link.low == "to" && first.unit == Some("percent") && second.unit != first.unit {
            return None;
        }
        let (mut low, high) = (first.value, second.value);
        // "2-3 million": the scale stands once
        for scale in [1e12, 1e9, 1e6, 1e3] {
            if high >= scale && second.numeral.len > 1 && low < 1000.0 && first.numeral.len == 1 && low * scale < high {
                low *= scale;
                break;
            }
        }
        let unit = second.unit.or(first.unit);
        let counted = self.counted(toks, second.end, &second);
        if low >= high || (first.unit.is_some() && second.unit.is_some() && first.unit != second.unit) {
            return self.tally(toks, start, &first, &second);
        }
        if between == 0 && unit.is_none() && counted.is_none() {
            return None;
        }
        Some(Quantity {
            start,
            end: second.end,
            number: first.number.start..second.number.end,
            value: None,
            low: Some(low),
            high: Some(high),
            unit,
            modifier: Modifier::Between,
            counted,
            time: second.time,
            digits: first.numeral.digits,
            rule: "range",
        })
    }

    /// "79-18", "by 311 to 112": a vote, where the sentence speaks of one.
    fn tally(&self, toks: &[Tok], start: usize, first: &Measured, second: &Measured) -> Option<Quantity> {
        let votes = toks.iter().any(|t| self.words.is(&t.low, FigureClass::Vote));
        let whole = |m: &Measured| m.unit.is_none() && m.value.fract() == 0.0 && m.numeral.digits && m.value < 3000.0;
        (votes && whole(first) && whole(second) && first.value + second.value >= 5.0).then_some(Quantity {
            start,
            end: second.end,
            number: first.number.start..second.number.end,
            value: Some(first.value),
            low: None,
            high: None,
            unit: Some("votes"),
            modifier: Modifier::Exact,
            counted: None,
            time: false,
            digits: true,
            rule: "tally",
        })
    }

    fn counted(&self, toks: &[Tok], end: usize, m: &Measured) -> Option<Range<usize>> {
        // "320 km north", "218 km long": behind a length stands no noun; behind a price or a share one may
        let price = m.unit.is_some_and(|u| u.len() == 3 && u.bytes().all(|b| b.is_ascii_uppercase()));
        let direct = m.unit.is_none() || price || m.unit == Some("percent") || m.compound;
        // "$61bn (£49bn) package": the same in other money stands between price and noun
        let aside = price && toks.get(end).is_some_and(|t| t.raw == "(");
        let closed = toks.iter().skip(end).take(8).position(|t| t.raw == ")").filter(|_| aside);
        self.counted_after(toks, end + closed.map_or(0, |n| n + 1), direct, price)
    }
}

/// "from 10 to 15" tells of a change, unless it tells what something ranges over, or opens the sentence.
fn changes(toks: &[Tok], at: usize) -> bool {
    let before = &toks[at.saturating_sub(4)..at];
    if at == 1 {
        return false;
    }
    let spans = |t: &Tok| {
        matches!(&*t.low, "range" | "ranges" | "ranged" | "ranging" | "vary" | "varies" | "varying" | "anywhere")
    };
    before.last().is_some_and(|t| t.low == "from") && !before.iter().any(spans)
}

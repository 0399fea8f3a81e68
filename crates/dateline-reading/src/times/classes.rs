//! Classes of words that the rules for times name: `<month>`, `<day>`, `<clock>` and so on.

use super::ranges::{end_of_years, first_of_range, second_of_range};
use super::spelled::{
    clock, counted, day, decade, full_stop, holiday, iso, joins_clauses, month, names_a_year, ordinal, two_digits,
    weekday, year,
};
use crate::numerals::{Numeral, Separators, digits, numeral_at};
use crate::tokens::Tok;
use dateline_lexicon::{NumeralClass, Numerals, TimeClass, TimeWords, relative_day};
use dateline_text::WordKind;

/// How many of a unit: a number, or "several".
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Count {
    /// A number.
    Exact(f64),
    /// More than one; how many stays open.
    Open,
}

/// What the words of a match say.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Caps {
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub year: Option<i16>,
    pub weekday: Option<i8>,
    pub count: Option<Count>,
    pub unit: Option<&'static str>,
    pub season: Option<&'static str>,
    pub part: Option<&'static str>,
    pub dir: Option<i8>,
    pub ord: Option<i16>,
    pub decade: Option<i16>,
    pub hour: Option<i8>,
    pub minute: Option<i8>,
    pub pm: Option<bool>,
    pub relday: Option<i64>,
    pub holiday: Option<&'static str>,
    pub half: bool,
    /// The smaller part of "two hours and ten minutes".
    pub more: Option<Count>,
    pub more_unit: Option<&'static str>,
}

impl Caps {
    fn count(&mut self, n: Count) {
        if self.unit.is_some() && self.count.is_some() {
            self.more = Some(n)
        } else {
            self.count = self.count.or(Some(n))
        }
    }

    fn unit(&mut self, unit: &'static str) {
        if self.more.is_some() { self.more_unit = Some(unit) } else { self.unit = Some(unit) }
    }
}

/// What classes look words up in.
pub(crate) struct Tables<'l> {
    pub times: &'l TimeWords,
    pub numerals: &'l Numerals,
    pub separators: Separators,
    /// The language, where it is not English.
    pub language: Option<&'l str>,
}

/// A class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Month,
    MonthStrong,
    Weekday,
    WeekdayShort,
    Day,
    Ord,
    Year,
    ShortYear,
    Qty,
    Unit,
    Units,
    AnyUnit,
    SpanUnit,
    Season,
    Part,
    Dir,
    Decade,
    Clock,
    Hour,
    AmPm,
    Zone,
    RelDay,
    Iso,
    QuarterName,
    Counted,
    Name,
    Holiday,
    Half,
    DayNumber,
    Weekdays,
    Noun,
    Amount,
    Parts,
    Aside,
    DaysTo,
    DayToo,
    YearEnd,
}

/// Names of classes in the rule file.
pub(crate) const CLASSES: &[(&str, Class)] = &[
    ("month", Class::Month),
    ("monthx", Class::MonthStrong),
    ("weekday", Class::Weekday),
    ("wd", Class::WeekdayShort),
    ("day", Class::Day),
    ("ord", Class::Ord),
    ("year", Class::Year),
    ("yy", Class::ShortYear),
    ("qty", Class::Qty),
    ("unit", Class::Unit),
    ("units", Class::Units),
    ("anyunit", Class::AnyUnit),
    ("span", Class::SpanUnit),
    ("season", Class::Season),
    ("part", Class::Part),
    ("dir", Class::Dir),
    ("decade", Class::Decade),
    ("clock", Class::Clock),
    ("hour", Class::Hour),
    ("ampm", Class::AmPm),
    ("zone", Class::Zone),
    ("relday", Class::RelDay),
    ("iso", Class::Iso),
    ("qn", Class::QuarterName),
    ("counted", Class::Counted),
    ("name", Class::Name),
    ("holiday", Class::Holiday),
    ("half", Class::Half),
    ("dayth", Class::DayNumber),
    ("weekdays", Class::Weekdays),
    ("noun", Class::Noun),
    ("amount", Class::Amount),
    ("parts", Class::Parts),
    ("aside", Class::Aside),
    ("daysto", Class::DaysTo),
    ("daytoo", Class::DayToo),
    ("yearend", Class::YearEnd),
];

impl Class {
    /// Takes the tokens at `i` that belong to the class; gives how many, and what they say added to `caps`.
    pub(crate) fn take(self, toks: &[Tok], i: usize, t: &Tables, caps: Caps) -> Option<(usize, Caps)> {
        let tok = toks.get(i)?;
        let low = &*tok.low;
        let word = |class| t.times.get(low, class);
        let mut c = caps;
        let len = match self {
            Class::Month | Class::MonthStrong => {
                let (value, len) = month(toks, i, t, self == Class::Month)?;
                c.month = Some(value);
                len
            }
            Class::Weekday => {
                c.weekday = Some(weekday(tok, t)?);
                1
            }
            Class::WeekdayShort => {
                c.weekday = Some(word(TimeClass::WeekdayShort).filter(|_| tok.capital)?.parse().ok()?);
                1 + full_stop(toks, i)
            }
            Class::Day => {
                c.day = Some(day(tok, t)?);
                1
            }
            Class::Ord => {
                c.ord = Some(ordinal(tok, t)?);
                1
            }
            Class::Year => {
                let (value, len) = year(toks, i, t)?;
                c.year = Some(value);
                len
            }
            Class::ShortYear => {
                let n: i16 = two_digits(tok.raw)?;
                c.year = Some(if n > 35 { 1900 + n } else { 2000 + n });
                1
            }
            Class::Qty => {
                let n: Numeral =
                    numeral_at(toks, i, t.numerals, t.separators).filter(|n| n.suffix.is_empty() && n.value >= 0.0)?;
                if names_a_year(toks, i, t) {
                    return None;
                }
                c.count(if n.is_vague() { Count::Open } else { Count::Exact(n.value) });
                n.len
            }
            Class::Unit => {
                c.unit(word(TimeClass::Unit)?);
                1
            }
            Class::Units => {
                c.unit = Some(word(TimeClass::Units)?);
                c.count = c.count.or(Some(Count::Open));
                1
            }
            Class::AnyUnit => {
                c.unit(word(TimeClass::Unit).or_else(|| word(TimeClass::Units))?);
                c.count = c.count.or(Some(Count::Open));
                1
            }
            Class::SpanUnit => {
                c.unit = Some(word(TimeClass::Unit).filter(|u| !matches!(*u, "TS1" | "Q1"))?);
                c.count = c.count.or(Some(Count::Exact(1.0)));
                1
            }
            Class::Season => {
                c.season = Some(word(TimeClass::Season)?);
                1
            }
            Class::Part => {
                c.part = Some(word(TimeClass::Part)?);
                1
            }
            Class::Dir => {
                c.dir = Some(word(TimeClass::Dir)?.parse().ok()?);
                1
            }
            Class::Decade => {
                let (value, len) = decade(toks, i, t)?;
                c.decade = Some(value);
                len
            }
            Class::Clock => {
                let (hour, minute, pm) = clock(tok)?;
                (c.hour, c.minute) = (Some(hour), Some(minute));
                c.pm = pm.or(c.pm);
                1
            }
            Class::Hour => {
                let (value, suffix) = digits(tok.raw, t.separators)
                    .or_else(|| t.numerals.get(low, NumeralClass::Unit).map(|w| (w.value, "")))?;
                if !(value.fract() == 0.0 && (0.0..=23.0).contains(&value)) {
                    return None;
                }
                c.hour = Some(value as i8);
                match suffix {
                    "" => {}
                    "am" | "AM" => c.pm = Some(false),
                    "pm" | "PM" => c.pm = Some(true),
                    _ => return None,
                }
                1
            }
            Class::AmPm => {
                c.pm = Some(word(TimeClass::AmPm)? == "pm");
                1
            }
            Class::Zone => {
                word(TimeClass::Zone).filter(|z| *z == tok.raw)?;
                1
            }
            Class::RelDay => {
                c.relday = Some(relative_day(low, t.language)?);
                if t.language.is_none() && low.ends_with("night") {
                    c.part = Some("NI");
                }
                1
            }
            Class::Iso => {
                let (y, m, d, len) = iso(toks, i)?;
                (c.year, c.month, c.day) = (Some(y), Some(m), Some(d));
                len
            }
            Class::QuarterName => {
                let n = low.strip_prefix('q').filter(|n| n.len() == 1).and_then(|n| n.parse::<i16>().ok())?;
                c.ord = Some(n).filter(|n| (1..=4).contains(n));
                c.ord?;
                1
            }
            Class::Counted => counted(tok, t).then_some(1)?,
            Class::Name => tok.capital.then_some(1)?,
            Class::Half => {
                c.half = t.numerals.get(low, NumeralClass::Fraction).filter(|f| f.value == 0.5).is_some();
                c.half.then_some(1)?
            }
            Class::DayNumber => {
                c.day = Some(day(tok, t).filter(|_| tok.kind == WordKind::Number && tok.raw.len() > 2)?);
                1
            }
            Class::Weekdays => {
                c.weekday = Some(word(TimeClass::Weekdays)?.parse().ok()?);
                1
            }
            Class::Parts => {
                c.part = Some(word(TimeClass::Parts)?);
                1
            }
            Class::Aside => {
                let close = toks[i..].iter().take(8).position(|t| t.raw == ")");
                close.filter(|_| tok.raw == "(")? + 1
            }
            Class::DaysTo => {
                let (day, month, year) = first_of_range(toks, i, t)?;
                (c.day, c.month, c.year) = (Some(day), Some(month), year.or(c.year));
                1
            }
            Class::DayToo => {
                let (day, month, year) = second_of_range(toks, i, t)?;
                (c.day, c.month, c.year) = (Some(day), Some(month), year.or(c.year));
                1
            }
            Class::YearEnd => {
                c.year = Some(end_of_years(toks, i, t)?);
                1
            }
            Class::Noun => (tok.kind != WordKind::Mark && !joins_clauses(low)).then_some(1)?,
            Class::Amount => {
                let number = tok.kind == WordKind::Number || t.numerals.get(low, NumeralClass::Scale).is_some();
                (number || counted(tok, t) || matches!(low, "percent" | "%" | "cent" | "times")).then_some(1)?
            }
            Class::Holiday => {
                let (name, len) = holiday(toks, i, t)?;
                c.holiday = Some(name);
                len
            }
        };
        Some((len, c))
    }
}

//! Classes of words that the rules for times name: `<month>`, `<day>`, `<clock>` and so on.

use crate::numerals::{Numeral, Separators, digits, numeral_at};
use crate::tokens::Tok;
use dateline_lexicon::{NumeralClass, Numerals, TimeClass, TimeWords, months, relative_day};
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
                c.count = c.count.or(Some(if n.is_vague() { Count::Open } else { Count::Exact(n.value) }));
                n.len
            }
            Class::Unit => {
                c.unit = Some(word(TimeClass::Unit)?);
                1
            }
            Class::Units => {
                c.unit = Some(word(TimeClass::Units)?);
                c.count = c.count.or(Some(Count::Open));
                1
            }
            Class::AnyUnit => {
                c.unit = Some(word(TimeClass::Unit).or_else(|| word(TimeClass::Units))?);
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
            Class::Holiday => {
                let (name, len) = holiday(toks, i, t)?;
                c.holiday = Some(name);
                len
            }
        };
        Some((len, c))
    }
}

fn full_stop(toks: &[Tok], i: usize) -> usize {
    // the stop of a shortened word, not that of the sentence
    usize::from(toks.get(i + 1).is_some_and(|t| t.raw == "." && t.glued) && toks.len() > i + 2)
}

fn month(toks: &[Tok], i: usize, t: &Tables, weak_too: bool) -> Option<(i8, usize)> {
    let tok = &toks[i];
    if t.language.is_some() {
        let stop = usize::from(toks.get(i + 1).is_some_and(|n| n.raw == "." && n.glued && tok.raw.chars().count() < 5));
        return months::month(&tok.low, t.language).and_then(|m| Some((i8::try_from(m).ok()?, 1 + stop)));
    }
    if !tok.capital {
        return None;
    }
    let word = |class| t.times.get(&tok.low, class);
    if let Some(v) = word(TimeClass::MonthShort) {
        let stop = full_stop(toks, i);
        let day_follows = toks.get(i + 1 + stop).is_some_and(|n| n.kind == WordKind::Number);
        return (stop > 0 || day_follows).then(|| Some((v.parse().ok()?, 1 + stop))).flatten();
    }
    let v = word(TimeClass::Month).or_else(|| word(TimeClass::MonthOrWord).filter(|_| weak_too))?;
    Some((v.parse().ok()?, 1))
}

fn weekday(tok: &Tok, t: &Tables) -> Option<i8> {
    if t.language.is_some() {
        // short forms are ordinary words too often ("so", "do", "di")
        let long = tok.raw.chars().count() > 3;
        return months::weekday(&tok.low, t.language).filter(|_| long).and_then(|d| i8::try_from(d).ok());
    }
    t.times.get(&tok.low, TimeClass::Weekday).filter(|_| tok.capital)?.parse().ok()
}

fn two_digits<N: std::str::FromStr>(raw: &str) -> Option<N> {
    (raw.len() == 2 && raw.bytes().all(|b| b.is_ascii_digit())).then(|| raw.parse().ok()).flatten()
}

fn ordinal(tok: &Tok, t: &Tables) -> Option<i16> {
    if let Some(w) = t.numerals.get(&tok.low, NumeralClass::Ordinal) {
        return Some(w.value as i16);
    }
    let cut = tok.low.find(|c: char| !c.is_ascii_digit()).filter(|c| (1..=3).contains(c))?;
    let (n, suffix) = tok.low.split_at(cut);
    matches!(suffix, "st" | "nd" | "rd" | "th").then(|| n.parse().ok()).flatten()
}

fn day(tok: &Tok, t: &Tables) -> Option<i8> {
    let plain = tok.raw.len() <= 2 && tok.raw.bytes().all(|b| b.is_ascii_digit());
    let n = if plain { tok.raw.parse::<i16>().ok()? } else { ordinal(tok, t)? };
    (1..=31).contains(&n).then_some(n as i8)
}

/// "1998", "nineteen ninety-eight", "two thousand".
fn year(toks: &[Tok], i: usize, t: &Tables) -> Option<(i16, usize)> {
    let tok = &toks[i];
    if tok.raw.len() == 4 && tok.raw.bytes().all(|b| b.is_ascii_digit()) {
        let n: i16 = tok.raw.parse().ok()?;
        return (1200..=2199).contains(&n).then_some((n, 1));
    }
    let value = |i: usize, class| toks.get(i).and_then(|t2| t.numerals.get(&t2.low, class)).map(|w| w.value as i16);
    let century = value(i, NumeralClass::Unit)
        .filter(|n| (16..=19).contains(n))
        .or_else(|| value(i, NumeralClass::Ten).filter(|n| *n == 20))?;
    let tens = value(i + 1, NumeralClass::Ten)?;
    let hyphen = usize::from(toks.get(i + 2).is_some_and(|h| h.is_hyphen() && h.glued));
    match value(i + 2 + hyphen, NumeralClass::Unit).filter(|n| (1..=9).contains(n)) {
        Some(ones) => Some((century * 100 + tens + ones, 3 + hyphen)),
        None => Some((century * 100 + tens, 2)),
    }
}

/// "1990s", "the '80s", "nineties"; the first three digits of the years.
fn decade(toks: &[Tok], i: usize, t: &Tables) -> Option<(i16, usize)> {
    let tok = &toks[i];
    if let Some(v) = t.times.get(&tok.low, TimeClass::Decade) {
        return Some((v.parse().ok()?, 1));
    }
    if tok.raw == "'" || tok.raw == "’" || tok.raw == "‘" {
        let n = toks.get(i + 1).filter(|n| n.glued)?.low.strip_suffix('s')?;
        let n: i16 = two_digits::<i16>(n).filter(|n| n % 10 == 0)?;
        return Some((if n > 20 { 190 } else { 200 } + n / 10, 2));
    }
    let (n, len) = match tok.low.strip_suffix('s') {
        Some(n) => (n, 1),
        None if toks.get(i + 1).is_some_and(|s| s.glued && s.low == "'s") => (&*tok.low, 2),
        None => return None,
    };
    let whole = n.len() == 4 && n.ends_with('0') && n.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| n[..3].parse::<i16>().ok()).flatten().filter(|n| (100..=215).contains(n)).map(|n| (n, len))
}

/// "10:35", "6:00am", "10.35pm".
fn clock(tok: &Tok) -> Option<(i8, i8, Option<bool>)> {
    let low = &*tok.low;
    let (rest, pm) = match (low.strip_suffix("am"), low.strip_suffix("pm")) {
        (Some(r), _) => (r, Some(false)),
        (_, Some(r)) => (r, Some(true)),
        _ => (low, None),
    };
    let (h, m) = rest.split_once(':').or_else(|| pm.and_then(|_| rest.split_once('.'))).or(pm.map(|_| (rest, "00")))?;
    let minute: i8 = two_digits(m).or_else(|| two_digits(m.split(':').next()?))?;
    let hour: i8 = h.parse().ok().filter(|_| h.len() <= 2 && h.bytes().all(|b| b.is_ascii_digit()))?;
    ((0..=23).contains(&hour) && minute < 60).then_some((hour, minute, pm))
}

/// "2023-11-05" or "05.11.2023" or "05/11/2023" where the order of day and month is not in doubt.
fn iso(toks: &[Tok], i: usize) -> Option<(i16, i8, i8, usize)> {
    let valid = |y: i16, m: i8, d: i8| {
        ((1000..=2199).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d)).then_some(())
    };
    let raw = toks[i].raw;
    if let [d, m, y] = raw.split('.').collect::<Vec<_>>()[..] {
        let (y, m, d) = (y.parse().ok().filter(|_| y.len() == 4)?, m.parse().ok()?, d.parse().ok()?);
        valid(y, m, d)?;
        return Some((y, m, d, 1));
    }
    let [y, a, m, b, d] = toks.get(i..i + 5)? else { return None };
    if !(a.glued && m.glued && b.glued && d.glued && a.raw == b.raw) {
        return None;
    }
    let joined_on = toks.get(i + 5).is_some_and(|t| t.glued && (t.is_hyphen() || t.kind == WordKind::Number));
    if a.is_hyphen() && y.raw.len() == 4 && !joined_on {
        let (y, m, d): (i16, i8, i8) = (y.raw.parse().ok()?, two_digits(m.raw)?, two_digits(d.raw)?);
        valid(y, m, d)?;
        return Some((y, m, d, 5));
    }
    if a.raw == "/" && d.raw.len() == 4 && !joined_on {
        let (first, second, y): (i8, i8, i16) = (y.raw.parse().ok()?, m.raw.parse().ok()?, d.raw.parse().ok()?);
        let (m, d) = if first > 12 {
            (second, first)
        } else if second > 12 || first == second {
            (first, second)
        } else {
            return None;
        };
        valid(y, m, d)?;
        return Some((y, m, d, 5));
    }
    None
}

/// A lower-case plural or a word for people: what stands after it counts, and is no year.
fn counted(tok: &Tok, t: &Tables) -> bool {
    let low = &*tok.low;
    let listed = |class| t.times.get(low, class).is_some();
    let english = t.language.is_none();
    let plural =
        english && low.len() > 3 && low.ends_with('s') && !low.ends_with("ss") && !listed(TimeClass::Uncounted);
    (!tok.capital && (plural || listed(TimeClass::Counted)))
        || (tok.kind == WordKind::Mark && tok.glued && matches!(tok.raw, "€" | "$" | "£" | "°"))
}

/// The longest feast named at `i`.
fn holiday(toks: &[Tok], i: usize, t: &Tables) -> Option<(&'static str, usize)> {
    if !toks[i].capital {
        return None;
    }
    let mut joined = String::new();
    let mut best = None;
    for (n, tok) in toks[i..].iter().take(4).enumerate() {
        if n > 0 {
            joined.push(' ');
        }
        joined.push_str(&tok.low);
        best = t.times.get(&joined, TimeClass::Holiday).map(|name| (name, n + 1)).or(best);
    }
    best
}

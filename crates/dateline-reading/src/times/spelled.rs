//! Months, years, hours and days as they are spelled: what the classes of the rules look for in the tokens.

use super::classes::Tables;
use crate::tokens::Tok;
use dateline_lexicon::{NumeralClass, TimeClass, months};
use dateline_text::WordKind;

/// "the 1988 quarter", "2018 day five": four digits before one unit name a year and count nothing.
pub(super) fn names_a_year(toks: &[Tok], i: usize, t: &Tables) -> bool {
    let year = toks[i].raw.len() == 4 && toks[i].raw.parse::<u16>().is_ok_and(|n| (1900..2100).contains(&n));
    let next = i + 1 + usize::from(toks.get(i + 1).is_some_and(Tok::is_hyphen));
    year && toks.get(next).is_some_and(|n| t.times.get(&n.low, TimeClass::Unit).is_some())
}

/// Small words that may follow "the 14th" without making it the fourteenth of something.
pub(super) fn joins_clauses(low: &str) -> bool {
    matches!(
        low,
        "and"
            | "or"
            | "to"
            | "at"
            | "in"
            | "but"
            | "when"
            | "as"
            | "with"
            | "after"
            | "before"
            | "if"
            | "for"
            | "because"
    )
}

pub(super) fn full_stop(toks: &[Tok], i: usize) -> usize {
    // the stop of a shortened word, not that of the sentence
    usize::from(toks.get(i + 1).is_some_and(|t| t.raw == "." && t.glued) && toks.len() > i + 2)
}

pub(super) fn month(toks: &[Tok], i: usize, t: &Tables, weak_too: bool) -> Option<(i8, usize)> {
    let tok = toks.get(i)?;
    if t.language.is_some() {
        let stop = usize::from(toks.get(i + 1).is_some_and(|n| n.raw == "." && n.glued && tok.raw.chars().count() < 5));
        return months::month(&tok.low, t.language).and_then(|m| Some((i8::try_from(m).ok()?, 1 + stop)));
    }
    let word = |class| t.times.get(&tok.low, class);
    if let Some(v) = word(TimeClass::MonthShort) {
        let number = |n: Option<&Tok>| n.is_some_and(|n| n.kind == WordKind::Number);
        let stop = full_stop(toks, i);
        let day_follows = number(toks.get(i + 1 + stop));
        let day_before = tok.capital && number(i.checked_sub(1).and_then(|b| toks.get(b)));
        return ((stop > 0 && tok.capital) || day_follows || day_before)
            .then(|| Some((v.parse().ok()?, 1 + stop)))
            .flatten();
    }
    let v = word(TimeClass::Month).or_else(|| word(TimeClass::MonthOrWord).filter(|_| weak_too && tok.capital))?;
    Some((v.parse().ok()?, 1))
}

pub(super) fn weekday(tok: &Tok, t: &Tables) -> Option<i8> {
    if t.language.is_some() {
        // short forms are ordinary words too often ("so", "do", "di")
        let long = tok.raw.chars().count() > 3;
        return months::weekday(&tok.low, t.language).filter(|_| long).and_then(|d| i8::try_from(d).ok());
    }
    t.times.get(&tok.low, TimeClass::Weekday)?.parse().ok()
}

pub(super) fn two_digits<N: std::str::FromStr>(raw: &str) -> Option<N> {
    (raw.len() == 2 && raw.bytes().all(|b| b.is_ascii_digit())).then(|| raw.parse().ok()).flatten()
}

pub(super) fn ordinal(tok: &Tok, t: &Tables) -> Option<i16> {
    if let Some(w) = t.numerals.get(&tok.low, NumeralClass::Ordinal) {
        return Some(w.value as i16);
    }
    let cut = tok.low.find(|c: char| !c.is_ascii_digit()).filter(|c| (1..=3).contains(c))?;
    let (n, suffix) = tok.low.split_at(cut);
    matches!(suffix, "st" | "nd" | "rd" | "th").then(|| n.parse().ok()).flatten()
}

pub(super) fn day(tok: &Tok, t: &Tables) -> Option<i8> {
    let plain = tok.raw.len() <= 2 && tok.raw.bytes().all(|b| b.is_ascii_digit());
    let n = if plain { tok.raw.parse::<i16>().ok()? } else { ordinal(tok, t)? };
    (1..=31).contains(&n).then_some(n as i8)
}

/// "1998", "nineteen ninety-eight", "two thousand".
pub(super) fn year(toks: &[Tok], i: usize, t: &Tables) -> Option<(i16, usize)> {
    let tok = &toks[i];
    if tok.raw.len() == 4 && tok.raw.bytes().all(|b| b.is_ascii_digit()) {
        let n: i16 = tok.raw.parse().ok()?;
        return (1200..=2199).contains(&n).then_some((n, 1)).filter(|_| !numbers_a_file(toks, i));
    }
    if tok.low == "two" && toks.get(i + 1).is_some_and(|n| n.low == "thousand") {
        let rest = 2 + usize::from(toks.get(i + 2).is_some_and(|a| a.low == "and"));
        let ones = toks.get(i + rest).and_then(|n| t.numerals.get(&n.low, NumeralClass::Unit)).map(|w| w.value as i16);
        return Some(ones.map_or((2000, 2), |n| (2000 + n, rest + 1)));
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

/// "2023/417", "2025-0077": the year is part of a number of something.
pub(super) fn numbers_a_file(toks: &[Tok], i: usize) -> bool {
    let [mark, number] = toks.get(i + 1..i + 3).unwrap_or(&[]) else { return false };
    let joined = mark.glued && number.glued && (mark.is_hyphen() || mark.raw == "/");
    let year = number.raw.len() == 4 && !number.raw.starts_with('0');
    joined && number.kind == WordKind::Number && number.raw.len() > 2 && !year
}

/// "1990s", "the '80s", "nineties"; the first three digits of the years.
pub(super) fn decade(toks: &[Tok], i: usize, t: &Tables) -> Option<(i16, usize)> {
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
pub(super) fn clock(tok: &Tok) -> Option<(i8, i8, Option<bool>)> {
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
pub(super) fn iso(toks: &[Tok], i: usize) -> Option<(i16, i8, i8, usize)> {
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
pub(super) fn counted(tok: &Tok, t: &Tables) -> bool {
    let low = &*tok.low;
    let listed = |class| t.times.get(low, class).is_some();
    let english = t.language.is_none();
    let plural =
        english && low.len() > 3 && low.ends_with('s') && !low.ends_with("ss") && !listed(TimeClass::Uncounted);
    (!tok.capital && (plural || listed(TimeClass::Counted)))
        || (tok.kind == WordKind::Mark && tok.glued && matches!(tok.raw, "€" | "$" | "£" | "°"))
}

/// The longest feast named at `i`.
pub(super) fn holiday(toks: &[Tok], i: usize, t: &Tables) -> Option<(&'static str, usize)> {
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

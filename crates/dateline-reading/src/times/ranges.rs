//! Ranges: what one end of "3 to 7 August", "1914-18" or "Monday to Friday" takes from the other.

use super::classes::Tables;
use super::spelled::{counted, day, month, two_digits, year};
use crate::tokens::Tok;
use crate::{Time, TimeKind};
use jiff::civil::Date;

/// A day with its month, and its year where that stands there too.
type Day = (i8, i8, Option<i16>);

fn links(tok: &Tok) -> bool {
    tok.is_hyphen() || matches!(&*tok.low, "–" | "—" | "to" | "and" | "or" | "through" | "until")
}

/// The day at `i` that begins a range whose month stands at its end: "3" in "3 to 7 August 2024".
pub(super) fn first_of_range(toks: &[Tok], i: usize, t: &Tables) -> Option<Day> {
    let first = day(toks.get(i)?, t)?;
    links(toks.get(i + 1)?).then_some(())?;
    let the = usize::from(toks.get(i + 2)?.low == "the");
    let second = day(toks.get(i + 2 + the)?, t)?;
    let of = usize::from(toks.get(i + 3 + the)?.low == "of");
    let (m, len) = month(toks, i + 3 + the + of, t, true)
        .filter(|_| toks.get(i + 3 + the + of).is_some_and(|m| m.capital && first < second))?;
    let after = i + 3 + the + of + len;
    let comma = usize::from(toks.get(after).is_some_and(|c| c.raw == ","));
    let year = toks.get(after + comma).and_then(|_| year(toks, after + comma, t)).map(|y| y.0);
    Some((first, m, year))
}

/// The day at `i` that ends a range whose month stands at its beginning: "15" in "Aug. 13-15".
pub(super) fn second_of_range(toks: &[Tok], i: usize, t: &Tables) -> Option<Day> {
    let second = day(toks.get(i)?, t)?;
    let before = |n: usize| i.checked_sub(n);
    let the = usize::from(toks.get(before(1)?)?.low == "the");
    links(toks.get(before(1 + the)?)?).then_some(())?;
    let first_at = before(2 + the)?;
    day(&toks[first_at], t).filter(|d| *d < second)?;
    let stop = usize::from(first_at.checked_sub(1).is_some_and(|s| toks[s].raw == "."));
    let month_at = first_at.checked_sub(1 + stop)?;
    let (m, len) = month(toks, month_at, t, true).filter(|_| toks[month_at].capital)?;
    (len == 1 + stop).then_some(())?;
    // "on August 13 and 14 boats came"
    let next = toks.get(i + 1);
    let noun =
        next.is_some_and(|n| counted(n, t) || matches!(&*n.low, "percent" | "per" | "%" | "million" | "billion"));
    let comma = usize::from(next.is_some_and(|c| c.raw == ","));
    let year = toks.get(i + 1 + comma).and_then(|_| year(toks, i + 1 + comma, t)).map(|y| y.0);
    (!noun).then_some((second, m, year))
}

/// The year that two digits at `i` mean behind a year: "18" in "1914-18", "01" in "1999-01" (2001).
pub(super) fn end_of_years(toks: &[Tok], i: usize, t: &Tables) -> Option<i16> {
    let short: i16 = two_digits(toks.get(i)?.raw)?;
    let (first, _) = year(toks, i.checked_sub(2)?, t).filter(|(_, len)| *len == 1)?;
    let glued = toks[i].glued && toks[i - 1].glued;
    let more = toks.get(i + 1).is_some_and(|n| n.glued && (n.is_hyphen() || n.raw == "/"));
    let year = first / 100 * 100 + short;
    let year = if year <= first { year + 100 } else { year };
    (glued && !more && year - first < 50).then_some(year)
}

/// The value of the end of a range that was reckoned without its beginning: "Friday" in "Monday to Friday" is the
/// Friday after that Monday, "July" in "May to July" the July after that May. `between` is what parts the two.
pub(super) fn end_after(first: &Time, second: &Time, between: &str) -> Option<String> {
    let linked = matches!(between.trim(), "to" | "until" | "till" | "through" | "-" | "–" | "—");
    if !linked || first.kind != TimeKind::Date || second.kind != TimeKind::Date {
        return None;
    }
    match (first.rule.as_str(), second.rule.as_str()) {
        ("date-weekday", "date-weekday") => {
            let (from, to) = (first.value.parse::<Date>().ok()?, second.value.parse::<Date>().ok()?);
            let days = i64::from(to.since(from).ok()?.get_days()).rem_euclid(7);
            super::anchor::add_days(from, days).map(|d| d.to_string())
        }
        ("date-month", "date-month") => {
            let (year, from) = first.value.split_once('-')?;
            let (_, to) = second.value.split_once('-')?;
            let year: i16 = year.parse().ok()?;
            (to.len() == 2).then(|| format!("{:04}-{to}", if to < from { year + 1 } else { year }))
        }
        _ => None,
    }
}

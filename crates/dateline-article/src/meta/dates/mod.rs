//! Dates as pages write them, brought to ISO 8601 exactly as precise as they are written and no more.
//!
//! Machine forms (ISO 8601, RFC 822, Unix seconds), written forms in the languages of
//! [`dateline_lexicon::months`], and paths of addresses. What cannot be a date says why ([`Refused`]).

mod clock;
mod grammar;
pub(crate) mod labels;
mod tokens;

#[cfg(test)]
mod tests;

use grammar::{Order, Reader};
use jiff::civil::Date;
use std::ops::Range;
use tokens::{Kind, tokens};

/// Longest line that is searched for dates, in bytes; what stands after it is not looked at.
const LINE_CAP: usize = 2000;
/// Years outside of these are slips of a template, not dates of news.
const YEARS: Range<i16> = 1700..2101;

/// What is known about the page a date stands on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hint<'h> {
    /// BCP 47 tag of the page's language; decides the order of day and month and which month a form means.
    pub(crate) language: Option<&'h str>,
    /// The page's address; its country decides the order where the language does not.
    pub(crate) url: Option<&'h str>,
}

/// A date found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Bytes of the line, with the time of day and day of the week that belong to it.
    pub(crate) range: Range<usize>,
    /// ISO 8601.
    pub(crate) iso: String,
}

/// Why something that looks like a date is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// No form of date was recognised.
    #[error("not a date in a form that is known")]
    Unknown,
    /// There is no such day in the calendar.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// The year is outside of 1700 to 2100.
    #[error("the year is outside of 1700 to 2100")]
    AbsurdYear,
    /// 1 January 1970 UTC: a field nobody filled in.
    #[error("1 January 1970, a field that was never filled in")]
    Epoch,
}

/// Reads a field that holds a date and nothing else of weight ("2024-01-26T10:06:00+02:00", "January 26, 2024").
pub(crate) fn parse(text: &str, hint: Hint<'_>) -> Option<String> {
    parse_or_why(text, hint).ok()
}

/// As [`parse`], and says why not.
///
/// # Errors
/// [`Refused`].
pub(crate) fn parse_or_why(text: &str, hint: Hint<'_>) -> Result<String, Refused> {
    let text = text.trim();
    if let Some(iso) = unix_time(text) {
        return iso;
    }
    let line = prefix(text);
    let tokens = tokens(line);
    let mut reader = Reader { line, tokens: &tokens, hint, refused: Refused::Unknown };
    for at in 0..tokens.len() {
        if let Some(date) = reader.date(at).or_else(|| reader.month_of_year(at)) {
            return Ok(reader.with_clock(&date).iso);
        }
    }
    match (tokens.as_slice(), reader.refused) {
        ([only], Refused::Unknown) if only.digits(line) == 8 => compact(&line[only.range.clone()]),
        ([only], Refused::Unknown) if only.digits(line) == 4 => year_alone(&line[only.range.clone()]),
        (_, refused) => Err(refused),
    }
}

/// The first date with a day and a year in the line, with the time of day beside it.
pub(crate) fn find_in_line(line: &str, hint: Hint<'_>) -> Option<Found> {
    find_all(line, hint).into_iter().next()
}

/// Every date with a day and a year in the line, in order.
pub(crate) fn find_all(line: &str, hint: Hint<'_>) -> Vec<Found> {
    let line = prefix(line);
    let mut out: Vec<Found> = Vec::new();
    if !line.contains(|c: char| c.is_numeric()) {
        return out;
    }
    let tokens = tokens(line);
    let mut reader = Reader { line, tokens: &tokens, hint, refused: Refused::Unknown };
    let mut at = 0;
    while at < tokens.len() {
        let Some(date) = reader.date(at) else {
            at += 1;
            continue;
        };
        let found = reader.with_clock(&date);
        at = tokens.partition_point(|t| t.range.start < found.range.end).max(at + 1);
        if out.last().is_none_or(|last| last.range.end <= found.range.start) {
            out.push(found);
        }
    }
    out
}

/// The date an address carries in its path ("/2024/01/26/", "/2024/jan/26/", "-20240126", "/2024/01/").
pub(crate) fn from_url(url: &str) -> Option<String> {
    let path = prefix(url);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (_, path) = path.split_once('/')?;
    let tokens = tokens(path);
    for (i, t) in tokens.iter().enumerate() {
        if t.digits(path) == 8
            && t.number.is_some_and(|n| (19_900_101..=21_001_231).contains(&n))
            && let Ok(iso) = compact(&path[t.range.clone()])
        {
            return Some(iso);
        }
        if t.digits(path) != 4 || !t.number.is_some_and(|n| (1990..=2100).contains(&n)) {
            continue;
        }
        if let Some(iso) = year_first_path(path, &tokens[i..]) {
            return Some(iso);
        }
    }
    None
}

/// Year, month and perhaps day, parted by one "/" or "-" each.
fn year_first_path(path: &str, t: &[tokens::Token]) -> Option<String> {
    let separator = |k: usize| t.get(k).is_some_and(|x| matches!(x.kind, Kind::Mark('/' | '-')));
    let year = i16::try_from(t.first()?.number?).ok()?;
    let month = t.get(2).filter(|_| separator(1))?;
    let number = match month.number {
        Some(n) if month.digits(path) <= 2 => i8::try_from(n).ok()?,
        None => i8::try_from(dateline_lexicon::months::month(&path[month.range.clone()], Some("en"))?).ok()?,
        Some(_) => return None,
    };
    let day = t.get(4).filter(|d| separator(3) && (1..=2).contains(&d.digits(path)));
    match day.and_then(|d| i8::try_from(d.number?).ok()) {
        Some(day) => Some(Date::new(year, number, day).ok()?.to_string()),
        None if t.get(3).is_none_or(|x| x.kind == Kind::Mark('/')) && (1..=12).contains(&number) => {
            Some(format!("{year:04}-{number:02}"))
        }
        None => None,
    }
}

/// The day of the week of an ISO date with a day, Monday is 1.
pub(crate) fn weekday_of(iso: &str) -> Option<u8> {
    let date: Date = iso.get(..10)?.parse().ok()?;
    u8::try_from(date.weekday().to_monday_one_offset()).ok()
}

/// The day `days` after an ISO date's day, as "2024-01-26".
pub(crate) fn days_after(iso: &str, days: i64) -> Option<String> {
    let date: Date = iso.get(..10)?.parse().ok()?;
    Some(date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?.to_string())
}

/// Seconds or milliseconds since 1970 in UTC, where the text is 10 or 13 digits.
fn unix_time(text: &str) -> Option<Result<String, Refused>> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text.get(..10)?.parse().ok()?;
    let stamp = jiff::Timestamp::from_second(seconds).ok()?;
    if seconds < 86_400 {
        return Some(Err(Refused::Epoch));
    }
    Some(Ok(stamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()))
}

/// "20240126".
fn compact(digits: &str) -> Result<String, Refused> {
    let part = |range: Range<usize>| digits.get(range).and_then(|p| p.parse::<i64>().ok()).ok_or(Refused::Unknown);
    grammar::checked(part(0..4)?, part(4..6)?, part(6..8)?).map(|d| d.to_string())
}

fn year_alone(digits: &str) -> Result<String, Refused> {
    let year = digits.parse::<i16>().map_err(|_| Refused::Unknown)?;
    if YEARS.contains(&year) { Ok(digits.to_owned()) } else { Err(Refused::AbsurdYear) }
}

/// As much of the text as is looked at, cut on a character boundary.
fn prefix(text: &str) -> &str {
    let mut end = text.len().min(LINE_CAP);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Which of two small numbers parted by a slash is the day, by language and country.
///
/// English writes it both ways, so English without a country is decided by the address's, or left undecided.
fn order(hint: Hint<'_>) -> Order {
    const MONTH_FIRST: [&str; 4] = ["us", "ph", "fm", "pw"];
    let country =
        hint.language.and_then(|l| l.split(['-', '_']).skip(1).find(|p| p.len() == 2).map(str::to_ascii_lowercase));
    let domain = || {
        let top = dateline_text::host(hint.url?)?.rsplit('.').next()?;
        (top.len() == 2 && !matches!(top, "co" | "io" | "tv" | "me" | "eu" | "ai")).then(|| top.to_ascii_lowercase())
    };
    let language = hint.language.and_then(|l| l.split(['-', '_']).next()).map(str::to_ascii_lowercase);
    match language.as_deref() {
        Some("en") | None => match country.or_else(domain) {
            Some(c) if MONTH_FIRST.contains(&c.as_str()) => Order::MonthFirst,
            Some(_) => Order::DayFirst,
            None => Order::Unknown,
        },
        Some(_) => Order::DayFirst,
    }
}

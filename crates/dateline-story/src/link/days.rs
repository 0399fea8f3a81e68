//! Days: how far apart two articles are, known or guessed from the days they mention.

use crate::Print;
use crate::link::normalise::is_english;
use dateline_text::{WordKind, words};
use serde::{Deserialize, Serialize};

/// Days from a page's own date that a mentioned day may lie and still tell what it is about.
const NEAR: i32 = 14;
/// Days between what an undated page speaks of and the other's days from which they are not of one story.
const FAR: i32 = 45;
/// Words of a text that are looked at for days.
const WORDS: usize = 600;
/// Days kept of an article.
const KEPT: usize = 24;

/// When an article was published and the days it speaks of. Days are counted from 1970-01-01.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// First and last day it may have been published: one day, or the month or year where no more is known.
    pub published: Option<(i32, i32)>,
    /// Days mentioned, with their year.
    pub mentioned: Vec<i32>,
    /// Days mentioned without a year, as month × 100 + day.
    pub yearless: Vec<i32>,
}

/// Days since 1970-01-01 of a proleptic Gregorian date (Hinnant's `days_from_civil`).
fn civil(year: i32, month: i32, day: i32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

pub(super) fn digits(text: &str, range: std::ops::Range<usize>) -> Option<i32> {
    let part = text.get(range)?;
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
}

/// First and last day of an ISO 8601 date as precise as it is; `None` where it is none.
pub fn range(date: &str) -> Option<(i32, i32)> {
    let year = digits(date, 0..4)?;
    let Some(month) = digits(date, 5..7).filter(|m| (1..=12).contains(m)) else {
        return Some((civil(year, 1, 1), civil(year, 12, 31)));
    };
    match digits(date, 8..10).filter(|d| (1..=31).contains(d)) {
        Some(day) => Some((civil(year, month, day), civil(year, month, day))),
        None => Some((civil(year, month, 1), civil(year, month, 31))),
    }
}

/// What the article says of days.
pub fn days_of(print: &Print) -> Days {
    let mut days = Days { published: print.published.as_deref().and_then(range), ..Days::default() };
    let language = print.language.as_deref().unwrap_or("");
    let found = if is_english(language) { Vec::new() } else { mentioned(&print.text, language) };
    for date in print.dates.iter().chain(&found).take(KEPT) {
        match (range(date), digits(date, 5..7), digits(date, 8..10)) {
            (Some((a, b)), ..) if a == b => days.mentioned.push(a),
            (None, Some(month), Some(day)) => match days.day() {
                Some(own) => days.mentioned.push(nearest(month, day, own)),
                None => days.yearless.push(month * 100 + day),
            },
            _ => {}
        }
    }
    for list in [&mut days.mentioned, &mut days.yearless] {
        list.sort_unstable();
        list.dedup();
    }
    days
}

/// The day of that month and day which lies nearest to another.
fn nearest(month: i32, day: i32, own: i32) -> i32 {
    let year = 1970 + own.div_euclid(365);
    (year - 1..=year + 1).map(|y| civil(y, month, day)).min_by_key(|d| (d - own).abs()).unwrap_or(own)
}

/// Days that a text in a language other than English mentions, as ISO 8601 with `XXXX` for a year not given: a number
/// and a month's name, or three numbers. English text has its days from the reading.
fn mentioned(text: &str, language: &str) -> Vec<String> {
    let all = words(text);
    let number = |at: usize| all.get(at).filter(|w| w.kind == WordKind::Number).map(|w| w.of(text));
    let small = |at: usize, most: i32| number(at)?.parse::<i32>().ok().filter(|n| (1..=most).contains(n));
    let year = |at: usize| number(at)?.parse::<i32>().ok().filter(|y| (1990..2100).contains(y));
    let mut out = Vec::new();
    for at in 0..all.len().min(WORDS) {
        if let Some(date) = number(at).and_then(dotted) {
            out.push(date);
            continue;
        }
        let Some(day) = small(at, 31) else { continue };
        let stop = usize::from(all.get(at + 1).is_some_and(|w| w.of(text) == "."));
        let name = all.get(at + 1 + stop).filter(|w| w.kind == WordKind::Letters).map(|w| w.of(text));
        let Some(month) = name.and_then(|n| dateline_lexicon::months::month(n, Some(language))) else { continue };
        let year = year(at + 2 + stop).map_or("XXXX".to_owned(), |y| y.to_string());
        out.push(format!("{year}-{month:02}-{day:02}"));
    }
    out
}

/// "17.01.2023", which is one number to the splitter.
pub(super) fn dotted(number: &str) -> Option<String> {
    let mut parts = number.split('.').map(|p| p.parse::<i32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    let fits = (1..=31).contains(&day) && (1..=12).contains(&month) && (1990..2100).contains(&year);
    (fits && parts.next().is_none()).then(|| format!("{year}-{month:02}-{day:02}"))
}

impl Days {
    /// The day of publication where exactly known.
    pub fn day(&self) -> Option<i32> {
        self.published.filter(|(a, b)| a == b).map(|(a, _)| a)
    }

    /// Days between two publications; 0 where they may be the same day, `None` where one is unknown.
    pub fn apart(&self, other: &Days) -> Option<i32> {
        let (a, b) = (self.published?, other.published?);
        Some((a.0 - b.1).max(b.0 - a.1).max(0))
    }

    /// Whether the two may be of one story: at most `window` days apart, or, where one is undated, speaking of days that
    /// are not far apart.
    pub fn near(&self, other: &Days, window: i32) -> bool {
        match self.apart(other) {
            Some(days) => days <= window,
            None => self.gap(other).is_none_or(|gap| gap <= FAR),
        }
    }

    /// Days it mentions that lie close to its own date, or all where it has none; its own day too.
    fn about(&self) -> impl Iterator<Item = i32> + Clone + '_ {
        let own = self.day();
        let near = move |d: &i32| own.is_none_or(|o| (o - NEAR..=o + NEAR).contains(d));
        self.mentioned.iter().copied().filter(near).chain(own)
    }

    /// Least distance between the days the two are about, at most 400; `None` where one has none. Days without a
    /// year are set against the other's within the year.
    pub fn gap(&self, other: &Days) -> Option<i32> {
        let (a, b) = (self.about(), other.about());
        let dated = a.clone().flat_map(|x| b.clone().map(move |y| (x - y).abs()));
        let left = self.yearless.iter().flat_map(|x| b.clone().map(move |y| within_year(*x, y)));
        let right = other.yearless.iter().flat_map(|x| a.clone().map(move |y| within_year(*x, y)));
        let neither = self.yearless.iter().flat_map(|x| other.yearless.iter().map(|y| within_year(*x, of_2001(*y))));
        dated.chain(left).chain(right).chain(neither).min().map(|d| d.min(400))
    }

    /// Whether the two mention a common day; `None` where one of them mentions none.
    pub fn share_day(&self, other: &Days) -> Option<bool> {
        let silent = |d: &Days| d.mentioned.is_empty() && d.yearless.is_empty();
        if silent(self) || silent(other) {
            return None;
        }
        let fits = |d: &Days, yearless: &i32| d.mentioned.iter().any(|m| within_year(*yearless, *m) == 0);
        Some(
            self.mentioned.iter().any(|d| other.mentioned.binary_search(d).is_ok())
                || self.yearless.iter().any(|d| other.yearless.binary_search(d).is_ok() || fits(other, d))
                || other.yearless.iter().any(|d| fits(self, d)),
        )
    }
}

fn of_2001(month_day: i32) -> i32 {
    civil(2001, month_day / 100, month_day % 100)
}

/// Distance of a month and day from a full day, whichever year suits best.
pub(super) fn within_year(month_day: i32, day: i32) -> i32 {
    // near enough: the year before and after are tried as well
    let year = 1970 + day.div_euclid(365);
    (year - 1..=year + 1).map(|y| (civil(y, month_day / 100, month_day % 100) - day).abs()).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_ranges_as_wide_as_they_are_vague() {
        assert_eq!(range("1970-01-02T10:00"), Some((1, 1)));
        assert_eq!(range("1970-02"), Some((31, 61)));
        assert_eq!(range("1970"), Some((0, 364)));
        assert_eq!(range("soon"), None);
    }

    #[test]
    fn days_are_found_in_other_languages() {
        assert_eq!(mentioned("Sejm zebrał się 5 lipca 2018 r.", "pl"), ["2018-07-05"]);
        assert_eq!(mentioned("Am 3. Mai und am 04.05.2021", "de"), ["XXXX-05-03", "2021-05-04"]);
    }

    #[test]
    fn a_month_touches_its_days() {
        let a = Days { published: range("2024-03-20"), ..Days::default() };
        let b = Days { published: range("2024-03"), ..Days::default() };
        assert_eq!(a.apart(&b), Some(0));
    }

    #[test]
    fn yearless_days_are_set_against_the_other_date() {
        let undated = Days { yearless: vec![813], ..Days::default() };
        let dated = Days { published: range("2024-11-01"), ..Days::default() };
        assert_eq!(undated.gap(&dated), Some(80));
    }
}

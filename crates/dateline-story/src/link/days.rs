//! Days: how far apart two articles are, known or guessed from the days they mention.

use crate::Print;

/// Days before a page's own date that a mentioned day may lie and still tell what it is about.
const RECENT: i32 = 14;

/// When an article was published and the days it speaks of. Days are counted from 1970-01-01.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

fn digits(text: &str, range: std::ops::Range<usize>) -> Option<i32> {
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
    for date in &print.dates {
        match range(date) {
            Some((a, b)) if a == b => days.mentioned.push(a),
            Some(_) => {}
            None => {
                if let (Some(m), Some(d)) = (digits(date, 5..7), digits(date, 8..10)) {
                    days.yearless.push(m * 100 + d);
                }
            }
        }
    }
    days.mentioned.sort_unstable();
    days.mentioned.dedup();
    days.yearless.sort_unstable();
    days.yearless.dedup();
    days
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

    /// Days it mentions that lie close before its own date, or all where it has none; its own day too.
    fn about(&self) -> Vec<i32> {
        let own = self.day();
        let near = |d: &&i32| own.is_none_or(|o| (o - RECENT..=o + RECENT).contains(*d));
        self.mentioned.iter().filter(near).copied().chain(own).collect()
    }

    /// Whether the two speak of a common day; `None` where one of them names none.
    pub fn share_day(&self, other: &Days) -> Option<bool> {
        if self.mentioned.is_empty() || other.mentioned.is_empty() {
            return None;
        }
        Some(self.mentioned.iter().any(|d| other.mentioned.binary_search(d).is_ok()))
    }

    /// Least distance between the days the two are about, at most 400; `None` where one has none. Days without a
    /// year are set against the other's day within the year.
    pub fn gap(&self, other: &Days) -> Option<i32> {
        let (a, b) = (self.about(), other.about());
        let dated = a.iter().flat_map(|x| b.iter().map(move |y| (x - y).abs()));
        let left = self.yearless.iter().flat_map(|x| b.iter().map(move |y| within_year(*x, *y)));
        let right = other.yearless.iter().flat_map(|x| a.iter().map(move |y| within_year(*x, *y)));
        dated.chain(left).chain(right).min().map(|d| d.min(400))
    }
}

/// Distance of a month and day from a full day, whichever year suits best.
fn within_year(month_day: i32, day: i32) -> i32 {
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

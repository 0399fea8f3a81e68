//! The article's date as the point that other times are reckoned from, and calendar arithmetic on it.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A date as precise as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Anchor {
    /// Year, where known.
    pub year: Option<i16>,
    /// Month 1 to 12, where known.
    pub month: Option<i8>,
    /// The day itself, where known.
    pub date: Option<Date>,
}

impl Anchor {
    /// Reads the front of an ISO 8601 date or date and time; anything else is no date.
    pub(crate) fn parse(iso: Option<&str>) -> Anchor {
        let Some(iso) = iso else { return Anchor::default() };
        let mut parts = iso.split(['T', ' ']).next().unwrap_or("").split('-');
        let mut number = |len: usize| parts.next().filter(|p| p.len() == len).and_then(|p| p.parse::<i16>().ok());
        let Some(year) = number(4).filter(|y| (1000..=2999).contains(y)) else { return Anchor::default() };
        let Some(month) = number(2).and_then(|m| i8::try_from(m).ok()).filter(|m| (1..=12).contains(m)) else {
            return Anchor { year: Some(year), ..Anchor::default() };
        };
        let date = number(2).and_then(|d| i8::try_from(d).ok()).and_then(|d| Date::new(year, month, d).ok());
        Anchor { year: Some(year), month: Some(month), date }
    }
}

/// The date so many days away.
pub(crate) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(days.clamp(-400_000, 400_000).days()).ok()
}

/// The month so many months away.
pub(crate) fn add_months(year: i16, month: i8, months: i64) -> Option<(i16, i8)> {
    let all = i64::from(year) * 12 + i64::from(month) - 1 + months.clamp(-100_000, 100_000);
    let (y, m) = (all.div_euclid(12), all.rem_euclid(12) + 1);
    (1..=9999).contains(&y).then_some((i16::try_from(y).ok()?, i8::try_from(m).ok()?))
}

/// ISO week of the date as a TIMEX3 value ("2024-W33").
pub(crate) fn week(date: Date) -> String {
    let iso = date.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

/// Monday 1 to Sunday 7.
pub(crate) fn weekday(date: Date) -> i64 {
    i64::from(date.weekday().to_monday_one_offset())
}

/// The fourth Thursday of November, for Thanksgiving; Western Easter by the anonymous Gregorian computus.
pub(crate) fn movable(name: &str, year: i16) -> Option<Date> {
    match name {
        "thanksgiving" => Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok(),
        "easter" => {
            let y = i32::from(year);
            let (a, b, c) = (y % 19, y / 100, y % 100);
            let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
            let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
            let m = (a + 11 * h + 22 * l) / 451;
            let n = h + l - 7 * m + 114;
            Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_precise_as_it_is_written() {
        assert_eq!(Anchor::parse(Some("2023-04")), Anchor { year: Some(2023), month: Some(4), date: None });
        assert_eq!(Anchor::parse(Some("2024-02-30")).date, None);
        assert_eq!(Anchor::parse(Some("2024-01-26T10:06")).date, Date::new(2024, 1, 26).ok());
        assert_eq!(Anchor::parse(Some("żółw-01")), Anchor::default());
    }

    #[test]
    fn easter_and_thanksgiving_move() {
        assert_eq!(movable("easter", 2024), Date::new(2024, 3, 31).ok());
        assert_eq!(movable("thanksgiving", 1999), Date::new(1999, 11, 25).ok());
    }

    #[test]
    fn months_wrap_around_the_year() {
        assert_eq!(add_months(2024, 1, -1), Some((2023, 12)));
        assert_eq!(add_months(2024, 11, 14), Some((2026, 1)));
    }
}

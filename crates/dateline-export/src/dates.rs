//! From the dates that texts name to places on a calendar.

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// What a date covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum When {
    /// Whole days: the first, and the one after the last.
    Days(Date, Date),
    /// A time of day, at the place that the text speaks of.
    Local(DateTime),
    /// A moment.
    Moment(Timestamp),
}

/// The place on a calendar of a TIMEX3 value or ISO 8601 date, and how exact it is: "day", "week", "month", "year" or
/// "time". `None` for what names no place ("PAST_REF", a season, a date without its year, the 31st of February).
pub(crate) fn when(value: &str) -> Option<(When, &'static str)> {
    let number = |from: usize, to: usize| -> Option<i16> {
        let digits = value.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let year = number(0, 4)?;
    let days = |first: Date, length: Span| Some(When::Days(first, first.checked_add(length).ok()?));
    let part = |from: usize, to: usize| -> Option<i8> { i8::try_from(number(from, to)?).ok() };
    let dash = |at: usize| value.as_bytes().get(at) == Some(&b'-');
    match value.len() {
        4 => Some((days(Date::new(year, 1, 1).ok()?, Span::new().years(1))?, "year")),
        7 if dash(4) => Some((days(Date::new(year, part(5, 7)?, 1).ok()?, Span::new().months(1))?, "month")),
        8 if dash(4) && value.as_bytes().get(5) == Some(&b'W') => {
            let monday = ISOWeekDate::new(year, part(6, 8)?, Weekday::Monday).ok()?.date();
            Some((days(monday, Span::new().weeks(1))?, "week"))
        }
        10 if dash(4) && dash(7) => {
            Some((days(Date::new(year, part(5, 7)?, part(8, 10)?).ok()?, Span::new().days(1))?, "day"))
        }
        16.. if value.as_bytes().get(10) == Some(&b'T') => Some((time(value)?, "time")),
        _ => None,
    }
}

fn time(value: &str) -> Option<When> {
    match value.parse::<Timestamp>() {
        Ok(moment) => Some(When::Moment(moment)),
        Err(_) => value.parse::<DateTime>().ok().map(When::Local),
    }
}

/// A date of any precision as a moment in UTC, its earliest where it is not exact; a time without its zone counts as
/// UTC.
pub(crate) fn moment(value: &str) -> Option<Timestamp> {
    let utc = |local: DateTime| local.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    match when(value)?.0 {
        When::Moment(moment) => Some(moment),
        When::Local(local) => utc(local),
        When::Days(first, _) => utc(first.at(0, 0, 0, 0)),
    }
}

/// A moment as RFC 3339 has it, in whole seconds.
pub(crate) fn rfc3339(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_a_calendar() {
        let told = |v: &str| when(v).map(|(w, exact)| (format!("{w:?}"), exact));
        assert_eq!(told("2024-02-29"), Some(("Days(2024-02-29, 2024-03-01)".into(), "day")));
        assert_eq!(told("2024-12"), Some(("Days(2024-12-01, 2025-01-01)".into(), "month")));
        assert_eq!(told("2024"), Some(("Days(2024-01-01, 2025-01-01)".into(), "year")));
        assert_eq!(told("2024-W05"), Some(("Days(2024-01-29, 2024-02-05)".into(), "week")));
        assert_eq!(told("2024-01-26T10:06"), Some(("Local(2024-01-26T10:06:00)".into(), "time")));
        assert_eq!(told("2024-01-26T10:06+02:00"), Some(("Moment(2024-01-26T08:06:00Z)".into(), "time")));
        for bad in [
            "2023-02-29",
            "2024-SU",
            "PAST_REF",
            "XXXX-08-13",
            "2024-W99",
            "199",
            "2024-01-26TMO",
            "",
            "ąęćźżółń",
            "9999",
            "2024-1-1x",
            "20a4",
            "202",
        ] {
            assert_eq!(when(bad), None, "{bad}");
        }
    }

    #[test]
    fn moments_are_in_utc() {
        let of = |v: &str| moment(v).map(rfc3339);
        assert_eq!(of("2024-01-26T10:06:07.5+02:00").as_deref(), Some("2024-01-26T08:06:07Z"));
        assert_eq!(of("2024-01-26T10:06").as_deref(), Some("2024-01-26T10:06:00Z"));
        assert_eq!(of("2024-01").as_deref(), Some("2024-01-01T00:00:00Z"));
        assert_eq!(of("yesterday"), None);
    }
}

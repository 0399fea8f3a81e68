//! Dates of any precision as stretches of time, and their short forms.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Precision {
    Year,
    Month,
    Day,
    Minute,
}

/// A stretch of time in days since 1 January 1970, its end not in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct When {
    pub start: f64,
    pub end: f64,
    pub precision: Precision,
}

impl When {
    /// Reads "2026", "2026-04", "2026-04-03", "2026-04-03T08:10" and the same with seconds and an offset. Where there is
    /// an offset the moment is taken, else the clock as it is. Nothing for other forms ("2026-W15", "XXXX-08-13").
    pub(crate) fn read(iso: &str) -> Option<When> {
        let iso = iso.trim();
        let (date, time) = iso.split_once(['T', ' ']).map_or((iso, None), |(d, t)| (d, Some(t)));
        let mut parts = date.split('-');
        let digits = |p: &str, n: usize| -> Option<i16> {
            (p.len() == n && p.bytes().all(|b| b.is_ascii_digit())).then(|| p.parse().ok()).flatten()
        };
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|p| digits(p, 2));
        let day = parts.next().map(|p| digits(p, 2));
        if parts.next().is_some() {
            return None;
        }
        let at = |y: i16, m: i16, d: i16| -> Option<f64> { Some(day_number(Date::new(y, m as i8, d as i8).ok()?)) };
        Some(match (month, day) {
            (None, _) => When { start: at(year, 1, 1)?, end: at(year + 1, 1, 1)?, precision: Precision::Year },
            (Some(month), None) => {
                let month = month?;
                let (y, m) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                When { start: at(year, month, 1)?, end: at(y, m, 1)?, precision: Precision::Month }
            }
            (Some(month), Some(day)) => {
                let start = at(year, month?, day?)?;
                match time.and_then(minutes) {
                    Some(minutes) => {
                        let start = start + minutes / 1440.0;
                        When { start, end: start, precision: Precision::Minute }
                    }
                    None => When { start, end: start + 1.0, precision: Precision::Day },
                }
            }
        })
    }

    /// The day, month or year alone, as the date has it on its own clock.
    pub(crate) fn day(iso: &str) -> Option<When> {
        When::read(iso.get(..10).unwrap_or(iso))
    }

    pub(crate) fn middle(&self) -> f64 {
        (self.start + self.end) / 2.0
    }
}

/// Minutes since midnight UTC of "08:10", "08:10:30", "08:10+02:00", "08:10Z".
fn minutes(time: &str) -> Option<f64> {
    let clock = |t: &str| -> Option<f64> {
        let (h, m) = (t.get(..2)?.parse::<u8>().ok()?, t.get(3..5)?.parse::<u8>().ok()?);
        (t.as_bytes().get(2) == Some(&b':') && h < 24 && m < 60).then(|| f64::from(h) * 60.0 + f64::from(m))
    };
    let offset = time.char_indices().skip(5).find(|(_, c)| matches!(c, '+' | '-' | '−'));
    let behind = match offset {
        Some((at, sign)) => {
            let rest = time.get(at + sign.len_utf8()..)?;
            let rest = if rest.len() == 4 && rest.is_ascii() {
                format!("{}:{}", &rest[..2], &rest[2..])
            } else {
                rest.to_owned()
            };
            clock(&rest).unwrap_or(0.0) * if sign == '+' { 1.0 } else { -1.0 }
        }
        None => 0.0,
    };
    Some(clock(time)? - behind)
}

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

/// Days since 1 January 1970.
pub(crate) fn day_number(date: Date) -> f64 {
    f64::from((date - epoch()).get_days())
}

/// The date of a day number; the nearest that there is for numbers out of range.
pub(crate) fn date_of(day: f64) -> Date {
    let days = day.floor().clamp(-4_000_000.0, 2_900_000.0) as i64;
    epoch().checked_add(jiff::Span::new().days(days)).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

pub(crate) fn month_name(date: Date) -> &'static str {
    MONTHS.get(usize::from(date.month().unsigned_abs()).wrapping_sub(1)).copied().unwrap_or("")
}

/// "3 Apr".
pub(crate) fn day_month(date: Date) -> String {
    format!("{} {}", date.day(), month_name(date))
}

/// "2026-04-03T08:10" → "3 Apr 2026, 08:10"; "2026-04" → "Apr 2026"; what cannot be read stays as it is.
pub(crate) fn short(iso: &str) -> String {
    let Some(when) = When::day(iso) else { return iso.to_owned() };
    let date = date_of(when.start);
    match when.precision {
        Precision::Year => format!("{}", date.year()),
        Precision::Month => format!("{} {}", month_name(date), date.year()),
        Precision::Day | Precision::Minute => {
            let clock = iso.get(11..16).filter(|c| minutes(c).is_some());
            let clock = clock.map(|c| format!(", {c}")).unwrap_or_default();
            format!("{} {}{clock}", day_month(date), date.year())
        }
    }
}

/// "3–20 Apr 2026": first and last day in as few words as say it.
pub(crate) fn stretch(first: f64, last: f64) -> String {
    let (a, b) = (date_of(first), date_of(last));
    if a == b {
        format!("{} {}", day_month(a), a.year())
    } else if (a.year(), a.month()) == (b.year(), b.month()) {
        format!("{}–{} {}", a.day(), day_month(b), b.year())
    } else if a.year() == b.year() {
        format!("{} – {} {}", day_month(a), day_month(b), b.year())
    } else {
        format!("{} {} – {} {}", day_month(a), a.year(), day_month(b), b.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_any_precision_are_stretches() {
        let days = |iso: &str| When::read(iso).map(|w| (w.end - w.start).round() as i64);
        assert_eq!(days("2024"), Some(366));
        assert_eq!(days("2026-02"), Some(28));
        assert_eq!(days("2026-12"), Some(31));
        assert_eq!(days("2026-04-03"), Some(1));
        assert_eq!(days("2026-04-03T08:10"), Some(0));
        for bad in ["", "2026-W15", "XXXX-08-13", "2026-13", "2026-02-30", "9999", "é026-01-01", "2026-1-1"] {
            assert_eq!(days(bad), None, "{bad}");
        }
    }

    #[test]
    fn offsets_are_taken_off() {
        let at = |iso: &str| When::read(iso).map(|w| w.start);
        assert_eq!(at("2026-04-03T08:10+02:00"), at("2026-04-03T06:10Z"));
        assert_eq!(at("2026-04-03T08:10:30-0130"), at("2026-04-03T09:40"));
    }

    #[test]
    fn dates_read_as_people_write_them() {
        assert_eq!(short("2026-04-03T08:10+02:00"), "3 Apr 2026, 08:10");
        assert_eq!(short("2026-04"), "Apr 2026");
        assert_eq!(short("2026-W15"), "2026-W15");
        let day = |iso: &str| When::read(iso).map(|w| w.start).unwrap_or(0.0);
        assert_eq!(stretch(day("2026-04-03"), day("2026-04-20")), "3–20 Apr 2026");
        assert_eq!(stretch(day("2025-12-30"), day("2026-01-02")), "30 Dec 2025 – 2 Jan 2026");
    }
}

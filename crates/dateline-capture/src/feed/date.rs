//! Dates of feeds: RFC 822 as feeds write it, into ISO 8601.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static ZONES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../../data/zones.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .collect()
});

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// "Fri, 26 Jan 2024 10:06:00 +0200" as "2024-01-26T10:06:00+02:00": local time, the offset kept where one is named.
///
/// A wrong weekday is passed over, a year of two digits is one of 1970 to 2069. Anything else (another form, a day
/// that no calendar has) comes back as the feed wrote it, for the step that reads dates to judge.
pub(crate) fn iso(written: &str) -> String {
    rfc822(written).unwrap_or_else(|| written.trim().to_owned())
}

fn rfc822(written: &str) -> Option<String> {
    let mut words = written.split([' ', '\t', '\n', '\r', ',']).filter(|w| !w.is_empty()).peekable();
    if words.peek()?.starts_with(|c: char| c.is_alphabetic()) {
        words.next();
    }
    let day: u32 = words.next()?.parse().ok()?;
    let name = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| name.get(..3) == Some(m))? as u32 + 1;
    let year = year(words.next()?)?;
    if day == 0 || day > days(year, month) {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    let Some(clock) = words.next() else { return Some(date) };
    let mut parts = clock.split(':');
    let mut number = |below: u32| parts.next().and_then(|p| p.parse::<u32>().ok()).filter(|n| *n < below);
    let (hour, minute, second) = (number(24)?, number(60)?, number(61));
    let mut out = format!("{date}T{hour:02}:{minute:02}");
    if let Some(second) = second {
        out.push_str(&format!(":{:02}", second.min(59)));
    }
    if let Some(offset) = words.next().and_then(offset) {
        out.push_str(&offset);
    }
    Some(out)
}

fn year(word: &str) -> Option<u32> {
    let n: u32 = word.parse().ok()?;
    match word.len() {
        2 if n < 70 => Some(2000 + n),
        2 => Some(1900 + n),
        4 => Some(n),
        _ => None,
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// "+0200", "+02:00" or a zone's abbreviation as "+02:00".
fn offset(zone: &str) -> Option<String> {
    let digits: String = zone.chars().skip(1).filter(|c| *c != ':').collect();
    if zone.starts_with(['+', '-']) && digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(format!("{}{}:{}", &zone[..1], &digits[..2], &digits[2..]));
    }
    ZONES.get(zone.to_ascii_uppercase().as_str()).map(|o| (*o).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_feeds_write() {
        let cases = [
            ("Fri, 26 Jan 2024 10:06:00 +0200", "2024-01-26T10:06:00+02:00"),
            ("Mon, 26 Jan 24 10:06 EET", "2024-01-26T10:06+02:00"),
            ("26 January 2024", "2024-01-26"),
            ("Fri,26 Jan 2024 10:06:00 GMT", "2024-01-26T10:06:00+00:00"),
            ("2024-01-26T10:06:00+02:00", "2024-01-26T10:06:00+02:00"),
            ("Mon, 30 Feb 2024 10:00:00 GMT", "Mon, 30 Feb 2024 10:00:00 GMT"),
            ("Пт, 26 янв 2024 10:06:00 +0200", "Пт, 26 янв 2024 10:06:00 +0200"),
            ("Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59+00:00"),
            (" 0 ", "0"),
            ("", ""),
        ];
        for (written, want) in cases {
            assert_eq!(iso(written), want);
        }
    }
}

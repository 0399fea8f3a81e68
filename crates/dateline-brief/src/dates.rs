//! Dates in words, as a brief sets them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "2024-01-26T10:06" → "26 January 2024, 10:06"; "2023-04" → "April 2023". Anything else stays as it is.
///
/// ```
/// assert_eq!(dateline_brief::day_words("2024-01-26T10:06:00+02:00"), "26 January 2024, 10:06");
/// assert_eq!(dateline_brief::day_words("2023-04"), "April 2023");
/// assert_eq!(dateline_brief::day_words("XXXX-08-13"), "13 August (no year)");
/// assert_eq!(dateline_brief::day_words("2023-W15"), "2023-W15");
/// ```
pub fn day_words(iso: &str) -> String {
    let (date, time) = iso.split_once(['T', ' ']).unwrap_or((iso, ""));
    let mut parts = date.split('-');
    let (year, month, day, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
    let number = |p: Option<&str>| p.filter(|p| p.len() == 2).and_then(|p| p.parse::<usize>().ok());
    let month_name = number(month).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    let (Some(year), Some(month), None) = (year, month_name, rest) else {
        return iso.to_owned();
    };
    let mut out = match (day, number(day)) {
        (None, _) => return format!("{month} {year}"),
        (_, Some(d)) if year == "XXXX" => return format!("{d} {month} (no year)"),
        (_, Some(d)) => format!("{d} {month} {year}"),
        _ => return iso.to_owned(),
    };
    if let Some(clock) = time.get(..5).filter(|c| c.as_bytes()[2] == b':') {
        out.push_str(", ");
        out.push_str(clock);
    }
    out
}

/// The day of an ISO date, or as much of it as there is.
pub(crate) fn day(iso: &str) -> &str {
    iso.get(..10).unwrap_or(iso)
}

/// First and last day in words: one where they are the same.
pub(crate) fn range_words(days: &(String, String)) -> String {
    let (first, last) = (day(&days.0), day(&days.1));
    if first == last { day_words(first) } else { format!("{} – {}", day_words(first), day_words(last)) }
}

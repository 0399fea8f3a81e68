//! Days of dates of any precision.

/// The first day that an ISO 8601 date of any precision can mean: "2024" is 2024-01-01.
pub(crate) fn first(date: &str) -> Option<String> {
    let date = date.get(..10).or(Some(date))?;
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let mut parts = date.split('-');
    let year = parts.next().filter(|y| y.len() == 4 && digits(y))?;
    let rest: Vec<&str> = parts.collect();
    if rest.len() > 2 || rest.iter().any(|p| p.len() != 2 || !digits(p)) {
        return None;
    }
    let part = |i: usize, last: &str| rest.get(i).copied().filter(|p| "01" <= *p && *p <= last);
    let month = if rest.is_empty() { "01" } else { part(0, "12")? };
    let day = if rest.len() < 2 { "01" } else { part(1, "31")? };
    Some(format!("{year}-{month}-{day}"))
}

/// The last day that such a date can mean: "2024-02" ends on the 31st, which sorts after every real day of it.
pub(crate) fn last(date: &str) -> Option<String> {
    let first = first(date)?;
    Some(match date.len() {
        4 => format!("{date}-12-31"),
        7 => format!("{date}-31"),
        _ => first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_precision() {
        assert_eq!(first("2024-01-26T10:06+02:00").as_deref(), Some("2024-01-26"));
        assert_eq!(first("2023-04").as_deref(), Some("2023-04-01"));
        assert_eq!((first("2023").as_deref(), last("2023").as_deref()), (Some("2023-01-01"), Some("2023-12-31")));
        assert_eq!(last("2023-02").as_deref(), Some("2023-02-31"));
        for bad in ["", "26 Jan 2024", "2024-13-01", "2024-1-1", "20240126", "2024-01-45", "ąęćźż-óąłśń"] {
            assert_eq!(first(bad), None, "{bad}");
        }
    }
}

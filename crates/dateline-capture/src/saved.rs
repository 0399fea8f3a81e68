//! The comment with which a browser or an archiving tool marks a page it saved: where from, and when.

use crate::feed::iso_date;
use crate::limits;

/// How far into a page the mark stands; it follows the first tag.
const REACH: usize = 16 << 10;

/// What the mark says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Saved {
    /// The page's address.
    pub(crate) url: Option<String>,
    /// When it was saved, ISO 8601.
    pub(crate) at: Option<String>,
}

/// Reads the mark of SingleFile, of monolith, or of a browser ("saved from url=(0024)https://…").
pub(crate) fn mark(bytes: &[u8]) -> Saved {
    let start = &bytes[..bytes.len().min(REACH)];
    for at in memchr::memmem::find_iter(start, b"<!--") {
        let inside = &start[at + 4..];
        let end = memchr::memmem::find(inside, b"-->").unwrap_or(inside.len()).min(4 * limits::MAX_FIELD);
        let comment = String::from_utf8_lossy(&inside[..end]);
        let comment = comment.trim();
        if comment.starts_with("Page saved with SingleFile") {
            let line = |name: &str| comment.lines().find_map(|l| l.trim().strip_prefix(name)).map(str::trim);
            return Saved { url: line("url:").and_then(limits::web), at: line("saved date:").and_then(iso_of_script) };
        }
        if let Some(rest) = comment.strip_prefix("saved from url=(") {
            let address = rest.split_once(')').and_then(|(_, a)| a.split_whitespace().next());
            return Saved { url: address.and_then(limits::web), at: None };
        }
        if let Some((place, time)) = comment.strip_prefix("Saved from ").and_then(|r| r.split_once(" at ")) {
            let time = time.split_once(" using monolith").map(|(t, _)| t.trim());
            if let Some(time) = time {
                return Saved { url: limits::web(place), at: limits::field(time).filter(|t| is_iso(t)) };
            }
        }
    }
    Saved::default()
}

/// A date as JavaScript writes it, "Fri Jan 26 2024 10:06:00 GMT+0200 (…)", in ISO 8601.
fn iso_of_script(written: &str) -> Option<String> {
    let mut words = written.split_whitespace();
    let (_, month, day, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?, words.next()?);
    let zone = words.next().map_or("", |z| z.strip_prefix("GMT").filter(|z| !z.is_empty()).unwrap_or(z));
    let iso = iso_date(&format!("{day} {month} {year} {clock} {zone}"));
    is_iso(&iso).then_some(iso)
}

fn is_iso(date: &str) -> bool {
    let bytes = date.as_bytes();
    bytes.len() >= 10 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-' && bytes[7] == b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tool_has_its_mark() {
        let cases: &[(&str, Option<&str>, Option<&str>)] = &[
            (
                "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://post.test/a?b=1 \n saved \
                 date: Fri Jan 26 2024 10:06:00 GMT+0200 (Eastern European Standard Time)\n--><meta charset=utf-8>",
                Some("https://post.test/a?b=1"),
                Some("2024-01-26T10:06:00+02:00"),
            ),
            (
                "<!-- other --><!-- saved from url=(0021)https://post.test/b --><html>",
                Some("https://post.test/b"),
                None,
            ),
            ("<!-- saved from url=(0014)about:internet -->", None, None),
            (
                "<!-- Saved from https://post.test/c at 2024-01-26T08:06:00Z using monolith v2.8.1 -->",
                Some("https://post.test/c"),
                Some("2024-01-26T08:06:00Z"),
            ),
            ("<!--\n Page saved with SingleFile\n url: javascript:x\n saved date: yesterday\n-->", None, None),
            ("<!-- Saved from the fire at noon -->", None, None),
            ("<!--", None, None),
        ];
        for (page, url, at) in cases {
            let want = Saved { url: url.map(str::to_owned), at: at.map(str::to_owned) };
            assert_eq!(mark(page.as_bytes()), want, "{page}");
        }
    }
}

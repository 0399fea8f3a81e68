//! Writing SVG: numbers of fixed form, text that is never markup, addresses that are never programs.

use dateline_text::{escaped, shown};
use std::fmt::Write;

/// Units of a picture for a page of usual width, and for a phone.
pub(crate) const WIDE: f64 = 720.0;
pub(crate) const NARROW: f64 = 360.0;

/// Letters of a text that are looked at, however long it is.
const MOST_LETTERS: usize = 400;

/// A coordinate with at most one decimal; 0 for what is no number.
pub(crate) fn num(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(-1e6, 1e6) } else { 0.0 };
    let tenths = (value * 10.0).round() as i64;
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    match size % 10 {
        0 => format!("{sign}{}", size / 10),
        rest => format!("{sign}{}.{rest}", size / 10),
    }
}

/// Text for an element or a quoted attribute: one line, of bounded length, nothing hidden or obeyed.
pub(crate) fn text_of(text: &str) -> String {
    escaped(&one_line(text))
}

/// Text as one line of bounded length, not yet escaped.
pub(crate) fn one_line(text: &str) -> String {
    let cut = text.char_indices().nth(MOST_LETTERS).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    let mut line = shown(cut);
    // what XML has no place for, not even escaped
    line.retain(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    if cut.len() < text.len() {
        line.push('…');
    }
    line
}

/// The address as an attribute where it is one that a page may link to: relative, or of the web.
pub(crate) fn href(address: Option<&str>) -> Option<String> {
    let address = address?.trim();
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    let of_web = ["http:", "https:"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
    let plain = !address.is_empty() && address.len() <= 4_000 && !address.chars().any(|c| c.is_control());
    (plain && (of_web || !scheme.contains(':')) && !address.starts_with("//")).then(|| escaped(address))
}

/// What opens a drawing.
pub(crate) struct Frame<'a> {
    pub class: &'a str,
    pub width: f64,
    pub height: f64,
    pub title: &'a str,
    pub summary: &'a str,
    /// Whether something in it can be followed.
    pub links: bool,
}

impl Frame<'_> {
    /// The element around `inner`.
    pub(crate) fn around(&self, inner: &str) -> String {
        let mut out = String::with_capacity(inner.len() + 400);
        let role = if self.links { "group" } else { "img" };
        let _ = write!(
            out,
            "<svg class=\"pic {}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" role=\"{role}\" aria-label=\"{}\"><title>{}</title><desc>{}</desc>",
            self.class,
            num(self.width),
            num(self.height),
            num(self.width),
            num(self.height),
            text_of(self.title),
            text_of(self.title),
            text_of(self.summary)
        );
        out.push_str(inner);
        out.push_str("</svg>");
        out
    }
}

/// Something that may be followed: `inner` with a name that is said and shown when pointed at.
pub(crate) fn linked(out: &mut String, address: Option<&str>, name: &str, inner: &str) {
    let name = text_of(name);
    match href(address) {
        Some(to) => {
            let _ = write!(out, "<a href=\"{to}\"><title>{name}</title>{inner}</a>");
        }
        None => {
            let _ = write!(out, "<g><title>{name}</title>{inner}</g>");
        }
    }
}

/// The same in HTML: words as a link where they have an address.
pub(crate) fn anchor(address: Option<&str>, words: &str) -> String {
    match href(address) {
        Some(to) => format!("<a href=\"{to}\">{}</a>", text_of(words)),
        None => text_of(words),
    }
}

/// A line of text at a point.
pub(crate) fn text(out: &mut String, class: &str, (x, y): (f64, f64), anchor: &str, words: &str) {
    let side = if anchor == "start" { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
    let _ = write!(out, "<text class=\"{class}\" x=\"{}\" y=\"{}\"{side}>{}</text>", num(x), num(y), text_of(words));
}

/// A straight line.
pub(crate) fn line(out: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    let _ = write!(out, "<path class=\"{class}\" d=\"M{} {}", num(from.0), num(from.1));
    match (from.0 == to.0, from.1 == to.1) {
        (_, true) => out.push_str(&format!("H{}\"/>", num(to.0))),
        (true, _) => out.push_str(&format!("V{}\"/>", num(to.1))),
        _ => out.push_str(&format!("L{} {}\"/>", num(to.0), num(to.1))),
    }
}

/// A filled circle.
pub(crate) fn dot(class: &str, (x, y): (f64, f64), radius: f64) -> String {
    format!("<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", num(x), num(y), num(radius))
}

/// An upright rectangle.
pub(crate) fn bar(class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) -> String {
    let (width, height) = (num(width.max(0.0)), num(height.max(0.0)));
    format!("<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\"/>", num(x), num(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_form() {
        let written: Vec<String> = [0.0, -0.04, 1.25, -3.0, 10.06, f64::NAN, f64::INFINITY].map(num).to_vec();
        assert_eq!(written, ["0", "0", "1.3", "-3", "10.1", "0", "0"]);
    }

    #[test]
    fn addresses_are_never_programs() {
        assert_eq!(href(Some("/story/s1?a=1&b=\"")).as_deref(), Some("/story/s1?a=1&amp;b=&quot;"));
        assert_eq!(href(Some("#p1-4")).as_deref(), Some("#p1-4"));
        assert_eq!(href(Some("/search?q=place:Riga")).as_deref(), Some("/search?q=place:Riga"));
        assert!(href(Some("https://ledger.example/a")).is_some());
        for bad in
            ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "java\nscript:x", "//elsewhere.example", ""]
        {
            assert_eq!(href(Some(bad)), None, "{bad}");
        }
    }

    #[test]
    fn text_is_never_markup() {
        assert_eq!(text_of("</svg>\u{202e}\u{0}\u{FFFF}"), "&lt;/svg&gt;[U+202E][U+0000]");
        assert!(text_of(&"x".repeat(10_000)).chars().count() <= MOST_LETTERS + 1);
    }
}

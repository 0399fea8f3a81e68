//! One page a file.

pub(crate) mod article;
pub(crate) mod capture;
pub(crate) mod frame;
pub(crate) mod hand;
pub(crate) mod person;
pub(crate) mod search;
pub(crate) mod stories;
pub(crate) mod story;

use axum::http::header;
use axum::response::IntoResponse;

/// What the pages add to the brief's look.
const SITE: &str = include_str!("../../assets/site.css");

/// The style sheet.
pub(crate) async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, [dateline_brief::html::STYLE, SITE].concat())
}

/// A value for an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn addresses_carry_any_name() {
        assert_eq!(encoded("Kasčiūnas & son"), "Kas%C4%8Di%C5%ABnas%20%26%20son");
    }
}

//! JSON Feed (version 1 and 1.1).

use super::item::{Channel, Item};
use crate::{Capture, CaptureError, ErrorKind, Source};
use serde_json::Value;

/// Captures of a JSON Feed: one an item, in the feed's order.
pub(crate) fn captures(bytes: &[u8], source: &Source) -> Vec<Result<Capture, CaptureError>> {
    let bad = |why: String| vec![Err(CaptureError::new(source.clone(), ErrorKind::BadFeed(why)))];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let feed: Value = match serde_json::from_slice(bytes) {
        Ok(feed) => feed,
        Err(e) => return bad(e.to_string()),
    };
    let channel =
        Channel { title: text(&feed, "title"), link: text(&feed, "home_page_url"), language: text(&feed, "language") };
    let items = feed["items"].as_array().map_or(&[][..], Vec::as_slice);
    let found: Vec<_> = items.iter().filter_map(|i| item(i).capture(&channel, source)).map(Ok).collect();
    if found.is_empty() { bad("no item with a title or text stands in it".to_owned()) } else { found }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().filter(|s| !s.trim().is_empty()).map(str::to_owned)
}

fn item(value: &Value) -> Item {
    let authors = value["authors"].as_array().map_or(&[][..], Vec::as_slice).iter().chain([&value["author"]]);
    Item {
        title: text(value, "title"),
        link: text(value, "url").or_else(|| text(value, "id").filter(|id| id.starts_with("http"))),
        published: text(value, "date_published").or_else(|| text(value, "date_modified")),
        authors: authors.filter_map(|a| text(a, "name")).collect(),
        language: text(value, "language"),
        content: text(value, "content_html").or_else(|| text(value, "content_text")).or_else(|| text(value, "summary")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_their_fields() {
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "home_page_url": "https://p.test",
            "items": [{"id": "1", "url": "https://p.test/1", "title": "A", "content_html": "<p>x", "date_published": "2024-01-26",
            "authors": [{"name": "Jo"}]}, {"id": 2}, 7]}"#;
        let found = captures(feed.as_bytes(), &Source::default());
        assert_eq!(found.len(), 1);
        let one = found[0].as_ref().unwrap();
        assert_eq!((one.bytes.as_slice(), one.given.bylines.as_slice()), (b"<p>x".as_slice(), &["Jo".to_owned()][..]));
        assert!(captures(b"{\"items\": [", &Source::default())[0].is_err());
    }
}

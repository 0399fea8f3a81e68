//! JSON Feed (version 1 and 1.1).

use super::item::{Channel, Item};
use super::text as characters;
use crate::limits::MAX_ITEMS;
use crate::{Capture, CaptureError, ErrorKind, Source};
use serde_json::Value;

/// Attempts to find the next whole item behind a broken one.
const MAX_ATTEMPTS: usize = 64;

/// Captures of a JSON Feed: one an item, in the feed's order. Of a feed that is no JSON, the items that are.
pub(crate) fn captures(bytes: &[u8], source: &Source) -> Vec<Result<Capture, CaptureError>> {
    let bad = |why: String| Err(CaptureError::new(source.clone(), ErrorKind::BadFeed(why)));
    let (feed, note) = characters::decode(bytes, source.charset.as_deref());
    // Control characters, which JSON forbids, say nothing.
    let feed = feed.replace(|c: char| c.is_control(), " ");
    let (head, items, broken) = match serde_json::from_str::<Value>(&feed) {
        Ok(mut whole) => {
            let items = match whole.get_mut("items").map(Value::take) {
                Some(Value::Array(items)) => items,
                _ => Vec::new(),
            };
            (whole, items, None)
        }
        Err(e) => {
            let at = feed.find("\"items\"").unwrap_or(feed.len());
            let (items, lost) = whole_items(&feed[at..]);
            let closed = format!("{}}}", feed[..at].trim_end().trim_end_matches(','));
            let head = serde_json::from_str(&closed).unwrap_or_default();
            (head, items, lost.then(|| format!("{e}; the items that are whole were read")))
        }
    };
    let channel = Channel {
        title: text(&head, "title"),
        link: text(&head, "home_page_url"),
        language: text(&head, "language"),
        note,
    };
    let too_many = items.len() > MAX_ITEMS;
    let items = items.iter().take(MAX_ITEMS);
    let mut found: Vec<_> = items.filter_map(|i| item(i).capture(&channel, source)).map(Ok).collect();
    match broken {
        Some(why) => found.push(bad(why)),
        None if found.is_empty() => found.push(bad("no item with a title or text stands in it".to_owned())),
        None if too_many => found.push(bad(format!("more than {MAX_ITEMS} items; the rest was left out"))),
        None => {}
    }
    found
}

/// The objects of an array whose end or middle is broken, and whether something was passed over.
fn whole_items(text: &str) -> (Vec<Value>, bool) {
    let (mut items, mut lost, mut attempts) = (Vec::new(), false, 0);
    let mut rest = text.split_once('[').map_or("", |(_, r)| r);
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() || rest.starts_with(']') {
            return (items, lost);
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                rest = rest.get(values.byte_offset()..).unwrap_or_default();
                items.push(value);
            }
            _ => {
                lost = true;
                attempts += 1;
                let next = rest.match_indices('{').map(|(i, _)| i).find(|i| {
                    *i > 0 && rest.get(..*i).is_some_and(|before| before.trim_end().ends_with([',', '}', '[']))
                });
                match next.filter(|_| attempts < MAX_ATTEMPTS) {
                    Some(i) => rest = rest.get(i..).unwrap_or_default(),
                    None => return (items, lost),
                }
            }
        }
    }
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

    #[test]
    fn of_a_broken_feed_the_whole_items_are_read() {
        let item = |n: u8| format!("{{\"id\": {n}, \"title\": \"Harbour {n}\", \"content_text\": \"It is shut.\"}}");
        let head = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Post\", \"items\": [";
        let cases = [
            (format!("{head}{},{},{{\"id\": 3, \"title\": \"Cut o", item(1), item(2)), 2, true),
            (format!("{head}{},{{\"id\": 9, title: \"no quotes\"}},{}]}}", item(1), item(2)), 2, true),
            (format!("{head}{},{},]}}", item(1), item(2)), 2, false),
            (format!("{head}{},\u{1}{}]}}", item(1), item(2).replace("It is", "It\tis\n")), 2, false),
        ];
        for (feed, want, lost) in cases {
            let found = captures(feed.as_bytes(), &Source::default());
            let items: Vec<_> = found.iter().filter_map(|r| r.as_ref().ok()).collect();
            assert_eq!((items.len(), found.iter().any(Result::is_err)), (want, lost), "{feed}");
            assert_eq!(items[0].given.outlet.as_deref(), Some("Post"));
        }
    }
}

//! RSS and Atom.

use super::entity;
use super::item::{Channel, Item};
use super::scan::{Mark, Scan, attribute};
use super::text;
use crate::limits::MAX_ITEMS;
use crate::{Capture, CaptureError, ErrorKind, Source};

/// Captures of an RSS or Atom feed: one an item, in the feed's order.
pub(crate) fn captures(bytes: &[u8], source: &Source) -> Vec<Result<Capture, CaptureError>> {
    let (text, note) = text::decode(bytes, source.charset.as_deref());
    let (mut channel, items) = items(&text);
    channel.note = note;
    let bad = |why: String| Err(CaptureError::new(source.clone(), ErrorKind::BadFeed(why)));
    let too_many = items.len() > MAX_ITEMS;
    let items = items.into_iter().take(MAX_ITEMS);
    let mut found: Vec<_> = items.filter_map(|i| i.capture(&channel, source)).map(Ok).collect();
    if found.is_empty() {
        found.push(bad("no item with a title or text stands in it".to_owned()));
    } else if too_many {
        found.push(bad(format!("more than {MAX_ITEMS} items; the rest was left out")));
    }
    found
}

/// A field of an item or channel that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    Guid,
    Published,
    Updated,
    Author,
    Language,
    Content,
    /// Holds fields of something else (a picture, the feed an item was taken from).
    Foreign,
}

/// The name without the prefixes that mean RSS or Atom themselves.
fn own_name(name: &str) -> &str {
    ["atom:", "a10:", "rss:"].iter().find_map(|p| name.strip_prefix(p)).unwrap_or(name)
}

fn field(name: &str) -> Option<Field> {
    Some(match own_name(name).to_ascii_lowercase().as_str() {
        "title" => Field::Title,
        "link" => Field::Link,
        "guid" | "feedburner:origlink" => Field::Guid,
        "pubdate" | "published" | "issued" | "dc:date" | "dcterms:issued" | "dc:date.taken" => Field::Published,
        "updated" | "modified" | "lastbuilddate" => Field::Updated,
        "author" | "dc:creator" => Field::Author,
        "language" | "dc:language" => Field::Language,
        "description" | "content:encoded" | "content" | "summary" => Field::Content,
        "source" | "image" | "textinput" | "media:group" | "cloud" => Field::Foreign,
        _ => return None,
    })
}

fn is_item(name: &str) -> bool {
    let name = own_name(name);
    name.eq_ignore_ascii_case("item") || name.eq_ignore_ascii_case("entry")
}

/// The prefix by which the feed's first element says that it is RSS or Atom ("a" of `<a:feed>`).
fn prefix(text: &str) -> Option<&str> {
    let mut scan = Scan::new(text);
    let first = std::iter::from_fn(|| scan.next()).find_map(|mark| match mark {
        Mark::Open { name, .. } => Some(name),
        _ => None,
    });
    let (prefix, local) = first?.split_once(':')?;
    ["feed", "rss", "entry", "channel"].iter().any(|n| local.eq_ignore_ascii_case(n)).then_some(prefix)
}

/// A name without the feed's own prefix.
fn without<'n>(name: &'n str, own: Option<&str>) -> &'n str {
    own.and_then(|p| name.strip_prefix(p)?.strip_prefix(':')).unwrap_or(name)
}

/// A field that is open: what it is, its name as opened, its attributes, and where its inside starts.
struct Open<'a> {
    field: Field,
    name: &'a str,
    attributes: &'a str,
    start: usize,
}

fn items(text: &str) -> (Channel, Vec<Item>) {
    let (mut channel, mut items) = (Channel::default(), Vec::new());
    let mut item: Option<Item> = None;
    let mut open: Option<Open> = None;
    let own = prefix(text);
    let mut scan = Scan::new(text);
    loop {
        let start = scan.offset();
        let Some(mark) = scan.next() else { break };
        let (name, closes) = match mark {
            Mark::Open { name, .. } => (without(name, own), false),
            Mark::Close { name } => (without(name, own), true),
            _ => continue,
        };
        let boundary = is_item(name) || closes && matches!(own_name(name), "channel" | "feed" | "rss" | "rdf:RDF");
        if let Some(o) = open.take() {
            if ends(&o, name, closes, boundary) {
                keep(&mut item, &mut channel, &o, &text[o.start..start]);
                if closes && name == o.name {
                    continue;
                }
            } else {
                open = Some(o);
                continue;
            }
        }
        if boundary {
            items.extend(item.take());
            if items.len() > MAX_ITEMS {
                break;
            }
        }
        let Mark::Open { attributes, empty, .. } = mark else { continue };
        if is_item(name) && !empty {
            item = Some(Item::default());
        } else if let Some(field) = field(name) {
            let o = Open { field, name, attributes, start: scan.offset() };
            if empty { keep(&mut item, &mut channel, &o, "") } else { open = Some(o) }
        }
    }
    // A feed that is cut off in the middle of an item: the item is kept when its title was whole.
    if let Some(o) = open.filter(|o| o.field == Field::Content) {
        keep(&mut item, &mut channel, &o, &text[o.start..]);
    }
    items.extend(item.filter(|i| i.title.is_some()));
    (channel, items)
}

/// Whether an open field ends at this tag: at its own end, at the item's, and, where it holds no markup, at the
/// next field that starts although it was never closed.
fn ends(open: &Open, name: &str, closes: bool, boundary: bool) -> bool {
    boundary
        || closes && name == open.name
        || !closes && matches!(open.field, Field::Title | Field::Published | Field::Guid) && field(name).is_some()
}

fn keep(item: &mut Option<Item>, channel: &mut Channel, open: &Open, raw: &str) {
    let value = || Some(value(raw)).filter(|v| !v.trim().is_empty());
    let link = || link(open, raw);
    let Some(item) = item else {
        let place = match open.field {
            Field::Title => &mut channel.title,
            Field::Language => &mut channel.language,
            Field::Link if channel.link.is_none() => return channel.link = link(),
            _ => return,
        };
        if place.is_none() {
            *place = value();
        }
        return;
    };
    match open.field {
        Field::Title if item.title.is_none() => item.title = value(),
        Field::Link if item.link.is_none() => item.link = link(),
        Field::Guid if item.link.is_none() && attribute(open.attributes, "isPermaLink") != Some("false") => {
            item.link = value().filter(|v| v.trim().starts_with("http"));
        }
        Field::Published => item.published = value().or_else(|| item.published.take()),
        Field::Updated if item.published.is_none() => item.published = value(),
        Field::Author => item.authors.extend(author(raw)),
        Field::Language => item.language = value(),
        Field::Content => {
            let found = value();
            if found.as_ref().map_or(0, String::len) > item.content.as_ref().map_or(0, String::len) {
                item.content = found;
            }
        }
        _ => {}
    }
}

/// RSS writes the address inside the element, Atom in `href`, and of several takes the page itself.
fn link(open: &Open, raw: &str) -> Option<String> {
    match attribute(open.attributes, "href") {
        Some(href) => {
            let rel = attribute(open.attributes, "rel").unwrap_or("alternate");
            (rel == "alternate").then(|| entity::decode(href))
        }
        None => Some(value(raw)).filter(|v| !v.trim().is_empty()),
    }
}

/// Atom's author holds a name; RSS's is one.
fn author(raw: &str) -> Option<String> {
    let mut scan = Scan::new(raw);
    while let Some(mark) = scan.next() {
        if matches!(mark, Mark::Open { name, .. } if own_name(name) == "name") {
            let from = scan.offset();
            let end = raw[from..].find("</").map_or(raw.len(), |e| from + e);
            return Some(value(&raw[from..end]));
        }
    }
    Some(value(raw))
}

/// The value of an element: CDATA as it is, text with its references replaced; where tags stand in it unescaped,
/// it is HTML as written.
fn value(raw: &str) -> String {
    let has_tags = Scan::new(raw).any(|m| matches!(m, Mark::Open { .. }));
    let mut out = String::with_capacity(raw.len());
    let mut scan = Scan::new(raw);
    loop {
        let start = scan.offset();
        let Some(mark) = scan.next() else { break };
        match mark {
            Mark::Cdata(inside) => out.push_str(inside),
            Mark::Text(t) if has_tags => out.push_str(t),
            Mark::Text(t) => out.push_str(&entity::decode(t)),
            Mark::Open { .. } => out.push_str(&raw[start..scan.offset()]),
            Mark::Close { .. } if has_tags => out.push_str(&raw[start..scan.offset()]),
            Mark::Close { .. } => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Capture> {
        captures(text.as_bytes(), &Source::default()).into_iter().map(Result::unwrap).collect()
    }

    fn body(c: &Capture) -> &str {
        std::str::from_utf8(&c.bytes).unwrap()
    }

    #[test]
    fn rss_with_its_fields() {
        let found = read(
            "<rss version='2.0'><channel><title>The Testburg Post</title><link>https://post.test/</link><language>en</language>
             <image><title>logo</title><link>https://x.test</link></image>
             <item><title>Bridge &amp;amp; road &amp; rail</title><link>/1</link><pubDate>Fri, 26 Jan 24 10:06 EET</pubDate>
             <dc:creator><![CDATA[Jane Doe]]></dc:creator><media:title>no</media:title>
             <description>Short.</description><content:encoded><![CDATA[<p>The bridge &amp; the road.</p>]]></content:encoded></item>
             <item><title>Only a title</title><guid>https://post.test/2</guid></item></channel></rss>",
        );
        assert_eq!(found.len(), 2);
        let one = &found[0];
        assert_eq!(body(one), "<p>The bridge &amp; the road.</p>");
        assert_eq!(one.given.title.as_deref(), Some("Bridge & road & rail"));
        assert_eq!(one.given.outlet.as_deref(), Some("The Testburg Post"));
        assert_eq!(one.given.published.as_deref(), Some("2024-01-26T10:06+02:00"));
        assert_eq!(one.given.bylines, ["Jane Doe"]);
        assert_eq!(one.source.url.as_deref(), Some("https://post.test/1"));
        assert_eq!(one.source.media_type.as_deref(), Some("text/html"));
        assert_eq!((body(&found[1]), found[1].source.url.as_deref()), ("Only a title", Some("https://post.test/2")));
    }

    #[test]
    fn atom_with_its_fields() {
        let found = read(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title type='text'>Wire</title><link rel='self' href='https://w.test/f'/>
             <link href='https://w.test/'/><entry><title>A</title><link rel='edit' href='https://w.test/e'/>
             <link href='https://w.test/a?x=1&amp;y=2'/><updated>2024-01-27T00:00:00Z</updated><published>2024-01-26T00:00:00Z</published>
             <author><name>Jo Roe</name><email>j@w.test</email></author><source><title>Other</title></source>
             <content type='xhtml'><div><p>One.</p><p>Two.</p></div></content></entry></feed>",
        );
        let one = &found[0];
        assert_eq!(body(one), "<div><p>One.</p><p>Two.</p></div>");
        assert_eq!(one.source.url.as_deref(), Some("https://w.test/a?x=1&y=2"));
        assert_eq!(one.given.published.as_deref(), Some("2024-01-26T00:00:00Z"));
        assert_eq!(
            (one.given.outlet.as_deref(), one.given.bylines.as_slice()),
            (Some("Wire"), &["Jo Roe".to_owned()][..])
        );
    }

    #[test]
    fn broken_feeds_lose_at_most_the_broken_item() {
        let item = "<item><title>A</title><link>https://e.test/1</link><description>Text one.</description></item>";
        let cases = [
            (
                format!(
                    "<rss><channel>{item}<item><title>AT&T and D&D</titel><link>https://e.test/2</link></item>{item}"
                ),
                3,
            ),
            (format!("\n <?xml version='1.0'?><rss><channel>{item}<item><title>B</title><description>Cut of"), 2),
            (format!("<rss><channel>{item}<item><title>Never closed{item}"), 3),
            (format!("<rss><channel>{item}<item><tit"), 1),
            (
                format!("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&x;</title>{item}"),
                1,
            ),
        ];
        for (text, want) in cases {
            assert_eq!(read(&text).len(), want, "{text}");
        }
        assert_eq!(
            read("<rss><item><title>B <b>x</b> &laquo;y&raquo;</title></item></rss>")[0].given.title.as_deref(),
            Some("B x «y»")
        );
    }

    #[test]
    fn the_encoding_is_found() {
        let text = "<?xml version='1.0' encoding='windows-1251'?><rss><item><title>Мост</title></item></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        let found = captures(&bytes, &Source::default());
        assert_eq!(found[0].as_ref().unwrap().given.title.as_deref(), Some("Мост"));
        let found = captures(b"<rss><item><title>caf\xe9</title></item></rss>", &Source::default());
        assert_eq!(found[0].as_ref().unwrap().given.title.as_deref(), Some("café"));
    }
}

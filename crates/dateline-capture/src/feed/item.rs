//! One item of a feed, whatever the feed's form.

use super::{date, entity};
use crate::limits::{self, MAX_BYLINES};
use crate::{Capture, Given, Payload, Source};

/// What a feed says of one item, as plain values.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) title: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) language: Option<String>,
    /// The longest of its texts: HTML or plain.
    pub(crate) content: Option<String>,
}

/// What a feed says of itself.
#[derive(Debug, Default)]
pub(crate) struct Channel {
    pub(crate) title: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) language: Option<String>,
    /// What a reader should know about how the feed was read.
    pub(crate) note: Option<String>,
}

impl Item {
    /// The item as a capture; `None` where it holds neither text nor title.
    pub(crate) fn capture(self, channel: &Channel, feed: &Source) -> Option<Capture> {
        let title = self.title.as_deref().map(plain).and_then(|t| limits::field(&t));
        let content = self.content.filter(|c| !c.trim().is_empty()).or_else(|| title.clone())?;
        let media = if is_markup(&content) { "text/html" } else { "text/plain" };
        let source = Source {
            url: self.link.as_deref().and_then(|l| http(l, channel.link.as_deref())),
            media_type: Some(media.to_owned()),
            charset: Some("utf-8".to_owned()),
            ..feed.clone()
        };
        let field = |f: &Option<String>| f.as_deref().map(plain).and_then(|f| limits::field(&f));
        let mut bylines: Vec<String> = Vec::new();
        for author in self.authors.iter().filter_map(|a| author(&plain(a))) {
            if bylines.len() < MAX_BYLINES && !bylines.contains(&author) {
                bylines.push(author);
            }
        }
        let given = Given {
            title,
            published: self.published.as_deref().map(date::iso).and_then(|d| limits::field(&d)),
            outlet: field(&channel.title),
            language: field(&self.language).or_else(|| field(&channel.language)),
            bylines,
            notes: channel.note.iter().cloned().collect(),
            ..Given::default()
        };
        Some(Capture { given, ..Capture::new(content.into_bytes(), Payload::FeedItem, source) })
    }
}

/// RSS writes authors as "mail (Name)" or "mail"; an address alone names nobody.
fn author(written: &str) -> Option<String> {
    let name = match (written.find('('), written.rfind(')')) {
        (Some(a), Some(b)) if a < b && written[..a].contains('@') => &written[a + 1..b],
        _ => written,
    };
    limits::field(name).filter(|n| !n.contains('@'))
}

/// Whether the text holds tags or character references of HTML.
fn is_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|i| {
        let next = bytes.get(i + 1).copied().unwrap_or(0);
        match bytes[i] {
            b'<' => next.is_ascii_alphabetic() || next == b'/' || next == b'!',
            _ => {
                let name = bytes[i + 1..].iter().take(10).position(|b| *b == b';').unwrap_or(0);
                name > 1 && bytes[i + 1..=i + name].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#')
            }
        }
    })
}

/// A title or name without tags, references and line ends. Titles are often HTML that was escaped once more.
fn plain(text: &str) -> String {
    let text = entity::decode(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let opens = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match tag.find('>') {
            Some(end) if opens => rest = &tag[end + 1..],
            _ => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || c.is_whitespace());
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address where it is one of the web (http or https, with a host), made whole from the feed's own where it
/// starts with a slash; everything else (javascript:, data:, file:) is dropped.
fn http(link: &str, base: Option<&str>) -> Option<String> {
    let mut link: String =
        entity::decode(link.trim()).chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if link.starts_with('/') {
        let base = http(base?, None)?;
        let host = base.find("://").map(|i| i + 3)?;
        let origin = base[host..].find('/').map_or(base.as_str(), |i| &base[..host + i]);
        let scheme = &base[..host - 2];
        link = if link.starts_with("//") { format!("{scheme}{link}") } else { format!("{origin}{link}") };
    }
    let (scheme, rest) = link.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let has_host = rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    if is_web && has_host { limits::field(&link) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_kept() {
        let base = Some("https://news.test/feed.xml");
        assert_eq!(http("https://a.test/x?a=1&amp;b=2", None).as_deref(), Some("https://a.test/x?a=1&b=2"));
        assert_eq!(http("/1.html", base).as_deref(), Some("https://news.test/1.html"));
        assert_eq!(http("//b.test/1", base).as_deref(), Some("https://b.test/1"));
        for bad in ["javascript:alert(1)", "java\nscript:x", "data:text/html,x", "file:///etc/x", "http://", "/x", ""] {
            assert_eq!(http(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn titles_lose_their_markup() {
        assert_eq!(plain("A &amp;amp; B: <b>two</b>\n 5 < 6"), "A &amp; B: two 5 < 6");
        assert_eq!(plain("&lt;img src=x onerror=y&gt;x"), "x");
        assert_eq!(author("desk@a.test (Jane Doe)").as_deref(), Some("Jane Doe"));
        assert_eq!(author("desk@a.test"), None);
    }
}

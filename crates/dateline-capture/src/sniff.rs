//! What some bytes are, by their content first and their name second.

use crate::mime;

/// How much of the beginning is looked at.
pub(crate) const PEEK: usize = 16 << 10;

/// What the name or the media type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    Html,
    Text,
    Xml,
    Json,
    /// Mail, or a page saved as mail is.
    Message,
    Pdf,
    None,
}

/// What the bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Html,
    Text,
    XmlFeed,
    JsonFeed,
    /// Mail, or a page saved in its form (MHTML).
    Message,
    Pdf,
    /// None of these; says what.
    Other(String),
}

/// What a file's extension says, any `.gz` taken off before; `None` for names that say nothing.
pub(crate) fn extension(ext: &str) -> Option<Hint> {
    Some(match ext.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp" => Hint::Html,
        "txt" | "text" | "md" | "markdown" => Hint::Text,
        "xml" | "rss" | "atom" | "rdf" => Hint::Xml,
        "json" => Hint::Json,
        "eml" | "mht" | "mhtml" | "mbox" | "mbx" => Hint::Message,
        "pdf" => Hint::Pdf,
        _ => return None,
    })
}

/// What a media type says; `None` where it says that this is no page.
pub(crate) fn media_type(media: Option<&str>) -> Option<Hint> {
    let Some(media) = media else { return Some(Hint::None) };
    Some(match media {
        "text/html" | "application/xhtml+xml" => Hint::Html,
        "text/plain" | "text/markdown" => Hint::Text,
        "application/feed+json" | "application/json" => Hint::Json,
        "message/rfc822" | "multipart/related" | "application/x-mimearchive" => Hint::Message,
        "application/pdf" | "application/x-pdf" => Hint::Pdf,
        "application/octet-stream" | "unknown/unknown" => Hint::None,
        m if m.ends_with("/xml") || m.ends_with("+xml") && !m.starts_with("image/") => Hint::Xml,
        _ => return None,
    })
}

const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or sound"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed; unpack it first"),
    (b"BZh", "bzip2-compressed; unpack it first"),
    (b"\xfd7zXZ", "xz-compressed; unpack it first"),
];

/// What the bytes are.
pub(crate) fn kind(bytes: &[u8], hint: Hint) -> Kind {
    // Readers of PDF take what stands before the mark for junk.
    let junk = bytes.get(..64).unwrap_or(bytes);
    if bytes.starts_with(b"%PDF-") || hint == Hint::Pdf && memchr::memmem::find(junk, b"%PDF-").is_some() {
        return Kind::Pdf;
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Kind::Other(format!("this is {what}"));
    }
    let start = readable(&bytes[..bytes.len().min(PEEK)]);
    if hint != Hint::Html && is_binary(&start) || is_noise(&start) {
        return Kind::Other("this is not text".to_owned());
    }
    if matches!(hint, Hint::Message | Hint::Text | Hint::None) && mime::is_message(&start, hint == Hint::Message) {
        return Kind::Message;
    }
    let text = String::from_utf8_lossy(&start).to_lowercase();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    if text.starts_with('<') {
        return markup(text, hint);
    }
    if text.starts_with('{') && hint == Hint::None || text.starts_with(['{', '[']) && hint == Hint::Json {
        let has = |key: &str| text.contains(key);
        let items =
            has("\"items\"") && (has("\"content_html\"") || has("\"content_text\"") || has("\"date_published\""));
        return match has("jsonfeed.org/version") || items {
            true => Kind::JsonFeed,
            false => Kind::Other("this is JSON but not a JSON feed (JSON Lines are read with --jsonl)".to_owned()),
        };
    }
    match hint {
        Hint::Html | Hint::Message if has_tag(text) => Kind::Html,
        Hint::Xml | Hint::None if has_tag(text) && text.contains("</p>") => Kind::Html,
        Hint::Xml if has_tag(text) => Kind::XmlFeed,
        _ if is_blob(bytes) => Kind::Other("this is not text: not one space is in it".to_owned()),
        _ => Kind::Text,
    }
}

/// Thousands of ASCII characters and not one space among them: data written in letters. Writing that parts no words by
/// spaces is not ASCII.
fn is_blob(bytes: &[u8]) -> bool {
    const LEAST: usize = 4 << 10;
    bytes.len() >= LEAST && bytes.iter().all(u8::is_ascii_graphic)
}

/// Content that starts with a tag: its first element decides.
fn markup(text: &str, hint: Hint) -> Kind {
    let root = root(text);
    match (root, hint) {
        ("rss" | "feed" | "rdf:rdf" | "atom:feed" | "entry" | "channel", _) => Kind::XmlFeed,
        // Atom and RSS under a prefix of the feed's own choice.
        (root, _) if matches!(root.split_once(':'), Some((_, "rss" | "feed"))) => Kind::XmlFeed,
        ("html" | "head" | "body" | "!doctype html", _) => Kind::Html,
        (_, Hint::Html) => Kind::Html,
        ("svg", _) => Kind::Other("this is a picture".to_owned()),
        (root, _) if HTML_TAGS.contains(&root) => Kind::Html,
        ("urlset" | "sitemapindex", _) => Kind::Other("this is a site map".to_owned()),
        (_, Hint::Text) => Kind::Text,
        // The first element lies past what was looked at, behind a long document type.
        ("", Hint::Xml) => Kind::XmlFeed,
        (_, Hint::Xml) if text.contains("<rss") || text.contains("<feed") => Kind::XmlFeed,
        (_, Hint::None) if !text.starts_with("<?xml") => Kind::Text,
        _ => Kind::Other("this is XML but neither a feed nor a page".to_owned()),
    }
}

/// Tags with which a saved page or a piece of one starts.
const HTML_TAGS: &[&str] = &[
    "p",
    "div",
    "article",
    "section",
    "main",
    "h1",
    "h2",
    "h3",
    "header",
    "nav",
    "span",
    "a",
    "b",
    "i",
    "ul",
    "ol",
    "table",
    "img",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "br",
    "figure",
    "blockquote",
    "center",
    "font",
    "base",
    "noscript",
    "iframe",
    "form",
    "strong",
    "em",
];

/// Name of the first element, past declarations, comments and document types.
fn root(text: &str) -> &str {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|e| e + 3)
        } else if rest.starts_with("<!doctype html") {
            return "!doctype html";
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            let subset = rest.find('[').filter(|b| rest.find('>').is_none_or(|g| *b < g));
            match subset {
                Some(_) => rest.find("]>").map(|e| e + 2),
                None => rest.find('>').map(|e| e + 1),
            }
        } else {
            let name = &rest[1..];
            let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_'))).unwrap_or(name.len());
            return &name[..end];
        };
        match end {
            Some(e) => rest = &rest[e..],
            None => return "",
        }
    }
    ""
}

fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(i, _)| {
        let next = text.as_bytes().get(i + 1).copied().unwrap_or(0);
        next.is_ascii_alphabetic() || next == b'/' || next == b'!'
    })
}

/// UTF-16 made readable enough to look at (its ASCII letters), other bytes as they are.
fn readable(bytes: &[u8]) -> Vec<u8> {
    let wide =
        |big: usize| bytes.chunks_exact(2).filter(|p| p[big] == 0 && p[1 - big] != 0).count() * 5 > bytes.len() * 2;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.len() > 8 && wide(1) {
        return bytes.chunks_exact(2).map(|p| if p[1] == 0 { p[0] } else { b'?' }).collect();
    }
    if bytes.starts_with(&[0xfe, 0xff]) || bytes.len() > 8 && wide(0) {
        return bytes.chunks_exact(2).map(|p| if p[0] == 0 { p[1] } else { b'?' }).collect();
    }
    bytes.to_vec()
}

fn control(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)).count()
}

fn is_binary(bytes: &[u8]) -> bool {
    control(bytes) * 20 > bytes.len()
}

/// Bytes of which a twentieth are control characters and a twentieth cannot be UTF-8 either: no text in any encoding.
fn is_noise(bytes: &[u8]) -> bool {
    is_binary(bytes) && {
        let lossy = String::from_utf8_lossy(bytes);
        lossy.chars().filter(|c| *c == '\u{fffd}').count() * 20 > bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        let cases: &[(&str, Hint, Kind)] = &[
            ("<!DOCTYPE html><html>", Hint::Xml, Kind::Html),
            ("<?xml version='1.0'?><!-- x --><html xmlns='y'>", Hint::Xml, Kind::Html),
            ("\n <?xml version='1.0'?>\n<rss version='2.0'>", Hint::Html, Kind::XmlFeed),
            ("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b>'>]><rss>", Hint::Xml, Kind::XmlFeed),
            ("<?xml version='1.0'?><a:feed xmlns:a='http://www.w3.org/2005/Atom'>", Hint::None, Kind::XmlFeed),
            ("<html><body>", Hint::Text, Kind::Html),
            ("Rain fell <i>again</i>", Hint::Text, Kind::Text),
            ("Rain fell again", Hint::Html, Kind::Text),
            ("Rain <b>fell</b>", Hint::Html, Kind::Html),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\"}", Hint::Json, Kind::JsonFeed),
            ("{He said}", Hint::Text, Kind::Text),
            ("<p>one", Hint::None, Kind::Html),
        ];
        for (text, hint, want) in cases {
            assert_eq!(&kind(text.as_bytes(), *hint), want, "{text}");
        }
        let wide: Vec<u8> = "<html><p>x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind(&wide, Hint::None), Kind::Html);
        assert_eq!(kind(b"%PDF-1.4", Hint::Html), Kind::Pdf);
        assert!(matches!(kind(b"{\"a\": 1}", Hint::Json), Kind::Other(_)));
        assert!(matches!(kind("aGFyYm91cg".repeat(500).as_bytes(), Hint::Html), Kind::Other(_)));
        assert_eq!(kind("港口关闭".repeat(500).as_bytes(), Hint::Text), Kind::Text);
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(kind(&noise, Hint::Html), Kind::Other(_)));
    }
}

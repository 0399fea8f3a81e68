//! Header fields of mail and of its parts (RFC 5322, RFC 2045), with encoded words (RFC 2047).

use crate::limits::{self, MAX_HEADER};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// Fields kept of one header block; mail that passed many servers has a hundred.
const MAX_FIELDS: usize = 2_000;

/// Bytes of a field that is read for its words.
const MAX_TEXT: usize = 16 << 10;

/// The fields of a header block, in order, unfolded, values as written.
#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: Vec<(String, String)>,
}

/// The header block at the start of the bytes, and what follows its empty line.
pub(super) fn split(bytes: &[u8]) -> (Fields, &[u8]) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1);
        let line = &rest[..end];
        let text = line.trim_ascii_end();
        let folded = line.starts_with(b" ") || line.starts_with(b"\t");
        if !text.is_empty() && !folded && name_end(text).is_none() {
            // No field and no fold: the empty line is missing, and the body starts here.
            break;
        }
        at += end;
        if text.is_empty() {
            break;
        }
        if folded {
            if let Some((_, value)) = fields.last_mut().filter(|(_, v)| v.len() < MAX_HEADER) {
                value.push(' ');
                value.push_str(readable(text.trim_ascii_start()).as_ref());
            }
        } else if fields.len() < MAX_FIELDS {
            let colon = name_end(text).unwrap_or(text.len());
            let name = String::from_utf8_lossy(text[..colon].trim_ascii_end()).to_ascii_lowercase();
            let value = text.get(colon + 1..).unwrap_or_default().trim_ascii();
            fields.push((name, readable(&value[..value.len().min(MAX_HEADER)]).into_owned()));
        }
    }
    (Fields { fields }, bytes.get(at..).unwrap_or_default())
}

/// Where the name of a field ends, if the line is one: printable ASCII up to a colon.
pub(super) fn name_end(line: &[u8]) -> Option<usize> {
    let colon = line.iter().take(80).position(|b| *b == b':')?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(colon)
}

/// Bytes of a header that should be ASCII, and sometimes are UTF-8 or worse.
fn readable(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

impl Fields {
    /// The first field of that name (in lower case), as written.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The field of that name, its encoded words read.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let written = self.get(name)?;
        let mut end = written.len().min(MAX_TEXT);
        while !written.is_char_boundary(end) {
            end -= 1;
        }
        let text = unquote_words(&written[..end]);
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        limits::field(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The media type in lower case; "text/plain" where none is given.
    pub(super) fn media(&self) -> String {
        let written = self.get("content-type").and_then(|v| v.split(';').next());
        let media = written.map(|m| m.trim().to_ascii_lowercase()).filter(|m| m.contains('/'));
        media.unwrap_or_else(|| "text/plain".to_owned())
    }

    /// A parameter of the field Content-Type.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.get("content-type")?.split_once(';')?.1;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let (value, left) = match after.strip_prefix('"') {
                Some(quoted) => {
                    let end = quoted.find('"').unwrap_or(quoted.len());
                    (&quoted[..end], quoted.get(end + 1..).unwrap_or_default())
                }
                None => after.split_once(';').map_or((after, ""), |(v, _)| (v, &after[v.len()..])),
            };
            let key = key.rsplit(';').next().unwrap_or_default().trim().trim_end_matches('*');
            if key.eq_ignore_ascii_case(name) {
                return Some(value.trim().to_owned()).filter(|v| !v.is_empty());
            }
            rest = left;
        }
    }
}

/// A value with its encoded words (`=?utf-8?Q?caf=C3=A9?=`) read. Words of one encoding that follow each other are
/// read together: writers cut them in the middle of a character.
fn unquote_words(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut pending: Option<(&'static Encoding, Vec<u8>)> = None;
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        let (before, tail) = rest.split_at(at);
        let Some((encoding, bytes, left)) = word(tail) else {
            flush(&mut pending, &mut out);
            out.push_str(before);
            out.push_str("=?");
            rest = &tail[2..];
            continue;
        };
        if !before.trim().is_empty() || pending.as_ref().is_some_and(|(e, _)| *e != encoding) {
            flush(&mut pending, &mut out);
        }
        if pending.is_none() && !(before.trim().is_empty() && rest.len() != value.len() && !out.is_empty()) {
            out.push_str(before);
        }
        pending.get_or_insert((encoding, Vec::new())).1.extend(bytes);
        rest = left;
    }
    flush(&mut pending, &mut out);
    out.push_str(rest);
    out
}

fn flush(pending: &mut Option<(&'static Encoding, Vec<u8>)>, out: &mut String) {
    if let Some((encoding, bytes)) = pending.take() {
        // A word that says ASCII or Latin and holds UTF-8 is UTF-8.
        match std::str::from_utf8(&bytes) {
            Ok(text) if !bytes.contains(&0x1b) => out.push_str(text),
            _ => out.push_str(&encoding.decode_without_bom_handling(&bytes).0),
        }
    }
}

/// One encoded word at the start of the text: its encoding, its bytes, and what follows.
fn word(text: &str) -> Option<(&'static Encoding, Vec<u8>, &str)> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (how, rest) = rest.split_once('?')?;
    let end = rest.find("?=")?;
    let charset = charset.split('*').next().unwrap_or_default();
    let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(UTF_8);
    let inside = &rest[..end];
    if charset.len() > 40 || inside.len() > MAX_HEADER {
        return None;
    }
    let bytes = match how {
        "B" | "b" => super::transfer::base64(inside.as_bytes()),
        "Q" | "q" => super::transfer::quoted_printable(inside.replace('_', " ").as_bytes()),
        _ => return None,
    };
    Some((encoding, bytes, &rest[end + 2..]))
}

/// The name in an address field: `"Post" <a@b.test>` or `a@b.test (Post)`; an address alone names nobody.
pub(super) fn name_of_address(value: &str) -> Option<String> {
    let name = match (value.find('<'), value.find('('), value.rfind(')')) {
        (Some(at), _, _) => &value[..at],
        (None, Some(a), Some(b)) if a < b => &value[a + 1..b],
        _ => value,
    };
    let name = name.trim().trim_matches(['"', '\'', ' ']).replace("\\\"", "\"");
    limits::field(&name).filter(|n| !n.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Fields {
        split(text.as_bytes()).0
    }

    #[test]
    fn fields_are_unfolded_and_the_body_follows() {
        let (f, body) = split(
            b"Subject: one\r\n two\r\nTo : x\r\nContent-Type: Text/HTML;\r\n\tcharset=\"utf-8\"; a=b\r\n\r\nbody: x",
        );
        assert_eq!((f.get("subject"), f.get("to")), (Some("one two"), Some("x")));
        assert_eq!((f.media().as_str(), f.parameter("charset").as_deref()), ("text/html", Some("utf-8")));
        assert_eq!((f.parameter("a").as_deref(), f.parameter("z")), (Some("b"), None));
        assert_eq!(body, b"body: x");
        assert_eq!(split(b"Subject: x\n<p>no empty line").1, b"<p>no empty line");
    }

    #[test]
    fn encoded_words_are_read() {
        let cases = [
            ("=?UTF-8?Q?Caf=C3=A9_am_Hafen?= today", "Café am Hafen today"),
            ("=?utf-8?B?0JzQvtGB?= =?utf-8?B?0YIg0L7RgtC60YDRi9GC?=", "Мост открыт"),
            // A character cut in two, by the byte.
            ("=?utf-8?Q?caf=C3?=\r\n =?utf-8?Q?=A9?=", "café"),
            ("=?windows-1251?Q?=CC=EE=F1=F2?= x =?iso-8859-1?q?=E9?=", "Мост x é"),
            ("Re: =?iso-8859-1?q?caf=C3=A9?=", "Re: café"),
            ("2 =?not a word", "2 =?not a word"),
            ("=?x?Z?y?=", "=?x?Z?y?="),
            ("žodis be kodo", "žodis be kodo"),
        ];
        for (written, want) in cases {
            assert_eq!(fields(&format!("Subject: {written}\n")).text("subject").as_deref(), Some(want), "{written}");
        }
    }

    #[test]
    fn senders_are_named_or_not() {
        assert_eq!(name_of_address("\"The Testburg Post\" <n@p.test>").as_deref(), Some("The Testburg Post"));
        assert_eq!(name_of_address("n@p.test (Post)").as_deref(), Some("Post"));
        assert_eq!(name_of_address("n@p.test"), None);
        assert_eq!(name_of_address("<n@p.test>"), None);
    }
}

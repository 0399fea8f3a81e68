//! The tree of a message's parts, walked without recursion.

use super::header::{self, Fields};
use super::transfer;
use std::borrow::Cow;

/// Parts of one message; a newsletter with its pictures has fifty.
const MAX_PARTS: usize = 2_000;
/// Parts within parts.
const MAX_NESTING: usize = 16;

/// A part that holds no parts.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) fields: Fields,
    raw: &'a [u8],
    /// Which message it stands in: an index into [`Parts::messages`].
    pub(super) message: usize,
}

impl Part<'_> {
    /// Its bytes, out of their transfer encoding.
    pub(super) fn bytes(&self) -> Cow<'_, [u8]> {
        transfer::decode(self.raw, self.fields.get("content-transfer-encoding").unwrap_or_default())
    }

    /// The length of its bytes as they stand in the message.
    pub(super) fn raw_length(&self) -> usize {
        self.raw.len()
    }

    /// Whether it is a page: HTML, or text that starts as HTML does.
    pub(super) fn is_html(&self) -> bool {
        matches!(self.fields.media().as_str(), "text/html" | "application/xhtml+xml")
    }

    pub(super) fn is_plain(&self) -> bool {
        self.fields.media() == "text/plain"
    }

    pub(super) fn is_attachment(&self) -> bool {
        let how = self.fields.get("content-disposition").unwrap_or_default();
        how.get(..10).is_some_and(|h| h.eq_ignore_ascii_case("attachment"))
    }
}

/// The parts of a message.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    /// Header fields of the message itself and of those attached to it.
    pub(super) messages: Vec<Fields>,
    /// Parts that hold no parts, in the order of the bytes.
    pub(super) leaves: Vec<Part<'a>>,
    /// Whether there were more parts than are taken.
    pub(super) cut: bool,
}

/// The parts of a message, those of attached messages included.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    let mut out = Parts::default();
    // Still to read, last first: bytes, the message they stand in (none: they are one), nesting.
    let mut left: Vec<(&[u8], Option<usize>, usize)> = vec![(bytes, None, 0)];
    let mut taken = 0;
    while let Some((bytes, message, depth)) = left.pop() {
        taken += 1;
        if taken > MAX_PARTS {
            out.cut = true;
            break;
        }
        let (fields, body) = header::split(bytes);
        let media = fields.media();
        let inside = match (media.starts_with("multipart/"), fields.parameter("boundary")) {
            (true, Some(boundary)) if depth < MAX_NESTING => between(body, &boundary),
            _ => Vec::new(),
        };
        let attached = media == "message/rfc822" && message.is_some() && depth < MAX_NESTING;
        let message = message.unwrap_or_else(|| {
            out.messages.push(header::split(bytes).0);
            out.messages.len() - 1
        });
        if attached {
            left.push((body, None, depth + 1));
        } else if inside.is_empty() {
            out.leaves.push(Part { fields, raw: body, message });
        } else {
            left.extend(inside.into_iter().rev().map(|part| (part, Some(message), depth + 1)));
        }
    }
    out
}

/// The stretches between the lines of a boundary. The last line may be missing: the text is then cut off.
fn between<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = [b"--", boundary.as_bytes()].concat();
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for at in memchr::memmem::find_iter(body, &mark) {
        let starts_line = at == 0 || body[at - 1] == b'\n';
        let after = &body[at + mark.len()..];
        let closes = after.starts_with(b"--");
        let line = memchr::memchr(b'\n', after).map_or(after.len(), |i| i + 1);
        if !starts_line || !closes && !after[..line].trim_ascii().is_empty() {
            continue;
        }
        if let Some(start) = open {
            let part = &body[start..at];
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            out.push(part.strip_suffix(b"\r").unwrap_or(part));
        }
        open = (!closes).then_some(at + mark.len() + line);
        if closes || out.len() > MAX_PARTS {
            break;
        }
    }
    out.extend(open.and_then(|start| body.get(start..)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_order_at_every_depth() {
        let text = "Content-Type: multipart/mixed; boundary=a\n\npreamble\n--a\nContent-Type: multipart/alternative; \
                    boundary=\"b c\"\n\n--b c\n\none\n--b c  \nContent-Type: text/html\n\n<p>two\n--a not mine\n--b c--\n\
                    --a\nContent-Type: message/rfc822\n\nSubject: in\n\nthree\n--a\nContent-Disposition: Attachment\n\nfour";
        let parts = parts(text.as_bytes());
        let bodies: Vec<String> =
            parts.leaves.iter().map(|p| String::from_utf8_lossy(&p.bytes()).into_owned()).collect();
        assert_eq!(bodies, ["one", "<p>two\n--a not mine", "three", "four"]);
        let of: Vec<usize> = parts.leaves.iter().map(|p| p.message).collect();
        assert_eq!(of, [0, 0, 1, 0]);
        assert_eq!(parts.messages[1].get("subject"), Some("in"));
        assert!(parts.leaves[3].is_attachment() && parts.leaves[1].is_html() && parts.leaves[0].is_plain());
    }

    #[test]
    fn a_tree_that_never_ends_is_cut() {
        let many = format!("Content-Type: multipart/mixed; boundary=a\n\n{}", "--a\n\nx\n".repeat(50_000));
        let found = parts(many.as_bytes());
        assert!(found.cut && found.leaves.len() <= MAX_PARTS);
        let mut deep = String::new();
        for i in 0..5_000 {
            deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));
        }
        assert_eq!(parts(deep.as_bytes()).leaves.len(), 1);
        let own = "Content-Type: message/rfc822\n\n".repeat(5_000);
        assert_eq!(parts(own.as_bytes()).leaves.len(), 1);
    }
}

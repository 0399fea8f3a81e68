//! Mail (.eml, .mbox) and pages saved as one file of parts (MHTML).
//!
//! Our own small reader, because of what it must not do: build a tree without bound out of hostile bytes, or turn
//! the page's bytes into characters before the step that judges encodings has seen them.

mod header;
mod mailbox;
mod parts;
mod transfer;

use crate::feed::iso_date;
use crate::http;
use crate::input::Input;
use crate::sniff::{self, Hint, Kind};
use crate::{Capture, CaptureError, ErrorKind, Given, Limits, Original, Payload, Source, limits, unwrap};
use header::{Fields, name_of_address};
pub(crate) use mailbox::{Mailbox, is_mailbox};
use parts::{Part, Parts};

/// Header lines that must be well-formed at the start for bytes to be mail.
const LEAST_FIELDS: usize = 2;

/// Marks that mail programs of many languages put before the subject of an answer or of mail sent on.
const ANSWERED: &[&str] = &["re", "aw", "sv", "vs", "odp", "antw", "rif", "ynt"];
const SENT_ON: &[&str] = &["fwd", "fw", "wg", "tr", "rv", "enc", "vb", "pd", "doorst", "i"];

/// Whether the bytes are those of a message: fields at the start, and among them those that only messages have.
/// `named` is whether the file's name or media type says so already.
pub(crate) fn is_message(start: &[u8], named: bool) -> bool {
    let start = without_envelope(start);
    let first = start.split(|b| *b == b'\n').next().unwrap_or_default();
    if header::name_end(first).is_none() {
        return false;
    }
    let (fields, _) = header::split(start);
    let has = |names: &[&str]| names.iter().filter(|n| fields.has(n)).count();
    let known = has(&["from", "to", "subject", "date", "message-id", "received", "content-type", "mime-version"]);
    let sure = has(&["mime-version", "message-id", "received", "return-path", "snapshot-content-location"]);
    known >= LEAST_FIELDS && (named || sure > 0 && (fields.has("from") || fields.has("content-type")))
}

/// Without what stands before the first field: blank lines, a byte order mark, the "From " line of a mailbox.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let bytes = if bytes.starts_with(b"From ") {
        memchr::memchr(b'\n', bytes).map_or(&[][..], |i| &bytes[i + 1..])
    } else {
        bytes
    };
    // Mailboxes of some programs quote the line itself.
    if bytes.starts_with(b">From ") { memchr::memchr(b'\n', bytes).map_or(&[][..], |i| &bytes[i + 1..]) } else { bytes }
}

/// The captures of a message, or of every message of a mailbox.
pub(crate) fn captures(bytes: &[u8], source: &Source) -> Vec<Result<Capture, CaptureError>> {
    if !is_mailbox(bytes, true) {
        return vec![capture(without_envelope(bytes), source)];
    }
    let input = Input::stream(Box::new(std::io::Cursor::new(bytes.to_vec())));
    Mailbox::new(input, source, &Limits { bytes: bytes.len() }).collect()
}

/// The capture of one message.
fn capture(bytes: &[u8], source: &Source) -> Result<Capture, CaptureError> {
    let parts = parts::parts(bytes);
    let failed = |what: &str| Err(CaptureError::new(source.clone(), ErrorKind::NoPage(what.to_owned())));
    let Some(top) = parts.messages.first() else { return failed("the message is empty") };
    let saved_page = is_saved_page(top, &parts);
    let found = if saved_page { root(top, &parts) } else { body(&parts) };
    match found {
        Some(part) if saved_page => Ok(kept(page(top, part, source), bytes)),
        Some(part) => Ok(kept(letter(&parts.messages[part.message], part, source), bytes)),
        None if parts.cut => failed("the message has more parts than are read, and none of those is a page or text"),
        None => failed("the message holds neither a page nor text, only attachments"),
    }
}

/// The capture with the message that it was taken out of.
fn kept(capture: Capture, message: &[u8]) -> Capture {
    let media_type = "message/rfc822".to_owned();
    Capture { original: Some(Original { media_type, bytes: message.to_vec() }), ..capture }
}

/// Whether a browser wrote this, rather than somebody who sends mail.
fn is_saved_page(top: &Fields, parts: &Parts) -> bool {
    let by_browser = top.get("from").is_some_and(|f| f.to_ascii_lowercase().contains("saved by"));
    let sent = ["to", "received", "message-id", "return-path"].iter().any(|n| top.has(n));
    let located = top.has("content-location") || parts.leaves.iter().any(|p| p.fields.has("content-location"));
    by_browser || top.has("snapshot-content-location") || located && !sent
}

/// The page among the parts of a saved one: the one that is named as the start, else the first.
fn root<'p, 'a>(top: &Fields, parts: &'p Parts<'a>) -> Option<&'p Part<'a>> {
    let pages = || parts.leaves.iter().filter(|p| p.is_html());
    let start = top.parameter("start");
    let address = top.get("snapshot-content-location");
    let by = |name: &str, value: Option<&str>| pages().find(|p| value.is_some() && p.fields.get(name) == value);
    by("content-id", start.as_deref())
        .or_else(|| by("content-location", address))
        .or_else(|| pages().next())
        .or_else(|| parts.leaves.iter().find(|p| p.is_plain()))
}

/// The text of a letter: of HTML and plain text the HTML, unless the plain text says more; of a letter and those
/// attached to it the longest.
fn body<'p, 'a>(parts: &'p Parts<'a>) -> Option<&'p Part<'a>> {
    let longest = |html: bool, message: usize| {
        let wanted = |p: &&Part| if html { p.is_html() } else { p.is_plain() };
        let of = parts.leaves.iter().filter(|p| p.message == message && !p.is_attachment()).filter(wanted);
        // Of two of the same length the first.
        of.rev().max_by_key(|p| p.raw_length())
    };
    let of_message = |message: usize| match (longest(true, message), longest(false, message)) {
        (Some(html), Some(plain)) if plain.raw_length() > html.raw_length() => Some(plain),
        (html, plain) => html.or(plain),
    };
    (0..parts.messages.len()).rev().filter_map(of_message).max_by_key(|p| p.raw_length())
}

/// The media type and bytes of a part as a capture's payload.
fn payload(part: &Part) -> (Payload, Vec<u8>) {
    let bytes = part.bytes();
    if part.is_html() || matches!(sniff::kind(&bytes, Hint::Text), Kind::Html) {
        return (Payload::Html, bytes.into_owned());
    }
    let flowed = part.fields.parameter("format").is_some_and(|f| f.eq_ignore_ascii_case("flowed"));
    (Payload::Text, unwrap::lines(bytes.into_owned(), flowed))
}

fn of_part(part: &Part, source: &Source) -> Capture {
    let (payload, bytes) = payload(part);
    let media = if payload == Payload::Html { "text/html" } else { "text/plain" };
    let charset = part.fields.get("content-type").and_then(|v| http::content_type(v).1);
    let source = Source { media_type: Some(media.to_owned()), charset, ..source.clone() };
    Capture::new(bytes, payload, source)
}

/// A page that a browser saved: where it was and when.
fn page(top: &Fields, part: &Part, source: &Source) -> Capture {
    let mut capture = of_part(part, source);
    let address = top.get("snapshot-content-location").or_else(|| part.fields.get("content-location"));
    capture.source.url = address.and_then(limits::web).or(capture.source.url);
    capture.source.captured = date(top).or(capture.source.captured);
    capture
}

/// A letter: its subject is the title, its date the day of publication, and who sent it the outlet.
fn letter(top: &Fields, part: &Part, source: &Source) -> Capture {
    let (title, sent_on) = subject(top);
    let mut capture = of_part(part, source);
    let sent = date(top);
    capture.source.captured = sent.clone().or(capture.source.captured);
    capture.source.url = part.fields.get("content-location").and_then(limits::web).or(capture.source.url);
    // Who sends mail on is not who wrote it, and the day of sending on is not the day it came out.
    let sender = top.text("from").as_deref().and_then(name_of_address).filter(|_| !sent_on);
    let language = top.get("content-language").and_then(limits::field);
    capture.given = Given { title, published: sent.filter(|_| !sent_on), sender, language, ..Given::default() };
    capture
}

/// The field Date in ISO 8601; nothing where it is no date.
fn date(top: &Fields) -> Option<String> {
    let iso = iso_date(top.get("date")?);
    // "-0000" is UTC whose zone is not told (RFC 5322, 3.3).
    let iso = iso.strip_suffix("-00:00").map(|local| format!("{local}+00:00")).unwrap_or(iso);
    iso.starts_with(|c: char| c.is_ascii_digit()).then_some(iso).filter(|d| d.get(4..5) == Some("-"))
}

/// The subject without the marks of answers and of mail sent on, and whether it was sent on.
fn subject(top: &Fields) -> (Option<String>, bool) {
    let Some(text) = top.text("subject") else { return (None, false) };
    let (mut rest, mut sent_on) = (text.as_str(), false);
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = mark.trim().to_lowercase();
        match (SENT_ON.contains(&mark.as_str()), ANSWERED.contains(&mark.as_str())) {
            (true, _) => sent_on = true,
            (_, true) => {}
            _ => break,
        }
        rest = after;
    }
    (limits::field(rest), sent_on)
}

#[cfg(test)]
mod tests;

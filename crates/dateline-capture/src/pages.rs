//! From the bytes of one file or record to captures: one for a page, one an item for a
//! feed, one a letter for mail.

use crate::sniff::{self, Hint, Kind};
use crate::{Capture, CaptureError, ErrorKind, Payload, Source, feed, mime, pdf, saved};

/// Captures of these bytes; the source is theirs, with the media type filled in where it was not known.
pub(crate) fn captures(bytes: Vec<u8>, hint: Hint, mut source: Source) -> Vec<Result<Capture, CaptureError>> {
    if bytes.is_empty() {
        return vec![Err(CaptureError::new(source, ErrorKind::Empty))];
    }
    let payload = match sniff::kind(&bytes, hint) {
        Kind::Html => Payload::Html,
        Kind::Text => Payload::Text,
        Kind::XmlFeed => return feed::xml(&bytes, &source),
        Kind::JsonFeed => return feed::json(&bytes, &source),
        Kind::Pdf => return vec![pdf::capture(&bytes, &source)],
        Kind::Message => return mime::captures(&bytes, &source),
        Kind::Other(what) => return vec![Err(CaptureError::new(source, ErrorKind::NotAPage(what)))],
    };
    let media = if payload == Payload::Html { "text/html" } else { "text/plain" };
    if source.media_type.is_none() || hint == Hint::None {
        source.media_type = Some(media.to_owned());
    }
    if payload == Payload::Html {
        let saved = saved::mark(&bytes);
        source.url = source.url.or(saved.url);
        source.captured = source.captured.or(saved.at);
    }
    vec![Ok(Capture::new(bytes, payload, source))]
}

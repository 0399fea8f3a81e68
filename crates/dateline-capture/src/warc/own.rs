//! How a capture is kept as a record, so that it comes back as it was.

use super::record::Header;
use crate::limits::MAX_HEADER;
use crate::{Capture, Given, Original, Payload, Source, digest};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// The field that holds what WARC has no field for, as JSON on one line.
const FIELD: &str = "Dateline-Capture";

/// The field of a record that keeps the file which a capture was taken out of; it names the capture.
const ORIGINAL: &str = "Dateline-Original-Of";

/// What WARC has no field for.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Given where it is not the digest of the bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    payload: Payload,
    source: Source,
    given: Given,
    /// When it was written.
    #[serde(default)]
    added: String,
}

/// The record of a capture, before compression. `added` is when it was written, `YYYY-MM-DDThh:mm:ssZ`.
///
/// # Errors
/// Where the header would be larger than a reader takes.
pub(super) fn record(capture: &Capture, added: &str) -> Result<Vec<u8>, String> {
    let sha = digest(&capture.bytes);
    let kept = Kept {
        id: (capture.id != sha).then(|| capture.id.clone()),
        payload: capture.payload,
        source: capture.source.clone(),
        given: capture.given.clone(),
        added: added.to_owned(),
    };
    let kept = serde_json::to_string(&kept).map_err(|e| e.to_string())?;
    let source = &capture.source;
    let url = source.url.as_deref().map(one_line).unwrap_or_else(|| format!("urn:sha256:{sha}"));
    let media = match (&source.media_type, capture.payload) {
        (Some(m), _) => one_line(m),
        (None, Payload::Html) => "text/html".to_owned(),
        (None, _) => "text/plain".to_owned(),
    };
    let charset = source.charset.as_deref().map_or(String::new(), |c| format!("; charset={}", one_line(c)));
    let date = source.captured.as_deref().filter(|d| is_warc_date(d)).unwrap_or(added);
    let mut out = String::with_capacity(kept.len() + 1024);
    let _ = write!(
        out,
        "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: {date}\r\n\
         WARC-Target-URI: {url}\r\nWARC-Payload-Digest: sha256:{sha}\r\nContent-Type: {media}{charset}\r\n\
         {FIELD}: {kept}\r\nContent-Length: {}\r\n\r\n",
        uuid(&digest(format!("{kept}\n{sha}").as_bytes())),
        capture.bytes.len()
    );
    if out.len() > MAX_HEADER {
        return Err(format!("what is known of the page beside its bytes is larger than {MAX_HEADER} bytes"));
    }
    let mut out = out.into_bytes();
    out.extend_from_slice(&capture.bytes);
    out.extend_from_slice(b"\r\n\r\n");
    Ok(out)
}

/// The record of the file that a capture was taken out of, before compression.
pub(super) fn original_record(capture: &Capture, original: &Original, added: &str) -> Vec<u8> {
    let sha = digest(&original.bytes);
    let url = capture.source.url.as_deref().map(one_line).unwrap_or_else(|| format!("urn:sha256:{sha}"));
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: {added}\r\n\
         WARC-Target-URI: {url}\r\nWARC-Payload-Digest: sha256:{sha}\r\nContent-Type: {}\r\n\
         {ORIGINAL}: {}\r\nContent-Length: {}\r\n\r\n",
        uuid(&digest(format!("{}\n{sha}", capture.id).as_bytes())),
        one_line(&original.media_type),
        one_line(&capture.id),
        original.bytes.len()
    )
    .into_bytes();
    out.extend_from_slice(&original.bytes);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

/// The capture whose file a record keeps, where it keeps one.
pub(super) fn original_of(header: &Header) -> Option<&str> {
    header.get(ORIGINAL)
}

/// The record with which a new file starts: what wrote it.
pub(super) fn about(added: &str) -> Vec<u8> {
    let content = concat!("software: dateline ", env!("CARGO_PKG_VERSION"), "\r\nformat: WARC File Format 1.1\r\n");
    format!(
        "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: {added}\r\n\
         Content-Type: application/warc-fields\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
        uuid(&digest(added.as_bytes())),
        content.len()
    )
    .into_bytes()
}

/// The capture of a record, where it is one of ours and its bytes are those that were written.
pub(super) fn capture(header: &Header, content: &[u8]) -> Option<Capture> {
    let kept: Kept = serde_json::from_str(header.get(FIELD)?).ok()?;
    let sha = digest(content);
    if !is_digest(header, &sha) {
        return None;
    }
    Some(Capture {
        id: kept.id.unwrap_or(sha),
        source: kept.source,
        payload: kept.payload,
        bytes: content.to_vec(),
        given: kept.given,
        original: None,
    })
}

/// What a record says of itself, held against what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seal {
    /// A capture with this id, as it was written.
    Capture(String),
    /// The file that the capture with this id was taken out of, as it was written.
    Original(String),
    /// What says who wrote the file.
    About,
    /// A record of another program.
    Foreign,
    /// One of ours that is not as it was written; says what is wrong.
    Broken(String),
}

/// Holds a record's digests against its bytes.
pub(super) fn seal(header: &Header, content: &[u8]) -> Seal {
    let Some(raw) = header.get(FIELD) else {
        let known = match (original_of(header), header.get("WARC-Type")) {
            (Some(of), _) => Seal::Original(of.to_owned()),
            (None, Some("warcinfo")) => return Seal::About,
            (None, _) => return Seal::Foreign,
        };
        return if is_digest(header, &digest(content)) { known } else { Seal::Broken(ALTERED.to_owned()) };
    };
    let sha = digest(content);
    let Ok(kept) = serde_json::from_str::<Kept>(raw) else {
        return Seal::Broken("what is known of the page beside its bytes cannot be read".to_owned());
    };
    if !is_digest(header, &sha) {
        return Seal::Broken(ALTERED.to_owned());
    }
    let name = format!("<urn:uuid:{}>", uuid(&digest(format!("{raw}\n{sha}").as_bytes())));
    if header.get("WARC-Record-ID") != Some(name.as_str()) {
        return Seal::Broken("what is known of the page beside its bytes is not what was written".to_owned());
    }
    Seal::Capture(kept.id.unwrap_or(sha))
}

const ALTERED: &str = "its bytes are not those that its digest was made of";

fn is_digest(header: &Header, sha: &str) -> bool {
    header.get("WARC-Payload-Digest").and_then(|d| d.strip_prefix("sha256:")) == Some(sha)
}

/// When a record of ours was written.
pub(super) fn added(header: &Header) -> Option<String> {
    serde_json::from_str(header.get(FIELD)?).ok().map(|kept: Kept| kept.added)
}

/// A name-based UUID (RFC 9562, version 8) made of a digest, so that the same record has the same name.
fn uuid(hex: &str) -> String {
    format!("{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// A header's value must stay on its line.
fn one_line(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).collect()
}

/// WARC takes UTC with "Z" only.
fn is_warc_date(date: &str) -> bool {
    date.len() >= 20
        && date.ends_with('Z')
        && date.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'T' | b'Z' | b'.'))
}

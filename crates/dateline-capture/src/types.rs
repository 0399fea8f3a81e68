use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Where a capture came from; unknown parts are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The file it was read from, as the user named it; for a record in a WARC or feed, that file.
    pub path: Option<String>,
    /// The page's address (WARC-Target-URI, feed link, or as given).
    pub url: Option<String>,
    /// Media type ("text/html", "text/plain", "application/rss+xml"), without parameters.
    pub media_type: Option<String>,
    /// The character set a header named, if any ("utf-8").
    #[serde(default)]
    pub charset: Option<String>,
    /// When it was captured, ISO 8601, as the record says. Never the clock of the analysis.
    pub captured: Option<String>,
    /// Byte offset of the record or line in its container (WARC, JSON Lines), for messages.
    #[serde(default)]
    pub offset: Option<u64>,
}

/// What kind of bytes these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payload {
    /// A page with markup.
    Html,
    /// Text as captured from a page: menus and boxes may stand in it, the main text is to be found.
    Text,
    /// The article's text as it is, nothing to find.
    Article,
    /// One item of a feed: HTML or text of the item, with the fields the feed gave in [`Capture::given`].
    FeedItem,
}

/// What the input said about the page beside its bytes (JSON Lines fields, feed item fields).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Given {
    /// Title.
    pub title: Option<String>,
    /// Date as written by the giver.
    pub published: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Authors, as a feed names them.
    #[serde(default)]
    pub bylines: Vec<String>,
    /// Who sent the page, where it came by mail: the outlet, where the page itself names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// What a reader should know about how the page came out of its container: a feed's character set that was
    /// mislabelled, pages of a document that were left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One saved page: its bytes, where they came from, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// SHA-256 of [`Capture::bytes`], lower-case hex; or the id given with JSON Lines input.
    pub id: String,
    /// Where from and when.
    pub source: Source,
    /// What the bytes are.
    pub payload: Payload,
    /// The page as saved, after transfer encodings and before character decoding.
    pub bytes: Vec<u8>,
    /// What the input said beside the bytes.
    pub given: Given,
    /// The file that the bytes were taken out of, where that is more than a wrapping: a PDF, a letter. It is kept
    /// beside the capture, for it is what was saved.
    pub original: Option<Original>,
}

/// A file as it came, of which a capture's bytes are the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Media type ("application/pdf", "message/rfc822").
    pub media_type: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

impl Capture {
    /// A capture of these bytes, named by their SHA-256.
    pub fn new(bytes: Vec<u8>, payload: Payload, source: Source) -> Capture {
        Capture { id: digest(&bytes), source, payload, bytes, given: Given::default(), original: None }
    }
}

/// SHA-256 of the bytes in lower-case hex.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of the first `length` bytes of a file, as [`digest`] writes it. A file that is shorter gives another than one
/// that is not.
///
/// # Errors
/// Where the file cannot be read.
pub fn digest_of_first(path: &Path, length: u64) -> io::Result<String> {
    let mut file = File::open(path)?.take(length);
    let (mut sha, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            n => sha.update(buffer.get(..n).unwrap_or_default()),
        }
    }
    Ok(hex(&sha.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(2 * bytes.len());
    for b in bytes {
        let _ = write!(out, "{b:02x}");
    }
    out
}

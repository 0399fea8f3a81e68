//! What can go wrong with a capture, and how it is told.

use crate::{Capture, Source};
use std::fmt;

/// Why a capture could not be read or written. Opaque; names file, record or line, and byte.
///
/// Displays as "where: what happened; what to do", for example
/// "desk.warc.gz, record at byte 4096: the record is cut off; the rest of the file was read".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureError {
    inner: Box<Inner>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    source: Source,
    line: Option<u64>,
    id: Option<String>,
    kind: ErrorKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file could not be opened or read.
    #[error("cannot be read: {0}")]
    Io(String),
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than the limit, in bytes.
    #[error("larger than the limit of {limit} bytes after decompression; it was left out")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// Not a page, text, feed or WARC; names what it looks like.
    #[error("{0}; give HTML, text, a feed or a WARC file")]
    NotAPage(String),
    /// A container was read and holds no page or text; says so.
    #[error("{0}")]
    NoPage(String),
    /// A compressed stream is damaged or ends early.
    #[error("the compressed data are damaged ({0})")]
    Compression(String),
    /// A record or stream ends before its end.
    #[error("the record is cut off ({0}); complete records of the file were read")]
    Truncated(String),
    /// A record breaks the format.
    #[error("not a valid WARC record ({0}); reading went on at the next record")]
    BadRecord(String),
    /// The HTTP response inside a record cannot be taken apart.
    #[error("the HTTP response in the record cannot be read ({0})")]
    BadResponse(String),
    /// The record says that the page was the same as one captured before, and holds no page.
    #[error("a revisit record: the page is the same as one captured before{0}")]
    Revisit(String),
    /// The server answered with an error.
    #[error("the server answered {0} instead of the page")]
    Status(u16),
    /// A feed cannot be taken apart.
    #[error("the feed cannot be read ({0})")]
    BadFeed(String),
    /// A line of JSON Lines input cannot be used.
    #[error("not usable as a line of input ({0})")]
    BadLine(String),
    /// The library holds another page under the id that the giver chose.
    #[error("another page with the id {0:?} is in the library already; give this one an id of its own, or none")]
    Taken(String),
    /// Writing failed.
    #[error("cannot be written: {0}")]
    Write(String),
    /// Writing failed because no space is left on the disk, or none for this user or file.
    #[error(
        "cannot be written: {0}; free some space and run the same command again: nothing that was acknowledged is lost"
    )]
    NoSpace(String),
}

impl CaptureError {
    pub(crate) fn new(source: Source, kind: ErrorKind) -> CaptureError {
        CaptureError { inner: Box::new(Inner { source, line: None, id: None, kind }) }
    }

    pub(crate) fn io(source: Source, e: &std::io::Error) -> CaptureError {
        CaptureError::new(source, ErrorKind::Io(e.to_string()))
    }

    pub(crate) fn at_line(mut self, line: u64, id: Option<String>) -> CaptureError {
        self.inner.line = Some(line);
        self.inner.id = id;
        self
    }

    /// Of a capture whose id, chosen by the giver, another page has.
    pub fn taken(capture: Capture) -> CaptureError {
        CaptureError::new(capture.source, ErrorKind::Taken(capture.id.clone())).at_id(capture.id)
    }

    fn at_id(mut self, id: String) -> CaptureError {
        self.inner.id = Some(id);
        self
    }

    /// What happened.
    pub fn kind(&self) -> &ErrorKind {
        &self.inner.kind
    }

    /// Where: file, address, and for WARC records the byte at which the record starts.
    pub fn input(&self) -> &Source {
        &self.inner.source
    }

    /// The line, counted from 1, for JSON Lines input.
    pub fn line(&self) -> Option<u64> {
        self.inner.line
    }

    /// The id that the input gave, where it could still be read.
    pub fn id(&self) -> Option<&str> {
        self.inner.id.as_deref()
    }

    /// What happened and what to do, with the line or byte but without the file's name:
    /// "record at byte 4096: the record is cut off …".
    pub fn reason(&self) -> String {
        let mut place = String::new();
        if let Some(line) = self.inner.line {
            place.push_str(&format!("line {line}: "));
        }
        if let Some(offset) = self.inner.source.offset {
            place.push_str(&format!("record at byte {offset}: "));
        }
        format!("{place}{}", self.inner.kind)
    }

    /// Whether the input was read well and simply holds no page: a revisit, a server's error page,
    /// mail of attachments alone.
    pub fn is_not_a_page(&self) -> bool {
        matches!(self.inner.kind, ErrorKind::Revisit(_) | ErrorKind::Status(_) | ErrorKind::NoPage(_))
    }
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = &self.inner.source;
        let path = source.path.as_deref().unwrap_or("standard input");
        f.write_str(if path == "-" { "standard input" } else { path })?;
        if let Some(line) = self.inner.line {
            write!(f, ", line {line}")?;
        }
        if let Some(offset) = source.offset {
            write!(f, ", record at byte {offset}")?;
        }
        if let Some(url) = &source.url {
            write!(f, " ({url})")?;
        }
        write!(f, ": {}", self.inner.kind)
    }
}

impl std::error::Error for CaptureError {}

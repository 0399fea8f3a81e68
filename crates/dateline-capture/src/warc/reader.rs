//! Records of a WARC file, and the captures in them.

use super::own;
use super::record::Header;
use super::stream::Stream;
use crate::input::Input;
use crate::limits::{MAX_HEADER, MAX_SKIP};
use crate::sniff::{self, Hint, Kind};
use crate::{Capture, CaptureError, ErrorKind, Limits, Original, Source, http, packed, pages};
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::path::Path;

/// One record as it stands in the file.
#[derive(Debug)]
pub struct Record {
    pub(crate) header: Header,
    /// The record's content, without its header.
    pub content: Vec<u8>,
    /// Byte offset of the record (of its gzip member) in the file.
    pub offset: u64,
    /// Byte offset one past its end.
    pub end: u64,
}

/// Records of a WARC file, in order. Records of kinds that hold no page come without content.
pub struct Records {
    stream: Stream,
    source: Source,
    limit: u64,
    /// Offset of the record that is being read.
    start: u64,
    started: bool,
    done: bool,
}

/// What went wrong with a record, and how to go on.
enum Trouble {
    /// The bytes that were decoded make no record.
    Record(ErrorKind),
    /// The bytes cannot be decoded, or cannot be read.
    Bytes(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(e: io::Error) -> Trouble {
        Trouble::Bytes(e)
    }
}

fn bad(why: impl Into<String>) -> Trouble {
    Trouble::Record(ErrorKind::BadRecord(why.into()))
}

impl Records {
    pub(crate) fn new(input: Input, zipped: bool, source: Source, limits: &Limits) -> Records {
        let limit = (limits.bytes + MAX_HEADER) as u64;
        Records { stream: Stream::new(input, zipped), source, limit, start: 0, started: false, done: false }
    }

    /// Records of a file, from a byte offset on at which one starts.
    ///
    /// # Errors
    /// Where the file cannot be opened.
    pub fn open(path: &Path, from: u64) -> Result<Records, CaptureError> {
        let source = Source { path: Some(path.to_string_lossy().into_owned()), ..Source::default() };
        let failed = |e: io::Error| CaptureError::io(source.clone(), &e);
        let mut input = Input::file(File::open(path).map_err(failed)?);
        input.seek(from).map_err(failed)?;
        let zipped = packed::is_gzip(input.peek(4).map_err(failed)?) || path.extension().is_some_and(|e| e == "gz");
        Ok(Records::new(input, zipped, source.clone(), &Limits::default()))
    }

    fn error(&self, kind: ErrorKind, offset: u64, url: Option<String>) -> CaptureError {
        CaptureError::new(Source { offset: Some(offset), url, ..self.source.clone() }, kind)
    }

    /// To the first byte of the next record; `false` at the end of the file.
    fn advance(&mut self) -> Result<bool, Trouble> {
        loop {
            let have = self.stream.fill(1)?;
            let blank = have.iter().take_while(|b| b.is_ascii_whitespace()).count();
            let (empty, all_blank) = (have.is_empty(), blank == have.len());
            self.stream.consume(blank);
            self.start = self.stream.offset();
            if empty {
                let more = self.stream.next_member();
                self.start = self.stream.offset();
                if !more? {
                    return Ok(false);
                }
            } else if !all_blank {
                return Ok(true);
            }
        }
    }

    fn header(&mut self) -> Result<Header, Trouble> {
        let mut block: Vec<u8> = Vec::new();
        loop {
            let have = self.stream.fill(1)?;
            if have.is_empty() {
                return Err(Trouble::Record(ErrorKind::Truncated("it ends inside its header".to_owned())));
            }
            let step = memchr::memchr(b'\n', have).map_or(have.len(), |i| i + 1);
            block.extend_from_slice(&have[..step]);
            self.stream.consume(step);
            if block.len() >= 7 && !block.starts_with(b"WARC/") {
                return Err(bad("it does not start with WARC/1.0 or WARC/1.1"));
            }
            if block.ends_with(b"\n\r\n") || block.ends_with(b"\n\n") {
                let end = block.len() - if block.ends_with(b"\r\n") { 2 } else { 1 };
                return Header::parse(block[..end].trim_ascii_end()).map_err(bad);
            }
            if block.len() > MAX_HEADER {
                return Err(bad(format!("its header is larger than {MAX_HEADER} bytes")));
            }
        }
    }

    /// The content of a record, or nothing for kinds that hold no page.
    fn content(&mut self, header: &Header) -> Result<Vec<u8>, Trouble> {
        let length = header.length().map_err(bad)?;
        let cut = || Trouble::Record(ErrorKind::Truncated(format!("{length} bytes were announced, fewer are there")));
        if self.stream.left().is_some_and(|left| length > left) {
            return Err(cut());
        }
        let wanted = matches!(kind(header), "response" | "resource" | "conversion" | "revisit");
        if self.stream.zipped() && length > MAX_SKIP {
            return Err(bad(format!("Content-Length is {length}, more than is passed over to reach the next")));
        }
        if !wanted || length > self.limit {
            let skipped = self.stream.skip(length)?;
            return match (skipped == length, wanted) {
                (false, _) => Err(cut()),
                (true, false) => Ok(Vec::new()),
                (true, true) => Err(Trouble::Record(ErrorKind::TooLarge { limit: self.limit })),
            };
        }
        let mut content = Vec::with_capacity(length.min(64 << 10) as usize);
        while (content.len() as u64) < length {
            let have = self.stream.fill(1)?;
            if have.is_empty() {
                return Err(cut());
            }
            let step = have.len().min(length as usize - content.len());
            content.extend_from_slice(&have[..step]);
            self.stream.consume(step);
        }
        Ok(content)
    }

    /// The blank lines after a record, to the end of its member: only there does the checksum speak.
    fn tail(&mut self) -> Result<(), Trouble> {
        loop {
            let have = self.stream.fill(1)?;
            let blank = have.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let more = blank > 0 && blank == have.len();
            self.stream.consume(blank);
            if !more {
                return Ok(());
            }
        }
    }

    fn record(&mut self, url: &mut Option<String>) -> Result<Record, Trouble> {
        let offset = self.start;
        let header = self.header()?;
        *url = header.url();
        let content = self.content(&header)?;
        self.tail()?;
        Ok(Record { header, content, offset, end: self.stream.end() })
    }

    /// Stands before the next record after trouble with one; gives whether there may be one.
    fn recover(&mut self, trouble: &Trouble, offset: u64, plain: bool) -> bool {
        let found = match trouble {
            Trouble::Record(ErrorKind::TooLarge { .. }) => Ok(true),
            Trouble::Record(_) if plain => self.stream.back_to(offset + 1).and_then(|()| self.stream.find_mark()),
            Trouble::Record(_) => match self.stream.find_mark() {
                Ok(true) => Ok(true),
                Ok(false) => match self.stream.next_member() {
                    Ok(more) => Ok(more),
                    Err(_) => self.stream.find_member(),
                },
                Err(_) => self.stream.find_member(),
            },
            Trouble::Bytes(_) if plain => Ok(false),
            Trouble::Bytes(e) if packed::is_damage(e) => self.stream.find_member(),
            Trouble::Bytes(_) => Ok(false),
        };
        found.unwrap_or(false)
    }
}

fn kind(header: &Header) -> &str {
    header.get("WARC-Type").unwrap_or_default()
}

fn explain(trouble: Trouble) -> ErrorKind {
    match trouble {
        Trouble::Record(kind) => kind,
        Trouble::Bytes(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
            ErrorKind::Truncated("the file ends inside it".to_owned())
        }
        Trouble::Bytes(e) if packed::is_damage(&e) => ErrorKind::Compression(e.to_string()),
        Trouble::Bytes(e) => ErrorKind::Io(e.to_string()),
    }
}

impl Iterator for Records {
    type Item = Result<Record, CaptureError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let plain = !self.stream.zipped();
        let mut url = None;
        let found = match self.advance() {
            Ok(false) if self.started => {
                self.done = true;
                return None;
            }
            Ok(false) => Err(bad("the file holds no record")),
            Ok(true) => self.record(&mut url),
            Err(trouble) => Err(trouble),
        };
        self.started = true;
        Some(found.map_err(|trouble| {
            let offset = self.start;
            self.done = !self.recover(&trouble, offset, plain);
            self.error(explain(trouble), offset, url)
        }))
    }
}

/// Captures of a WARC file: its pages and feeds. Pictures, scripts, redirects and the like are passed over.
pub struct Reader {
    records: Records,
    limits: Limits,
    waiting: VecDeque<Result<Capture, CaptureError>>,
    /// The file kept before the capture that was taken out of it, and that capture's id.
    original: Option<(String, Original)>,
}

impl Reader {
    pub(crate) fn new(input: Input, zipped: bool, source: Source, limits: &Limits) -> Reader {
        let records = Records::new(input, zipped, source, limits);
        Reader { records, limits: *limits, waiting: VecDeque::new(), original: None }
    }
}

impl Iterator for Reader {
    type Item = Result<Capture, CaptureError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.waiting.pop_front() {
                return Some(found);
            }
            match self.records.next()? {
                Err(e) => return Some(Err(e)),
                Ok(record) => {
                    let kept = record.original().map(|(of, file)| (of.to_owned(), file));
                    let mut found = record.captures(&self.records.source, &self.limits);
                    let before = std::mem::replace(&mut self.original, kept);
                    if let (Some((of, file)), [Ok(capture)]) = (before, found.as_mut_slice())
                        && capture.id == of
                    {
                        capture.original = Some(file);
                    }
                    self.waiting.extend(found);
                }
            }
        }
    }
}

impl Record {
    /// The capture, where this is a record that [`super::Writer`] wrote: with all that was known of it then.
    pub fn own(&self) -> Option<Capture> {
        own::capture(&self.header, &self.content)
    }

    /// The capture whose file this record keeps, and that file, where [`super::Writer`] wrote it.
    pub fn original(&self) -> Option<(&str, Original)> {
        let of = own::original_of(&self.header)?;
        let media_type = self.header.get("Content-Type").unwrap_or_default().to_owned();
        Some((of, Original { media_type, bytes: self.content.clone() }))
    }

    /// What the record says of itself, held against its bytes.
    pub fn seal(&self) -> super::Seal {
        own::seal(&self.header, &self.content)
    }

    /// When [`super::Writer`] wrote this record, where it did.
    pub fn added(&self) -> Option<String> {
        own::added(&self.header)
    }

    /// The captures in this record: none where it holds no page, several where it holds a feed.
    fn captures(self, file: &Source, limits: &Limits) -> Vec<Result<Capture, CaptureError>> {
        let mut source = Source {
            url: self.header.url().filter(|u| !u.starts_with("urn:")),
            captured: self.header.get("WARC-Date").and_then(crate::limits::field),
            offset: Some(self.offset),
            ..file.clone()
        };
        let failed = |source: Source, kind| vec![Err(CaptureError::new(source, kind))];
        match kind(&self.header) {
            "revisit" => {
                let of = self.header.get("WARC-Refers-To-Target-URI").map_or(String::new(), |u| format!(" from {u}"));
                return failed(source, ErrorKind::Revisit(of));
            }
            "response" | "resource" | "conversion" => {}
            _ => return Vec::new(),
        }
        if let Some(capture) = own::capture(&self.header, &self.content) {
            return vec![Ok(capture)];
        }
        // the capture that was taken out of it has a record of its own
        if own::original_of(&self.header).is_some() {
            return Vec::new();
        }
        let content_type = self.header.get("Content-Type").unwrap_or_default();
        let (written, status, bytes) = if content_type.starts_with("application/http") {
            match http::response(&self.content, limits.bytes) {
                Ok(r) => (r.content_type, r.status, r.body),
                Err(kind) => return failed(source, kind),
            }
        } else {
            (Some(content_type.to_owned()), 200, self.content)
        };
        (source.media_type, source.charset) = written.as_deref().map(http::content_type).unwrap_or_default();
        let Some(hint) = sniff::media_type(source.media_type.as_deref()) else { return Vec::new() };
        if bytes.is_empty() && status < 400 || (300..400).contains(&status) || !is_page(&bytes, hint, &source) {
            return Vec::new();
        }
        if !(200..300).contains(&status) {
            return failed(source, ErrorKind::Status(status));
        }
        pages::captures(bytes, hint, source)
    }
}

/// Whether a payload is one that a reader of news wants: archives are full of data files, site maps and robots.txt.
fn is_page(bytes: &[u8], hint: Hint, source: &Source) -> bool {
    let path = source.url.as_deref().and_then(|u| u.split(['?', '#']).next()).unwrap_or_default();
    let data = path.ends_with("/robots.txt") || path.ends_with("/ads.txt");
    !data && (hint == Hint::Html || bytes.is_empty() || !matches!(sniff::kind(bytes, hint), Kind::Other(_)))
}

/// The capture that [`super::Writer`] wrote at a byte offset.
///
/// # Errors
/// Where the file cannot be read, or no capture of ours starts there.
pub fn read_at(path: &Path, offset: u64) -> Result<Capture, CaptureError> {
    let mut records = Records::open(path, offset)?;
    let place = Source { offset: Some(offset), ..records.source.clone() };
    let none = |why: &str| CaptureError::new(place.clone(), ErrorKind::BadRecord(why.to_owned()));
    let record = records.next().unwrap_or_else(|| Err(none("the file ends before it")))?;
    record.own().ok_or_else(|| none("it is not a record of this library"))
}

//! JSON Lines: one page a line.

use crate::limits::{self, MAX_BYTES};
use crate::{Capture, CaptureError, ErrorKind, Given, Payload, Source, digest};
use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Bytes of one line. JSON may write one byte of text as six ("\u0000").
const MAX_LINE: usize = 6 * MAX_BYTES;

/// One line of input. Fields that are not named here are left alone.
#[derive(Debug, Deserialize)]
struct Line {
    id: Option<String>,
    html: Option<String>,
    capture: Option<String>,
    text: Option<String>,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    language: Option<String>,
}

/// The captures of JSON Lines: `{"id", one of "html", "capture", "text", and "title", "published", "url", "outlet",
/// "language" where known}`. `html` is a page, `capture` text as captured from one, `text` the article's text as it
/// is. Empty lines are passed over. A bad line is one error that names it; the next is read.
///
/// ```
/// let lines = "{\"id\": \"a\", \"text\": \"Rain fell.\"}\nnot json\n";
/// let found: Vec<_> = dateline_capture::jsonl::lines(lines.as_bytes()).collect();
/// assert_eq!(found[0].as_ref().unwrap().id, "a");
/// assert_eq!(found[1].as_ref().unwrap_err().line(), Some(2));
/// ```
pub fn lines<R: BufRead>(reader: R) -> Lines<R> {
    Lines { reader, number: 0, at: 0, next: 0, path: None, done: false }
}

/// As [`lines`], of input that the giver calls by this name; it may be compressed by gzip, and offsets are those of the
/// lines as they were before that.
///
/// # Errors
/// Where it begins as no text does.
pub fn named(reader: Box<dyn BufRead + Send>, name: &str) -> Result<Lines<Box<dyn BufRead + Send>>, CaptureError> {
    let path = Some(name.to_owned());
    let source = Source { path: path.clone(), ..Source::default() };
    let reader = plain(reader).map_err(|kind| CaptureError::new(source, kind))?;
    Ok(Lines { path, ..lines(reader) })
}

/// As [`named`], of a JSON Lines file, or of standard input for `-`.
///
/// # Errors
/// Where the file cannot be opened, or begins as no text does.
pub fn open(path: &Path) -> Result<Lines<Box<dyn BufRead + Send>>, CaptureError> {
    let name = path.to_string_lossy().into_owned();
    let reader: Box<dyn BufRead + Send> = if path == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let source = Source { path: Some(name.clone()), ..Source::default() };
        let file = std::fs::File::open(path).map_err(|e| CaptureError::io(source, &e))?;
        Box::new(BufReader::with_capacity(64 << 10, file))
    };
    named(reader, &name)
}

/// Input as it was before gzip; one error for what is no text at all, rather than one a line.
fn plain(mut reader: Box<dyn BufRead + Send>) -> Result<Box<dyn BufRead + Send>, ErrorKind> {
    let begins = reader.fill_buf().map_err(|e| ErrorKind::Io(e.to_string()))?;
    if begins.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(reader))));
    }
    match memchr::memchr(0, begins) {
        Some(_) => Err(bad("the input is no text; JSON Lines, as it is or compressed by gzip, was asked for".into())),
        None => Ok(reader),
    }
}

/// See [`lines`].
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    number: u64,
    /// Bytes before this line, and before the next.
    at: u64,
    next: u64,
    path: Option<String>,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    /// The next line without its end; `None` at the end of input.
    fn line(&mut self) -> Option<Result<Vec<u8>, ErrorKind>> {
        let mut line = Vec::new();
        self.number += 1;
        self.at = self.next;
        match self.reader.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(n) if n == MAX_LINE && line.last() != Some(&b'\n') => {
                self.next += n as u64;
                Some(self.pass_over().and(Err(ErrorKind::TooLarge { limit: MAX_LINE as u64 })))
            }
            Ok(n) => {
                self.next += n as u64;
                Some(Ok(line))
            }
            Err(e) => {
                self.done = true;
                Some(Err(ErrorKind::Io(e.to_string())))
            }
        }
    }

    /// Leaves the rest of a line that is too long.
    fn pass_over(&mut self) -> Result<(), ErrorKind> {
        loop {
            let buffer = self.reader.fill_buf().map_err(|e| ErrorKind::Io(e.to_string()))?;
            let (taken, ended) = match memchr::memchr(b'\n', buffer) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.reader.consume(taken);
            self.next += taken as u64;
            if ended {
                return Ok(());
            }
        }
    }

    fn capture(&self, line: &[u8]) -> Result<Capture, CaptureError> {
        let line: Line = serde_json::from_slice(line).map_err(|e| self.error(bad(e.to_string()), None))?;
        let source = Source {
            path: self.path.clone(),
            url: line.url.as_deref().and_then(limits::field),
            charset: Some("utf-8".to_owned()),
            offset: Some(self.at),
            ..Source::default()
        };
        let (payload, text) = match (line.html, line.capture, line.text) {
            (Some(t), _, _) => (Payload::Html, t),
            (_, Some(t), _) => (Payload::Text, t),
            (_, _, Some(t)) => (Payload::Article, t),
            _ => return Err(self.error(bad("none of \"html\", \"capture\" and \"text\" stands in it".into()), line.id)),
        };
        if line.id.as_ref().is_some_and(|id| id.len() > limits::MAX_FIELD) {
            return Err(self.error(bad(format!("its id is longer than {} bytes", limits::MAX_FIELD)), None));
        }
        if text.len() > MAX_BYTES {
            return Err(self.error(ErrorKind::TooLarge { limit: MAX_BYTES as u64 }, line.id));
        }
        let bytes = text.into_bytes();
        let field = |f: Option<String>| f.as_deref().and_then(limits::field);
        Ok(Capture {
            id: line.id.unwrap_or_else(|| digest(&bytes)),
            source,
            payload,
            bytes,
            given: Given {
                title: field(line.title),
                published: field(line.published),
                outlet: field(line.outlet),
                language: field(line.language),
                ..Given::default()
            },
            original: None,
        })
    }

    fn error(&self, kind: ErrorKind, id: Option<String>) -> CaptureError {
        CaptureError::new(Source { path: self.path.clone(), ..Source::default() }, kind).at_line(self.number, id)
    }
}

fn bad(why: String) -> ErrorKind {
    ErrorKind::BadLine(why)
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Capture, CaptureError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.line()? {
                Ok(line) if line.trim_ascii().is_empty() => {}
                Ok(line) => return Some(self.capture(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line))),
                Err(kind) => return Some(Err(self.error(kind, None))),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_are_told_apart_and_bad_lines_do_not_stop_the_rest() {
        let input = "\u{feff}{\"id\":\"1\",\"html\":\"<p>x\",\"published\":\"2024-01-26\"}\n\n{\"id\":\"2\"}\n[1]\n{\"capture\":\"menu\"}\n{\"text\":\"a\",\"id\":3}\n{\"text\":\"last\"}";
        let found: Vec<_> = lines(input.as_bytes()).collect();
        assert_eq!(found.len(), 6);
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.payload, first.given.published.as_deref()), (Payload::Html, Some("2024-01-26")));
        let second = found[1].as_ref().unwrap_err();
        assert_eq!((second.id(), second.line()), (Some("2"), Some(3)));
        assert_eq!(found[2].as_ref().unwrap_err().line(), Some(4));
        assert_eq!(found[3].as_ref().unwrap().payload, Payload::Text);
        assert!(found[4].is_err());
        let last = found[5].as_ref().unwrap();
        assert_eq!((last.payload, last.id.as_str()), (Payload::Article, digest(b"last").as_str()));
    }

    #[test]
    fn compressed_lines_are_read_and_what_is_no_text_is_one_error() {
        use std::io::Write;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lines");
        let ids = || open(&path).map(|all| all.map(|c| c.unwrap().id).collect::<Vec<_>>());
        let mut packed = Vec::new();
        for id in ["a", "b"] {
            let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            writeln!(member, "{{\"id\":\"{id}\",\"text\":\"Rain fell.\"}}").unwrap();
            packed.extend(member.finish().unwrap());
        }
        std::fs::write(&path, &packed).unwrap();
        assert_eq!(ids().unwrap(), ["a", "b"]);
        std::fs::write(&path, &packed[..packed.len() - 9]).unwrap();
        assert!(open(&path).unwrap().last().unwrap().is_err(), "a file that was cut off says so");
        std::fs::write(&path, b"\x00\x01\n\x02\n").unwrap();
        assert!(ids().is_err());
    }
}

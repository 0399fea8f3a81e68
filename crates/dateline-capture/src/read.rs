//! From a path to captures.

use crate::folder::Walk;
use crate::input::Input;
use crate::packed::{self, Packing};
use crate::sniff::{self, Hint};
use crate::zstd::{self, Frames};
use crate::{Capture, CaptureError, ErrorKind, Limits, Source, mime, pages, warc};
use std::fs::File;
use std::path::Path;

type Found = Box<dyn Iterator<Item = Result<Capture, CaptureError>> + Send>;

/// The captures of a path, one at a time. Made by [`read`].
pub struct Captures {
    files: Files,
    now: Option<Found>,
    limits: Limits,
}

enum Files {
    Folder(Walk),
    Standard,
    Done,
}

/// Reads a file, a folder (its files in the order of their names, folders in it included) or, for `-`, standard
/// input. One item a page, feed item or WARC record; what fails is an item too, and the rest goes on. Nothing is
/// read before it is asked for, and one page is held at a time.
///
/// # Errors
/// Each item by itself, see [`CaptureError`].
pub fn read(path: &Path, limits: &Limits) -> Captures {
    let files = if path == Path::new("-") { Files::Standard } else { Files::Folder(Walk::new(path)) };
    let mut captures = Captures { files, now: None, limits: *limits };
    // A path that the user names is read whatever its extension says; `Walk` would pass some over.
    if path != Path::new("-") && !path.is_dir() {
        captures.files = Files::Done;
        captures.now = Some(open(path, limits));
    }
    captures
}

/// Reads bytes as [`read`] reads a file of that name. What would have to be read twice (WARC records behind damage) is
/// passed over, as in standard input.
///
/// ```
/// use dateline_capture::{Limits, read_bytes};
/// let page = b"<p>Rain fell in Testburg.</p>".to_vec();
/// assert_eq!(read_bytes(page, "a.html", &Limits::default()).filter_map(Result::ok).count(), 1);
/// ```
pub fn read_bytes(bytes: Vec<u8>, name: &str, limits: &Limits) -> Captures {
    named(Input::stream(Box::new(std::io::Cursor::new(bytes))), name, limits)
}

/// Reads an open file, from its beginning, as [`read`] reads a file of that name: the name is what the giver calls it,
/// wherever the file lies.
pub fn read_file(file: File, name: &str, limits: &Limits) -> Captures {
    named(Input::file(file), name, limits)
}

fn named(input: Input, name: &str, limits: &Limits) -> Captures {
    let source = Source { path: Some(name.to_owned()), ..Source::default() };
    let found = of_input(input, source, &name.to_ascii_lowercase(), limits);
    Captures { files: Files::Done, now: Some(found), limits: *limits }
}

impl Iterator for Captures {
    type Item = Result<Capture, CaptureError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.now.as_mut().and_then(|now| now.next()) {
                return Some(found);
            }
            self.now = Some(match &mut self.files {
                Files::Done => return None,
                Files::Standard => {
                    self.files = Files::Done;
                    let input = Input::stream(Box::new(std::io::stdin()));
                    of_input(input, Source { path: Some("-".to_owned()), ..Source::default() }, "", &self.limits)
                }
                Files::Folder(walk) => match walk.next()? {
                    (path, Ok(())) => open(&path, &self.limits),
                    (path, Err(e)) => one(Err(CaptureError::io(source(&path), &e))),
                },
            });
        }
    }
}

fn one(item: Result<Capture, CaptureError>) -> Found {
    Box::new(std::iter::once(item))
}

fn source(path: &Path) -> Source {
    Source { path: Some(path.to_string_lossy().into_owned()), ..Source::default() }
}

fn open(path: &Path, limits: &Limits) -> Found {
    let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match File::open(path) {
        Ok(file) => of_input(Input::file(file), source(path), &name, limits),
        Err(e) => one(Err(CaptureError::io(source(path), &e))),
    }
}

/// Looks at the beginning and reads the rest accordingly; `name` is the file's name in lower case.
fn of_input(mut input: Input, source: Source, name: &str, limits: &Limits) -> Found {
    let start = match input.peek(sniff::PEEK) {
        Ok(start) => start,
        Err(e) => return one(Err(CaptureError::io(source, &e))),
    };
    let plain_warc = start.trim_ascii_start().starts_with(b"WARC/");
    // A name may say what damage at the beginning hides.
    let named_zipped = name.ends_with(".warc.gz") && !plain_warc && !start.is_empty();
    let zipped = packed::is_gzip(start) || named_zipped;
    let is_warc = plain_warc
        || named_zipped
        || name.ends_with(".warc") && !start.is_empty()
        || zipped && packed::first_bytes(start, 5) == b"WARC/";
    if is_warc {
        return Box::new(warc::Reader::new(input, zipped, source, limits));
    }
    if zstd::is_zstd(start) && (name.ends_with(".warc.zst") || zstd::first_bytes(start, 5) == b"WARC/") {
        let records = Input::stream(Box::new(Frames::new(input)));
        return Box::new(warc::Reader::new(records, false, source, limits));
    }
    let packing = if zipped { Some(Packing::Gzip) } else { Packing::of(start, name) };
    let inner = Packing::inner(name);
    let hint = inner.rsplit_once('.').and_then(|(_, e)| sniff::extension(e)).unwrap_or(Hint::None);
    if packing.is_none() && mime::is_mailbox(start, hint == Hint::Message) {
        return Box::new(mime::Mailbox::new(input, &source, limits));
    }
    let bytes = match packing {
        Some(packing) => packing.unpack(input, limits.bytes),
        None => packed::read_capped(input, limits.bytes),
    };
    match bytes {
        Err(kind) => one(Err(CaptureError::new(source, kind))),
        Ok(bytes) if Packing::of(&bytes, "").is_some() => {
            let what = "compressed twice, and only one layer is opened; unpack it first".to_owned();
            one(Err(CaptureError::new(source, ErrorKind::NotAPage(what))))
        }
        Ok(bytes) => Box::new(pages::captures(bytes, hint, source).into_iter()),
    }
}

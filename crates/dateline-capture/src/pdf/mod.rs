//! The text of PDF files: what stands on their pages, line by line, as a text capture.
//!
//! The file's structure and its fonts are read by hayro-syntax and hayro-font; which letters stand where is read here
//! ([`content`]), with a budget, and so are lines and paragraphs ([`layout`]). What a file may make the readers unpack is
//! measured before they see it ([`guard`]).

mod content;
mod guard;
mod layout;

use crate::{Capture, CaptureError, ErrorKind, Original, Payload, Source};
use hayro_font::hayro_syntax::{LoadPdfError, Pdf};

/// Pages that are read; a newspaper has a hundred.
const MAX_PAGES: usize = 400;
/// Stack of the thread that reads: structures nest up to 512 deep.
const STACK: usize = 64 << 20;
/// Share of letters without a meaning (in hundredths) from which a text cannot be read.
const UNKNOWN: usize = 20;

/// What was read.
struct Text {
    text: String,
    notes: Vec<String>,
}

/// The capture of a PDF file: its text, and notes on what was left out.
///
/// # Errors
/// [`ErrorKind::NoPage`] where it has no text, [`ErrorKind::NotAPage`] where it cannot be read.
pub(crate) fn capture(bytes: &[u8], source: &Source) -> Result<Capture, CaptureError> {
    // A thread of its own: a deep structure needs stack, and a fault in reading it must not spread.
    let read = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || text(bytes));
        thread.map_err(|e| ErrorKind::Io(e.to_string()))?.join().unwrap_or_else(|_| Err(broken("it breaks its reader")))
    });
    let found = read.map_err(|kind| CaptureError::new(source.clone(), kind))?;
    let media_type = source.media_type.clone().or_else(|| Some("application/pdf".to_owned()));
    let source = Source { media_type, charset: Some("utf-8".to_owned()), ..source.clone() };
    let mut capture = Capture::new(found.text.into_bytes(), Payload::Text, source);
    capture.given.notes = found.notes;
    capture.original = Some(Original { media_type: "application/pdf".to_owned(), bytes: bytes.to_vec() });
    Ok(capture)
}

fn broken(why: &str) -> ErrorKind {
    ErrorKind::NotAPage(format!("this is a PDF that cannot be read ({why})"))
}

fn text(bytes: &[u8]) -> Result<Text, ErrorKind> {
    guard::check(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|e| match e {
        LoadPdfError::Decryption(_) => broken("it is locked with a password"),
        LoadPdfError::Invalid => broken("its structure is damaged"),
    })?;
    guard::check_streams(&pdf)?;
    let mut reader = content::Reader::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter().take(MAX_PAGES) {
        pages.push(layout::lines(&reader.page(page)));
        if reader.spent() {
            break;
        }
    }
    let mut notes = Vec::new();
    let all = pdf.pages().len();
    if pages.len() < all || reader.spent() {
        notes.push(format!("only the first {} of {all} pages were read", pages.len()));
    }
    let (known, unknown) = reader.letters();
    if known == 0 && unknown == 0 {
        let what = "a PDF without text, such as pictures of pages; nothing in it can be read".to_owned();
        return Err(ErrorKind::NoPage(what));
    }
    if unknown * 100 > (known + unknown) * UNKNOWN {
        let what = "a PDF whose letters have no meaning to a program: its fonts do not say which they are".to_owned();
        return Err(ErrorKind::NoPage(what));
    }
    if unknown > 0 {
        notes.push(format!("{unknown} of {} letters of the PDF could not be read", known + unknown));
    }
    Ok(Text { text: layout::text(pages), notes })
}

#[cfg(test)]
mod tests;

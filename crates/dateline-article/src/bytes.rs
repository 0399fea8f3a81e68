//! From a capture's bytes to text, and from places in that text back to the bytes.
//!
//! A label is believed only as far as the bytes bear it out: bytes that are valid UTF-8 with letters outside of
//! ASCII are UTF-8 whatever a header says, and a page that claims UTF-8 but is not gets its encoding detected.

use crate::NotAnArticle;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Longest capture that is read; what lies past it is left out, with a note.
pub(crate) const MAX_BYTES: usize = 24 << 20;
/// How far into a page its own `<meta charset>` is looked for.
const PRESCAN: usize = 4096;

/// Text of a capture, with the way back to its bytes.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    /// The text.
    pub text: String,
    /// What a reader should know about the decoding.
    pub notes: Vec<String>,
    /// (offset in text, offset in bytes): from each entry on, both run byte for byte up to the next entry.
    map: Vec<(usize, usize)>,
}

impl Decoded {
    /// The byte of the capture at which the text's byte `at` was read.
    pub fn byte(&self, at: usize) -> usize {
        let i = self.map.partition_point(|(text, _)| *text <= at);
        match i.checked_sub(1).and_then(|i| self.map.get(i)) {
            Some((text, byte)) => {
                let next = self.map.get(i).map_or(usize::MAX, |(_, byte)| *byte);
                (byte + (at - text)).min(next)
            }
            None => at,
        }
    }

    /// The capture's bytes for a range of the text.
    pub fn range(&self, start: usize, end: usize) -> (usize, usize) {
        (self.byte(start), self.byte(end))
    }

    /// Text and bytes run in step from here on.
    fn mark(&mut self, byte: usize) {
        let text = self.text.len();
        if self.map.last().is_none_or(|(t, b)| byte.wrapping_sub(*b) != text.wrapping_sub(*t)) {
            self.map.push((text, byte));
        }
    }
}

/// Decodes a capture. `header` is the character set named outside of the bytes, if any.
///
/// # Errors
/// [`NotAnArticle::Unreadable`] for bytes that are no text: pictures, archives, noise.
pub(crate) fn decode(bytes: &[u8], header: Option<&str>) -> Result<Decoded, NotAnArticle> {
    if let Some(what) = magic(bytes) {
        return Err(NotAnArticle::Unreadable(format!("this is {what}, not a page")));
    }
    let whole = bytes.len();
    let bytes = bytes.get(..MAX_BYTES).unwrap_or(bytes);
    let (encoding, skip, note) = encoding(bytes, header);
    let mut out = read(bytes, encoding, skip);
    out.notes.extend(note);
    if whole > bytes.len() {
        out.notes.push(format!("only the first {} of {whole} bytes were read", bytes.len()));
    }
    refuse_noise(&out.text)?;
    Ok(out)
}

/// Kinds of file that are told by their first bytes and are never a page.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF file"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b", "gzip data"),
        (b"\x28\xb5\x2f\xfd", "Zstandard data"),
        (b"7z\xbc\xaf", "a 7-Zip archive"),
        (b"\x7fELF", "a program"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

/// The encoding to read with, the length of a byte order mark, and a note where a label was wrong.
fn encoding(bytes: &[u8], header: Option<&str>) -> (&'static Encoding, usize, Option<String>) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length, None);
    }
    let label = header.and_then(|l| Encoding::for_label(l.trim().as_bytes())).or_else(|| meta_label(bytes));
    if let Some(label) = label.filter(|l| *l == UTF_16LE || *l == UTF_16BE) {
        // Without a mark, only zero bytes make it UTF-16.
        if memchr::memchr(0, bytes.get(..PRESCAN).unwrap_or(bytes)).is_some() {
            return (label, 0, None);
        }
    }
    let mislabelled = |found: &'static Encoding| {
        label
            .filter(|l| *l != found)
            .map(|l| format!("character set mislabelled: says {}, is {}", l.name(), found.name()))
    };
    let (good, bad) = utf8_evidence(bytes);
    if bad == 0 && (good > 0 || label.is_none()) {
        return (UTF_8, 0, mislabelled(UTF_8));
    }
    match label {
        Some(l) if l != UTF_8 && !is_utf16(l) => (l, 0, None),
        // A few broken sequences in much good UTF-8 are damage, not another encoding.
        _ if good > bad * 8 => (UTF_8, 0, None),
        _ if bad == 0 => (UTF_8, 0, None),
        _ => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            let found = detector.guess(None, chardetng::Utf8Detection::Allow);
            (found, 0, mislabelled(found))
        }
    }
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// How many sequences of more than one byte are valid UTF-8, and how many are broken.
fn utf8_evidence(bytes: &[u8]) -> (usize, usize) {
    if std::str::from_utf8(bytes).is_ok() {
        return (usize::from(!bytes.is_ascii()), 0);
    }
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// The character set that the page's own first bytes name.
fn meta_label(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes).to_ascii_lowercase();
    let mut at = 0;
    while let Some(i) = memmem::find(head.get(at..)?, b"charset") {
        at += i + b"charset".len();
        let rest = head.get(at..)?.trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b"=") else { continue };
        let rest = rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)));
        let label = rest.get(..end.unwrap_or(rest.len()))?;
        if let Some(encoding) = Encoding::for_label(label) {
            return Some(encoding);
        }
    }
    None
}

/// Reads with a known encoding, keeping the way back.
fn read(bytes: &[u8], encoding: &'static Encoding, skip: usize) -> Decoded {
    let body = bytes.get(skip..).unwrap_or_default();
    let mut out = Decoded { text: String::with_capacity(body.len()), ..Decoded::default() };
    if encoding == UTF_8 {
        read_utf8(&mut out, body, skip);
    } else {
        read_other(&mut out, body, skip, encoding);
    }
    out
}

fn read_utf8(out: &mut Decoded, body: &[u8], skip: usize) {
    if let Ok(text) = std::str::from_utf8(body) {
        out.mark(skip);
        out.text.push_str(text);
        return;
    }
    let (mut at, mut broken) = (skip, 0);
    for chunk in body.utf8_chunks() {
        out.mark(at);
        out.text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            out.mark(at);
            out.text.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
            broken += 1;
        }
    }
    out.mark(at);
    if broken > 0 {
        out.notes.push(format!("{broken} broken character(s) in the page's UTF-8"));
    }
}

/// One byte at a time where bytes are not ASCII, so that every character's place is known.
fn read_other(out: &mut Decoded, body: &[u8], skip: usize, encoding: &'static Encoding) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let ascii = encoding.is_ascii_compatible();
    let mut at = 0;
    let mut pending = 0;
    let mut buffer = [0u8; 16];
    while at < body.len() {
        let rest = &body[at..];
        let run = if ascii && pending == at { Encoding::ascii_valid_up_to(rest) } else { 0 };
        if run > 0 {
            out.mark(skip + at);
            out.text.extend(rest[..run].iter().map(|b| *b as char));
            at += run;
            pending = at;
            continue;
        }
        let last = at + 1 == body.len();
        let (_, _, written, _) = decoder.decode_to_utf8(&rest[..1], &mut buffer, last);
        at += 1;
        if written > 0 {
            out.mark(skip + pending);
            out.text.push_str(std::str::from_utf8(&buffer[..written]).unwrap_or_default());
            pending = at;
        }
    }
    out.mark(skip + at);
}

/// Refuses text that is mostly control characters: noise, not writing.
fn refuse_noise(text: &str) -> Result<(), NotAnArticle> {
    let start = text.as_bytes().get(..200_000).unwrap_or(text.as_bytes());
    let controls = start.iter().filter(|b| (**b < 0x20 && !b"\t\n\r\x0c".contains(b)) || **b == 0x7F).count();
    let odd = controls + memmem::find_iter(start, "\u{fffd}").count();
    let all = start.len();
    if odd > 16 && odd * 50 > all {
        return Err(NotAnArticle::Unreadable("binary data, not text in any encoding".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows_1251(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
    }

    #[test]
    fn a_wrong_claim_of_utf8_is_found_out_and_noted() {
        let words = "Мэр города открыл новый мост через реку. ".repeat(6);
        let page = windows_1251(&format!("<meta charset=\"utf-8\"><p>{words}</p>"));
        let read = decode(&page, None).unwrap();
        assert!(read.text.contains("открыл новый мост"));
        assert!(read.notes.iter().any(|n| n.starts_with("character set mislabelled")), "{:?}", read.notes);
    }

    #[test]
    fn places_in_the_text_lead_back_to_the_bytes() {
        let page = windows_1251("<p>Мост</p> open");
        let read = decode(&page, Some("windows-1251")).unwrap();
        let at = read.text.find("open").unwrap();
        assert_eq!(&page[read.byte(at)..], b"open");
        let (start, end) = read.range(read.text.find('М').unwrap(), read.text.find("</p>").unwrap());
        assert_eq!(page[start..end], windows_1251("Мост"));
    }

    #[test]
    fn utf16_is_told_by_its_mark() {
        let mut page = vec![0xFF, 0xFE];
        page.extend("Žemė".encode_utf16().flat_map(u16::to_le_bytes));
        let read = decode(&page, None).unwrap();
        assert_eq!(read.text, "Žemė");
        assert_eq!(read.range(0, read.text.len()), (2, page.len()));
        assert_eq!(read.byte("Ž".len()), 4);
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut page = "Größe, Straße, Übung, Märkte, schön, für, Tür, Öl, Äpfel".as_bytes().to_vec();
        page.extend(b" and \xff here");
        let read = decode(&page, None).unwrap();
        assert!(read.text.contains("Größe"));
        assert_eq!(&page[read.byte(read.text.find("here").unwrap())..], b"here");
    }

    #[test]
    fn noise_is_refused() {
        let noise: Vec<u8> = (0..20_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise, None), Err(NotAnArticle::Unreadable(_))));
        assert!(matches!(decode(b"%PDF-1.7 ...", None), Err(NotAnArticle::Unreadable(_))));
    }
}

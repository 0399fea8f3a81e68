//! From a capture's bytes to text, and from places in that text back to the bytes.
//!
//! A label is believed only as far as the bytes bear it out ([`dateline_capture::encoding`]), and text that was encoded
//! twice is read as it was meant. Both leave a note.

use crate::NotAnArticle;
use dateline_capture::encoding::{Label, Twice, judge, twice};
use encoding_rs::{Encoding, UTF_8};
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

    /// Where in the text the capture's byte `at` was read: the beginning of its character, or the end of the text.
    pub fn at(&self, byte: usize) -> usize {
        let i = self.map.partition_point(|(_, b)| *b <= byte);
        let Some((text, from)) = i.checked_sub(1).and_then(|i| self.map.get(i)) else { return 0 };
        let next = self.map.get(i).map_or(self.text.len(), |(text, _)| *text);
        self.text.floor_char_boundary((text + (byte - from)).min(next))
    }

    /// A stretch of another decoding, with its places.
    fn copy(&mut self, from: &Decoded, start: usize, end: usize) {
        self.mark(from.byte(start));
        let first = from.map.partition_point(|(text, _)| *text <= start);
        let inner = from.map.get(first..).unwrap_or_default().iter().take_while(|(text, _)| *text <= end);
        let base = self.text.len();
        self.map.extend(inner.map(|(text, byte)| (base + (text - start), *byte)));
        self.text.push_str(from.text.get(start..end).unwrap_or_default());
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
    let written = meta_label(bytes);
    let labels = [("the header", header), ("the page", written.as_deref())];
    let labels = labels.iter().filter_map(|(by, name)| Some(Label { by, name: (*name)? }));
    let judged = judge(bytes, &labels.collect::<Vec<_>>());
    let mut out = read(bytes, judged.encoding, judged.skip);
    out.notes.extend(judged.note);
    out = once(out);
    if whole > bytes.len() {
        out.notes.push(format!("only the first {} of {whole} bytes were read", bytes.len()));
    }
    refuse_noise(&out.text)?;
    Ok(out)
}

/// Text that was encoded twice, read as it was meant; where only parts were, a note.
fn once(mut twisted: Decoded) -> Decoded {
    let found = match twice(&twisted.text) {
        Twice::No => return twisted,
        Twice::Parts => {
            twisted.notes.push("parts of the page were encoded twice and are left as they stand".to_owned());
            return twisted;
        }
        Twice::All(found) => found,
    };
    let mut out = Decoded { notes: std::mem::take(&mut twisted.notes), ..Decoded::default() };
    let mut at = 0;
    for (start, end, meant) in &found {
        out.copy(&twisted, at, *start);
        out.mark(twisted.byte(*start));
        out.text.push(*meant);
        at = *end;
    }
    out.copy(&twisted, at, twisted.text.len());
    out.notes.push(format!("the page was encoded twice: {} characters were read as they were meant", found.len()));
    out
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

/// The character set that the page's own first bytes name.
fn meta_label(bytes: &[u8]) -> Option<String> {
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
        if Encoding::for_label(label).is_some() {
            return Some(String::from_utf8_lossy(label).into_owned());
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
        assert_eq!((read.at(start), read.at(end)), (3, 3 + "Мост".len()));
        assert_eq!((read.at(0), read.at(page.len()), read.at(page.len() + 9)), (0, read.text.len(), read.text.len()));
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
    fn what_was_encoded_twice_is_read_once_and_noted() {
        let meant = "<p>Le café du port a été fermé après l’orage.</p>";
        let twisted = encoding_rs::WINDOWS_1252.decode_without_bom_handling(meant.as_bytes()).0.into_owned();
        let page = twisted.as_bytes();
        let read = decode(page, Some("utf-8")).unwrap();
        assert_eq!(read.text, meant);
        assert!(read.notes.iter().any(|n| n.starts_with("the page was encoded twice")), "{:?}", read.notes);
        for word in ["café", "fermé", "</p>"] {
            let at = read.text.find(word).unwrap();
            let (start, end) = read.range(at, at + word.len());
            let want = encoding_rs::WINDOWS_1252.decode_without_bom_handling(word.as_bytes()).0;
            assert_eq!(std::str::from_utf8(&page[start..end]).unwrap(), want);
        }
        // The same in bytes of another encoding, where places in text and bytes differ already.
        let wide: Vec<u8> = twisted.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let read = decode(&wide, None).unwrap();
        assert_eq!(read.text, meant);
        let at = read.text.find("orage").unwrap();
        assert_eq!(&wide[read.byte(at)..read.byte(at) + 4], b"o\0r\0");
    }

    #[test]
    fn noise_is_refused() {
        let noise: Vec<u8> = (0..20_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise, None), Err(NotAnArticle::Unreadable(_))));
        assert!(matches!(decode(b"%PDF-1.7 ...", None), Err(NotAnArticle::Unreadable(_))));
    }
}

//! How much a PDF makes its reader unpack, measured before it does.

use super::broken;
use crate::ErrorKind;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use hayro_font::hayro_syntax::Pdf;
use hayro_font::hayro_syntax::object::Object;
use memchr::memmem;
use std::io::Read;

/// Unpacked bytes of one stream.
const MAX_STREAM: u64 = 64 << 20;
/// Unpacked bytes of all streams: pictures count too, though they are not unpacked for the text.
const MAX_ALL: u64 = 512 << 20;
/// Packed bytes of a stream of a kind that is not measured (LZW, or packed within another code): such files are old
/// and small, and even at the highest rate this much stays within [`MAX_STREAM`].
const MAX_UNMEASURED: usize = 32 << 10;

/// Unpacks every stream that may be deflated to nowhere, and counts.
///
/// # Errors
/// [`ErrorKind::TooLarge`] past the limits.
pub(super) fn check(bytes: &[u8]) -> Result<(), ErrorKind> {
    let mut all = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        let before = &bytes[..at];
        let after = &bytes[at + b"stream".len()..];
        if before.ends_with(b"end") || !after.starts_with(b"\n") && !after.starts_with(b"\r") {
            continue;
        }
        let data = after.strip_prefix(b"\r\n").or_else(|| after.get(1..)).unwrap_or_default();
        let dictionary = &before[before.len().saturating_sub(1024)..];
        let dictionary = &dictionary[memmem::rfind(dictionary, b"obj").unwrap_or(0)..];
        if holds_structure(dictionary) && !is_plainly_packed(dictionary) {
            return Err(broken("its structure is packed in a way that no writer uses"));
        }
        all += unpacked(data)?;
        if all > MAX_ALL {
            return Err(ErrorKind::TooLarge { limit: MAX_ALL });
        }
    }
    Ok(())
}

/// Whether a stream is one that the reader unpacks before anything else.
fn holds_structure(dictionary: &[u8]) -> bool {
    memmem::find(dictionary, b"ObjStm").or_else(|| memmem::find(dictionary, b"XRef")).is_some()
}

/// Whether a dictionary names its filter so that [`check`] measures what it measures: deflated, or not packed at all.
fn is_plainly_packed(dictionary: &[u8]) -> bool {
    let Some(at) = memmem::find(dictionary, b"/Filter") else {
        // A name may be written in codes: "/F#69lter".
        return !dictionary.windows(2).any(|w| w[0] == b'#' && w[1].is_ascii_hexdigit());
    };
    let value = dictionary[at + b"/Filter".len()..].trim_ascii_start();
    let in_array = value.starts_with(b"[");
    let value = value.strip_prefix(b"[").unwrap_or(value).trim_ascii_start();
    let rest = value.strip_prefix(b"/FlateDecode").or_else(|| value.strip_prefix(b"/Fl"));
    // In an array nothing may follow but its end.
    let alone = |rest: &[u8]| !in_array || rest.trim_ascii_start().starts_with(b"]");
    rest.is_some_and(|rest| alone(rest) && !rest.first().is_some_and(u8::is_ascii_alphanumeric))
}

/// The length of deflated data; zero for data that are not.
fn unpacked(data: &[u8]) -> Result<u64, ErrorKind> {
    let zlib = data.len() > 1 && data[0] & 0x0f == 8 && (u16::from(data[0]) << 8 | u16::from(data[1])) % 31 == 0;
    let (length, start) = if zlib { count(ZlibDecoder::new(data)) } else { count(DeflateDecoder::new(data)) };
    if length > MAX_STREAM {
        return Err(ErrorKind::TooLarge { limit: MAX_STREAM });
    }
    let again = start.len() > 1 && start[0] == 0x78 && (u16::from(start[0]) << 8 | u16::from(start[1])) % 31 == 0;
    if zlib && again && count(ZlibDecoder::new(start.as_slice())).0 > 0 {
        return Err(broken("it is compressed twice"));
    }
    Ok(length)
}

/// How many bytes come out of a decoder, up to past the limit, and the first of them.
fn count(mut decoder: impl Read) -> (u64, Vec<u8>) {
    let (mut length, mut start, mut buffer) = (0, Vec::new(), [0; 16 << 10]);
    while length <= MAX_STREAM {
        match decoder.read(&mut buffer) {
            Ok(got) if got > 0 => {
                if start.is_empty() {
                    start.extend_from_slice(&buffer[..got.min(4096)]);
                }
                length += got as u64;
            }
            _ => break,
        }
    }
    (length, start)
}

/// Refuses streams of which the unpacked length was not measured, past a length.
///
/// # Errors
/// Says so.
pub(super) fn check_streams(pdf: &Pdf) -> Result<(), ErrorKind> {
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        // The reader does not let its filters' type be named, only printed.
        let filters: Vec<String> = stream.filters().iter().map(|f| format!("{f:?}")).collect();
        let packs = |f: &&String| ["FlateDecode", "LzwDecode", "RunLengthDecode"].contains(&f.as_str());
        let measured = filters.len() < 2 && filters.iter().all(|f| f != "LzwDecode");
        if filters.iter().filter(packs).count() > 1 {
            return Err(broken("it is compressed twice"));
        }
        if !measured && filters.iter().any(|f| packs(&f)) && stream.raw_data().len() > MAX_UNMEASURED {
            return Err(broken("it is packed in a way that cannot be measured"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_of_filters_are_trusted_with_the_structure() {
        for good in
            ["<< /Type /XRef /Filter /FlateDecode /N 85", "/ObjStm/Filter[/FlateDecode]/Length 9", "/ObjStm /N 1"]
        {
            assert!(holds_structure(good.as_bytes()) && is_plainly_packed(good.as_bytes()), "{good}");
        }
        for bad in [
            "/ObjStm /Filter [/ASCII85Decode /FlateDecode]",
            "/ObjStm /Filter [/FlateDecode /FlateDecode]",
            "/ObjStm /Filter 7 0 R",
            "/ObjStm /F#69lter /LZWDecode",
            "/ObjStm /Filter /LZWDecode",
        ] {
            assert!(!is_plainly_packed(bad.as_bytes()), "{bad}");
        }
    }
}

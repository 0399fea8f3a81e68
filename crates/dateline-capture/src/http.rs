//! An HTTP response as a WARC record keeps it: status, headers, body out of its transfer and content encodings.

use crate::limits::MAX_HEADER;
use crate::{ErrorKind, packed, zstd};

/// A response taken apart.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Content-Type, as written.
    pub(crate) content_type: Option<String>,
    pub(crate) body: Vec<u8>,
}

fn bad(why: &str) -> ErrorKind {
    ErrorKind::BadResponse(why.to_owned())
}

/// Takes a response apart.
///
/// # Errors
/// [`ErrorKind::BadResponse`], [`ErrorKind::TooLarge`] or [`ErrorKind::Compression`].
pub(crate) fn response(bytes: &[u8], limit: usize) -> Result<Response, ErrorKind> {
    let mut lines = Lines { bytes: &bytes[..bytes.len().min(MAX_HEADER)], at: 0 };
    let status = lines.next().and_then(status).ok_or_else(|| bad("no status line"))?;
    let (mut content_type, mut chunked, mut encodings) = (None, false, Vec::new());
    for line in &mut lines {
        if line.is_empty() {
            break;
        }
        let line = String::from_utf8_lossy(line);
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => content_type = Some(value.trim().to_owned()),
            "transfer-encoding" => chunked |= value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => encodings.extend(value.split(',').map(|v| v.trim().to_ascii_lowercase())),
            _ => {}
        }
    }
    let rest = &bytes[lines.at..];
    let mut body = if chunked { dechunk(rest)? } else { rest.to_vec() };
    for encoding in encodings.iter().rev() {
        body = decode(encoding, body, limit)?;
    }
    if body.len() > limit {
        return Err(ErrorKind::TooLarge { limit: limit as u64 });
    }
    Ok(Response { status, content_type, body })
}

fn decode(encoding: &str, body: Vec<u8>, limit: usize) -> Result<Vec<u8>, ErrorKind> {
    // Many archivers decode the body and keep the header: only what is compressed is decompressed.
    let decoded = match encoding {
        "gzip" | "x-gzip" if packed::is_gzip(&body) => packed::gunzip(body.as_slice(), limit),
        "zstd" if zstd::is_zstd(&body) => packed::unzstd(body.as_slice(), limit),
        "deflate" if !starts_as_page(&body) => packed::inflate(&body, limit),
        "br" if !starts_as_page(&body) => packed::unbrotli(body.as_slice(), limit),
        "compress" | "x-compress" | "dcb" | "dcz" if !looks_like_text(&body) => {
            return Err(bad(&format!("content encoding {encoding} is not supported")));
        }
        _ => return Ok(body),
    };
    match decoded {
        Err(ErrorKind::Compression(_)) if looks_like_text(&body) => Ok(body),
        decoded => decoded,
    }
}

fn starts_as_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

fn looks_like_text(body: &[u8]) -> bool {
    body.iter().take(64).all(|b| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7e | 0x80..))
}

fn status(line: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split_ascii_whitespace();
    words.next().filter(|w| w.starts_with("HTTP/"))?;
    words.next()?.parse().ok()
}

/// Lines ended by LF or CRLF.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let end = memchr::memchr(b'\n', rest)?;
        self.at += end + 1;
        Some(rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]))
    }
}

/// Undoes the chunked transfer encoding. A body that does not start with a chunk size was dechunked before.
fn dechunk(bytes: &[u8]) -> Result<Vec<u8>, ErrorKind> {
    let mut lines = Lines { bytes, at: 0 };
    let mut out = Vec::new();
    loop {
        let start = lines.at;
        let Some(line) = lines.next() else {
            return if out.is_empty() { Ok(bytes.to_vec()) } else { Err(bad("a chunk is missing")) };
        };
        let digits = line.iter().take_while(|b| b.is_ascii_hexdigit()).count();
        let rest_is_extension = line[digits..].iter().all(|b| *b == b' ') || line[digits..].starts_with(b";");
        if digits == 0 || !rest_is_extension {
            return if start == 0 { Ok(bytes.to_vec()) } else { Err(bad("a chunk has no size")) };
        }
        let size = std::str::from_utf8(&line[..digits]).ok().and_then(|d| usize::from_str_radix(d, 16).ok());
        let end = size.and_then(|s| lines.at.checked_add(s)).filter(|e| *e <= bytes.len());
        let (Some(size), Some(end)) = (size, end) else {
            return Err(bad("a chunk is larger than the record"));
        };
        if size == 0 {
            return Ok(out);
        }
        out.extend_from_slice(&bytes[lines.at..end]);
        lines.at = end;
        if bytes[end..].starts_with(b"\r\n") {
            lines.at += 2;
        } else if bytes[end..].starts_with(b"\n") {
            lines.at += 1;
        }
    }
}

/// Media type in lower case and the charset parameter of a Content-Type.
pub(crate) fn content_type(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split(';');
    let media = parts.next().map(|m| m.trim().to_ascii_lowercase()).filter(|m| m.contains('/') && m.len() < 128);
    let charset = parts
        .filter_map(|p| p.split_once('='))
        .find(|(k, _)| k.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, v)| v.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
        .filter(|c| !c.is_empty() && c.len() < 64);
    (media, charset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        let raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html; charset=\"UTF-8\"\r\n\r\n4\r\n<p>a\r\n3;x=y\r\nb c\r\n0\r\n\r\n";
        let r = response(raw, 100).unwrap();
        assert_eq!((r.status, r.body.as_slice()), (200, b"<p>ab c".as_slice()));
        assert_eq!(
            content_type(r.content_type.as_deref().unwrap()),
            (Some("text/html".to_owned()), Some("utf-8".to_owned()))
        );
    }

    #[test]
    fn a_chunk_size_that_overflows_is_refused_and_a_body_without_chunks_is_taken() {
        let head = b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n".to_vec();
        let with = |body: &[u8]| response(&[head.as_slice(), body].concat(), 100);
        assert!(matches!(with(b"FFFFFFFFFFFFFFFF\r\nx"), Err(ErrorKind::BadResponse(_))));
        assert!(matches!(with(b"FFFFFFFFFFFFFFFFFFFFFF\r\nx"), Err(ErrorKind::BadResponse(_))));
        assert!(matches!(with(b"2\r\nab\r\nzz\r\n"), Err(ErrorKind::BadResponse(_))));
        assert_eq!(with(b"<html>no chunks\n</html>").unwrap().body, b"<html>no chunks\n</html>");
    }

    #[test]
    fn a_header_of_a_body_that_was_decoded_before_does_no_harm() {
        let r = response(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>plain", 100).unwrap();
        assert_eq!(r.body, b"<p>plain");
        for encoding in ["br", "zstd", "deflate", "gzip", "compress", "br, gzip"] {
            let raw = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\nThe harbour is closed.");
            assert_eq!(response(raw.as_bytes(), 100).unwrap().body, b"The harbour is closed.", "{encoding}");
        }
    }

    #[test]
    fn every_content_encoding_is_undone_last_first() {
        let of = |encoding: &str, body: &[u8]| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n");
            response(&[head.as_bytes(), body].concat(), 100)
        };
        let page = b"<p>The harbour is closed.".as_slice();
        let (br, zstd) = (packed::brotli_of(page), packed::zstd_of(page));
        assert_eq!(of("br", &br).unwrap().body, page);
        assert_eq!(of("zstd", &zstd).unwrap().body, page);
        assert_eq!(of("br, zstd", &packed::zstd_of(&br)).unwrap().body, page);
        assert_eq!(of("zstd", &packed::zstd_of(&[0; 4096])).unwrap_err(), ErrorKind::TooLarge { limit: 100 });
        assert_eq!(of("br", &packed::brotli_of(&[0; 4096])).unwrap_err(), ErrorKind::TooLarge { limit: 100 });
        assert!(matches!(of("br", &br[..9]), Err(ErrorKind::Compression(_))));
        assert!(matches!(of("dcb", b"\xff\0\0"), Err(ErrorKind::BadResponse(_))));
    }
}

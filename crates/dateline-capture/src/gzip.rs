//! One layer of compression, with a limit on what comes out.

use crate::ErrorKind;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{BufRead, Read};

/// Whether the bytes start a gzip member.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.len() >= 4 && bytes[..3] == [0x1f, 0x8b, 8] && bytes[3] & 0xe0 == 0
}

/// The first bytes inside a gzip member of which only the beginning is at hand.
pub(crate) fn first_bytes(compressed: &[u8], n: usize) -> Vec<u8> {
    let mut out = vec![0; n];
    let mut decoder = flate2::bufread::GzDecoder::new(compressed);
    let mut at = 0;
    while at < n {
        match decoder.read(&mut out[at..]) {
            Ok(got) if got > 0 => at += got,
            _ => break,
        }
    }
    out.truncate(at);
    out
}

/// Reads to the end, but no more than `limit` bytes.
pub(crate) fn read_capped(reader: impl Read, limit: usize) -> Result<Vec<u8>, ErrorKind> {
    let mut out = Vec::new();
    let got = reader.take(limit as u64 + 1).read_to_end(&mut out);
    if out.len() > limit {
        return Err(ErrorKind::TooLarge { limit: limit as u64 });
    }
    match got {
        Ok(_) => Ok(out),
        Err(e) if is_damage(&e) => Err(ErrorKind::Compression(e.to_string())),
        Err(e) => Err(ErrorKind::Io(e.to_string())),
    }
}

/// Whether an error of reading compressed bytes speaks of the bytes rather than of the disk.
pub(crate) fn is_damage(e: &std::io::Error) -> bool {
    use std::io::ErrorKind as K;
    matches!(e.kind(), K::InvalidInput | K::InvalidData | K::UnexpectedEof)
}

/// All gzip members of the reader, decompressed.
pub(crate) fn gunzip(reader: impl BufRead, limit: usize) -> Result<Vec<u8>, ErrorKind> {
    read_capped(MultiGzDecoder::new(reader), limit)
}

/// "deflate" of HTTP: zlib by the standard, bare deflate by some servers.
pub(crate) fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, ErrorKind> {
    match read_capped(ZlibDecoder::new(bytes), limit) {
        Err(ErrorKind::Compression(_)) => read_capped(DeflateDecoder::new(bytes), limit),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};

    fn all(mut r: impl Read) -> Vec<u8> {
        let mut out = Vec::new();
        r.read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = all(GzEncoder::new(std::io::repeat(0).take(50 << 20), Compression::fast()));
        assert_eq!(gunzip(bomb.as_slice(), 1000), Err(ErrorKind::TooLarge { limit: 1000 }));
    }

    #[test]
    fn both_kinds_of_deflate_are_read() {
        let text = b"rain fell".as_slice();
        assert_eq!(inflate(&all(ZlibEncoder::new(text, Compression::fast())), 99).unwrap(), text);
        assert_eq!(inflate(&all(DeflateEncoder::new(text, Compression::fast())), 99).unwrap(), text);
        assert!(matches!(inflate(b"\xff\xff\xff", 99), Err(ErrorKind::Compression(_))));
    }
}

//! One layer of compression, with a limit on what comes out: gzip, deflate, Brotli, Zstandard.

use crate::ErrorKind;
use crate::zstd::{self, Frames};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, BufRead, Read};

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstandard,
    /// Told by the file's name alone: Brotli has no mark.
    Brotli,
}

impl Packing {
    /// What the first bytes say, then what the name says.
    pub(crate) fn of(bytes: &[u8], name: &str) -> Option<Packing> {
        if is_gzip(bytes) {
            return Some(Packing::Gzip);
        }
        if zstd::is_zstd(bytes) {
            return Some(Packing::Zstandard);
        }
        // A page that was unpacked and kept its name starts as pages do.
        let is_text = bytes.trim_ascii_start().starts_with(b"<");
        (name.ends_with(".br") && !bytes.is_empty() && !is_text).then_some(Packing::Brotli)
    }

    /// The file's name without the ending that tells the packing.
    pub(crate) fn inner(name: &str) -> &str {
        [".gz", ".zst", ".br"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
    }

    /// All that is packed in the reader, up to `limit` bytes.
    pub(crate) fn unpack(self, reader: impl BufRead, limit: usize) -> Result<Vec<u8>, ErrorKind> {
        match self {
            Packing::Gzip => gunzip(reader, limit),
            Packing::Zstandard => unzstd(reader, limit),
            Packing::Brotli => unbrotli(reader, limit),
        }
    }
}

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
pub(crate) fn is_damage(e: &io::Error) -> bool {
    use io::ErrorKind as K;
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

/// All frames of the reader, decompressed.
pub(crate) fn unzstd(reader: impl BufRead, limit: usize) -> Result<Vec<u8>, ErrorKind> {
    read_capped(Frames::new(reader), limit)
}

/// A Brotli stream, decompressed.
pub(crate) fn unbrotli(reader: impl Read, limit: usize) -> Result<Vec<u8>, ErrorKind> {
    read_capped(brotli_decompressor::Decompressor::new(reader, 16 << 10), limit)
}

/// Brotli (RFC 7932, 9.2) with the bytes as they are: a window of 16 bits, one uncompressed block, an empty last.
#[cfg(test)]
pub(crate) fn brotli_of(text: &[u8]) -> Vec<u8> {
    let length = u32::try_from(text.len() - 1).unwrap();
    assert!(length < 1 << 16);
    // WBITS 0, ISLAST 0, MNIBBLES 00, MLEN - 1 in 16 bits, ISUNCOMPRESSED 1.
    let bits = length << 4 | 1 << 20;
    let mut out = bits.to_le_bytes()[..3].to_vec();
    out.extend_from_slice(text);
    out.push(3);
    out
}

/// A Zstandard frame of the bytes.
#[cfg(test)]
pub(crate) fn zstd_of(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
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
        let bomb = all(GzEncoder::new(io::repeat(0).take(50 << 20), Compression::fast()));
        assert_eq!(gunzip(bomb.as_slice(), 1000), Err(ErrorKind::TooLarge { limit: 1000 }));
    }

    #[test]
    fn both_kinds_of_deflate_are_read() {
        let text = b"rain fell".as_slice();
        assert_eq!(inflate(&all(ZlibEncoder::new(text, Compression::fast())), 99).unwrap(), text);
        assert_eq!(inflate(&all(DeflateEncoder::new(text, Compression::fast())), 99).unwrap(), text);
        assert!(matches!(inflate(b"\xff\xff\xff", 99), Err(ErrorKind::Compression(_))));
    }

    #[test]
    fn brotli_and_zstandard_are_read_and_their_bombs_stop_at_the_limit() {
        let text = b"rain fell".as_slice();
        assert_eq!(unbrotli(brotli_of(text).as_slice(), 99).unwrap(), text);
        assert_eq!(unbrotli(brotli_of(text).as_slice(), 5), Err(ErrorKind::TooLarge { limit: 5 }));
        assert!(matches!(unbrotli(&brotli_of(text)[..6], 99), Err(ErrorKind::Compression(_))));
        assert!(matches!(unbrotli(b"\xff\xff\xff".as_slice(), 99), Err(ErrorKind::Compression(_))));
        let frame = zstd_of(text);
        assert_eq!(unzstd(frame.as_slice(), 99).unwrap(), text);
        assert!(matches!(unzstd(&frame[..frame.len() - 6], 99), Err(ErrorKind::Compression(_))));
        let bomb = zstd_of(&vec![0; 30 << 20]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(unzstd(bomb.as_slice(), 1000), Err(ErrorKind::TooLarge { limit: 1000 }));
    }
}

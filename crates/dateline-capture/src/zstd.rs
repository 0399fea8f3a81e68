//! Zstandard (RFC 8878), frame after frame, as a stream.

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};
use std::io::{self, BufRead, Read};

/// Largest window that a frame may ask for, in bytes. RFC 9659 stops at 8 MiB on the web; files packed at the
/// highest levels ask for more.
const MAX_WINDOW: u64 = 32 << 20;
/// The frame without content that holds the dictionary of a WARC file (the IIPC's "Use of Zstandard in WARC").
const DICTIONARY: u32 = 0x184D_2A5D;
/// Largest dictionary, in bytes; writers use a tenth of it.
const MAX_DICTIONARY: u32 = 1 << 20;

/// Whether the bytes start a frame, or one of those that carry no content.
pub(crate) fn is_zstd(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
        || bytes.len() >= 4 && bytes[0] & 0xf0 == 0x50 && bytes[1..4] == [0x2a, 0x4d, 0x18]
}

/// The first bytes inside a frame of which only the beginning is at hand.
pub(crate) fn first_bytes(compressed: &[u8], n: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // What came before the bytes ran out is what was asked for.
    let _ = Frames::new(compressed).take(n as u64).read_to_end(&mut out);
    out
}

/// The content of all frames of a reader. Damage is an error of kind `InvalidData`.
pub(crate) struct Frames<R> {
    reader: R,
    decoder: FrameDecoder,
    /// Whether a frame with content was begun.
    begun: bool,
}

fn damaged(e: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("Zstandard: {e}"))
}

impl<R: BufRead> Frames<R> {
    pub(crate) fn new(reader: R) -> Frames<R> {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW);
        Frames { reader, decoder, begun: false }
    }

    /// To the next frame with content; `false` at the end.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            let left = self.reader.fill_buf()?;
            if left.is_empty() || self.begun && left.iter().all(|b| *b == 0) {
                return Ok(false);
            }
            match self.decoder.init(&mut self.reader) {
                Ok(()) => {
                    self.begun = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    magic_number,
                    length,
                })) => match magic_number {
                    DICTIONARY if !self.begun && length <= MAX_DICTIONARY => self.dictionary(length)?,
                    _ => {
                        io::copy(&mut self.reader.by_ref().take(length.into()), &mut io::sink())?;
                    }
                },
                Err(e) => return Err(damaged(e)),
            }
        }
    }

    fn dictionary(&mut self, length: u32) -> io::Result<()> {
        let mut raw = Vec::new();
        self.reader.by_ref().take(length.into()).read_to_end(&mut raw)?;
        if raw.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let mut inside = Vec::new();
            Frames::new(raw.as_slice()).take(MAX_DICTIONARY.into()).read_to_end(&mut inside)?;
            raw = inside;
        }
        let dictionary = Dictionary::decode_dict(&raw).map_err(damaged)?;
        self.decoder.add_dict(dictionary).map_err(damaged)
    }

    /// Whether the checksum that the frame carries, if any, is that of its content.
    fn check(&self) -> io::Result<()> {
        let (said, is) = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
        if said.is_some() && said != is { Err(damaged("the checksum is wrong")) } else { Ok(()) }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.reader, one).map_err(damaged)?;
            }
            let got = self.decoder.read(into)?;
            if got > 0 || into.is_empty() {
                return Ok(got);
            }
            self.check()?;
            if !self.next_frame()? {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packed::zstd_of;

    fn all(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Frames::new(bytes).read_to_end(&mut out).map(|_| out)
    }

    #[test]
    fn frames_are_read_one_after_another() {
        let text = b"rain fell on the harbour of Testburg".as_slice();
        let frame = zstd_of(text);
        let empty = b"\x50\x2a\x4d\x18\x03\0\0\0abc".as_slice();
        assert!(is_zstd(&frame) && is_zstd(empty) && !is_zstd(b"(\xb5/") && !is_zstd(text));
        assert_eq!(all(&[empty, &frame, empty, &frame, &[0; 9]].concat()).unwrap(), [text, text].concat());
        assert_eq!(all(b"").unwrap(), b"");
    }

    #[test]
    fn damage_is_told() {
        let frame = zstd_of(&b"rain fell on the harbour of Testburg ".repeat(50));
        for cut in 1..frame.len() {
            assert!(all(&frame[..cut]).is_err(), "{cut}");
        }
        let last = frame.len() - 1;
        for at in 0..frame.len() {
            let mut bytes = frame.clone();
            bytes[at] ^= 0x55;
            // Either the frame breaks or, where it carries one, its checksum does.
            assert!(all(&bytes).is_err() || at < 8 || at == last, "{at}");
        }
    }
}

//! A file or stream of bytes that knows its offset, can be looked into, and, for files, read again.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

const BUFFER: usize = 64 << 10;

enum Raw {
    File(File),
    Stream(Box<dyn Read + Send>),
}

/// Buffered bytes with an offset.
pub(crate) struct Input {
    raw: Raw,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    /// Offset of `buffer[0]` in the file or stream.
    base: u64,
}

impl Input {
    pub(crate) fn file(file: File) -> Input {
        Input::new(Raw::File(file))
    }

    pub(crate) fn stream(stream: Box<dyn Read + Send>) -> Input {
        Input::new(Raw::Stream(stream))
    }

    fn new(raw: Raw) -> Input {
        Input { raw, buffer: vec![0; BUFFER], at: 0, filled: 0, base: 0 }
    }

    /// Offset of the next byte.
    pub(crate) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Length of the file; `None` for streams.
    pub(crate) fn size(&self) -> Option<u64> {
        match &self.raw {
            Raw::File(f) => f.metadata().ok().filter(|m| m.is_file()).map(|m| m.len()),
            Raw::Stream(_) => None,
        }
    }

    fn read_raw(raw: &mut Raw, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let got = match raw {
                Raw::File(f) => f.read(into),
                Raw::Stream(s) => s.read(into),
            };
            match got {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }

    /// Up to `n` next bytes (fewer only at the end, or where `n` is larger than the buffer) without taking them.
    pub(crate) fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        let n = n.min(BUFFER);
        if self.filled - self.at < n {
            self.buffer.copy_within(self.at..self.filled, 0);
            self.base += self.at as u64;
            self.filled -= self.at;
            self.at = 0;
            while self.filled < n {
                let got = Input::read_raw(&mut self.raw, &mut self.buffer[self.filled..])?;
                if got == 0 {
                    break;
                }
                self.filled += got;
            }
        }
        Ok(&self.buffer[self.at..self.filled.min(self.at + n)])
    }

    /// Moves to an offset of the file. Streams can only go forward within what is buffered: gives `false` otherwise.
    pub(crate) fn seek(&mut self, to: u64) -> io::Result<bool> {
        if to >= self.base && to <= self.base + self.filled as u64 {
            self.at = (to - self.base) as usize;
            return Ok(true);
        }
        let Raw::File(f) = &mut self.raw else { return Ok(false) };
        f.seek(SeekFrom::Start(to))?;
        (self.base, self.at, self.filled) = (to, 0, 0);
        Ok(true)
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let have = self.fill_buf()?;
        let n = have.len().min(into.len());
        into[..n].copy_from_slice(&have[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.filled {
            self.base += self.filled as u64;
            (self.at, self.filled) = (0, 0);
            self.filled = Input::read_raw(&mut self.raw, &mut self.buffer)?;
        }
        Ok(&self.buffer[self.at..self.filled])
    }

    fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.filled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_follow_peeks_reads_and_seeks() {
        let mut file = tempfile::tempfile().unwrap();
        let bytes: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
        io::Write::write_all(&mut file, &bytes).unwrap();
        file.rewind().unwrap();
        let mut input = Input::file(file);
        assert_eq!(input.peek(5).unwrap(), &bytes[..5]);
        let mut some = vec![0; 100_000];
        input.read_exact(&mut some).unwrap();
        assert_eq!((input.offset(), some.as_slice()), (100_000, &bytes[..100_000]));
        assert_eq!(input.peek(40_000).unwrap(), &bytes[100_000..140_000]);
        assert!(input.seek(7).unwrap());
        assert_eq!(input.peek(1).unwrap(), [7]);
        assert_eq!(input.size(), Some(200_000));
    }
}

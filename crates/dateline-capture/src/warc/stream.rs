//! The decoded bytes of a WARC file, gzip member by gzip member, with the way back after damage.

use crate::input::Input;
use crate::limits::{MAX_REREAD, MAX_SKIP};
use crate::packed;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

const BUFFER: usize = 32 << 10;
/// The mark with which every record starts.
const MARK: &[u8] = b"WARC/";

enum Layer {
    Plain(Input),
    /// Between two members, or at the end.
    Between(Input),
    /// In a member.
    Member(Box<GzDecoder<Input>>),
    /// Left behind while it changes hands.
    Nothing,
}

/// Decoded bytes. A plain file is one long member.
pub(crate) struct Stream {
    layer: Layer,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    /// Offset in the file at which the current member starts.
    member: u64,
    /// Decoded bytes of the member that were taken before `buffer[0]`.
    taken: u64,
    reread: u64,
}

impl Stream {
    pub(crate) fn new(input: Input, zipped: bool) -> Stream {
        let member = input.offset();
        let layer = if zipped { Layer::Between(input) } else { Layer::Plain(input) };
        Stream { layer, buffer: vec![0; BUFFER], at: 0, filled: 0, member, taken: 0, reread: 0 }
    }

    pub(crate) fn zipped(&self) -> bool {
        !matches!(self.layer, Layer::Plain(_))
    }

    /// Decoded bytes of the current member before the next byte.
    pub(crate) fn position(&self) -> u64 {
        self.taken + self.at as u64
    }

    /// Offset in the file of the record that starts here: its own in a plain file, its member's in a gzipped one.
    pub(crate) fn offset(&self) -> u64 {
        if self.zipped() { self.member } else { self.member + self.position() }
    }

    /// Offset in the file one past the last byte that was needed so far; exact between members.
    pub(crate) fn end(&self) -> u64 {
        match &self.layer {
            Layer::Plain(_) => self.offset(),
            Layer::Between(input) => input.offset(),
            Layer::Member(d) => d.get_ref().offset(),
            Layer::Nothing => self.member,
        }
    }

    /// Bytes of the file after the next byte, where it is a plain file of known length.
    pub(crate) fn left(&self) -> Option<u64> {
        match &self.layer {
            Layer::Plain(input) => input.size().map(|s| s.saturating_sub(self.offset())),
            _ => None,
        }
    }

    /// The next decoded bytes of this member, at least `want` (up to 16) where the member has them; empty at its end.
    pub(crate) fn fill(&mut self, want: usize) -> io::Result<&[u8]> {
        if self.filled - self.at < want.max(1) {
            self.buffer.copy_within(self.at..self.filled, 0);
            self.taken += self.at as u64;
            self.filled -= self.at;
            self.at = 0;
            while self.filled < want.max(1) {
                let into = &mut self.buffer[self.filled..];
                let got = match &mut self.layer {
                    Layer::Plain(input) => input.read(into)?,
                    Layer::Member(decoder) => decoder.read(into)?,
                    _ => 0,
                };
                if got == 0 {
                    break;
                }
                self.filled += got;
            }
        }
        Ok(&self.buffer[self.at..self.filled])
    }

    pub(crate) fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.filled);
    }

    /// Takes the file back from whatever reads it.
    fn release(&mut self) -> Option<Input> {
        match std::mem::replace(&mut self.layer, Layer::Nothing) {
            Layer::Plain(input) | Layer::Between(input) => Some(input),
            Layer::Member(decoder) => Some(decoder.into_inner()),
            Layer::Nothing => None,
        }
    }

    /// Goes on to the next member; `false` at the end of the file (and always for plain files).
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        if !self.zipped() {
            return Ok(false);
        }
        let Some(mut input) = self.release() else { return Ok(false) };
        let start = input.peek(4).map(|p| (p.is_empty(), packed::is_gzip(p)));
        self.member = input.offset();
        (self.at, self.filled, self.taken) = (0, 0, 0);
        match start {
            Ok((true, _)) => self.layer = Layer::Between(input),
            Ok((false, true)) => {
                self.layer = Layer::Member(Box::new(GzDecoder::new(input)));
                return Ok(true);
            }
            Ok((false, false)) => {
                self.layer = Layer::Between(input);
                return Err(io::Error::new(io::ErrorKind::InvalidData, "no gzip member starts here"));
            }
            Err(e) => {
                self.layer = Layer::Between(input);
                return Err(e);
            }
        }
        Ok(false)
    }

    /// Leaves `n` decoded bytes of the member; fewer where it ends before. Gives how many were left.
    pub(crate) fn skip(&mut self, n: u64) -> io::Result<u64> {
        if let (Layer::Plain(_), Some(left)) = (&self.layer, self.left())
            && n <= left
            && n > (self.filled - self.at) as u64
        {
            let to = self.offset() + n;
            self.jump(to)?;
            return Ok(n);
        }
        let mut done = 0;
        while done < n {
            let have = self.fill(1)?.len() as u64;
            if have == 0 {
                break;
            }
            let step = have.min(n - done);
            self.consume(step as usize);
            done += step;
            if done > MAX_SKIP {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "too much lies before the next record"));
            }
        }
        Ok(done)
    }

    /// Moves a plain file to an offset.
    fn jump(&mut self, to: u64) -> io::Result<bool> {
        let Layer::Plain(input) = &mut self.layer else { return Ok(false) };
        let moved = input.seek(to)?;
        if moved {
            (self.member, self.taken, self.at, self.filled) = (to, 0, 0, 0);
        }
        Ok(moved)
    }

    /// Goes back in a plain file, as far as the allowance for reading twice goes.
    pub(crate) fn back_to(&mut self, offset: u64) -> io::Result<()> {
        let again = self.offset().saturating_sub(offset);
        if again > 0 && self.reread + again <= MAX_REREAD && self.jump(offset)? {
            self.reread += again;
        }
        Ok(())
    }

    /// Leaves decoded bytes up to the next `WARC/` at the start of a line of this member; `false` where there is none.
    pub(crate) fn find_mark(&mut self) -> io::Result<bool> {
        let mut passed = 0u64;
        let mut line_start = self.position() == 0;
        loop {
            let have = self.fill(MARK.len() + 1)?;
            if have.len() < MARK.len() {
                let n = have.len();
                self.consume(n);
                return Ok(false);
            }
            if line_start && have.starts_with(MARK) {
                return Ok(true);
            }
            let step = memchr::memchr(b'\n', have).map_or(have.len(), |i| i + 1);
            line_start = have[step - 1] == b'\n';
            self.consume(step);
            passed += step as u64;
            if passed > MAX_SKIP {
                return Ok(false);
            }
        }
    }

    /// After damage in a gzipped file: stands before the next member of which the beginning decodes to a record.
    /// Looks again from just after the damaged member's start, as far as the allowance for reading twice goes,
    /// because a damaged member may have swallowed the one after it. `false` at the end of the file.
    pub(crate) fn find_member(&mut self) -> io::Result<bool> {
        let Some(mut input) = self.release() else { return Ok(false) };
        (self.at, self.filled, self.taken) = (0, 0, 0);
        let again = input.offset().saturating_sub(self.member + 1);
        let found = if input.offset() == self.member {
            // Nothing of the member was taken: it must not be found again.
            input.peek(1).map(|_| ()).and_then(|()| {
                input.consume(1);
                scan(&mut input)
            })
        } else if self.reread + again <= MAX_REREAD {
            self.reread += again;
            input.seek(self.member + 1).and_then(|_| scan(&mut input))
        } else {
            scan(&mut input)
        };
        self.member = input.offset();
        self.layer = Layer::Between(input);
        found
    }
}

fn scan(input: &mut Input) -> io::Result<bool> {
    loop {
        let have = input.fill_buf()?;
        if have.is_empty() {
            return Ok(false);
        }
        match memchr::memchr(0x1f, have) {
            Some(at) => input.consume(at),
            None => {
                let n = have.len();
                input.consume(n);
                continue;
            }
        }
        if packed::is_gzip(input.peek(4)?) && packed::first_bytes(input.peek(1024)?, MARK.len()) == MARK {
            return Ok(true);
        }
        input.consume(1);
    }
}

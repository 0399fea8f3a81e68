//! Mailboxes (RFC 4155): letters one after another, each behind a line that starts with "From ". One letter is held at
//! a time, so that the mail of many years is read in the room of its longest letter.

use super::{capture, is_message, without_envelope};
use crate::input::Input;
use crate::{Capture, CaptureError, ErrorKind, Limits, Source, sniff};
use std::io::{self, BufRead};

const ENVELOPE: &[u8] = b"From ";

/// The letters of a mailbox.
pub(crate) struct Mailbox {
    input: Input,
    source: Source,
    limits: Limits,
    ended: bool,
}

/// Whether a file starts as a mailbox does.
pub(crate) fn is_mailbox(start: &[u8], named: bool) -> bool {
    start.get(leading(start)..).is_some_and(|start| start.starts_with(ENVELOPE)) && is_message(start, named)
}

/// Bytes before the first letter: a byte order mark, white space.
fn leading(start: &[u8]) -> usize {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    start.len() - text.len()
}

impl Mailbox {
    /// Letters of what [`is_mailbox`] said yes to; one of more than the limit's bytes is passed over, and told.
    pub(crate) fn new(input: Input, source: &Source, limits: &Limits) -> Mailbox {
        Mailbox { input, source: source.clone(), limits: *limits, ended: false }
    }

    /// The bytes of the next letter; `None` at the end.
    fn letter(&mut self) -> io::Result<Option<Result<Vec<u8>, ErrorKind>>> {
        if self.input.offset() == 0 {
            let skipped = leading(self.input.peek(sniff::PEEK)?);
            self.input.consume(skipped);
        }
        let (mut bytes, mut is_too_large) = (Vec::new(), false);
        let (mut is_line_start, mut is_after_empty) = (true, true);
        loop {
            // a line of text may start with "From " too: a letter starts after an empty line, and with fields
            let starts = is_line_start
                && is_after_empty
                && self.input.peek(ENVELOPE.len())? == ENVELOPE
                && is_message(self.input.peek(sniff::PEEK)?, true);
            if starts && !bytes.is_empty() {
                break;
            }
            let have = self.input.fill_buf()?;
            if have.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', have).map(|at| at + 1);
            let piece = &have[..end.unwrap_or(have.len())];
            is_too_large |= bytes.len() + piece.len() > self.limits.bytes;
            is_after_empty = is_line_start && matches!(piece, b"\n" | b"\r\n");
            is_line_start = end.is_some();
            if bytes.is_empty() || !is_too_large {
                bytes.extend_from_slice(piece);
            }
            let taken = piece.len();
            self.input.consume(taken);
        }
        let limit = self.limits.bytes as u64;
        let letter = if is_too_large { Err(ErrorKind::TooLarge { limit }) } else { Ok(bytes) };
        let is_end = letter.as_ref().is_ok_and(Vec::is_empty);
        Ok((!is_end).then_some(letter))
    }
}

impl Iterator for Mailbox {
    type Item = Result<Capture, CaptureError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let offset = self.input.offset();
        let source = Source { offset: self.source.offset.or(Some(offset)), ..self.source.clone() };
        match self.letter() {
            Ok(Some(Ok(bytes))) => Some(capture(without_envelope(&bytes), &source)),
            Ok(Some(Err(kind))) => Some(Err(CaptureError::new(source, kind))),
            Ok(None) => None,
            Err(e) => {
                self.ended = true;
                Some(Err(CaptureError::io(source, &e)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn letter(n: usize, words: usize) -> String {
        format!(
            "From n@post.test Fri Jan 26 10:06:00 2024\r\nFrom: n@post.test (Post)\r\nSubject: Letter {n}\r\n\
             Message-ID: <{n}>\r\n\r\nThe harbour is shut.\r\nFrom here on nothing moves.\r\n\r\nFrom Monday on it \
             does. {}\r\n\r\n",
            "Rain fell. ".repeat(words)
        )
    }

    fn read(bytes: &str, limit: usize) -> Vec<Result<Capture, CaptureError>> {
        let input = Input::stream(Box::new(Cursor::new(bytes.as_bytes().to_vec())));
        Mailbox::new(input, &Source::default(), &Limits { bytes: limit }).collect()
    }

    #[test]
    fn a_mailbox_larger_than_a_page_may_be_gives_all_its_letters() {
        let all: String = (0..300).map(|n| letter(n, 100)).collect();
        let found = read(&format!("\u{feff}\n{all}"), 4000);
        assert!(all.len() > 70 * 4000);
        let titles: Vec<String> = found.into_iter().map(|c| c.unwrap().given.title.unwrap()).collect();
        assert_eq!(titles, (0..300).map(|n| format!("Letter {n}")).collect::<Vec<_>>());
    }

    #[test]
    fn a_letter_that_is_too_large_is_told_and_the_next_is_read() {
        let second = letter(1, 1000);
        let found = read(&[letter(0, 1), second.clone(), letter(2, 1)].concat(), 4000);
        let offset = letter(0, 1).len();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].as_ref().unwrap().given.title.as_deref(), Some("Letter 0"));
        let told = found[1].as_ref().unwrap_err();
        assert_eq!((told.kind(), told.input().offset), (&ErrorKind::TooLarge { limit: 4000 }, Some(offset as u64)));
        let last = found[2].as_ref().unwrap();
        assert_eq!(
            (last.given.title.as_deref(), last.source.offset),
            (Some("Letter 2"), Some((offset + second.len()) as u64))
        );
    }

    #[test]
    fn a_line_without_end_is_no_more_than_a_large_letter() {
        let found = read(&format!("{}{}", letter(0, 1).trim_end(), "x".repeat(300_000)), 4000);
        assert!(matches!(found.as_slice(), [Err(e)] if *e.kind() == ErrorKind::TooLarge { limit: 4000 }));
        assert!(read("", 4000).is_empty());
    }
}

//! What must hold for any bytes: one function a kind of input, which panics where it does not.
//!
//! Two callers: `tests/any_bytes.rs` on stable, with bytes from proptest, and `fuzz/` with cargo-fuzz. For all of
//! them: no panic, the same outcome twice, bytes and items within their limits; for what is read in a text, spans on
//! the bounds of characters and inside.

mod files;
mod library;
mod texts;

pub use files::{feed, json_lines, mail, packed, pdf, warc};
pub use library::{decisions, query};
pub use texts::{date, page, text};

/// A kind of input, and what must hold for it.
pub type Target = (&'static str, fn(&[u8]));

/// All of them, by name.
pub const TARGETS: &[Target] = &[
    ("page", page),
    ("text", text),
    ("feed", feed),
    ("warc", warc),
    ("date", date),
    ("query", query),
    ("decisions", decisions),
    ("mail", mail),
    ("pdf", pdf),
    ("packed", packed),
    ("json_lines", json_lines),
];

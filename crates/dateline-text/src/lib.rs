//! Text and places in it: spans, words, sentences, folding, numerals.
//!
//! Knows nothing of news, HTML or files. Every function is pure; every offset inside the program is a
//! UTF-8 byte offset on a character boundary, and becomes a code point offset only in output
//! (see [`chars::CharIndex`]).

pub mod chars;
pub mod fold;
mod host;
mod letters;
pub mod sentences;
mod shown;
mod span;
mod squeeze;
pub mod words;

pub use chars::CharIndex;
pub use fold::{fold, folded};
pub use host::host;
pub use letters::{is_alphanumeric, is_numeric};
pub use sentences::sentences;
pub use shown::{escaped, shown, shown_whole};
pub use span::Span;
pub use squeeze::{one_line, squeeze};
pub use words::{Word, WordKind, words};

//! Bytes of saved pages, where they came from and when. Never looks inside a page.
//!
//! [`read`] takes a file, a folder or standard input and gives one [`Capture`] a page, one at a time:
//! HTML and text files, feeds (an item is a capture), WARC files (a record is a capture), each plain or
//! gzipped once. What cannot be read becomes a [`CaptureError`] that names the file, the record and the
//! byte; the rest goes on. [`jsonl`] reads the line form, [`warc::Writer`] keeps captures for good.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("a.html"), "<html><p>Rain fell in Testburg.</p></html>")?;
//! std::fs::write(folder.path().join("b.txt"), "")?;
//! let found: Vec<_> = dateline_capture::read(folder.path(), &dateline_capture::Limits::default()).collect();
//! assert_eq!(found.len(), 2);
//! assert_eq!(found[0].as_ref().unwrap().payload, dateline_capture::Payload::Html);
//! assert!(found[1].as_ref().unwrap_err().to_string().ends_with("b.txt: the file is empty"));
//! # Ok(())
//! # }
//! ```

pub mod encoding;
mod error;
mod feed;
mod folder;
mod http;
mod input;
pub mod jsonl;
mod limits;
mod mime;
mod packed;
mod pages;
mod pdf;
mod read;
mod saved;
mod sniff;
mod types;
mod unwrap;
pub mod warc;
mod zstd;

pub use error::{CaptureError, ErrorKind};
pub use limits::{Limits, MAX_BYTES};
pub use read::{Captures, read, read_bytes, read_file};
pub use types::{Capture, Given, Original, Payload, Source, digest, digest_of_first};

//! WARC files (ISO 28500, versions 1.0 and 1.1): reading any, keeping our own.

mod copy;
mod own;
mod reader;
mod record;
mod stream;
mod writer;

pub use copy::{Place, about_member, copy};
pub use own::Seal;
pub use reader::{Reader, Record, Records, read_at};
pub use writer::{Repaired, Writer, Written, repair};

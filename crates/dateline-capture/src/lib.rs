//! Bytes of saved pages, where they came from and when. Never looks inside a page.

mod types;

pub use types::{Capture, Given, Payload, Source, digest};

//! Feeds: RSS of all versions, Atom, JSON Feed. Each item is a capture.
//!
//! Feeds in the wild are often not well-formed: a bare "&", HTML in a description, an undeclared prefix, a missing
//! end. A parser that insists loses the whole feed for one item, so this reader is a tolerant scan: one pass, no
//! document type is obeyed (no entity of the feed's own is expanded, nothing is fetched), and a broken item costs
//! at most itself.

mod date;
mod entity;
mod item;
mod json;
mod scan;
mod text;
mod xml;

pub(crate) use date::iso as iso_date;
pub(crate) use json::captures as json;
pub(crate) use xml::captures as xml;

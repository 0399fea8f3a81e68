//! How much of anything is taken before it is refused.

/// Bytes of one page, feed or WARC payload after decompression: 20 MiB. Miniflux stops at 15; the largest saved
/// news page of the measuring sets has 6.
pub const MAX_BYTES: usize = 20 << 20;

/// Bytes of the header block of one WARC record or HTTP response.
pub(crate) const MAX_HEADER: usize = 256 << 10;

/// Decompressed bytes that may be passed over to reach the next record of a damaged or oversized one.
pub(crate) const MAX_SKIP: u64 = 1 << 30;

/// Bytes that may be read a second time while looking for the next good record of a damaged file.
pub(crate) const MAX_REREAD: u64 = 256 << 20;

/// Bytes of one field that a feed, line or header gives beside the page (title, outlet, one author).
pub(crate) const MAX_FIELD: usize = 4 << 10;

/// Authors kept of one page.
pub(crate) const MAX_BYLINES: usize = 32;

/// Items of one feed.
pub(crate) const MAX_ITEMS: usize = 50_000;

/// Folders inside folders.
pub(crate) const MAX_DEPTH: usize = 128;

/// What [`crate::read`] takes before it refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one page, feed or WARC payload after decompression.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: MAX_BYTES }
    }
}

/// The field without white space at its ends, cut at [`MAX_FIELD`]; `None` where nothing is left.
pub(crate) fn field(value: &str) -> Option<String> {
    let value = value.trim();
    let mut end = value.len().min(MAX_FIELD);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    (end > 0).then(|| value[..end].to_owned())
}

/// The field where it is an address of the web (http or https), without the brackets that some put around it.
pub(crate) fn web(value: &str) -> Option<String> {
    let value = value.trim().trim_matches(['<', '>']);
    let starts = |s: &str| value.get(..s.len()).is_some_and(|v| v.eq_ignore_ascii_case(s));
    let whole = !value.contains(|c: char| c.is_whitespace() || c.is_control());
    if whole && (starts("http://") || starts("https://")) { field(value) } else { None }
}

//! Files of every form that is read.

use dateline_capture::{Capture, CaptureError, Limits, jsonl, read, read_bytes, warc};
use std::io::Write;

/// Bytes of one page that are taken here.
const LIMIT: usize = 1 << 20;

/// A feed: RSS, Atom, RDF or JSON.
pub fn feed(bytes: &[u8]) {
    twice(bytes, "a.xml");
    twice(bytes, "a.json");
}

/// A letter, a mailbox, or a page saved as parts.
pub fn mail(bytes: &[u8]) {
    ["a.eml", "a.mbox", "a.mht"].iter().for_each(|name| twice(bytes, name));
}

/// A PDF file.
pub fn pdf(bytes: &[u8]) {
    twice(bytes, "a.pdf");
}

/// A file packed with gzip, Zstandard or Brotli.
pub fn packed(bytes: &[u8]) {
    ["a.html.gz", "a.txt.zst", "a.html.br", "a.warc.zst"].iter().for_each(|name| twice(bytes, name));
}

/// Lines of JSON.
pub fn json_lines(bytes: &[u8]) {
    let read = || jsonl::lines(bytes).collect::<Vec<_>>();
    let found = read();
    assert!(found == read(), "the same lines give the same captures");
    assert!(found.len() <= bytes.split(|b| *b == b'\n').count(), "{} captures", found.len());
}

/// A WARC file, plain or zipped; as one of ours that a crash may have cut off, too.
pub fn warc(bytes: &[u8]) {
    let name = if bytes.starts_with(&[0x1f, 0x8b]) { "a.warc.gz" } else { "a.warc" };
    twice(bytes, name);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::File::create(&path).and_then(|mut f| f.write_all(bytes)).expect("a file can be written");
    check(&read(&path, &Limits { bytes: LIMIT }).collect::<Vec<_>>(), bytes.len());
    let whole = |path| -> Vec<u64> {
        let records = warc::Records::open(path, 0).into_iter().flatten().flatten();
        records.filter(|r| r.original().is_none()).map(|r| r.offset).collect()
    };
    let mut before = whole(&path);
    if name == "a.warc" {
        return; // Ours are zipped, a record a member: only there is it certain where one ends.
    }
    // Each repair cuts off what is last and not whole, or the file that a missing capture was taken out of.
    let mut end = bytes.len() as u64;
    while let Ok(Some(cut)) = warc::repair(&path, 0) {
        assert!(cut.bytes > 0 && cut.offset + cut.bytes == end, "cut at the end alone: {cut:?} of {end}");
        end = cut.offset;
    }
    // A member that goes on after its record, and is damaged there, is cut off with it.
    before.retain(|offset| *offset < end);
    assert_eq!(whole(&path), before, "whole records stay");
}

type Found = Result<Capture, CaptureError>;

fn twice(bytes: &[u8], name: &str) {
    let read = || read_bytes(bytes.to_vec(), name, &Limits { bytes: LIMIT }).collect::<Vec<Found>>();
    let found = read();
    assert!(found == read(), "the same file gives the same captures");
    check(&found, bytes.len());
}

/// Captures are within the limit, errors say why, and there are no more of them than the file has room for.
fn check(found: &[Found], bytes: usize) {
    assert!(found.len() <= bytes + 1, "{} items of {bytes} bytes", found.len());
    for item in found {
        match item {
            Ok(capture) => assert!(capture.bytes.len() <= LIMIT, "{} bytes", capture.bytes.len()),
            Err(e) => assert!(!e.reason().is_empty(), "an error without words"),
        }
    }
}

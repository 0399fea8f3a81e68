//! Damaged and hostile files: what is whole is read, what is not is one error that says where.

use dateline_capture::{Capture, CaptureError, ErrorKind, Limits, Payload, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::io::Write;

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn record(kind: &str, url: &str, content: &[u8], length: &str) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-01-26T10:06:00Z\r\nWARC-Target-URI: {url}\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn response(url: &str, media: &str, body: &[u8], header: &str) -> Vec<u8> {
    let mut content = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n{header}\r\n").into_bytes();
    content.extend_from_slice(body);
    let length = content.len().to_string();
    record("response", url, &content, &length)
}

fn page(n: usize) -> Vec<u8> {
    let body = format!("<html><p>Story {n}: the mayor of Testburg opened bridge {n} on Friday.</p></html>");
    response(&format!("https://post.test/{n}"), "text/html; charset=utf-8", body.as_bytes(), "")
}

fn captures(name: &str, bytes: &[u8]) -> Vec<Result<Capture, CaptureError>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&path, &Limits { bytes: 1 << 20 }).collect()
}

/// Urls of the pages by their number, errors by the byte they name.
fn told(found: &[Result<Capture, CaptureError>]) -> Vec<String> {
    let one = |r: &Result<Capture, CaptureError>| match r {
        Ok(c) => c.source.url.clone().unwrap_or_default().replace("https://post.test/", ""),
        Err(e) => format!("!{}", e.input().offset.unwrap_or_default()),
    };
    found.iter().map(one).collect()
}

#[test]
fn whole_files_of_both_forms_are_read_with_offsets() {
    let plain: Vec<u8> = (0..3).flat_map(page).collect();
    let zipped: Vec<u8> = (0..3).flat_map(|n| gz(&page(n))).collect();
    for (name, bytes) in
        [("a.warc", &plain), ("a.warc.gz", &zipped), ("one-member.warc.gz", &gz(&plain)), ("unnamed", &zipped)]
    {
        let found = captures(name, bytes);
        assert_eq!(told(&found), ["0", "1", "2"], "{name}");
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.payload, first.source.charset.as_deref()), (Payload::Html, Some("utf-8")));
        assert_eq!(first.source.captured.as_deref(), Some("2024-01-26T10:06:00Z"));
    }
    assert_eq!(captures("a.warc", &plain)[1].as_ref().unwrap().source.offset, Some(page(0).len() as u64));
}

#[test]
fn a_damaged_member_costs_itself_alone() {
    let mut damaged = gz(&page(1));
    let middle = damaged.len() / 2;
    for b in &mut damaged[middle..middle + 20] {
        *b ^= 0x5a;
    }
    let first = gz(&page(0));
    let bytes = [first.clone(), damaged, gz(&page(2)), gz(&page(3))].concat();
    assert_eq!(told(&captures("a.warc.gz", &bytes)), ["0", &format!("!{}", first.len()), "2", "3"]);
    let bytes = [b"overwritten".as_slice(), &first[11..], &gz(&page(1))].concat();
    assert_eq!(told(&captures("a.warc.gz", &bytes)), ["!0", "1"]);
    let bytes = [first.clone(), b"garbage between members".to_vec(), gz(&page(2))].concat();
    assert_eq!(told(&captures("a.warc.gz", &bytes)), ["0", &format!("!{}", first.len()), "2"]);
}

#[test]
fn a_wrong_checksum_is_noticed_before_the_page_is_given_out() {
    let mut damaged = gz(&page(1));
    let at = damaged.len() - 6;
    damaged[at] ^= 1;
    let bytes = [damaged, gz(&page(2))].concat();
    assert_eq!(told(&captures("a.warc.gz", &bytes)), ["!0", "2"]);
}

#[test]
fn a_file_that_is_cut_off_gives_what_is_whole() {
    let first = gz(&page(0));
    let bytes = [first.clone(), gz(&page(1))].concat();
    for cut in first.len() + 1..bytes.len() {
        let found = captures("a.warc.gz", &bytes[..cut]);
        assert_eq!(told(&found), ["0", &format!("!{}", first.len())], "cut at {cut}");
    }
    let plain = [page(0), page(1)].concat();
    let found = captures("a.warc", &plain[..plain.len() - 50]);
    assert_eq!(told(&found), ["0", &format!("!{}", page(0).len())]);
    assert!(matches!(found[1].as_ref().unwrap_err().kind(), ErrorKind::Truncated(_)));
}

#[test]
fn lengths_that_lie_are_refused_and_the_next_record_is_found() {
    for length in ["-7", "1099511627776", "99999999999999999999999999", "seven", ""] {
        let lying = record("response", "https://post.test/x", b"HTTP/1.1 200 OK\r\n\r\nx", length);
        assert_eq!(told(&captures("a.warc", &[lying.clone(), page(1)].concat())), ["!0", "1"], "{length}");
        assert_eq!(told(&captures("a.warc.gz", &[gz(&lying), gz(&page(1))].concat())), ["!0", "1"], "{length}");
        assert_eq!(told(&captures("a.warc.gz", &gz(&[lying, page(1)].concat()))), ["!0", "1"], "{length}");
    }
}

#[test]
fn what_is_too_large_or_no_page_is_told_apart() {
    let zeros = vec![0; 3 << 20];
    let bomb = response("https://post.test/b", "text/html", &gz(&zeros), "Content-Encoding: gzip\r\n");
    let large = response("https://post.test/l", "text/html", &zeros, "");
    let picture = response("https://post.test/p", "image/png", b"\x89PNG", "");
    let missing = record(
        "response",
        "https://post.test/m",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no",
        "58",
    );
    let revisit = record("revisit", "https://post.test/0", b"HTTP/1.1 200 OK\r\n\r\n", "19");
    let all = [bomb, large, picture, missing, revisit, page(9)].concat();
    for (name, bytes) in [("a.warc", all.clone()), ("a.warc.gz", gz(&all))] {
        let found = captures(name, &bytes);
        let kinds: Vec<String> =
            found.iter().map(|r| r.as_ref().map_or_else(|e| e.reason(), |c| c.id.clone())).collect();
        assert_eq!(found.len(), 5, "{kinds:?}");
        assert!(matches!(found[0].as_ref().unwrap_err().kind(), ErrorKind::TooLarge { .. }));
        assert!(matches!(found[1].as_ref().unwrap_err().kind(), ErrorKind::TooLarge { .. }));
        assert_eq!(found[2].as_ref().unwrap_err().kind(), &ErrorKind::Status(404));
        assert!(found[3].as_ref().unwrap_err().is_not_a_page());
        assert!(found[4].is_ok());
    }
    let found = captures("bomb.html.gz", &gz(&zeros));
    assert!(matches!(found[0].as_ref().unwrap_err().kind(), ErrorKind::TooLarge { limit: 1_048_576 }));
    assert!(captures("twice.html.gz", &gz(&gz(b"<p>x")))[0].is_err());
    assert_eq!(captures("once.html.gz", &gz(b"<p>x"))[0].as_ref().unwrap().bytes, b"<p>x");
}

#[test]
fn a_feed_in_a_record_gives_its_items() {
    let feed =
        b"<rss><channel><title>Post</title><item><title>A</title></item><item><title>B</title></item></channel></rss>";
    let found = captures("a.warc", &response("https://post.test/feed", "application/rss+xml", feed, ""));
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].as_ref().unwrap().given.title.as_deref(), Some("B"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_damage_makes_it_panic_or_run_for_ever(at in 0usize..900, with in proptest::collection::vec(any::<u8>(), 1..40), zipped: bool) {
        let mut bytes: Vec<u8> = (0..3).flat_map(|n| if zipped { gz(&page(n)) } else { page(n) }).collect();
        let at = at.min(bytes.len() - 1);
        let end = (at + with.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&with[..end - at]);
        prop_assert!(captures("a.warc.gz", &bytes).len() < 20);
    }

    #[test]
    fn any_bytes_under_any_name_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        name in prop::sample::select(vec!["a.html", "a.txt", "a.xml", "a.json", "a.warc", "a.warc.gz", "a.gz", "a"]),
    ) {
        prop_assert!(!captures(name, &bytes).is_empty());
    }
}

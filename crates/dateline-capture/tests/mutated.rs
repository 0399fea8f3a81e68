//! Files of every form with bytes that were changed: read to their end, within their limits, without a fault.

use dateline_capture::{Limits, read};
use proptest::prelude::*;
use std::io::Write;

const LIMIT: usize = 1 << 20;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// One file of each form, by name.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let page =
        "<html><!--\n Page saved with SingleFile\n url: https://pier.test/1\n saved date: Tue Mar 05 2024 18:20:00 \
                GMT+0100\n--><p>The harbour office said that the café would stay shut.</p></html>"
            .as_bytes();
    let letter =
        b"From: =?utf-8?Q?Pier_P=C3=B6st?= <n@pier.test>\nSubject: =?utf-8?B?SGFyYm91cg==?=\nMIME-Version: 1.0\n\
        Content-Type: multipart/mixed; boundary=\"a\"\n\n--a\nContent-Type: text/html; charset=utf-8\n\
        Content-Transfer-Encoding: quoted-printable\n\n<p>caf=C3=A9 =\nshut</p>\n--a\nContent-Type: message/rfc822\n\n\
        Subject: in\n\nText.\n--a\nContent-Transfer-Encoding: base64\n\nUmFpbg==\n--a--\n"
            .to_vec();
    let body =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: zstd\r\n\r\n".as_slice(), &zstd(page)]
            .concat();
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://pier.test/1\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    let record = [head.as_bytes(), &body, b"\r\n\r\n"].concat();
    let rss = b"<?xml version='1.0' encoding='utf-8'?><rss><channel><title>P</title><item><title>A &amp; B</title>\
        <description><![CDATA[<p>x</p>]]></description></item></channel></rss>";
    let json = b"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": \"1\", \"title\": \"A\"}, {\"title\": \"B\"}]}";
    vec![
        ("a.html", page.to_vec()),
        ("a.html.gz", gzip(page)),
        ("a.html.zst", zstd(page)),
        ("a.html.br", [&[0xb0, 0x02, 0x10], page].concat()),
        ("a.eml", letter.clone()),
        ("a.mbox", [b"From x Tue Mar 5\n".as_slice(), &letter, b"\n\nFrom y Tue Mar 5\n", &letter].concat()),
        ("a.mht", [b"Snapshot-Content-Location: https://pier.test/1\n".as_slice(), &letter].concat()),
        ("a.warc", record.clone()),
        ("a.warc.gz", [gzip(&record), gzip(&record)].concat()),
        ("a.warc.zst", [zstd(&record), zstd(&record)].concat()),
        ("a.xml", rss.to_vec()),
        ("a.json", json.to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn changed_files_are_read_within_their_limits(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        cuts: bool,
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (name, mut bytes) in files() {
            for (place, byte) in &changes {
                let i = place.index(bytes.len());
                bytes[i] = *byte;
            }
            if cuts {
                bytes.truncate(cut.index(bytes.len()));
            }
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            let found: Vec<_> = read(&path, &Limits { bytes: LIMIT }).collect();
            prop_assert!(found.len() <= 8, "{}: {} items", name, found.len());
            for capture in found.into_iter().flatten() {
                prop_assert!(capture.bytes.len() <= LIMIT);
            }
        }
    }
}

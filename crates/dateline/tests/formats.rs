//! One article in every form in which pages are kept: the same text, and what the form knows besides.

mod support;

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use support::{json_lines, run};

const ADDRESS: &str = "https://ledger.test/harbour/roof-of-the-pier";
const TITLE: &str = "Café on the northern pier of Gdańsk shut after storm";
const PARAGRAPHS: [&str; 3] = [
    "The harbour office in Gdańsk said on Friday that the café on the northern pier, “Zum Anker”, would stay shut \
     until the inspectors had seen the roof.",
    "Marta Wilkowska, who has run the kitchen for eleven years, said that nobody had been hurt when the storm tore \
     off 40 square metres of tin on Thursday night.",
    "The inspectors are expected on Monday, and the office said that the ferry to Hel would sail from the southern \
     pier until the work is done.",
];

/// The page, with `head` in its head and `pictures` in its text.
fn page(start: &str, head: &str, picture: &str) -> String {
    let text: Vec<String> = PARAGRAPHS.iter().map(|p| format!("<p>{p}</p>{picture}")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\">{start}<head><meta charset=\"utf-8\"><title>{TITLE}</title>{head}</head>\
         <body><nav><a href=\"/\">Home</a> <a href=\"/sport\">Sport</a></nav><article><h1>{TITLE}</h1>{}</article>\
         <footer><a href=\"/imprint\">Imprint</a></footer></body></html>",
        text.concat()
    )
}

fn plain_page() -> String {
    page("", "", "")
}

/// The one article of a file of these bytes, and where it came from.
fn read(name: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(name), bytes).expect("a file can be written");
    let mut found = read_path(folder.path());
    assert_eq!(found.len(), 1, "{name}: {found:?}");
    let one = found.remove(0);
    assert_eq!(one["status"], "article", "{name}: {one}");
    one
}

/// All that a folder holds: by its content, whatever the names are.
fn read_path(path: &Path) -> Vec<Value> {
    let out = run(&["read", "--json", path.to_str().expect("a readable path")]);
    assert!(String::from_utf8_lossy(&out.stderr).find("panicked").is_none());
    json_lines(&String::from_utf8_lossy(&out.stdout))
}

fn text(one: &Value) -> &str {
    one["article"]["text"].as_str().unwrap_or_default()
}

fn whole_text() -> String {
    format!("{TITLE}\n\n{}", PARAGRAPHS.join("\n\n"))
}

fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    let mut line = 0;
    for b in text.bytes() {
        let piece = if b.is_ascii_graphic() && b != b'=' || b == b' ' {
            char::from(b).to_string()
        } else {
            format!("={b:02X}")
        };
        if line + piece.len() > 75 {
            out.push_str("=\r\n");
            line = 0;
        }
        line += piece.len();
        out.push_str(&piece);
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let n = three.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let letter = LETTERS[(n >> (18 - 6 * i)) as usize & 63];
            out.push(if i > three.len() { '=' } else { char::from(letter) });
        }
        if out.len() % 77 == 76 {
            out.push('\n');
        }
    }
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).expect("memory takes all");
    out.finish().expect("memory takes all")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Brotli (RFC 7932, 9.2) that keeps the bytes as they are: a window of 16 bits, one uncompressed block, an empty last.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len() - 1).expect("a short page");
    assert!(length < 1 << 16);
    let mut out = (length << 4 | 1 << 20).to_le_bytes()[..3].to_vec();
    out.extend_from_slice(bytes);
    out.push(3);
    out
}

fn record(kind: &str, media: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-01-26T10:06:00Z\r\nWARC-Target-URI: {ADDRESS}\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
    record("response", "application/http;msgtype=response", &[head.as_bytes(), body].concat())
}

#[test]
fn packed_pages_are_unpacked_by_content_or_name() {
    let page = plain_page();
    let page = page.as_bytes();
    let cases: [(&str, Vec<u8>); 6] = [
        ("a.html", page.to_vec()),
        ("a.html.gz", gzip(page)),
        ("a.html.zst", zstd(page)),
        ("a.html.br", brotli(page)),
        ("unnamed-gzip", gzip(page)),
        ("unnamed-zstd", zstd(page)),
    ];
    for (name, bytes) in cases {
        assert_eq!(text(&read(name, &bytes)), whole_text(), "{name}");
    }
}

#[test]
fn every_encoding_of_a_response_in_a_web_archive_is_undone() {
    let page = plain_page();
    let page = page.as_bytes();
    let chunks: Vec<u8> =
        page.chunks(100).flat_map(|c| [format!("{:x}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat()).collect();
    let chunked = [&chunks[..], b"0\r\n\r\n"].concat();
    let cases = [
        response("", page),
        response("Content-Encoding: gzip\r\n", &gzip(page)),
        response("Content-Encoding: br\r\n", &brotli(page)),
        response("Content-Encoding: zstd\r\n", &zstd(page)),
        response("Content-Encoding: br\r\n", page),
        response("Transfer-Encoding: chunked\r\n", &chunked),
        record("resource", "text/html; charset=utf-8", page),
        record(
            "conversion",
            "message/rfc822",
            letter("text/html; charset=utf-8", std::str::from_utf8(page).unwrap()).as_bytes(),
        ),
    ];
    let all: Vec<u8> = cases.iter().flatten().copied().collect();
    let frames: Vec<u8> = cases.iter().flat_map(|r| zstd(r)).collect();
    for (name, bytes) in [("a.warc", all), ("a.warc.zst", frames)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join(name), bytes).expect("a file can be written");
        let found = read_path(folder.path());
        assert_eq!(found.len(), cases.len(), "{name}");
        for (i, one) in found.iter().enumerate() {
            assert_eq!(text(one), whole_text(), "{name}, record {i}: {one}");
            assert_eq!(one["source"]["url"], ADDRESS, "{name}, record {i}");
        }
    }
}

fn saved_as_parts(start: &str) -> String {
    format!(
        "From: <Saved by Blink>\r\n{start}Subject: =?utf-8?B?{}?=\r\nDate: Fri, 26 Jan 2024 10:06:00 +0200\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x--\"\r\n\r\n\
         \r\n----x--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: {ADDRESS}\r\n\r\n{}\r\n----x--\r\nContent-Type: image/png\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n----x----\r\n",
        base64(TITLE.as_bytes()).replace('\n', ""),
        quoted_printable(&plain_page()),
        base64(&[0x89; 400])
    )
}

#[test]
fn a_page_saved_as_parts_tells_its_address_and_time() {
    for (name, start) in [
        ("a.mhtml", format!("Snapshot-Content-Location: {ADDRESS}\r\n")),
        ("a.mht", String::new()),
        ("unnamed", String::new()),
    ] {
        let one = read(name, saved_as_parts(&start).as_bytes());
        assert_eq!(text(&one), whole_text(), "{name}");
        assert_eq!(one["article"]["title"], TITLE);
        assert_eq!(one["source"]["url"], ADDRESS);
        assert_eq!(one["source"]["captured"], "2024-01-26T10:06:00+02:00");
        assert_eq!(one["article"]["published"], Value::Null, "the day of saving is not the day of publication");
    }
}

#[test]
fn a_page_saved_as_one_file_reads_as_the_page_itself() {
    let mark = format!(
        "<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Fri Jan 26 2024 10:06:00 GMT+0200 \
         (Eastern European Standard Time)\n-->"
    );
    // Pictures and fonts stand in it as they are, megabytes of them.
    let data = base64(&vec![0x5a; 1_000_000]).replace('\n', "");
    let style = format!("<style>@font-face{{font-family:x;src:url(data:font/woff2;base64,{data})}}</style>");
    let picture = format!(
        "<img alt=\"\" src=\"data:image/png;base64,{data}\" style='background:url(\"data:image/png;base64,{data}\")'>"
    );
    let saved = page(&mark, &style, &picture);
    assert!(saved.len() > 9_000_000);
    let one = read("saved.html", saved.as_bytes());
    assert_eq!(text(&one), whole_text());
    assert_eq!(one["article"]["url"].as_str().or(one["source"]["url"].as_str()), Some(ADDRESS));
    assert_eq!(one["source"]["url"], ADDRESS);
    assert_eq!(one["source"]["captured"], "2024-01-26T10:06:00+02:00");
    let at = &one["article"]["blocks"][1]["capture"];
    let (from, to) = (at[0].as_u64().unwrap_or(0) as usize, at[1].as_u64().unwrap_or(0) as usize);
    assert!(saved[from..to].contains(PARAGRAPHS[0]), "blocks lead into the page as it was saved");
}

fn letter(media: &str, body: &str) -> String {
    format!(
        "Return-Path: <bounce@ledger.test>\nFrom: =?utf-8?Q?Gda=C5=84sk_Ledger?= <news@ledger.test>\nTo: me@home.test\n\
         Subject: =?utf-8?B?{}?=\nDate: Fri, 26 Jan 2024 10:06:00 +0200\nMIME-Version: 1.0\nContent-Type: {media}\n\
         Content-Transfer-Encoding: quoted-printable\n\n{}\n",
        base64(TITLE.as_bytes()).replace('\n', ""),
        quoted_printable(body)
    )
}

#[test]
fn a_newsletter_has_its_subject_its_sender_and_its_day() {
    let body: String = PARAGRAPHS.iter().map(|p| format!("<tr><td><p>{p}</p></td></tr>")).collect();
    let html = format!(
        "<html><head><style>p{{color:red}}</style></head><body><div style=\"display:none\">Preview text</div>\
         <table>{body}</table><p><a href=\"https://ledger.test/u\">Unsubscribe</a></p></body></html>"
    );
    let one = read("letter.eml", letter("text/html; charset=utf-8", &html).as_bytes());
    for paragraph in PARAGRAPHS {
        assert!(text(&one).contains(paragraph), "{}", text(&one));
    }
    assert!(!text(&one).contains("Unsubscribe") && !text(&one).contains("color:red"));
    assert_eq!(one["article"]["title"], TITLE);
    assert_eq!(one["article"]["outlet"], "Gdańsk Ledger");
    assert_eq!(one["article"]["published"], "2024-01-26T10:06:00+02:00");
    let broken: Vec<String> = PARAGRAPHS.iter().map(|p| folded(p, 72)).collect();
    let one = read("letter.eml", letter("text/plain; charset=utf-8", &broken.join("\n\n")).as_bytes());
    for paragraph in PARAGRAPHS {
        assert!(text(&one).contains(paragraph), "{}", text(&one));
    }
    assert_eq!(one["article"]["outlet"], "Gdańsk Ledger");
}

/// A PDF of these lines in Helvetica, one page, without a table of its objects.
fn pdf(lines: &[(u32, &str)]) -> Vec<u8> {
    let mut y = 800;
    let mut operators = String::new();
    for (size, line) in lines {
        y -= size * 5 / 4;
        operators.push_str(&format!("BT /F1 {size} Tf 1 0 0 1 50 {y} Tm ({line}) Tj ET\n"));
    }
    let operators = encoding_of_windows(&operators);
    let mut out = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [4 0 R] /Count 1 >>\n\
         endobj\n3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n\
         4 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents \
         5 0 R >>\nendobj\n5 0 obj\n<< /Length {} >>\nstream\n",
        operators.len()
    )
    .into_bytes();
    out.extend(operators);
    out.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    out
}

/// The few letters of the page that are not ASCII, in windows-1252.
fn encoding_of_windows(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        })
        .collect()
}

#[test]
fn a_pdf_gives_whole_paragraphs() {
    let plain = |text: &str| text.replace('ń', "n");
    let folded: Vec<String> = PARAGRAPHS.iter().map(|p| folded(&plain(p), 90)).collect();
    let title = plain(TITLE);
    let mut lines = vec![(20, title.as_str())];
    for paragraph in &folded {
        lines.push((11, ""));
        lines.extend(paragraph.lines().map(|line| (11, line)));
    }
    for name in ["a.pdf", "unnamed"] {
        let one = read(name, &pdf(&lines));
        for paragraph in PARAGRAPHS {
            assert!(text(&one).contains(&plain(paragraph)), "{}", text(&one));
        }
        assert_eq!(one["article"]["title"], title.as_str());
        assert_eq!(one["source"]["media_type"], "application/pdf");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("scan.pdf"), pdf(&[])).expect("a file can be written");
    let one = &read_path(folder.path())[0];
    assert_eq!(one["status"], "not_article", "{one}");
    assert!(one["reason"].as_str().is_some_and(|r| r.contains("without text")), "{one}");
}

/// Text with its lines broken at a width.
fn folded(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut line = 0;
    for word in text.split(' ') {
        let n = word.chars().count();
        if line > 0 && line + 1 + n > width {
            out.push('\n');
            line = 0;
        } else if line > 0 {
            out.push(' ');
            line += 1;
        }
        out.push_str(word);
        line += n;
    }
    out
}

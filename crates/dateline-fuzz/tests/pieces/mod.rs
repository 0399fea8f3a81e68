//! Whole files, and the pieces that their grammar is made of. All invented.

use std::io::Write;

const PAGE: &str = "<html lang=en><head><title>The pier is shut - Testburg Post</title><meta property=og:site_name \
    content='Testburg Post'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The pier is \
    shut\",\"datePublished\":\"2031-03-04T10:00:00+01:00\",\"author\":{\"name\":\"Ada Brook\"}}</script></head><body>\
    <nav><a href=/>Home</a></nav><article><h1>The pier is shut</h1><p class=byline>By Ada Brook</p><p>Mayor Żana Łącka \
    said on Friday that “the pier of Testburg would stay shut” for 14 days, and that 3.5 million euros were needed.</p>\
    <p>“We were told on 3 March,” she said. Nobody else could be asked about it before Monday, and the harbour office \
    said that more than 200 people had been there.</p><ul><li>One</li></ul></article></body></html>";

const TEXT: &str = "The pier is shut\nBy Ada Brook\n4 March 2031\n\nMayor Żana Łącka said on Friday that “the pier of \
    Testburg would stay shut” for 14 days, and that 3.5 million euros were needed.\n\n“We were told on 3 March,” she \
    said. Nobody else could be asked about it before Monday, and the harbour office said that more than 200 people \
    had been there.\n\nRead more: the ferry\nSubscribe\n";

const RSS: &str = "<?xml version='1.0' encoding='utf-8'?><rss><channel><title>P</title><item><title>A &amp; B</title>\
    <link>https://post.test/1</link><pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate><description><![CDATA[<p>The pier \
    of Testburg stays shut.</p>]]></description></item></channel></rss>";

const JSON_FEED: &str = "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": \"1\", \"title\": \"A\", \
    \"content_html\": \"<p>x</p>\", \"date_published\": \"2031-03-04\"}, {\"title\": \"B\"}]}";

const LETTER: &str = "From: =?utf-8?Q?Pier_P=C3=B6st?= <n@pier.test>\nSubject: =?utf-8?B?SGFyYm91cg==?=\nMIME-Version: \
    1.0\nContent-Type: multipart/mixed; boundary=\"a\"\n\n--a\nContent-Type: text/html; charset=utf-8\n\
    Content-Transfer-Encoding: quoted-printable\n\n<p>caf=C3=A9 =\nshut</p>\n--a\nContent-Type: message/rfc822\n\n\
    Subject: in\n\nText.\n--a\nContent-Transfer-Encoding: base64\n\nUmFpbg==\n--a--\n";

const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>\
    endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R/MediaBox[0 0 300 300]>>\
    endobj\n4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n5 0 obj<</Length 52>>stream\nBT /F1 12 Tf 20 \
    200 Td (The pier stays shut.) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n";

const DECISIONS: &str = "{\"id\":\"d1\",\"at\":\"2031\",\"what\":\"merge\",\"a\":{\"story\":\"s1\",\"pages\":[\"@0\"]},\
    \"b\":{\"pages\":[\"@2\"]}}\n{\"id\":\"d2\",\"at\":\"\",\"what\":\"undo\",\"undoes\":\"d1\"}\n{\"id\":\"d3\",\"at\":\
    \"\",\"what\":\"rename\",\"a\":{\"pages\":[\"@1\"]},\"title\":\"The pier\"}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).expect("bytes can be packed")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn record() -> Vec<u8> {
    let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let length = body.len();
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://pier.test/1\r\nContent-Type: application/http\r\n\
         Content-Length: {length}\r\n\r\n{body}\r\n\r\n"
    )
    .into_bytes()
}

/// Whole files of the kind that a target reads.
pub fn files(target: &str) -> Vec<Vec<u8>> {
    let of = |texts: &[&str]| texts.iter().map(|t| t.as_bytes().to_vec()).collect::<Vec<_>>();
    match target {
        "page" => of(&[PAGE, "<p>x<table><tr><td>y</table>", "<!doctype html><title>a</title>"]),
        "text" => of(&[TEXT, PAGE]),
        "feed" => of(&[RSS, JSON_FEED]),
        "warc" => {
            let (one, two) = (record(), gzip(&record()));
            vec![one.clone(), [one.clone(), one].concat(), two.clone(), [two.clone(), two].concat()]
        }
        "date" => {
            of(&["2031-03-04T10:00:00+01:00", "Tue, 04 Mar 2031 10:00:00 GMT", "4 March 2031, 6.30 p.m. CET", "3/4/31"])
        }
        "query" => of(&["\"pier shut\" OR ferry* -speaker:Brook after:2031-03 (a NOT b)", "outlet:\"Testburg Post\""]),
        "decisions" => of(&[DECISIONS]),
        "mail" => {
            let mut all = of(&[LETTER]);
            all.push(format!("From x Tue Mar 5\n{LETTER}\n\nFrom y Tue Mar 5\n{LETTER}").into_bytes());
            all.push(format!("Snapshot-Content-Location: https://pier.test/1\n{LETTER}").into_bytes());
            all
        }
        "pdf" => of(&[PDF]),
        "packed" => {
            vec![gzip(PAGE.as_bytes()), zstd(TEXT.as_bytes()), zstd(&record()), gzip(&gzip(b"x")), vec![0xb0, 2, 16]]
        }
        _ => of(&[
            "{\"id\": \"a\", \"text\": \"The pier.\"}\n{\"id\": 1}\n{\"id\": \"b\", \"html\": \"<p>x\", \"published\": \"2031\"}\n",
        ]),
    }
}

/// Pieces of the grammar of what a target reads.
pub fn pieces(target: &str) -> Vec<Vec<u8>> {
    let own: &[&str] = match target {
        "page" => &[
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<article>",
            "<table><tr><td>",
            "</table>",
            "<li>",
            "<a href=x>",
            "</a>",
            "<br>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<script type='application/ld+json'>{\"@graph\":[",
            "]}",
            "<meta name=date \
            content='",
            "'>",
            "<time datetime=",
            "&amp;",
            "&#x110000;",
            "&NotEqualTilde;",
            "<svg>",
            "<template>",
            "<h1>",
            "<title>",
            "<blockquote>",
            "<![CDATA[",
            "]]>",
            "<textarea>",
            "<plaintext>",
            "<meta charset=utf-16>",
        ],
        "feed" => &[
            "<rss>",
            "<channel>",
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<entry>",
            "<link href='",
            "'/>",
            "<![CDATA[",
            "]]>",
            "<!ENTITY a '",
            "'>",
            "&a;",
            "<!DOCTYPE",
            "<a:item xmlns:a='x'>",
            "<pubDate>",
            "{\"items\":[",
            "{\"title\":",
            "\"x\"",
            "}",
            "]",
            ",",
            "<rdf:RDF>",
            "<feed>",
            "<?xml encoding='utf-16'?>",
        ],
        "warc" => &[
            "WARC/1.0\r\n",
            "WARC-Type: response\r\n",
            "WARC-Type: resource\r\n",
            "Content-Length: 12\r\n",
            "Content-Length: 99999999\
            99999\r\n",
            "\r\n",
            "\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
            "Transfer-Encoding: chunked\r\n",
            "5\r\nhello\r\n",
            "0\r\n\r\n",
            "Content-Encoding: gzip\r\n",
            "Content-Type: text/html\r\n",
            "Content-Type: application/http\r\n",
            "<p>The pier",
            "Dateline-Capture: {}\r\n",
            "Dateline-Original-Of: a\r\n",
            "WARC-Target-URI: <x>\r\n",
        ],
        "date" => &[
            "2031",
            "-",
            "03",
            "T",
            "10:00",
            "Z",
            "+01:00",
            "March ",
            "4th ",
            "Tue, ",
            "/",
            ".",
            "99",
            "0000",
            " p.m.",
            "last ",
            "Friday ",
            "month",
            "two ",
            "weeks ago",
            "1970s",
            "mid-",
            "spring ",
            "marca ",
            "марта ",
            "年",
            "月",
            " GMT",
            "24:00",
            "29 \
            February ",
            "10-Mar-",
        ],
        "query" => &[
            "pier",
            "\"",
            "“",
            "”",
            "(",
            ")",
            " OR ",
            " AND ",
            " NOT ",
            "-",
            "*",
            "speaker:",
            "outlet:",
            "place:",
            "person:",
            "after:",
            "before:",
            "said:",
            "origin:only",
            "2031-03-04",
            " ",
            "title:",
            ":",
            "ł",
            "|",
            "&",
            "'",
            "NEAR(",
            "{",
            "^",
        ],
        "decisions" => &[
            "{\"id\":\"d1\",\"at\":\"\",\"what\":\"merge\",\"a\":{\"pages\":[\"@0\"]},\"b\":{\"pages\":[\"@2\"]}}\n",
            "{\"id\":\"d2\",\"at\":\"\",\"what\":\"apart\",\"a\":{\"pages\":[\"@0\"]},\"b\":{\"pages\":[\"@1\",\"@0\"]}}\n",
            "{\"id\":\"d3\",\"at\":\"\",\"what\":\"split\",\"a\":{\"pages\":[\"@0\",\"@1\"]},\"b\":{\"pages\":[\"@1\"]}}\n",
            "{\"id\":\"d1\",\"at\":\"\",\"what\":\"pin\",\"a\":{\"pages\":[\"@2\",\"none\"]}}\n",
            "{\"id\":\"d4\",\"at\":\"\",\"what\":\"rename\",\"a\":{\"pages\":[]},\"title\":\"\"}\n",
            "{\"id\":\"d5\",\"at\":\"\",\"what\":\"undo\",\"undoes\":\"d1\"}\n",
            "{\"id\":\"d6\",\"at\":\"\",\"what\":\"undo\",\"undoes\":\"d6\"}\n",
            "\n",
            "{\"id\":",
            "null\n",
            "[]\n",
        ],
        "mail" => &[
            "From x Tue Mar 5\n",
            "From: a@b.test\n",
            "Subject: ",
            "=?utf-8?B?SGFyYm91cg==?=",
            "=?x?Q?",
            "?=",
            "\n",
            "\n\n",
            "--a\n",
            "--a--\n",
            "Content-Type: multipart/mixed; boundary=\"a\"\n",
            "Content-Type: text/html; charset=utf-7\n",
            "Content-\
            Transfer-Encoding: base64\n",
            "Content-Transfer-Encoding: quoted-printable\n",
            "UmFpbg==\n",
            "=C3=\n",
            "MIME-Version: 1.0\n",
            "Content-Type: message/rfc822\n",
            "Date: Tue, 04 Mar 2031 10:00:00 -0000\n",
            "\t folded\n",
            "begin 644 a\n",
        ],
        "pdf" => &[
            "%PDF-1.7\n",
            "1 0 obj<<",
            ">>endobj\n",
            "/Type/Page",
            "/Type/Pages/Kids[1 0 R]",
            "/Contents 1 0 R",
            "stream\n",
            "endstream ",
            "trailer<</Root 1 0 R>>",
            "xref\n0 1\n",
            "startxref\n0\n%%EOF",
            "BT (a) Tj ET ",
            "/Filter/FlateDecode",
            "/Length 99",
            "<</Type/Catalog/Pages 1 0 R>>",
            "/Encrypt 1 0 R",
            "/ObjStm",
            "q ",
            "1e39 0 0 1 0 0 cm ",
        ],
        "json_lines" => &[
            "{\"id\": \"a\"",
            ", \"text\": \"x\"",
            ", \"html\": \"<p>",
            "\"",
            "}",
            "\n",
            "null",
            "[",
            ",",
            "\\ud800",
            "{\"a\":",
        ],
        _ => &[
            "\n",
            "\n\n",
            "By Ada Brook",
            "4 March 2031",
            "The pier of Testburg stays shut for 14 days. ",
            "“We were told,” she said. ",
            "Minister Jo Roe ",
            "said that ",
            "\"",
            "“",
            "”",
            "«",
            "»",
            "more than 200 ",
            "$3.5 million ",
            "ł",
            "漢字かな、",
            "\u{202e}",
            "\0",
            "1/2 ",
            "2031-03-04",
            " — ",
            "(AP) ",
            "Read more: ",
            "According to ",
            "one in five ",
            ":",
            "…",
            "'s ",
            "\u{1f600}\u{301}",
        ],
    };
    let mut all: Vec<Vec<u8>> = own.iter().map(|p| p.as_bytes().to_vec()).collect();
    if target != "pdf" {
        all.extend([TEXT.as_bytes()[..120].to_vec(), b"\xff\xfe".to_vec(), b" ".to_vec(), b"a".repeat(300)]);
    }
    match target {
        "warc" | "packed" => all.extend([gzip(b"<p>x"), gzip(&record()), zstd(b"<p>x"), b"\x1f\x8b\x08\x00".to_vec()]),
        _ => {}
    }
    all
}

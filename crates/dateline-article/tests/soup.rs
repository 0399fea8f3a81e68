//! No bytes make the reader of pages panic, take long, or say that a block stands where it cannot.

use dateline_article::find;
use dateline_capture::{Capture, Payload, Source};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Pieces that broken pages are made of.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class='related'>",
    "</div>",
    "<article>",
    "</article>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<a href='/x'>",
    "</a>",
    "<br>",
    "<br><br>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<b>",
    "</b>",
    "<i",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",",
    "\"x\":1}",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<meta name='date' content='2024-13-45'>",
    "<time datetime=2024-02-30>",
    "<svg>",
    "<template>",
    "</template>",
    "<noscript>",
    "&amp;",
    "&#x110000;",
    "&notit;",
    "&",
    "<",
    ">",
    "'",
    "\"",
    "=",
    "The harbour council met on Tuesday, and said that the ferry would sail again in May, as it had promised. ",
    "By Ada Brook and Ben Ode ",
    "4 March 2025 ",
    "Żółć ",
    "漢字かな、",
    "\u{202e}",
    "\0",
    "\r\n",
    "\t",
    "\u{200b}",
];

fn soup() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(|p| p.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn check(bytes: Vec<u8>, payload: Payload, charset: Option<&str>) {
    let length = bytes.len();
    let source = Source { charset: charset.map(str::to_owned), ..Source::default() };
    let Ok(article) = find(&Capture::new(bytes, payload, source)) else { return };
    let mut last = 0;
    for block in &article.blocks {
        assert!(!block.span.of(&article.text).is_empty(), "a block without text");
        let (start, end) = block.capture;
        assert!(last <= start && start <= end && end <= length, "{start}..{end} of {length}");
        last = start;
    }
    for aside in &article.asides {
        assert!(aside.capture.0 <= aside.capture.1 && aside.capture.1 <= length);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_of_tags_is_read_without_panic(bytes in soup()) {
        check(bytes.clone(), Payload::Html, None);
        check(bytes.clone(), Payload::Html, Some("utf-8"));
        check(bytes, Payload::FeedItem, Some("shift_jis"));
    }
}

#[test]
fn pages_built_to_be_slow_are_not() {
    let words =
        "<p>The ferry sails again, the council said, and it will sail on time from now on, whatever the tide.</p>";
    let pages = [
        format!("{}{words}", "<div>".repeat(200_000)),
        format!("{}{words}", "<table><tr><td>".repeat(30_000)),
        format!("{}{words}", "<ul><li>".repeat(60_000)),
        format!("{}{words}", "<b><i><a>".repeat(40_000)),
        format!("<p {}>{words}", (0..150_000).map(|i| format!("a{i}=1 ")).collect::<String>()),
        format!("{words}{}", "<a href='".repeat(60_000)),
        format!("{words}{}", "<!--".repeat(60_000)),
        format!("{words}{}", "<p><a href=/a>A headline of some length</a>".repeat(40_000)),
        format!("{words}{}", "<div class=a><div class=b><span>x</span></div></div>".repeat(30_000)),
        format!("{}{words}", "<h1>The same</h1>".repeat(40_000)),
        words.repeat(20_000),
    ];
    for (i, page) in pages.into_iter().enumerate() {
        let start = Instant::now();
        check(page.into_bytes(), Payload::Html, None);
        assert!(start.elapsed() < Duration::from_secs(5), "page {i} took {:?}", start.elapsed());
    }
}

#[test]
fn a_page_with_more_text_than_any_page_has_is_refused_in_words() {
    let words = "<p>The harbour council met on Tuesday, and said that the ferry would sail again in May.</p>";
    let page = words.repeat(dateline_article::LONGEST_TEXT / 80);
    let refused = find(&Capture::new(page.into_bytes(), Payload::Html, Source::default())).unwrap_err();
    assert!(refused.to_string().contains("bytes of text"), "{refused}");
}

//! What the input says beside the bytes, and the items of feeds.

use dateline_article::{Article, BlockKind, NotAnArticle, find};
use dateline_capture::{Capture, Given, Payload, Source};

fn read(text: &str, payload: Payload, given: Given) -> Result<Article, NotAnArticle> {
    let source = Source { url: Some("https://post.example/a/1".to_owned()), ..Source::default() };
    find(&Capture { given, ..Capture::new(text.as_bytes().to_vec(), payload, source) })
}

fn given() -> Given {
    Given {
        title: Some("Ferry sails again".to_owned()),
        published: Some("Tue, 04 Mar 2025 07:15:00 +0200".to_owned()),
        outlet: Some("The Harbour Post".to_owned()),
        bylines: vec!["Ada Brook".to_owned()],
        ..Given::default()
    }
}

#[test]
fn the_item_of_a_feed_is_all_article() {
    let content = "<p>The ferry sailed on Tuesday &amp; came back.</p><ul><li>Fares stay.</li></ul><p><a href='/x'>Read it all here</a></p>";
    let article = read(content, Payload::FeedItem, given()).unwrap();
    assert_eq!(article.text, "The ferry sailed on Tuesday & came back.\n\nFares stay.");
    assert_eq!(article.blocks[1].kind, BlockKind::ListItem);
    let (start, end) = article.blocks[0].capture;
    assert_eq!(&content[start..end], "The ferry sailed on Tuesday &amp; came back.");
    assert_eq!(article.title.as_deref(), Some("Ferry sails again"));
    assert_eq!(
        article.published.map(|p| (p.value, p.basis)),
        Some(("2025-03-04T07:15:00+02:00".into(), "given".into()))
    );
}

#[test]
fn an_item_without_markup_is_read_line_by_line() {
    let article = read("The ferry sailed on Tuesday.\n\nIt came back.", Payload::FeedItem, given()).unwrap();
    assert_eq!(article.text, "The ferry sailed on Tuesday.\n\nIt came back.");
    assert!(matches!(read(" \n ", Payload::FeedItem, given()), Err(NotAnArticle::NoArticle(_))));
}

#[test]
fn what_is_given_wins_over_the_page() {
    let page = "<html lang=en><title>Other title - Other Post</title><meta name=author content='Ben Ode'><meta name=date content=2001-02-03>\
        <h1>Other title</h1><p>The ferry sailed on Tuesday, and it came back on Wednesday with all that it had taken along, the harbour said on its board.</p>";
    let article = read(page, Payload::Html, given()).unwrap();
    assert_eq!(article.title.as_deref(), Some("Ferry sails again"));
    assert_eq!(article.outlet.as_deref(), Some("The Harbour Post"));
    assert_eq!(article.bylines, ["Ada Brook"]);
    assert_eq!(article.published.map(|p| p.basis).as_deref(), Some("given"));
    assert_eq!(article.url.as_deref(), Some("https://post.example/a/1"));
    let plain = read(page, Payload::Html, Given::default()).unwrap();
    assert_eq!((plain.title.as_deref(), plain.bylines.as_slice()), (Some("Other title"), &["Ben Ode".to_owned()][..]));
    assert_eq!(plain.published.map(|p| p.value).as_deref(), Some("2001-02-03"));
}

#[test]
fn bytes_that_are_no_page_say_why() {
    let source = Source::default();
    for (bytes, words) in [
        (Vec::new(), "the page is empty"),
        (b"%PDF-1.4 and so on".to_vec(), "this is a PDF file, not a page"),
        (vec![b'D'; 65_536], "no running text in it, only short lines and links"),
        (
            (0..40_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect(),
            "binary data, not text in any encoding",
        ),
    ] {
        let why = find(&Capture::new(bytes, Payload::Html, source.clone())).unwrap_err();
        assert_eq!(why.to_string(), words);
    }
}

#[test]
fn an_absurd_day_of_a_feed_is_left_out_with_its_reason() {
    for day in ["Fri, 31 Dec 9999 23:59:59 GMT", "2024-02-30", "0"] {
        let given = Given { title: Some("Pier shut".into()), published: Some(day.into()), ..Given::default() };
        let mut capture = Capture::new(b"<p>The pier is shut.</p>".to_vec(), Payload::FeedItem, Source::default());
        capture.given = given;
        let article = find(&capture).unwrap();
        assert!(article.published.is_none(), "{day}");
        assert!(article.notes.iter().any(|n| n.contains("was left out")), "{day}: {:?}", article.notes);
    }
}

//! Who is given as author, and as what: nobody is invented, and an outlet that signs is no person.

use dateline_article::{Article, WriterKind, find};
use dateline_capture::{Capture, Payload, Source};

const TEXT: &str = "<p>The ferry between Portville and the islands stood still on Monday, the harbour master of Portville \
    said, because of a storm that nobody had seen coming, and it will stay so for a week.</p>\
    <p>Two hundred passengers spent the night in the hall of the harbour, where the town had put up beds for them.</p>";

/// A page of `harbourpost.example` with more in its head, and lines between headline and text.
fn page(head: &str, lines: &str) -> Article {
    let html = format!(
        "<html><head><title>Ferries stop - The Harbour Post</title>{head}</head><body><article><h1>Ferries stop</h1>\
         {lines}{TEXT}</article><footer>© 2026 Quayside Media Ltd. All rights reserved.</footer></body></html>"
    );
    let source = Source { url: Some("https://www.harbourpost.example/ferries".into()), ..Source::default() };
    find(&Capture::new(html.into_bytes(), Payload::Html, source)).expect("an article")
}

fn linked(author: &str) -> String {
    format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Ferries stop\",\"author\":{author},\
         \"publisher\":{{\"@type\":\"Organization\",\"name\":\"Harbour Post\"}}}}</script>"
    )
}

fn writers(article: &Article) -> Vec<(&str, WriterKind)> {
    article.bylines.iter().map(String::as_str).zip(article.writers()).collect()
}

#[test]
fn an_outlet_that_its_page_calls_a_person_is_the_outlet() {
    for name in ["Harbour Post", "The Harbour Post", "HARBOUR POST ONLINE", "harbourpost.example", "Quayside Media"] {
        let found = page(&linked(&format!("{{\"@type\":\"Person\",\"name\":\"{name}\"}}")), "");
        assert!(found.writers().iter().all(|k| *k == WriterKind::Outlet), "{name}: {:?}", writers(&found));
    }
}

#[test]
fn an_edition_and_a_desk_are_no_persons() {
    for name in ["Harbour Post Portville", "The Harbour Post news desk", "Newsroom", "Redaktion Harbour Post"] {
        let found = page(&linked(&format!("{{\"@type\":\"Person\",\"name\":\"{name}\"}}")), "");
        assert!(found.writers().iter().all(|k| *k == WriterKind::Desk), "{name}: {:?}", writers(&found));
    }
}

#[test]
fn a_person_goes_before_the_outlet_wherever_the_page_names_her() {
    let outlet = linked("{\"@type\":\"Person\",\"name\":\"The Harbour Post\"}");
    let seen = page(&outlet, "<p class='byline'>By Ada Brook</p>");
    assert_eq!(writers(&seen), [("Ada Brook", WriterKind::Person)]);
    let both = page(&linked("[{\"name\":\"Ada Brook\"},{\"name\":\"Harbour Post\"}]"), "");
    assert_eq!(writers(&both), [("Ada Brook", WriterKind::Person)]);
    let meta =
        page("<meta name='author' content='Ada Brook'><meta property='og:site_name' content='Harbour Post'>", "");
    assert_eq!(writers(&meta), [("Ada Brook", WriterKind::Person)]);
}

#[test]
fn a_line_that_names_the_outlet_or_an_agency_names_no_person() {
    let outlet = page("", "<p class='byline'>By The Harbour Post</p>");
    assert!(!outlet.writers().contains(&WriterKind::Person), "{:?}", writers(&outlet));
    let agency = page("", "<p class='byline'>By Reuters</p>");
    assert!(!agency.writers().contains(&WriterKind::Person), "{:?}", writers(&agency));
    assert_eq!(agency.wire.as_deref(), Some("Reuters"));
}

#[test]
fn a_page_that_names_nobody_has_no_author() {
    for lines in [
        "",
        "<p>12 March 2026</p>",
        "<p>Share this story</p><p>Harbour Life</p><p>5 min read</p>",
        "<p>Photo: Ada Brook</p>",
        "<div>Follow us</div><div>Most Read</div>",
    ] {
        let found = page("", lines);
        assert_eq!(writers(&found), [], "{lines}");
    }
    for account in ["admin", "hpost_web1", "https://www.facebook.com/harbourpost"] {
        let found = page(&format!("<meta name='author' content='{account}'>"), "");
        assert_eq!(writers(&found), [], "{account}");
    }
}

#[test]
fn a_date_that_is_none_is_left_out_with_a_note() {
    let head = linked("{\"name\":\"Ada Brook\"}").replace("\"author\"", "\"datePublished\":\"2026-13-45\",\"author\"");
    let found = page(&head, "");
    assert_eq!(found.published, None);
    assert!(found.notes.iter().any(|n| n.contains("2026-13-45") && n.contains("no such day")), "{:?}", found.notes);
    let cut = page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"</script>", "");
    assert!(cut.notes.iter().any(|n| n.contains("JSON-LD")), "{:?}", cut.notes);
}

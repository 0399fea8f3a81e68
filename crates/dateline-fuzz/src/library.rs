//! What is asked of a library, and what is decided in it.

use dateline_article::Article;
use dateline_capture::{Capture, Given, Payload, Source};
use dateline_lexicon::Lexicon;
use dateline_store::{ErrorKind, Filter, Library, Mode, Outcome, Paging, Stamp};
use dateline_story::Report;
use std::collections::BTreeSet;
use std::fs;
use std::sync::{LazyLock, Mutex};
use tempfile::TempDir;

const STAMP: Stamp = Stamp { now: "2031-03-04T10:00:00Z", version: "any" };

/// Titles and texts of a small invented world.
const PAGES: &[(&str, &str)] = &[
    ("The pier is shut", "Mayor Żana Łącka said on Friday that the pier of Testburg would stay shut for 14 days."),
    ("Pier shut in Testburg", "The pier of Testburg stays shut for 14 days, Mayor Żana Łącka said on Friday."),
    ("Ferry sails again", "The ferry to Valley Island sails again, and 200 people were on board, the harbour said."),
];

/// A library of these pages; one at a time works in it.
static LIBRARY: LazyLock<Mutex<TempDir>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut library = Library::create(folder.path()).expect("a library");
    let lexicon = Lexicon::shipped();
    let batch: Vec<(Capture, Outcome)> = PAGES.iter().map(|page| added(page, &lexicon)).collect();
    library.add(&batch, &STAMP).expect("pages can be added");
    library.link("any").expect("they can be linked");
    Mutex::new(folder)
});

fn added((title, text): &(&str, &str), lexicon: &Lexicon) -> (Capture, Outcome) {
    let given =
        Given { title: Some((*title).to_owned()), published: Some("2031-03-03".to_owned()), ..Given::default() };
    let capture = Capture { given, ..Capture::new(text.as_bytes().to_vec(), Payload::Article, Source::default()) };
    let article: Article = dateline_article::find(&capture).expect("an article");
    let reading = dateline_reading::of(&article, lexicon);
    let report = Report { id: capture.id.clone(), source: capture.source.clone(), article, reading };
    (capture, Outcome::Article(Box::new(report)))
}

/// A query: it is understood, or refused with the place of the mistake.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let folder = LIBRARY.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let library = Library::open(folder.path(), Mode::Read).expect("a library");
    let ask = || library.search(&text, &Paging::default());
    match (ask(), ask()) {
        (Ok(found), Ok(again)) => {
            assert!(found == again, "the same query gives the same hits: {text:?}");
            for hit in &found.hits {
                let snippet = &hit.snippet;
                assert!(
                    snippet.marks.iter().all(|m| snippet.text.get(m.start..m.end).is_some()),
                    "{text:?}: {snippet:?}"
                );
            }
        }
        (Err(e), Err(_)) => match e.kind() {
            ErrorKind::Query(e) => {
                assert!(e.position <= text.chars().count() && !e.reason.is_empty(), "{text:?}: {e}");
            }
            _ => panic!("{text:?}: {e}"),
        },
        _ => panic!("{text:?} is understood once"),
    }
    let _ = library.who(&text).expect("who can be asked anything");
    let about = Filter { about: Some(text.clone().into_owned()), ..Filter::default() };
    if let Err(e) = library.stories(&about) {
        assert!(matches!(e.kind(), ErrorKind::Query(_)), "{text:?}: {e}");
    }
}

/// A file of decisions: whatever is in it, each page stays in one story, and no whole line is touched.
pub fn decisions(bytes: &[u8]) {
    let folder = LIBRARY.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let file = folder.path().join("decisions.jsonl");
    // `@0` stands for the id of a page: no chance finds one.
    let mut text = bytes.to_vec();
    for (i, (_, page)) in PAGES.iter().enumerate() {
        let id = dateline_capture::digest(page.as_bytes());
        text = replaced(&text, format!("@{i}").as_bytes(), id.as_bytes());
    }
    fs::write(&file, &text).expect("a file can be written");
    let before = Library::open(folder.path(), Mode::Read).and_then(|l| l.decisions()).expect("decisions");
    let library = Library::open(folder.path(), Mode::Write).expect("a library, whatever was decided");
    let after = library.decisions().expect("decisions");
    assert!(after.made.starts_with(&before.made) && after.made.len() <= before.made.len() + 1, "a decision is lost");
    assert_eq!(library.standing().expect("an answer").len(), after.made.len());
    let stories = library.stories(&Filter::default()).expect("stories");
    assert_eq!(stories.iter().map(|s| s.articles).sum::<usize>(), PAGES.len(), "each page is in one story");
    assert_eq!(stories.iter().map(|s| &s.id).collect::<BTreeSet<_>>().len(), stories.len(), "names are different");
    let whole = text.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    assert!(fs::read(&file).expect("the file").starts_with(&text[..whole]), "a whole line was changed");
}

fn replaced(text: &[u8], what: &[u8], by: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.windows(what.len()).position(|w| w == what) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(by);
        rest = &rest[at + what.len()..];
    }
    out.extend_from_slice(rest);
    out
}

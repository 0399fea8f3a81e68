//! The list of the day: its order, its pages, what narrows it, and what is new in it.

use dateline_article::{Article, Based};
use dateline_capture::{Capture, Payload, Source};
use dateline_reading::Reading;
use dateline_store::{Asking, Library, Outcome, Stamp, TodayOrder};
use dateline_story::{Links, Membership, Report};

const STAMP: Stamp = Stamp { now: "2031-05-09T10:00:00Z", version: "test" };

/// Text, outlet, day, story.
const PAGES: &[(&str, &str, Option<&str>, &str)] = &[
    ("The quay burnt.", "Quay Post", Some("2031-05-01"), "s-fire"),
    ("Fire on the quay.", "Tide Weekly", Some("2031-05-01"), "s-fire"),
    ("Smoke over the quay.", "Harbour Sun", Some("2031-05-02"), "s-fire"),
    ("A goat won.", "Quay Post", Some("2031-05-03"), "s-goat"),
    ("A dull day.", "Quay Post", Some("2031-05-03"), "s-dull"),
    ("An old goat.", "Tide Weekly", Some("2031-04-01"), "s-old"),
    ("No day at all.", "Tide Weekly", None, "s-none"),
];

fn page(i: usize) -> (Capture, Outcome) {
    let (text, outlet, day, _) = PAGES[i];
    let capture = Capture::new(text.as_bytes().to_vec(), Payload::Text, Source::default());
    let article = Article {
        title: Some(text.to_owned()),
        outlet: Some(outlet.to_owned()),
        published: day.map(|d| Based { value: d.to_owned(), basis: "given".to_owned() }),
        text: text.to_owned(),
        ..Article::default()
    };
    let report = Report { id: capture.id.clone(), source: Source::default(), article, reading: Reading::default() };
    (capture, Outcome::Article(Box::new(report)))
}

fn library(dir: &std::path::Path) -> Library {
    let mut library = Library::create(dir).unwrap();
    let all: Vec<_> = (0..PAGES.len()).map(page).collect();
    library.add(&all, &STAMP).unwrap();
    let member = |(i, (capture, _)): (usize, &(Capture, Outcome))| Membership {
        id: capture.id.clone(),
        story: PAGES[i].3.to_owned(),
        storyline: format!("l-{i}"),
        origin: format!("o{i}"),
        ..Membership::default()
    };
    let mut members: Vec<Membership> = all.iter().enumerate().map(member).collect();
    members.sort_by(|a, b| a.id.cmp(&b.id));
    library.put_links(&Links { members, storylines: Vec::new() }, "test").unwrap();
    library
}

fn names(library: &Library, asking: &Asking) -> Vec<String> {
    library.today(asking).unwrap().stories.into_iter().map(|s| s.line.id).collect()
}

#[test]
fn weight_and_freshness_order_the_list() {
    let dir = tempfile::tempdir().unwrap();
    let library = library(dir.path());
    // three texts of three outlets, a day older than one text: the heavier leads; what has no day comes last
    assert_eq!(names(&library, &Asking::default()), ["s-fire", "s-dull", "s-goat", "s-old", "s-none"]);
    let newest = Asking { order: TodayOrder::Newest, ..Asking::default() };
    assert_eq!(names(&library, &newest), ["s-dull", "s-goat", "s-fire", "s-old", "s-none"]);
    let first = library.today(&Asking { limit: 1, ..Asking::default() }).unwrap();
    assert_eq!((first.total, first.stories[0].days.len()), (5, 2));
    let holdings = library.holdings().unwrap();
    assert_eq!((holdings.stories, holdings.articles, holdings.disputed), (5, 7, 0));
    assert_eq!(holdings.newest.as_deref(), Some("2031-05-03"));
}

#[test]
fn every_story_stands_on_one_page_of_the_list() {
    let dir = tempfile::tempdir().unwrap();
    let library = library(dir.path());
    for order in [TodayOrder::Weight, TodayOrder::Newest] {
        for query in [None, Some("goat OR quay OR day".to_owned())] {
            for limit in 1..=4 {
                let mut asking = Asking { order, query: query.clone(), limit, ..Asking::default() };
                let (mut all, mut turns) = (Vec::new(), 0);
                loop {
                    let page = library.today(&asking).unwrap();
                    assert_eq!(page.total, 5);
                    all.extend(page.stories.into_iter().map(|s| s.line.id));
                    asking.from = page.next;
                    turns += 1;
                    if asking.from.is_none() || turns > 9 {
                        break;
                    }
                }
                assert_eq!(all, names(&library, &Asking { order, query: query.clone(), ..Asking::default() }));
                assert_eq!(all.len(), 5, "{order:?} {query:?} {limit}");
            }
        }
    }
}

#[test]
fn what_was_added_after_the_mark_is_new() {
    let dir = tempfile::tempdir().unwrap();
    let library = library(dir.path());
    let last = |i: usize| Some(page(i).0.id);
    let asking = Asking { seen: last(2), ..Asking::default() };
    let new: Vec<u64> = library.today(&asking).unwrap().stories.iter().map(|s| s.new).collect();
    assert_eq!(new, [0, 1, 1, 1, 1]);
    assert_eq!(names(&library, &Asking { seen: last(4), only_new: true, ..Asking::default() }), ["s-old", "s-none"]);
    assert_eq!(
        names(&library, &Asking { seen: library.holdings().unwrap().last, only_new: true, ..Asking::default() }),
        [""; 0]
    );
    // a mark of another library says nothing
    assert_eq!(
        names(&library, &Asking { seen: Some("elsewhere".into()), only_new: true, ..Asking::default() }),
        [""; 0]
    );
}

#[test]
fn words_narrow_the_list_and_say_where_they_are_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let library = library(dir.path());
    let about = |q: &str| Asking { query: Some(q.to_owned()), ..Asking::default() };
    assert_eq!(names(&library, &about("goat")), ["s-goat", "s-old"]);
    assert_eq!(names(&library, &about("outlet:=\"Tide Weekly\" before:2031-04")), ["s-old"]);
    assert!(library.today(&about("(goat")).is_err());
    let (outlets, languages) = library.outlets_and_languages(2).unwrap();
    assert_eq!((outlets, languages.len()), (vec!["Harbour Sun".to_owned(), "Quay Post".to_owned()], 0));
}

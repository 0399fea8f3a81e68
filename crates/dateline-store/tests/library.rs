//! A library through its whole life: adding, crashing, asking, rebuilding.

use dateline_article::{Article, Based, NotAnArticle};
use dateline_capture::{Capture, Given, Limits, Payload, Source, read, warc};
use dateline_reading::{Attribution, Confidence, Entity, NameKind, QuoteClass, QuoteKind, Reading};
use dateline_store::{
    AddCounts, Deciding, ErrorKind, FailureKind, Filter, Library, Mode, Order, Outcome, Paging, Selection, Stamp,
};
use dateline_story::decisions::Act;
use dateline_story::{Links, Membership, Relation, Report, StoryLink};
use dateline_text::Span;
use std::fs;
use std::path::Path;

const STAMP: Stamp = Stamp { now: "2026-11-21T10:00:00Z", version: "dateline test" };

/// Title, outlet, date, text. The text's quoted words are said by the person named before "said".
const PAGES: &[(&str, &str, Option<&str>, &str)] = &[
    (
        "Bridge opens",
        "Testburg Post",
        Some("2024-01-26"),
        "Mayor Žana Łącka said: “The Suwałki road is open.” Rain fell.",
    ),
    (
        "Road is open",
        "Valley Herald",
        Some("2024-01-27T09:30"),
        "Zana Lacka said: “The road is open.” Nobody was hurt.",
    ),
    ("Rain again", "Testburg Post", None, "Rain fell on the corridor, and nobody said a word."),
    (
        "Road closed",
        "Valley Herald",
        Some("2024-03"),
        "Minister Jo Roe said: “The road is closed.” The corridor is not.",
    ),
];

fn capture(i: usize) -> Capture {
    let (title, outlet, published, text) = PAGES[i];
    let source = Source { path: Some(format!("desk/{i}.txt")), ..Source::default() };
    let given = Given {
        title: Some(title.into()),
        outlet: Some(outlet.into()),
        published: published.map(Into::into),
        ..Given::default()
    };
    Capture { given, ..Capture::new(text.as_bytes().to_vec(), Payload::Text, source) }
}

/// A reading simple enough to check by eye.
fn outcome(capture: &Capture) -> Outcome {
    let text = String::from_utf8(capture.bytes.clone()).unwrap();
    if text.starts_with("menu") {
        return Outcome::NotAnArticle(NotAnArticle::NoArticle("only a menu".into()));
    }
    let given = &capture.given;
    let mut reading = Reading::default();
    if let (Some(said), Some(open)) = (text.find(" said: "), text.find('“')) {
        let name: Vec<&str> = text[..said].split(' ').collect();
        let name = name[name.len() - 2..].join(" ");
        let close = text.find('”').unwrap() + '”'.len_utf8();
        reading.entities.push(Entity {
            key: dateline_text::fold(&name),
            name,
            kind: NameKind::Person,
            aliases: Vec::new(),
            role: None,
            role_span: None,
            place: None,
            gender: None,
        });
        reading.attributions.push(Attribution {
            source: vec![Span::new(0, said)],
            cue: vec![Span::new(said + 1, said + 5)],
            content: vec![Span::new(open, close)],
            kind: QuoteKind::Direct,
            class: QuoteClass::Speech,
            speaker: Some(0),
            confidence: Confidence::High,
            rule: "test".into(),
        });
    }
    let article = Article {
        title: given.title.clone(),
        outlet: given.outlet.clone(),
        published: given.published.clone().map(|value| Based { value, basis: "given".into() }),
        text,
        ..Article::default()
    };
    Outcome::Article(Box::new(Report { id: capture.id.clone(), source: capture.source.clone(), article, reading }))
}

fn read_all(captures: &[Capture]) -> Vec<Outcome> {
    captures.iter().map(outcome).collect()
}

fn batch(of: &[usize]) -> Vec<(Capture, Outcome)> {
    of.iter().map(|i| (capture(*i), outcome(&capture(*i)))).collect()
}

fn desk(dir: &Path) -> Library {
    let mut library = Library::create(dir).unwrap();
    assert_eq!(library.add(&batch(&[0, 1, 2, 3]), &STAMP).unwrap().added, 4);
    library
}

/// Stories: 0 and 1 report one event; 3 develops it; 2 stands alone.
fn link(library: &mut Library) {
    let of = |i: usize| {
        if i < 2 {
            "s-open"
        } else if i == 2 {
            "s-rain"
        } else {
            "s-shut"
        }
    };
    let line = |i: usize| if i == 2 { "l-rain" } else { "l-road" };
    let mut members: Vec<Membership> = (0..4)
        .map(|i| Membership {
            id: capture(i).id,
            story: of(i).into(),
            storyline: line(i).into(),
            origin: format!("o{i}"),
            copies: Vec::new(),
            passages: Vec::new(),
            because: Vec::new(),
            version_of: None,
        })
        .collect();
    members.sort_by(|a, b| a.id.cmp(&b.id));
    let later = StoryLink {
        from: "s-open".into(),
        to: "s-shut".into(),
        relation: Relation::LaterDevelopment,
        score: 0.7,
        shown_by: None,
        terms: vec!["road".into()],
        entities: Vec::new(),
        days: Some(34),
        said: None,
    };
    library.put_links(&Links { members, storylines: vec![later] }, "dateline test").unwrap();
}

fn ids(library: &Library, query: &str) -> Vec<usize> {
    let found = library.search(query, &Paging { order: Order::Newest, ..Paging::default() }).unwrap();
    assert_eq!(found.total as usize, found.hits.len());
    let mut at: Vec<usize> =
        found.hits.iter().map(|h| (0..PAGES.len()).find(|i| capture(*i).id == h.id).unwrap()).collect();
    at.sort_unstable();
    at
}

#[test]
fn what_goes_in_comes_out() {
    let dir = tempfile::tempdir().unwrap();
    let library = desk(dir.path());
    for (c, o) in batch(&[0, 1, 2, 3]) {
        assert!(library.known(&c.id).unwrap());
        assert_eq!(library.capture(&c.id).unwrap(), c);
        let Outcome::Article(report) = o else { panic!("an article") };
        assert_eq!(library.article(&c.id[..12]).unwrap(), *report);
    }
    assert_eq!(library.reports(&[capture(3).id, "none".into(), capture(0).id]).unwrap().len(), 2);
    assert!(matches!(library.article("none").unwrap_err().kind(), ErrorKind::NotFound { .. }));
    assert!(matches!(library.article("").unwrap_err().kind(), ErrorKind::NotFound { .. }));
    let on_disk: Vec<Capture> = read(&dir.path().join("captures"), &Limits::default()).map(Result::unwrap).collect();
    assert_eq!(on_disk, [capture(0), capture(1), capture(2), capture(3)]);
}

#[test]
fn the_same_page_twice_is_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::create(dir.path()).unwrap();
    let counts = library.add(&batch(&[0, 0, 1]), &STAMP).unwrap();
    assert_eq!(counts, AddCounts { added: 2, known: 1, ..AddCounts::default() });
    let size = fs::metadata(dir.path().join("captures/2026-11.warc.gz")).unwrap().len();
    drop(library);
    let mut library = Library::create(dir.path()).unwrap();
    assert_eq!(library.add(&batch(&[1, 0]), &STAMP).unwrap().known, 2);
    assert_eq!(fs::metadata(dir.path().join("captures/2026-11.warc.gz")).unwrap().len(), size);
    assert_eq!(library.counts().unwrap().captures, 2);
    let december = Stamp { now: "2026-12-01T00:00:00Z", ..STAMP };
    assert_eq!(library.add(&batch(&[2]), &december).unwrap().added, 1);
    assert!(dir.path().join("captures/2026-12.warc.gz").exists());
    assert_eq!(library.capture(&capture(2).id).unwrap(), capture(2));
}

#[test]
fn a_crash_between_file_and_index_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::create(dir.path()).unwrap();
    library.add(&batch(&[0]), &STAMP).unwrap();
    drop(library);
    let captures = dir.path().join("captures");
    let mut writer = warc::Writer::open(&captures, STAMP.now, |_| 0).unwrap();
    for i in [1, 2] {
        writer.append(&capture(i)).unwrap();
    }
    writer.sync().unwrap();
    drop(writer);
    // A third was on its way to the disk.
    let file = captures.join("2026-11.warc.gz");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, [whole.as_slice(), &whole[..90]].concat()).unwrap();

    let mut library = Library::open(dir.path(), Mode::Write).unwrap();
    assert_eq!(library.repaired().iter().map(|r| r.bytes).collect::<Vec<_>>(), [90]);
    assert_eq!(library.pending().unwrap(), [capture(1).id, capture(2).id]);
    assert!(!library.known(&capture(1).id).unwrap());
    let counts = library.add(&batch(&[0, 1, 2, 3]), &STAMP).unwrap();
    assert_eq!((counts.added, counts.known), (3, 1));
    assert!(library.pending().unwrap().is_empty());
    let on_disk: Vec<Capture> = read(&captures, &Limits::default()).map(Result::unwrap).collect();
    assert_eq!(on_disk.len(), 4);
    for (i, c) in on_disk.iter().enumerate() {
        assert_eq!(library.capture(&c.id).unwrap(), capture(i));
    }
}

#[test]
fn what_a_crash_left_undone_is_done_at_the_next_opening() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::create(dir.path()).unwrap();
    assert!(!library.has_unlinked().unwrap());
    library.add(&batch(&[0, 1, 2]), &STAMP).unwrap();
    assert!(library.has_unlinked().unwrap());
    library.link("dateline test").unwrap();
    assert!(!library.has_unlinked().unwrap());
    let deciding = Deciding { at: "2026-11-21", ..Deciding::default() };
    let first = library.stories(&Filter::default()).unwrap().remove(0);
    let act = library.pinning(&first.id, true).unwrap();
    library.decide(act, &deciding).unwrap();
    // Killed before the stories took it up.
    drop(library);
    let pinned = |l: &Library| l.stories(&Filter::default()).unwrap().iter().filter(|s| s.pinned).count();
    assert_eq!(pinned(&Library::open(dir.path(), Mode::Read).unwrap()), 0);
    let library = Library::open(dir.path(), Mode::Write).unwrap();
    assert_eq!(pinned(&library), 1);
    let reader = Library::open(dir.path(), Mode::Read).unwrap();
    reader.hold().unwrap();
    let before = reader.counts().unwrap();
    drop(library);
    Library::open(dir.path(), Mode::Write).unwrap().add(&batch(&[3]), &STAMP).unwrap();
    assert_eq!(reader.counts().unwrap(), before, "a reader that holds a state sees that state");
    drop(reader);
    assert!(Library::open(dir.path(), Mode::Write).unwrap().has_unlinked().unwrap());
}

#[test]
fn how_decisions_stand_is_kept_with_the_stories_and_the_same_as_when_asked_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::create(dir.path()).unwrap();
    library.add(&batch(&[0, 1, 2]), &STAMP).unwrap();
    library.link("dateline test").unwrap();
    let deciding = Deciding { at: "2026-11-21", ..Deciding::default() };
    let stories = library.stories(&Filter::default()).unwrap();
    let merging = library.merging(&stories[0].id, &stories[1].id).unwrap();
    let pinning = library.pinning(&stories[1].id, true).unwrap();
    let file = dir.path().join("decisions.jsonl");
    // a line more that says nothing: the stories were not made by such a file, so nothing kept is believed
    let anew = |library: &Library| {
        let before = fs::read(&file).unwrap();
        fs::write(&file, [&before[..], b"\n"].concat()).unwrap();
        let standing = library.standing().unwrap();
        fs::write(&file, before).unwrap();
        standing
    };
    for act in [merging, pinning, Act::Undo { undoes: "d1".into() }] {
        library.decide(act, &deciding).unwrap();
        let before = library.standing().unwrap();
        library.settle().unwrap();
        assert_eq!(library.standing().unwrap(), before, "what is told before it is in effect");
        assert_eq!(library.standing().unwrap(), anew(&library));
    }
    library.add(&batch(&[3]), &STAMP).unwrap();
    library.link("dateline test").unwrap();
    assert_eq!(library.standing().unwrap(), anew(&library));
    assert!(library.standing().unwrap()[0].1.undone_by.is_some());
}

#[test]
fn a_lost_index_is_made_again_and_answers_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = desk(dir.path());
    link(&mut library);
    let answers = |l: &Library| {
        let search = l.search("road OR rain", &Paging::default()).unwrap();
        (
            l.stories(&Filter::default()).unwrap(),
            search,
            l.who("lacka").unwrap(),
            l.reports(&(0..PAGES.len()).map(|i| capture(i).id).collect::<Vec<_>>()).unwrap(),
            l.counts().unwrap(),
        )
    };
    let before = answers(&library);
    let reader = library.another().unwrap();
    drop(library);
    let rebuilt = Library::rebuild(dir.path(), STAMP.version, read_all, |new| {
        link(new);
        Ok(())
    });
    assert_eq!(rebuilt.unwrap().articles, 4);
    assert_eq!(answers(&reader), before, "a reader of the old index goes on");
    assert_eq!(answers(&Library::open(dir.path(), Mode::Read).unwrap()), before);

    fs::remove_file(dir.path().join("index.db")).unwrap();
    assert!(Library::open(dir.path(), Mode::Read).is_err());
    let mut library = Library::open(dir.path(), Mode::Write).unwrap();
    assert_eq!(library.pending().unwrap().len(), 4);
    library.add(&batch(&[0, 1, 2, 3]), &STAMP).unwrap();
    link(&mut library);
    assert_eq!(answers(&library), before);
}

#[test]
fn a_rebuild_that_fails_leaves_the_old_index() {
    let dir = tempfile::tempdir().unwrap();
    drop(desk(dir.path()));
    let failed = Library::rebuild(dir.path(), STAMP.version, read_all, |new| new.story("none").map(|_| ()));
    assert!(failed.is_err());
    assert_eq!(Library::open(dir.path(), Mode::Read).unwrap().counts().unwrap().articles, 4);
    fs::write(dir.path().join("index.db"), "this is no database, it is a text that somebody put here instead").unwrap();
    let error = Library::open(dir.path(), Mode::Read).unwrap_err().to_string();
    assert!(error.contains("rebuild"), "{error}");
    Library::rebuild(dir.path(), STAMP.version, read_all, |_| Ok(())).unwrap();
    assert_eq!(Library::open(dir.path(), Mode::Read).unwrap().counts().unwrap().articles, 4);
}

#[test]
fn a_rebuild_that_was_stopped_is_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    drop(desk(dir.path()));
    let stop = |version| {
        let mut read = 0;
        let counting = |captures: &[Capture]| {
            read += captures.len();
            read_all(captures)
        };
        let stopped = Library::rebuild(dir.path(), version, counting, |new| new.story("none").map(|_| ()));
        assert!(stopped.is_err() && dir.path().join("index.db.new").exists());
        read
    };
    assert_eq!(stop("dateline test"), 4);
    assert_eq!(stop("dateline test"), 0, "what was read is read");
    assert_eq!(stop("dateline test 2"), 4, "by other rules all is read anew");
    // what comes in between is read, too
    let mut library = Library::open(dir.path(), Mode::Write).unwrap();
    let more = Capture::new(b"Snow fell in Testburg.".to_vec(), Payload::Text, Source::default());
    library.add(&[(more.clone(), outcome(&more))], &STAMP).unwrap();
    drop(library);
    let mut read = 0;
    let counting = |captures: &[Capture]| {
        read += captures.len();
        read_all(captures)
    };
    let rebuilt = Library::rebuild(dir.path(), "dateline test 2", counting, |_| Ok(())).unwrap();
    assert_eq!((read, rebuilt.captures, rebuilt.resumed), (1, 5, 4));
    assert!(!dir.path().join("index.db.new").exists());
    // captures that are others than those it was begun with
    stop("dateline test 3");
    let file = dir.path().join("captures/2026-11.warc.gz");
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 3;
    bytes[last] ^= 1;
    fs::write(&file, bytes).unwrap();
    assert_eq!(stop("dateline test 3"), 4, "the damaged last page is cut off, all others are read anew");
}

#[test]
fn readers_see_all_of_the_old_index_or_all_of_the_new() {
    let dir = tempfile::tempdir().unwrap();
    drop(desk(dir.path()));
    let reader = Library::open(dir.path(), Mode::Read).unwrap();
    let titles = |text: &'static str| {
        move |captures: &[Capture]| {
            let mut all = read_all(captures);
            for outcome in &mut all {
                if let Outcome::Article(report) = outcome {
                    report.article.title = Some(text.to_owned());
                }
            }
            all
        }
    };
    let seen = |library: &Library| -> std::collections::BTreeSet<String> {
        let hits = library.search("the OR rain", &Paging::default()).unwrap().hits;
        assert_eq!(hits.len(), 4);
        hits.into_iter().filter_map(|h| h.title).collect()
    };
    let stop = std::sync::atomic::AtomicBool::new(false);
    let looking = reader.another().unwrap();
    std::thread::scope(|s| {
        let (stop, path, looking) = (&stop, dir.path(), looking);
        s.spawn(move || {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let at_once = looking.at_once(|l| Ok::<_, dateline_store::StoreError>(seen(l))).unwrap();
                assert!(matches!(at_once.len(), 1 | 4), "{at_once:?}");
                let fresh = Library::open(path, Mode::Read).unwrap();
                fresh.hold().unwrap();
                assert!(matches!(seen(&fresh).len(), 1 | 4));
            }
        });
        for round in ["one", "two", "three", "four"] {
            let held = reader.another().unwrap();
            held.hold().unwrap();
            let before = seen(&held);
            Library::rebuild(dir.path(), round, titles(round), |_| Ok(())).unwrap();
            assert_eq!(seen(&held), before, "who asks on asks the state that he began with");
            assert_eq!(seen(&reader).into_iter().collect::<Vec<_>>(), [round], "who stays open sees the new one");
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn what_a_rebuild_changes_is_told_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = desk(dir.path());
    link(&mut library);
    assert_eq!(library.older("dateline test").unwrap().readings, 0);
    assert_eq!(library.older("dateline test 2").unwrap().readings, 4);
    drop(library);
    let rebuild = |version: &str, title: Option<&str>| {
        let read = |captures: &[Capture]| {
            let mut all = read_all(captures);
            if let (Some(title), Some(Outcome::Article(report))) = (title, all.first_mut()) {
                report.article.title = Some(title.to_owned());
                report.reading.attributions.clear();
            }
            all
        };
        let linked = |new: &mut Library| {
            link(new);
            Ok(())
        };
        Library::rebuild(dir.path(), version, read, linked).unwrap().changes.unwrap()
    };
    assert!(rebuild("dateline test", None).is_empty());
    assert_eq!(Library::open(dir.path(), Mode::Read).unwrap().changes().unwrap(), None);
    let changes = rebuild("dateline test 2", Some("Bridge open"));
    assert_eq!((changes.articles, changes.read_otherwise, changes.stories), (4, 1, 3));
    assert_eq!(
        changes.kinds.iter().map(|(k, n)| (k.as_str(), *n)).collect::<Vec<_>>(),
        [("attributions", 1), ("title", 1)]
    );
    assert_eq!(changes.changed.iter().map(|c| c.story.as_deref()).collect::<Vec<_>>(), [Some("s-open")]);
    assert_eq!(changes.before, ["dateline test"]);
    assert!(rebuild("dateline test 2", Some("Bridge open")).is_empty());
    let kept = Library::open(dir.path(), Mode::Read).unwrap().changes().unwrap();
    assert_eq!(kept, Some(changes), "a rebuild that changes nothing keeps what was told");
}

#[test]
fn one_writes_and_many_read() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Library::open(&dir.path().join("x"), Mode::Read).unwrap_err().kind(), ErrorKind::NotALibrary));
    let mut library = desk(dir.path());
    let busy = Library::open(dir.path(), Mode::Write).unwrap_err();
    assert!(matches!(busy.kind(), ErrorKind::Busy(holder) if holder.pid == Some(std::process::id())), "{busy}");
    let mut reader = Library::open(dir.path(), Mode::Read).unwrap();
    assert_eq!(reader.counts().unwrap().articles, 4);
    assert!(matches!(reader.add(&batch(&[0]), &STAMP).unwrap_err().kind(), ErrorKind::ReadOnly));
    link(&mut library);
    assert_eq!(reader.counts().unwrap().stories, 3);
    drop(library);
    assert!(Library::open(dir.path(), Mode::Write).is_ok());
}

#[test]
fn stories_are_listed_filtered_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = desk(dir.path());
    assert!(library.stories(&Filter::default()).unwrap().is_empty());
    assert_eq!(library.linked_by().unwrap(), None);
    link(&mut library);
    assert_eq!(library.linked_by().unwrap().as_deref(), Some("dateline test"));
    let names = |f: Filter| -> Vec<String> { library.stories(&f).unwrap().into_iter().map(|s| s.id).collect() };
    assert_eq!(names(Filter::default()), ["s-shut", "s-open", "s-rain"]);
    assert_eq!(names(Filter { since: Some("2024-02".into()), ..Filter::default() }), ["s-shut"]);
    assert_eq!(names(Filter { about: Some("suwalki".into()), ..Filter::default() }), ["s-open"]);
    assert_eq!(names(Filter { about: Some("corridor after:2024-02".into()), ..Filter::default() }), ["s-shut"]);
    assert_eq!(
        names(Filter { storyline: Some("l-road".into()), limit: 1, offset: 1, ..Filter::default() }),
        ["s-open"]
    );
    assert!(library.stories(&Filter { since: Some("Tuesday".into()), ..Filter::default() }).is_err());

    let line = library.story("s-op").unwrap();
    assert_eq!((line.title.as_str(), line.articles, line.origins), ("Bridge opens", 2, 2));
    assert_eq!(line.outlets, ["Testburg Post", "Valley Herald"]);
    assert!(matches!(library.story("s-").unwrap_err().kind(), ErrorKind::Ambiguous { count: 3, .. }));
    assert_eq!(library.story_of(&capture(1).id).unwrap(), "s-open");

    let Selection { reports, links, stories, .. } = library.selection(&["s-shut", "s-open"]).unwrap();
    assert_eq!(reports.iter().map(|r| r.id.clone()).collect::<Vec<_>>(), [3, 0, 1].map(|i| capture(i).id));
    assert_eq!(
        links.members.iter().map(|m| &m.id).collect::<Vec<_>>(),
        reports.iter().map(|r| &r.id).collect::<Vec<_>>()
    );
    assert_eq!((stories[1].members.as_slice(), stories[1].origins.as_slice()), (&[1, 2][..], &[vec![1], vec![2]][..]));
    assert_eq!(stories[1].days, Some(("2024-01-26".into(), "2024-01-27".into())));
    assert_eq!(links.storylines.len(), 1);
}

#[test]
fn search_folds_combines_and_shows_the_words() {
    let dir = tempfile::tempdir().unwrap();
    let library = desk(dir.path());
    assert_eq!(ids(&library, "suwalki"), [0]);
    assert_eq!(ids(&library, "SUWAŁKI road"), [0]);
    assert_eq!(ids(&library, "“road is open”"), [0, 1]);
    assert_eq!(ids(&library, "rain OR closed"), [0, 2, 3]);
    assert_eq!(ids(&library, "corridor -closed"), [2]);
    assert_eq!(ids(&library, "corr* outlet:valley"), [3]);
    assert_eq!(ids(&library, "speaker:\"Zana Lacka\""), [0, 1]);
    assert_eq!(ids(&library, "title:road"), [1, 3]);
    assert_eq!(ids(&library, "after:2024-01-27 before:2024-03"), [1, 3]);
    assert_eq!(ids(&library, "road before:2024-01"), [0, 1]);
    assert!(
        matches!(library.search("(a", &Paging::default()).unwrap_err().kind(), ErrorKind::Query(e) if e.position == 0)
    );

    let found = library.search("suwalki rain", &Paging::default()).unwrap();
    let snippet = &found.hits[0].snippet;
    let marked: Vec<&str> = snippet.marks.iter().map(|m| m.of(&snippet.text)).collect();
    assert_eq!(marked, ["Suwałki", "Rain"]);
    let page =
        library.search("road", &Paging { limit: 1, offset: 1, order: Order::Newest, ..Paging::default() }).unwrap();
    assert_eq!((page.total, page.hits.len(), page.hits[0].title.as_deref()), (3, 1, Some("Road is open")));
}

#[test]
fn who_said_what_is_found_whatever_the_accents() {
    let dir = tempfile::tempdir().unwrap();
    let library = desk(dir.path());
    let said = library.who("łącka").unwrap();
    assert_eq!(
        said.iter().map(|s| s.words()).collect::<Vec<_>>(),
        ["“The Suwałki road is open.”", "“The road is open.”"]
    );
    assert_eq!(said[0].speaker.name, "Žana Łącka");
    assert_eq!(library.who("Lacka, Zana").unwrap().len(), 2);
    assert_eq!(library.who("roe").unwrap()[0].published.as_deref(), Some("2024-03"));
    assert!(library.who("lack").unwrap().is_empty() && library.who(" ").unwrap().is_empty());
    assert_eq!(library.speakers(9).unwrap(), [("zana lacka".to_owned(), 2), ("jo roe".to_owned(), 1)]);
}

/// A page on which one person says something.
fn saying(i: usize, name: &str, role: Option<&str>) -> (Capture, Outcome) {
    let text = format!("{name} said: “Lamp {i} is lit.”");
    let capture = Capture::new(text.clone().into_bytes(), Payload::Text, Source::default());
    let Outcome::Article(mut report) = outcome(&capture) else { panic!("an article") };
    let entity = &mut report.reading.entities[0];
    entity.name = name.to_owned();
    entity.key = dateline_reading::names::person_key(name);
    entity.role = role.map(str::to_owned);
    (capture, Outcome::Article(report))
}

#[test]
fn who_may_be_the_same_is_told_whatever_came_first_and_never_joined() {
    let pages = [
        saying(0, "Taras Hrabchenko", None),
        saying(1, "Taras Grabchenko", None),
        saying(2, "T. Grabchenko", None),
        saying(3, "Vladimir Petrenko", Some("mayor of Drumlin")),
        saying(4, "Volodymyr Petrenko", Some("mayor of Drumlin")),
    ];
    let told = |order: &[usize]| {
        let dir = tempfile::tempdir().unwrap();
        let mut library = Library::create(dir.path()).unwrap();
        for i in order {
            library.add(&pages[*i..=*i], &STAMP).unwrap();
        }
        assert!(library.possibly_same(&library.who("petrenko").unwrap()).unwrap().is_empty());
        library.possibly_same(&library.who("grabchenko").unwrap()).unwrap()
    };
    let found = told(&[0, 1, 2, 3, 4]);
    let shown: Vec<_> = found.iter().map(|p| (p.name.as_str(), p.other.as_str(), p.why.words(), p.sayings)).collect();
    assert_eq!(
        shown,
        [
            ("T. Grabchenko", "Taras Grabchenko", "same surname, an initial that fits", 1),
            ("T. Grabchenko", "Taras Hrabchenko", "same surname, an initial that fits", 1),
            ("Taras Grabchenko", "Taras Hrabchenko", "spelled in two ways", 1),
        ]
    );
    assert_eq!(told(&[4, 2, 0, 3, 1]), found);
}

#[test]
fn what_failed_is_told_until_it_succeeds() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = Library::create(dir.path()).unwrap();
    let page = dir.path().join("a.txt");
    fs::write(&page, "").unwrap();
    let errors: Vec<_> = read(&page, &Limits::default()).filter_map(Result::err).collect();
    library.note_failures(&errors, &STAMP).unwrap();
    library.note_failures(&errors, &STAMP).unwrap();
    let menu = Capture::new(b"menu home news".to_vec(), Payload::Text, Source::default());
    let counts = library.add(&[(menu.clone(), outcome(&menu))], &STAMP).unwrap();
    assert_eq!(counts.not_articles, 1);
    let failures = library.failures().unwrap();
    assert_eq!(failures.iter().map(|f| f.kind).collect::<Vec<_>>(), [FailureKind::Input, FailureKind::NotAnArticle]);
    assert_eq!((failures[0].reason.as_str(), failures[1].reason.as_str()), ("the file is empty", "only a menu"));
    fs::write(&page, "Rain fell.").unwrap();
    let found: Vec<Capture> = read(&page, &Limits::default()).map(Result::unwrap).collect();
    library.add(&[(found[0].clone(), outcome(&found[0]))], &STAMP).unwrap();
    assert_eq!(library.failures().unwrap().len(), 1);
}

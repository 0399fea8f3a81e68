//! The same search, plainly: every page is read for every condition. What the index answers must be this.

use super::ast::{Condition, Expr, Field, Lack, Words};
use super::parse::parse;
use super::words::{Pattern, Token, tokens};
use super::*;
use crate::{Outcome, Stamp};
use dateline_article::{Article, Based};
use dateline_capture::{Capture, Payload, Source};
use dateline_reading::{Attribution, Confidence, Coordinates, Entity, NameKind, QuoteClass, QuoteKind, Reading};
use dateline_story::{Links, Membership, Print, Report};
use proptest::prelude::*;
use std::collections::BTreeSet;

const STAMP: Stamp = Stamp { now: "2026-11-21T10:00:00Z", version: "test" };
const OUTLETS: &[Option<&str>] = &[None, Some("Testburg Post"), Some("Post"), Some("Žinių Valley")];
const DATES: &[Option<&str>] = &[None, Some("2024"), Some("2024-01"), Some("2024-01-26T10:00"), Some("2024-02-03")];
const LANGUAGES: &[Option<&str>] = &[None, Some("en"), Some("pt"), Some("pt-BR")];
const WORDS: &[&str] = &["road", "Łąka", "open", "opens", "the", "東京都", "京", "is", "road.", "(open)"];
/// Name, key, kind, gazetteer id with country.
type Name = (&'static str, &'static str, NameKind, Option<(&'static str, &'static str)>);
const NAMES: &[Name] = &[
    ("Jo Roe", "roe jo", NameKind::Person, None),
    ("Roe", "roe", NameKind::Person, None),
    ("Žana Łącka", "lacka zana", NameKind::Person, None),
    ("Road Agency", "road agency", NameKind::Org, None),
    ("Vilnius", "vilnius", NameKind::Place, Some(("593116", "LT"))),
    ("Wilno", "wilno", NameKind::Place, Some(("593116", "LT"))),
    ("Roe", "roe", NameKind::Place, None),
    ("Lithuania", "lithuania", NameKind::Place, Some(("597427", "LT"))),
];

/// One page: title, outlet, date, language, sentences (speaker or nobody, words), names.
type Page = (Vec<usize>, usize, usize, usize, Vec<(Option<usize>, Vec<usize>)>, Vec<usize>);

fn report(i: usize, page: &Page) -> (Capture, Report) {
    let (title, outlet, date, language, sentences, names) = page;
    let words = |all: &[usize]| all.iter().map(|w| WORDS[*w]).collect::<Vec<_>>().join(" ");
    let mut text = format!("Page {i}.");
    let mut reading = Reading::default();
    let entity = |n: &usize| {
        let (name, key, kind, place) = NAMES[*n];
        let place = place.map(|(id, country)| Coordinates {
            lat: 0.0,
            lon: 0.0,
            gazetteer_id: Some(id.to_owned()),
            country: Some(country.to_owned()),
        });
        let (name, key) = (name.to_owned(), key.to_owned());
        Entity { name, kind, aliases: vec![], role: None, role_span: None, place, key, gender: None }
    };
    reading.entities = names.iter().map(entity).collect();
    for (speaker, said) in sentences {
        text.push(' ');
        let start = text.len();
        text.push_str(&words(said));
        let Some(speaker) = speaker else { continue };
        reading.attributions.push(Attribution {
            source: vec![],
            cue: vec![],
            content: vec![Span::new(start, text.len())],
            kind: QuoteKind::Indirect,
            class: QuoteClass::Speech,
            speaker: (*speaker < reading.entities.len()).then_some(*speaker),
            confidence: Confidence::High,
            rule: String::new(),
        });
    }
    let capture = Capture::new(format!("{i} {text}").into_bytes(), Payload::Text, Source::default());
    let article = Article {
        title: Some(words(title)).filter(|t| !t.is_empty()),
        outlet: OUTLETS[*outlet].map(str::to_owned),
        language: LANGUAGES[*language].map(str::to_owned),
        published: DATES[*date].map(|d| Based { value: d.to_owned(), basis: String::new() }),
        text,
        ..Article::default()
    };
    let report = Report { id: capture.id.clone(), source: Source::default(), article, reading };
    (capture, report)
}

/// All that is known, as plain values.
struct World {
    reports: Vec<Report>,
    /// Pages whose origin has another for its first.
    copies: BTreeSet<String>,
    stories: Vec<(String, BTreeSet<String>)>,
}

fn has(pattern: &Pattern, tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|i| pattern.fits(tokens, i))
}

fn all_words<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().flat_map(tokens).map(|t| t.text).collect()
}

impl World {
    /// Whether a name is the one asked for: its words over all pages, its key, what it is known by elsewhere.
    fn named(&self, asked: &Words, same: impl Fn(&Entity) -> bool, known: &Entity) -> bool {
        let forms = self.reports.iter().flat_map(|r| &r.reading.entities).filter(|e| same(e));
        let words = all_words(forms.flat_map(|e| [e.name.as_str(), e.key.as_str()]));
        let pattern = Pattern::of(&asked.text, asked.prefix).unwrap();
        let fits = (0..pattern.words.len()).all(|k| words.iter().any(|w| pattern.fits_word(k, w)));
        let key = known.place.as_ref().and_then(|p| p.gazetteer_id.as_deref()).unwrap_or(&known.key);
        if asked.exact { fits && all_words([key]) == all_words([asked.text.as_str()]) } else { fits }
    }

    fn speaks(&self, asked: &Words, r: &Report, a: &Attribution) -> bool {
        let speaker = a.speaker.and_then(|s| r.reading.entities.get(s));
        speaker.is_some_and(|s| self.named_speaker(asked, s))
    }

    fn named_speaker(&self, asked: &Words, s: &Entity) -> bool {
        // A speaker's forms are those under which pages let the same key speak.
        let words = all_words([s.name.as_str(), s.key.as_str()]);
        let pattern = Pattern::of(&asked.text, asked.prefix).unwrap();
        let fits = (0..pattern.words.len()).all(|k| words.iter().any(|w| pattern.fits_word(k, w)));
        fits && (!asked.exact || all_words([s.key.as_str()]) == all_words([asked.text.as_str()]))
    }

    /// Whether one utterance fits; only for parts that ask of one.
    fn utters(&self, e: &Expr, r: &Report, a: &Attribution) -> bool {
        match e {
            Expr::And(all) => all.iter().all(|e| self.utters(e, r, a)),
            Expr::Or(any) => any.iter().any(|e| self.utters(e, r, a)),
            Expr::Leaf(l) => match &l.condition {
                Condition::Words(w) if w.field == Field::Speaker => self.speaks(w, r, a),
                Condition::Words(w) => {
                    let pattern = Pattern::of(&w.text, w.prefix).unwrap();
                    let text = tokens(&r.article.text);
                    a.content.iter().any(|s| {
                        let inside = |t: &&Token| t.span.start >= s.start && t.span.end <= s.end;
                        has(&pattern, &text.iter().filter(inside).cloned().collect::<Vec<_>>())
                    })
                }
                _ => false,
            },
            Expr::Not(_) => false,
        }
    }

    fn fits(&self, e: &Expr, r: &Report) -> bool {
        let of_one = |e: &Expr| utterances::is_of_one(e);
        let says = |e: &Expr| e.to_string().contains("said:");
        match e {
            Expr::And(parts) => {
                let said: Vec<&Expr> = parts.iter().filter(|p| of_one(p) && says(p)).collect();
                let all = &r.reading.attributions;
                let uttered = |a: &&Attribution| said.iter().all(|p| self.utters(p, r, a));
                parts.iter().all(|p| match p {
                    p if of_one(p) => all.iter().filter(uttered).any(|a| self.utters(p, r, a)),
                    p => self.fits(p, r),
                })
            }
            Expr::Or(parts) => parts.iter().any(|p| self.fits(p, r)),
            Expr::Not(inner) => !self.fits(inner, r),
            Expr::Leaf(_) if of_one(e) => r.reading.attributions.iter().any(|a| self.utters(e, r, a)),
            Expr::Leaf(l) => self.holds(&l.condition, r),
        }
    }

    fn holds(&self, c: &Condition, r: &Report) -> bool {
        let a = &r.article;
        let day = a.published.as_ref().and_then(|p| day::first(&p.value));
        match c {
            Condition::Words(w) => {
                let pattern = Pattern::of(&w.text, w.prefix).unwrap();
                let in_title = || has(&pattern, &tokens(a.title.as_deref().unwrap_or_default()));
                let in_text = || has(&pattern, &tokens(&a.text));
                let entities = || r.reading.entities.iter();
                match w.field {
                    Field::Any => in_title() || in_text(),
                    Field::Title => in_title(),
                    Field::Text => in_text(),
                    Field::Outlet => a.outlet.as_deref().is_some_and(|name| {
                        let words = tokens(name);
                        let whole = words.iter().map(|t| &t.text).eq(tokens(&w.text).iter().map(|t| &t.text));
                        if w.exact { whole } else { has(&pattern, &words) }
                    }),
                    Field::Person => entities()
                        .filter(|e| e.kind == NameKind::Person)
                        .any(|e| self.named(w, |o| o.kind == NameKind::Person && o.key == e.key, e)),
                    _ => entities().filter(|e| e.kind == NameKind::Place).any(|e| {
                        let id =
                            |e: &Entity| e.place.as_ref().and_then(|p| p.gazetteer_id.clone()).unwrap_or(e.key.clone());
                        let country = !w.exact && !w.prefix && w.text.to_lowercase() == "lithuania";
                        self.named(w, |o| o.kind == NameKind::Place && id(o) == id(e), e)
                            || id(e) == w.text
                            || country && e.place.is_some()
                    }),
                }
            }
            Condition::None(Lack::Outlet) => a.outlet.is_none(),
            Condition::None(Lack::Language) => a.language.is_none(),
            Condition::None(Lack::Date) => day.is_none(),
            Condition::Language(tag) => a
                .language
                .as_deref()
                .is_some_and(|l| l.to_lowercase() == *tag || l.to_lowercase().starts_with(&format!("{tag}-"))),
            Condition::Story(name) => self.stories.iter().any(|(s, pages)| s == name && pages.contains(&r.id)),
            Condition::After(d) => day >= day::first(d),
            Condition::Before(d) => day.is_some() && day <= day::last(d),
            Condition::On(d) => day >= day::first(d) && day <= day::last(d),
            Condition::OnlyOrigin => !self.copies.contains(&r.id),
        }
    }
}

/// A library of these pages; all of one outlet are a story, the first two of it one text.
fn library(dir: &std::path::Path, pages: &[Page]) -> (Library, World) {
    let mut library = Library::create(dir).unwrap();
    let all: Vec<(Capture, Report)> = pages.iter().enumerate().map(|(i, p)| report(i, p)).collect();
    let batch: Vec<_> = all.iter().map(|(c, r)| (c.clone(), Outcome::Article(Box::new(r.clone())))).collect();
    library.add(&batch, &STAMP).unwrap();
    let reports: Vec<Report> = all.into_iter().map(|(_, r)| r).collect();
    let mut world = World { reports, copies: BTreeSet::new(), stories: Vec::new() };
    let mut members = Vec::new();
    // The last page of all waits to be linked.
    for (o, outlet) in OUTLETS.iter().enumerate() {
        let of: Vec<usize> = (0..world.reports.len().saturating_sub(1))
            .filter(|i| world.reports[*i].article.outlet.as_deref() == *outlet)
            .collect();
        if of.is_empty() {
            continue;
        }
        let name = format!("s{o}");
        let own = |i: &usize| Membership {
            id: world.reports[*i].id.clone(),
            story: name.clone(),
            storyline: "l".to_owned(),
            origin: format!("o{o} {}", i.max(&of[of.len().min(2) - 1])),
            copies: vec![],
            passages: Default::default(),
            because: vec![],
            version_of: None,
        };
        let links = Links { members: of.iter().map(own).collect(), storylines: vec![] };
        let prints: Vec<Print> = of.iter().map(|i| Print::of(&world.reports[*i])).collect();
        let copies = dateline_story::stories(&links, &prints).into_iter().flat_map(|s| s.origins);
        world.copies.extend(copies.flat_map(|o| o.into_iter().skip(1)).map(|i| prints[i].id.clone()));
        members.extend(links.members);
        world.stories.push((name.clone(), of.iter().map(|i| world.reports[*i].id.clone()).collect()));
    }
    library.put_links(&Links { members, storylines: vec![] }, "test").unwrap();
    (library, world)
}

fn pages() -> impl Strategy<Value = Vec<Page>> {
    let words = |most| prop::collection::vec(0..WORDS.len(), 0..most);
    let sentence = (prop::option::of(0..4usize), words(5));
    let page = (
        words(4),
        0..OUTLETS.len(),
        0..DATES.len(),
        0..LANGUAGES.len(),
        prop::collection::vec(sentence, 0..4),
        prop::collection::vec(0..NAMES.len(), 0..4),
    );
    prop::collection::vec(page, 1..9)
}

fn query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "road",
        "laka",
        "op*",
        "open",
        "\"road is\"",
        "\"is op\"*",
        "東京",
        "京",
        "都",
        "the",
        "title:road",
        "text:open",
        "title:op*",
        "said:road",
        "said:op*",
        "said:\"road is\"",
        "said:京",
        "said:the",
        "speaker:roe",
        "speaker:jo",
        "speaker:=roe",
        "speaker:\"jo roe\"",
        "speaker:lack*",
        "speaker:agency",
        "person:roe",
        "person:=roe",
        "person:zana",
        "place:vilnius",
        "place:wilno",
        "place:593116",
        "place:lithuania",
        "place:=lithuania",
        "place:roe",
        "outlet:post",
        "outlet:=post",
        "outlet:none",
        "outlet:zini*",
        "language:en",
        "language:pt",
        "language:none",
        "after:2024-01-02",
        "after:2024-01",
        "before:2024-01",
        "before:2023",
        "date:2024-01",
        "date:none",
        "date:2024",
        "origin:only",
        "date:2024-01-26",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" OR "))),
            inner.prop_map(|one| format!("NOT {one}")),
        ]
    })
}

fn counted(world: &World, ids: &BTreeSet<String>) -> Vec<(String, u64)> {
    let mut out: std::collections::BTreeMap<String, u64> = Default::default();
    for r in world.reports.iter().filter(|r| ids.contains(&r.id)) {
        let outlet = r.article.outlet.as_ref().map_or("outlet:none".to_owned(), |o| format!("outlet:=\"{o}\""));
        *out.entry(outlet).or_default() += 1;
        *out.entry(format!("language:{}", r.article.language.as_deref().unwrap_or("none"))).or_default() += 1;
        let id = |e: &Entity| e.place.as_ref().and_then(|p| p.gazetteer_id.clone()).unwrap_or(e.key.clone());
        let places = r.reading.entities.iter().filter(|e| e.kind == NameKind::Place).map(id);
        for place in places.collect::<BTreeSet<_>>() {
            *out.entry(format!("place:=\"{place}\"")).or_default() += 1;
        }
    }
    out.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn the_index_answers_what_reading_every_page_would(all in pages(), queries in prop::collection::vec(query(), 12)) {
        let dir = tempfile::tempdir().unwrap();
        let (library, world) = library(dir.path(), &all);
        for text in queries {
            let tree = parse(&text).unwrap();
            let wanted: BTreeSet<String> =
                world.reports.iter().filter(|r| world.fits(&tree, r)).map(|r| r.id.clone()).collect();
            for order in [Order::Relevance, Order::Newest, Order::Oldest] {
                let whole = Paging { limit: 100, order, facets: 100, ..Paging::default() };
                let found = library.search(&text, &whole).unwrap();
                let ids: Vec<String> = found.hits.iter().map(|h| h.id.clone()).collect();
                prop_assert_eq!(&ids.iter().cloned().collect::<BTreeSet<_>>(), &wanted, "{}", text);
                prop_assert_eq!((found.total as usize, ids.len(), found.next), (wanted.len(), wanted.len(), None));
                // Page by page, each once, in the same order.
                let (mut walked, mut from) = (Vec::new(), None);
                loop {
                    let paging = Paging { limit: 2, order, from, ..Paging::default() };
                    let page = library.search(&text, &paging).unwrap();
                    walked.extend(page.hits.into_iter().map(|h| h.id));
                    from = page.next;
                    if from.is_none() {
                        break;
                    }
                }
                prop_assert_eq!(&walked, &ids, "{}", text);
                let f = found.facets.unwrap();
                let mut facets: Vec<(String, u64)> =
                    [f.outlets, f.languages, f.places].concat().into_iter().map(|f| (f.query, f.pages)).collect();
                facets.sort();
                prop_assert_eq!(facets, counted(&world, &wanted), "{}", text);
            }
        }
    }

    #[test]
    fn what_a_facet_counts_its_query_finds(all in pages(), text in query()) {
        let dir = tempfile::tempdir().unwrap();
        let (library, _) = library(dir.path(), &all);
        prop_assume!(!text.contains("said:"));
        let f = library.search(&text, &Paging { facets: 100, ..Paging::default() }).unwrap().facets.unwrap();
        for facet in [f.outlets, f.months, f.places, f.speakers].concat() {
            let found = library.search(&narrowed(&text, &facet.query), &Paging::default()).unwrap();
            prop_assert_eq!(found.total, facet.pages, "{} {}", text, facet.query);
        }
    }
}

#[test]
fn pages_added_meanwhile_neither_repeat_nor_hide_others() {
    let dir = tempfile::tempdir().unwrap();
    let page = |i: usize| (vec![i % 3], i % 4, i % 5, 1, vec![(None, vec![0; i % 4 + 1])], vec![]);
    let all: Vec<Page> = (0..40).map(page).collect();
    let (mut library, world) = library(dir.path(), &all);
    for order in [Order::Relevance, Order::Newest, Order::Oldest] {
        let (mut walked, mut from, mut added) = (Vec::new(), None, 0);
        loop {
            let found = library.search("road OR open", &Paging { limit: 3, order, from, ..Paging::default() }).unwrap();
            walked.extend(found.hits.into_iter().map(|h| h.id));
            from = found.next;
            if from.is_none() {
                break;
            }
            let (capture, report) = report(1000 * (order as usize + 1) + added, &page(added * 7));
            library.add(&[(capture, Outcome::Article(Box::new(report)))], &STAMP).unwrap();
            added += 1;
        }
        let once: BTreeSet<&String> = walked.iter().collect();
        assert_eq!(once.len(), walked.len(), "{order:?}: each once");
        let tree = parse("road OR open").unwrap();
        for r in world.reports.iter().filter(|r| world.fits(&tree, r)) {
            assert!(once.contains(&r.id), "{order:?}: none is lost");
        }
    }
}

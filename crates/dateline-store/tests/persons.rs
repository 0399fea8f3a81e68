//! Who is who: written forms, offices, sayings, and what the user decides of names.

use dateline_article::{Article, Based};
use dateline_capture::{Capture, Payload, Source};
use dateline_reading::{
    Attribution, Confidence, Coordinates, Entity, Mention, NameKind, QuoteClass, QuoteKind, Reading,
};
use dateline_store::{Deciding, Library, NameOf, Outcome, Paging, Stamp};
use dateline_story::Report;
use dateline_story::decisions::Act;
use dateline_text::Span;
use std::collections::BTreeSet;

const STAMP: Stamp = Stamp { now: "2031-05-09T10:00:00Z", version: "test" };

/// Day, name, key, office, text. What follows "said" is said by the one named.
const PAGES: &[(&str, &str, &str, Option<&str>, &str)] = &[
    ("2031-03-01", "Jo Roe", "roe jo", Some("mayor"), "Jo Roe said the quay was shut. Wexmouth slept."),
    ("2031-04-01", "Jo Roe", "roe jo", Some("senator"), "Jo Roe said the quay was open. Nobody asked Jo Roe why."),
    ("2031-04-02", "J. Roe", "roe j", None, "J. Roe said the quay was long."),
    ("2031-04-03", "TPW", "tpw", None, "TPW said the tide was high."),
    ("2031-04-04", "Tidal Pilots of Wexmouth", "tidal pilots of wexmouth", None, "Tidal Pilots of Wexmouth said no."),
];

fn entity(name: &str, key: &str, role: Option<&str>, kind: NameKind) -> Entity {
    let place = (kind == NameKind::Place).then(|| Coordinates {
        lat: 54.5,
        lon: -1.25,
        gazetteer_id: Some("990001".to_owned()),
        country: Some("GB".to_owned()),
    });
    Entity {
        name: name.to_owned(),
        kind,
        aliases: Vec::new(),
        role: role.map(str::to_owned),
        role_span: None,
        place,
        key: key.to_owned(),
        gender: None,
    }
}

fn page(i: usize) -> (Capture, Outcome) {
    let (day, name, key, role, text) = PAGES[i];
    let capture = Capture::new(text.as_bytes().to_vec(), Payload::Text, Source::default());
    let end = text.find('.').filter(|e| *e > name.len()).unwrap_or(text.len() - 1);
    let cue = text.find("said").unwrap();
    let kind = if key.contains("roe") { NameKind::Person } else { NameKind::Org };
    let mut reading = Reading { entities: vec![entity(name, key, role, kind)], ..Reading::default() };
    let mut at = 0;
    while let Some(found) = text[at..].find(name) {
        let span = Span::new(at + found, at + found + name.len());
        reading.mentions.push(Mention { span, kind, entity: Some(0), rule: String::new() });
        at = span.end;
    }
    if let Some(found) = text.find("Wexmouth slept") {
        reading.entities.push(entity("Wexmouth", "wexmouth", None, NameKind::Place));
        let span = Span::new(found, found + 8);
        reading.mentions.push(Mention { span, kind: NameKind::Place, entity: Some(1), rule: String::new() });
    }
    let cut = text.match_indices(". ").map(|(i, _)| i + 1).find(|i| *i > cue).unwrap_or(text.len());
    reading.sentences = vec![Span::new(0, cut), Span::new((cut + 1).min(text.len()), text.len())];
    reading.attributions.push(Attribution {
        source: vec![Span::new(0, name.len())],
        cue: vec![Span::new(cue, cue + 4)],
        content: vec![Span::new(cue + 5, end.max(cut - 1))],
        kind: QuoteKind::Indirect,
        class: QuoteClass::Speech,
        speaker: Some(0),
        confidence: Confidence::High,
        rule: "test".to_owned(),
    });
    let article = Article {
        title: Some(format!("Page {i}")),
        published: Some(Based { value: day.to_owned(), basis: "given".to_owned() }),
        text: text.to_owned(),
        ..Article::default()
    };
    let report = Report { id: capture.id.clone(), source: Source::default(), article, reading };
    (capture, Outcome::Article(Box::new(report)))
}

fn library(dir: &std::path::Path) -> Library {
    let mut library = Library::create(dir).unwrap();
    library.add(&(0..PAGES.len()).map(page).collect::<Vec<_>>(), &STAMP).unwrap();
    library.link("test").unwrap();
    library
}

fn keys(all: &[&str]) -> BTreeSet<String> {
    all.iter().map(|k| (*k).to_owned()).collect()
}

#[test]
fn a_person_has_forms_offices_sayings_and_sentences() {
    let dir = tempfile::tempdir().unwrap();
    let library = library(dir.path());
    let sakes = library.namesakes("roe").unwrap();
    let told: Vec<(&str, u64, bool)> = sakes.iter().map(|s| (s.name.as_str(), s.pages, s.exact)).collect();
    assert_eq!(told, [("Jo Roe", 2, false), ("J. Roe", 1, false)]);
    let exact = library.namesakes("Roe, Jo").unwrap();
    assert!(exact[0].exact && exact[0].kind == NameOf::Person && exact.len() == 1);
    let profile = library.profile(&keys(&["roe jo"]), 0, 0).unwrap();
    assert_eq!((profile.pages, profile.sayings, profile.said.len()), (2, 2, 2));
    assert_eq!(profile.forms, [("Jo Roe".to_owned(), 2)]);
    let roles: Vec<&str> = profile.roles.iter().map(|r| r.role.as_str()).collect();
    assert_eq!(roles, ["senator", "mayor"], "the latest office first");
    // where Roe speaks is not where Roe is spoken of
    assert_eq!(profile.spoken.len(), 1);
    let spoken = &profile.spoken[0];
    assert_eq!(spoken.sentences[0].0.of(&spoken.text), "Nobody asked Jo Roe why.");
    assert_eq!(library.profile(&keys(&["roe jo"]), 1, 1).unwrap().said.len(), 0);
}

#[test]
fn a_place_is_shown_where_it_lies() {
    let dir = tempfile::tempdir().unwrap();
    let library = library(dir.path());
    let place = library.place_profile("Wexmouth", 0).unwrap();
    assert_eq!((place.pages, place.meant[0].at), (1, (54.5, -1.25)));
    assert_eq!(place.spoken[0].sentences[0].0.of(&place.spoken[0].text), "Wexmouth slept.");
    assert_eq!(library.place_profile("990001", 0).unwrap().pages, 1);
    assert_eq!(library.place_profile("Nowhere", 0).unwrap().pages, 0);
}

#[test]
fn what_is_decided_of_names_holds_in_every_question_and_can_be_undone() {
    let dir = tempfile::tempdir().unwrap();
    let mut library = library(dir.path());
    let possible = |l: &Library| {
        let all = l.possibly(&BTreeSet::from(["roe jo"])).unwrap();
        all.into_iter().map(|p| p.other_key).collect::<Vec<_>>()
    };
    let found = |l: &Library, query: &str| l.search(query, &Paging::default()).unwrap().total;
    assert_eq!(possible(&library), ["roe j"]);
    assert_eq!((library.who("jo roe").unwrap().len(), found(&library, "speaker:\"jo roe\"")), (2, 2));
    let deciding = Deciding { at: "2031-05-09T11:00:00Z", by: Some("desk"), why: None };
    let one = || library_names(dir.path());
    let (jo, j) = one();
    let id = library.decide(Act::SamePerson { one: jo.clone(), other: j.clone() }, &deciding).unwrap();
    library.settle().unwrap();
    assert_eq!((library.who("jo roe").unwrap().len(), found(&library, "speaker:\"jo roe\"")), (3, 3));
    assert_eq!((found(&library, "person:=\"jo roe\""), possible(&library).len()), (3, 0));
    library.decide(Act::OtherPerson { one: j, other: jo }, &deciding).unwrap();
    assert_eq!((library.who("jo roe").unwrap().len(), possible(&library).len()), (2, 0));
    assert_eq!(library.standing().unwrap()[0].1.overridden_by.as_deref(), Some("d2"));
    for undoes in ["d2", id.as_str()] {
        library.decide(Act::Undo { undoes: undoes.to_owned() }, &deciding).unwrap();
    }
    assert_eq!((library.who("jo roe").unwrap().len(), possible(&library)), (2, vec!["roe j".to_owned()]));
}

fn library_names(dir: &std::path::Path) -> (dateline_story::decisions::Called, dateline_story::decisions::Called) {
    let reader = Library::open(dir, dateline_store::Mode::Read).unwrap();
    (reader.name_for("roe jo").unwrap(), reader.name_for("roe j").unwrap())
}

#[test]
fn an_acronym_may_be_what_its_letters_stand_for() {
    let dir = tempfile::tempdir().unwrap();
    let library = library(dir.path());
    let all = library.possibly_organisation("tpw").unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].0.name.as_str(), all[0].2), ("Tidal Pilots of Wexmouth", 1));
    assert!(library.possibly_organisation("roe jo").unwrap().is_empty());
}

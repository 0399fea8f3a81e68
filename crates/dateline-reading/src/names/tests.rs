//! Whole texts through names and places; all persons and outlets are invented.

use super::person_key;
use crate::{NameKind, Reading};
use dateline_article::{Article, Based, Block, BlockKind};
use dateline_lexicon::Lexicon;
use dateline_text::Span;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);

fn read(text: &str) -> Reading {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end + 1;
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, capture: (span.start, span.end) });
        }
    }
    crate::of(&Article { text: text.to_owned(), blocks, ..Article::default() }, &LEXICON)
}

fn found(text: &str) -> Vec<(String, NameKind)> {
    read(text).mentions.iter().map(|m| (m.span.of(text).to_owned(), m.kind)).collect()
}

fn has(text: &str, name: &str, kind: NameKind) {
    let all = found(text);
    assert!(all.contains(&(name.to_owned(), kind)), "{name} in {all:?}");
}

#[test]
fn offices_and_nationalities_are_not_part_of_a_name() {
    let text = "On Monday Lithuanian Defence Minister Rasa Ąžuolienė met Gen. Tom Oakley in Vilnius.";
    has(text, "Lithuanian", NameKind::Norp);
    has(text, "Rasa Ąžuolienė", NameKind::Person);
    has(text, "Tom Oakley", NameKind::Person);
    has(text, "Vilnius", NameKind::Place);
    assert_eq!(found(text).len(), 4, "{:?}", found(text));
}

#[test]
fn heads_make_organisations() {
    let text = "The report by the Ministry of Health and Welfare was sent to the University of Tartu and to Elmwood City Council.";
    has(text, "Ministry of Health and Welfare", NameKind::Org);
    has(text, "University of Tartu", NameKind::Org);
    has(text, "Elmwood City Council", NameKind::Org);
}

#[test]
fn a_surname_follows_its_full_name() {
    let text = "The mayor, Petra Lindqvarn, spoke on Friday. Lindqvarn said the bridge would open. Ms Lindqvarn left.";
    let reading = read(text);
    let persons: Vec<_> = reading.entities.iter().filter(|e| e.kind == NameKind::Person).collect();
    assert_eq!(persons.len(), 1, "{persons:?}");
    assert_eq!(persons[0].name, "Petra Lindqvarn");
    assert_eq!(persons[0].aliases, ["Lindqvarn"]);
    assert_eq!(persons[0].gender, Some('f'));
}

#[test]
fn a_surname_in_no_list_follows_its_full_name_too() {
    let text = "Mayor Dmitry Qeskovin said that rain fell. Speaking to reporters, Qeskovin said it would stop.";
    let reading = read(text);
    let persons: Vec<_> = reading.entities.iter().filter(|e| e.kind == NameKind::Person).collect();
    assert_eq!(persons.len(), 1, "{persons:?}");
    assert_eq!(persons[0].aliases, ["Qeskovin"]);
}

#[test]
fn offices_are_harvested_in_the_words_of_the_text() {
    let text =
        "Estonian Foreign Minister Kaur Tammepuu arrived. Ilze Berzkalne, the bank's chief economist, disagreed.";
    let reading = read(text);
    let role = |name: &str| reading.entities.iter().find(|e| e.name == name).and_then(|e| e.role.clone());
    assert_eq!(role("Kaur Tammepuu").as_deref(), Some("Estonian Foreign Minister"));
    assert_eq!(role("Ilze Berzkalne").as_deref(), Some("bank's chief economist"));
}

#[test]
fn an_office_may_introduce_its_holder() {
    let reading =
        read("The mayor of Osmund, Rasa Ąžuolienė, said the bridge was shut. The bridge, Petra Lindqvarn, said.");
    let role = |name: &str| reading.entities.iter().find(|e| e.name == name).and_then(|e| e.role.clone());
    assert_eq!(role("Rasa Ąžuolienė").as_deref(), Some("mayor of Osmund"));
    assert_eq!(role("Petra Lindqvarn"), None);
}

#[test]
fn other_spellings_of_a_surname_follow_the_full_name() {
    let text = "President Volodymyr Zelensky spoke on Friday in the capital. Zelenskyy said Ukraine would win. Zelenski \
                added that help was needed.";
    let reading = read(text);
    let persons: Vec<_> = reading.entities.iter().filter(|e| e.kind == NameKind::Person).collect();
    assert_eq!(persons.len(), 1, "{persons:?}");
    assert_eq!(persons[0].aliases, ["Zelenskyy", "Zelenski"]);
}

#[test]
fn a_participle_is_nobody() {
    let text =
        "The owner of the mill was anxious for days. Enraged, definitely. But he said that he would not leave it.";
    assert!(found(text).iter().all(|(n, _)| n != "Enraged"), "{:?}", found(text));
}

#[test]
fn a_ministry_is_one_however_it_is_written() {
    let reading = read(
        "The Ministry of Defence said on Monday that it would wait. The Defence Ministry said on Friday that it had begun.",
    );
    assert_eq!(reading.entities.iter().filter(|e| e.kind == NameKind::Org).count(), 1, "{:?}", reading.entities);
}

#[test]
fn an_acronym_is_its_expansion() {
    let reading = read(
        "The Lake Transport Union said on Monday that crews would walk out. A spokesman for the LTU said talks had failed.",
    );
    let union = reading.entities.iter().find(|e| e.name == "Lake Transport Union");
    assert_eq!(union.map(|e| (e.kind, e.aliases.clone())), Some((NameKind::Org, vec!["LTU".to_owned()])));
}

#[test]
fn places_are_found_in_text_without_capitals() {
    has("i spent a week in kenya last year and i was told there that the roads were bad.", "kenya", NameKind::Place);
}

#[test]
fn one_name_has_one_kind() {
    let text =
        "Ms Orla Brennick of Galway spoke first. The council agreed with Brennick. Brennick said the road was unsafe.";
    let kinds: Vec<_> = found(text).into_iter().filter(|(n, _)| n.contains("Brennick")).map(|(_, k)| k).collect();
    assert_eq!(kinds, [NameKind::Person; 3]);
}

#[test]
fn two_given_names_are_two_persons() {
    let reading = read("Vladimir Petrenko met Volodymyr Petrenko in Kyiv. Vladimir Petrenko left first.");
    assert_eq!(reading.entities.iter().filter(|e| e.kind == NameKind::Person).count(), 2);
}

#[test]
fn old_and_new_spellings_of_a_place_have_one_key() {
    let key = |text| read(text).entities.iter().find(|e| e.kind == NameKind::Place).map(|e| e.key.clone());
    assert_eq!(key("They met in Kiev on Monday."), key("They met in Kyiv on Monday."));
    assert_eq!(key("They met in Kiev on Monday.").as_deref(), Some("place:703448"));
}

#[test]
fn a_state_after_a_town_decides_which_town() {
    let place = |text| read(text).entities.iter().find_map(|e| e.place.clone().filter(|_| e.name.starts_with("Paris")));
    assert!(place("A fire broke out in Paris, Texas, on Monday.").is_some_and(|p| p.lon < -90.0));
    assert!(place("A fire broke out in Paris on Monday.").is_some_and(|p| p.lon > 0.0));
}

#[test]
fn capitals_of_a_headline_are_no_names() {
    let text = "Council Votes To Close Old Harbour Bridge In Riga\n\nThe council in Riga voted to close the bridge.";
    has(text, "Riga", NameKind::Place);
    assert!(found(text).iter().all(|(n, _)| n == "Riga"), "{:?}", found(text));
}

#[test]
fn compounds_hold_the_name_inside_them() {
    let text = "The Tallinn-based group and a pro-Ukrainian party spoke of Germany-Poland trade.";
    has(text, "Tallinn", NameKind::Place);
    has(text, "Ukrainian", NameKind::Norp);
    has(text, "Germany", NameKind::Place);
    has(text, "Poland", NameKind::Place);
}

#[test]
fn datelines_and_abbreviated_states_are_places() {
    let text = "DAYTON, Ohio (XP) — The fair near Fresno, Calif., was closed. SAN JOSE — It rained.";
    for name in ["DAYTON", "Ohio", "Fresno", "Calif.", "SAN JOSE"] {
        has(text, name, NameKind::Place);
    }
}

#[test]
fn a_leader_named_by_surname_has_the_key_of_the_full_name() {
    let reading = read("In Vilnius, Lithuanian President Nausėda said the law was sound.");
    let person = reading.entities.iter().find(|e| e.kind == NameKind::Person);
    assert_eq!(person.map(|e| e.key.as_str()), Some(person_key("Gitanas Nauseda").as_str()));
}

#[test]
fn an_office_speaks_for_its_holder_of_that_day() {
    let speaker = |published: &str| {
        let text = "The Lithuanian president said on Tuesday that the law would be signed in the autumn.";
        let blocks =
            vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }];
        let published = Some(Based { value: published.to_owned(), basis: "given".to_owned() });
        let reading = crate::of(&Article { text: text.to_owned(), blocks, published, ..Article::default() }, &LEXICON);
        let speaker = reading.attributions.first().and_then(|a| reading.entities.get(a.speaker?)).cloned();
        speaker.map(|e| (e.name, e.key))
    };
    let told = |given| Some(("Lithuanian president".to_owned(), person_key(given)));
    assert_eq!(speaker("2024-08-15"), told("Gitanas Nauseda"));
    assert_eq!(speaker("2018-03-01"), told("Dalia Grybauskaite"));
    assert_eq!(speaker("1990-03-01"), None);
}

#[test]
fn other_languages_decline_their_names() {
    let text = "Вчера министр Украины прибыл в Варшаву.";
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }];
    let article = Article { text: text.to_owned(), blocks, language: Some("ru".to_owned()), ..Article::default() };
    let reading = crate::of(&article, &LEXICON);
    let country = reading.entities.iter().find(|e| e.name == "Украины");
    assert_eq!(country.map(|e| e.key.as_str()), Some("place:690791"));
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "([A-Z][a-z]{0,4}|[A-Z]\\.|of|the|’s|,|-|Minister|St|\\n|“|\\PC){0,60}") {
            let reading = read(&text);
            let mut at = 0;
            for m in &reading.mentions {
                prop_assert!(m.span.start >= at && !m.span.of(&text).is_empty());
                at = m.span.end;
            }
        }

        #[test]
        fn words_in_any_order_are_read_without_panic(words in proptest::collection::vec("(Paris|New York|Texas|Mr|of|the|and|&|Bank|Ministry|de|U.S.|J\\.|General|May|,|\\(|\\)|’s|-|iPhone|ÄÖ|said|Lithuanian|1|\\n)", 0..60)) {
            read(&words.join(" "));
        }
    }
}

#[test]
fn a_name_that_the_lists_have_as_a_whole_is_one_name() {
    has("A tanker was stopped in the Baltic Sea near Gotland.", "Baltic Sea", NameKind::Place);
    has("Two ships left the Gulf of Aden on Friday.", "Gulf of Aden", NameKind::Place);
    let text = "A vote in the U.N. Security Council is expected on Friday.";
    assert_eq!(found(text), [("U.N. Security Council".to_owned(), NameKind::Org)]);
}

/// Persons of a text with their forms.
fn persons(text: &str) -> Vec<(String, Vec<String>)> {
    let all = read(text).entities.into_iter().filter(|e| e.kind == NameKind::Person);
    all.map(|e| (e.name, e.aliases)).collect()
}

#[test]
fn a_surname_that_two_bear_stays_open() {
    use super::alike::{Person, Why, alike};
    let text = "Volodymyr Petrenko spoke in Kyiv. Vladimir Petrenko spoke in Moscow. Petrenko said that he was tired.";
    let names: Vec<String> = persons(text).into_iter().map(|p| p.0).collect();
    assert_eq!(names, ["Volodymyr Petrenko", "Vladimir Petrenko", "Petrenko"]);
    let person = |name: &str| person_key(name);
    let keys: Vec<String> = names.iter().map(|n| person(n)).collect();
    let why = |a: usize, b: usize| {
        let of = |k: usize| Person { key: &keys[k], role: None, gender: None };
        alike(of(a), of(b))
    };
    // shown as possibly the same as either; the two as two
    assert_eq!((why(2, 0), why(2, 1), why(0, 1)), (Some(Why::SurnameAlone), Some(Why::SurnameAlone), None));
    let speaker = read(text).attributions[0].speaker.map(|e| read(text).entities[e].name.clone());
    assert_eq!(speaker.as_deref(), Some("Petrenko"));
}

#[test]
fn a_surname_used_before_its_second_bearer_comes_is_the_first_ones() {
    let text =
        "Volodymyr Petrenko spoke in Kyiv. Petrenko left. His brother Vladimir Petrenko stayed. Petrenko came back.";
    let (first, second) = (("Volodymyr Petrenko", 1), ("Vladimir Petrenko", 0));
    let forms: Vec<(String, usize)> = persons(text).into_iter().map(|(name, forms)| (name, forms.len())).collect();
    assert_eq!(forms, [(first.0.to_owned(), first.1), (second.0.to_owned(), second.1)]);
}

/// Name, latitude and longitude of the places, read as an outlet's text.
fn lie(text: &str, outlet: &str) -> Vec<(String, i32, i32)> {
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }];
    let outlet = Some(outlet.to_owned()).filter(|o| !o.is_empty());
    let article = Article { text: text.to_owned(), blocks, outlet, ..Article::default() };
    let places = crate::of(&article, &LEXICON).entities;
    places
        .into_iter()
        .filter_map(|e| Some((e.name, e.place.as_ref()?.lat as i32, e.place.as_ref()?.lon as i32)))
        .collect()
}

#[test]
fn the_outlets_home_votes_for_its_places() {
    let text = "A fire broke out in Cambridge on Monday.";
    assert_eq!(lie(text, "London Lantern"), [("Cambridge".to_owned(), 52, 0)]);
    assert_eq!(lie(text, "Boston Lantern"), [("Cambridge".to_owned(), 42, -71)]);
}

#[test]
fn a_place_that_stands_for_its_government_keeps_where_it_lies() {
    let text = "Kyiv said that nine drones fell. Washington and Moscow agreed to talks in Geneva.";
    let reading = read(text);
    let marked: Vec<&str> = reading.governments.iter().map(|i| reading.mentions[*i].span.of(text)).collect();
    assert_eq!(marked, ["Kyiv", "Washington", "Moscow"]);
    let want = [("Kyiv", 50, 30), ("Washington", 38, -77), ("Moscow", 55, 37), ("Geneva", 46, 6)];
    assert_eq!(lie(text, ""), want.map(|(name, lat, lon)| (name.to_owned(), lat, lon)));
}

//! Whole readings of invented pages, held against each other.

use super::agreement;
use crate::{Report, Verdict};
use dateline_article::{Article, Based, Block, BlockKind};
use dateline_capture::Source;
use dateline_lexicon::Lexicon;
use dateline_text::Span;
use std::sync::OnceLock;

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::shipped)
}

pub(super) fn page(id: &str, published: &str, text: &str) -> Report {
    let article = Article {
        text: text.to_owned(),
        language: Some("en".to_owned()),
        published: Some(Based { value: published.to_owned(), basis: "given".to_owned() }),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }],
        ..Article::default()
    };
    let reading = dateline_reading::of(&article, lexicon());
    Report { id: id.to_owned(), source: Source::default(), article, reading }
}

/// Verdicts of the groups that both pages stand in.
fn verdicts(a: (&str, &str), b: (&str, &str)) -> Vec<Verdict> {
    let (a, b) = (page("a", a.0, a.1), page("b", b.0, b.1));
    let found = agreement(&[&a, &b]);
    let both = |g: &&crate::FigureGroup| [0, 1].iter().all(|r| g.items.iter().any(|i| i.report == *r));
    found.figures.iter().filter(both).map(|g| g.verdict).collect()
}

const DAY: &str = "2031-05-02";

#[test]
fn equal_counts_agree_and_a_finer_one_is_compatible() {
    let first = (DAY, "The ferry Hartlin carried 412 passengers when it left the harbour of Osmund.");
    let second = (DAY, "When the Hartlin left Osmund harbour the ferry had 412 passengers on board.");
    assert_eq!(verdicts(first, second), [Verdict::Agree]);
    let first = (DAY, "Repairs to the flooded Osmund tunnel have cost over $3 billion, the city council said.");
    let second = (DAY, "The Osmund city council has paid $3.12 billion for repairs to the flooded tunnel.");
    assert_eq!(verdicts(first, second), [Verdict::Compatible]);
}

#[test]
fn units_are_converted_before_they_are_held_against_each_other() {
    let first = (DAY, "The wreck of the freighter lies 320 kilometres off the coast of Osmund, divers reported.");
    let second = (DAY, "Divers reported the wreck of the freighter 200 miles off the coast of Osmund.");
    assert_eq!(verdicts(first, second), [Verdict::Compatible]);
}

#[test]
fn the_same_deaths_differ_on_one_day_and_are_updated_on_another() {
    let first = "An avalanche above the village of Osmund killed 14 skiers, rescuers said.";
    let second = "Rescuers said 17 skiers were killed by an avalanche above Osmund village.";
    assert_eq!(verdicts((DAY, first), (DAY, second)), [Verdict::Differ]);
    assert_eq!(verdicts((DAY, first), ("2031-05-03", second)), [Verdict::Updated]);
}

#[test]
fn number_and_noun_alone_are_never_enough() {
    let dead = (DAY, "The storm over Osmund killed 14 people on the northern shore.");
    let hurt = (DAY, "The storm over Osmund injured 30 people on the northern shore.");
    assert_eq!(verdicts(dead, hurt), []);
    let part = (DAY, "The storm over Osmund killed 14 people, including 2 children, on the northern shore.");
    let whole = (DAY, "Five children were killed by fever in the hospital of Brannock.");
    assert_eq!(verdicts(part, whole), []);
    let ships = (DAY, "The navy of Osmund sent 12 ships to watch the regatta in the bay.");
    let others = (DAY, "Pirates held 3 ships for ransom near Brannock, insurers told a court.");
    assert_eq!(verdicts(ships, others), []);
}

#[test]
fn a_figure_that_one_page_alone_gives_stays() {
    let a = page("a", DAY, "The museum of Osmund bought 31 paintings.");
    let b = page("b", DAY, "The museum of Osmund has a new director.");
    let found = agreement(&[&a, &b]);
    assert_eq!(found.figures.len(), 1);
    assert_eq!((found.figures[0].counted.as_str(), found.figures[0].items.len()), ("paintings", 1));
}

#[test]
fn one_utterance_is_found_in_two_wordings() {
    let a = page(
        "a",
        DAY,
        "Mayor Anna Elmwood said the new bridge would pose a “grave, lasting threat to our river, to our river’s fish.”",
    );
    let b =
        page("b", DAY, "“Besides, it would pose a grave threat to our river and its fish,” Elmwood told the council.");
    let found = agreement(&[&a, &b]);
    let lined: Vec<usize> = found.quotations.iter().map(|u| u.variants.len()).filter(|n| *n > 1).collect();
    assert_eq!(lined, [2], "{:?}", found.quotations);
}

#[test]
fn what_the_user_decided_of_names_decides_who_says_the_same() {
    use crate::decisions::{Act, Called, Decision, Persons};
    let words = "said the drawbridge of Osmund would stay shut until engineers had replaced four corroded hinges.";
    let mut pages = [
        page("a", DAY, &format!("Petra Lindqvarn {words}")),
        page("b", DAY, &format!("Hanne Lindqvarn {words}")),
        page("c", DAY, &format!("Petra Osk {words}")),
    ];
    let called = |name: &str| Called { key: dateline_reading::names::person_key(name), name: name.to_owned() };
    let decision = |id: &str, act| Decision { id: id.to_owned(), at: String::new(), by: None, why: None, act };
    let said = |pages: &[Report; 3], persons: &Persons| {
        let refs: Vec<&Report> = pages.iter().collect();
        super::decided(&refs, persons).quotations.iter().map(|u| u.variants.len()).collect::<Vec<_>>()
    };
    let alone = Persons::default();
    assert_eq!(said(&pages, &alone), [2, 1], "one surname may be one speaker's; another surname is not");
    let apart = Act::OtherPerson { one: called("Petra Lindqvarn"), other: called("Hanne Lindqvarn") };
    let same = Act::SamePerson { one: called("Petra Lindqvarn"), other: called("Petra Osk") };
    let persons = Persons::of(&[decision("d1", apart), decision("d2", same)]);
    for page in &mut pages {
        persons.settle(&mut page.reading.entities);
    }
    assert_eq!(said(&pages, &persons), [2, 1], "now Petra Lindqvarn and Petra Osk, and Hanne Lindqvarn alone");
    let refs: Vec<&Report> = pages.iter().collect();
    let first = &super::decided(&refs, &persons).quotations[0];
    assert_eq!(first.variants.iter().map(|v| v.report).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(first.speaker.as_deref(), Some("Petra Lindqvarn"));
}

#[test]
fn the_order_of_the_pages_changes_nothing_but_indices() {
    let a = page("a", DAY, "An avalanche above the village of Osmund killed 14 skiers, rescuers said.");
    let b = page("b", DAY, "Rescuers said 17 skiers were killed by an avalanche above Osmund village.");
    let c = page("c", "2031-05-03", "The Osmund village avalanche killed 17 skiers, rescuers said.");
    let shown = |reports: &[&Report]| -> Vec<(String, Verdict, Vec<String>)> {
        let found = agreement(reports);
        let ids = |g: &crate::FigureGroup| g.items.iter().map(|i| reports[i.report].id.clone()).collect();
        found.figures.iter().map(|g| (g.counted.clone(), g.verdict, ids(g))).collect()
    };
    assert_eq!(shown(&[&a, &b, &c]), shown(&[&c, &b, &a]));
}

#[test]
fn two_numbers_set_against_each_other_differ() {
    let a = page(
        "a",
        DAY,
        "The union said 2,400 dockers had joined the strike in Osmund. The harbour company counted only 1,600 dockers.",
    );
    let b = page("b", "2031-05-03", "According to the union some 2,400 dockers are on strike in Osmund.");
    let found = agreement(&[&a, &b]);
    let strike: Vec<(Verdict, usize)> =
        found.figures.iter().filter(|g| g.counted == "dockers").map(|g| (g.verdict, g.items.len())).collect();
    assert_eq!(strike, [(Verdict::Differ, 3)]);
}

#[test]
fn what_two_parties_lost_themselves_is_no_dispute() {
    let a = page("a", DAY, "The navy of Osmund said it lost 14 boats. The navy of Brannock said it had lost 20 boats.");
    let found = agreement(&[&a]);
    assert!(found.figures.iter().all(|g| g.items.len() == 1), "{:?}", found.figures);
}

#[test]
fn the_wording_shown_is_the_part_that_others_have_too() {
    let a = page(
        "a",
        DAY,
        "“An anchor does not drag itself for nine miles,” Mayor Anna Elmwood said at the old customs house. \
         “We shall not name a flag this morning, however often you ask us to.”",
    );
    let b = page("b", DAY, "Elmwood said that no anchor drags itself for nine miles.");
    let found = agreement(&[&a, &b]);
    let lined = found.quotations.iter().find(|u| u.variants.len() == 2).expect("one utterance in two wordings");
    assert!(lined.variants.iter().all(|v| {
        let page = if v.report == 0 { &a } else { &b };
        v.span.of(&page.article.text).contains("anchor")
    }));
}

#[test]
fn one_sum_is_lined_up_where_what_heads_the_one_describes_the_other() {
    let first = (DAY, "The Osmund council voted on Tuesday to approve €95m in harbour relief for the flooded north.");
    let second = (DAY, "The council passed a €95 million northern relief bill on Tuesday to help the flooded towns.");
    assert_eq!(verdicts(first, second), [Verdict::Agree]);
}

#[test]
fn false_friends_never_differ() {
    let never = |a: &str, b: &str| {
        let found = verdicts((DAY, a), (DAY, b));
        assert!(!found.contains(&Verdict::Differ), "{a} / {b}: {found:?}");
        let later = verdicts((DAY, a), ("2031-05-04", b));
        assert!(!later.iter().any(|v| matches!(v, Verdict::Differ | Verdict::Updated)), "{a} / {b}: {later:?}");
    };
    // what an alliance gives as a body, and what its members give
    never(
        "The alliance has sent €65 million of non-lethal aid to Osmund since the flood, its secretary said.",
        "Members of the alliance have sent Osmund aid worth €4 billion since the flood, its secretary said.",
    );
    never(
        "The League's own trust fund provided $500 million in non-lethal aid to Brannock, the League said.",
        "League allies have provided $65 billion in military aid to Brannock, the League said.",
    );
    // arms, and what they fire
    never(
        "Osmund will deliver 40 howitzers to Brannock this spring, its defence minister said.",
        "Osmund will deliver 40,000 howitzer shells to Brannock this spring, its defence minister said.",
    );
    never(
        "The parcel holds arms worth $300 million, the ministry in Osmund said.",
        "The parcel holds ammunition worth $120 million, the ministry in Osmund said.",
    );
    // a part of the country, and all of it or beyond it
    never(
        "The flood has driven 6.5 million people from their homes inside the country, the relief agency said.",
        "The flood has driven 14 million people from their homes in all, the relief agency said.",
    );
    never(
        "Some 3.7 million people are displaced within Osmund, the agency said.",
        "More than 8 million people from Osmund are displaced across the continent, the agency said.",
    );
}

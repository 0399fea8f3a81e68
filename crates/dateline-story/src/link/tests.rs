//! Linking of invented articles: what must come together, what must stay apart, and that order cannot matter.

use super::*;
use crate::{PrintName, Relation, Said};
use dateline_reading::NameKind;
use proptest::prelude::*;
use std::collections::BTreeSet;

const FERRY_A: &str = "Harbour police in Varnholm stopped the ferry Sigrun on Tuesday after divers found a damaged \
    rudder. The master, Oline Brekke, said 412 passengers were taken ashore in small boats. Varnholm's mayor, Teodor \
    Lisk, thanked the volunteers who brought blankets to the quay.";
const FERRY_B: &str = "More than 400 people had to leave the ferry Sigrun off Varnholm when its rudder failed, the \
    shipping company said. Captain Oline Brekke called the divers' finding a surprise. Small boats carried the \
    passengers to the quay, where mayor Teodor Lisk met them.";
const DAM: &str = "Engineers opened the sluices of the Kastra dam on Monday as rain filled the Ulmen valley. Farmers in \
    Dorvik moved cattle to higher ground, and the water board's head, Mirela Costin, asked residents to stay away from \
    the river until the level falls.";
const FERRY_LATER: &str = "A court in Varnholm heard the case of the ferry Sigrun, whose rudder failed in March with \
    passengers aboard. Captain Oline Brekke told the judge that divers had warned the shipping company twice. The \
    company denies it. Mayor Teodor Lisk will be heard next week.";

fn article(id: &str, text: &str, published: Option<&str>) -> Print {
    Print { id: id.into(), text: text.into(), published: published.map(Into::into), ..Print::default() }
}

fn world() -> Vec<Print> {
    vec![
        article("a", FERRY_A, Some("2031-03-04")),
        article("b", FERRY_B, Some("2031-03-05T08:00")),
        article("c", DAM, Some("2031-03-04")),
        article("d", FERRY_LATER, Some("2031-05-20")),
        article("e", &format!("{FERRY_A} The ferry is twelve years old."), Some("2031-03-04")),
        article("f", "", None),
    ]
}

fn of<'l>(links: &'l Links, id: &str) -> &'l Membership {
    links.members.iter().find(|m| m.id == id).expect("an article that was linked")
}

#[test]
fn one_event_in_other_words_is_one_story_and_another_event_is_not() {
    let links = link(&world());
    assert_eq!(of(&links, "a").story, of(&links, "b").story);
    assert_ne!(of(&links, "a").story, of(&links, "c").story);
    assert_ne!(of(&links, "f").story, of(&links, "c").story);
}

#[test]
fn the_trial_two_months_later_is_another_story_of_the_storyline() {
    let links = link(&world());
    assert_ne!(of(&links, "a").story, of(&links, "d").story);
    assert_eq!(of(&links, "a").storyline, of(&links, "d").storyline);
    assert_ne!(of(&links, "a").storyline, of(&links, "c").storyline);
    let forward = links.storylines.iter().find(|l| l.to == of(&links, "d").story).expect("a link to the trial");
    assert_eq!(forward.from, of(&links, "a").story);
}

#[test]
fn a_copy_is_of_one_origin_and_a_retelling_is_not() {
    let links = link(&world());
    let copy = &of(&links, "a").copies;
    assert!(copy.iter().any(|c| c.of == "e" && c.containment[0] > 0.9));
    assert_eq!(of(&links, "a").origin, of(&links, "e").origin);
    assert_ne!(of(&links, "a").origin, of(&links, "b").origin);
}

#[test]
fn a_link_names_what_it_rests_on() {
    let links = link(&world());
    let reason = of(&links, "a").because.iter().find(|r| r.with == "b").expect("a reason");
    assert!(reason.terms.iter().any(|t| t == "Sigrun"), "{:?}", reason.terms);
    assert_eq!(reason.days, Some(1));
    assert!(reason.score > 0.5);
}

#[test]
fn a_link_names_what_speaks_most_against_it() {
    let links = link(&world());
    let reason = of(&links, "a").because.iter().find(|r| r.with == "b").expect("a reason");
    let against = reason.against.as_ref().expect("a reason against");
    assert_eq!(against.what, crate::Objection::Lead);
    assert!(
        against.own.iter().chain(&against.other).all(|w| FERRY_A.contains(w) != FERRY_B.contains(w)),
        "{against:?}"
    );
}

#[test]
fn a_denial_is_not_of_the_event_it_answers() {
    let claim = "The port of Varnholm has sold its two icebreakers to a company in Dorvik, the newspaper Mail wrote.";
    let denial = "The port of Varnholm denied that it has sold its two icebreakers to a company in Dorvik.";
    let docs = vectors::docs(&[&article("a", claim, None), &article("b", denial, None)]);
    let clash = |x: usize, y: usize| score::value(&score::features(&docs[x], &docs[y], 0), "answer_clash");
    assert_eq!((clash(0, 1), clash(1, 0), clash(1, 1)), (1000, 1000, 0));
}

#[test]
fn a_visit_to_one_town_and_one_to_another_have_other_names_in_their_titles() {
    let article = |id: &str, title: &str, text: &str| Print { title: title.into(), ..article(id, text, None) };
    let dorvik = "Minister Oline Brekke opened the new hospital of Dorvik on Monday and praised its nurses.";
    let ulmen = "Minister Oline Brekke opened the new hospital of Ulmen on Monday and praised its nurses.";
    let prints = [
        article("a", "Brekke opens hospital in Dorvik", dorvik),
        article("b", "Brekke opens hospital in Ulmen", ulmen),
        article("c", "Nurses praised by Brekke", dorvik),
    ];
    let docs = vectors::docs(&prints.iter().collect::<Vec<_>>());
    let clash = |x: usize, y: usize| score::value(&score::features(&docs[x], &docs[y], 0), "names_clash");
    assert!(clash(0, 1) > 300 && clash(0, 1) == clash(1, 0), "{}", clash(0, 1));
    assert_eq!((clash(0, 2), clash(1, 2), clash(0, 0)), (0, 0, 0), "one title may name less than the other");
}

#[test]
fn stories_list_members_by_date_and_sources_by_origin() {
    let prints = world();
    let links = link(&prints);
    let stories = stories(&links, &prints);
    let ferry = stories.iter().find(|s| s.id == of(&links, "a").story).expect("the ferry's story");
    assert_eq!(ferry.members, [0, 4, 1]);
    assert_eq!(ferry.origins, [vec![4, 0], vec![1]]);
    assert_eq!(ferry.days, Some(("2031-03-04".into(), "2031-03-05".into())));
}

fn saying(mut print: Print, speaker: &str, words: &str) -> Print {
    let name =
        PrintName { key: speaker.into(), kind: NameKind::Person, mentions: 2, leads: true, name: speaker.into() };
    print.names.push(name);
    print.said.push(Said { speaker: speaker.into(), words: words.into() });
    print
}

/// The ferry's story and its trial, each with something said by someone.
fn said(speaker: [&str; 2], words: [&str; 2]) -> Links {
    let first = saying(article("a", FERRY_A, Some("2031-03-04")), speaker[0], words[0]);
    let second = saying(article("d", FERRY_LATER, Some("2031-05-20")), speaker[1], words[1]);
    link(&[first, second])
}

#[test]
fn what_a_speaker_says_again_is_a_repeat_and_what_another_says_is_not() {
    let words = ["the rudder was inspected in January by certified divers", "certified divers inspected the rudder"];
    let repeated = said(["brekke oline", "brekke oline"], words);
    assert_eq!(repeated.storylines.iter().map(|l| l.relation).collect::<Vec<_>>(), [Relation::RepeatOfClaim]);
    let told = repeated.storylines[0].said.as_ref().expect("the claim in both wordings");
    assert_eq!((told.speaker.as_str(), told.first.1.as_str()), ("brekke oline", words[0]));
    assert_eq!((told.again.0.as_str(), told.again.1.as_str()), ("d", words[1]));
    let other = said(["brekke oline", "brekke oline"], [words[0], "the company has nothing to hide"]);
    assert_eq!(other.storylines.iter().map(|l| l.relation).collect::<Vec<_>>(), [Relation::LaterDevelopment]);
}

#[test]
fn without_a_common_person_nothing_continues_months_later() {
    let words = ["the rudder was inspected", "the rudder was inspected"];
    assert!(said(["brekke oline", "lisk teodor"], words).storylines.is_empty());
}

#[test]
fn what_an_outlet_pastes_into_every_article_makes_no_copy() {
    let notice = "The Varnholm Mail is owned by its readers and printed on paper from the mills of Ulmen. Write to the \
        editors at the old customs house, and we shall answer every letter in the order in which it came to us.";
    let with = |id: &str, text: &str, outlet: &str| Print {
        outlet: Some(outlet.into()),
        ..article(id, &format!("{text} {notice}"), Some("2031-03-04"))
    };
    let one = link(&[with("a", FERRY_B, "Varnholm Mail"), with("c", DAM, "Varnholm Mail")]);
    assert!(one.members.iter().all(|m| m.copies.is_empty()));
    let two = link(&[with("a", FERRY_B, "Varnholm Mail"), with("c", DAM, "Dorvik Times")]);
    assert!(two.members.iter().all(|m| m.copies.is_empty()), "background, wherever it is pasted");
    assert_ne!(two.members[0].origin, two.members[1].origin);
}

/// `n` words that stand in no other text but those made of the same letter.
fn wording(letter: &str, words: std::ops::Range<usize>) -> String {
    words.map(|i| format!("{letter}{}", i * i + 7)).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_third_shares_with_a_whole_is_not_told_again_of_its_cut() {
    let whole = article("whole", &wording("w", 0..200), None);
    let cut = article("cut", &wording("w", 0..120), None);
    let third = article("third", &format!("{} {}", wording("w", 0..90), wording("o", 0..80)), None);
    let links = link(&[whole, cut, third]);
    let told = |id: &str| of(&links, id).copies.iter().map(|c| c.of.as_str()).collect::<Vec<_>>();
    assert_eq!((told("third"), told("cut"), told("whole")), (vec!["whole"], vec!["whole"], vec!["cut", "third"]));
}

#[test]
fn what_a_cut_alone_shares_with_a_third_is_told_of_it() {
    // the cut has a paragraph of its own, and the third took that one
    let whole = article("whole", &wording("w", 0..240), None);
    let cut = article("cut", &format!("{} {}", wording("c", 0..30), wording("w", 0..170)), None);
    let taken = format!("{} {} {}", wording("c", 0..30), wording("w", 0..60), wording("o", 0..50));
    let links = link(&[whole, cut, article("third", &taken, None)]);
    assert!(of(&links, "third").copies.iter().any(|c| c.of == "cut"));
}

#[test]
fn of_texts_that_are_letter_for_letter_the_same_one_is_told_of_a_cut() {
    let text = wording("w", 0..150);
    let cut = article("cut", &format!("{} {}", wording("w", 0..70), wording("o", 0..60)), None);
    let mut all = vec![article("a", &text, None), article("b", &text, None), cut];
    let links = link(&all);
    let told: Vec<&str> = of(&links, "cut").copies.iter().map(|c| c.of.as_str()).collect();
    assert_eq!(told, ["b"]);
    all.reverse();
    assert_eq!(of(&link(&all), "cut").copies, of(&links, "cut").copies);
}

const BACKGROUND: &str = "Kestrel Mining has dug copper in the Arrow valley since 1974, and the valley council and the \
    company have argued over water rights for most of that time. A first licence was granted in 1998, a second one in \
    2011, and both were challenged before the courts in Porthaven by farmers of the lower valley, who lost the first \
    case and won the second after a hearing of eleven days. The company employs about 900 people.";
const DUST: &str = "The environment office fined Kestrel Mining 40,000 crowns on Tuesday because dust from its northern \
    heap had reached the school in Merrow twice in April, and inspector Ida Vance said the sprinklers had been off. \
    Vance said her staff had measured four times the allowed amount of fine dust in the school yard on two windy \
    mornings. Parents had called the office after finding a grey film on the swings. Headmaster Olaf Brand had kept the \
    children inside on both days and asked for a plan of when the sprinklers run, which he said he never received. The \
    firm's manager, Petra Lund, told parents on Monday night that a pump had failed and that a second one had been \
    ordered from a maker abroad.";
const BUS: &str = "A bus will run every hour between Porthaven and the Arrow valley from June, the council decided on \
    Thursday evening, and councillor Ruth Penn said the first one leaves at five so that the early shift comes to work. \
    The line costs 310,000 crowns a year, a third of which the county gives back. Two members voted against it because \
    the old line to the coast stops running for it. Penn said nobody had used that line in winter. Drivers are still \
    being looked for; the depot needs nine and has five, among them two who put off their pension. Tickets will cost as \
    much as they do in town, and pupils ride without paying.";

/// Articles of one outlet, each with its background after it.
fn pasted(texts: [&str; 2]) -> Vec<Print> {
    let one = |(i, text): (usize, &str)| Print {
        outlet: Some("Valley Times".into()),
        ..article(&format!("p{i}"), &format!("{text} {BACKGROUND}"), Some("2031-05-06"))
    };
    texts.into_iter().enumerate().map(one).collect()
}

#[test]
fn of_what_two_articles_of_one_outlet_share_counts_what_reaches_an_opening() {
    let own = pasted([DUST, BUS]);
    let mut other = own.clone();
    other[1].outlet = Some("Porthaven Post".into());
    let features = |prints: &[Print]| {
        let docs = vectors::docs(&prints.iter().collect::<Vec<_>>());
        score::features(&docs[0], &docs[1], 0)
    };
    let (own, two) = (features(&own), features(&other));
    let of = |features, name| score::value(features, name);
    assert!(of(&two, "overlap") > of(&two, "lead_kept") && of(&two, "cos") > of(&two, "lead_kept"));
    for name in ["overlap", "cos"] {
        assert_eq!(of(&own, name), of(&own, "lead_kept"), "{name}");
    }
    assert_eq!(["close", "numbers", "figures"].map(|name| of(&own, name)), [0; 3]);
    let weights = Weights::shipped();
    assert!(weights.probability(&own) < weights.probability(&two) / 2);
}

#[test]
fn background_that_an_outlet_pastes_makes_no_copy() {
    let links = link(&pasted([DUST, BUS]));
    let [fine, bus] = [of(&links, "p0"), of(&links, "p1")];
    assert_ne!(fine.origin, bus.origin);
    assert!(fine.copies.is_empty() && bus.copies.is_empty());
}

#[test]
fn short_articles_that_are_mostly_an_outlets_background_are_own_texts() {
    let fine = "The environment office fined Kestrel Mining 40,000 crowns on Tuesday because dust from its northern heap \
        had reached the school in Merrow twice in April, and inspector Ida Vance said the sprinklers had been off.";
    let bus = "A bus will run every hour between Porthaven and the Arrow valley from June, the council decided on Thursday \
        evening, and councillor Ruth Penn said the first one leaves at five so that the early shift comes to work.";
    let links = link(&pasted([fine, bus]));
    assert_ne!(of(&links, "p0").origin, of(&links, "p1").origin);
    assert!(of(&links, "p0").copies.is_empty());
    assert!(of(&links, "p0").passages.iter().all(|p| p.kind == crate::CopyKind::Passage));
}

#[test]
fn issues_of_one_series_are_no_developments_of_each_other() {
    let issue = |id: &str, title: &str, text: &str, day: &str| Print {
        title: title.into(),
        outlet: Some("Varnholm Radio".into()),
        language: Some("en".into()),
        ..article(id, text, Some(day))
    };
    let first = issue("a", "Radio | News in plain words | Tuesday 4.3.2031", FERRY_A, "2031-03-04");
    let second = issue("b", "TV | News in plain words | Tuesday 20 May 2031", FERRY_LATER, "2031-05-20");
    assert!(link(&[first.clone(), second]).storylines.is_empty());
    // nor are two letters to subscribers of which nobody knows from where they are
    let letter =
        |id: &str, text: &str, day: &str| Print { title: "News as it happens".into(), ..article(id, text, Some(day)) };
    let letters = [letter("e", FERRY_A, "2031-03-04"), letter("f", FERRY_LATER, "2031-05-20")];
    assert!(link(&letters).storylines.is_empty());
    // two headlines that bear one date are not two issues
    let titles =
        [("c", "Court sets 20 May for trial over the Sigrun ferry"), ("d", "Sigrun ferry: captain heard on 20 May")];
    let [x, y] = titles.map(|(id, title)| issue(id, title, FERRY_LATER, "2031-05-20"));
    let docs = vectors::docs(&[&first, &x, &y]);
    assert!(!score::Pair::new(&docs[1], &docs[2]).one_rubric() && !score::Pair::new(&docs[0], &docs[1]).one_rubric());
}

#[test]
fn an_outlets_second_report_of_an_event_is_of_its_story() {
    let mut prints = vec![article("a", FERRY_A, Some("2031-03-04")), article("b", FERRY_B, Some("2031-03-04"))];
    prints.iter_mut().for_each(|p| p.outlet = Some("Varnholm Mail".into()));
    let links = link(&prints);
    assert_eq!(of(&links, "a").story, of(&links, "b").story);
}

#[test]
fn a_notice_before_hundreds_of_pages_makes_no_copies() {
    const NOTICE: &str = "The ferry timetable for the islands changes with the tide, the moon and the mood of the crew, \
        so please ask at the quay before you pack a suitcase or promise a cake to an aunt on the other side of Ulmen sound on a Sunday.";
    let syllables = ["ba", "dor", "fen", "gul", "hi", "jor", "ka", "lem", "mi", "nor"];
    let word = |n: usize| -> String { [n / 100, n / 10, n].iter().map(|d| syllables[d % 10]).collect() };
    let page = |i: usize| {
        let own: Vec<String> = (0..30).map(|k| word(i * 37 + k * (i + 11))).collect();
        article(&format!("{i:04}"), &format!("{NOTICE} {}.", own.join(" ")), None)
    };
    let copies = |n: usize| {
        let prints: Vec<Print> = (0..n).map(page).collect();
        copies::copies(&vectors::docs(&prints.iter().collect::<Vec<_>>())).len()
    };
    assert_eq!(copies(40), 40 * 39 / 2, "within the bound every pair that shares enough of its words is told");
    assert_eq!(copies(501), 0);
}

#[test]
fn a_rubric_of_one_outlet_is_no_common_title() {
    let under = |id: &str, text: &str, outlet: &str| Print {
        title: "Quay notes: Sigrun, Kastra, Ulmen".into(),
        outlet: Some(outlet.into()),
        ..article(id, text, Some("2031-03-04"))
    };
    let likeness = |a: &Print, b: &Print| {
        let docs = vectors::docs(&[a, b]);
        score::value(&score::features(&docs[0], &docs[1], 0), "cos_title")
    };
    let (a, same, other) = (under("a", FERRY_A, "Mail"), under("c", DAM, "Mail"), under("d", DAM, "Times"));
    assert_eq!(likeness(&a, &same), 0);
    assert!(likeness(&a, &other) > 900);
}

/// What was found, without regard to the order of articles.
fn outcome(prints: &[Print]) -> BTreeSet<String> {
    let links = link(prints);
    links.members.iter().map(|m| format!("{m:?}")).chain(links.storylines.iter().map(|l| format!("{l:?}"))).collect()
}

/// Articles with words of their own, far from the world above.
fn other_world() -> Vec<Print> {
    let texts = [
        "Zoologists in Quenby counted ninety otters along the Brandle brook, twice last year's number, warden Hal Prewitt said.",
        "Otters have doubled along the Brandle brook, a count in Quenby shows. Warden Hal Prewitt credits cleaner water.",
    ];
    texts.iter().enumerate().map(|(i, t)| article(&format!("x{i}"), t, Some("2030-01-01"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_repetition_change_nothing(order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(), again in 0..6usize) {
        let prints = world();
        let mut mixed: Vec<Print> = order.iter().map(|i| prints[*i].clone()).collect();
        mixed.push(prints[again].clone());
        prop_assert_eq!(outcome(&mixed), outcome(&prints));
    }

    #[test]
    fn any_text_links_without_panic(texts in proptest::collection::vec("\\PC{0,80}", 0..6)) {
        let prints: Vec<Print> = texts.iter().enumerate().map(|(i, t)| article(&i.to_string(), t, Some(t))).collect();
        prop_assert_eq!(link(&prints).members.len(), prints.len());
    }
}

#[test]
fn shards_that_share_nothing_make_the_same_stories_together_and_apart() {
    let (one, other) = (world(), other_world());
    let both: Vec<Print> = one.iter().chain(&other).cloned().collect();
    let apart: BTreeSet<String> = outcome(&one).union(&outcome(&other)).cloned().collect();
    assert_eq!(outcome(&both), apart);
}

//! Decisions over invented stories: what wins, what comes back, and that only what holds counts.

use super::*;
use crate::{Membership, Reason, Relation, StoryLink};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Links of stories given as their pages; each page is linked with its neighbour in the list.
fn linked(stories: &[&[&str]]) -> Links {
    let mut members = Vec::new();
    for pages in stories {
        let story = crate::link::names::name('s', pages.iter().copied());
        for (i, id) in pages.iter().enumerate() {
            let with = |other: &&str| Reason {
                with: (*other).to_owned(),
                score: 0.9 - 0.1 * i as f64,
                terms: Vec::new(),
                entities: Vec::new(),
                figures: Vec::new(),
                days: None,
                against: None,
            };
            members.push(Membership {
                id: (*id).to_owned(),
                story: story.clone(),
                storyline: story.replacen('s', "l", 1),
                origin: crate::link::names::name('o', [*id]),
                copies: Vec::new(),
                passages: Vec::new(),
                because: pages.get(i + 1).map(with).into_iter().collect(),
                version_of: None,
            });
        }
    }
    Links { members, storylines: Vec::new() }
}

fn story_link(from: &str, to: &str) -> StoryLink {
    StoryLink {
        from: from.to_owned(),
        to: to.to_owned(),
        relation: Relation::LaterDevelopment,
        score: 0.5,
        shown_by: None,
        terms: Vec::new(),
        entities: Vec::new(),
        days: None,
        said: None,
    }
}

fn pages(ids: &str) -> Side {
    Side { story: None, pages: ids.split(' ').filter(|p| !p.is_empty()).map(str::to_owned).collect() }
}

fn story(ids: &str) -> Side {
    Side { story: Some(crate::link::names::name('s', ids.split(' '))), ..pages(ids) }
}

fn numbered(acts: Vec<Act>) -> Vec<Decision> {
    let one = |(i, act)| Decision { id: format!("d{}", i + 1), at: "2031-03-04".into(), by: None, why: None, act };
    acts.into_iter().enumerate().map(one).collect()
}

/// The stories as sets of pages.
fn told(decided: &Decided) -> Vec<String> {
    let mut by: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for m in &decided.links.members {
        by.entry(&m.story).or_default().insert(&m.id);
    }
    let mut out: Vec<String> = by.into_values().map(|pages| pages.into_iter().collect::<Vec<_>>().join(" ")).collect();
    out.sort();
    out
}

fn after(stories: &[&[&str]], acts: Vec<Act>) -> (Vec<String>, Decided) {
    let decided = apply(&linked(stories), &numbered(acts));
    (told(&decided), decided)
}

#[test]
fn merged_stories_are_one_and_keep_the_first_name() {
    let (stories, decided) = after(&[&["a", "b"], &["c"], &["d"]], vec![Act::Merge { a: story("c"), b: story("a b") }]);
    assert_eq!(stories, ["a b c", "d"]);
    assert_eq!(decided.links.members[0].story, story("c").story.unwrap());
    assert_eq!(decided.links.members[0].storyline, decided.links.members[2].storyline);
    assert_ne!(decided.links.members[0].storyline, decided.links.members[3].storyline);
}

#[test]
fn a_page_taken_out_stays_out_when_pages_come_and_its_copies_follow() {
    let split = || vec![Act::Split { a: story("a b c"), b: pages("c") }];
    let (stories, decided) = after(&[&["a", "b", "c"]], split());
    assert_eq!(stories, ["a b", "c"]);
    assert_eq!(decided.links.members[0].story, story("a b c").story.unwrap(), "what stays keeps the name");
    // n is linked with c alone, m with a
    assert_eq!(after(&[&["m", "a", "b", "c", "n"]], split()).0, ["a b m", "c n"]);
    assert_eq!(after(&[&["a", "b"], &["c", "d"]], split()).0, ["a b", "c d"]);
}

#[test]
fn a_merge_holds_for_the_stories_pages_wherever_the_machine_puts_them() {
    let merge = vec![Act::Merge { a: story("a b c"), b: story("d") }];
    assert_eq!(after(&[&["a", "b", "n"], &["c", "x", "y"], &["d", "m"]], merge).0, ["a b c d m n", "x y"]);
}

#[test]
fn what_is_apart_stays_apart_also_when_the_machine_joins_it_later() {
    let apart = || vec![Act::Apart { a: story("a b"), b: story("c d") }];
    assert_eq!(after(&[&["a", "b"], &["c", "d"]], apart()).0, ["a b", "c d"]);
    assert_eq!(after(&[&["a", "b", "c", "d"]], apart()).0, ["a b", "c d"]);
    assert_eq!(after(&[&["c", "n", "a", "b"], &["d"]], apart()).0, ["a b", "c n", "d"]);
}

#[test]
fn the_later_of_two_that_contradict_wins_and_is_named() {
    let apart = Act::Apart { a: pages("a"), b: pages("c") };
    let merge = Act::Merge { a: story("a b"), b: story("c") };
    let world: &[&[&str]] = &[&["a", "b"], &["c"]];
    let (stories, decided) = after(world, vec![apart.clone(), merge.clone()]);
    assert_eq!(stories, ["a b c"]);
    assert_eq!(decided.standing[0].overridden_by.as_deref(), Some("d2"));
    assert_eq!(decided.standing[1].overridden_by, None);
    let (stories, decided) = after(world, vec![merge, apart]);
    assert_eq!(stories, ["a b", "c"]);
    assert_eq!(decided.standing[0].overridden_by.as_deref(), Some("d2"));
}

#[test]
fn a_page_moves_by_taking_it_out_and_merging_it() {
    let out = Act::Split { a: story("a b c"), b: pages("c") };
    let into = Act::Merge { a: story("d e"), b: pages("c") };
    assert_eq!(after(&[&["a", "b", "c"], &["d", "e"]], vec![out, into]).0, ["a b", "c d e"]);
}

#[test]
fn titles_and_pins_follow_most_of_the_pages_and_the_last_word_holds() {
    let rename = |title: &str| Act::Rename { a: story("a b c"), title: title.to_owned() };
    let acts = vec![
        rename("One"),
        rename("Two"),
        Act::Pin { a: story("a b c") },
        Act::Split { a: story("a b c"), b: pages("c") },
    ];
    let (_, decided) = after(&[&["a", "b", "c", "n"]], acts);
    let mark = &decided.marks[&decided.links.members[0].story];
    assert_eq!((mark.title.as_deref(), mark.pinned), (Some("Two"), true));
    assert_eq!(decided.standing[0].overridden_by.as_deref(), Some("d2"));
    let taken_out = &decided.marks[&decided.links.members[2].story];
    assert_eq!((taken_out.title.as_deref(), taken_out.pinned), (None, false));
}

#[test]
fn undone_is_as_if_never_decided_and_to_undo_that_brings_it_back() {
    let undo = |id: &str| Act::Undo { undoes: id.to_owned() };
    let merge = Act::Merge { a: story("a"), b: story("b") };
    let world: &[&[&str]] = &[&["a"], &["b"]];
    let (stories, decided) = after(world, vec![merge.clone(), undo("d1")]);
    assert_eq!(stories, ["a", "b"]);
    assert_eq!(decided.standing[0].undone_by.as_deref(), Some("d2"));
    assert!(decided.marks.is_empty());
    assert_eq!(decided.links, linked(world));
    assert_eq!(after(world, vec![merge, undo("d1"), undo("d2")]).0, ["a b"]);
    let (_, decided) = after(world, vec![undo("d7")]);
    assert_eq!(decided.standing[0].missing, ["d7"]);
}

#[test]
fn decisions_about_pages_that_are_not_there_wait() {
    let merge = Act::Merge { a: story("a"), b: story("gone") };
    let decisions = numbered(vec![merge]);
    let (stories, decided) = after(&[&["a"], &["b"]], vec![decisions[0].act.clone()]);
    assert_eq!(stories, ["a", "b"]);
    assert_eq!(decided.standing[0].missing, ["gone"]);
    assert!(decided.standing[0].is_orphaned(&decisions[0]));
    assert_eq!(after(&[&["a"], &["b", "gone"]], vec![decisions[0].act.clone()]).0, ["a b gone"]);
}

#[test]
fn links_between_stories_lead_to_where_most_of_the_pages_went() {
    let mut links = linked(&[&["a", "b", "c"], &["d"], &["e"]]);
    let name = |i: usize| links.members[i].story.clone();
    let (abc, d, e) = (name(0), name(3), name(4));
    links.storylines = vec![story_link(&abc, &d), story_link(&d, &e)];
    let acts = vec![Act::Split { a: story("a b c"), b: pages("c") }, Act::Merge { a: story("d"), b: story("e") }];
    let decided = apply(&links, &numbered(acts));
    let ends: Vec<(&str, &str)> = decided.links.storylines.iter().map(|l| (l.from.as_str(), l.to.as_str())).collect();
    assert_eq!(ends, [(abc.as_str(), d.as_str())]);
}

#[test]
fn a_decision_is_one_line_of_plain_fields() {
    let line = r#"{"id":"d1","at":"2031-03-04T08:00:00Z","by":"desk","what":"merge","a":{"story":"s1","pages":["a"]},"b":{"pages":["b"]}}"#;
    let decision: Decision = serde_json::from_str(line).unwrap();
    assert_eq!(decision.act.word(), "merge");
    assert_eq!(serde_json::to_string(&decision).unwrap(), line);
    assert!(serde_json::from_str::<Decision>(&line.replace("\"merge\"", "\"same\"")).is_ok());
}

const IDS: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

fn some_pages() -> impl Strategy<Value = Side> {
    (proptest::collection::btree_set(0..IDS.len(), 1..4), any::<bool>()).prop_map(|(at, named)| {
        let ids: Vec<&str> = at.into_iter().map(|i| IDS[i]).collect();
        if named { story(&ids.join(" ")) } else { pages(&ids.join(" ")) }
    })
}

fn act() -> impl Strategy<Value = Act> {
    let two = || (some_pages(), some_pages());
    prop_oneof![
        two().prop_map(|(a, b)| Act::Merge { a, b }),
        two().prop_map(|(a, b)| Act::Split { a, b }),
        two().prop_map(|(a, b)| Act::Apart { a, b }),
        (some_pages(), "[A-C]").prop_map(|(a, title)| Act::Rename { a, title }),
        some_pages().prop_map(|a| Act::Pin { a }),
        (1..12usize).prop_map(|n| Act::Undo { undoes: format!("d{n}") }),
    ]
}

fn world() -> impl Strategy<Value = Links> {
    proptest::collection::vec(0..4usize, IDS.len()).prop_map(|of| {
        let groups: Vec<Vec<&str>> =
            (0..4).map(|g| (0..IDS.len()).filter(|i| of[*i] == g).map(|i| IDS[i]).collect()).collect();
        let groups: Vec<&[&str]> = groups.iter().filter(|g| !g.is_empty()).map(Vec::as_slice).collect();
        linked(&groups)
    })
}

/// What the world looks like, without how each decision stands.
fn looks(links: &Links, decisions: &[Decision]) -> (Links, BTreeMap<String, Mark>) {
    let decided = apply(links, decisions);
    (decided.links, decided.marks)
}

proptest! {
    #[test]
    fn with_undos_is_as_without_what_they_undo(links in world(), acts in proptest::collection::vec(act(), 0..12)) {
        let decisions = numbered(acts);
        let undone = active(&decisions);
        let kept: Vec<Decision> = decisions
            .iter()
            .zip(&undone)
            .filter(|(d, undone)| undone.is_none() && !matches!(d.act, Act::Undo { .. }))
            .map(|(d, _)| d.clone())
            .collect();
        prop_assert_eq!(looks(&links, &decisions), looks(&links, &kept));
    }

    #[test]
    fn the_order_of_pages_changes_nothing(
        links in world(),
        acts in proptest::collection::vec(act(), 0..8),
        by in proptest::collection::vec(any::<u32>(), IDS.len()),
    ) {
        let decisions = numbered(acts);
        let mut shuffled = links.clone();
        let mut order: Vec<usize> = (0..IDS.len()).collect();
        order.sort_by_key(|i| by[*i]);
        shuffled.members = order.into_iter().map(|i| links.members[i].clone()).collect();
        let (mut one, mut other) = (apply(&links, &decisions), apply(&shuffled, &decisions));
        one.links.members.sort_by(|x, y| x.id.cmp(&y.id));
        other.links.members.sort_by(|x, y| x.id.cmp(&y.id));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn no_page_is_lost_no_name_is_given_twice_and_what_holds_is_kept(
        links in world(),
        acts in proptest::collection::vec(act(), 0..8),
    ) {
        let decisions = numbered(acts);
        let decided = apply(&links, &decisions);
        let of: BTreeMap<&str, &str> =
            decided.links.members.iter().map(|m| (m.id.as_str(), m.story.as_str())).collect();
        prop_assert_eq!(of.len(), IDS.len());
        prop_assert!(of.values().all(|name| !name.is_empty()));
        for (d, s) in decisions.iter().zip(&decided.standing) {
            if s.undone_by.is_some() || s.overridden_by.is_some() {
                continue;
            }
            let stories = |side: &Side| side.pages.iter().map(|p| of[p.as_str()]).collect::<BTreeSet<_>>();
            match &d.act {
                Act::Merge { a, b } => {
                    let a: BTreeSet<_> = stories(a).union(&stories(b)).copied().collect();
                    prop_assert_eq!(a.len(), 1);
                }
                Act::Apart { a, b } | Act::Split { a, b } => {
                    let rest = Side { pages: a.pages.iter().filter(|p| !b.pages.contains(p)).cloned().collect(), story: None };
                    prop_assert!(stories(&rest).is_disjoint(&stories(b)));
                }
                _ => {}
            }
        }
    }
}

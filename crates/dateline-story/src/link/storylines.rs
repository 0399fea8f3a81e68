//! Storylines: typed links from a story to a later one. Stories are linked, never merged.

use crate::link::cluster::{Edge, average_link};
use crate::link::vectors::{Doc, said};
use crate::link::world::World;
use crate::link::{explain, score};
use crate::{Relation, SaidAgain, StoryLink};
use std::collections::BTreeMap;

/// Days within which a story can continue another.
pub const WINDOW: i32 = 400;
/// Probability in millionths, days left aside, from which an article continues another's matter.
const STRONG: u32 = 500_000;
/// The same from which it is counted at all.
pub const WORTH: u32 = STRONG / 2;
/// Mean over the pairs of two stories from which they are linked, in millionths.
const LINK: u32 = 300_000;
/// Articles of a story that are asked what is said in them.
const TOLD: usize = 12;
/// Likeness of titles, in thousandths, from which two far apart are of a series.
const SAME_TITLE: i32 = 600;
/// Days after which the same words are a repeat or a series rather than a development.
const LONG: i32 = 21;

/// Probability, in millionths, that two articles are about one matter, whenever they were written.
pub fn matter(pair: &score::Pair<'_>, weights: &score::Weights) -> u32 {
    if pair.one_rubric() { 0 } else { weights.probability(&score::timeless(pair.weighed(0, weights))) }
}

/// What links two stories.
#[derive(Debug, Clone, Copy)]
pub struct Between {
    /// Sum of the probabilities of their pairs of articles, in millionths.
    pub sum: u64,
    /// The greatest of them, and its pair.
    pub best: u32,
    /// Places of the articles of the best pair.
    pub pair: (u32, u32),
}

/// The links of some stories with others, `links` being pairs of articles of theirs with the probability that both are
/// about one matter ([`matter`]), each pair of stories once.
pub fn between(all: &World<'_>, links: impl Iterator<Item = (u32, u32, u32)>) -> BTreeMap<(u32, u32), Between> {
    let mut sums: BTreeMap<(u32, u32), Between> = BTreeMap::new();
    for (a, b, p) in links.filter(|(.., p)| *p >= WORTH) {
        let (sa, sb) = (all.story_of(a), all.story_of(b));
        if sa == sb {
            continue;
        }
        let sum = sums.entry((sa.min(sb), sa.max(sb))).or_insert(Between { sum: 0, best: 0, pair: (a, b) });
        sum.sum += u64::from(p);
        if p > sum.best || (p == sum.best && all.pair_rank((a, b)) < all.pair_rank(sum.pair)) {
            (sum.best, sum.pair) = (p, (a, b));
        }
    }
    sums
}

/// The mean of what links two stories, in millionths, where it is enough to link them.
pub fn strong(all: &World<'_>, (a, b): (u32, u32), between: &Between) -> Option<u32> {
    let size = |s: u32| all.members(s).len() as u64;
    let mean = (between.sum / (size(a) * size(b)).max(1)) as u32;
    if between.best < STRONG || mean < LINK {
        return None;
    }
    let (x, y) = (all.doc(between.pair.0), all.doc(between.pair.1));
    let long = x.days.apart(&y.days).is_none_or(|d| d >= LONG);
    (!long || share_person(x, y)).then_some(mean)
}

/// Groups of stories that hang together by strong links.
pub fn lines(stories: &[u32], edges: &[(u32, u32, u32)], rank: impl Fn(u32) -> u32) -> Vec<Vec<u32>> {
    let at = |story: &u32| stories.binary_search(story).ok().map(|i| i as u32);
    let edge = |(a, b, p): &(u32, u32, u32)| {
        let (a, b) = (at(a)?, at(b)?);
        Some(Edge { a: a.min(b), b: a.max(b), probability: *p, evidence: 0 })
    };
    let edges: Vec<Edge> = edges.iter().filter_map(edge).collect();
    let ranks: Vec<u32> = stories.iter().map(|s| rank(*s)).collect();
    let groups = average_link(&edges, &ranks, LINK);
    groups.into_iter().map(|g| g.into_iter().map(|i| stories[i as usize]).collect()).collect()
}

/// Articles of two stories that tell how they stand to each other, in the order of their ids.
pub fn telling(all: &World<'_>, story: u32) -> Vec<u32> {
    let mut members = all.members(story).to_vec();
    members.sort_unstable_by_key(|i| all.id(*i));
    members.truncate(TOLD);
    members
}

/// The earlier of two stories, then the later; and of a pair of their articles that of the earlier first.
fn in_order(all: &World<'_>, (a, b): (u32, u32), pair: (u32, u32)) -> ((u32, u32), (u32, u32)) {
    let (from, to) = if all.begins(a) <= all.begins(b) { (a, b) } else { (b, a) };
    ((from, to), if all.story_of(pair.0) == from { pair } else { (pair.1, pair.0) })
}

/// An utterance: the article's place, and which of its utterances.
type Utterance = (u32, usize);

/// What is said in the earlier story and again, long after, in the later.
fn again(all: &World<'_>, stories: (u32, u32), pair: (u32, u32)) -> Option<(Utterance, Utterance)> {
    let ((from, to), (a, b)) = in_order(all, stories, pair);
    if !is_long(all.doc(a), all.doc(b)) {
        return None;
    }
    let later = telling(all, to);
    let repeated = |x: u32, y: u32| repeats(all.doc(x), all.doc(y)).map(|(i, j)| ((x, i), (y, j)));
    telling(all, from).into_iter().find_map(|x| later.iter().find_map(|y| repeated(x, *y)))
}

/// Articles of which the print is needed for a link.
pub fn quoted(all: &World<'_>, stories: (u32, u32), pair: (u32, u32)) -> Vec<u32> {
    let said = again(all, stories, pair).map(|((x, _), (y, _))| [x, y]);
    said.into_iter().flatten().collect()
}

/// Whether so long lies between two articles that the same words are no development.
fn is_long(a: &Doc, b: &Doc) -> bool {
    a.days.apart(&b.days).or_else(|| a.days.gap(&b.days)).is_some_and(|gap| gap >= LONG)
}

/// The link of two stories, by the pair of articles that shows it best; the prints of those of [`quoted`] must be at
/// hand. The words that explain it are found when it is told.
pub fn link(all: &World<'_>, stories: (u32, u32), mean: u32, pair: (u32, u32)) -> StoryLink {
    let ((from, to), (a, b)) = in_order(all, stories, pair);
    let (first, second) = (all.doc(a), all.doc(b));
    let said = again(all, stories, pair).and_then(|(first, again)| said_again(all, first, again));
    StoryLink {
        from: all.name(from),
        to: all.name(to),
        relation: relation(first, second, said.is_some()),
        score: f64::from(mean / 1000) / 1000.0,
        shown_by: Some([a, b].map(|place| all.id(place).to_owned())),
        terms: Vec::new(),
        entities: Vec::new(),
        days: explain::days(first, second),
        said,
    }
}

/// What the later story is to the earlier: the same said again by the same speaker, another of a kind, or news of it.
fn relation(first: &Doc, second: &Doc, is_said_again: bool) -> Relation {
    // a title of words of its own, not the first of the text that stand in for one
    let titled = || !first.heading.is_empty() && !second.heading.is_empty();
    let alike = || score::value(&score::features(first, second, 0), "cos_title") >= SAME_TITLE;
    match is_said_again {
        true => Relation::RepeatOfClaim,
        false if is_long(first, second) && titled() && alike() => Relation::SameSeries,
        false => Relation::LaterDevelopment,
    }
}

/// An utterance and its repetition, in the words of both.
fn said_again(all: &World<'_>, (a, i): Utterance, (b, j): Utterance) -> Option<SaidAgain> {
    let (earlier, later) = (all.print(a)?, all.print(b)?);
    let (first, again) = (said(earlier).nth(i)?, said(later).nth(j)?);
    let name = earlier.names.iter().find(|n| n.key == first.speaker);
    Some(SaidAgain {
        speaker: name.map_or_else(|| first.speaker.clone(), |n| n.name.clone()),
        first: (earlier.id.clone(), first.words.clone()),
        again: (later.id.clone(), again.words.clone()),
    })
}

/// Places of two utterances in which a speaker says in the one article what he says in the other: most words of the
/// shorter.
fn repeats(a: &Doc, b: &Doc) -> Option<(usize, usize)> {
    a.said.iter().enumerate().find_map(|(i, (speaker, x))| {
        let same = b.said.iter().enumerate().filter(|(_, (other, _))| other == speaker);
        same.filter(|(_, (_, y))| {
            let shared = x.iter().filter(|w| y.binary_search(w).is_ok()).count();
            shared >= 3 && 2 * shared >= x.len().min(y.len())
        })
        .map(|(j, _)| (i, j))
        .next()
    })
}

/// Whether months later a person stands in both, where both name any: places and organisations are in the news always.
fn share_person(a: &Doc, b: &Doc) -> bool {
    let (a, b) = (&a.persons, &b.persons);
    a.is_empty() || b.is_empty() || a.iter().any(|p| b.binary_search(p).is_ok())
}

//! Storylines: typed links from a story to a later one. Stories are linked, never merged.

use crate::link::cluster::{Edge, average_link};
use crate::link::vectors::Doc;
use crate::link::vectors::said;
use crate::link::{Grouped, explain, score};
use crate::{Print, Relation, SaidAgain, StoryLink};
use dateline_reading::NameKind;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Days within which a story can continue another.
pub const WINDOW: i32 = 400;
/// Probability in millionths, days left aside, from which an article continues another's matter.
const STRONG: u32 = 500_000;
/// Mean over the pairs of two stories from which they are linked, in millionths.
const LINK: u32 = 300_000;
/// Articles of a story that are asked what is said in them.
const TOLD: usize = 12;
/// Likeness of titles, in thousandths, from which two far apart are of a series.
const SAME_TITLE: i32 = 600;
/// Days after which the same words are a repeat or a series rather than a development.
const LONG: i32 = 21;

/// Probability, in millionths, that two articles are about one matter, whenever they were written.
pub fn matter(a: &Doc, b: &Doc, weights: &score::Weights) -> u32 {
    if score::one_rubric(a, b) { 0 } else { weights.probability(&score::timeless(score::features(a, b, 0))) }
}

/// What links two stories.
struct Between {
    stories: (u32, u32),
    /// Sum of the probabilities of their pairs of articles, in millionths.
    sum: u64,
    /// The greatest of them, and its pair.
    best: u32,
    pair: (u32, u32),
}

impl Between {
    fn add(&mut self, next: &Between, all: &Grouped<'_>) {
        self.sum += next.sum;
        let better = next.best > self.best;
        let earlier = next.best == self.best && all.pair_rank(next.pair) < all.pair_rank(self.pair);
        if better || earlier {
            (self.best, self.pair) = (next.best, next.pair);
        }
    }
}

/// Links between stories and the groups of stories they make.
pub fn storylines(all: &Grouped<'_>, pairs: &[(u32, u32)]) -> (Vec<StoryLink>, Vec<Vec<u32>>) {
    let between: Vec<Between> = pairs
        .par_iter()
        .filter_map(|(a, b)| {
            let (sa, sb) = (all.story_of[*a as usize], all.story_of[*b as usize]);
            let p = if sa == sb { 0 } else { matter(&all.docs[*a as usize], &all.docs[*b as usize], all.weights) };
            let stories = (sa.min(sb), sa.max(sb));
            (p >= STRONG / 2).then_some(Between { stories, sum: u64::from(p), best: p, pair: (*a, *b) })
        })
        .collect();
    let mut sums: BTreeMap<(u32, u32), Between> = BTreeMap::new();
    for next in between {
        sums.entry(next.stories).and_modify(|sum| sum.add(&next, all)).or_insert(next);
    }
    let strong: Vec<(Edge, (u32, u32))> = sums
        .into_values()
        .filter_map(|between| {
            let (a, b) = between.stories;
            let size = |s: u32| all.stories[s as usize].len() as u64;
            let mean = (between.sum / (size(a) * size(b))) as u32;
            let (x, y) = (between.pair.0 as usize, between.pair.1 as usize);
            let long = all.docs[x].days.apart(&all.docs[y].days).is_none_or(|d| d >= LONG);
            let carried = !long || share_person(all.prints[x], all.prints[y]);
            let enough = between.best >= STRONG && mean >= LINK && carried;
            enough.then_some((Edge { a, b, probability: mean, evidence: 0 }, between.pair))
        })
        .collect();
    let edges: Vec<Edge> = strong.iter().map(|(e, _)| *e).collect();
    let ranks: Vec<u32> = all.stories.iter().map(|s| all.least_rank(s)).collect();
    let groups = average_link(all.stories.len(), &edges, &ranks, LINK);
    let mut links: Vec<StoryLink> = strong.iter().map(|(e, pair)| link(all, e, *pair)).collect();
    links.sort_by(|x, y| (&x.from, &x.to).cmp(&(&y.from, &y.to)));
    (links, groups)
}

/// The link of two stories, explained by the pair of articles that shows it best.
fn link(all: &Grouped<'_>, edge: &Edge, pair: (u32, u32)) -> StoryLink {
    let (from, to) = if all.begins(edge.a) <= all.begins(edge.b) { (edge.a, edge.b) } else { (edge.b, edge.a) };
    let in_from = all.story_of[pair.0 as usize] == from;
    let (a, b) = if in_from { (pair.0 as usize, pair.1 as usize) } else { (pair.1 as usize, pair.0 as usize) };
    let reason =
        explain::reason((all.prints[a], &all.docs[a]), (all.prints[b], &all.docs[b]), edge.probability, all.weights);
    let (relation, said) = relation(all, (from, to), (a, b));
    StoryLink {
        from: all.name(from),
        to: all.name(to),
        relation,
        score: reason.score,
        terms: reason.terms,
        entities: reason.entities,
        days: reason.days,
        said,
    }
}

/// What the later story is to the earlier: the same said again by the same speaker, another of a kind, or news of it.
fn relation(all: &Grouped<'_>, (from, to): (u32, u32), (a, b): (usize, usize)) -> (Relation, Option<SaidAgain>) {
    let (first, second) = (&all.docs[a], &all.docs[b]);
    let gap = first.days.apart(&second.days).or_else(|| first.days.gap(&second.days));
    if gap.is_none_or(|g| g < LONG) {
        return (Relation::LaterDevelopment, None);
    }
    let members = |story: u32| all.stories[story as usize].iter().take(TOLD).map(|i| *i as usize);
    let said_again = members(from).find_map(|x| members(to).find_map(|y| said_again(all, x, y)));
    let titled = !all.prints[a].title.is_empty() && !all.prints[b].title.is_empty();
    let alike = || score::value(&score::features(first, second, 0), "cos_title") >= SAME_TITLE;
    match said_again {
        Some(said) => (Relation::RepeatOfClaim, Some(said)),
        None if titled && alike() => (Relation::SameSeries, None),
        None => (Relation::LaterDevelopment, None),
    }
}

/// What a speaker says in the second article that he says in the first, in the words of both.
fn said_again(all: &Grouped<'_>, a: usize, b: usize) -> Option<SaidAgain> {
    let (i, j) = repeats(&all.docs[a], &all.docs[b])?;
    let (first, again) = (said(all.prints[a]).nth(i)?, said(all.prints[b]).nth(j)?);
    let name = all.prints[a].names.iter().find(|n| n.key == first.speaker);
    Some(SaidAgain {
        speaker: name.map_or_else(|| first.speaker.clone(), |n| n.name.clone()),
        first: (all.prints[a].id.clone(), first.words.clone()),
        again: (all.prints[b].id.clone(), again.words.clone()),
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
fn share_person(a: &Print, b: &Print) -> bool {
    let persons = |p: &Print| -> BTreeSet<String> {
        p.names.iter().filter(|n| n.kind == NameKind::Person).map(|n| n.key.clone()).collect()
    };
    let (a, b) = (persons(a), persons(b));
    a.is_empty() || b.is_empty() || !a.is_disjoint(&b)
}

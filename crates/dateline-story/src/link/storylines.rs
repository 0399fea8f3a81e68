//! Storylines: typed links from a story to a later one. Stories are linked, never merged.

use crate::link::cluster::{Edge, average_link};
use crate::link::vectors::Doc;
use crate::link::{Grouped, explain, names, score};
use crate::{Relation, StoryLink};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Days within which a story can continue another.
pub const WINDOW: i32 = 400;
/// Probability in millionths, days left aside, from which an article continues another's matter.
const STRONG: u32 = 500_000;
/// Mean over the pairs of two stories from which they are linked, in millionths.
const LINK: u32 = 300_000;
/// Days after which the same words are a repeat or a series rather than a development.
const LONG: i32 = 21;

/// Probability, in millionths, that two articles are about one matter, whenever they were written.
pub fn matter(a: &Doc, b: &Doc, weights: &score::Weights) -> u32 {
    let features = score::timeless(score::features(a, b, 0));
    weights.probability(&features)
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
            let enough = between.best >= STRONG && mean >= LINK;
            enough.then_some((Edge { a, b, probability: mean }, between.pair))
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
    let reason = explain::reason((all.prints[a], &all.docs[a]), (all.prints[b], &all.docs[b]), edge.probability);
    StoryLink {
        from: all.name(from),
        to: all.name(to),
        relation: relation(all, a, b),
        score: reason.score,
        terms: reason.terms,
        entities: reason.entities,
        days: reason.days,
    }
}

/// What the later article is to the earlier: the same said again by the same speaker, another of a kind, or news of it.
fn relation(all: &Grouped<'_>, a: usize, b: usize) -> Relation {
    let gap = all.docs[a].days.apart(&all.docs[b].days).or_else(|| all.docs[a].days.gap(&all.docs[b].days));
    if gap.is_none_or(|g| g < LONG) {
        return Relation::LaterDevelopment;
    }
    let said_again = all.prints[a].said.iter().any(|x| {
        let same = |y: &&crate::Said| !x.speaker.is_empty() && x.speaker == y.speaker;
        all.prints[b].said.iter().filter(same).any(|y| names::share_of_words(&x.words, &y.words) >= 200)
    });
    let f = score::features(&all.docs[a], &all.docs[b], 0);
    match said_again {
        true => Relation::RepeatOfClaim,
        false if score::value(&f, "cos_title") >= 400 => Relation::SameSeries,
        false => Relation::LaterDevelopment,
    }
}

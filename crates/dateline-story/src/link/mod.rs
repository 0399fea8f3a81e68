//! Linking: which articles repeat one text, report one event, continue one storyline.
//!
//! The way: terms ([`normalise`], [`vectors`]) → wording shared ([`copies`], [`align`], [`kinds`], [`origins`]) → pairs worth a look
//! ([`candidates`]) → their probability ([`score`]) → stories ([`cluster`]) → storylines ([`storylines`]), each with its
//! reasons ([`explain`]). Every edge depends on its two articles alone, every name on its members alone.

mod align;
mod candidates;
pub(crate) mod cluster;
mod copies;
mod core;
mod days;
mod explain;
pub(crate) mod idf;
mod kinds;
mod markup;
pub(crate) mod names;
pub(crate) mod normalise;
mod origins;
pub(crate) mod score;
mod stories;
mod storylines;
mod turns;
mod vectors;

use crate::{Copy, CopyKind, Links, Membership, Print, Reason};
use cluster::{Bars, Edge, average_link_within};
use copies::Shared;
use kinds::Sorted;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use score::{Features, Weights};
use std::collections::BTreeMap;
use vectors::Doc;

pub use align::{Aligned, aligned};
pub(crate) use copies::{contained, word_hash};
pub use stories::stories;

/// Days apart beyond which two dated articles are not of one story.
const WINDOW: i32 = 10;
/// Probability in millionths below which an edge is dropped.
const FAINT: u32 = 20_000;
/// Links told of each article.
const REASONS: usize = 5;

/// Links articles. The outcome does not depend on the order of input, apart from the order of `members`; of articles
/// with one id the fullest stands for all.
pub fn link(prints: &[Print]) -> Links {
    link_with(prints, Weights::shipped())
}

/// First and last day an article may have been published, counted from 1970-01-01.
pub type Published = Option<(i32, i32)>;

/// Groups articles by pairs with what they share, ties by position; for fitting weights.
pub fn group(days: &[Published], pairs: &[((usize, usize), Features)], weights: &Weights, bars: Bars) -> Vec<u32> {
    let edge = |((a, b), f): &((usize, usize), Features)| edge((*a as u32, *b as u32), f, weights);
    let edges: Vec<Edge> = pairs.iter().map(edge).filter(|e| e.probability >= FAINT).collect();
    let rank: Vec<u32> = (0..days.len() as u32).collect();
    group_of(days.len(), &average_link_within(days.len(), &edges, &rank, bars, days, WINDOW))
}

/// Links articles by given weights; for fitting them.
pub fn link_with(prints: &[Print], weights: &Weights) -> Links {
    let (unique, place) = unique(prints);
    let docs = vectors::docs(&unique);
    let rank = ranks(&unique, &docs);
    let shared = copies::copies(&docs);
    let near = candidates::candidates(&docs, storylines::WINDOW);
    let edges = edges(&docs, &near, &shared, weights);
    let days: Vec<_> = docs.iter().map(|d| d.days.published).collect();
    let groups = average_link_within(docs.len(), &edges, &rank, weights.bars, &days, WINDOW);
    let all = Grouped::new(&unique, &docs, weights, &rank, groups);
    let (links, lines) = storylines::storylines(&all, &near);
    let sorted = kinds::sort(&docs, &shared);
    let origins = origins::origins(&unique, &sorted.copies, &rank);
    let members = members(&all, &lines, &origins, &sorted, &edges);
    Links { members: place.into_iter().map(|i| members[i].clone()).collect(), storylines: links }
}

/// What is known of articles and candidate pairs before anything is weighed.
pub struct Evidence {
    /// When each article was published.
    pub days: Vec<Published>,
    /// Positions of each candidate pair, and what the two share.
    pub pairs: Vec<((usize, usize), Features)>,
}

/// What candidate pairs share; for fitting weights.
pub fn evidence(prints: &[Print]) -> Evidence {
    let refs: Vec<&Print> = prints.iter().collect();
    let docs = vectors::docs(&refs);
    let contained = containment(&copies::copies(&docs));
    let mut near = candidates::candidates(&docs, WINDOW);
    near.retain(|(a, b)| docs[*a as usize].days.near(&docs[*b as usize].days, WINDOW));
    let share = |(a, b): &(u32, u32)| ((*a as usize, *b as usize), compare(&docs, *a, *b, &contained));
    Evidence { days: docs.iter().map(|d| d.days.published).collect(), pairs: near.par_iter().map(share).collect() }
}

/// One article for each id, by id; and for each article of the input its position among them.
fn unique(prints: &[Print]) -> (Vec<&Print>, Vec<usize>) {
    let mut by_id: BTreeMap<&str, &Print> = BTreeMap::new();
    for p in prints {
        let held = by_id.entry(&p.id).or_insert(p);
        let fuller = (p.text.len(), &p.text, &p.title, &p.published)
            > (held.text.len(), &held.text, &held.title, &held.published);
        if fuller {
            *held = p;
        }
    }
    let at: BTreeMap<&str, usize> = by_id.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let place = prints.iter().map(|p| at[p.id.as_str()]).collect();
    (by_id.into_values().collect(), place)
}

/// Places of the articles in order of content; by which ties are decided.
fn ranks(prints: &[&Print], docs: &[Doc]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..docs.len()).collect();
    order.sort_by(|a, b| docs[*a].content.cmp(&docs[*b].content).then(prints[*a].id.cmp(&prints[*b].id)));
    let mut rank = vec![0; docs.len()];
    for (r, i) in order.into_iter().enumerate() {
        rank[i] = r as u32;
    }
    rank
}

/// Containment in the shorter of each pair that shares wording, in thousandths.
fn containment(shared: &[Shared]) -> FxHashMap<(u32, u32), u32> {
    shared.iter().map(|s| ((s.a, s.b), s.most())).collect()
}

fn compare(docs: &[Doc], a: u32, b: u32, contained: &FxHashMap<(u32, u32), u32>) -> Features {
    let copy = contained.get(&(a, b)).copied().unwrap_or(0);
    score::features(&docs[a as usize], &docs[b as usize], copy)
}

fn edge((a, b): (u32, u32), features: &Features, weights: &Weights) -> Edge {
    Edge { a, b, probability: weights.probability(features), evidence: weights.evidence(features) }
}

fn edges(docs: &[Doc], near: &[(u32, u32)], shared: &[Shared], weights: &Weights) -> Vec<Edge> {
    let contained = containment(shared);
    near.par_iter()
        .filter(|(a, b)| docs[*a as usize].days.near(&docs[*b as usize].days, WINDOW))
        .map(|(a, b)| edge((*a, *b), &compare(docs, *a, *b, &contained), weights))
        .filter(|e| e.probability >= FAINT)
        .collect()
}

/// Articles in their stories; what storylines and explanations are made from.
struct Grouped<'p> {
    prints: &'p [&'p Print],
    docs: &'p [Doc],
    weights: &'p Weights,
    rank: &'p [u32],
    /// Members of each story.
    stories: Vec<Vec<u32>>,
    /// Story of each article.
    story_of: Vec<u32>,
}

impl<'p> Grouped<'p> {
    fn new(
        prints: &'p [&'p Print],
        docs: &'p [Doc],
        weights: &'p Weights,
        rank: &'p [u32],
        stories: Vec<Vec<u32>>,
    ) -> Grouped<'p> {
        let story_of = group_of(docs.len(), &stories);
        Grouped { prints, docs, weights, rank, stories, story_of }
    }

    fn ids(&self, members: &[u32]) -> Vec<&'p str> {
        members.iter().map(|i| self.prints[*i as usize].id.as_str()).collect()
    }

    fn name(&self, story: u32) -> String {
        names::name('s', self.ids(&self.stories[story as usize]))
    }

    fn least_rank(&self, members: &[u32]) -> u32 {
        members.iter().map(|i| self.rank[*i as usize]).min().unwrap_or(u32::MAX)
    }

    fn pair_rank(&self, (a, b): (u32, u32)) -> (u32, u32) {
        let (x, y) = (self.rank[a as usize], self.rank[b as usize]);
        (x.min(y), x.max(y))
    }

    /// First day of a story, known or guessed from the days its articles mention, then its rank.
    fn begins(&self, story: u32) -> (i32, u32) {
        let members = &self.stories[story as usize];
        let published = |i: &u32| self.docs[*i as usize].days.published.map(|(first, _)| first);
        let mentioned = |i: &u32| self.docs[*i as usize].days.mentioned.last().copied();
        let day = members.iter().filter_map(published).min().or(members.iter().filter_map(mentioned).min());
        // a page with no date is taken for the earlier one: it was there when the dated one was not yet
        (day.unwrap_or(i32::MIN), self.least_rank(members))
    }
}

/// For each of `n` articles the group it is in.
fn group_of(n: usize, groups: &[Vec<u32>]) -> Vec<u32> {
    let mut of = vec![0; n];
    for (g, members) in groups.iter().enumerate() {
        for i in members {
            of[*i as usize] = g as u32;
        }
    }
    of
}

fn members(
    all: &Grouped<'_>,
    lines: &[Vec<u32>],
    origins: &[Vec<u32>],
    shared: &Sorted,
    edges: &[Edge],
) -> Vec<Membership> {
    let n = all.docs.len();
    let story_names: Vec<String> = (0..all.stories.len()).map(|s| all.name(s as u32)).collect();
    let line_of = group_of(all.stories.len(), lines);
    let line_name = |stories: &Vec<u32>| {
        let members: Vec<u32> = stories.iter().flat_map(|s| all.stories[*s as usize].iter().copied()).collect();
        names::name('l', all.ids(&members))
    };
    let line_names: Vec<String> = lines.iter().map(line_name).collect();
    let origin_of = group_of(n, origins);
    let origin_names: Vec<String> = origins.iter().map(|o| names::name('o', all.ids(o))).collect();
    let mut copies = copies_of(all, &copies::told(all.docs, &shared.copies));
    let passages: Vec<_> = shared.passages.iter().map(|s| (*s, CopyKind::Passage)).collect();
    let mut passages = copies_of(all, &passages);
    let mut because = reasons(all, edges);
    (0..n)
        .map(|i| {
            let story = all.story_of[i] as usize;
            Membership {
                id: all.prints[i].id.clone(),
                story: story_names[story].clone(),
                storyline: line_names[line_of[story] as usize].clone(),
                origin: origin_names[origin_of[i] as usize].clone(),
                copies: std::mem::take(&mut copies[i]),
                passages: std::mem::take(&mut passages[i]),
                because: std::mem::take(&mut because[i]),
                version_of: None,
            }
        })
        .collect()
}

fn copies_of(all: &Grouped<'_>, shared: &[(Shared, CopyKind)]) -> Vec<Vec<Copy>> {
    let mut out: Vec<Vec<Copy>> = vec![Vec::new(); all.docs.len()];
    let share = |thousandths: u32| f64::from(thousandths) / 1000.0;
    for (s, kind) in shared {
        let [ab, ba] = s.containment.map(share);
        let id = |i: u32| all.prints[i as usize].id.clone();
        out[s.a as usize].push(Copy { of: id(s.b), containment: [ab, ba], kind: *kind });
        out[s.b as usize].push(Copy { of: id(s.a), containment: [ba, ab], kind: *kind });
    }
    for list in &mut out {
        list.sort_by(|x, y| x.of.cmp(&y.of));
    }
    out
}

/// The strongest links of each article within its story.
fn reasons(all: &Grouped<'_>, edges: &[Edge]) -> Vec<Vec<Reason>> {
    let mut near: Vec<Vec<(u32, u32)>> = vec![Vec::new(); all.docs.len()];
    for e in edges {
        if all.story_of[e.a as usize] == all.story_of[e.b as usize] {
            near[e.a as usize].push((e.probability, e.b));
            near[e.b as usize].push((e.probability, e.a));
        }
    }
    let of = |i: usize| (all.prints[i], &all.docs[i]);
    near.into_par_iter()
        .enumerate()
        .map(|(i, mut links)| {
            links.sort_by_key(|(p, b)| (std::cmp::Reverse(*p), all.rank[*b as usize]));
            links.iter().take(REASONS).map(|(p, b)| explain::reason(of(i), of(*b as usize), *p, all.weights)).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests;

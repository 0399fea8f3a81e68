//! Linking: which articles repeat one text, report one event, continue one storyline.
//!
//! The way: terms ([`normalise`], [`vectors`]) → wording shared ([`copies`], [`align`], [`kinds`], [`origins`]) → pairs worth a look
//! ([`candidates`]) → their probability ([`score`]) → stories ([`cluster`]) → storylines ([`storylines`]), each with its
//! reasons ([`explain`]). Every edge depends on its two articles alone, every name on its members alone.

mod align;
mod candidates;
mod change;
pub(crate) mod cluster;
mod copies;
mod core;
mod days;
mod explain;
mod groups;
pub(crate) mod idf;
mod joining;
mod kinds;
mod leaving;
mod linker;
mod markup;
pub(crate) mod names;
pub(crate) mod normalise;
mod origins;
mod packed;
mod saved;
pub(crate) mod score;
mod shape;
mod stories;
mod storylines;
mod turns;
mod vectors;
mod world;

use crate::{Links, Membership, Print, StoryLink};
use cluster::{Bars, Edge, average_link_within};
use copies::Shared;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use score::{Features, Weights};
use std::collections::BTreeMap;
use std::convert::Infallible;
use vectors::Doc;

pub use align::{Aligned, aligned};
pub use change::{Grown, Row, Told};
pub(crate) use copies::{contained, word_hash};
pub use linker::{Head, Linker, Shelf};
pub use saved::Known;
pub use stories::{Face, stories, stories_of};

/// Days apart beyond which two dated articles are not of one story.
const WINDOW: i32 = 10;
/// Probability in millionths below which an edge is dropped.
const FAINT: u32 = 50_000;
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
    group_of(days.len(), &average_link_within(&edges, &rank, bars, days, WINDOW))
}

/// Links articles by given weights; for fitting them.
pub fn link_with(prints: &[Print], weights: &Weights) -> Links {
    let (unique, place) = unique(prints);
    let docs = vectors::docs(&unique);
    let numbers: Vec<i64> = (0..unique.len() as i64).collect();
    let Ok(change) = Linker::new(weights).take(&numbers, &unique, &docs, &mut Nothing);
    let members: Vec<Membership> = change.rows.par_iter().map(|row| member(row, &unique, &docs, weights)).collect();
    let mut storylines: Vec<StoryLink> = change.links.into_iter().map(|(link, _)| link).collect();
    let at = |id: &str| unique.binary_search_by(|p| p.id.as_str().cmp(id)).ok();
    let of = |id: &str| at(id).map(|i| (unique[i], &docs[i]));
    storylines.par_iter_mut().for_each(|link| explain_link(link, of));
    Links { members: place.into_iter().map(|i| members[i].clone()).collect(), storylines }
}

/// A shelf that nothing is asked of: all articles come at once.
struct Nothing;

impl Shelf for Nothing {
    type Error = Infallible;
    fn shapes(&mut self, _: &[i64]) -> Result<Vec<Vec<u8>>, Infallible> {
        Ok(Vec::new())
    }
    fn prints(&mut self, _: &[i64]) -> Result<Vec<Print>, Infallible> {
        Ok(Vec::new())
    }
}

/// What is said of one article of those at hand, whose numbers are their positions.
fn member(row: &Row, prints: &[&Print], docs: &[Doc], weights: &Weights) -> Membership {
    let of = |n: i64| (prints[n as usize], &docs[n as usize]);
    let reason = |(n, p): &(i64, u32)| explain::reason(of(row.n), of(*n), p * 1000, weights);
    Membership {
        copies: row.copies.iter().map(|c| c.of(&of(c.n).0.id)).collect(),
        passages: row.passages.iter().map(|c| c.of(&of(c.n).0.id)).collect(),
        because: row.because.iter().map(reason).collect(),
        id: of(row.n).0.id.clone(),
        story: row.story.clone(),
        storyline: row.storyline.clone(),
        origin: row.origin.clone(),
        version_of: None,
    }
}

/// Gives links within stories, of which articles and score are known, the words that explain them: those of articles
/// at hand.
pub fn explain(members: &mut [Membership], prints: &[Print]) {
    let docs = vectors::docs(&prints.iter().collect::<Vec<_>>());
    let at: BTreeMap<&str, usize> = prints.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
    let of = |id: &str| at.get(id).map(|i| (&prints[*i], &docs[*i]));
    members.par_iter_mut().for_each(|member| {
        let Some(own) = of(&member.id) else { return };
        for reason in &mut member.because {
            let thousandths = (reason.score.clamp(0.0, 1.0) * 1000.0).round() as u32;
            if let Some(other) = of(&reason.with) {
                *reason = explain::reason(own, other, 1000 * thousandths, Weights::shipped());
            }
        }
    });
}

/// Gives links between stories the words that explain them: those of articles at hand.
pub fn explain_links(links: &mut [StoryLink], prints: &[Print]) {
    let docs = vectors::docs(&prints.iter().collect::<Vec<_>>());
    let at: BTreeMap<&str, usize> = prints.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
    let of = |id: &str| at.get(id).map(|i| (&prints[*i], &docs[*i]));
    links.iter_mut().for_each(|link| explain_link(link, of));
}

fn explain_link<'d>(link: &mut StoryLink, of: impl Fn(&str) -> Option<(&'d Print, &'d Doc)>) {
    let pair = link.shown_by.as_ref().and_then(|[a, b]| Some((of(a)?, of(b)?)));
    let Some((a, b)) = pair else { return };
    link.terms = explain::terms(a.1, b.1);
    link.entities = explain::entities(a.0, b.0);
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
    let heads: Vec<Head> = docs.iter().map(|d| Head { published: d.days.published, ..Head::default() }).collect();
    let mut tops = candidates::Tops::default();
    tops.enter(0, &docs);
    let before = tops.before(0, &docs, &heads, WINDOW);
    let pairs = before.iter().enumerate().flat_map(|(b, with)| with.iter().map(move |a| (*a, b as u32)));
    let mut near: Vec<(u32, u32)> = pairs.collect();
    near.retain(|(a, b)| docs[*a as usize].days.near(&docs[*b as usize].days, WINDOW));
    near.sort_unstable();
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

/// Containment in the shorter of each pair that shares wording, in thousandths.
fn containment(shared: &[Shared]) -> FxHashMap<(u32, u32), u32> {
    shared.iter().map(|s| ((s.a.min(s.b), s.a.max(s.b)), s.most())).collect()
}

fn compare(docs: &[Doc], a: u32, b: u32, contained: &FxHashMap<(u32, u32), u32>) -> Features {
    let copy = contained.get(&(a, b)).copied().unwrap_or(0);
    score::features(&docs[a as usize], &docs[b as usize], copy)
}

fn edge((a, b): (u32, u32), features: &Features, weights: &Weights) -> Edge {
    Edge { a, b, probability: weights.probability(features), evidence: weights.evidence(features) }
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

#[cfg(test)]
mod growing;
#[cfg(test)]
mod tests;

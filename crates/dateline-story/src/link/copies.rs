//! Copies: texts that share wording. Candidates by winnowed 5-grams of words (Schleimer, Wilkerson and Aiken 2003), then
//! the exact share of 5-grams both ways (containment: Broder 1997).

use crate::Print;
use crate::link::names::hash32;
use crate::link::vectors::Doc;
use dateline_text::{WordKind, fold, words};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Words in a gram.
const GRAM: usize = 5;
/// Grams of which the least is kept: any shared run of `GRAM + WINDOW - 1` words is found.
const WINDOW: usize = 4;
/// Words looked at of one article.
const READ: usize = 6000;
/// Shared fingerprints from which a pair is looked at.
const SHARED: u32 = 2;
/// Shared grams below which wording may be chance, a name with its title, a date line.
const LEAST: usize = 10;
/// Share of the shorter, in thousandths, from which a pair counts as sharing wording.
const WORTH: u32 = 250;
/// The same within one outlet, which pastes its own background and notices into article after article.
const WORTH_OWN: u32 = 500;

/// Wording shared by two articles; `a` and `b` are positions among the articles, `a < b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// The first.
    pub a: u32,
    /// The second.
    pub b: u32,
    /// Thousandths of the first's 5-grams that stand in the second, and the converse.
    pub containment: [u32; 2],
}

/// Hashes of all words of an article's text, in order.
pub fn word_hashes(print: &Print) -> Vec<u32> {
    let text = &print.text;
    let hash = |raw: &str| if raw.is_ascii() { ascii_hash(raw) } else { hash32(&fold(raw)) };
    words(text).iter().filter(|w| w.kind != WordKind::Mark).take(READ).map(|w| hash(w.of(text))).collect()
}

fn ascii_hash(raw: &str) -> u32 {
    raw.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

fn grams(words: &[u32]) -> Vec<u64> {
    words.windows(GRAM).map(gram).collect()
}

fn gram(words: &[u32]) -> u64 {
    let h = words.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| {
        (h ^ u64::from(*w)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
    });
    (h ^ (h >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The least gram of every window, once each.
fn fingerprints(words: &[u32]) -> Vec<u64> {
    let grams = grams(words);
    let mut out: Vec<u64> = if grams.len() < WINDOW {
        grams.iter().min().copied().into_iter().collect()
    } else {
        grams.windows(WINDOW).filter_map(|w| w.iter().min().copied()).collect()
    };
    out.sort_unstable();
    out.dedup();
    out
}

/// All pairs that share wording worth telling, by `a`, then `b`.
pub fn copies(docs: &[Doc]) -> Vec<Shared> {
    let prints: Vec<Vec<u64>> = docs.par_iter().map(|d| fingerprints(&d.words)).collect();
    let mut postings: Vec<(u64, u32)> =
        prints.iter().enumerate().flat_map(|(i, f)| f.iter().map(move |h| (*h, i as u32))).collect();
    postings.par_sort_unstable();
    let mut index: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    for (at, run) in runs(&postings) {
        if run > 1 {
            index.insert(postings[at].0, (at as u32, (at + run) as u32));
        }
    }
    (0..docs.len())
        .into_par_iter()
        .flat_map_iter(|a| {
            let near = sharing(a, &prints[a], &postings, &index);
            let own: FxHashSet<u64> =
                if near.is_empty() { FxHashSet::default() } else { grams(&docs[a].words).into_iter().collect() };
            near.into_iter()
                .filter_map(|b| measure((a, &own), b, &docs[b]).filter(|s| s.is_worth(&docs[a], &docs[b])))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Start and length of each run of one fingerprint.
fn runs(postings: &[(u64, u32)]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for chunk in postings.chunk_by(|x, y| x.0 == y.0) {
        out.push((start, chunk.len()));
        start += chunk.len();
    }
    out
}

/// Later articles that share enough fingerprints with article `a`.
fn sharing(a: usize, own: &[u64], postings: &[(u64, u32)], index: &FxHashMap<u64, (u32, u32)>) -> Vec<usize> {
    let mut count: FxHashMap<u32, u32> = FxHashMap::default();
    for print in own {
        let Some((from, to)) = index.get(print) else { continue };
        let run = &postings[*from as usize..*to as usize];
        let later = run.partition_point(|(_, d)| *d as usize <= a);
        for (_, b) in &run[later..] {
            *count.entry(*b).or_default() += 1;
        }
    }
    let mut out: Vec<usize> = count.into_iter().filter(|(_, n)| *n >= SHARED).map(|(b, _)| b as usize).collect();
    out.sort_unstable();
    out
}

fn measure((a, own): (usize, &FxHashSet<u64>), b: usize, doc: &Doc) -> Option<Shared> {
    let other: FxHashSet<u64> = grams(&doc.words).into_iter().collect();
    let shared = other.iter().filter(|g| own.contains(g)).count();
    let share = |of: usize| (1000 * shared / of.max(1)) as u32;
    let containment = [share(own.len()), share(other.len())];
    let least = LEAST.min(own.len().min(other.len())).max(3);
    (shared >= least).then_some(Shared { a: a as u32, b: b as u32, containment })
}

impl Shared {
    /// Thousandths of the shorter text that stand in the other.
    pub fn most(&self) -> u32 {
        self.containment[0].max(self.containment[1])
    }

    fn is_worth(&self, a: &Doc, b: &Doc) -> bool {
        let own = a.outlet.is_some() && a.outlet == b.outlet;
        self.most() >= if own { WORTH_OWN } else { WORTH }
    }
}

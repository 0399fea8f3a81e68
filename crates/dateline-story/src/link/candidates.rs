//! Candidates: pairs worth a closer look. A pair is one by its own two articles alone.

use crate::link::vectors::Doc;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Shared terms among the heaviest from which two dated articles are compared.
const SHARED: u32 = 2;
/// The same where one is undated: a higher bar.
const SHARED_UNDATED: u32 = 3;

/// Pairs `(a, b)`, `a < b`, that share enough of their heaviest terms and lie at most `window` days apart where both
/// are dated. Sorted.
pub fn candidates(docs: &[Doc], window: i32) -> Vec<(u32, u32)> {
    let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (i, doc) in docs.iter().enumerate() {
        for (term, _) in &doc.top {
            postings.entry(*term).or_default().push(i as u32);
        }
    }
    let near: Vec<Vec<(u32, u32)>> =
        (0..docs.len()).into_par_iter().map(|a| of_one(a, docs, &postings, window)).collect();
    near.into_iter().flatten().collect()
}

fn of_one(a: usize, docs: &[Doc], postings: &FxHashMap<u32, Vec<u32>>, window: i32) -> Vec<(u32, u32)> {
    let mut count: FxHashMap<u32, u32> = FxHashMap::default();
    for (term, _) in &docs[a].top {
        let Some(with) = postings.get(term) else { continue };
        let later = with.partition_point(|d| *d as usize <= a);
        for b in &with[later..] {
            *count.entry(*b).or_default() += 1;
        }
    }
    let mut out: Vec<(u32, u32)> = count
        .into_iter()
        .filter(|(b, shared)| match docs[a].days.apart(&docs[*b as usize].days) {
            Some(days) => *shared >= SHARED && days <= window,
            None => *shared >= SHARED_UNDATED,
        })
        .map(|(b, _)| (a as u32, b))
        .collect();
    out.sort_unstable();
    out
}

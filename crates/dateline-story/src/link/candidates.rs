//! Candidates: pairs worth a closer look. A pair is one by its own two articles alone.

use crate::link::vectors::Doc;
use crate::link::{Head, packed};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Shared terms among the heaviest from which two dated articles are compared.
const SHARED: u8 = 2;
/// The same where one is undated: a higher bar.
const SHARED_UNDATED: u8 = 3;

/// Which articles have which term among their heaviest: pairs of term and place, sorted, a list for each range of
/// places.
#[derive(Debug, Default)]
pub struct Tops {
    lists: Vec<Vec<(u32, u32)>>,
}

impl Tops {
    /// Takes in articles that stand in places from `base`.
    pub fn enter(&mut self, base: u32, docs: &[Doc]) {
        let tops = |(i, d): (usize, &Doc)| {
            let place = base + i as u32;
            d.top.iter().map(move |(term, _)| (*term, place)).collect::<Vec<_>>()
        };
        let mut list: Vec<(u32, u32)> = docs.iter().enumerate().flat_map(tops).collect();
        list.par_sort_unstable();
        list.dedup();
        self.lists.push(list);
    }

    /// Takes articles out of a list.
    pub fn remove(&mut self, at: usize, places: &BTreeSet<u32>) {
        if let Some(list) = self.lists.get_mut(at) {
            list.retain(|(_, place)| !places.contains(place));
        }
    }

    /// Makes the last `n` lists one.
    pub fn merge(&mut self, n: usize) {
        let mut list = self.lists.split_off(self.lists.len().saturating_sub(n)).concat();
        list.sort_unstable();
        self.lists.push(list);
    }

    /// The last list, as bytes.
    pub fn pack(&self, at: usize) -> Vec<u8> {
        self.lists.get(at).map(|l| packed::pairs(l)).unwrap_or_default()
    }

    /// Takes in a list from its bytes.
    pub fn unpack(&mut self, bytes: &[u8]) {
        self.lists.push(packed::unpaired(bytes).collect());
    }

    /// For each of some articles, which are in here too, the places before it of those that share enough of its
    /// heaviest terms and lie at most `window` days apart where both are dated. Sorted.
    pub fn before(&self, base: u32, docs: &[Doc], heads: &[Head], window: i32) -> Vec<Vec<u32>> {
        let one = |count: &mut Vec<u8>, i: usize| self.of_one(base + i as u32, &docs[i], heads, window, count);
        (0..docs.len()).into_par_iter().map_init(|| vec![0; heads.len()], one).collect()
    }

    fn of_one(&self, place: u32, doc: &Doc, heads: &[Head], window: i32, count: &mut [u8]) -> Vec<u32> {
        let mut seen: Vec<u32> = Vec::new();
        for list in &self.lists {
            for (term, _) in &doc.top {
                let from = list.partition_point(|x| *x < (*term, 0));
                for (_, other) in list[from..].iter().take_while(|(t, p)| t == term && *p < place) {
                    let times = &mut count[*other as usize];
                    if *times == 0 {
                        seen.push(*other);
                    }
                    *times = times.saturating_add(1);
                }
            }
        }
        let own = heads[place as usize].published;
        seen.retain(|other| {
            let shared = std::mem::take(&mut count[*other as usize]);
            enough(shared, own, heads[*other as usize].published, window)
        });
        seen.sort_unstable();
        seen
    }
}

fn enough(shared: u8, a: Option<(i32, i32)>, b: Option<(i32, i32)>, window: i32) -> bool {
    match a.zip(b) {
        Some((a, b)) => shared >= SHARED && (a.0 - b.1).max(b.0 - a.1).max(0) <= window,
        None => shared >= SHARED_UNDATED,
    }
}

/// Whether two articles are candidates.
pub fn are(a: &Doc, b: &Doc, window: i32) -> bool {
    let shared = a.top.iter().filter(|(term, _)| b.top.iter().any(|(other, _)| other == term)).count();
    enough(u8::try_from(shared).unwrap_or(u8::MAX), a.days.published, b.days.published, window)
}

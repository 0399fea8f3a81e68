//! Origins: articles that are in substance one text count as one source.

use crate::link::cluster::{Edge, average_link};
use crate::link::copies::Shared;
use crate::{CopyKind, Print};

/// Millionths of the shorter text from which two, and on the mean two groups of copies, are in substance one: two
/// texts that only a digest brings together stay apart.
const SAME: u32 = 600_000;
/// Added where both credit one agency: two cuts of one wire may share little.
const ONE_WIRE: u32 = 200_000;

/// Groups of articles of one origin; every article is in one. Also pairs below the mark are weighed: two different
/// cuts of one wire share less with each other than with the whole.
pub fn origins(prints: &[&Print], copies: &[(Shared, CopyKind)], rank: &[u32]) -> Vec<Vec<u32>> {
    let wire = |i: u32| prints[i as usize].wire.as_deref().filter(|w| !w.is_empty());
    let edges: Vec<Edge> = copies
        .iter()
        .map(|(s, _)| {
            let one_wire = wire(s.a).is_some_and(|w| wire(s.b).is_some_and(|v| v.eq_ignore_ascii_case(w)));
            let contained = 1000 * s.most();
            Edge { a: s.a, b: s.b, probability: contained + if one_wire { ONE_WIRE } else { 0 }, evidence: 0 }
        })
        .collect();
    average_link(prints.len(), &edges, rank, SAME)
}

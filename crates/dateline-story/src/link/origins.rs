//! Origins: articles that are in substance one text count as one source.

use crate::Print;
use crate::link::cluster::{Edge, average_link};
use crate::link::copies::Shared;

/// Thousandths of the shorter text from which two are in substance one.
const SAME: u32 = 600;
/// The same where both credit one agency.
const SAME_WIRE: u32 = 400;
/// Mean share, in millionths, from which groups of copies join: two texts that only a digest brings together stay apart.
const JOIN: u32 = 450_000;

/// Groups of articles of one origin; every article is in one.
pub fn origins(prints: &[&Print], shared: &[Shared], rank: &[u32]) -> Vec<Vec<u32>> {
    let edges: Vec<Edge> = shared
        .iter()
        .filter(|s| {
            let wire = |i: u32| prints[i as usize].wire.as_deref().filter(|w| !w.is_empty());
            let one_wire = wire(s.a).is_some_and(|w| wire(s.b).is_some_and(|v| v.eq_ignore_ascii_case(w)));
            s.containment[0].max(s.containment[1]) >= if one_wire { SAME_WIRE } else { SAME }
        })
        .map(|s| Edge { a: s.a, b: s.b, probability: 1000 * s.containment[0].max(s.containment[1]) })
        .collect();
    average_link(prints.len(), &edges, rank, JOIN)
}

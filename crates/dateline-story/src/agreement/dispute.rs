//! Two figures for one thing inside one article: the sides of a dispute, told beside each other.
//!
//! "The federation says 2,400 workers. The operator counted 1,600 workers": the writer sets two numbers of one thing
//! side by side, each with its giver. What each side says of itself ("it lost 14 tanks") is no dispute.

use super::same::{Pair, elsewhere, relation};
use super::subject::Subject;
use super::tables::{Class, look};

/// Sentences between two sides of a dispute.
const APART: usize = 3;

/// Whether two figures of one article are the sides of a dispute.
pub(super) fn disputed(a: &Subject, b: &Subject, only_two: bool) -> bool {
    let same_thing = a.report == b.report
        && a.dimension == b.dimension
        && a.role == b.role
        && a.scope == b.scope
        && a.sentence.abs_diff(b.sentence) <= APART
        && match (&a.head, &b.head) {
            (Some(x), Some(y)) => x == y && a.qualifiers == b.qualifiers,
            // sums: what they are is said beside them ("grants come to $900 million")
            _ => a.role.is_some() && !a.dimension.is_empty(),
        };
    let many = a.head.as_deref().is_some_and(|h| look(Class::Many, h).is_some());
    if !same_thing || many || a.own || b.own || matches!(a.dimension.as_str(), "time" | "months" | "ratio" | "votes") {
        return false;
    }
    if a.value.is_none()
        || b.value.is_none()
        || elsewhere(a, b)
        || relation(a, b) != Pair::Different
        || a.moves
        || b.moves
        || a.periods != b.periods
    {
        return false;
    }
    match (&a.giver, &b.giver) {
        (Some(x), Some(y)) => x != y,
        (Some(_), None) | (None, Some(_)) => only_two && (a.contested || b.contested),
        (None, None) => false,
    }
}

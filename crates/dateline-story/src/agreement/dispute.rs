//! Two figures for one thing inside one article: the sides of a dispute, told beside each other.
//!
//! "The federation says 2,400 workers. The operator counted 1,600 workers": the writer sets two numbers of one thing
//! side by side, each with its giver. What each side says of itself ("it lost 14 tanks") is no dispute.

use super::same::{Pair, elsewhere, relation};
use super::subject::Subject;
use super::tables::{Class, look};
use crate::Report;
use dateline_text::{fold, words};

/// Sentences between two sides of a dispute.
const APART: usize = 3;

/// Whether two figures of one article are the sides of a dispute. `told`: where the page itself gives one of them,
/// whether it says that these two do not fit; asked last, as it reads the sentences again.
pub(super) fn disputed(a: &Subject, b: &Subject, told: impl Fn() -> bool) -> bool {
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
    if !same_thing
        || a.is_one_of_many()
        || a.own
        || b.own
        || a.value.is_none()
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
        (Some(_), None) | (None, Some(_)) => told(),
        (None, None) => false,
    }
}

/// Whether the sentence of either figure, or the one before it, says that numbers do not fit.
pub(super) fn contested(reports: &[&Report], a: &Subject, b: &Subject) -> bool {
    let Some(page) = reports.get(a.report) else { return false };
    let sentences = &page.reading.sentences;
    let near = |s: &Subject| s.sentence.saturating_sub(1)..sentences.len().min(s.sentence + 1);
    [a, b].into_iter().flat_map(near).filter_map(|i| sentences.get(i)).any(|s| {
        let sentence = s.of(&page.article.text);
        words(sentence).iter().any(|w| look(Class::Dispute, &fold(w.of(sentence))).is_some())
    })
}

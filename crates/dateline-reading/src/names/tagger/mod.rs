//! The tagger: a linear-chain model over the words that may be part of a name, with the rules' own names among its
//! features. Learnt by `dateline-train`, which calls the very same code ([`super::learning`]).

mod clusters;
mod elsewhere;
pub(super) mod facts;
pub(super) mod features;
mod hash;
pub mod labels;
pub(super) mod model;

pub use clusters::Clusters;
pub use model::Model;
use model::Scores;

use super::cut::Piece;
use super::tokens::Tokens;
use super::weigh::Decided;
use crate::NameKind;
use features::Features;
use labels::{KINDS, Part};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static SHIPPED: LazyLock<Option<Model<'static>>> =
    LazyLock::new(|| Model::new(include_bytes!("../../../data/names/tagger.model")));

/// The shipped model.
pub(super) fn shipped() -> Option<&'static Model<'static>> {
    SHIPPED.as_ref()
}

/// Stretches and features of an article.
pub(super) fn features(t: &Tokens, clusters: &Clusters, ruled: &[Decided], wanted: impl Fn(usize) -> bool) -> Features {
    Features::of(t, &facts::of(t, clusters, ruled), wanted)
}

/// A name as the chain found it, with what its words say for each kind.
struct Found {
    first: usize,
    last: usize,
    kind: usize,
    scores: [i32; KINDS.len()],
}

/// The names of the sentences for which `wanted` holds, in order.
pub(super) fn names(
    t: &Tokens,
    model: &Model,
    ruled: &[Decided],
    wanted: impl Fn(usize) -> bool,
) -> Vec<(Piece, NameKind)> {
    let all = features(t, Clusters::shipped(), ruled, wanted);
    let mut found = Vec::new();
    let mut words = all.of_words.iter();
    for stretch in all.stretches {
        let scores: Vec<Scores> =
            words.by_ref().take(stretch.len()).map(|w| model.scores(&all.all[w.clone()])).collect();
        let mut first = 0;
        for (i, label) in model.best(&scores).into_iter().enumerate() {
            let Some((kind, part)) = labels::parts(label) else { continue };
            if matches!(part, Part::First | Part::Only) {
                first = i;
            }
            if matches!(part, Part::Last | Part::Only) {
                let scores = of_kinds(&scores[first..=i]);
                found.push(Found { first: stretch.start + first, last: stretch.start + i, kind, scores });
            }
        }
    }
    agree(t, &mut found);
    found.into_iter().map(|f| piece(t, f.first, f.last, KINDS[f.kind])).collect()
}

/// What the words of one name say for each kind.
fn of_kinds(words: &[Scores]) -> [i32; KINDS.len()] {
    let mut out = [0_i32; KINDS.len()];
    for (i, word) in words.iter().enumerate() {
        let part = match (i == 0, i + 1 == words.len()) {
            (true, true) => Part::Only,
            (true, false) => Part::First,
            (false, true) => Part::Last,
            (false, false) => Part::Inner,
        };
        for (kind, sum) in out.iter_mut().enumerate() {
            *sum = sum.saturating_add(word[labels::label(kind, part)]);
        }
    }
    out
}

/// One name, one kind: each mention is what it and all mentions of the name in the article say together, unless its own
/// place speaks clearly for another.
fn agree(t: &Tokens, found: &mut [Found]) {
    let mut sums: BTreeMap<String, ([i64; KINDS.len()], i64)> = BTreeMap::new();
    let keys: Vec<String> = found.iter().map(|f| t.key(f.first, f.last)).collect();
    for (f, key) in found.iter().zip(&keys) {
        let (sum, n) = sums.entry(key.clone()).or_insert(([0; KINDS.len()], 0));
        *n += 1;
        for (s, x) in sum.iter_mut().zip(f.scores) {
            *s += i64::from(x);
        }
    }
    for (f, key) in found.iter_mut().zip(&keys) {
        if let Some((sum, n)) = sums.get(key).filter(|(_, n)| *n > 1) {
            let both = |k: usize| i64::from(f.scores[k]) + sum[k] / n;
            // The kind that the chain chose wins a draw.
            f.kind = (0..KINDS.len()).fold(f.kind, |best, k| if both(k) > both(best) { k } else { best });
        }
    }
}

fn piece(t: &Tokens, first: usize, last: usize, kind: NameKind) -> (Piece, NameKind) {
    let initial = t.sentences.binary_search_by_key(&first, |s| s.start).is_ok();
    (Piece { first, last, kind: Some(kind), head: None, rule: "tagger", initial }, kind)
}

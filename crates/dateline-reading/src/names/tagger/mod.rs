//! The tagger: a linear-chain model over the words that may be part of a name, with the rules' own names among its
//! features. Learnt by `dateline-train`, which calls the very same code ([`super::learning`]).

mod clusters;
mod elsewhere;
pub(super) mod facts;
pub(super) mod features;
mod hash;
pub mod labels;
mod listed;
pub(super) mod model;

pub use clusters::Clusters;
pub use model::Model;
use model::Scores;

use super::cut::Piece;
use super::tokens::Tokens;
use super::weigh::Decided;
use crate::NameKind;
use dateline_lexicon::names::sound;
use features::Features;
use labels::{KINDS, Part};
use rustc_hash::FxHashSet;
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

/// Persons, places and organisations among [`KINDS`].
const PERSON: usize = 0;
const PLACE: usize = 2;
const ORG: usize = 1;

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
    found.retain(|f| !is_participle(t, f));
    agree(t, &mut found);
    surnames(t, &mut found);
    again(t, ruled, &mut found);
    forms_of_company(t, &mut found);
    listed::whole(t, ruled, &mut found);
    found.into_iter().map(|f| piece(t, f.first, f.last, KINDS[f.kind])).collect()
}

/// "Enraged, he left": a participle that opens a sentence and a comma closes off is nobody, unless lists know the name.
fn is_participle(t: &Tokens, f: &Found) -> bool {
    let word = t.folded(f.first);
    let opens = || t.sentences.binary_search_by_key(&f.first, |s| s.start).is_ok() || t.text(f.first - 1) == "“";
    let known = || {
        let known = t.lexicon.names.person(word);
        known.given || known.surname
    };
    f.first == f.last
        && f.kind == PERSON
        && word.len() > 4
        && word.ends_with("ed")
        && t.text(f.last + 1) == ","
        && (f.first == 0 || opens())
        && !known()
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

/// A single word that ends a person's full name in the article is that person's surname, also where it is carried over
/// from another alphabet in another way ("Zelenskyy" beside "Volodymyr Zelensky"), unless it also names a place.
fn surnames(t: &Tokens, found: &mut [Found]) {
    let full: FxHashSet<String> =
        found.iter().filter(|f| f.kind == PERSON && f.last > f.first).map(|f| sound(t.folded(f.last))).collect();
    for f in found.iter_mut().filter(|f| f.first == f.last && f.kind != PERSON) {
        let word = t.folded(f.first);
        if full.contains(&sound(word)) && !(f.kind == PLACE && t.lexicon.places.is_named(word)) {
            f.kind = PERSON;
        }
    }
}

/// A candidate of the rules that the chain passed over, though it took the same words for a name in another place, is
/// that name again; a common word that opens a sentence is not. Places are left: they stand in others' names too often.
fn again(t: &Tokens, ruled: &[Decided], found: &mut Vec<Found>) {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut sounds: FxHashSet<String> = FxHashSet::default();
    for f in found.iter().filter(|f| f.kind != PLACE) {
        kinds.entry(t.key(f.first, f.last)).or_insert(f.kind);
        if f.kind == PERSON && f.last > f.first {
            kinds.entry(t.folded(f.last).to_owned()).or_insert(PERSON);
            sounds.insert(sound(t.folded(f.last)));
        }
    }
    let mut more = Vec::new();
    for (p, ..) in ruled.iter().filter(|(p, ..)| !(p.initial && p.first == p.last && t.is_common(p.first))) {
        let next = found.partition_point(|f| f.last < p.first);
        let one = || p.first == p.last && !t.is_common(p.first) && sounds.contains(&sound(t.folded(p.first)));
        if found.get(next).is_none_or(|f| f.first > p.last)
            && let Some(kind) = kinds.get(&t.key(p.first, p.last)).copied().or_else(|| one().then_some(PERSON))
        {
            more.push(Found { first: p.first, last: p.last, kind, scores: [0; KINDS.len()] });
        }
    }
    found.extend(more);
    found.sort_by_key(|f| f.first);
}

/// "Oak Harbour, Inc." is one name, and the full stop of "Corp." is part of it where the sentence goes on.
fn forms_of_company(t: &Tokens, found: &mut Vec<Found>) {
    let is_form = |i: usize| t.is_name(i) && t.lexicon.names.is_company_form(t.folded(i));
    for at in 0..found.len() {
        let next = found.get(at + 1).map_or(usize::MAX, |f| f.first);
        let f = &mut found[at];
        if f.kind != ORG {
            continue;
        }
        let comma = t.text(f.last + 1) == "," && !t.ends_line(f.last) && is_form(f.last + 2);
        if comma && next > f.last {
            f.last += 2;
        }
        let sentence = t.sentences.partition_point(|s| s.end <= f.last);
        let goes_on = t.sentences.get(sentence).is_some_and(|s| f.last + 2 < s.end);
        if is_form(f.last) && goes_on && t.text(f.last + 1) == "." && next > f.last + 1 && touches(t, f.last) {
            f.last += 1;
        }
    }
    // The form alone may have been found as a name of its own.
    let mut end = None;
    found.retain(|f| {
        let free = end.is_none_or(|e| f.first > e);
        end = end.max(Some(f.last));
        free
    });
}

/// Whether nothing stands between word `i` and the next.
fn touches(t: &Tokens, i: usize) -> bool {
    t.words.get(i).zip(t.words.get(i + 1)).is_some_and(|(a, b)| a.span.end == b.span.start)
}

fn piece(t: &Tokens, first: usize, last: usize, kind: NameKind) -> (Piece, NameKind) {
    let initial = t.sentences.binary_search_by_key(&first, |s| s.start).is_ok();
    (Piece { first, last, kind: Some(kind), head: None, rule: "tagger", initial }, kind)
}

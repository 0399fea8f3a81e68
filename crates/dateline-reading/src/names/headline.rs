//! Lines in which capitals mean nothing: headlines in title case or all capitals. Names there need other proof.

use super::cut::{Piece, name_kind};
use super::tokens::{Shape, Tokens};
use crate::NameKind;
use dateline_lexicon::places::PlaceKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Whether the words of the line have capitals whatever they are; a line that ends in a full stop is no headline.
pub(super) fn is_headline(t: &Tokens, words: Range<usize>) -> bool {
    let (mut capital, mut small) = (0, 0);
    if words.end.checked_sub(1).is_some_and(|last| t.text(last) == ".") {
        return false;
    }
    for i in words {
        match t.shape(i) {
            // Short words stay small in title case too.
            Shape::Lower if t.folded(i).chars().count() > 3 => small += 1,
            Shape::Capital | Shape::Upper if t.is_common(i) => capital += 1,
            _ => {}
        }
    }
    capital >= 3 && capital > 2 * small
}

/// The names that the running text showed.
pub(super) struct Body {
    kinds: FxHashMap<String, NameKind>,
}

impl Body {
    pub fn of(t: &Tokens, named: &[(Piece, NameKind)]) -> Body {
        let mut kinds = FxHashMap::default();
        for (p, kind) in named {
            kinds.entry(t.key(p.first, p.last)).or_insert(*kind);
            if *kind == NameKind::Person {
                kinds.entry(t.folded(p.last).to_owned()).or_insert(*kind);
            }
        }
        Body { kinds }
    }
}

/// The names of a headline: those of the body, listed names, large places, given name with surname.
pub(super) fn sentence(t: &Tokens, body: &Body, words: Range<usize>) -> Vec<(Piece, NameKind)> {
    let mut out = Vec::new();
    let mut at = words.start;
    while at < words.end {
        match longest(t, body, at, words.end) {
            Some((last, kind)) if t.is_name(at) => {
                let initial = at == words.start;
                out.push((Piece { first: at, last, kind: Some(kind), head: None, rule: "headline", initial }, kind));
                at = last + 1;
            }
            _ => at += 1,
        }
    }
    out
}

fn longest(t: &Tokens, body: &Body, at: usize, end: usize) -> Option<(usize, NameKind)> {
    (at..end.min(at + 6)).rev().filter(|last| t.is_name(*last)).find_map(|last| {
        let key = t.key(at, last);
        let kind = body.kinds.get(&key).copied().or_else(|| alone(t, at, last, &key))?;
        Some((last, kind))
    })
}

/// What the words name without the body's help.
fn alone(t: &Tokens, first: usize, last: usize, key: &str) -> Option<NameKind> {
    let common = first == last && t.is_common(first);
    if let Some(known) = t.lexicon.names.known(key).filter(|_| !common) {
        return Some(name_kind(known.kind));
    }
    if t.lexicon.places.demonym(key).is_some() {
        return Some(NameKind::Norp);
    }
    let large = || {
        let all = t.lexicon.places.named(key);
        all.iter().any(|p| matches!(p.kind, PlaceKind::Country | PlaceKind::Region) || p.population >= 100_000)
    };
    if !common && large() {
        return Some(NameKind::Place);
    }
    let names = &t.lexicon.names;
    let person = last == first + 1
        && t.adjacent(first)
        && names.person(t.folded(first)).given
        && names.person(t.folded(last)).surname
        && !t.is_common(first)
        && !t.is_common(last);
    person.then_some(NameKind::Person)
}

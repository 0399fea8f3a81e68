//! What the whole article shows of each word that it writes with a capital.

use super::super::evidence::{PLACE_PREPOSITIONS, SAYING};
use super::super::tokens::{Shape, Tokens};
use super::super::weigh::Decided;
use crate::NameKind;
use dateline_lexicon::names::Role;
use rustc_hash::FxHashMap;

/// What an article shows of one word, in all places where it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    /// One bit for each sight below.
    pub sights: u16,
    /// How often with a capital inside a sentence.
    pub inside: u16,
    /// How often in candidates taken for a person, an organisation, a place, another kind, no name.
    pub kinds: [u16; 5],
}

/// After "Mr", "Dr" or an office.
pub(super) const TITLED: u16 = 1;
/// Before "said", "told".
pub(super) const SPEAKS: u16 = 1 << 1;
/// After "in", "near".
pub(super) const LOCATED: u16 = 1 << 2;
/// Last word of a run that begins with a given name.
pub(super) const SURNAME: u16 = 1 << 3;
/// First of several words with capitals.
pub(super) const OPENS: u16 = 1 << 4;
/// Last of several words with capitals.
pub(super) const CLOSES: u16 = 1 << 5;
/// Written small.
pub(super) const SMALL: u16 = 1 << 6;
/// After "the".
pub(super) const THE: u16 = 1 << 7;
/// Before "'s".
pub(super) const OWNS: u16 = 1 << 8;
/// Alone in brackets.
pub(super) const BRACKETS: u16 = 1 << 9;
/// Letters are those that begin the words of a longer name.
pub(super) const INITIALS: u16 = 1 << 10;
/// How many sights there are.
pub(super) const SIGHTS: u32 = 11;

/// The words of an article by their hash.
pub(super) type Words = FxHashMap<u32, Word>;

/// Looks at all words once.
pub(super) fn words(t: &Tokens, hashes: &[u32], ruled: &[Decided]) -> Words {
    let mut out = Words::default();
    for sentence in &t.sentences {
        let mut initial = true;
        for i in sentence.clone() {
            match t.shape(i) {
                Shape::Capital | Shape::Upper | Shape::Inner => {
                    let word = out.entry(hashes[i]).or_default();
                    word.inside = word.inside.saturating_add(u16::from(!initial));
                    word.sights |= around(t, i, initial);
                    initial = false;
                }
                Shape::Lower | Shape::Number => initial = false,
                Shape::Mark => initial = initial || matches!(t.text(i), "“" | "\"" | ":" | "•" | "‘"),
            }
        }
    }
    // Only now is it known which words have capitals anywhere: the others need no entry.
    for i in (0..t.len()).filter(|i| t.shape(*i) == Shape::Lower) {
        if let Some(word) = out.get_mut(&hashes[i]) {
            word.sights |= SMALL;
        }
    }
    for (piece, kind, _) in ruled {
        let at = match kind {
            Some(NameKind::Person) => 0,
            Some(NameKind::Org) => 1,
            Some(NameKind::Place) => 2,
            Some(_) => 3,
            None => 4,
        };
        let mut initials = String::new();
        for i in (piece.first..=piece.last).filter(|i| t.is_name(*i)) {
            initials.extend(t.folded(i).chars().next());
            let word = out.entry(hashes[i]).or_default();
            word.kinds[at] = word.kinds[at].saturating_add(1);
        }
        if piece.last > piece.first + 1
            && let Some(word) = out.get_mut(&super::hash::word(&initials))
        {
            word.sights |= INITIALS;
        }
    }
    out
}

/// What one place in the text shows of its word.
fn around(t: &Tokens, i: usize, initial: bool) -> u16 {
    let mut sights = 0;
    let before = i.checked_sub(1).filter(|b| t.adjacent(*b));
    let runs_on = !t.ends_line(i) && t.adjacent(i) && t.is_name(i + 1);
    if let Some(b) = before {
        let word = t.folded(b);
        let office = if t.text(b) == "." && b > 0 { b - 1 } else { b };
        let titled = matches!(t.role(office), Some(Role::Honorific | Role::Head));
        let run = !initial && t.is_name(b);
        let mut first = b;
        while run && first > 0 && i - first < 5 && t.adjacent(first - 1) && t.is_name(first - 1) {
            first -= 1;
        }
        sights |= flag(titled, TITLED)
            | flag(PLACE_PREPOSITIONS.contains(&word), LOCATED)
            | flag(word == "the", THE)
            | flag(t.text(b) == "(" && t.text(i + 1) == ")", BRACKETS)
            | flag(run && !runs_on, CLOSES)
            | flag(run && !runs_on && t.lexicon.names.person(t.folded(first)).given, SURNAME);
    }
    if !t.ends_line(i) {
        sights |= flag(SAYING.contains(&t.folded(i + 1)), SPEAKS)
            | flag(matches!(t.text(i + 1), "’s" | "'s"), OWNS)
            | flag(runs_on && !before.is_some_and(|b| t.is_name(b)), OPENS);
    }
    sights
}

fn flag(set: bool, bit: u16) -> u16 {
    if set { bit } else { 0 }
}

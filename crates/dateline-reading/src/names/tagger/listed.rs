//! Names of several words that the lists have as a whole: one name, however the chain cut them or passed them over.

use super::super::tokens::Tokens;
use super::super::weigh::Decided;
use super::labels::KINDS;
use super::{Found, ORG, PLACE};
use dateline_lexicon::names::Kind;
use dateline_lexicon::places::PlaceKind;

/// "U.N. | Security Council" is the listed "UN Security Council"; "the Baltic Sea" is a sea also where the chain saw no
/// name. Only where the rules cut the same words as one candidate, or the chain's own pieces stand side by side, and
/// nothing that was found reaches out of them.
pub(super) fn whole(t: &Tokens, ruled: &[Decided], found: &mut Vec<Found>) {
    let side_by_side = found.windows(2).filter(|w| w[0].last + 1 == w[1].first).map(|w| (w[0].first, w[1].last));
    let mut spans: Vec<(usize, usize)> = side_by_side.collect();
    // a candidate that opens a sentence may begin with a common word in its capital
    spans.extend(ruled.iter().filter(|(p, ..)| !p.initial).map(|(p, ..)| (p.first, p.last)));
    spans.retain(|(first, last)| first < last);
    spans.sort_unstable();
    spans.dedup();
    let mut more: Vec<Found> = Vec::new();
    for (first, last) in spans {
        let from = found.partition_point(|f| f.last < first);
        let inside: Vec<&Found> = found[from..].iter().take_while(|f| f.first <= last).collect();
        if inside.iter().any(|f| f.first < first || f.last > last || (f.first, f.last) == (first, last)) {
            continue;
        }
        let kind = match inside.as_slice() {
            [] => region(t, first, last).then_some(PLACE),
            _ => body(t, first, last),
        };
        let free = more.last().is_none_or(|m| m.last < first);
        if let Some(kind) = kind.filter(|_| free) {
            more.push(Found { first, last, kind, scores: [0; KINDS.len()] });
        }
    }
    found.retain(|f| !more.iter().any(|m| m.first <= f.first && f.last <= m.last));
    found.extend(more);
    found.sort_by_key(|f| f.first);
}

/// What seas, coasts and mountains are called. Streets and quarters that stand for what is done there are left to the
/// chain.
const LANDSCAPE: &[&str] = &[
    "sea",
    "seas",
    "ocean",
    "gulf",
    "bay",
    "strait",
    "channel",
    "canal",
    "cape",
    "horn",
    "peninsula",
    "desert",
    "mountains",
    "islands",
    "gap",
    "strip",
];

/// A sea, mountains, a strip of land: a name of the gazetteer that no other kind of place bears.
fn region(t: &Tokens, first: usize, last: usize) -> bool {
    if ![first, last].iter().any(|i| LANDSCAPE.contains(&t.folded(*i))) {
        return false;
    }
    let all = t.lexicon.places.named(&t.key(first, last));
    !all.is_empty() && all.iter().all(|p| p.kind == PlaceKind::Region)
}

/// The kind of an organisation that the lists have under all these words.
fn body(t: &Tokens, first: usize, last: usize) -> Option<usize> {
    t.lexicon.names.known(&t.key(first, last)).filter(|k| k.kind == Kind::Org).map(|_| ORG)
}

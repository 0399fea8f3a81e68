//! Whether a clause looks back or ahead: what decides which Friday "on Friday" is.

use crate::tokens::Tok;
use dateline_lexicon::{TimeClass, TimeWords};

/// Where a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    Open,
}

/// How far a cue may stand from the expression, in tokens.
const REACH: usize = 12;

/// The tense of the clause around tokens `from..to`: the nearest cue before it in the clause, else after it, else
/// beyond the clause.
pub(crate) fn tense(toks: &[Tok], from: usize, to: usize, words: &TimeWords) -> Tense {
    let before = || (0..from.min(toks.len())).rev().take(REACH);
    // "On Friday, the council will meet": the mark right after the expression parts nothing
    let skip = to + usize::from(toks.get(to).is_some_and(parts));
    let after = || (skip..toks.len()).take(REACH);
    let within = |i: &usize| !parts(&toks[*i]);
    let near = before().take_while(within).chain(after().take_while(within));
    let far = before().chain(after());
    near.chain(far).map(|i| cue(toks, i, words)).find(|t| *t != Tense::Open).unwrap_or(Tense::Open)
}

/// Whether a mark parts clauses.
fn parts(tok: &Tok) -> bool {
    matches!(tok.raw, "," | ";" | ":" | "—" | "–" | "(" | ")" | "\"" | "“" | "”")
}

/// What a token says of tense, alone or with the one before it ("is to").
fn cue(toks: &[Tok], i: usize, words: &TimeWords) -> Tense {
    let tok = &toks[i];
    let pair = || {
        let before = i.checked_sub(1).map(|b| &toks[b].low)?;
        words.get(&format!("{before} {}", tok.low), TimeClass::Future)
    };
    if words.get(&tok.low, TimeClass::Future).is_some() || tok.low.ends_with("'ll") || pair().is_some() {
        Tense::Future
    } else if !tok.capital && words.is_past(&tok.low) {
        Tense::Past
    } else {
        Tense::Open
    }
}

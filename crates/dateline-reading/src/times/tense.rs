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
    let before = || toks.iter().take(from).rev().take(REACH);
    // "On Friday, the council will meet": the mark right after the expression parts nothing
    let skip = to + usize::from(toks.get(to).is_some_and(parts));
    let after = || toks.iter().skip(skip).take(REACH);
    let near = before().take_while(|t| !parts(t)).chain(after().take_while(|t| !parts(t)));
    let far = before().chain(after());
    near.chain(far).map(|t| cue(t, words)).find(|t| *t != Tense::Open).unwrap_or(Tense::Open)
}

/// Whether a mark parts clauses.
fn parts(tok: &Tok) -> bool {
    matches!(tok.raw, "," | ";" | ":" | "—" | "–" | "(" | ")" | "\"" | "“" | "”")
}

fn cue(tok: &Tok, words: &TimeWords) -> Tense {
    if words.get(&tok.low, TimeClass::Future).is_some() || tok.low.ends_with("'ll") {
        Tense::Future
    } else if !tok.capital && words.is_past(&tok.low) {
        Tense::Past
    } else {
        Tense::Open
    }
}

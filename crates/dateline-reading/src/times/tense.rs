//! Whether a clause looks back or ahead: what decides which Friday "on Friday" is.

use crate::tokens::Tok;
use dateline_lexicon::{TimeClass, TimeWords};
use dateline_text::WordKind;

/// Where a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    Open,
}

/// How far a cue may stand from the expression, in tokens.
const REACH: usize = 12;

/// The tense of the clause around tokens `from..to`: what stands right before the expression ("until Friday"), else the
/// nearest cue before it in the clause, else after it, else a verb that announces in the present tense, else the nearest
/// cue beyond the clause.
pub(crate) fn tense(toks: &[Tok], from: usize, to: usize, words: &TimeWords) -> Tense {
    let from = from.min(toks.len());
    let before = || (0..from).rev().take(REACH);
    // "On Friday, the council will meet": the mark right after the expression parts nothing
    let skip = to + usize::from(toks.get(to).is_some_and(parts));
    let after = || (skip..toks.len()).take(REACH);
    let within = |i: &usize| !parts(&toks[*i]);
    let near = || before().take_while(within).chain(after().take_while(within));
    // "Friday's ruling" is one that was
    let owned = toks.get(to).is_some_and(|t| t.glued && matches!(&*t.low, "'s" | "’s"));
    // "Wednesday's ruling" was given by then, whatever is still to come of it
    if owned && toks.iter().skip(to + 1).take(3).any(|t| words.get(&t.low, TimeClass::Befell).is_some()) {
        return Tense::Past;
    }
    if !owned && ahead(toks, from) && !near().any(|i| matches!(low(toks, i), "had" | "was" | "were")) {
        return Tense::Future;
    }
    match nearest(near(), toks, words) {
        Tense::Open if owned => Tense::Past,
        Tense::Open if near().any(|i| announces(toks, i, words)) => Tense::Future,
        Tense::Open => nearest(before().chain(after()), toks, words),
        found => found,
    }
}

/// The first cue among the tokens.
fn nearest(mut at: impl Iterator<Item = usize>, toks: &[Tok], words: &TimeWords) -> Tense {
    at.find_map(|i| Some(cue(toks, i, words)).filter(|t| *t != Tense::Open)).unwrap_or(Tense::Open)
}

/// Whether a mark parts clauses.
fn parts(tok: &Tok) -> bool {
    matches!(tok.raw, "," | ";" | ":" | "—" | "–" | "(" | ")" | "\"" | "“" | "”")
}

fn low<'t>(toks: &'t [Tok], i: usize) -> &'t str {
    toks.get(i).map_or("", |t| &*t.low)
}

/// Whether the words right before token `from` look ahead: "until", "by", "before", or an infinitive ("to appear").
fn ahead(toks: &[Tok], from: usize) -> bool {
    let back = |n: usize| from.checked_sub(n).map_or("", |i| low(toks, i));
    let verb = |n: usize| from.checked_sub(n).is_some_and(|i| toks[i].kind == WordKind::Letters && !toks[i].capital);
    let at = if back(1) == "on" { 2 } else { 1 };
    let infinitive = back(at + 1) == "to" && verb(at) && !matches!(back(at), "the" | "a" | "an" | "this" | "last");
    matches!(back(1), "until" | "till" | "by" | "before") || infinitive
}

/// Whether the token is a verb that announces, and no noun with its number ("138 votes").
fn announces(toks: &[Tok], i: usize, words: &TimeWords) -> bool {
    let counted = i.checked_sub(1).is_some_and(|b| toks[b].kind == WordKind::Number);
    !counted && !toks[i].capital && words.get(&toks[i].low, TimeClass::Scheduled).is_some()
}

/// What a token says of tense, with the words before it ("is to", "be held", "the plan").
fn cue(toks: &[Tok], i: usize, words: &TimeWords) -> Tense {
    let tok = &toks[i];
    let back = |n: usize| i.checked_sub(n).map_or("", |b| low(toks, b));
    let pair = || words.get(&format!("{} {}", back(1), tok.low), TimeClass::Future).map(|_| 1);
    // "could not be reached on Friday" tells of a Friday gone by
    if tok.low == "could" && denied(toks, i) {
        return Tense::Past;
    }
    let contracted = ["'ll", "’ll"].iter().any(|s| tok.low.ends_with(s));
    let alone = words.get(&tok.low, TimeClass::Future).is_some() || contracted;
    if let Some(n) = Some(0).filter(|_| alone).or_else(pair) {
        // "had been scheduled to end on Friday" looks back
        let past = back(n + 1) == "had" || (back(n + 1) == "been" && back(n + 2) == "had");
        return if past { Tense::Past } else { Tense::Future };
    }
    if tok.capital || !words.is_past(&tok.low) {
        return Tense::Open;
    }
    // "would cut", "to be held", "is heard in May": no past tense
    let modal = |w: &str| words.get(w, TimeClass::Modal).is_some();
    let passive = matches!(back(1), "be" | "is" | "are" | "being");
    if passive || modal(back(1)) || (back(1).ends_with("ly") && modal(back(2))) { Tense::Open } else { Tense::Past }
}

/// Whether "could" at `i` is denied: "could not be reached", "neither could be found", "no one could".
fn denied(toks: &[Tok], i: usize) -> bool {
    let not = |t: &Tok| matches!(&*t.low, "not" | "no" | "nobody" | "neither" | "none" | "nor" | "never");
    let after = low(toks, i + 1) == "not" || low(toks, i + 1) == "never";
    after || toks[i.saturating_sub(8)..i].iter().rev().take_while(|t| !parts(t)).any(not)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Doc;
    use crate::tokens::tokens;
    use dateline_article::{Article, Block, BlockKind};
    use dateline_text::Span;

    fn of(text: &str, expression: &str) -> Tense {
        let article = Article {
            text: text.to_owned(),
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                span: Span::new(0, text.len()),
                capture: (0, text.len()),
            }],
            ..Article::default()
        };
        let doc = Doc::new(&article);
        let toks = tokens(&doc, &doc.sentences[0]);
        let at = toks.iter().position(|t| t.raw == expression).expect("the expression stands there");
        tense(&toks, at, at + 1, &TimeWords::english())
    }

    #[test]
    fn the_nearest_cue_of_the_clause_decides() {
        assert_eq!(of("The council rejected the plan on Monday.", "Monday"), Tense::Past);
        assert_eq!(of("The talks would still be held on Monday.", "Monday"), Tense::Future);
        assert_eq!(of("The tax would cut profits in May, he said.", "May"), Tense::Future);
        assert_eq!(of("The offer had been due to expire on Friday.", "Friday"), Tense::Past);
        assert_eq!(of("Until Thursday, they had not called.", "Thursday"), Tense::Past);
    }

    #[test]
    fn what_stands_right_before_may_look_ahead() {
        assert_eq!(of("Nobody sails before Saturday, she said.", "Saturday"), Tense::Future);
        assert_eq!(of("They printed it in a paper to appear Wednesday.", "Wednesday"), Tense::Future);
    }

    #[test]
    fn what_belongs_to_a_day_was_on_it() {
        assert_eq!(of("Tenants seek a way out of Wednesday's ruling.", "Wednesday"), Tense::Past);
        assert_eq!(of("Tenants would try to live with Wednesday's ruling.", "Wednesday"), Tense::Past);
        assert_eq!(of("They would travel to Wednesday's meeting.", "Wednesday"), Tense::Future);
    }

    #[test]
    fn what_could_not_be_done_is_past() {
        assert_eq!(of("The owner could not be reached on Wednesday.", "Wednesday"), Tense::Past);
        assert_eq!(of("Neither of them could be found Wednesday.", "Wednesday"), Tense::Past);
        assert_eq!(of("The court could rule on Wednesday.", "Wednesday"), Tense::Future);
    }

    #[test]
    fn a_present_tense_announces() {
        assert_eq!(of("The jury meets on Sunday.", "Sunday"), Tense::Future);
        assert_eq!(of("The bill passed with 138 votes on Sunday.", "Sunday"), Tense::Past);
    }
}

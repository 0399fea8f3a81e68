//! Quotations beside a verb that no list has: a whole quotation, a comma, and a verb in the past with a person for its
//! subject attribute it whatever the verb ("“…,” launched the leader Ann Oak", "“…,” affirmed.").

use super::hits::{Hit, closes};
use super::phrases::Range;
use super::tag::Tag;
use super::verbs::{Mood, Sentence};
use crate::{Confidence, QuoteClass};
use dateline_lexicon::quotes::{Grammar, form};

/// Shortest quotation, in bytes, that is words rather than a title.
const LEAST: usize = 24;
/// Tokens that a subject between quotation and verb may have.
const SUBJECT: usize = 10;

/// Attributions of one sentence by verbs that are no cue, of quotations that no hit in `found` has.
pub fn by_other_verbs(s: &Sentence, found: &[Hit]) -> Option<Hit> {
    let quote = (s.lo..s.hi).take_while(|i| s.tag(*i) == Tag::Quote).last()?;
    let token = &s.tokens[quote];
    let marked = token.comma_inside || matches!(s.tag(quote + 1), Tag::Comma | Tag::Dash);
    let taken = found.iter().flat_map(|h| &h.content).any(|c| c.0 <= quote && quote < c.1);
    if taken || !token.capital || token.span.len() < LEAST {
        return None;
    }
    let mut at = quote + 1;
    while matches!(s.tag(at), Tag::Comma | Tag::Dash) {
        at += 1;
    }
    let (source, cue) = match past(s, at).filter(|_| marked) {
        Some(head) => after(s, at, head)?,
        None => before(s, at, marked)?,
    };
    Some(Hit {
        source: source.into_iter().collect(),
        cue,
        content: vec![(s.lo, quote + 1)],
        extra: Vec::new(),
        class: QuoteClass::Speech,
        quotes: true,
        confidence: Confidence::Medium,
        rule: "unlisted verb",
    })
}

/// The verb in the past that begins at `i`, with its adverb or auxiliary ("has precised").
fn past(s: &Sentence, i: usize) -> Option<usize> {
    let perfect = matches!(s.low(i), "has" | "had" | "have");
    let head = if perfect || s.is(i, Grammar::Adverb) { i + 1 } else { i };
    let form = if perfect { form::PARTICIPLE } else { form::PAST };
    let verb = s.tag(head) == Tag::Word && s.forms(head) & form != 0;
    (verb && s.group(head).is_none_or(|g| g.mood == Mood::Finite)).then_some(head)
}

/// "…,” launched the leader Ann Oak", "…,” affirmed."
fn after(s: &Sentence, start: usize, head: usize) -> Option<(Option<Range>, Range)> {
    let cue = (start, head + 1);
    let at = head + 1;
    if at >= s.sentence_end() {
        return Some((None, cue));
    }
    let end = s.phrase_with_appositive(at);
    let source = (at, end);
    let person = end > at && s.is_person_like(source) && s.finite_in(at, end).is_none() && !s.is(at, Grammar::Object);
    let rest = s.skip_adjuncts(end);
    (person && (closes(s, end) || closes(s, rest) || s.is(end, Grammar::Preposition))).then_some((Some(source), cue))
}

/// "…,” the mayor ventured."
fn before(s: &Sentence, from: usize, marked: bool) -> Option<(Option<Range>, Range)> {
    let verb = s.finite_in(from + 1, s.hi.min(from + SUBJECT))?;
    let group = s.group(verb).filter(|g| g.mood == Mood::Finite && s.forms(g.head) & form::PAST != 0)?;
    let source = (from, group.start);
    let pronoun = matches!(s.low(from), "he" | "she") && group.start == from + 1;
    let phrase = s.subject_before(group.start)? == source && s.is_person_like(source) && !s.is(from, Grammar::Subject);
    let end = group.head + 1;
    let closed = closes(s, end) || closes(s, s.skip_adjuncts(end));
    let fits = closed && (pronoun || phrase && marked) && !s.tokens[from].contracted;
    fits.then_some((Some(source), (group.start, end)))
}

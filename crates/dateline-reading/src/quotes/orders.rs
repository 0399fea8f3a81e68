//! The orders a cue comes in other than source, cue, content: after its content, inside of it, before its source.

use super::content::Setting;
use super::hits::{Hit, Seen, closes};
use super::phrases::Range;
use super::tag::Tag;
use super::verbs::Sentence;
use dateline_lexicon::quotes::{Grammar, form};

/// Tokens before a comma and a closing cue that are content even where no verb is known among them.
const LONG: usize = 5;

impl Seen<'_, '_> {
    /// "…, Oak said" and "…, Oak said, …": content around the cue.
    pub(super) fn around(&self, s: &Sentence, source: &[Range], subject_start: usize) -> Option<Hit> {
        let f = &self.cue.frames;
        if !(f.quote || f.that) {
            return None;
        }
        let left = past_marks(s, s.before(subject_start)?);
        if !matches!(s.tag(left), Tag::Comma | Tag::Quote | Tag::Dash) {
            return None;
        }
        // words in quotation marks that stand right before the source are its words, whatever follows the cue
        let quoted = s.tag(left) == Tag::Quote && f.quote && self.speaks(s, left);
        let mut at = s.skip_adjuncts(self.addressed(s, self.end));
        if at < s.sentence_end() && !closes(s, at) {
            at = s.skip_adverbs(self.end);
            if !closes(s, at) && (!quoted || self.opens_content(s)) {
                return None;
            }
        }
        // after a comma or colon, the quotation alone: what leads to it is another clause
        let alone = quoted
            && s.tokens[left].capital
            && s.before(left).is_some_and(|b| matches!(s.tag(b), Tag::Comma | Tag::Colon));
        let from = if alone { left } else { self.left_edge(s, left) };
        let to = if s.tag(left) == Tag::Quote { left + 1 } else { left };
        // "Asked about it, Oak said, “No.”"
        let aside = s.tag(left) == Tag::Comma && s.tag(at) == Tag::Comma && s.tag(at + 1) == Tag::Quote;
        if aside && s.tokens[at + 1].capital {
            return None;
        }
        // "It was, he said, a loss": the left part ends in a verb
        let broken = s.tag(left) == Tag::Comma && s.before(left).is_some_and(|b| s.is_finite(b));
        if s.tag(left) != Tag::Quote && matches!(s.tag(at), Tag::Colon | Tag::Quote) {
            return None;
        }
        let rest = self.resumed(s, at, broken);
        // "The bridge, Oak said, was shut": neither side is a clause alone
        if to <= from || !worth(s, (from, to)) && rest.is_none() && !(to - from > LONG && at >= s.sentence_end()) {
            return None;
        }
        let mut content = vec![(from, to)];
        if !quoted || rest.is_some_and(|(a, b)| (a..b.min(a + 4)).any(|i| s.tag(i) == Tag::Quote)) {
            content.extend(rest);
        }
        Some(self.hit(s, source.to_vec(), self.group.start, content, "around"))
    }

    /// Whether the quotation at `at` is words, not a title inside a phrase of place: it opens the sentence, is long, or
    /// ends a clause.
    fn speaks(&self, s: &Sentence, at: usize) -> bool {
        at == s.lo || s.tokens[at].span.len() > 40 || s.finite_in(s.lo, at).is_some()
    }

    /// Whether the cue has content of its own on its right.
    fn opens_content(&self, s: &Sentence) -> bool {
        let at = s.skip_adverbs(self.end);
        s.low(at) == "that" || s.tag(at) == Tag::Quote && self.cue.frames.that && s.tag(at + 1) != Tag::Stop
    }

    /// The part of the content that goes on after the cue.
    fn resumed(&self, s: &Sentence, at: usize, broken: bool) -> Option<Range> {
        let end = s.sentence_end();
        let part = |start: usize| (start, s.content_end(start, Setting::default(), false));
        if s.tag(at) == Tag::Quote {
            return Some(part(at));
        }
        if s.tag(at) == Tag::Comma {
            let within = (at + 1..end.min(at + 40)).any(|i| s.tag(i) == Tag::Quote || s.low(i) == "that");
            let clause = goes_on(s, at + 1) && (within || broken || s.finite_in(at + 1, s.hi.min(at + 40)).is_some());
            if s.tag(at + 1) == Tag::Quote || clause {
                return Some(part(at + 1));
            }
        }
        // "…,” he said of the plan, “…”"
        let later = (at..end.min(at + 24)).find(|i| s.tag(*i) == Tag::Comma && s.tag(i + 1) == Tag::Quote)?;
        (!(at..later).any(|i| !s.tokens[i].cues.is_empty() && (s.is_finite(i) || s.forms(i) & form::ING != 0)))
            .then(|| part(later + 1))
    }

    fn addressed(&self, s: &Sentence, from: usize) -> usize {
        let at = s.skip_adverbs(from);
        if self.cue.frames.addressee && s.opens_phrase(at) { s.addressee_end(at) } else { from }
    }

    /// Where content left of a parenthetical cue begins: the sentence, or after an earlier cue's own words.
    fn left_edge(&self, s: &Sentence, left: usize) -> usize {
        let earlier = self.earlier.iter().filter(|h| h.cue.1 <= left).flat_map(|h| h.content.iter());
        let taken = earlier.filter(|c| c.1 <= left && c.0 > s.lo).map(|c| c.1).max();
        match taken {
            Some(t) if t < left && s.tag(t) == Tag::Semicolon => t + 1,
            _ => s.lo,
        }
    }

    /// "…,” said Rob Oak, chair of …": the source after the verb.
    pub(super) fn inverted(&self, s: &Sentence, before: Option<usize>) -> Option<Hit> {
        let f = &self.cue.frames;
        if !f.quote || self.group.start != self.group.head {
            return None;
        }
        // "told Oak" has Oak for its hearer
        if self.cue.lemma[0] == "tell" {
            return None;
        }
        let before = before.map(|b| past_marks(s, b));
        let joined = before.is_none_or(|b| matches!(s.tag(b), Tag::Comma | Tag::Quote));
        // "Oak, the mayor of Tarn, questioned the split": the subject stands before, with its description
        let described = before.is_some_and(|b| s.tag(b) == Tag::Comma)
            && s.subject_before(self.group.start)
                .is_some_and(|p| s.finite_in(p.0, self.group.start).is_none() && s.before(p.0).is_none());
        if described {
            return None;
        }
        if !joined || !starts_source(s, self.end) {
            return None;
        }
        let end = s.phrase_with_appositive(self.end);
        if end <= self.end || s.finite_in(self.end, s.phrase_after(self.end)).is_some() {
            return None;
        }
        let after = s.skip_adjuncts(end);
        let closed = closes(s, after)
            || closes(s, end)
            || s.is(end, Grammar::Relative)
            || after >= s.sentence_end()
            || s.forms(end) & form::ING != 0;
        let quote_before = before.is_some_and(|b| s.tag(b) == Tag::Quote);
        if !closed && !quote_before {
            return None;
        }
        let source = vec![(self.end, end)];
        let Some(b) = before else {
            // "Said the minister: “…”"
            let content = match s.tag(after) {
                Tag::Colon | Tag::Comma if s.tag(after + 1) == Tag::Quote => vec![(after + 1, s.sentence_end())],
                _ => Vec::new(),
            };
            return Some(self.hit(s, source, self.group.start, content, "inverted"));
        };
        let to = if s.tag(b) == Tag::Quote { b + 1 } else { b };
        let from = self.left_edge(s, b);
        if to <= from || !worth(s, (from, to)) && !quote_before && to - from <= LONG {
            return None;
        }
        let mut content = vec![(from, to)];
        let at = if closes(s, end) { end } else { after };
        if s.tag(at) == Tag::Comma && s.tag(at + 1) == Tag::Quote {
            content.push((at + 1, s.content_end(at + 1, Setting::default(), false)));
        }
        Some(self.hit(s, source, self.group.start, content, "inverted"))
    }
}

/// The token before a cue or its source, past the comma and dash that may follow a closing mark: "…”, – said Oak".
fn past_marks(s: &Sentence, i: usize) -> usize {
    let mut at = i;
    while matches!(s.tag(at), Tag::Comma | Tag::Dash) && at > s.lo && at + 2 > i {
        at -= 1;
    }
    if s.tag(at) == Tag::Quote { at } else { i }
}

/// Whether a source can begin at `i`.
fn starts_source(s: &Sentence, i: usize) -> bool {
    match s.tag(i) {
        Tag::Name | Tag::Of(Grammar::Title) => true,
        Tag::Of(Grammar::Determiner | Grammar::Possessive) => s.low(i) != "that",
        Tag::Of(Grammar::Subject) => matches!(s.low(i), "he" | "she" | "they" | "one"),
        Tag::Word | Tag::Number => s.tables.source(s.low(i)).is_some() || (i + 1..i + 4).any(|j| s.tag(j) == Tag::Name),
        _ => false,
    }
}

/// Whether words left of a cue can be its content: a quotation, or a clause.
fn worth(s: &Sentence, (from, to): Range) -> bool {
    (from..to).any(|i| s.tag(i) == Tag::Quote) || s.finite_in(from, to).is_some()
}

/// Whether a parenthetical's content goes on at `i`: not with a participle, a conjunction, or a relative clause.
fn goes_on(s: &Sentence, i: usize) -> bool {
    if i >= s.sentence_end() {
        return false;
    }
    match s.tag(i) {
        // "at least seven", "up to nine"
        _ if s.opens_amount(i) => true,
        Tag::Of(Grammar::Relative | Grammar::Subordinator | Grammar::Preposition) => false,
        Tag::Of(Grammar::Coordinator) => {
            !s.speech_cue(s.skip_adverbs(i + 1)) && s.forms(s.skip_adverbs(i + 1)) & form::ING == 0
        }
        _ => s.forms(i) & form::ING == 0 || s.tokens[i].cues.is_empty(),
    }
}

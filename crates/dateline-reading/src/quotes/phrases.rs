//! Noun phrases and clauses by their edges: what stands before a verb, what follows it, where it ends.

use super::tag::Tag;
use super::verbs::{Mood, Sentence};
use dateline_lexicon::quotes::{Grammar, SourceKind, form};

/// Tokens that a scan looks at before it gives up: keeps every scan linear on hostile input.
pub const REACH: usize = 160;

/// A range of tokens, end-exclusive.
pub type Range = (usize, usize);

impl Sentence<'_, '_> {
    /// The noun phrase that ends just before `end`, with its modifiers, back to where its clause begins.
    pub fn phrase_before(&self, end: usize) -> Option<Range> {
        let last = self.before(end)?;
        if !self.ends_subject(last) {
            return None;
        }
        if self.is(last, Grammar::Subject) && self.low(last) != "others" && self.low(last) != "one"
            || self.is(last, Grammar::Relative)
        {
            return Some((last, end));
        }
        let start = self.clause_start(last);
        let start = self.skip_opening(start, end);
        let end = self.without_time(start, end);
        (start < end).then_some((start, end))
    }

    /// The end of a phrase without the words of time that hang on it: "The ministry [on Friday]".
    fn without_time(&self, start: usize, end: usize) -> usize {
        let mut at = end;
        while at > start + 1 {
            let last = at - 1;
            let timed = self.is(last, Grammar::Time) && self.low(last) != "may"
                || at > start + 2 && self.tag(last) == Tag::Number && self.is(last - 1, Grammar::Time)
                || at < end
                    && (self.is(last, Grammar::Preposition)
                        || matches!(self.low(last), "last" | "this" | "earlier" | "late" | "early"));
            if !timed {
                break;
            }
            at = last;
        }
        at
    }

    /// What a relative pronoun at `end` stands for: a noun phrase, also one that hangs on a preposition.
    pub fn antecedent_before(&self, end: usize) -> Option<Range> {
        self.phrase_before(end).or_else(|| {
            let from = self.lo.max(end.saturating_sub(12));
            let preposition = (from..end).rev().find(|i| self.is(*i, Grammar::Preposition))?;
            let last = self.before(end)?;
            (preposition < last && self.ends_subject(last)).then_some((preposition + 1, end))
        })
    }

    /// The noun phrase with appositive that ends before `end`: "Ann Oak, the mayor of Riga," and "Oak (R-Ohio)".
    pub fn subject_before(&self, end: usize) -> Option<Range> {
        let last = self.before(end)?;
        if self.tag(last) == Tag::Comma || self.tag(last) == Tag::Dash {
            return self.apposed_before(last);
        }
        if self.tag(last) == Tag::Close {
            let open = (self.lo..last).rev().take(12).find(|i| self.tag(*i) == Tag::Open)?;
            return self.phrase_before(open).map(|p| (p.0, end));
        }
        self.phrase_before(end)
    }

    /// "X, …," where `comma` is the last comma: the head is what opens the sentence, or else the nearest.
    fn apposed_before(&self, comma: usize) -> Option<Range> {
        let mut i = comma;
        let mut commas = 0;
        let mut nearest = None;
        for _ in 0..90 {
            let Some(b) = self.before(i) else { break };
            match self.tag(b) {
                Tag::Semicolon | Tag::Colon => break,
                Tag::Quote if self.tokens[b].span.len() > 60 => break,
                Tag::Comma | Tag::Dash => {
                    commas += 1;
                    if let Some(p) = self.phrase_before(b).filter(|p| self.is_apposed(*p, b + 1, comma)) {
                        if p.0 == self.lo || self.before(p.0) == Some(self.lo) {
                            return Some((p.0, comma + 1));
                        }
                        nearest = nearest.or(Some((p.0, comma + 1)));
                    }
                    if commas > 5 {
                        break;
                    }
                }
                _ => {}
            }
            i = b;
        }
        nearest
    }

    /// Whether what stands between `inner` and `comma` describes the phrase before it.
    fn is_apposed(&self, head: Range, inner: usize, comma: usize) -> bool {
        let relative = self.is(inner, Grammar::Relative) || self.low(inner) == "whose";
        let opens = self.before(head.0).is_none();
        let inserted = inner + 1 == comma || opens && self.finite_in(inner, comma).is_none();
        let described = self.opens_phrase(inner)
            && self
                .finite_in(inner, comma)
                .is_none_or(|v| (inner..v).any(|i| self.is(i, Grammar::Relative) || self.low(i) == "whose"));
        let aside = self.is(inner, Grammar::Preposition)
            || self.group(inner).is_some_and(|g| matches!(g.mood, Mood::Participle | Mood::Passive));
        let short = (self.is(inner, Grammar::Time) || self.is(inner, Grammar::Adverb))
            && self.finite_in(inner, comma).is_none();
        // "a carpenter in Tarn, across the river,": nobody known, but the subject of its sentence
        let somebody = opens && matches!(self.tag(head.0), Tag::Of(Grammar::Determiner | Grammar::Possessive));
        (relative || described || aside || short || inserted)
            && (somebody || self.is_person_like((head.0, comma)))
            && self.before(head.0).is_none_or(|x| x == self.lo || self.parts(x))
    }

    /// Whether a phrase holds a name, a role or a pronoun: something that can speak.
    pub fn is_person_like(&self, p: Range) -> bool {
        (p.0..p.1).any(|i| match self.tag(i) {
            Tag::Name => true,
            Tag::Of(Grammar::Subject | Grammar::Title) => true,
            _ => self.tables.source(self.low(i)).is_some(),
        })
    }

    /// Whether a phrase is about a document or a finding.
    pub fn is_paper(&self, p: Range) -> bool {
        (p.0..p.1).any(|i| self.tables.source(self.low(i)).is_some_and(|n| n.kind == SourceKind::Paper))
    }

    /// Whether token `i` parts clauses.
    fn parts(&self, i: usize) -> bool {
        matches!(
            self.tag(i),
            Tag::Comma
                | Tag::Semicolon
                | Tag::Colon
                | Tag::Dash
                | Tag::Open
                | Tag::Stop
                | Tag::Quote
                | Tag::Of(Grammar::Subordinator | Grammar::Coordinator | Grammar::Relative)
        ) || self.low(i) == "that"
    }

    /// Where the clause that holds token `last` begins, going left from it.
    fn clause_start(&self, last: usize) -> usize {
        let mut i = last;
        let mut depth = 0;
        for _ in 0..REACH {
            let Some(b) = self.before(i) else { return i };
            match self.tag(b) {
                Tag::Close => depth += 1,
                Tag::Open if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                Tag::Comma if self.joins_phrases(b) => {}
                Tag::Comma | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Open | Tag::Stop => return i,
                Tag::Quote if !self.is_label(b) => return i,
                Tag::Of(Grammar::Subordinator | Grammar::Relative) if self.low(b) != "whose" => return i,
                Tag::Of(Grammar::Coordinator) if !self.joins_phrases(b) => return i,
                Tag::Of(Grammar::Determiner) if self.low(b) == "that" && !self.is_demonstrative(b) => return i,
                Tag::Of(Grammar::To) if self.forms(i) & form::BASE == 0 && self.opens_phrase(i) => {}
                Tag::Of(Grammar::Subject) if self.low(b) == "one" && self.tag(i) == Tag::Word => {}
                Tag::Of(Grammar::Subject | Grammar::Object | Grammar::To) => return i,
                _ if self.is_finite(b) && !self.is_attributive(b) => return i,
                _ => {
                    if self.group(b).is_some_and(|g| g.mood == Mood::Participle)
                        && self.before(b).is_some_and(|x| matches!(self.tag(x), Tag::Comma))
                    {
                        return i;
                    }
                }
            }
            i = b;
        }
        i
    }

    /// A participle that opens a noun phrase: "retired general Ann Oak".
    fn is_attributive(&self, i: usize) -> bool {
        self.forms(i) & form::PARTICIPLE != 0
            && self.tag(i) == Tag::Word
            && matches!(self.tag(i + 1), Tag::Name | Tag::Word)
            && self.before(i).is_none_or(|b| matches!(self.tag(b), Tag::Quote | Tag::Comma))
    }

    /// "that" before a noun rather than before a clause.
    fn is_demonstrative(&self, i: usize) -> bool {
        self.low(i) == "that"
            && matches!(self.tag(i + 1), Tag::Word)
            && self.before(i).is_none_or(|b| self.tag(b) == Tag::Comma)
    }

    /// A short quotation inside a noun phrase.
    fn is_label(&self, i: usize) -> bool {
        self.tag(i) == Tag::Quote
            && i > self.lo
            && !self.tokens[i].sentence_inside
            && self.tokens[i].span.len() < 40
            && matches!(self.tag(i + 1), Tag::Word | Tag::Name)
    }

    /// Whether "and" or a comma joins two nouns rather than two clauses: no verb on its left.
    fn joins_phrases(&self, i: usize) -> bool {
        if self.tag(i) == Tag::Comma {
            // only inside a list that goes on with "and", or "Rep. X, R-Ohio"
            let left = self.before(i).is_some_and(|b| matches!(self.tag(b), Tag::Name));
            let right =
                self.tag(i + 1) == Tag::Name || self.is(i + 1, Grammar::Determiner) && self.tag(i + 2) == Tag::Name;
            let and = (i + 1..i + 8).any(|j| matches!(self.low(j), "and" | "or"));
            let no_verb =
                self.finite_in(self.lo.max(i.saturating_sub(8)), i).is_none() && self.finite_in(i, i + 5).is_none();
            return left && right && and && no_verb;
        }
        if !matches!(self.low(i), "and" | "or") {
            return false;
        }
        let Some(b) = self.before(i) else { return false };
        if !matches!(self.tag(b), Tag::Name | Tag::Word | Tag::Number | Tag::Close | Tag::Of(Grammar::Time)) {
            return false;
        }
        if !matches!(
            self.tag(i + 1),
            Tag::Name | Tag::Word | Tag::Number | Tag::Of(Grammar::Determiner | Grammar::Possessive | Grammar::Title)
        ) {
            return false;
        }
        let from = self.phrase_floor(i);
        self.finite_in(from, i).is_none() && !self.is(from, Grammar::Preposition)
    }

    /// The nearest clause mark left of `i`.
    fn phrase_floor(&self, i: usize) -> usize {
        let mut j = i;
        for _ in 0..24 {
            let Some(b) = self.before(j) else { return j };
            if matches!(
                self.tag(b),
                Tag::Comma
                    | Tag::Semicolon
                    | Tag::Colon
                    | Tag::Dash
                    | Tag::Stop
                    | Tag::Quote
                    | Tag::Of(Grammar::Subordinator | Grammar::Relative)
            ) {
                return j;
            }
            j = b;
        }
        j
    }

    /// Skips what opens a clause without being its subject: "But", "on Monday", "in London".
    fn skip_opening(&self, start: usize, end: usize) -> usize {
        let mut i = start;
        for _ in 0..24 {
            if i >= end {
                return end;
            }
            match self.tag(i) {
                Tag::Of(Grammar::Adverb | Grammar::Coordinator | Grammar::Subordinator | Grammar::Negation) => i += 1,
                Tag::Of(Grammar::Time)
                    if i + 1 < end && (self.opens_phrase(i + 1) || self.is(i + 1, Grammar::Time)) =>
                {
                    i += 1
                }
                Tag::Of(Grammar::Preposition) if matches!(self.low(i), "out" | "up" | "off" | "down") => i += 1,
                Tag::Of(Grammar::Preposition) => match self.phrase_end_short(i + 1, end) {
                    Some(j) if j < end => i = j,
                    _ => return end,
                },
                _ => return i,
            }
        }
        i
    }

    /// Where the short noun phrase that begins at `from` ends, if another phrase begins there before `end`.
    fn phrase_end_short(&self, from: usize, end: usize) -> Option<usize> {
        let mut i = from;
        if self.is(i, Grammar::Determiner) || self.is(i, Grammar::Possessive) {
            i += 1;
        }
        while i < end {
            let titled = self.is(i, Grammar::Title)
                && !self
                    .before(i)
                    .is_some_and(|b| matches!(self.tag(b), Tag::Name | Tag::Word | Tag::Of(Grammar::Title)));
            let begins = titled
                || matches!(self.tag(i), Tag::Of(Grammar::Determiner | Grammar::Subject))
                || self.is(i, Grammar::Possessive) && self.low(i) != "'s"
                || self.tag(i) == Tag::Name
                    && self.before(i).is_some_and(|b| {
                        b >= from && matches!(self.tag(b), Tag::Of(Grammar::Time) | Tag::Word | Tag::Number)
                    });
            if begins && i > from {
                return Some(i);
            }
            if self.is(i, Grammar::Preposition) {
                return self.phrase_end_short(i + 1, end);
            }
            i += 1;
        }
        None
    }

    /// Whether words that measure a number begin at `i`: "as many as", "at least 30", "between 5 and 9".
    pub fn opens_amount(&self, i: usize) -> bool {
        let numbered = |from: usize| (from..from + 3).any(|j| self.tag(j) == Tag::Number);
        match self.low(i) {
            "as" => matches!(self.low(i + 1), "many" | "much" | "few"),
            "at" => matches!(self.low(i + 1), "least" | "most"),
            "up" => self.is(i + 1, Grammar::To) && numbered(i + 2),
            "about" | "around" | "over" | "under" | "between" | "nearly" | "almost" => numbered(i + 1),
            _ => false,
        }
    }

    /// Whether a noun phrase can begin at `i`.
    pub fn opens_phrase(&self, i: usize) -> bool {
        match self.tag(i) {
            Tag::Name | Tag::Number | Tag::Word => true,
            Tag::Of(Grammar::Time) => self.low(i + 1) == "'s",
            Tag::Mark => matches!(self.low(i), "$" | "€" | "£" | "¥"),
            Tag::Of(g) => matches!(
                g,
                Grammar::Determiner | Grammar::Possessive | Grammar::Subject | Grammar::Title | Grammar::Object
            ),
            _ => false,
        }
    }

    /// The end of the noun phrase that begins at `from`: up to a comma, a verb, a new clause. With "of", "for", "at" phrases.
    pub fn phrase_after(&self, from: usize) -> usize {
        let mut i = from;
        for _ in 0..40 {
            match self.tag(i) {
                Tag::Name | Tag::Number | Tag::Mark => {}
                Tag::Word => {
                    let noun = self.forms(i) & form::ING != 0
                        && matches!(self.tag(i + 1), Tag::Comma | Tag::Stop | Tag::Quote);
                    let verb = i > from
                        && self.forms(i) != 0
                        && !noun
                        && (self.is_finite(i)
                            || self.group(i).is_some_and(|g| {
                                matches!(g.mood, Mood::Participle | Mood::Passive | Mood::Infinitive)
                            }) && self.forms(i) & (form::ING) != 0);
                    if verb {
                        return i;
                    }
                }
                Tag::Of(Grammar::Determiner)
                    if i == from
                        || self.before(i).is_some_and(|b| self.is(b, Grammar::Preposition) || self.low(b) == "and") => {
                }
                Tag::Of(Grammar::Possessive)
                    if self.low(i) == "'s"
                        || i == from
                        || self.before(i).is_some_and(|b| self.is(b, Grammar::Preposition)) => {}
                Tag::Of(Grammar::Title) => {}
                Tag::Of(Grammar::Subject) if i == from => return i + 1,
                Tag::Of(Grammar::Object) if i == from => return i + 1,
                Tag::Of(Grammar::Preposition)
                    if i > from
                        && matches!(self.low(i), "of" | "for" | "at" | "from" | "in" | "with")
                        && self.opens_phrase(i + 1)
                        && !self.is(i + 1, Grammar::Time)
                        && !matches!(
                            self.low(i + 2),
                            "statement" | "interview" | "email" | "tweet" | "news" | "telephone" | "phone"
                        ) => {}
                Tag::Of(Grammar::Coordinator)
                    if self.low(i) == "and"
                        && i > from
                        && self.opens_phrase(i + 1)
                        && self.forms(i + 1) == 0
                        && self.finite_in(i + 1, i + 5).is_none() => {}
                Tag::Open => {
                    let close = (i..i + 12).find(|j| self.tag(*j) == Tag::Close);
                    match close {
                        Some(c) => {
                            i = c;
                        }
                        None => return i,
                    }
                }
                _ => return i,
            }
            i += 1;
        }
        i
    }

    /// The end of a noun phrase with its appositive: "Ann Oak, mayor of Riga".
    pub fn phrase_with_appositive(&self, from: usize) -> usize {
        let mut end = self.phrase_after(from);
        for _ in 0..3 {
            if self.tag(end) != Tag::Comma || end <= from {
                return end;
            }
            let inner = end + 1;
            let relative = self.is(inner, Grammar::Relative);
            let next = if relative { self.clause_comma(inner) } else { self.phrase_after(inner) };
            let described = relative
                || matches!(
                    self.tag(inner),
                    Tag::Word
                        | Tag::Name
                        | Tag::Of(Grammar::Determiner | Grammar::Possessive | Grammar::Title | Grammar::Adverb)
                ) && self.forms(inner) & form::ING == 0;
            let ends = matches!(self.tag(next), Tag::Stop | Tag::Comma | Tag::Quote | Tag::Dash | Tag::Semicolon)
                || self.is(next, Grammar::Relative)
                || self.is(next, Grammar::Preposition);
            if described && ends && next > inner {
                end = next;
                if self.is(next, Grammar::Relative) || self.is(next, Grammar::Preposition) {
                    end = self.clause_comma(next);
                }
            } else {
                return end;
            }
        }
        end
    }

    /// The next comma, dash, quotation or stop from `from`.
    pub fn clause_comma(&self, from: usize) -> usize {
        (from..self.hi.min(from + REACH))
            .find(|i| matches!(self.tag(*i), Tag::Comma | Tag::Stop | Tag::Dash | Tag::Semicolon | Tag::Quote))
            .unwrap_or(self.hi.min(from + REACH))
    }

    /// The end of the sentence without its final stop.
    pub fn sentence_end(&self) -> usize {
        let mut end = self.hi;
        while end > self.lo && self.tag(end - 1) == Tag::Stop {
            end -= 1;
        }
        end
    }

    /// Skips words of time and short phrases of place after a verb: "on Monday", "in a statement", "during a call with him".
    pub fn skip_adjuncts(&self, from: usize) -> usize {
        let mut i = from;
        for _ in 0..8 {
            match self.tag(i) {
                Tag::Of(Grammar::Adverb | Grammar::Negation) => i += 1,
                Tag::Of(Grammar::Time) => {
                    i += 1;
                    while matches!(self.tag(i), Tag::Number | Tag::Of(Grammar::Time)) {
                        i += 1;
                    }
                }
                Tag::Of(Grammar::Preposition) if self.is(i + 1, Grammar::Time) => i += 1,
                Tag::Of(Grammar::Preposition) if self.low(i) != "of" || i > from => {
                    let end = self.phrase_after(i + 1);
                    if end <= i + 1 {
                        return i;
                    }
                    i = end;
                }
                // "in a message to the convention"
                Tag::Of(Grammar::To)
                    if i > from
                        && (self.tag(i + 1) == Tag::Name
                            || matches!(self.tag(i + 1), Tag::Of(Grammar::Determiner | Grammar::Possessive))) =>
                {
                    i = self.phrase_after(i + 1);
                }
                // "in a statement posted on Monday"
                Tag::Word
                    if i > from
                        && self.forms(i) & form::PARTICIPLE != 0
                        && matches!(self.tag(i + 1), Tag::Of(Grammar::Preposition | Grammar::Time)) =>
                {
                    i += 1;
                }
                Tag::Of(Grammar::Determiner)
                    if matches!(self.low(i), "this" | "last" | "that") && self.is(i + 1, Grammar::Time) =>
                {
                    i += 2
                }
                _ => return i,
            }
        }
        i
    }
}

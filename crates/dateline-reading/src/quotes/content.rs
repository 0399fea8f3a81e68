//! What is attributed: the words after, before or around a cue, by the cue's frames.

use super::phrases::{REACH, Range};
use super::tag::Tag;
use super::verbs::{Mood, Sentence};
use dateline_lexicon::quotes::{CueClass, Frames, Grammar, form};

/// Where a cue stands, as far as its content's end depends on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting {
    /// In a clause that opens the sentence before its main clause ("While Oak said …, …").
    pub fronted: bool,
    /// In a relative clause after a comma ("Oak, who said …, left").
    pub relative: bool,
}

/// How verbs begin that take a clause without "that" rather than an object.
const LOOSE: &[&str] =
    &["sa", "add", "claim", "argu", "belie", "think", "thought", "insist", "hope", "told", "tell", "warn"];

impl Sentence<'_, '_> {
    /// Content after a verb group that ends at `from`, with the name of the frame that found it.
    pub fn content_after(&self, from: usize, frames: &Frames, setting: Setting) -> Option<(Vec<Range>, &'static str)> {
        if (frames.quote || frames.that || frames.wh)
            && let Some((start, rule)) = self.clause_start_after(from, frames)
        {
            let end = self.quotation_end(start).unwrap_or_else(|| self.content_end(start, setting, false));
            return (end > start).then(|| (vec![(start, end)], rule));
        }
        let at = self.skip_time(self.skip_adverbs(from));
        if frames.to && self.is(at, Grammar::To) && self.forms(self.skip_adverbs(at + 1)) & form::BASE != 0
            || frames.to
                && self.is(at, Grammar::To)
                && matches!(
                    self.tag(at + 1),
                    Tag::Word | Tag::Quote | Tag::Of(Grammar::Be | Grammar::Have | Grammar::Do | Grammar::Adverb)
                )
        {
            return Some((vec![(at, self.content_end(at, setting, true))], "to"));
        }
        if frames.ing && (self.forms(at) & form::ING != 0 || matches!(self.low(at), "being" | "having")) {
            return Some((vec![(at, self.content_end(at, setting, true))], "ing"));
        }
        if let Some(start) = self.preposition_content(at, frames) {
            return Some((vec![(start, self.content_end(start, setting, true))], "preposition"));
        }
        if frames.object_to
            && let Some(found) = self.object_to(at, setting)
        {
            return Some((vec![found], "object to"));
        }
        if frames.at
            && self.opens_object(at)
            && let Some(found) = self.object_at(at, setting)
        {
            return Some((vec![found], "at"));
        }
        if (frames.as_ || frames.name)
            && self.opens_object(at)
            && let Some(found) = self.object_as(at, frames, setting)
        {
            return Some((vec![found], "as"));
        }
        if frames.np && self.opens_object(at) {
            return Some((vec![(at, self.content_end(at, setting, true))], "object"));
        }
        None
    }

    /// Skips words of time: "confirmed this morning the visit".
    fn skip_time(&self, from: usize) -> usize {
        let mut i = from;
        let shown = matches!(self.low(i), "this" | "last" | "next") && self.is(i + 1, Grammar::Time);
        if shown || self.is(i, Grammar::Time) && self.low(i + 1) != "'s" {
            i += if shown { 2 } else { 1 };
            while matches!(self.tag(i), Tag::Number | Tag::Of(Grammar::Time)) && self.low(i + 1) != "'s" {
                i += 1;
            }
        }
        i
    }

    /// Skips adverbs and negations.
    pub fn skip_adverbs(&self, from: usize) -> usize {
        let mut i = from;
        while i < from + 3 && matches!(self.tag(i), Tag::Of(Grammar::Adverb | Grammar::Negation)) {
            i += 1;
        }
        i
    }

    fn opens_object(&self, i: usize) -> bool {
        (self.opens_phrase(i) && !self.is(i, Grammar::Subject) || matches!(self.low(i), "it" | "you"))
            || self.tag(i) == Tag::Quote
            || self.low(i) == "that" && self.opens_phrase(i + 1)
    }

    fn preposition_content(&self, at: usize, frames: &Frames) -> Option<usize> {
        let fits = |i: usize| frames.prepositions.iter().any(|p| p == self.low(i)) && self.tag(i) != Tag::Stop;
        if fits(at) && self.tag(at + 1) != Tag::Stop && self.tag(at + 1) != Tag::Comma {
            return Some(at + 1);
        }
        // "told him of the plan"
        if frames.addressee && self.opens_phrase(at) {
            let end = self.addressee_end(at);
            if fits(end) {
                return Some(end + 1);
            }
        }
        None
    }

    fn object_to(&self, at: usize, setting: Setting) -> Option<Range> {
        if !self.opens_object(at) && !self.is(at, Grammar::Object) {
            return None;
        }
        let end = self.hi.min(at + 24);
        for i in at..end {
            if self.is(i, Grammar::To) && i > at {
                return Some((at, self.content_end(at, setting, true)));
            }
            if matches!(self.tag(i), Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Colon) || self.is_finite(i) {
                return None;
            }
        }
        None
    }

    /// "put the toll at 31": an object, "at", and a number.
    fn object_at(&self, from: usize, setting: Setting) -> Option<Range> {
        for i in from + 1..self.hi.min(from + 16) {
            if self.low(i) == "at" && (i + 1..i + 6).any(|j| self.tag(j) == Tag::Number) {
                return Some((from, self.content_end(i + 1, setting, true)));
            }
            if matches!(self.tag(i), Tag::Comma | Tag::Stop | Tag::Semicolon) || self.is_finite(i) {
                return None;
            }
        }
        None
    }

    fn object_as(&self, at: usize, frames: &Frames, setting: Setting) -> Option<Range> {
        if frames.name {
            return Some((at, self.content_end(at, Setting { ..setting }, true)));
        }
        let mut i = at;
        while i < self.hi.min(at + 24) {
            if self.low(i) == "as" && i > at {
                let rest = self.content_end(i + 1, setting, true);
                return (rest > i + 1).then_some((at, rest));
            }
            if matches!(self.tag(i), Tag::Comma | Tag::Stop | Tag::Semicolon) || self.is_finite(i) {
                return None;
            }
            i += 1;
        }
        None
    }

    /// The end of whom something is said to: "told [the Associated Press] on Monday that".
    pub fn addressee_end(&self, from: usize) -> usize {
        if matches!(self.tag(from), Tag::Of(Grammar::Object | Grammar::Subject))
            || matches!(self.low(from), "her" | "his") && !matches!(self.tag(from + 1), Tag::Word)
        {
            return from + 1;
        }
        let mut i = from;
        for _ in 0..24 {
            match self.tag(i) {
                Tag::Of(Grammar::Determiner | Grammar::Possessive)
                    if i == from || self.low(i) == "'s" && self.tag(i) != Tag::Of(Grammar::Be) => {}
                Tag::Of(Grammar::Determiner | Grammar::Possessive)
                    if self.before(i).is_some_and(|b| self.is(b, Grammar::Preposition) || self.low(b) == "and")
                        && self.low(i) != "that" => {}
                Tag::Name | Tag::Number | Tag::Of(Grammar::Title) => {}
                Tag::Word if !self.is_finite(i) || i == from => {}
                Tag::Of(Grammar::Preposition) if matches!(self.low(i), "of" | "at" | "in" | "on" | "for") => {}
                Tag::Of(Grammar::Coordinator) if self.low(i) == "and" => {}
                _ => return i,
            }
            i += 1;
        }
        i
    }

    /// Where a clause or quotation begins after a verb of saying: past whom it was said to, where and when.
    fn clause_start_after(&self, from: usize, frames: &Frames) -> Option<(usize, &'static str)> {
        let mut i = from;
        let mut addressed = !frames.addressee;
        for _ in 0..16 {
            let tag = self.tag(i);
            match tag {
                Tag::Quote => return (frames.quote || frames.that).then_some((i, "quotation")),
                Tag::Colon => return (i + 1 < self.sentence_end()).then_some((i + 1, "colon")),
                Tag::Comma => {
                    return match self.tag(i + 1) {
                        Tag::Quote if frames.quote => Some((i + 1, "quotation")),
                        _ if self.low(i + 1) == "that" && frames.that => Some((i + 1, "that")),
                        _ if frames.that => {
                            let that = self.that_after_aside(i + 1).map(|at| (at, "that"));
                            that.or_else(|| self.clause_after_condition(i + 1).then_some((i + 1, "clause")))
                        }
                        _ => None,
                    };
                }
                Tag::Dash | Tag::Semicolon | Tag::Stop | Tag::Open | Tag::Close | Tag::Mark => return None,
                _ => {}
            }
            if self.low(i) == "that" {
                let points = matches!(self.tag(i + 1), Tag::Word)
                    && matches!(
                        self.tag(i + 2),
                        Tag::Stop | Tag::Comma | Tag::Of(Grammar::Preposition | Grammar::Time)
                    );
                return (frames.that && !(points && frames.np)).then_some((i, "that"));
            }
            if frames.wh && self.is_question_word(i) {
                return Some((i, "wh"));
            }
            if frames.that && self.opens_amount(i) && self.is_bare_clause(i, false) {
                return Some((i, "clause"));
            }
            let next = match tag {
                Tag::Of(Grammar::Time | Grammar::Preposition | Grammar::Adverb | Grammar::Negation) => {
                    if tag == Tag::Of(Grammar::Preposition) && frames.prepositions.iter().any(|p| p == self.low(i)) {
                        return None;
                    }
                    let mut j = self.skip_one_adjunct(i);
                    while tag == Tag::Of(Grammar::Time) && self.tag(j) == Tag::Number {
                        j += 1;
                    }
                    j
                }
                _ if !addressed && self.opens_phrase(i) => {
                    addressed = true;
                    self.addressee_end(i)
                }
                _ if self.opens_phrase(i) && frames.that => {
                    return self.is_bare_clause(i, frames.np && !frames.addressee).then_some((i, "clause"));
                }
                Tag::Of(Grammar::Be) | Tag::Of(Grammar::Have) => return None,
                Tag::Of(Grammar::Subordinator)
                    if frames.that && matches!(self.low(i), "if" | "when" | "while" | "although" | "because") =>
                {
                    return (self.low(i) == "if" || self.low(i) == "when").then_some((i, "clause"));
                }
                _ => return None,
            };
            if next <= i {
                return None;
            }
            i = next;
        }
        None
    }

    /// The end of content that is one whole sentence in quotation marks, where a new clause follows it.
    fn quotation_end(&self, start: usize) -> Option<usize> {
        let whole = self.tag(start) == Tag::Quote && self.tokens[start].capital;
        let next = start + 1;
        let parts = match self.tag(next) {
            Tag::Of(Grammar::Subordinator) => true,
            Tag::Of(Grammar::Coordinator) => self.tag(next + 1) != Tag::Quote,
            Tag::Comma => !(next..next + 4).any(|i| self.tag(i) == Tag::Quote),
            _ => false,
        };
        (whole && parts).then_some(next)
    }

    /// "cautioned, as did the party itself, that …"
    fn that_after_aside(&self, from: usize) -> Option<usize> {
        let comma = (from..self.hi.min(from + 14)).find(|i| self.tag(*i) == Tag::Comma)?;
        (self.low(comma + 1) == "that").then_some(comma + 1)
    }

    /// "said, if elected, she would …": a condition between commas, and a clause.
    fn clause_after_condition(&self, from: usize) -> bool {
        let opens = matches!(self.low(from), "if" | "when" | "while" | "although" | "unless" | "once");
        let comma = (from..self.hi.min(from + 14)).find(|i| self.tag(*i) == Tag::Comma);
        opens && comma.is_some_and(|c| self.opens_phrase(c + 1) && self.is_bare_clause(c + 1, true))
    }

    fn is_question_word(&self, i: usize) -> bool {
        matches!(self.low(i), "whether" | "if" | "how" | "why" | "what" | "where" | "who" | "which")
    }

    /// One adverb, word of time, or prepositional phrase.
    fn skip_one_adjunct(&self, i: usize) -> usize {
        if self.is(i, Grammar::Preposition) {
            return self.adjunct_phrase_end(i + 1);
        }
        i + 1
    }

    /// The noun phrase of an adjunct, short: "a statement", "a conference call with him", "CNN's “State of the Union”".
    fn adjunct_phrase_end(&self, from: usize) -> usize {
        let mut i = from;
        for _ in 0..16 {
            match self.tag(i) {
                Tag::Of(Grammar::Determiner | Grammar::Possessive) if i == from || self.low(i) == "'s" => {}
                Tag::Of(Grammar::Object | Grammar::Subject) if i == from => return i + 1,
                Tag::Of(Grammar::Time | Grammar::Title | Grammar::Adverb) | Tag::Name | Tag::Number | Tag::Mark => {}
                Tag::Word if !self.is_finite(i) || i == from => {}
                Tag::Quote
                    if i > from
                        && self.tokens[i].span.len() < 40
                        && self.before(i).is_some_and(|b| self.low(b) == "'s") => {}
                _ => return i,
            }
            i += 1;
        }
        i
    }

    /// Whether a clause without "that" begins at `i`: a subject, and a finite verb before anything closes it. With
    /// verbs that also take an object, a relative clause or a comma closes it.
    fn is_bare_clause(&self, i: usize, object: bool) -> bool {
        let end = self.hi.min(i + 40);
        let cue = self.before(i).map(|b| if self.is(b, Grammar::Object) { b.max(self.lo + 1) - 1 } else { b });
        let loose = cue.is_some_and(|b| LOOSE.iter().any(|l| self.low(b).starts_with(l)));
        let strict = !loose || object && !self.before(i).is_some_and(|b| self.low(b).starts_with("sa"));
        for j in i + 1..end {
            // "told them the club “has no money”": the verb may be the first word quoted
            let quoted = self.tag(j) == Tag::Quote && !self.tokens[j].capital && !self.tokens[j].sentence_inside;
            if self.is_finite(j) || quoted && loose {
                return true;
            }
            let closes = match self.tag(j) {
                Tag::Stop | Tag::Semicolon | Tag::Colon => true,
                Tag::Comma | Tag::Of(Grammar::Relative | Grammar::Subordinator | Grammar::Coordinator) => strict,
                _ => strict && self.low(j) == "that",
            };
            if closes {
                return false;
            }
        }
        self.tokens[i].contracted
    }

    /// Where content that begins at `start` ends. `phrase`: it is less than a clause.
    pub fn content_end(&self, start: usize, setting: Setting, phrase: bool) -> usize {
        let end = self.sentence_end();
        let mut depth = 0usize;
        let mut i = if self.tag(start) == Tag::Quote { start } else { start + 1 };
        while i < end.min(start + 4 * REACH) {
            match self.tag(i) {
                Tag::Open => depth += 1,
                Tag::Close if depth == 0 => return i,
                Tag::Close => depth -= 1,
                _ if depth > 0 => {}
                Tag::Comma if self.comma_ends(i, setting, phrase) => return i,
                Tag::Quote if self.tokens[i].comma_inside && self.comma_ends(i, setting, phrase) => return i + 1,
                Tag::Semicolon if phrase || self.holds_cue(i + 1) => return i,
                Tag::Dash if phrase || self.title_case => return i,
                Tag::Of(Grammar::Coordinator) if self.coordinator_ends(i, phrase) => return i,
                Tag::Of(Grammar::Subordinator) if self.subordinator_ends(i, phrase) => return i,
                Tag::Word if self.low(i) == "according" && self.is(i + 1, Grammar::To) => return i,
                _ => {}
            }
            i += 1;
        }
        end
    }

    fn comma_ends(&self, comma: usize, setting: Setting, phrase: bool) -> bool {
        let mut n = comma + 1;
        if matches!(self.low(n), "and" | "but") {
            n += 1;
        }
        n = self.skip_adverbs(n);
        if self.low(n) == "according" || self.low(n) == "as" && self.as_clause(n) {
            return true;
        }
        if self.forms(n) & form::ING != 0 && self.tag(n) == Tag::Word && (phrase || self.speech_cue(n)) {
            return true;
        }
        if setting.fronted
            && !self.is(n, Grammar::Relative)
            && self.finite_in(n, n + 30).is_some()
            && !self.is(comma + 1, Grammar::Coordinator)
        {
            return true;
        }
        if phrase && comma + 1 == n && self.opens_phrase(n) && self.finite_in(n + 1, n + 6).is_some() {
            return true;
        }
        if setting.relative && self.is_finite(n) {
            return true;
        }
        if phrase
            && (self.is(comma + 1, Grammar::Subordinator)
                || self.is(comma + 1, Grammar::Relative)
                || self.is(comma + 1, Grammar::Subject)
                || self.is(comma + 1, Grammar::Preposition) && self.low(comma + 1) != "including")
        {
            return true;
        }
        // "…, Oak said": another source breaks in
        self.opens_phrase(n) && self.cue_with_end(n)
    }

    /// "as Oak said": an attribution of its own.
    fn as_clause(&self, at: usize) -> bool {
        self.finite_in(at + 1, at + 6).is_some_and(|v| self.speech_cue(v))
    }

    /// Whether a short subject and a verb of saying begin at `from` and a mark closes them.
    pub fn cue_with_end(&self, from: usize) -> bool {
        (from + 1..from + 12).any(|v| {
            self.speech_cue(v) && self.is_finite(v) && self.finite_in(from, v).is_none() && {
                let at = self.skip_adjuncts(v + 1);
                at >= self.sentence_end() || matches!(self.tag(at), Tag::Comma | Tag::Stop)
            }
        })
    }

    fn coordinator_ends(&self, at: usize, phrase: bool) -> bool {
        let n = self.skip_adverbs(at + 1);
        let bare = self.group(n).filter(|g| g.mood == Mood::Finite && g.head == n);
        if bare.is_some()
            && (phrase && self.forms(n) & form::BASE == 0 || self.speech_cue(n) && self.forms(n) & form::BASE == 0)
        {
            return true;
        }
        if phrase && self.is_auxiliary(n) {
            return true;
        }
        // "said that it was late but rejected the plan", "…, but Riga calls it a farce"
        if self.low(at) == "but" && self.has_cue(n) && bare.is_some() {
            return true;
        }
        if self.low(at) == "but"
            && self.opens_phrase(n)
            && self.finite_in(n + 1, n + 6).is_some_and(|v| self.has_cue(v))
        {
            return true;
        }
        let limit = if phrase { 8 } else { 6 };
        if self.low(at) != "or"
            && (self.opens_phrase(n))
            && let Some(v) = self.finite_in(n + 1, n + limit)
        {
            return if phrase {
                self.low(at) == "but"
                    || self.is(n, Grammar::Subject)
                    || self.before(at).is_some_and(|b| self.tag(b) == Tag::Comma)
                    || self.speech_cue(v)
            } else {
                self.any_speech(n + 1, n + limit + 3) && self.low(n) != "it"
            };
        }
        false
    }

    fn subordinator_ends(&self, at: usize, phrase: bool) -> bool {
        let low = self.low(at);
        if phrase {
            return matches!(
                low,
                "after"
                    | "while"
                    | "when"
                    | "because"
                    | "although"
                    | "though"
                    | "since"
                    | "until"
                    | "before"
                    | "as"
                    | "if"
                    | "once"
            ) && low != "as";
        }
        matches!(low, "while" | "although" | "though" | "whereas") && self.any_speech(at + 1, at + 10)
    }

    fn any_speech(&self, from: usize, to: usize) -> bool {
        (from..to.min(self.hi)).any(|v| self.speech_cue(v) && self.is_finite(v))
    }

    fn has_cue(&self, i: usize) -> bool {
        i >= self.lo && i < self.hi && !self.tokens[i].cues.is_empty()
    }

    fn holds_cue(&self, from: usize) -> bool {
        self.any_speech(from, from + 30)
    }

    /// Whether token `i` is a form of a verb of saying.
    pub fn speech_cue(&self, i: usize) -> bool {
        i >= self.lo
            && i < self.hi
            && self.tokens[i].cues.iter().any(|(c, _)| {
                let cue = &self.tables.cues[*c];
                cue.lemma.len() == 1 && cue.class == CueClass::Speech && (cue.frames.that || cue.frames.quote)
            })
    }
}

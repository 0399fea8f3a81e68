//! From a cue to an attribution: its source, its content, in every order they come in.

use super::content::Setting;
use super::phrases::Range;
use super::tag::Tag;
use super::verbs::{Group, Mood, Sentence};
use crate::{Confidence, QuoteClass};
use dateline_lexicon::quotes::{CueClass, CueVerb, Grammar, form};
use dateline_text::Span;

/// An attribution as ranges of tokens of one paragraph.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The source, outermost phrase first; empty where none stands.
    pub source: Vec<Range>,
    /// The cue.
    pub cue: Range,
    /// The content; may be empty until a neighbouring quotation is joined to it.
    pub content: Vec<Range>,
    /// Content in other paragraphs.
    pub extra: Vec<Span>,
    /// What the source does.
    pub class: QuoteClass,
    /// Whether quotations that follow may belong to it: its cue can introduce words in quotation marks.
    pub quotes: bool,
    /// How sure.
    pub confidence: Confidence,
    /// The rule that found it.
    pub rule: &'static str,
}

/// The class of a cue.
pub fn class_of(cue: CueClass) -> QuoteClass {
    match cue {
        CueClass::Speech => QuoteClass::Speech,
        CueClass::Belief => QuoteClass::Belief,
        CueClass::Stance => QuoteClass::Stance,
        CueClass::Label => QuoteClass::Label,
    }
}

/// All attributions by verbs in one sentence, in order of their cues.
pub fn by_verbs(s: &Sentence) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    for i in s.lo..s.hi {
        if s.tokens[i].cues.is_empty() {
            continue;
        }
        let Some(group) = s.group(i) else { continue };
        let Some((cue, end)) = cue_at(s, i, group) else { continue };
        if leads_on(s, end) || cue.noun && is_noun_here(s, i, end, group, cue) {
            continue;
        }
        let seen = Seen { cue, group, end, earlier: &out };
        if let Some(hit) = seen.attribution(s) {
            out.push(hit);
        }
    }
    out
}

/// The longest cue verb that token `i` begins, and the end of its words.
fn cue_at<'t>(s: &Sentence<'_, 't>, i: usize, group: Group) -> Option<(&'t CueVerb, usize)> {
    for (c, bits) in s.tokens[i].cues {
        let cue = &s.tables.cues[*c];
        let particles = &cue.lemma[1..];
        let mut at = i + 1;
        while !particles.is_empty()
            && matches!(s.tag(at), Tag::Of(Grammar::Time | Grammar::Adverb))
            && s.low(at) != particles[0]
            && at < i + 3
        {
            at += 1;
        }
        if particles.iter().enumerate().all(|(k, p)| s.low(at + k) == p) {
            let passive_only = group.mood == Mood::Passive && bits & form::PARTICIPLE == 0;
            if !passive_only {
                return Some((cue, if particles.is_empty() { i + 1 } else { at + particles.len() }));
            }
        }
    }
    None
}

/// Forms of what is done to a comment that is not given.
const DECLINES: &[&str] = &["decline", "declines", "declined", "declining", "refuse", "refuses", "refused", "refusing"];

/// Whether an infinitive of another cue follows that this verb only introduces ("declined to say").
fn leads_on(s: &Sentence, end: usize) -> bool {
    let head = end - 1;
    if !s.is_light(head) || !s.is(end, Grammar::To) {
        return false;
    }
    let verb = s.skip_adverbs(end + 1);
    // "declined to comment." has no content but the comment
    let silent = DECLINES.contains(&s.low(head))
        && s.low(verb) == "comment"
        && !matches!(s.low(verb + 1), "on" | "about" | "upon");
    s.speech_cue(verb) && !silent
}

/// Whether a word that is a noun as well as a verb is a noun here: nothing that a verb would take follows it.
fn is_noun_here(s: &Sentence, i: usize, end: usize, group: Group, cue: &CueVerb) -> bool {
    let bare = group.start == i && group.mood == Mood::Finite;
    if !bare
        || s.forms(i) & (form::BASE | form::THIRD) == 0
        || s.before(i).is_some_and(|b| s.is(b, Grammar::Subject) || s.is(b, Grammar::Relative))
    {
        return false;
    }
    // "claws back", "pays back": a verb only after somebody known to be several
    let several = |b: usize| s.tables.source(s.low(b)).is_some();
    if s.low(i) == "back" && !s.before(i).is_some_and(several) {
        return true;
    }
    let at = s.skip_adverbs(end);
    let low = s.low(at);
    let takes = match s.tag(at) {
        Tag::Of(
            Grammar::Determiner
            | Grammar::Possessive
            | Grammar::Subject
            | Grammar::Object
            | Grammar::Title
            | Grammar::Time,
        ) => true,
        Tag::Of(Grammar::To) => cue.frames.to,
        Tag::Name | Tag::Quote | Tag::Number | Tag::Colon => true,
        Tag::Word => s.forms(at) & form::ING == 0 || cue.frames.ing,
        Tag::Of(Grammar::Subordinator | Grammar::Relative) => cue.frames.wh,
        Tag::Of(Grammar::Preposition) => cue.lemma.len() > 1 || cue.frames.prepositions.iter().any(|p| p == low),
        Tag::Comma if s.tag(at + 1) == Tag::Quote || s.forms(at + 1) & form::ING != 0 => true,
        _ => {
            // "…, the paper reports, …": only after words that can be its content
            let subject = s.subject_before(group.start);
            let left = subject.and_then(|p| s.before(p.0)).map(|b| s.tag(b));
            closes(s, at) && matches!(left, Some(Tag::Comma | Tag::Quote))
        }
    };
    // "the mayor's plans", "dubious claims": an adjective's place before it
    let owned = (s.lo..i).rev().take(3).any(|b| s.low(b) == "'s") && s.before(i).is_some_and(|b| s.tag(b) == Tag::Word);
    !takes || owned && s.tag(at) != Tag::Quote && low != "that"
}

/// A cue verb found, and what was found before it in the sentence.
pub struct Seen<'a, 't> {
    pub(super) cue: &'t CueVerb,
    pub(super) group: Group,
    pub(super) end: usize,
    pub(super) earlier: &'a [Hit],
}

impl Seen<'_, '_> {
    fn attribution(&self, s: &Sentence) -> Option<Hit> {
        match self.group.mood {
            Mood::Finite => self.finite(s),
            Mood::Infinitive => self.infinitive(s),
            Mood::Participle => self.participle(s),
            Mood::Passive => self.passive(s),
        }
    }

    pub(super) fn hit(
        &self,
        s: &Sentence,
        source: Vec<Range>,
        start: usize,
        content: Vec<Range>,
        rule: &'static str,
    ) -> Hit {
        let class = if self.is_silence(s, &content) { QuoteClass::NoComment } else { class_of(self.cue.class) };
        // "insisted on": the preposition belongs to the cue
        let first = content.first().map_or(self.end, |c| c.0);
        let end = if rule == "preposition" && first > self.end && first <= self.end + 2 { first } else { self.end };
        Hit {
            source,
            cue: (start, end),
            content,
            extra: Vec::new(),
            class,
            quotes: self.cue.frames.quote,
            confidence: Confidence::High,
            rule,
        }
    }

    /// "declined to comment", "did not respond to questions": the source says nothing about it.
    fn is_silence(&self, s: &Sentence, content: &[Range]) -> bool {
        let verb = self.cue.lemma.first().map_or("", String::as_str);
        let comment =
            |(a, b): Range| (a..b.min(a + 12)).any(|i| matches!(s.low(i), "comment" | "elaborate" | "discuss"));
        match verb {
            "comment" | "elaborate" | "discuss"
                if self.group.governor.is_some_and(|g| DECLINES.contains(&s.low(g))) =>
            {
                true
            }
            "decline" | "refuse" => content.first().is_some_and(|c| comment(*c)) || comment((self.end, self.end + 4)),
            "respond" | "comment" | "reply" | "answer" => self.group.negated,
            _ => false,
        }
    }

    fn finite(&self, s: &Sentence) -> Option<Hit> {
        let start = self.group.start;
        let before = s.before(start);
        if let Some(hit) = self.inverted(s, before) {
            return Some(hit);
        }
        let b = before?;
        let tag = s.tag(b);
        if s.is(b, Grammar::Relative) {
            return self.relative(s, b);
        }
        if s.low(b) == "that" && s.before(b).is_some_and(|x| matches!(s.tag(x), Tag::Word | Tag::Name)) {
            return self.relative(s, b);
        }
        let source = if tag == Tag::Of(Grammar::Coordinator)
            || tag == Tag::Comma && s.before(b).is_some_and(|x| s.is(x, Grammar::Coordinator))
        {
            self.shared_subject(s, b)?
        } else if let Some(p) = s.subject_before(start) {
            vec![p]
        } else {
            return None;
        };
        // people read titles; papers read what follows
        if self.cue.lemma[0] == "read" && !s.is_paper(*source.first()?) {
            return None;
        }
        let subject_start = source.first()?.0;
        if tag != Tag::Of(Grammar::Coordinator)
            && let Some(hit) = self.around(s, &source, subject_start)
        {
            return Some(hit);
        }
        if let Some(content) = self.gap(s, subject_start) {
            return Some(self.hit(s, source, start, vec![content], "gap"));
        }
        if let Some(content) = self.called(s, subject_start) {
            return Some(self.hit(s, source, start, content, "gap"));
        }
        // "a move its backers said would save money": two noun phrases in a row, the second is the subject
        let second = (subject_start + 1..start).find(|i| {
            let opens = matches!(s.tag(*i), Tag::Of(Grammar::Determiner | Grammar::Possessive)) && s.low(*i) != "'s";
            opens && s.tag(*i - 1) == Tag::Word
        });
        if let Some((at, content)) = second.and_then(|at| Some((at, self.gap(s, at)?))) {
            return Some(self.hit(s, vec![(at, start)], start, vec![content], "gap"));
        }
        let setting = Setting { fronted: is_fronted(s, subject_start), relative: false };
        let (content, rule) =
            s.content_after(self.end, &self.cue.frames, setting).or_else(|| self.open_ended(s, subject_start))?;
        if content.is_empty() && tag == Tag::Of(Grammar::Coordinator) {
            return None;
        }
        Some(self.hit(s, source, start, content, rule))
    }

    /// "which critics said was unfair": the subject of the content stands before the source.
    fn gap(&self, s: &Sentence, subject_start: usize) -> Option<Range> {
        let b = s.before(subject_start)?;
        let opens = s.is(b, Grammar::Relative) || matches!(s.low(b), "what" | "that");
        let verb = s.skip_adverbs(self.end);
        let clause = self.cue.frames.that && s.is_auxiliary(verb);
        // "a move its backers said would save money": the relative pronoun left out
        let noun = matches!(s.tag(b), Tag::Word) && verb == self.end;
        ((opens || noun) && clause)
            .then(|| (verb, s.content_end(verb, Setting { fronted: false, relative: true }, false)))
    }

    /// "whom she described as volatile": what the relative pronoun stands for, and what it is called.
    fn called(&self, s: &Sentence, subject_start: usize) -> Option<Vec<Range>> {
        let pronoun = s.before(subject_start).filter(|b| s.is(*b, Grammar::Relative) || s.low(*b) == "whom")?;
        let f = &self.cue.frames;
        let at = s.skip_adverbs(self.end);
        let calls = f.as_ && s.low(at) == "as" || f.name && s.tag(at) == Tag::Quote;
        let setting = Setting { fronted: false, relative: true };
        calls.then(|| vec![(pronoun, pronoun + 1), (at, s.content_end(at, setting, true))])
    }

    /// A cue whose words stand in the next paragraph, or before it: "He went on:", "“…?” Mr. Oak asked."
    fn open_ended(&self, s: &Sentence, subject_start: usize) -> Option<(Vec<Range>, &'static str)> {
        let at = s.skip_adjuncts(self.end);
        let opens = subject_start == s.lo || s.before(subject_start).is_some_and(|b| matches!(s.tag(b), Tag::Comma));
        let ends = at >= s.sentence_end() || s.tag(at) == Tag::Colon;
        (self.cue.frames.quote && opens && ends)
            .then(|| (Vec::new(), if s.tag(at) == Tag::Colon { "introduces" } else { "follows" }))
    }

    /// "Oak, who said …": the antecedent and the pronoun are the source.
    fn relative(&self, s: &Sentence, pronoun: usize) -> Option<Hit> {
        let comma = s.before(pronoun).filter(|b| s.tag(*b) == Tag::Comma);
        let end = comma.unwrap_or(pronoun);
        let mut source = Vec::new();
        if let Some(p) = s.antecedent_before(end) {
            source.push(p);
        }
        source.push((pronoun, pronoun + 1));
        let setting = Setting { fronted: false, relative: true };
        let (content, rule) = s.content_after(self.end, &self.cue.frames, setting)?;
        Some(self.hit(s, source, self.group.start, content, rule))
    }

    /// The subject of the verb that this one is joined to by "and".
    fn shared_subject(&self, s: &Sentence, and: usize) -> Option<Vec<Range>> {
        if let Some(h) = self.earlier.iter().rev().find(|h| !h.source.is_empty() && h.cue.1 <= and)
            && h.source.iter().all(|p| p.1 <= h.cue.0)
        {
            return Some(h.source.clone());
        }
        first_subject(s, and).map(|p| vec![p])
    }

    fn infinitive(&self, s: &Sentence) -> Option<Hit> {
        let f = &self.cue.frames;
        let governor = self.group.governor;
        if let Some(g) = governor {
            if s.is_light(g) || matches!(s.low(g), "has" | "have" | "had" | "going" | "able") {
                let start = s.group(g).map_or(g, |x| x.start);
                let source = if let Some(p) = s.subject_before(start) {
                    vec![p]
                } else if s.before(start).is_some_and(|b| s.is(b, Grammar::Coordinator)) {
                    self.shared_subject(s, start)?
                } else if matches!(s.group(g).map(|x| x.mood), Some(Mood::Participle)) {
                    vec![self.main_subject(s, start)?]
                } else {
                    return None;
                };
                let subject_start = source.first()?.0;
                let setting = Setting { fronted: is_fronted(s, subject_start), relative: false };
                let (content, rule) =
                    s.content_after(self.end, f, setting).or_else(|| self.open_ended(s, subject_start))?;
                return Some(self.hit(s, source, start, content, rule));
            }
            if s.tokens[g].cues.iter().any(|(c, _)| {
                let frames = &s.tables.cues[*c].frames;
                frames.to || frames.object_to
            }) {
                return None;
            }
        }
        if self.cue.class != CueClass::Speech || !(f.that || f.quote) {
            return None;
        }
        let (content, rule) = s.content_after(self.end, f, Setting::default())?;
        if !matches!(rule, "that" | "quotation") {
            return None;
        }
        let source = self.main_subject(s, self.group.start).map(|p| vec![p]).unwrap_or_default();
        Some(self.hit(s, source, self.group.start, content, rule))
    }

    fn participle(&self, s: &Sentence) -> Option<Hit> {
        let start = self.group.start;
        let before = s.before(start);
        let (content, rule) =
            s.content_after(self.end, &self.cue.frames, Setting { fronted: before.is_none(), relative: false })?;
        let source = match before {
            None => vec![next_subject(s, self.end)?],
            Some(b) => match s.tag(b) {
                Tag::Name | Tag::Word | Tag::Close => {
                    let p = s.phrase_before(start)?;
                    if !s.is_person_like(p) {
                        return None;
                    }
                    vec![p]
                }
                Tag::Of(Grammar::Subject) => return None,
                _ => self.joined_source(s, start).or_else(|| next_subject(s, self.end).map(|p| vec![p]))?,
            },
        };
        Some(self.hit(s, source, start, content, rule))
    }

    /// Source of ", saying …": the source of the cue before it, or the sentence's subject.
    fn joined_source(&self, s: &Sentence, start: usize) -> Option<Vec<Range>> {
        if let Some(h) = self.earlier.iter().rev().find(|h| !h.source.is_empty() && h.class != QuoteClass::Belief) {
            return Some(h.source.clone());
        }
        self.main_subject(s, start).map(|p| vec![p])
    }

    fn main_subject(&self, s: &Sentence, before: usize) -> Option<Range> {
        first_subject(s, before)
    }

    /// "was viewed by some analysts as …", "is considered …", "is expected to …".
    fn passive(&self, s: &Sentence) -> Option<Hit> {
        let f = &self.cue.frames;
        let at = s.skip_adverbs(self.end);
        let subject = s.subject_before(self.group.start);
        if s.low(at) == "by" {
            let end = s.phrase_after(at + 1);
            let someone = matches!(s.low(at + 1), "some" | "many" | "others");
            let end = if someone { end.max(at + 2) } else { end };
            if end <= at + 1 || !someone && !s.is_person_like((at + 1, end)) {
                return None;
            }
            let mut content: Vec<Range> = subject.into_iter().collect();
            if s.low(end) == "that" && f.that {
                let content = vec![(end, s.content_end(end, Setting::default(), false))];
                return Some(self.hit(s, vec![(at + 1, end)], self.group.start, content, "passive"));
            }
            let rest = s.low(end) == "as" || s.is(end, Grammar::To) || s.tag(end) == Tag::Quote;
            if rest {
                let from = if s.low(end) == "as" { end + 1 } else { end };
                content.push((from, s.content_end(from, Setting::default(), true)));
            }
            if content.is_empty() || !(f.np || f.as_ || f.name || f.object_to || f.that) {
                return None;
            }
            let mut hit = self.hit(s, vec![(at + 1, end)], self.group.start, content, "passive");
            hit.cue = (self.group.start, at + 1);
            return Some(hit);
        }
        if self.group.start == self.group.head {
            return None;
        }
        if s.low(at) == "that" && f.that && subject.is_some_and(|p| s.low(p.0) == "it") {
            let content = vec![(at, s.content_end(at, Setting::default(), false))];
            return Some(self.hit(s, Vec::new(), self.group.start, content, "passive"));
        }
        let from = if s.low(at) == "as" && (f.as_ || f.name) {
            at + 1
        } else if s.is(at, Grammar::To) && (f.object_to || f.name)
            || f.name && s.opens_phrase(at)
            || f.name && s.tag(at) == Tag::Quote
        {
            at
        } else {
            return None;
        };
        let mut content: Vec<Range> = subject.into_iter().collect();
        content.push((from, s.content_end(from, Setting::default(), true)));
        let mut hit = self.hit(s, Vec::new(), self.group.start, content, "passive");
        hit.confidence = Confidence::Medium;
        Some(hit)
    }
}

/// Whether a mark at `i` closes what stands before it.
pub fn closes(s: &Sentence, i: usize) -> bool {
    i >= s.sentence_end()
        || matches!(
            s.tag(i),
            Tag::Comma | Tag::Stop | Tag::Dash | Tag::Semicolon | Tag::Close | Tag::Quote | Tag::Colon
        )
}

/// Whether the subject at `start` belongs to a clause that opens the sentence: "While Oak said".
fn is_fronted(s: &Sentence, start: usize) -> bool {
    let Some(b) = s.before(start) else { return false };
    let sub = s.is(b, Grammar::Subordinator) || matches!(s.low(b), "as" | "like" | "after" | "before");
    sub && (b == s.lo || b == s.lo + 1)
}

/// The subject of the sentence's first finite verb before `until`.
fn first_subject(s: &Sentence, until: usize) -> Option<Range> {
    let mut from = s.lo;
    for _ in 0..6 {
        let verb = s.finite_in(from, until)?;
        let start = s.group(verb).map_or(verb, |g| g.start);
        if let Some(p) = s.subject_before(start)
            && !s.is(p.0, Grammar::Relative)
        {
            return Some(p);
        }
        from = verb + 1;
    }
    None
}

/// The subject of the first finite verb after the comma that follows `from`.
fn next_subject(s: &Sentence, from: usize) -> Option<Range> {
    let comma = s.clause_comma(from);
    let verb = s.finite_in(comma + 1, s.hi.min(comma + 30))?;
    let start = s.group(verb).map_or(verb, |g| g.start);
    s.subject_before(start)
}

//! Verb groups: whether a word that may be a verb is one here, and which auxiliaries go with it.

use super::tag::{Paragraph, Tag, Token};
use dateline_lexicon::quotes::QuoteTables;
use dateline_lexicon::quotes::{Grammar, SourceKind, form};

/// How a verb stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// With a tense, or a modal: it has a subject of its own.
    Finite,
    /// "to say"
    Infinitive,
    /// "saying"
    Participle,
    /// "was said", "said by"
    Passive,
}

/// A verb with its auxiliaries and adverbs.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// First token.
    pub start: usize,
    /// The verb itself.
    pub head: usize,
    /// How it stands.
    pub mood: Mood,
    /// Whether it is negated.
    pub negated: bool,
    /// The verb that governs it, where it is an infinitive ("wants" of "wants to say").
    pub governor: Option<usize>,
}

/// Verbs that add nothing of their own before "to say": the whole is one cue.
const LIGHT: &[&str] = &[
    "went",
    "go",
    "goes",
    "going",
    "gone",
    "continued",
    "continue",
    "continues",
    "continuing",
    "began",
    "begin",
    "begins",
    "used",
    "tried",
    "tries",
    "try",
    "trying",
    "failed",
    "fails",
    "refused",
    "refuses",
    "refusing",
    "declined",
    "declines",
    "declining",
    "appeared",
    "appears",
    "seemed",
    "seems",
    "moved",
    "rushed",
    "came",
    "comes",
    "managed",
    "happened",
    "started",
    "starts",
    "stopped",
    "has",
    "have",
    "had",
    "got",
    "needs",
    "need",
];

/// By what words come: "said by phone" is no passive.
const CHANNELS: &[&str] = &["phone", "telephone", "e-mail", "email", "mail", "text", "letter", "video", "radio", "fax"];

/// S-forms that are no plurals of nouns: any subject will do.
const SAYS: &[&str] =
    &["says", "tells", "argues", "believes", "insists", "contends", "writes", "adds", "denies", "thinks"];

/// Base forms that are hardly ever nouns: any subject will do.
const PLAIN: &[&str] = &["say", "argue", "believe", "insist", "contend"];

/// A sentence being looked at: the paragraph's tokens and the range that counts.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'p, 't> {
    /// The paragraph's tokens.
    pub tokens: &'p [Token<'t>],
    /// First token of the sentence.
    pub lo: usize,
    /// One past its last token.
    pub hi: usize,
    /// Whether it is set in title case.
    pub title_case: bool,
    /// The tables.
    pub tables: &'t QuoteTables,
}

impl<'p, 't> Sentence<'p, 't> {
    /// Sentence `i` of a paragraph.
    pub fn of(p: &'p Paragraph<'t>, i: usize, tables: &'t QuoteTables) -> Sentence<'p, 't> {
        let range = p.sentences.get(i).cloned().unwrap_or(0..0);
        Sentence { tokens: &p.tokens, lo: range.start, hi: range.end, title_case: p.title_case, tables }
    }

    /// The tag of token `i`; a stop outside of the sentence.
    pub fn tag(&self, i: usize) -> Tag {
        if i >= self.lo && i < self.hi { self.tokens[i].tag } else { Tag::Stop }
    }

    /// The word of token `i` in lower case, `""` outside.
    pub fn low(&self, i: usize) -> &'p str {
        if i >= self.lo && i < self.hi { self.tokens[i].lower.as_str() } else { "" }
    }

    /// Whether token `i` is this word of grammar.
    pub fn is(&self, i: usize, g: Grammar) -> bool {
        self.tag(i) == Tag::Of(g)
    }

    /// Verb forms of token `i`.
    pub fn forms(&self, i: usize) -> u8 {
        if i >= self.lo && i < self.hi { self.tokens[i].forms } else { 0 }
    }

    /// The token before `i` inside the sentence.
    pub fn before(&self, i: usize) -> Option<usize> {
        (i > self.lo).then(|| i - 1)
    }

    /// Whether token `i` can end a noun phrase that is a subject.
    pub fn ends_subject(&self, i: usize) -> bool {
        match self.tag(i) {
            Tag::Name | Tag::Number | Tag::Close | Tag::Quote => true,
            Tag::Word => self.forms(i) != form::ING || self.is_gerund_noun(i),
            Tag::Of(g) => {
                matches!(g, Grammar::Subject | Grammar::Relative | Grammar::Time | Grammar::Title | Grammar::Object)
                    || matches!(
                        self.low(i),
                        "this"
                            | "that"
                            | "these"
                            | "those"
                            | "some"
                            | "many"
                            | "all"
                            | "both"
                            | "most"
                            | "another"
                            | "each"
                            | "few"
                            | "his"
                            | "her"
                    )
            }
            _ => false,
        }
    }

    /// "the ruling", "a new ranking": a form in -ing with a noun's place.
    fn is_gerund_noun(&self, i: usize) -> bool {
        self.before(i).is_some_and(|b| {
            matches!(self.tag(b), Tag::Word | Tag::Name | Tag::Of(Grammar::Determiner | Grammar::Possessive))
        })
    }

    /// Whether token `i` is a plural, or a name that may be one.
    pub fn is_plural(&self, i: usize) -> bool {
        let low = self.low(i);
        match self.tag(i) {
            Tag::Of(Grammar::Subject) => !matches!(
                low,
                "he" | "she"
                    | "it"
                    | "everyone"
                    | "everybody"
                    | "someone"
                    | "somebody"
                    | "nobody"
                    | "anyone"
                    | "one"
                    | "none"
            ),
            Tag::Of(Grammar::Relative) => true,
            Tag::Of(Grammar::Determiner) => {
                matches!(low, "these" | "those" | "some" | "many" | "all" | "both" | "most" | "few" | "several")
            }
            Tag::Number => true,
            Tag::Word | Tag::Name => {
                low.ends_with('s') && !low.ends_with("ss")
                    || matches!(
                        low,
                        "people"
                            | "police"
                            | "men"
                            | "women"
                            | "media"
                            | "troops"
                            | "gop"
                            | "public"
                            | "left"
                            | "staff"
                            | "children"
                    )
                    || self.tables.source(low).is_some_and(|s| s.kind == SourceKind::Group)
                    || self.is_pair(i)
            }
            Tag::Close => true,
            _ => false,
        }
    }

    /// Whether the noun at `i` hangs on a plural: "officials in Riga".
    fn heads_plural(&self, i: usize) -> bool {
        let mut j = i;
        for _ in 0..5 {
            let Some(b) = self.before(j) else { return false };
            match self.tag(b) {
                Tag::Of(Grammar::Preposition) => {
                    return self
                        .before(b)
                        .is_some_and(|x| matches!(self.tag(x), Tag::Word | Tag::Name) && self.is_plural(x));
                }
                Tag::Name | Tag::Word | Tag::Of(Grammar::Determiner | Grammar::Possessive) => j = b,
                _ => return false,
            }
        }
        false
    }

    /// Whether the noun at `i` is the second of two joined by "and".
    fn is_pair(&self, i: usize) -> bool {
        let mut j = i;
        for _ in 0..5 {
            let Some(b) = self.before(j) else { return false };
            j = b;
            if self.low(j) == "and" {
                return self
                    .before(j)
                    .is_some_and(|k| matches!(self.tag(k), Tag::Name | Tag::Word | Tag::Of(Grammar::Subject)));
            }
            if !matches!(self.tag(j), Tag::Name | Tag::Word | Tag::Of(Grammar::Determiner)) {
                return false;
            }
        }
        false
    }

    /// Whether token `i` is an auxiliary with a tense.
    pub fn is_auxiliary(&self, i: usize) -> bool {
        match self.tag(i) {
            Tag::Of(Grammar::Modal | Grammar::Do) => true,
            Tag::Of(Grammar::Be) => !matches!(self.low(i), "be" | "been" | "being"),
            Tag::Of(Grammar::Have) => self.low(i) != "having",
            _ => false,
        }
    }

    /// Whether token `i` is a verb with a tense, or its auxiliary.
    pub fn is_finite(&self, i: usize) -> bool {
        if i < self.lo || i >= self.hi {
            return false;
        }
        self.tokens[i].contracted
            || self.is_auxiliary(i)
            || matches!(self.group(i), Some(Group { mood: Mood::Finite, .. }))
    }

    /// The first finite verb in a range.
    pub fn finite_in(&self, from: usize, to: usize) -> Option<usize> {
        (from..to.min(self.hi)).find(|i| self.is_finite(*i))
    }

    /// The verb group whose head is token `i`, if that token is a verb here.
    pub fn group(&self, i: usize) -> Option<Group> {
        let forms = self.forms(i);
        if forms == 0 || !matches!(self.tag(i), Tag::Word | Tag::Name) && !self.is(i, Grammar::Preposition) {
            return None;
        }
        if self.is(i, Grammar::Preposition) && !matches!(self.low(i), "like") {
            // "regarding", "including" are prepositions even where a verb exists
            return None;
        }
        let mut start = i;
        let mut negated = false;
        // nearest auxiliary decides the form, the farthest the start
        let mut nearest: Option<Grammar> = None;
        let mut to = false;
        let mut governor = None;
        let mut tense = false;
        let mut steps = 0;
        while let Some(b) = self.before(start) {
            steps += 1;
            if steps > 12 {
                break;
            }
            match self.tag(b) {
                Tag::Of(Grammar::Adverb) => {}
                Tag::Of(Grammar::Negation) => negated = true,
                Tag::Of(g @ (Grammar::Modal | Grammar::Be | Grammar::Have | Grammar::Do))
                    if governor.is_none() || !to =>
                {
                    negated |= self.low(b).ends_with("n't");
                    nearest = nearest.or(Some(g));
                    tense |= self.is_auxiliary(b);
                }
                Tag::Of(Grammar::To) if nearest.is_none_or(|g| matches!(g, Grammar::Be | Grammar::Have)) && !to => {
                    to = true;
                    nearest = nearest.or(Some(Grammar::To));
                }
                _ => break,
            }
            start = b;
        }
        // adverbs at the front belong to the group only with something before them to belong to
        while start < i
            && self.is(start, Grammar::Adverb)
            && self.before(start).is_none_or(|b| matches!(self.tag(b), Tag::Comma | Tag::Stop))
        {
            start += 1;
        }
        if to {
            governor = self.before(start).filter(|g| {
                self.forms(*g) != 0
                    || matches!(
                        self.low(*g),
                        "able" | "likely" | "ready" | "expected" | "going" | "set" | "on" | "has" | "have" | "had"
                    )
            });
            return (forms & form::BASE != 0 || nearest != Some(Grammar::To)).then_some(Group {
                start,
                head: i,
                mood: Mood::Infinitive,
                negated,
                governor,
            });
        }
        let mood = match nearest {
            Some(Grammar::Modal | Grammar::Do) if forms & form::BASE != 0 => Mood::Finite,
            Some(Grammar::Have) if forms & form::PARTICIPLE != 0 => {
                if tense {
                    Mood::Finite
                } else {
                    Mood::Participle
                }
            }
            Some(Grammar::Be) if forms & form::ING != 0 => {
                if tense {
                    Mood::Finite
                } else {
                    Mood::Participle
                }
            }
            Some(Grammar::Be) if self.is_perfect(i, start) => Mood::Finite,
            Some(Grammar::Be) if forms & form::PARTICIPLE != 0 => Mood::Passive,
            Some(_) => return None,
            None => return self.bare(i, start, negated),
        };
        Some(Group { start, head: i, mood, negated, governor: None })
    }

    /// "She's said that": "has" rather than "is", as a clause follows the participle of a verb of saying.
    fn is_perfect(&self, i: usize, start: usize) -> bool {
        let short = self.low(start) == "'s" && self.before(start).is_some_and(|b| self.is(b, Grammar::Subject));
        let clause = self.low(i + 1) == "that"
            || self.tag(i + 1) == Tag::Quote
            || matches!(self.tag(i + 1), Tag::Of(Grammar::Subject | Grammar::Possessive | Grammar::Determiner));
        short && clause && self.forms(i) & form::PARTICIPLE != 0 && self.speech_cue(i)
    }

    /// A verb without auxiliary: its form and its neighbours decide.
    fn bare(&self, i: usize, start: usize, negated: bool) -> Option<Group> {
        let forms = self.forms(i);
        let before = self.before(start);
        let contracted = before.is_some_and(|b| self.tokens[b].contracted);
        let made = |mood| Some(Group { start, head: i, mood, negated, governor: None });
        if contracted {
            return if forms & form::PARTICIPLE != 0 || forms & form::ING != 0 || forms & form::BASE != 0 {
                made(Mood::Finite)
            } else {
                None
            };
        }
        if forms & form::ING != 0 {
            let noun = before.is_some_and(|b| {
                matches!(self.tag(b), Tag::Of(Grammar::Determiner | Grammar::Possessive))
                    && !matches!(self.low(b), "all" | "some" | "many" | "those")
            });
            return if noun { None } else { made(Mood::Participle) };
        }
        let by_phone = (i + 2..i + 5).any(|j| CHANNELS.contains(&self.low(j)));
        if self.low(i + 1) == "by" && forms & form::PARTICIPLE != 0 && !by_phone {
            return made(Mood::Passive);
        }
        let after = self.tag(i + 1);
        let Some(b) = before else {
            // "Said the minister": only with the tense, and a subject after it
            let inverted = forms & (form::PAST | form::THIRD) != 0
                && forms & form::BASE == 0
                && matches!(after, Tag::Name | Tag::Of(Grammar::Determiner | Grammar::Title));
            return if inverted { made(Mood::Finite) } else { None };
        };
        let joins =
            matches!(self.tag(b), Tag::Comma | Tag::Of(Grammar::Coordinator) | Tag::Dash | Tag::Quote | Tag::Close);
        let subject = self.ends_subject(b);
        if !joins && !subject {
            return None;
        }
        // "plans will": the noun before the verb; not "which she believes will"
        if self.is_finite_next(i) && forms & (form::PAST | form::PARTICIPLE) == 0 && !self.is(b, Grammar::Subject) {
            return None;
        }
        if forms & form::PAST != 0 {
            return made(Mood::Finite);
        }
        if forms & form::THIRD != 0 {
            let singular = joins
                || self.is(b, Grammar::Relative)
                || self.is(b, Grammar::Time)
                || !self.is_plural(b)
                || self.tag(b) == Tag::Name
                || SAYS.contains(&self.low(i)) && !self.is(b, Grammar::Subject);
            return if singular && !self.is(b, Grammar::Object) { made(Mood::Finite) } else { None };
        }
        if forms & form::BASE != 0 {
            let dated = self.is(b, Grammar::Time) && self.before(b).is_some_and(|x| self.is_plural(x));
            let plural = self.is_plural(b)
                || self.heads_plural(b)
                || dated
                || PLAIN.contains(&self.low(i))
                || self.low(b) == "and" && self.earlier_base(b);
            return if plural { made(Mood::Finite) } else { None };
        }
        if forms & form::PARTICIPLE != 0 { made(Mood::Passive) } else { None }
    }

    /// Whether the next word is an auxiliary: then this one is the noun before it.
    fn is_finite_next(&self, i: usize) -> bool {
        let next = if self.is(i + 1, Grammar::Adverb) { i + 2 } else { i + 1 };
        self.is_auxiliary(next)
    }

    fn earlier_base(&self, and: usize) -> bool {
        (self.lo..and).rev().take(8).any(|j| {
            self.forms(j) & form::BASE != 0
                && self
                    .before(j)
                    .is_some_and(|b| self.is_plural(b) || self.is(b, Grammar::Modal) || self.is(b, Grammar::To))
        })
    }

    /// Whether the governor of an infinitive adds nothing of its own.
    pub fn is_light(&self, governor: usize) -> bool {
        LIGHT.contains(&self.low(governor))
    }
}

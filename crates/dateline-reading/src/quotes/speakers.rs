//! Who is behind a source: names at once; pronouns and offices by who was last spoken of, spoken for, or holds the
//! office in the text. Never into a quotation; what stays open stays open.

use super::offices::role_words;
use super::tag::{Paragraph, Tag};
use super::verbs::Sentence;
use crate::{Attribution, Doc, NameKind, Reading};
use dateline_lexicon::Lexicon;
use dateline_lexicon::places::Places;
use dateline_lexicon::quotes::{Grammar, QuoteTables};
use dateline_text::Span;
use std::collections::BTreeSet;

/// Mentions looked at before a pronoun: keeps the work linear.
pub(super) const MENTIONS_BACK: usize = 80;
/// Sentences looked at before a pronoun.
const SENTENCES_BACK: usize = 14;

/// Weights of what speaks for a candidate; set by reading news, not fitted.
mod weight {
    /// Before its sentence's verb.
    pub const SUBJECT: f64 = 1.0;
    /// Elsewhere in its sentence.
    pub const OTHER: f64 = 0.5;
    /// "he", resolved.
    pub const PRONOUN: f64 = 0.8;
    /// In the paragraph of the pronoun.
    pub const SAME_PARAGRAPH: f64 = 1.5;
    /// The text shows that the gender fits.
    pub const KNOWN_GENDER: f64 = 1.15;
    /// "Oak's".
    pub const POSSESSOR: f64 = 0.35;
    /// What is left for each sentence further back.
    pub const SENTENCE: f64 = 0.72;
    /// The source of the attribution before.
    pub const LAST_SPEAKER: f64 = 0.8;
    /// What is left of that for each paragraph further back.
    pub const PARAGRAPH: f64 = 0.75;
    /// What is left of it for each sentence further back.
    pub const LAST_SENTENCE: f64 = 0.93;
    /// The text does not show the gender.
    pub const UNKNOWN_GENDER: f64 = 0.8;
    /// Each further mention in the article, up to ten.
    pub const OFTEN: f64 = 0.02;
    /// Below this, the source stays open.
    pub const LEAST: f64 = 0.12;
}

/// A mention with what resolution needs to know of it.
pub(super) struct Seen {
    pub(super) at: Span,
    pub(super) entity: usize,
    sentence: usize,
    weight: f64,
    pub(super) quoted: bool,
}

/// One article's names, ready to be looked up.
pub(super) struct Field<'a> {
    doc: &'a Doc<'a>,
    pub(super) tables: &'a QuoteTables,
    pub(super) places: &'a Places,
    pub(super) reading: &'a Reading,
    pub(super) seen: Vec<Seen>,
    /// Pronouns resolved so far, in order.
    followed: Vec<Seen>,
    pub(super) roles: Vec<BTreeSet<String>>,
    counts: Vec<usize>,
}

/// Sets the speaker of each attribution, in the order of their sources.
pub fn resolve(doc: &Doc, lexicon: &Lexicon, reading: &Reading, paragraphs: &[Paragraph], found: &mut [Attribution]) {
    if reading.mentions.is_empty() {
        return;
    }
    let mut field = Field::new(doc, lexicon, reading, paragraphs);
    for a in found.iter() {
        for source in &a.source {
            field.learn_roles(*source);
        }
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| found[*i].source.first().map_or(usize::MAX, |s| s.start));
    let mut last: Option<(usize, usize)> = None;
    let mut pronouns = pronouns(paragraphs).into_iter().peekable();
    for i in order {
        let start = found[i].source.first().map_or(usize::MAX, |s| s.start);
        while let Some((at, gender)) = pronouns.next_if(|p| p.0.start < start) {
            field.follow(at, gender, last);
        }
        let speaker = field.speaker(&found[i], last);
        found[i].speaker = speaker;
        if let (Some(e), Some(s)) = (speaker, found[i].source.first()) {
            last = Some((e, s.start));
        }
    }
}

/// "he" and "she" outside of quotations, in order.
fn pronouns(paragraphs: &[Paragraph]) -> Vec<(Span, char)> {
    let tokens = paragraphs.iter().flat_map(|p| &p.tokens);
    tokens
        .filter_map(|t| match t.lower.as_str() {
            "he" | "he's" | "he'd" | "he'll" => Some((t.span, 'm')),
            "she" | "she's" | "she'd" | "she'll" => Some((t.span, 'f')),
            _ => None,
        })
        .collect()
}

impl<'a> Field<'a> {
    fn new(doc: &'a Doc, lexicon: &'a Lexicon, reading: &'a Reading, paragraphs: &[Paragraph]) -> Field<'a> {
        let tables = &lexicon.quotes;
        let mut counts = vec![0; reading.entities.len()];
        let mut seen = Vec::with_capacity(reading.mentions.len());
        let mut verbs = Verbs::new(doc, tables, paragraphs);
        for m in &reading.mentions {
            let Some(entity) = m.entity.filter(|e| *e < reading.entities.len()) else { continue };
            counts[entity] += 1;
            let sentence = doc.sentences.partition_point(|s| s.span.end <= m.span.start);
            let owner = doc.text[..].get(m.span.end..m.span.end + 2).is_some_and(|t| t == "'s")
                || doc.text.get(m.span.end..m.span.end + 4).is_some_and(|t| t == "’s");
            let weight = if owner {
                weight::POSSESSOR
            } else if m.span.start < verbs.first_after(m.span) {
                weight::SUBJECT
            } else {
                weight::OTHER
            };
            let quoted = verbs.quoted(m.span);
            seen.push(Seen { at: m.span, entity, sentence, weight, quoted });
        }
        let mut field = Field {
            doc,
            tables,
            places: &lexicon.places,
            reading,
            seen,
            followed: Vec::new(),
            roles: vec![BTreeSet::new(); reading.entities.len()],
            counts,
        };
        for (i, e) in reading.entities.iter().enumerate() {
            if let Some(role) = &e.role {
                field.roles[i].extend(role_words(role));
            }
        }
        for k in 0..field.seen.len() {
            let (at, entity) = (field.seen[k].at, field.seen[k].entity);
            let before = field.words_before(at, 5);
            field.roles[entity].extend(before);
        }
        field
    }

    /// The words just before a name that can describe it: "the Indiana governor", "Sen."
    fn words_before(&self, at: Span, most: usize) -> Vec<String> {
        let end = self.doc.words.partition_point(|w| w.span.start < at.start);
        let mut out = Vec::new();
        for w in self.doc.words[..end].iter().rev().take(most) {
            let text = w.of(self.doc.text);
            if text == "." {
                continue;
            }
            let low = text.to_lowercase();
            let grammar = self.tables.grammar(&low);
            if !text.chars().any(char::is_alphanumeric)
                || grammar.is_some_and(|g| !matches!(g, Grammar::Title)) && low != "of"
            {
                break;
            }
            out.extend(role_words(text));
        }
        out
    }

    /// The words of a source with a name and an appositive describe the name.
    fn learn_roles(&mut self, source: Span) {
        if source.len() > 300 {
            return;
        }
        let Some(entity) = self.named(source) else { return };
        let words = role_words(source.of(self.doc.text));
        if words.len() < 30 {
            self.roles[entity].extend(words);
        }
    }

    fn speaker(&self, a: &Attribution, last: Option<(usize, usize)>) -> Option<usize> {
        let source = *a.source.first()?;
        let text = source.of(self.doc.text);
        let low = text.to_lowercase();
        match low.as_str() {
            "he" | "him" | "his" => return self.pronoun(source, Some('m'), &a.content, last),
            "she" | "her" | "hers" => return self.pronoun(source, Some('f'), &a.content, last),
            "i" | "we" | "you" | "they" | "who" | "that" | "which" | "some" | "many" | "others" => return None,
            "it" => return self.body(source, &a.content, last),
            _ => {}
        }
        self.named(source)
            .or_else(|| self.by_family_name(source))
            .or_else(|| self.office(source, &low, &a.content, last))
    }

    pub(super) fn kind(&self, entity: usize) -> NameKind {
        self.reading.entities[entity].kind
    }

    /// The name that heads a source: "Kremlin spokesman Dmitry Peskov", "a spokesman, Ann Oak,", "Oak of the Times".
    fn named(&self, source: Span) -> Option<usize> {
        let text = self.doc.text;
        let from = self.seen.partition_point(|s| s.at.end <= source.start);
        let inside: Vec<&Seen> = self.seen[from..].iter().take_while(|s| s.at.start < source.end).take(12).collect();
        for s in &inside {
            if !crate::names::can_speak(self.kind(s.entity)) {
                continue;
            }
            let rest = text.get(s.at.end..source.end).unwrap_or("");
            let next = rest.trim_start();
            let closes = next.is_empty() || next.starts_with([',', '(', '-', '–', '—', '.']);
            let person = self.kind(s.entity) == NameKind::Person;
            let lead = text.get(source.start..s.at.start).unwrap_or("");
            let first_word = next.split_whitespace().next().unwrap_or("").to_lowercase();
            let goes_on = matches!(
                first_word.as_str(),
                "of" | "at" | "from" | "for" | "in" | "who" | "and" | "with" | "jr." | "on"
            );
            if person && (closes || goes_on) && !self.hangs_on(lead) {
                return Some(s.entity);
            }
            if !person
                && (closes || goes_on && first_word == "and")
                && lead.split_whitespace().all(|w| is_article(w) || w.chars().next().is_some_and(char::is_uppercase))
            {
                return Some(s.entity);
            }
        }
        None
    }

    /// Whether what leads to a name makes it a part of something else: "a spokesman for Oak", "the wife of Oak"; not
    /// "Secretary of State Oak", "the head of the port Ann Oak".
    fn hangs_on(&self, lead: &str) -> bool {
        let words: Vec<&str> = lead.split(',').next_back().unwrap_or("").split_whitespace().collect();
        let preposition = |w: &&str| matches!(w.to_lowercase().as_str(), "for" | "of" | "by" | "with" | "from" | "to");
        let Some(at) = words.iter().rposition(preposition) else { return false };
        let between: Vec<&&str> = words[at + 1..].iter().filter(|w| !is_article(w)).collect();
        let low = |w: &str| w.chars().next().is_some_and(char::is_lowercase);
        if between.is_empty() {
            return true;
        }
        if between.iter().any(|w| low(w)) {
            return false;
        }
        at.checked_sub(1).is_none_or(|b| low(words[b]))
    }

    /// A family name alone, where the names step saw no mention: the one person of that name.
    fn by_family_name(&self, source: Span) -> Option<usize> {
        let words: Vec<&str> = source.of(self.doc.text).split_whitespace().collect();
        let name = words.last().filter(|_| words.len() <= 3)?.trim_end_matches([',', '.']);
        if !name.chars().next()?.is_uppercase() || words[..words.len() - 1].iter().any(|w| !w.ends_with('.')) {
            return None;
        }
        let mut fits = self
            .reading
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| e.kind == NameKind::Person && e.name.split_whitespace().next_back() == Some(name));
        let first = fits.next()?;
        fits.next().is_none().then_some(first.0)
    }

    /// Whether a mention opens its sentence, but for an article.
    fn opens_sentence(&self, s: &Seen) -> bool {
        self.doc.sentences.get(s.sentence).is_some_and(|x| s.at.start <= x.span.start + "The ".len())
    }

    /// "it": the organisation or country that the sentence, or the one before, is about.
    fn body(&self, at: Span, content: &[Span], last: Option<(usize, usize)>) -> Option<usize> {
        let end = self.seen.partition_point(|s| s.at.start < at.start);
        let here = self.doc.sentences.partition_point(|s| s.span.end <= at.start);
        let subject = self.seen[..end].iter().rev().take(MENTIONS_BACK / 4).find(|s| {
            here.saturating_sub(s.sentence) <= 1
                && s.weight >= weight::SUBJECT
                && !s.quoted
                && !content.iter().any(|c| c.overlaps(s.at))
                && matches!(self.kind(s.entity), NameKind::Org | NameKind::Place)
                && self.opens_sentence(s)
        });
        // a body that the names step took for a person has no gender in the text
        let body = |e: usize| self.kind(e) == NameKind::Org || self.reading.entities[e].gender.is_none();
        let spoke = last.filter(|(e, from)| body(*e) && at.start.saturating_sub(*from) < 400);
        subject.map(|s| s.entity).or(spoke.map(|l| l.0))
    }

    /// A pronoun: the best of the persons named before it, outside of quotations and of its own content.
    fn pronoun(&self, at: Span, gender: Option<char>, content: &[Span], last: Option<(usize, usize)>) -> Option<usize> {
        self.best(at, content, last, |e| match (gender, self.reading.entities[e].gender) {
            (Some(a), Some(b)) if a != b => None,
            (Some(_), None) => Some(weight::UNKNOWN_GENDER),
            (Some(_), Some(_)) => Some(weight::KNOWN_GENDER),
            _ => Some(1.0),
        })
    }

    /// Resolves a pronoun that is nobody's source, so that it carries its person on.
    fn follow(&mut self, at: Span, gender: char, last: Option<(usize, usize)>) {
        if let Some(entity) = self.pronoun(at, Some(gender), &[], last) {
            let sentence = self.doc.sentences.partition_point(|s| s.span.end <= at.start);
            self.followed.push(Seen { at, entity, sentence, weight: weight::PRONOUN, quoted: false });
        }
    }

    pub(super) fn best(
        &self,
        at: Span,
        content: &[Span],
        last: Option<(usize, usize)>,
        fits: impl Fn(usize) -> Option<f64>,
    ) -> Option<usize> {
        let end = self.seen.partition_point(|s| s.at.start < at.start);
        let here = self.doc.sentences.partition_point(|s| s.span.end <= at.start);
        let mut scores: Vec<(usize, f64)> = Vec::new();
        let mut add = |entity: usize, score: f64| match scores.iter_mut().find(|(e, _)| *e == entity) {
            Some((_, old)) => *old = old.max(score),
            None => scores.push((entity, score)),
        };
        let block = self.doc.sentences.get(here).map(|s| s.block);
        let named = self.seen[..end].iter().rev().take(MENTIONS_BACK);
        for s in named.chain(self.followed.iter().rev().take(MENTIONS_BACK / 4)) {
            let back = here.saturating_sub(s.sentence);
            let own = content.iter().any(|c| c.overlaps(s.at));
            if back > SENTENCES_BACK || s.quoted || own || self.kind(s.entity) != NameKind::Person {
                continue;
            }
            let near = self.doc.sentences.get(s.sentence).map(|x| x.block) == block;
            let near = if near { weight::SAME_PARAGRAPH } else { 1.0 };
            add(s.entity, near * s.weight * weight::SENTENCE.powi(back as i32));
        }
        if let Some((entity, from)) = last.filter(|(e, _)| self.kind(*e) == NameKind::Person) {
            let there = self.doc.sentences.partition_point(|s| s.span.end <= from);
            let back = here.saturating_sub(there);
            let then = self.doc.sentences.get(there).map_or(0, |s| s.block);
            let paragraphs = block.unwrap_or(then).saturating_sub(then);
            let bonus = weight::LAST_SPEAKER
                * weight::PARAGRAPH.powi(paragraphs.min(50) as i32)
                * weight::LAST_SENTENCE.powi(back.min(50) as i32);
            match scores.iter_mut().find(|(e, _)| *e == entity) {
                Some((_, old)) => *old += bonus,
                None => scores.push((entity, bonus)),
            }
        }
        let mut best: Option<(usize, f64)> = None;
        for (entity, score) in scores {
            let Some(factor) = fits(entity) else { continue };
            let often = weight::OFTEN * self.counts[entity].min(10) as f64;
            let score = (score + often) * factor;
            if score >= weight::LEAST && best.is_none_or(|b| score > b.1) {
                best = Some((entity, score));
            }
        }
        best.map(|b| b.0)
    }
}

pub(super) fn is_article(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "the" | "a" | "an")
}

/// Where the first finite verb of a sentence stands, and what is quoted, looked up in text order.
struct Verbs {
    /// Sentences: end, and the start of the first finite verb.
    sentences: Vec<(usize, usize)>,
    quotations: Vec<Span>,
}

impl Verbs {
    fn new(_doc: &Doc, tables: &QuoteTables, paragraphs: &[Paragraph]) -> Verbs {
        let mut out = Verbs { sentences: Vec::new(), quotations: Vec::new() };
        for p in paragraphs {
            for k in 0..p.sentences.len() {
                let s = Sentence::of(p, k, tables);
                let Some(last) = s.hi.checked_sub(1).filter(|l| *l >= s.lo) else { continue };
                let verb = s.finite_in(s.lo, s.hi.min(s.lo + 60));
                let from = verb.map_or(p.tokens[last].span.end, |v| p.tokens[v].span.start);
                out.sentences.push((p.tokens[last].span.end, from));
            }
            out.quotations.extend(p.tokens.iter().filter(|t| t.tag == Tag::Quote).map(|t| t.span));
        }
        out
    }

    /// The start of the first finite verb in the sentence that holds `at`.
    fn first_after(&mut self, at: Span) -> usize {
        let i = self.sentences.partition_point(|s| s.0 <= at.start);
        self.sentences.get(i).map_or(at.start, |s| s.1)
    }

    fn quoted(&self, at: Span) -> bool {
        let i = self.quotations.partition_point(|q| q.end <= at.start);
        self.quotations.get(i).is_some_and(|q| q.contains(at))
    }
}

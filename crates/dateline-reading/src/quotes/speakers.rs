//! Who is behind a source: names at once; pronouns and offices by who was last spoken of, spoken for, or holds the
//! office in the text. Never into a quotation; what stays open stays open.

use super::candidates::{FEATURES, Features};
use super::offices::role_words;
use super::tag::{Paragraph, Tag};
use super::verbs::Sentence;
use crate::{Attribution, Doc, NameKind, QuoteClass, QuoteKind, Reading};
use dateline_lexicon::Lexicon;
use dateline_lexicon::names::Role;
use dateline_lexicon::places::Places;
use dateline_lexicon::quotes::{Grammar, QuoteTables, SourceKind};
use dateline_text::{Span, fold};
use std::collections::BTreeSet;

/// Mentions looked at before "it".
const BODIES_BACK: usize = 20;

/// A mention with what resolution needs to know of it.
pub(super) struct Seen {
    pub(super) at: Span,
    pub(super) entity: usize,
    pub(super) sentence: usize,
    /// Before its sentence's verb, and nobody's possessor.
    pub(super) subject: bool,
    /// Right before a verb: the subject of some clause.
    pub(super) before_verb: bool,
    /// "Oak's".
    pub(super) possessor: bool,
    /// "the Oak campaign".
    pub(super) before_noun: bool,
    /// In words that somebody is said to have said, without marks.
    pub(super) reported: bool,
    /// Inside of quotation marks.
    pub(super) quoted: bool,
    /// The first mention, by a full name.
    pub(super) introduces: bool,
}

/// A pronoun that was resolved.
pub(super) struct Followed {
    pub(super) at: Span,
    pub(super) entity: usize,
    pub(super) gender: char,
}

/// Who was the source of the attribution before.
#[derive(Clone, Copy)]
pub(super) struct Last {
    /// Nothing where it is not known.
    pub(super) entity: Option<usize>,
    pub(super) start: usize,
    /// Whether it is one person, named or not.
    pub(super) person: bool,
}

/// One article's names, ready to be looked up.
pub(super) struct Field<'a> {
    pub(super) doc: &'a Doc<'a>,
    pub(super) tables: &'a QuoteTables,
    pub(super) places: &'a Places,
    pub(super) reading: &'a Reading,
    pub(super) seen: Vec<Seen>,
    /// For each sentence, how many before it are not wholly inside of quotation marks.
    pub(super) told: Vec<usize>,
    /// Pronouns resolved so far, in order.
    pub(super) followed: Vec<Followed>,
    pub(super) roles: Vec<BTreeSet<String>>,
    pub(super) counts: Vec<usize>,
    /// Gender of each entity, and whether its given name, title or office shows it.
    pub(super) genders: Vec<(Option<char>, bool)>,
    /// Whether an entity has been a source before.
    pub(super) spoke: Vec<bool>,
    pub(super) weights: Features,
}

/// Sets the speaker of each attribution, in the order of their sources.
pub fn resolve(doc: &Doc, lexicon: &Lexicon, reading: &Reading, paragraphs: &[Paragraph], found: &mut [Attribution]) {
    if reading.mentions.is_empty() {
        return;
    }
    let mut field = Field::new(doc, lexicon, reading, paragraphs, found);
    field.resolve(paragraphs, found);
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
    fn new(
        doc: &'a Doc<'a>,
        lexicon: &'a Lexicon,
        reading: &'a Reading,
        paragraphs: &[Paragraph],
        found: &[Attribution],
    ) -> Field<'a> {
        let tables = &lexicon.quotes;
        let mut counts = vec![0; reading.entities.len()];
        let mut seen = Vec::with_capacity(reading.mentions.len());
        let mut verbs = Verbs::new(doc, tables, paragraphs);
        let reported = reported(found);
        let lone = |entity: usize| {
            let known = lexicon.names.person(&fold(&reading.entities[entity].name));
            known.given && !known.surname
        };
        for m in &reading.mentions {
            let Some(entity) = m.entity.filter(|e| *e < reading.entities.len()) else { continue };
            counts[entity] += 1;
            let sentence = doc.sentences.partition_point(|s| s.span.end <= m.span.start);
            let rest = doc.text.get(m.span.end..).unwrap_or("");
            let possessor = rest.starts_with("'s") || rest.starts_with("’s");
            let (before_verb, before_noun) =
                if possessor { (false, false) } else { followed_by(paragraphs, tables, m.span) };
            seen.push(Seen {
                at: m.span,
                entity,
                sentence,
                subject: !possessor && m.span.start < verbs.first_after(m.span),
                before_verb,
                possessor,
                before_noun,
                reported: within(&reported, m.span),
                quoted: verbs.quoted(m.span),
                introduces: counts[entity] == 1 && (m.span.of(doc.text).contains(' ') || lone(entity)),
            });
        }
        let told = verbs.told(doc);
        let mut field = Field {
            doc,
            tables,
            places: &lexicon.places,
            reading,
            seen,
            told,
            followed: Vec::new(),
            roles: vec![BTreeSet::new(); reading.entities.len()],
            counts,
            genders: Vec::new(),
            spoke: vec![false; reading.entities.len()],
            weights: FEATURES.map(|f| tables.pronoun_weight(f)),
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
        field.genders = field.shown_genders(lexicon);
        field
    }

    fn resolve(&mut self, paragraphs: &[Paragraph], found: &mut [Attribution]) {
        for a in found.iter() {
            for source in &a.source {
                self.learn_roles(*source);
            }
        }
        let mut order: Vec<usize> = (0..found.len()).collect();
        let place = |a: &Attribution| a.source.first().or(a.content.first()).map_or(usize::MAX, |s| s.start);
        order.sort_by_key(|i| place(&found[*i]));
        let mut last: Option<Last> = None;
        let mut pronouns = pronouns(paragraphs).into_iter().peekable();
        for i in order {
            let Some(source) = found[i].source.first().copied() else {
                found[i].speaker = self.goes_on(&found[i], last);
                continue;
            };
            while let Some((at, gender)) = pronouns.next_if(|p| p.0.start < source.start) {
                self.pronoun(at, gender, &[], last);
            }
            pronouns.next_if(|p| p.0.start == source.start);
            let speaker = self.speaker(&found[i], last);
            found[i].speaker = speaker;
            if let Some(e) = speaker {
                self.spoke[e] = true;
            }
            let person = self.is_person(source, speaker);
            if speaker.is_some() || person {
                last = Some(Last { entity: speaker, start: source.start, person });
            }
        }
        for (at, gender) in pronouns {
            self.pronoun(at, gender, &[], last);
        }
    }

    /// Words in quotation marks without a source ("“…,” affirmed.") are those of the speaker before, if he is near.
    fn goes_on(&self, a: &Attribution, last: Option<Last>) -> Option<usize> {
        let at = a.content.first().filter(|_| a.kind == QuoteKind::Direct && a.class == QuoteClass::Speech)?;
        let near = last.filter(|l| self.block_of(at.start).saturating_sub(self.block_of(l.start)) <= 1)?;
        near.entity
    }

    /// Whether a source is one person: resolved, or a noun for one that is new to the text ("an official").
    fn is_person(&self, source: Span, speaker: Option<usize>) -> bool {
        if let Some(e) = speaker {
            return self.kind(e) == NameKind::Person;
        }
        let low = source.of(self.doc.text).to_lowercase();
        // "the former mayor" is mostly somebody whom the text names
        if matches!(low.split_whitespace().next(), Some("the" | "this" | "that" | "his" | "her" | "their" | "its")) {
            return false;
        }
        let head = low.split([',', '(']).next().unwrap_or(&low);
        let head = [" of ", " for ", " at ", " in ", " from ", " who "]
            .iter()
            .fold(head, |h, p| h.split(p).next().unwrap_or(h));
        let noun = head.split_whitespace().next_back().and_then(|w| self.tables.source(w));
        noun.is_some_and(|n| n.kind == SourceKind::Person)
    }

    /// Gender of each entity: by form of address, office or given name; else as the names step saw it, which is less sure.
    fn shown_genders(&self, lexicon: &Lexicon) -> Vec<(Option<char>, bool)> {
        let mut out: Vec<(Option<char>, bool)> = Vec::with_capacity(self.reading.entities.len());
        for e in &self.reading.entities {
            let mut parts = e.name.split_whitespace().filter(|_| e.kind == NameKind::Person);
            let known = lexicon.names.person(&fold(parts.next().unwrap_or("")));
            // one word alone is a given name only where it is no surname
            let given = known.gender.filter(|_| parts.next().is_some() || known.given && !known.surname);
            out.push((given.or(e.gender), given.is_some()));
        }
        for s in &self.seen {
            let Some(shown) = self.address(s.at, lexicon).filter(|_| self.kind(s.entity) == NameKind::Person) else {
                continue;
            };
            out[s.entity] = (Some(shown), true);
        }
        out
    }

    /// The gender that the two words before a name show: "Ms. Oak", "spokesman Oak".
    fn address(&self, at: Span, lexicon: &Lexicon) -> Option<char> {
        let end = self.doc.words.partition_point(|w| w.span.start < at.start);
        let mut words = self.doc.words[..end].iter().rev().map(|w| w.of(self.doc.text)).filter(|w| *w != ".");
        let low = words.next()?.to_lowercase();
        let address = lexicon.names.role(&low).filter(|r| r.0 == Role::Honorific).and_then(|r| r.1);
        address.or_else(|| self.tables.source(&low).and_then(|n| n.gender))
    }

    /// Whether an entity surely is of another gender.
    pub(super) fn against(&self, entity: usize, gender: Option<char>) -> bool {
        matches!((gender, self.genders[entity]), (Some(a), (Some(b), true)) if a != b)
    }

    pub(super) fn block_of(&self, at: usize) -> usize {
        let i = self.doc.sentences.partition_point(|s| s.span.end <= at);
        self.doc.sentences.get(i).or(self.doc.sentences.last()).map_or(0, |s| s.block)
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

    fn speaker(&mut self, a: &Attribution, last: Option<Last>) -> Option<usize> {
        let source = *a.source.first()?;
        let text = source.of(self.doc.text);
        let low = text.to_lowercase();
        match low.as_str() {
            "he" | "him" | "his" => return self.pronoun(source, 'm', &a.content, last),
            "she" | "her" | "hers" => return self.pronoun(source, 'f', &a.content, last),
            "i" | "we" | "you" | "they" | "who" | "that" | "which" | "some" | "many" | "others" => return None,
            "it" => return self.body(source, &a.content, last),
            _ => {}
        }
        self.by_label(source)
            .or_else(|| self.named(source))
            .or_else(|| self.by_family_name(source))
            .or_else(|| self.office(source, &low, &a.content, last))
            .or_else(|| self.body_called(source, &low))
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

    /// A family name alone, where the names step saw no mention: the one person of that name. In capitals, as labels of
    /// transcripts are, after other words too ("DR. KAMAU", "AM SALAH").
    fn by_family_name(&self, source: Span) -> Option<usize> {
        let text = source.of(self.doc.text);
        let words: Vec<&str> = text.split([',', '(']).next().unwrap_or(text).split_whitespace().collect();
        let name = words.last()?.trim_end_matches('.');
        let shouts = name.chars().count() > 1 && name.chars().all(|c| !c.is_lowercase());
        let titled = words[..words.len() - 1].iter().all(|w| w.ends_with('.'));
        if words.len() > 3 || !name.chars().next()?.is_uppercase() || !titled && !shouts {
            return None;
        }
        let name = name.to_lowercase();
        let family = |n: &str| n.split_whitespace().next_back().is_some_and(|w| w.to_lowercase() == name);
        let person = |e: &crate::Entity| e.kind == NameKind::Person && e.name.contains(' ') && family(&e.name);
        let mut fits = self.reading.entities.iter().enumerate().filter(|(_, e)| person(e));
        let first = fits.next()?;
        fits.next().is_none().then_some(first.0)
    }

    /// A label in capitals is the person of that family name rather than one more name.
    fn by_label(&self, source: Span) -> Option<usize> {
        let capitals = !source.of(self.doc.text).chars().any(char::is_lowercase);
        if capitals { self.by_family_name(source) } else { None }
    }

    /// Whether a mention opens its sentence, but for an article.
    fn opens_sentence(&self, s: &Seen) -> bool {
        self.doc.sentences.get(s.sentence).is_some_and(|x| s.at.start <= x.span.start + "The ".len())
    }

    /// "it": the organisation or country that the sentence, or the one before, is about.
    fn body(&self, at: Span, content: &[Span], last: Option<Last>) -> Option<usize> {
        let end = self.seen.partition_point(|s| s.at.start < at.start);
        let here = self.doc.sentences.partition_point(|s| s.span.end <= at.start);
        let subject = self.seen[..end].iter().rev().take(BODIES_BACK).find(|s| {
            here.saturating_sub(s.sentence) <= 1
                && s.subject
                && !s.quoted
                && !content.iter().any(|c| c.overlaps(s.at))
                && matches!(self.kind(s.entity), NameKind::Org | NameKind::Place)
                && self.opens_sentence(s)
        });
        // a body that the names step took for a person has no gender in the text
        let body = |e: usize| self.kind(e) == NameKind::Org || self.reading.entities[e].gender.is_none();
        let near = last.filter(|l| at.start.saturating_sub(l.start) < 400);
        subject.map(|s| s.entity).or(near.and_then(|l| l.entity).filter(|e| body(*e)))
    }

    /// A pronoun: the best of the persons named before it, outside of quotations and of its own content. What it was
    /// resolved to carries the person on.
    fn pronoun(&mut self, at: Span, gender: char, content: &[Span], last: Option<Last>) -> Option<usize> {
        let candidates = self.candidates(at, Some(gender), content, last);
        let chosen = self.choose(&candidates, 0.0, |_| Some(0.0));
        if let Some(entity) = chosen {
            self.followed.push(Followed { at, entity, gender });
        }
        chosen
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
    fn new(doc: &Doc, tables: &QuoteTables, paragraphs: &[Paragraph]) -> Verbs {
        let mut out = Verbs { sentences: Vec::new(), quotations: Vec::new() };
        for p in paragraphs {
            for k in 0..p.sentences.len() {
                let s = Sentence::of(p, k, tables);
                let Some(last) = s.hi.checked_sub(1).filter(|l| *l >= s.lo) else { continue };
                let verb = s.finite_in(s.lo, s.hi.min(s.lo + 60));
                let from = verb.map_or(p.tokens[last].span.end, |v| p.tokens[v].span.start);
                out.sentences.push((p.tokens[last].span.end, from));
            }
            let quoted = p.tokens.iter().filter(|t| t.tag == Tag::Quote && !is_narration(t.span.of(doc.text)));
            out.quotations.extend(quoted.map(|t| t.span));
        }
        out
    }

    /// The start of the first finite verb in the sentence that holds `at`.
    fn first_after(&mut self, at: Span) -> usize {
        let i = self.sentences.partition_point(|s| s.0 <= at.start);
        self.sentences.get(i).map_or(at.start, |s| s.1)
    }

    /// For each sentence, how many before it are not wholly inside of quotation marks.
    fn told(&self, doc: &Doc) -> Vec<usize> {
        let before = doc.sentences.iter().scan(0, |told, s| {
            let here = *told;
            *told += usize::from(!self.quoted(s.span));
            Some(here)
        });
        before.collect()
    }

    fn quoted(&self, at: Span) -> bool {
        let i = self.quotations.partition_point(|q| q.end <= at.start);
        self.quotations.get(i).is_some_and(|q| q.contains(at))
    }
}

/// A paragraph of somebody else's text, set in marks that close in a later paragraph: it names people as any text does,
/// with quotations of its own.
fn is_narration(quotation: &str) -> bool {
    quotation.starts_with(['"', '“']) && !quotation.ends_with(['"', '”']) && quotation.len() > 120
}

/// What somebody is said to have said, in order, merged.
fn reported(found: &[Attribution]) -> Vec<Span> {
    let mut all: Vec<Span> =
        found.iter().filter(|a| a.kind != QuoteKind::Direct).flat_map(|a| a.content.iter().copied()).collect();
    all.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(all.len());
    for s in all {
        match out.last_mut() {
            Some(l) if s.start < l.end => *l = l.cover(s),
            _ => out.push(s),
        }
    }
    out
}

fn within(spans: &[Span], at: Span) -> bool {
    let i = spans.partition_point(|s| s.end <= at.start);
    spans.get(i).is_some_and(|s| s.contains(at))
}

/// Whether a verb follows a mention ("Oak said"), or a noun that it describes ("the Oak campaign").
fn followed_by(paragraphs: &[Paragraph], tables: &QuoteTables, at: Span) -> (bool, bool) {
    let Some(p) = paragraphs.get(paragraphs.partition_point(|p| p.span.end <= at.start)) else { return (false, false) };
    let mut next = p.tokens.partition_point(|t| t.span.start < at.end);
    let Some(sentence) = p.sentences.get(p.sentences.partition_point(|s| s.end <= next)) else { return (false, false) };
    let s = Sentence { tokens: &p.tokens, lo: sentence.start, hi: sentence.end, title_case: p.title_case, tables };
    let direct = next;
    next = s.skip_adverbs(next);
    let verb = s.is_finite(next);
    (verb, !verb && direct == next && s.tag(next) == Tag::Word)
}

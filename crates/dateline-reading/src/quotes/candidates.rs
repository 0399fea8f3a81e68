//! Whom "he" may be: what the text shows of each person named before a pronoun, and what that weighs.
//!
//! The weights stand in the lexicon, `data/en/quotes/pronouns.tsv`. "Somebody not named" is a candidate like the others.

use super::speakers::{Field, Last, Seen};
use crate::NameKind;
use dateline_text::Span;

/// Mentions looked at before a pronoun: keeps the work linear.
pub(super) const MENTIONS_BACK: usize = 80;
/// Sentences looked at before a pronoun.
const SENTENCES_BACK: usize = 14;
/// Sentences looked at after a pronoun for somebody who is named only there.
const SENTENCES_ON: usize = 8;

/// What is seen of a candidate, as the table of weights names it.
pub(super) const FEATURES: [&str; 31] = [
    "same sentence",
    "one sentence back",
    "two sentences back",
    "three or four sentences back",
    "five to eight sentences back",
    "further back",
    "same paragraph",
    "paragraph before",
    "two paragraphs before",
    "subject",
    "before a verb",
    "in reported words",
    "possessor",
    "before a noun",
    "spoke last, same paragraph",
    "spoke last, paragraph before",
    "spoke last, two paragraphs before",
    "spoke last, further back",
    "gender known",
    "gender against",
    "mentions",
    "nearest",
    "subject of the sentence before",
    "introduced here",
    "pronoun in this paragraph",
    "pronoun in the paragraph before",
    "has spoken",
    "nobody named",
    "somebody unnamed spoke last, same paragraph",
    "somebody unnamed spoke last, paragraph before",
    "named further on",
];

/// How many things are seen of a candidate.
const COUNT: usize = FEATURES.len();

/// What is seen of a candidate, 0 where it is not; most are 0 or 1.
pub(super) type Features = [f64; COUNT];

/// Somebody who may be meant; `None`: somebody the text does not name.
pub(super) type Candidate = (Option<usize>, Features);

/// How the mention nearest to the pronoun stands.
#[derive(Clone, Copy)]
struct Nearest {
    entity: usize,
    start: usize,
    features: Features,
}

impl Field<'_> {
    /// What a candidate weighs.
    pub(super) fn weigh(&self, features: &Features) -> f64 {
        features.iter().zip(&self.weights).map(|(f, w)| f * w).sum()
    }

    /// All who may be meant by a pronoun or office at `at`, in order of entities, "nobody named" first. Never one who
    /// is named only inside of quotation marks or in the words that the pronoun is the source of.
    pub(super) fn candidates(
        &self,
        at: Span,
        gender: Option<char>,
        content: &[Span],
        last: Option<Last>,
    ) -> Vec<Candidate> {
        let end = self.seen.partition_point(|s| s.at.start < at.start);
        let here = self.doc.sentences.partition_point(|s| s.span.end <= at.start);
        let block = self.doc.sentences.get(here).map_or(0, |s| s.block);
        let unnamed = last.filter(|l| l.entity.is_none() && l.person).map_or(0, |l| l.start);
        let mut found: Vec<Nearest> = Vec::new();
        let mut before: Option<usize> = None;
        for s in self.seen[..end].iter().rev().take(MENTIONS_BACK) {
            let back = self.sentences_between(s.sentence, here);
            if back > SENTENCES_BACK {
                break;
            }
            let own = content.iter().any(|c| c.overlaps(s.at));
            if s.quoted || own || self.kind(s.entity) != NameKind::Person || self.against(s.entity, gender) {
                continue;
            }
            if back == 1 && s.subject {
                before = Some(s.entity);
            }
            let there = self.doc.sentences.get(s.sentence).map_or(0, |x| x.block);
            let mut features = [0.0; COUNT];
            features[distance(back)] = 1.0;
            if let Some(p) = paragraphs_back(block, there) {
                features[6 + p] = 1.0;
            }
            features[9] = f64::from(u8::from(s.subject));
            features[10] = f64::from(u8::from(s.before_verb));
            features[11] = f64::from(u8::from(s.reported));
            features[12] = f64::from(u8::from(s.possessor));
            features[13] = f64::from(u8::from(s.before_noun));
            features[21] = f64::from(u8::from(found.is_empty() && s.at.start >= unnamed));
            features[23] = f64::from(u8::from(back <= 1 && s.introduces));
            match found.iter_mut().find(|n| n.entity == s.entity) {
                // the mention that speaks most for its person counts, not the nearest: "Oak …, a leader of the Oak party"
                Some(n) => {
                    features[21] = n.features[21];
                    if self.weigh(&features) > self.weigh(&n.features) {
                        n.features = features;
                    }
                }
                None => found.push(Nearest { entity: s.entity, start: s.at.start, features }),
            }
        }
        self.add_named_on(at, gender, content, here, &mut found);
        self.add_pronouns(at, gender, block, &mut found);
        let mut nobody = [0.0; COUNT];
        nobody[27] = 1.0;
        if let Some(last) = last {
            let there = self.block_of(last.start);
            let back = block.saturating_sub(there);
            match last.entity {
                Some(e) if self.kind(e) == NameKind::Person && !self.against(e, gender) => {
                    self.nearest(&mut found, e, last.start).features[14 + back.min(3)] = 1.0;
                }
                None if last.person && back < 2 => nobody[28 + back] = 1.0,
                _ => {}
            }
        }
        for n in &mut found {
            let known = match (gender, self.genders[n.entity]) {
                (Some(a), (Some(b), sure)) => (a == b && sure, a != b),
                _ => (false, false),
            };
            n.features[18] = f64::from(u8::from(known.0));
            n.features[19] = f64::from(u8::from(known.1));
            n.features[20] = (1.0 + self.counts[n.entity].min(20) as f64).ln();
            n.features[22] = f64::from(u8::from(before == Some(n.entity)));
            n.features[26] = f64::from(u8::from(self.spoke[n.entity]));
        }
        found.sort_by_key(|n| n.entity);
        std::iter::once((None, nobody)).chain(found.into_iter().map(|n| (Some(n.entity), n.features))).collect()
    }

    /// How many sentences the text goes on from one to another; what stands wholly inside of quotation marks in between
    /// is the speaker's text, not the article's.
    fn sentences_between(&self, from: usize, to: usize) -> usize {
        let told = |i: usize| self.told.get(i).copied().unwrap_or(0);
        told(to).saturating_sub(told(from))
    }

    /// Adds who is named for the first time soon after a pronoun, by a full name of the pronoun's gender: reports that
    /// begin with somebody's story say "she" first.
    fn add_named_on(&self, at: Span, gender: Option<char>, content: &[Span], here: usize, found: &mut Vec<Nearest>) {
        let from = self.seen.partition_point(|s| s.at.start < at.start);
        let fits = |s: &&Seen| {
            s.introduces
                && !s.quoted
                && self.kind(s.entity) == NameKind::Person
                && matches!((gender, self.genders[s.entity]), (Some(a), (Some(b), true)) if a == b)
                && !content.iter().any(|c| c.overlaps(s.at))
        };
        let near = |s: &&Seen| self.sentences_between(here, s.sentence) <= SENTENCES_ON;
        if let Some(s) = self.seen[from..].iter().take(MENTIONS_BACK).take_while(near).find(fits) {
            let mut features = [0.0; COUNT];
            features[30] = 1.0;
            found.push(Nearest { entity: s.entity, start: 0, features });
        }
    }

    /// Adds what pronouns of the same gender, resolved before, say of their persons.
    fn add_pronouns(&self, at: Span, gender: Option<char>, block: usize, found: &mut Vec<Nearest>) {
        for f in self.followed.iter().rev().take(4) {
            let back = block.saturating_sub(self.block_of(f.at.start));
            if back > 1 || f.at.start >= at.start {
                break;
            }
            if !self.against(f.entity, gender) && gender.is_none_or(|g| g == f.gender) {
                self.nearest(found, f.entity, f.at.start).features[24 + back] = 1.0;
                break;
            }
        }
    }

    /// The candidate of an entity; one more, where no mention of it stands near.
    fn nearest<'f>(&self, found: &'f mut Vec<Nearest>, entity: usize, start: usize) -> &'f mut Nearest {
        let at = match found.iter().position(|n| n.entity == entity) {
            Some(at) => at,
            None => {
                let mut features = [0.0; COUNT];
                features[distance(SENTENCES_BACK)] = 1.0;
                found.push(Nearest { entity, start, features });
                found.len() - 1
            }
        };
        let n = &mut found[at];
        n.start = n.start.max(start);
        n
    }

    /// The best candidate that `bonus` lets pass, with what it adds; nothing where it does not outweigh
    /// "nobody named" by `least`.
    pub(super) fn choose(
        &self,
        candidates: &[Candidate],
        least: f64,
        bonus: impl Fn(usize) -> Option<f64>,
    ) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        let mut nobody = f64::NEG_INFINITY;
        for (entity, features) in candidates {
            let score = self.weigh(features);
            let Some(entity) = *entity else {
                nobody = score;
                continue;
            };
            let Some(more) = bonus(entity) else { continue };
            if best.is_none_or(|b| score + more > b.1) {
                best = Some((entity, score + more));
            }
        }
        best.filter(|b| b.1 >= nobody + least).map(|b| b.0)
    }
}

fn distance(back: usize) -> usize {
    match back {
        0..=2 => back,
        3 | 4 => 3,
        5..=8 => 4,
        _ => 5,
    }
}

fn paragraphs_back(here: usize, there: usize) -> Option<usize> {
    let back = here.saturating_sub(there);
    (back <= 2).then_some(back)
}

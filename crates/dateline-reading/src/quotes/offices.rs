//! Offices and descriptions: who is meant by "the minister", "the Indiana governor", "Riga mayor".

use super::candidates::MENTIONS_BACK;
use super::speakers::{Field, Last, is_article};
use crate::NameKind;
use dateline_lexicon::quotes::SourceKind;
use dateline_text::Span;

/// Parties that tell two holders of like offices apart.
const PARTIES: &[&str] = &[
    "democratic",
    "republican",
    "libertarian",
    "green",
    "labour",
    "conservative",
    "liberal",
    "communist",
    "socialist",
];

/// How much less than "nobody named" the likeliest person may weigh and still be meant by an office.
const GUESS: f64 = -0.7;
/// What each word that an office and a person's description share adds to the person's weight.
const HELD: f64 = 1.0;

impl Field<'_> {
    /// An office or a description: "the minister", "the Indiana governor".
    pub(super) fn office(&self, source: Span, low: &str, content: &[Span], last: Option<Last>) -> Option<usize> {
        let first = low.split_whitespace().next()?;
        let definite = matches!(first, "the" | "this" | "that" | "former");
        if matches!(first, "a" | "an" | "one" | "another" | "some") {
            return None;
        }
        let head_text = low.split([',', '(']).next().unwrap_or(low);
        let head_text = head_text.split(" of ").next().unwrap_or(head_text).split(" for ").next().unwrap_or(head_text);
        let words: Vec<String> = role_words(head_text);
        let head = words.last()?;
        let noun =
            self.tables.source(head).or_else(|| self.tables.source(head_text.split_whitespace().next_back()?))?;
        if noun.kind != SourceKind::Person || noun.anonymous {
            return None;
        }
        if !definite {
            // a headline's "Riga mayor" has the words of its holder, or stays open
            return self.holder_anywhere(head, &words);
        }
        let candidates = self.candidates(source, noun.gender, content, last);
        let holder = self.choose(&candidates, f64::NEG_INFINITY, |e| {
            let held = self.holds(e, head, &words);
            (held > 0.0).then_some(HELD * held)
        });
        let holder =
            holder.or_else(|| self.holder_before(source, head, &words)).or_else(|| self.holder_anywhere(head, &words));
        // an office that nobody in the text is said to hold is still somebody's, if it is one that news leaves unsaid
        holder.or_else(|| {
            let guess = |e: usize| if self.opposes(e, &words) { None } else { Some(0.0) };
            if noun.office { self.choose(&candidates, GUESS, guess) } else { None }
        })
    }

    /// The one person of the article whose description has all the words of an office, and more than one.
    fn holder_anywhere(&self, head: &str, words: &[String]) -> Option<usize> {
        let telling: Vec<&String> = words.iter().filter(|w| !is_article(w)).collect();
        if telling.len() < 2 {
            return None;
        }
        let fits = |e: &usize| {
            self.kind(*e) == NameKind::Person
                && self.roles[*e].contains(head)
                && !self.opposes(*e, words)
                && telling.iter().all(|w| self.roles[*e].contains(*w))
        };
        let mut all = (0..self.roles.len()).filter(fits);
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    /// Who was last said to hold an office, however far back.
    fn holder_before(&self, source: Span, head: &str, words: &[String]) -> Option<usize> {
        let end = self.seen.partition_point(|s| s.at.start < source.start);
        let mut best: Option<(usize, f64)> = None;
        for s in self.seen[..end].iter().rev().take(4 * MENTIONS_BACK) {
            let held = self.holds(s.entity, head, words);
            if held > best.map_or(0.0, |b| b.1) && !s.quoted && self.kind(s.entity) == NameKind::Person {
                best = Some((s.entity, held));
            }
        }
        best.map(|b| b.0)
    }

    /// How well the words about an entity in the text fit an office: 0 where it is not its office.
    fn holds(&self, entity: usize, head: &str, words: &[String]) -> f64 {
        let roles = &self.roles[entity];
        let near = if roles.contains(head) {
            1.0
        } else if self.tables.alike(head).iter().any(|w| roles.contains(w)) {
            0.6
        } else {
            return 0.0;
        };
        if self.opposes(entity, words) {
            return 0.0;
        }
        near + words[..words.len() - 1].iter().filter(|w| roles.contains(*w)).count() as f64
    }

    /// Whether the words name a nationality and those about the entity only other countries.
    fn serves_another(&self, entity: usize, words: &[String]) -> bool {
        let said: Vec<&str> = words.iter().filter_map(|w| self.places.demonym(w)).filter(|c| *c != "-").collect();
        if said.is_empty() {
            return false;
        }
        let mut own = self.roles[entity].iter().filter_map(|w| self.places.country_of(w)).peekable();
        own.peek().is_some() && !own.any(|c| said.contains(&c))
    }

    /// Whether the words name one party and those about the entity another, or one country and they another; or a
    /// president, and the entity is the vice.
    fn opposes(&self, entity: usize, words: &[String]) -> bool {
        let roles = &self.roles[entity];
        if self.serves_another(entity, words) {
            return true;
        }
        if roles.contains("vice") && !words.iter().any(|w| w == "vice") {
            return true;
        }
        let said = PARTIES.iter().find(|p| words.iter().any(|w| w == *p));
        said.is_some_and(|p| !roles.contains(*p) && PARTIES.iter().any(|other| roles.contains(*other)))
    }
}

/// Words of a role, in lower case, titles written out.
pub(super) fn role_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| w.len() > 1)
        .map(|w| {
            let low = w.to_lowercase();
            match low.as_str() {
                "gov" => "governor".to_owned(),
                "sen" => "senator".to_owned(),
                "rep" => "representative".to_owned(),
                "gen" => "general".to_owned(),
                "pres" => "president".to_owned(),
                "prof" => "professor".to_owned(),
                "amb" => "ambassador".to_owned(),
                "col" => "colonel".to_owned(),
                "adm" => "admiral".to_owned(),
                "gop" => "republican".to_owned(),
                "congressman" | "congresswoman" => "representative".to_owned(),
                "spokesman" | "spokeswoman" => "spokesperson".to_owned(),
                "chairman" | "chairwoman" => "chair".to_owned(),
                _ => low,
            }
        })
        .collect()
}

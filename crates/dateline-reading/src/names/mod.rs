//! Names: who and what the text names, and which mentions name the same.
//!
//! [`find`] cuts the text into candidate names ([`cut`]), weighs what speaks for each kind ([`evidence`], [`weigh`]),
//! and joins the mentions of one person, organisation or place into one entity ([`join`]). Later steps use the helper
//! functions here: [`mention_at`], [`entity_at`], [`mentions_in`], [`person_key`].

mod addresses;
pub mod alike;
mod caseless;
mod cut;
mod evidence;
mod headline;
mod join;
mod key;
pub mod learning;
mod roles;
mod tagger;
#[cfg(test)]
mod tests;
mod tokens;
mod weigh;

pub use key::{compatible, name_key, person_key, sound};

use crate::{Doc, Entity, Mention, NameKind, Reading};
use dateline_lexicon::Lexicon;
use dateline_text::Span;
use std::collections::BTreeSet;
use tokens::Tokens;

/// Finds mentions, in order and without overlaps, and joins them into the entities of the article.
pub fn find(doc: &Doc, lexicon: &Lexicon) -> (Vec<Mention>, Vec<Entity>) {
    find_with(doc, lexicon, tagger::shipped())
}

/// As [`find`], by another model; without one, by the rules alone.
fn find_with(doc: &Doc, lexicon: &Lexicon, model: Option<&tagger::Model>) -> (Vec<Mention>, Vec<Entity>) {
    let tokens = Tokens::new(doc, lexicon);
    let candidates = Candidates::of(&tokens, weigh::Table::shipped());
    let mut named = match model.filter(|_| tokens.english) {
        Some(model) => tagger::names(&tokens, model, &candidates.decided, |s| !candidates.headlines.contains(&s)),
        None => candidates.decided.iter().filter_map(|(p, kind, _)| Some((p.clone(), (*kind)?))).collect(),
    };
    let body = headline::Body::of(&tokens, &named);
    for s in &candidates.headlines {
        named.extend(headline::sentence(&tokens, &body, tokens.sentences[*s].clone()));
    }
    named.sort_by_key(|(p, _)| p.first);
    join::entities(&tokens, &named)
}

/// What the rules make of an article.
struct Candidates {
    /// Candidate names of the running text with their kinds.
    decided: Vec<weigh::Decided>,
    /// The sentences whose capitals mean nothing.
    headlines: BTreeSet<usize>,
}

impl Candidates {
    fn of(tokens: &Tokens, table: &weigh::Table) -> Candidates {
        let (pieces, headlines) = cut_all(tokens);
        let seen = evidence::Seen::of(tokens, &pieces);
        Candidates { decided: weigh::decide(tokens, table, &seen, pieces), headlines }
    }
}

/// Candidate names of the running text, and the sentences whose capitals mean nothing.
fn cut_all(tokens: &Tokens) -> (Vec<cut::Piece>, BTreeSet<usize>) {
    let (mut pieces, mut headlines) = (Vec::new(), BTreeSet::new());
    for (s, words) in tokens.sentences.iter().enumerate() {
        if headline::is_headline(tokens, words.clone()) {
            headlines.insert(s);
        } else {
            pieces.extend(cut::sentence(tokens, words.clone()));
        }
    }
    (pieces, headlines)
}

/// The mention that covers or overlaps the span, the first if several.
pub fn mention_at(reading: &Reading, span: Span) -> Option<&Mention> {
    let from = reading.mentions.partition_point(|m| m.span.end <= span.start);
    reading.mentions.get(from).filter(|m| m.span.overlaps(span))
}

/// The mentions that overlap the span, in order.
pub fn mentions_in(reading: &Reading, span: Span) -> impl Iterator<Item = &Mention> {
    let from = reading.mentions.partition_point(|m| m.span.end <= span.start);
    reading.mentions[from..].iter().take_while(move |m| m.span.start < span.end)
}

/// The entity named at the span, with its index in [`Reading::entities`].
pub fn entity_at(reading: &Reading, span: Span) -> Option<(usize, &Entity)> {
    let index = mention_at(reading, span)?.entity?;
    Some((index, reading.entities.get(index)?))
}

/// Whether the kind can speak: persons and organisations always; places and nationalities stand for governments.
pub fn can_speak(kind: NameKind) -> bool {
    matches!(kind, NameKind::Person | NameKind::Org | NameKind::Place | NameKind::Norp)
}

//! Names: who and what the text names, and which mentions name the same.
//!
//! [`find`] cuts the text into candidate names ([`cut`]), weighs what speaks for each kind ([`evidence`], [`weigh`]),
//! and joins the mentions of one person, organisation or place into one entity ([`join`]). Later steps use the helper
//! functions here: [`mention_at`], [`entity_at`], [`mentions_in`], [`person_key`].

mod cut;
mod evidence;
mod headline;
mod join;
mod key;
mod roles;
#[cfg(test)]
mod tests;
mod tokens;
mod weigh;

pub use key::{compatible, name_key, person_key, sound};

use crate::{Doc, Entity, Mention, NameKind, Reading};
use dateline_lexicon::Lexicon;
use dateline_text::Span;
use std::ops::Range;
use tokens::Tokens;

/// Finds mentions, in order and without overlaps, and joins them into the entities of the article.
pub fn find(doc: &Doc, lexicon: &Lexicon) -> (Vec<Mention>, Vec<Entity>) {
    let tokens = Tokens::new(doc, lexicon);
    let (pieces, headlines) = cut_all(&tokens);
    let mut named = Vec::new();
    let seen = evidence::Seen::of(&tokens, &pieces);
    for (piece, kind) in weigh::decide(&tokens, &seen, pieces) {
        if let Some(kind) = kind {
            named.push((piece, kind));
        }
    }
    let body = headline::Body::of(&tokens, &named);
    for words in headlines {
        named.extend(headline::sentence(&tokens, &body, words));
    }
    named.sort_by_key(|(p, _)| p.first);
    join::entities(&tokens, &named)
}

/// Candidate names of the running text, and the lines whose capitals mean nothing.
fn cut_all(tokens: &Tokens) -> (Vec<cut::Piece>, Vec<Range<usize>>) {
    let (mut pieces, mut headlines) = (Vec::new(), Vec::new());
    for words in &tokens.sentences {
        if headline::is_headline(tokens, words.clone()) {
            headlines.push(words.clone());
        } else {
            pieces.extend(cut::sentence(tokens, words.clone()));
        }
    }
    (pieces, headlines)
}

/// A candidate name as the weights see it; for fitting them.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// What speaks for and against: rows of `data/names/weights.tsv`.
    pub evidence: Vec<(&'static str, String)>,
}

/// The candidates that the weights decide on, in order; for fitting the weights.
pub fn candidates(doc: &Doc, lexicon: &Lexicon) -> Vec<Candidate> {
    let tokens = Tokens::new(doc, lexicon);
    let (pieces, _) = cut_all(&tokens);
    let seen = evidence::Seen::of(&tokens, &pieces);
    let open = pieces.iter().filter(|p| p.kind.is_none());
    open.filter_map(|p| {
        let evidence =
            evidence::of(&tokens, &seen, p).into_iter().map(|(what, word)| (what, word.to_owned())).collect();
        Some(Candidate { span: tokens.span(p.first, p.last)?, evidence })
    })
    .collect()
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

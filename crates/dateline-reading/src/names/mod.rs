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
use tokens::Tokens;

/// Finds mentions, in order and without overlaps, and joins them into the entities of the article.
pub fn find(doc: &Doc, lexicon: &Lexicon) -> (Vec<Mention>, Vec<Entity>) {
    let tokens = Tokens::new(doc, lexicon);
    let mut named = Vec::new();
    let mut headlines = Vec::new();
    let mut pieces = Vec::new();
    for sentence in &doc.sentences {
        if headline::is_headline(&tokens, sentence.words.clone()) {
            headlines.push(sentence.words.clone());
        } else {
            pieces.extend(cut::sentence(&tokens, sentence.words.clone()));
        }
    }
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

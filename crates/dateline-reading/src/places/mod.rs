//! Places: where the places named in the text lie.

use crate::{Doc, Entity, Mention};
use dateline_lexicon::Lexicon;

/// Gives coordinates to the entities that are places (and to nationalities, their country).
pub fn resolve(_doc: &Doc, _lexicon: &Lexicon, _mentions: &mut [Mention], _entities: &mut [Entity]) {}

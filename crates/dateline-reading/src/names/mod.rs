//! Names: who and what the text names, and which mentions name the same.

use crate::{Doc, Entity, Mention};
use dateline_lexicon::Lexicon;

/// Finds mentions and joins them into the entities of the article.
pub fn find(_doc: &Doc, _lexicon: &Lexicon) -> (Vec<Mention>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}

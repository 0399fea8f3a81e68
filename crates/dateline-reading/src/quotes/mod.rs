//! Attributions: who said what.

use crate::{Attribution, Doc, Reading};
use dateline_lexicon::Lexicon;

/// Finds attributions; `so_far` holds names, entities and times.
pub fn find(_doc: &Doc, _lexicon: &Lexicon, _so_far: &Reading) -> Vec<Attribution> {
    Vec::new()
}

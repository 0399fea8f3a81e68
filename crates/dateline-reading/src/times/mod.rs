//! Times: TIMEX3 expressions with their values.

use crate::{Doc, Time};
use dateline_lexicon::Lexicon;

/// Finds time expressions, anchored to the article's date.
pub fn find(_doc: &Doc, _lexicon: &Lexicon) -> Vec<Time> {
    Vec::new()
}

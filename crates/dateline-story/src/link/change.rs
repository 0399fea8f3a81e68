//! What became of the links when articles came.

use crate::{CopyKind, StoryLink};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A text that shares wording with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The other.
    pub n: i64,
    /// Thousandths of the article's word 5-grams that stand in the other, and the converse.
    pub containment: [u32; 2],
    /// What the pair is.
    pub kind: CopyKind,
}

impl Told {
    /// The same with the other's id.
    pub fn of(&self, id: &str) -> crate::Copy {
        let containment = self.containment.map(|share| f64::from(share) / 1000.0);
        crate::Copy { of: id.to_owned(), containment, kind: self.kind }
    }
}

/// What linking says of one article, others by the caller's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The article.
    pub n: i64,
    /// Name of its story.
    pub story: String,
    /// Name of its storyline.
    pub storyline: String,
    /// Name of its origin.
    pub origin: String,
    /// Texts it is a copy of, or that are copies of it, in the order of their ids.
    pub copies: Vec<Told>,
    /// Texts with which it has a passage in common, in the order of their ids.
    pub passages: Vec<Told>,
    /// Its strongest links within the story, with their probability in thousandths.
    pub because: Vec<(i64, u32)>,
}

/// What is new or other after a step; all else is as it was.
#[derive(Debug, Default)]
pub struct Grown {
    /// Articles of which something else is said than before.
    pub rows: Vec<Row>,
    /// Names of the stories that are new or gone, or of whose articles something else is said.
    pub stories: BTreeSet<String>,
    /// Of them those that other articles are in than before: links from and to them are no more, but for those below.
    pub regrouped: BTreeSet<String>,
    /// Links from or to stories that are regrouped, by name of the earlier, then the later, with the mean
    /// probability in millionths.
    pub links: Vec<(StoryLink, u32)>,
    /// Shapes of the new articles.
    pub shapes: Vec<(i64, Vec<u8>)>,
}

//! What `dateline-train` needs to learn names: the same words, features and labels that the reader sees.

use super::tagger;
use super::tokens::Tokens;
use super::{Candidates, cut_all, evidence};
use crate::{Doc, Entity, Mention};
use dateline_lexicon::Lexicon;
use dateline_text::Span;

pub use super::tagger::labels::{KINDS, LABELS, OUTSIDE, Part, is_open, label, may_follow, parts};
pub use super::tagger::{Clusters, Model};
pub use super::weigh::Table;

/// A candidate name as the weights of evidence see it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// What speaks for and against: rows of `data/names/weights.tsv`.
    pub evidence: Vec<(&'static str, String)>,
}

/// The candidates that the weights of evidence decide on, in order.
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

/// Words in a row that may be part of names, between words that cannot.
#[derive(Debug, Clone, Default)]
pub struct Stretch {
    /// Where each word stands.
    pub words: Vec<Span>,
    /// The features of each word.
    pub features: Vec<Vec<u32>>,
}

/// The stretches of an article, headlines left out, as the tagger sees them where the rules weigh evidence by `table`.
pub fn stretches(doc: &Doc, lexicon: &Lexicon, table: &Table, clusters: &Clusters) -> Vec<Stretch> {
    let tokens = Tokens::new(doc, lexicon);
    let rules = Candidates::of(&tokens, table);
    let found = tagger::features(&tokens, clusters, &rules.decided, |s| !rules.headlines.contains(&s));
    let mut words = found.of_words.into_iter();
    let stretch = |range: std::ops::Range<usize>| Stretch {
        features: words.by_ref().take(range.len()).map(|w| found.all[w].to_vec()).collect(),
        words: range.filter_map(|i| tokens.words.get(i)).map(|w| w.span).collect(),
    };
    found.stretches.into_iter().map(stretch).collect()
}

/// Mentions and entities as a model that is not shipped finds them; by the rules alone without one.
pub fn find(doc: &Doc, lexicon: &Lexicon, model: Option<&Model>) -> (Vec<Mention>, Vec<Entity>) {
    super::find_with(doc, lexicon, model)
}

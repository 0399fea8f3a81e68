//! From an article to its facts. Sees one article and the lexicon, nothing else.

mod doc;
pub mod figures;
pub mod names;
mod numerals;
pub mod places;
pub mod quotes;
pub mod times;
mod tokens;
mod types;

pub use doc::{Doc, Sentence};
pub use types::{
    Attribution, Confidence, Coordinates, Entity, Figure, Mention, Modifier, NameKind, QuoteClass, QuoteKind, Reading,
    Time, TimeKind,
};

use dateline_article::Article;
use dateline_lexicon::Lexicon;

/// Reads one article: each step sees the article and what the steps before it found.
pub fn of(article: &Article, lexicon: &Lexicon) -> Reading {
    let doc = Doc::new(article);
    let mut reading = Reading { sentences: doc.sentences.iter().map(|s| s.span).collect(), ..Reading::default() };
    reading.times = times::find(&doc, lexicon);
    (reading.mentions, reading.entities) = names::find(&doc, lexicon);
    places::resolve(&doc, lexicon, &mut reading.mentions, &mut reading.entities);
    reading.attributions = quotes::find(&doc, lexicon, &reading);
    quotes::leaders::name(&doc, lexicon, &mut reading);
    reading.governments = places::governments::find(&doc, lexicon, &reading);
    reading.figures = figures::find(&doc, lexicon, &reading);
    reading
}

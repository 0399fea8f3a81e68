//! The annotated corpus of `data/corpus`, and what is learnt from it; for developers, not shipped.

pub mod clusters;
pub mod corpus;
pub mod crf;
pub mod evidence;
pub mod examples;
pub mod facts;
pub mod gold;
pub mod maths;
pub mod names;
pub mod score;
pub mod vary;

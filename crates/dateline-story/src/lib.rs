//! From readings to stories: copies and origins, events, storylines, agreement. No SQL, no HTML, no clock.

mod agreement;
mod link;
mod print;
mod types;

pub use agreement::agreement;
pub use link::{link, stories};
pub use print::{Print, PrintName};
pub use types::{
    Agreement, Copy, FigureGroup, FigureItem, Links, Membership, Reason, Relation, Report, Story, StoryLink, Utterance,
    Variant, Verdict,
};

//! From readings to stories: copies and origins, events, storylines, agreement. No SQL, no HTML, no clock.

mod agreement;
pub mod decisions;
mod families;
mod link;
pub mod news;
mod print;
mod types;
mod versions;

pub use agreement::{Course, CourseItem, agreement, agreements, agreements_decided, courses, figures_of, units};
pub use families::Families;
pub use link::names::own_name;
pub use link::score::Weights;
pub use link::{
    Aligned, Face, Grown, Known, Linker, Row, Shelf, Told, aligned, explain, explain_links, link, stories, stories_of,
};
pub use print::{Print, PrintName, Said};
/// What fitting the linker's numbers needs to see of it; nothing else should.
pub mod tuning {
    pub use crate::link::cluster::Bars;
    pub use crate::link::normalise::{Token, TokenKind, tokens};
    pub use crate::link::score::{FEATURES, Features, Weights};
    pub use crate::link::{Evidence, Published, evidence, group, link_with};
}

pub use versions::{
    Change, ChangeKind, Changes, Taken, Trifle, address, canonical, changes, latest, link_versions, order, seen,
};

pub use types::{
    Against, Agreement, Copy, CopyKind, FigureGroup, FigureItem, Links, Membership, Objection, Reason, Relation,
    Report, SaidAgain, Story, StoryLink, Utterance, Variant, Verdict,
};

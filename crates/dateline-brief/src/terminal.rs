//! A brief, lists and readings for a terminal: width-aware, colour only where asked for.

mod brief;
mod courses;
mod lists;
mod reading;
mod sources;
mod why;
mod wrap;

pub use brief::{brief, news};
pub use courses::courses;
pub use lists::{HitRow, SaidRow, StoryRow, facets, hits, said, stories};
pub use reading::{choices, reading};
pub use sources::sources;
pub use why::why;
pub use wrap::{Style, width_of};

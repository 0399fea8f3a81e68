//! Versions of a page: which captures are of one page ([`address`]), and what changed between two of them
//! ([`changes`]).

mod address;
mod changes;
mod linked;
mod pairing;
mod words;

pub use address::{Taken, address, canonical, latest, order, seen};
pub use changes::{Change, ChangeKind, Changes, Trifle, changes};
pub use linked::link_versions;

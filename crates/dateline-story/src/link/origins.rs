//! Origins: articles that are in substance one text count as one source.

use crate::link::copies::Shared;

/// Millionths of the shorter text from which two, and on the mean two groups of copies, are in substance one: two
/// texts that only a digest brings together stay apart.
pub const SAME: u32 = 600_000;
/// Added where both credit one agency: two cuts of one wire may share little.
const ONE_WIRE: u32 = 200_000;

/// How far two texts that share wording are one, in millionths. Also pairs below the mark weigh something: two
/// different cuts of one wire share less with each other than with the whole.
pub fn weight(shared: &Shared, one_wire: bool) -> u32 {
    1000 * shared.most() + if one_wire { ONE_WIRE } else { 0 }
}

//! Names and hashes: what a story is called depends on its members' ids alone. A name is the least of the names that
//! the members would have alone ([`own_name`]), so order and repetition do not matter, a name seldom changes when
//! members come, and whatever becomes of a group, each name it ever had leads to one of its members.

use crate::Print;
use sha2::{Digest, Sha256};

/// Hash of a term: FNV-1a, the same on every machine.
pub fn hash32(term: &str) -> u32 {
    term.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// The name of a group of one; `turn` above 0 gives further ones, for where the first is taken.
pub fn own_name(kind: char, id: &str, turn: u8) -> String {
    written(kind, &digits(id, turn))
}

/// What stands in the name of a group of one; the least of a group's is in the group's.
pub fn digits(id: &str, turn: u8) -> [u8; 6] {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update(b"\n");
    if turn > 0 {
        hash.update([turn]);
    }
    let mut out = [0; 6];
    for (o, b) in out.iter_mut().zip(hash.finalize().iter()) {
        *o = *b;
    }
    out
}

/// A name with these digits: a letter for the kind, then twelve hexadecimal ones.
pub fn written(kind: char, digits: &[u8; 6]) -> String {
    let digits: String = digits.iter().map(|b| format!("{b:02x}")).collect();
    format!("{kind}{digits}")
}

/// The name of a group with these members.
#[cfg(test)]
pub fn name<'i>(kind: char, ids: impl IntoIterator<Item = &'i str>) -> String {
    written(kind, &ids.into_iter().map(|id| digits(id, 0)).min().unwrap_or_default())
}

/// Hash of what an article says, by which ties are decided.
pub fn content(print: &Print) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(print.title.as_bytes());
    hash.update(b"\n");
    hash.update(print.text.as_bytes());
    let mut out = [0; 16];
    for (o, b) in out.iter_mut().zip(hash.finalize().iter()) {
        *o = *b;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_letter_and_twelve_digits() {
        assert_eq!(own_name('s', "a", 0).len(), 13);
        assert_ne!(own_name('s', "a", 0), own_name('s', "a", 1));
    }
}

//! Names and hashes: what a story is called depends on its members' ids alone.

use crate::Print;
use sha2::{Digest, Sha256};

/// Hash of a term: FNV-1a, the same on every machine.
pub fn hash32(term: &str) -> u32 {
    term.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// A name made of ids alone: a letter for the kind, then twelve hexadecimal digits. It is the least of the names that
/// its members would have alone ([`own_name`]), so order and repetition do not matter, a name seldom changes when
/// members come, and whatever becomes of a group, each name it ever had leads to one of its members.
pub fn name<'i>(kind: char, ids: impl IntoIterator<Item = &'i str>) -> String {
    let least = ids.into_iter().map(|id| own_name(kind, id, 0)).min();
    least.unwrap_or_else(|| own_name(kind, "", 0))
}

/// The name of a group of one; `turn` above 0 gives further ones, for where the first is taken.
pub fn own_name(kind: char, id: &str, turn: u8) -> String {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update(b"\n");
    if turn > 0 {
        hash.update([turn]);
    }
    let digits: String = hash.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("{kind}{digits}")
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
    fn a_name_does_not_depend_on_order() {
        assert_eq!(name('s', ["b", "a"]), name('s', ["a", "b", "a"]));
        assert_ne!(name('s', ["a"]), name('s', ["b"]));
    }

    #[test]
    fn a_name_is_that_of_one_member() {
        let all = ["a", "b", "c", "d"];
        assert!(all.iter().any(|id| own_name('s', id, 0) == name('s', all)));
        assert_ne!(own_name('s', "a", 0), own_name('s', "a", 1));
    }
}

//! Names and hashes: what a story is called depends on its members' ids alone.

use crate::Print;
use sha2::{Digest, Sha256};

/// Hash of a term: FNV-1a, the same on every machine.
pub fn hash32(term: &str) -> u32 {
    term.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// A name made of ids alone: a letter for the kind, then twelve hexadecimal digits. Order and repetition do not matter.
pub fn name<'i>(kind: char, ids: impl IntoIterator<Item = &'i str>) -> String {
    let mut ids: Vec<&str> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut hash = Sha256::new();
    for id in ids {
        hash.update(id.as_bytes());
        hash.update(b"\n");
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
}

//! Names and hashes: what a story is called depends on its members' ids alone.

use crate::Print;
use crate::link::{idf, normalise};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Weight from which a word says what an utterance is about.
const TELLING: u32 = 300;

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

/// Thousandths of the shorter text's longer words that the other holds too.
pub fn share_of_words(a: &str, b: &str) -> u32 {
    let set = |text: &str| -> BTreeSet<String> {
        normalise::tokens(text, "").into_iter().map(|t| t.term).filter(|t| idf::of("").weight(t) >= TELLING).collect()
    };
    let (a, b) = (set(a), set(b));
    let least = a.len().min(b.len());
    if least < 2 { 0 } else { (1000 * a.intersection(&b).count() / least) as u32 }
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

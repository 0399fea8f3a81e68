//! Which sentences of two versions are one: a longest common subsequence over whole sentences, then the likest pairs
//! among what lies between.

/// Sentences of either side beyond which what is left is compared in order only: the table grows with their product.
const TABLE: usize = 2000;
/// Sentences of either side within which a reworded sentence is looked for.
const NEAR: usize = 40;
/// Thousandths of the words of both that two sentences must share to be one sentence reworded.
const ALIKE: usize = 400;

/// One step through two versions; numbers are sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// In both, in the same words.
    Same(usize, usize),
    /// In both, in other words.
    Reworded(usize, usize),
    /// In the older alone.
    Gone(usize),
    /// In the newer alone.
    New(usize),
}

/// Pairs the sentences of two versions, each given as its words, in the order of the newer; what is gone stands where
/// it stood.
pub fn pair(old: &[Vec<u32>], new: &[Vec<u32>]) -> Vec<Step> {
    let same = common(old, new);
    let mut out = Vec::with_capacity(old.len().max(new.len()));
    let (mut i, mut j) = (0, 0);
    for (x, y) in same.into_iter().chain([(old.len(), new.len())]) {
        between(&mut out, (i, &old[i..x]), (j, &new[j..y]));
        if x < old.len() {
            out.push(Step::Same(x, y));
        }
        (i, j) = (x + 1, y + 1);
    }
    out
}

/// Sentences that both have, in the order of both.
fn common(old: &[Vec<u32>], new: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let head = old.iter().zip(new).take_while(|(x, y)| x == y).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut out: Vec<(usize, usize)> = (0..head).map(|i| (i, i)).collect();
    let (a, b) = (&a[..a.len().min(TABLE)], &b[..b.len().min(TABLE)]);
    let width = b.len() + 1;
    let mut longest = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((head + i, head + j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out.extend((0..tail).rev().map(|k| (old.len() - 1 - k, new.len() - 1 - k)));
    out
}

/// What lies between two common sentences: each new sentence with the likest old one after the last that was paired.
fn between(out: &mut Vec<Step>, (i, old): (usize, &[Vec<u32>]), (j, new): (usize, &[Vec<u32>])) {
    let mut at = 0;
    for (y, words) in new.iter().enumerate() {
        let near = old.iter().enumerate().skip(at).take(NEAR);
        let best = near.map(|(x, o)| (alike(o, words), std::cmp::Reverse(x))).max();
        match best {
            Some((share, std::cmp::Reverse(x))) if share >= ALIKE => {
                out.extend((at..x).map(|x| Step::Gone(i + x)));
                out.push(Step::Reworded(i + x, j + y));
                at = x + 1;
            }
            _ => out.push(Step::New(j + y)),
        }
    }
    out.extend((at..old.len()).map(|x| Step::Gone(i + x)));
}

/// Thousandths of the words of both that two sentences share, as bags.
fn alike(a: &[u32], b: &[u32]) -> usize {
    let sorted = |words: &[u32]| {
        let mut all = words.to_vec();
        all.sort_unstable();
        all
    };
    let (x, y) = (sorted(a), sorted(b));
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        shared += usize::from(x[i] == y[j]);
        (i, j) = (i + usize::from(x[i] <= y[j]), j + usize::from(y[j] <= x[i]));
    }
    2000 * shared / (a.len() + b.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Gone, New, Reworded, Same};
    use proptest::prelude::*;

    fn version(sentences: &[&str]) -> Vec<Vec<u32>> {
        sentences.iter().map(|s| s.bytes().map(u32::from).collect()).collect()
    }

    #[test]
    fn sentences_are_paired_in_order() {
        let old = version(&["abc", "defgh", "ijk", "lmn"]);
        let new = version(&["abc", "xyz", "defgw", "lmn"]);
        assert_eq!(pair(&old, &new), [Same(0, 0), New(1), Reworded(1, 2), Gone(2), Same(3, 3)]);
        assert_eq!(pair(&old, &[]), [Gone(0), Gone(1), Gone(2), Gone(3)]);
        assert_eq!(pair(&[], &old[..1]), [New(0)]);
    }

    proptest! {
        #[test]
        fn every_sentence_is_told_once(old in prop::collection::vec(prop::collection::vec(0u32..3, 0..4), 0..12), new in prop::collection::vec(prop::collection::vec(0u32..3, 0..4), 0..12)) {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            for step in pair(&old, &new) {
                match step {
                    Same(i, j) => { prop_assert_eq!(&old[i], &new[j]); a.push(i); b.push(j); }
                    Reworded(i, j) => { a.push(i); b.push(j); }
                    Gone(i) => a.push(i),
                    New(j) => b.push(j),
                }
            }
            prop_assert_eq!(a, (0..old.len()).collect::<Vec<_>>());
            prop_assert_eq!(b, (0..new.len()).collect::<Vec<_>>());
        }
    }
}

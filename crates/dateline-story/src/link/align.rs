//! Exact alignment of two texts that share wording: anchored on shared 5-grams, each grown word by word as far as both
//! go on alike. Near-linear: a gram is looked up at its first few places in the other text, and what a run has covered is
//! not looked at again.

use crate::link::copies::{GRAM, gram, word_hash};
use dateline_text::{Span, WordKind, words};

/// Places in the other text at which a gram is tried; what stands oftener is a refrain.
const PLACES: usize = 4;
/// Words aligned of one text.
const READ: usize = 20_000;
/// Runs told of a pair; the longest are kept.
const RUNS: usize = 100;

/// Words that two texts have in common, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Index of its first word in the one text.
    pub a: usize,
    /// Index of its first word in the other.
    pub b: usize,
    /// How many words.
    pub words: usize,
}

/// The same words in two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aligned {
    /// Where they stand in the one.
    pub own: Span,
    /// Where they stand in the other.
    pub other: Span,
}

/// The wording that two texts share, in the order of the first: runs of five words and more that are alike but for
/// case, accents and punctuation. No word is in two runs. Of the first 20,000 words of each, at most the 100 longest
/// runs.
///
/// ```
/// let (a, b) = ("Rain fell. The old bridge at Hanko is shut.", "“The old bridge at Hanko is shut,” she said.");
/// let shared = dateline_story::aligned(a, b);
/// assert_eq!((shared[0].own.of(a), shared[0].other.of(b)), ("The old bridge at Hanko is shut", "The old bridge at Hanko is shut"));
/// ```
pub fn aligned(own: &str, other: &str) -> Vec<Aligned> {
    let read = |text: &str| -> (Vec<u32>, Vec<Span>) {
        let all = words(text).into_iter().filter(|w| w.kind != WordKind::Mark).take(READ);
        all.map(|w| (word_hash(w.of(text)), w.span)).unzip()
    };
    let ((a, in_a), (b, in_b)) = (read(own), read(other));
    let mut found = runs(&a, &b);
    if found.len() > RUNS {
        found.sort_by_key(|r| (std::cmp::Reverse(r.words), r.a));
        found.truncate(RUNS);
        found.sort_by_key(|r| r.a);
    }
    let cover = |spans: &[Span], from: usize, n: usize| spans[from].cover(spans[from + n - 1]);
    found.iter().map(|r| Aligned { own: cover(&in_a, r.a, r.words), other: cover(&in_b, r.b, r.words) }).collect()
}

/// Runs of at least [`GRAM`] words that two lists of words share, in the order of the first; no word is in two.
pub fn runs(a: &[u32], b: &[u32]) -> Vec<Run> {
    let mut places: Vec<(u64, usize)> = b.windows(GRAM).map(gram).zip(0..).collect();
    places.sort_unstable();
    let mut taken = vec![false; b.len()];
    let mut out: Vec<Run> = Vec::new();
    let mut at = 0;
    while at + GRAM <= a.len() {
        let wanted = gram(&a[at..at + GRAM]);
        let first = places.partition_point(|(g, _)| *g < wanted);
        let here = places[first..].iter().take_while(|(g, _)| *g == wanted).filter(|(_, p)| !taken[*p]).take(PLACES);
        let next = out.last().map_or(0, |r| r.b + r.words);
        let best = here
            .map(|(_, p)| (alike(&a[at..], &b[*p..], &taken[*p..]), *p))
            // the longest; of equals the one that goes on in the other text's order
            .max_by_key(|(n, p)| (*n, *p >= next, std::cmp::Reverse(*p)));
        match best {
            Some((n, p)) if n >= GRAM => {
                taken[p..p + n].fill(true);
                out.push(Run { a: at, b: p, words: n });
                at += n;
            }
            _ => at += 1,
        }
    }
    out
}

/// How many first words are the same and not taken.
fn alike(a: &[u32], b: &[u32], taken: &[bool]) -> usize {
    a.iter().zip(b).zip(taken).take_while(|((x, y), taken)| x == y && !**taken).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shared<'t>(a: &'t str, b: &'t str) -> Vec<(&'t str, &'t str)> {
        aligned(a, b).iter().map(|x| (x.own.of(a), x.other.of(b))).collect()
    }

    #[test]
    fn marks_case_and_accents_do_not_end_a_run_and_another_word_does() {
        let a = "The harbour of Lielvārde was closed on Monday, the port said; no ship could leave the inner basin.";
        let b = "THE HARBOUR OF LIELVARDE WAS CLOSED ON MONDAY – the harbour master said no ship could leave the inner basin";
        assert_eq!(
            shared(a, b),
            [
                (
                    "The harbour of Lielvārde was closed on Monday, the",
                    "THE HARBOUR OF LIELVARDE WAS CLOSED ON MONDAY – the"
                ),
                ("said; no ship could leave the inner basin", "said no ship could leave the inner basin"),
            ]
        );
    }

    #[test]
    fn passages_set_in_another_order_are_found() {
        let a = "one two three four five six. red green blue black white grey.";
        let b = "red green blue black white grey; one two three four five six";
        assert_eq!(shared(a, b).len(), 2);
        assert!(shared(a, "two three four five").is_empty() && shared("", "").is_empty());
    }

    #[test]
    fn a_refrain_is_aligned_once_for_each_time_it_stands_in_both() {
        let refrain = "we will not give way to them ";
        assert_eq!(aligned(&refrain.repeat(3), refrain).len(), 1);
        assert_eq!(aligned(&refrain.repeat(3), &refrain.repeat(3)).len(), 1);
        // long repetition stays cheap
        assert!(!aligned(&"la ".repeat(20_000), &"la ".repeat(20_000)).is_empty());
    }

    proptest! {
        #[test]
        fn runs_are_alike_ordered_and_apart(a in prop::collection::vec(0u32..4, 0..80), b in prop::collection::vec(0u32..4, 0..80)) {
            let found = runs(&a, &b);
            let mut used = vec![false; b.len()];
            let mut end = 0;
            for r in &found {
                prop_assert!(r.words >= GRAM && r.a >= end);
                prop_assert_eq!(&a[r.a..r.a + r.words], &b[r.b..r.b + r.words]);
                end = r.a + r.words;
                for u in &mut used[r.b..r.b + r.words] {
                    prop_assert!(!std::mem::replace(u, true));
                }
            }
        }

        #[test]
        fn any_texts_align_without_harm(a in "\\PC{0,60}", b in "\\PC{0,60}") {
            aligned(&a, &b);
        }
    }
}

//! What a pair that shares wording is: one text in two places, one made from the other, a cut of it, or two texts of
//! which each is its own and a passage stands in both.

use crate::CopyKind;
use crate::link::align::{Run, runs};
use crate::link::copies::{SUBSTANCE, Shared, TWINS, Wording};

/// Words before the shared wording from which a text opens in words of its own: a sentence or more.
const OWN_OPENING: usize = 30;
/// Other words between two shared runs that still are one stretch: what an editor changes inside a passage.
const GAP: usize = 8;

/// Whether what two articles share is one stretch of the first that comes after an opening of its own, and the same of
/// the second.
pub fn inside(a: Wording<'_>, b: Wording<'_>) -> [bool; 2] {
    // of two alignments that may differ always the same one, whichever came first
    if b.id < a.id {
        let [b, a] = inside(b, a);
        return [a, b];
    }
    let found = runs(a.words, b.words);
    [is_inside(found.iter().map(|r| (r.a, r.words)).collect()), is_inside(by_other(&found))]
}

/// What a pair is. `held` says of either whether some text holds its substance: such a text is not its own, and no mere
/// passage stands in it. What one outlet pastes into two articles is a passage, however long.
pub fn kind(s: &Shared, held: [bool; 2]) -> CopyKind {
    let own = |i: usize| !held[i] && s.inside[i];
    if s.is_pasted() || (s.most() < SUBSTANCE && (own(0) || own(1))) {
        CopyKind::Passage
    } else if s.least() >= TWINS {
        CopyKind::Verbatim
    } else if s.most() >= TWINS {
        CopyKind::Excerpt
    } else {
        CopyKind::Edited
    }
}

/// Places of runs in the second text, in its order.
fn by_other(found: &[Run]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = found.iter().map(|r| (r.b, r.words)).collect();
    out.sort_unstable();
    out
}

/// Whether shared runs, as places and lengths in the order of a text, are one stretch that begins after the text's
/// own opening.
fn is_inside(runs: Vec<(usize, usize)>) -> bool {
    let opens = runs.first().is_some_and(|(at, _)| *at >= OWN_OPENING);
    opens && runs.windows(2).all(|w| w[0].0 + w[0].1 + GAP >= w[1].0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Print;
    use crate::link::{copies, vectors};

    /// `n` words that stand in no other text but those made of the same letter.
    fn prose(letter: &str, words: std::ops::Range<usize>) -> String {
        words.map(|i| format!("{letter}{}", i * i + 7)).collect::<Vec<_>>().join(" ")
    }

    /// Kinds of the first text's pairs with the others, in their order; `None` where there is no pair.
    fn kinds(texts: &[String]) -> Vec<Option<CopyKind>> {
        let prints: Vec<Print> = texts
            .iter()
            .enumerate()
            .map(|(i, t)| Print { id: i.to_string(), text: t.clone(), ..Print::default() })
            .collect();
        let refs: Vec<&Print> = prints.iter().collect();
        let docs = vectors::docs(&refs);
        let shared = copies::copies(&docs);
        let held = |i: u32| shared.iter().any(|s| (s.a == i && s.holds()[0]) || (s.b == i && s.holds()[1]));
        let with_first = |i: u32| shared.iter().find(|s| (s.a, s.b) == (i, 0));
        let texts = 1..texts.len() as u32;
        texts.map(|i| with_first(i).map(|s| kind(s, [held(s.a), held(s.b)]))).collect()
    }

    #[test]
    fn a_reprint_a_cut_and_a_rewriting_are_told_apart() {
        let wire = prose("w", 0..200);
        let edited =
            format!("{} {} {} {}", prose("w", 0..60), prose("e", 0..50), prose("w", 80..140), prose("e", 60..90));
        assert_eq!(
            kinds(&[wire.clone(), wire.clone() + " staff", prose("w", 0..90), edited]),
            [Some(CopyKind::Verbatim), Some(CopyKind::Excerpt), Some(CopyKind::Edited)]
        );
    }

    #[test]
    fn an_own_text_with_a_paragraph_of_the_wire_is_no_copy_of_it() {
        let wire = prose("w", 0..200);
        let own = format!("{} {} {}", prose("o", 0..70), prose("w", 0..60), prose("o", 80..120));
        assert_eq!(kinds(&[wire.clone(), own]), [Some(CopyKind::Passage)]);
        // what opens with the wire's words, or has them all over, is made from it
        let opens = format!("{} {}", prose("w", 0..60), prose("o", 0..90));
        let strewn =
            format!("{} {} {} {}", prose("o", 0..40), prose("w", 0..30), prose("o", 50..80), prose("w", 60..110));
        assert_eq!(kinds(&[wire, opens, strewn]), [Some(CopyKind::Edited), Some(CopyKind::Edited)]);
    }

    #[test]
    fn background_that_both_paste_is_a_passage_or_nothing() {
        let background = prose("b", 0..60);
        let [x, y] = ["x", "y"].map(|l| format!("{} {background} {}", prose(l, 0..40), prose(l, 60..90)));
        assert_eq!(kinds(&[x, y]), [Some(CopyKind::Passage)]);
        let [x, y] = ["x", "y"].map(|l| format!("{} {background}", prose(l, 0..120)));
        assert_eq!(kinds(&[x, y]), [None]);
    }

    #[test]
    fn a_text_that_uses_some_sentences_of_another_among_more_of_its_own_is_no_copy() {
        let wire = prose("w", 0..180);
        let own = |reused: usize| {
            let (first, second) = (prose("w", 0..reused / 2), prose("w", 100..100 + reused / 2));
            format!("{first} {} {second} {}", prose("o", 0..60), prose("o", 80..200 - reused))
        };
        assert_eq!(kinds(&[wire.clone(), own(50)]), [None]);
        assert_eq!(kinds(&[wire, own(90)]), [Some(CopyKind::Edited)]);
    }

    #[test]
    fn a_word_changed_in_every_sentence_hides_no_copy() {
        let wire = prose("w", 0..300);
        // of every ten words one is another: few grams are left, and most words
        let edited: Vec<&str> =
            wire.split(' ').enumerate().map(|(i, w)| if i % 10 == 0 { "other" } else { w }).collect();
        let edited = format!("{} {}", edited[..100].join(" "), prose("o", 0..120));
        let rows = kinds(&[wire, edited]);
        assert_eq!(rows, [Some(CopyKind::Edited)]);
    }

    #[test]
    fn a_cut_whose_opening_another_cut_lacks_stays_a_copy() {
        // the second is a cut of the third, so its opening is not its own
        let whole = prose("w", 0..160);
        let cut = prose("w", 0..100);
        let other = format!("{} {}", prose("w", 50..100), prose("o", 0..80));
        assert_eq!(kinds(&[cut, other, whole])[0], Some(CopyKind::Edited));
    }
}

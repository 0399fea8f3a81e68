//! The labels of words: outside of names, or first, inner, last or only word of a name of a kind.

use crate::NameKind;

/// The kinds that are told apart, in the order of their labels.
pub const KINDS: [NameKind; 8] = [
    NameKind::Person,
    NameKind::Org,
    NameKind::Place,
    NameKind::Norp,
    NameKind::Event,
    NameKind::Facility,
    NameKind::Work,
    NameKind::Misc,
];

/// How many labels there are.
pub const LABELS: usize = 1 + 4 * KINDS.len();

/// The label of words outside of names.
pub const OUTSIDE: usize = 0;

/// The place of a word in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// First of several words.
    First,
    /// Neither first nor last.
    Inner,
    /// Last of several words.
    Last,
    /// The only word.
    Only,
}

const PARTS: [Part; 4] = [Part::First, Part::Inner, Part::Last, Part::Only];

/// The label of a part of a name of `KINDS[kind]`.
pub const fn label(kind: usize, part: Part) -> usize {
    1 + 4 * kind + part as usize
}

/// Kind and part of a label; `None` outside of names and for numbers that are no label.
pub fn parts(label: usize) -> Option<(usize, Part)> {
    let at = label.checked_sub(1)?;
    (at / 4 < KINDS.len()).then(|| (at / 4, PARTS[at % 4]))
}

/// Whether the label leaves a name open, so that the next word must go on with it.
pub fn is_open(label: usize) -> bool {
    matches!(parts(label), Some((_, Part::First | Part::Inner)))
}

/// Whether label `b` may follow label `a` on the next word.
pub fn may_follow(a: usize, b: usize) -> bool {
    let goes_on = matches!(parts(b), Some((_, Part::Inner | Part::Last)));
    match parts(a) {
        Some((kind, Part::First | Part::Inner)) => goes_on && parts(b).is_some_and(|(k, _)| k == kind),
        _ => !goes_on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_closed_before_others_open() {
        let (first, last, only) = (label(0, Part::First), label(0, Part::Last), label(1, Part::Only));
        assert!(may_follow(first, last) && may_follow(last, only) && may_follow(OUTSIDE, first));
        assert!(!may_follow(first, OUTSIDE) && !may_follow(OUTSIDE, last) && !may_follow(first, only));
        assert!(!may_follow(first, label(1, Part::Last)));
        assert_eq!(parts(label(7, Part::Only)), Some((7, Part::Only)));
        assert_eq!(parts(LABELS), None);
    }
}

//! Which names are one person's, or one organisation's, as the user decided.

use super::{Act, Decision, active};
use std::collections::{BTreeMap, BTreeSet};

/// What was decided of names; the last word on a pair holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Persons {
    groups: BTreeMap<String, BTreeSet<String>>,
    apart: BTreeSet<(String, String)>,
}

/// Two keys, the lesser first.
fn pair<'k>(a: &'k str, b: &'k str) -> (&'k str, &'k str) {
    if a <= b { (a, b) } else { (b, a) }
}

/// The keys that a decision is about, and whether it says that they are one.
fn said(act: &Act) -> Option<((&str, &str), bool)> {
    match act {
        Act::SamePerson { one, other } => Some((pair(&one.key, &other.key), true)),
        Act::OtherPerson { one, other } => Some((pair(&one.key, &other.key), false)),
        _ => None,
    }
}

impl Persons {
    /// What decisions, in the order in which they were made, say of names.
    pub fn of(decisions: &[Decision]) -> Persons {
        let holds = active(decisions);
        let mut last: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for (d, undone) in decisions.iter().zip(&holds) {
            if let Some((pair, same)) = said(&d.act).filter(|_| undone.is_none()) {
                last.insert(pair, same);
            }
        }
        let mut out = Persons::default();
        for ((a, b), same) in last {
            if same {
                let mut group = out.group(a);
                group.extend(out.group(b));
                for key in &group {
                    out.groups.insert(key.clone(), group.clone());
                }
            } else {
                out.apart.insert((a.to_owned(), b.to_owned()));
            }
        }
        out
    }

    /// All keys of the one whom this key names, itself among them.
    pub fn group(&self, key: &str) -> BTreeSet<String> {
        self.groups.get(key).cloned().unwrap_or_else(|| BTreeSet::from([key.to_owned()]))
    }

    /// Whether it was decided that two keys are one's, or that they are not; `None` where nothing was.
    pub fn decided(&self, a: &str, b: &str) -> Option<bool> {
        if self.groups.get(a).is_some_and(|g| g.contains(b)) {
            return Some(true);
        }
        let (a, b) = pair(a, b);
        self.apart.contains(&(a.to_owned(), b.to_owned())).then_some(false)
    }

    /// Whether nothing was decided that joins names.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// Decisions over which a later one about the same names wins, with that one; `undone` as [`active`] gives it.
pub(super) fn overridden(decisions: &[Decision], undone: &[Option<usize>]) -> BTreeMap<usize, usize> {
    let mut last: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for (i, d) in decisions.iter().enumerate().filter(|(i, _)| undone.get(*i).is_some_and(Option::is_none)) {
        if let Some((pair, _)) = said(&d.act)
            && let Some(before) = last.insert(pair, i)
        {
            out.insert(before, i);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Called;
    use super::*;

    fn decision(id: &str, act: Act) -> Decision {
        Decision { id: id.to_owned(), at: String::new(), by: None, why: None, act }
    }

    fn called(key: &str) -> Called {
        Called { key: key.to_owned(), name: key.to_owned() }
    }

    fn same(id: &str, a: &str, b: &str) -> Decision {
        decision(id, Act::SamePerson { one: called(a), other: called(b) })
    }

    fn other(id: &str, a: &str, b: &str) -> Decision {
        decision(id, Act::OtherPerson { one: called(a), other: called(b) })
    }

    #[test]
    fn names_are_joined_through_each_other_and_the_last_word_on_a_pair_holds() {
        let made = [same("d1", "roe jo", "roe j"), same("d2", "roe j", "row jo"), other("d3", "roe jo", "poe jo")];
        let all = Persons::of(&made);
        assert_eq!(all.group("row jo").len(), 3);
        assert_eq!(all.decided("row jo", "roe jo"), Some(true));
        assert_eq!((all.decided("poe jo", "roe jo"), all.decided("poe jo", "roe j")), (Some(false), None));
        let turned = [&made[..], &[other("d4", "row jo", "roe j")]].concat();
        assert_eq!(Persons::of(&turned).group("roe jo").len(), 2);
        assert_eq!(overridden(&turned, &[None; 4]), BTreeMap::from([(1, 3)]));
        let undone = [&turned[..], &[decision("d5", Act::Undo { undoes: "d4".to_owned() })]].concat();
        assert_eq!(Persons::of(&undone).group("roe jo").len(), 3);
    }

    #[test]
    fn a_decision_of_names_is_one_plain_line() {
        let line = serde_json::to_string(&same("d1", "roe jo", "roe j")).unwrap();
        assert!(line.contains(r#""what":"same_person","one":{"key":"roe jo","name":"roe jo"}"#), "{line}");
        assert_eq!(serde_json::from_str::<Decision>(&line).unwrap(), same("d1", "roe jo", "roe j"));
    }
}

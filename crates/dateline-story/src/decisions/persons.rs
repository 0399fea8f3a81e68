//! Which names are one person's, or one organisation's, as the user decided.

use super::{Act, Decision, active};
use dateline_reading::Entity;
use std::collections::{BTreeMap, BTreeSet};

/// What was decided of names; the last word on a pair holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Persons {
    groups: BTreeMap<String, BTreeSet<String>>,
    apart: BTreeSet<(String, String)>,
    /// Of each key in a group, the name that all of the group go by.
    names: BTreeMap<String, String>,
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
        let mut written: BTreeMap<&str, &str> = BTreeMap::new();
        for (d, undone) in decisions.iter().zip(&holds) {
            if let Act::SamePerson { one, other } = &d.act
                && undone.is_none()
            {
                written.extend([one, other].map(|c| (c.key.as_str(), c.name.as_str())));
            }
        }
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
        for (key, group) in &out.groups {
            let names = group.iter().filter_map(|k| written.get(k.as_str()));
            // the fullest: "Jo Roe" before "J. Roe"
            let length = |n: &str| n.chars().filter(|c| c.is_alphabetic()).count();
            let fullest = names.max_by(|a, b| (length(a), *b).cmp(&(length(b), *a)));
            out.names.extend(fullest.map(|n| (key.clone(), (*n).to_owned())));
        }
        out
    }

    /// Gives the entities of a reading that the user decided to be one's a common key and the fullest name; the others
    /// stay among the written forms. What was read is not changed by it where it is kept: it is told so.
    pub fn settle(&self, entities: &mut [Entity]) {
        if self.groups.is_empty() {
            return;
        }
        for entity in entities {
            let Some(first) = self.groups.get(&entity.key).and_then(|g| g.first()) else { continue };
            let name = self.names.get(&entity.key).filter(|n| **n != entity.name);
            if let Some(name) = name {
                let before = std::mem::replace(&mut entity.name, name.clone());
                entity.aliases.retain(|a| a != name);
                entity.aliases.insert(0, before);
            }
            entity.key.clone_from(first);
        }
    }

    /// The key that stands for all of its group: the first of them.
    pub fn key_of<'k>(&'k self, key: &'k str) -> &'k str {
        self.groups.get(key).and_then(|g| g.first()).map_or(key, String::as_str)
    }

    /// Keys of those who were decided to be others than the one of this key, by [`Persons::key_of`].
    pub(crate) fn others(&self, key: &str) -> BTreeSet<&str> {
        let own = self.key_of(key);
        let pairs = self.apart.iter().map(|(a, b)| (self.key_of(a), self.key_of(b)));
        pairs
            .filter_map(|(a, b)| if a == own { Some(b) } else { (b == own).then_some(a) })
            .filter(|o| *o != own)
            .collect()
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
    fn a_reading_goes_by_what_was_decided() {
        let named = |key: &str, name: &str| Act::SamePerson {
            one: Called { key: key.to_owned(), name: name.to_owned() },
            other: Called { key: "roe jo".to_owned(), name: "Jo Roe".to_owned() },
        };
        let all = Persons::of(&[decision("d1", named("roe j", "J. Roe")), other("d2", "roe tom", "roe j")]);
        let mut entities: Vec<Entity> = serde_json::from_str(
            r#"[{"name":"J. Roe","kind":"PERSON","aliases":["Roe"],"role":null,"place":null,"key":"roe j"},
            {"name":"Tom Roe","kind":"PERSON","aliases":[],"role":null,"place":null,"key":"roe tom"}]"#,
        )
        .unwrap();
        all.settle(&mut entities);
        let told: Vec<(&str, &str)> = entities.iter().map(|e| (&*e.name, &*e.key)).collect();
        assert_eq!(told, [("Jo Roe", "roe j"), ("Tom Roe", "roe tom")]);
        assert_eq!(entities[0].aliases, ["J. Roe", "Roe"]);
        assert_eq!(all.others("roe jo"), BTreeSet::from(["roe tom"]));
        assert_eq!(all.others("roe tom"), BTreeSet::from(["roe j"]));
    }

    #[test]
    fn a_decision_of_names_is_one_plain_line() {
        let line = serde_json::to_string(&same("d1", "roe jo", "roe j")).unwrap();
        assert!(line.contains(r#""what":"same_person","one":{"key":"roe jo","name":"roe jo"}"#), "{line}");
        assert_eq!(serde_json::from_str::<Decision>(&line).unwrap(), same("d1", "roe jo", "roe j"));
    }
}

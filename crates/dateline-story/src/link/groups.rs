//! Groups that change where something comes to them, and nowhere else.

use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Marks what is in no group yet.
const NONE: u32 = u32::MAX;

/// Some things in groups; each thing and each group has a number. A group that changes gets a new one.
#[derive(Debug, Default)]
pub struct Groups {
    of: Vec<u32>,
    members: BTreeMap<u32, Vec<u32>>,
    next: u32,
}

/// Groups that are no more, and those that came instead.
#[derive(Debug, Default)]
pub struct Changed {
    /// Numbers of the old ones, with the things in them.
    pub gone: BTreeMap<u32, Vec<u32>>,
    /// Numbers of the new ones.
    pub new: BTreeSet<u32>,
}

impl Groups {
    /// The group of a thing.
    pub fn of(&self, thing: u32) -> u32 {
        self.of.get(thing as usize).copied().unwrap_or(NONE)
    }

    /// What is in a group, in order.
    pub fn members(&self, group: u32) -> &[u32] {
        self.members.get(&group).map_or(&[], |m| m)
    }

    /// Takes away a group that nothing is in any longer.
    pub fn remove(&mut self, group: u32) {
        for thing in self.members.remove(&group).unwrap_or_default() {
            self.put(thing, NONE);
        }
    }

    /// Takes the group of a thing apart: all in it are in none then. Gives its number and what was in it.
    pub fn take_apart(&mut self, thing: u32) -> Option<(u32, Vec<u32>)> {
        let group = self.of(thing);
        let members = self.members.remove(&group)?;
        members.iter().for_each(|m| self.put(*m, NONE));
        Some((group, members))
    }

    /// Regroups some things; a group whose things stay the same stays as it is. All things of every group touched must
    /// be given.
    pub fn regroup(&mut self, groups: Vec<Vec<u32>>) -> Changed {
        let mut changed = Changed::default();
        for group in groups {
            let old = self.of(group.first().copied().unwrap_or(NONE));
            if self.members.get(&old).is_some_and(|m| *m == group) {
                continue;
            }
            for thing in &group {
                let old = self.of(*thing);
                if let Some(members) = self.members.remove(&old) {
                    changed.gone.insert(old, members);
                }
            }
            let number = self.next;
            self.next += 1;
            for thing in &group {
                self.put(*thing, number);
            }
            self.members.insert(number, group);
            changed.new.insert(number);
        }
        changed
    }

    fn put(&mut self, thing: u32, group: u32) {
        if self.of.len() <= thing as usize {
            self.of.resize(thing as usize + 1, NONE);
        }
        self.of[thing as usize] = group;
    }
}

/// All that can be reached from some things, sorted, one list for each part that hangs together.
pub fn parts<I: Iterator<Item = u32>>(from: impl IntoIterator<Item = u32>, near: impl Fn(u32) -> I) -> Vec<Vec<u32>> {
    let mut seen: FxHashSet<u32> = FxHashSet::default();
    let mut out = Vec::new();
    for start in from {
        if !seen.insert(start) {
            continue;
        }
        let mut part = vec![start];
        let mut at = 0;
        while let Some(thing) = part.get(at).copied() {
            part.extend(near(thing).filter(|t| seen.insert(*t)));
            at += 1;
        }
        part.sort_unstable();
        out.push(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_stays_keeps_its_number() {
        let mut groups = Groups::default();
        groups.regroup(vec![vec![0, 1], vec![2]]);
        let (first, second) = (groups.of(0), groups.of(2));
        let changed = groups.regroup(vec![vec![0, 1], vec![2, 3]]);
        assert_eq!((groups.of(1), groups.of(2), groups.of(3)), (first, second + 1, second + 1));
        assert_eq!(changed.gone, BTreeMap::from([(second, vec![2])]));
        assert_eq!(changed.new, BTreeSet::from([second + 1]));
    }

    #[test]
    fn parts_are_what_hangs_together() {
        let near = |t: u32| [t ^ 2].into_iter();
        assert_eq!(parts([3, 0, 1], near), [vec![1, 3], vec![0, 2]]);
    }
}

//! What decisions ask of pages: which are one event, which are not. The later decision wins.

use super::regroup::Machine;
use super::{Act, Decision};
use std::collections::{BTreeMap, BTreeSet};

/// The pages that decisions name and the library holds, side by side, as places in [`Machine::ids`].
pub(super) struct Present {
    /// For each decision its sides; what it keeps apart is on one of them, the second where both name it.
    pub(super) sides: Vec<Vec<Vec<usize>>>,
    /// For each decision the pages that the library does not hold.
    pub(super) missing: Vec<Vec<String>>,
}

impl Present {
    pub(super) fn of(machine: &Machine, decisions: &[Decision]) -> Present {
        let mut out = Present { sides: Vec::new(), missing: Vec::new() };
        for d in decisions {
            let mut missing = BTreeSet::new();
            let mut sides: Vec<Vec<usize>> = Vec::new();
            for side in d.act.sides() {
                let mut here: Vec<usize> = Vec::new();
                for page in &side.pages {
                    match machine.place(page) {
                        Some(p) => here.push(p),
                        None => drop(missing.insert(page.clone())),
                    }
                }
                here.sort_unstable();
                here.dedup();
                sides.push(here);
            }
            if let (Act::Split { .. } | Act::Apart { .. }, [a, b]) = (&d.act, sides.as_mut_slice()) {
                a.retain(|p| b.binary_search(p).is_err());
            }
            out.sides.push(sides);
            out.missing.push(missing.into_iter().collect());
        }
        out
    }
}

/// A mark on pages that a decision keeps apart: the decision, and on which side they stand.
type Tag = (usize, bool);

/// Pages that are one event by decision, and what they must not meet.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    pub(super) pages: Vec<usize>,
    pub(super) tags: BTreeSet<Tag>,
    /// Decisions that joined it.
    pub(super) by: BTreeSet<usize>,
}

impl Unit {
    /// The decision that keeps two units apart, the latest if there are several.
    pub(super) fn against(&self, other: &Unit) -> Option<usize> {
        let (few, many) = if self.tags.len() <= other.tags.len() { (self, other) } else { (other, self) };
        few.tags.iter().rev().find(|(d, side)| many.tags.contains(&(*d, !side))).map(|(d, _)| *d)
    }

    /// Takes in another.
    pub(super) fn take(&mut self, other: Unit) {
        self.pages.extend(other.pages);
        self.tags.extend(other.tags);
        self.by.extend(other.by);
    }
}

/// What decisions ask of pages.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// Every page that a decision names is in one.
    pub(super) units: Vec<Unit>,
    /// For each side of a decision that joins pages: the pages of it.
    pub(super) joined: Vec<Vec<usize>>,
    /// For each decision that a later one contradicts, that one.
    pub(super) overridden: BTreeMap<usize, usize>,
}

/// Works from the last decision to the first: what a later one settled, an earlier one cannot change.
pub(super) fn units(present: &Present, decisions: &[Decision], undone: &[Option<usize>]) -> Units {
    let mut all = Work::default();
    let mut out = Units::default();
    for (i, d) in decisions.iter().enumerate().rev().filter(|(i, _)| undone[*i].is_none()) {
        let sides = &present.sides[i];
        let [a, b] = sides.as_slice() else { continue };
        for page in a.iter().chain(b) {
            all.enter(*page);
        }
        let against = match d.act {
            Act::Merge { .. } if !a.is_empty() && !b.is_empty() => {
                out.joined.extend([a.clone(), b.clone()]);
                all.join(a.iter().chain(b), i)
            }
            Act::Split { .. } => {
                out.joined.push(b.clone());
                let joined = all.join(b.iter(), i);
                all.part(a, b, i).max(joined)
            }
            Act::Apart { .. } => all.part(a, b, i),
            _ => None,
        };
        if let Some(later) = against {
            out.overridden.insert(i, later);
        }
    }
    out.units = all.units.into_iter().filter(|u| !u.pages.is_empty()).collect();
    for u in &mut out.units {
        u.pages.sort_unstable();
    }
    out.units.sort_by(|x, y| x.pages.cmp(&y.pages));
    out
}

#[derive(Default)]
struct Work {
    units: Vec<Unit>,
    of: BTreeMap<usize, usize>,
}

impl Work {
    fn enter(&mut self, page: usize) {
        if !self.of.contains_key(&page) {
            self.of.insert(page, self.units.len());
            self.units.push(Unit { pages: vec![page], ..Unit::default() });
        }
    }

    /// Makes pages one, as far as nothing later keeps them apart; gives what does.
    fn join<'p>(&mut self, pages: impl Iterator<Item = &'p usize>, by: usize) -> Option<usize> {
        let mut roots: Vec<usize> = Vec::new();
        let mut against = None;
        for unit in pages.map(|p| self.of[p]).collect::<Vec<_>>() {
            // it may have been taken in since
            let unit = self.units[unit].pages.first().map_or(unit, |p| self.of[p]);
            if roots.contains(&unit) || self.units[unit].pages.is_empty() {
                continue;
            }
            let free = roots.iter().position(|r| {
                let clash = self.units[*r].against(&self.units[unit]);
                against = against.max(clash);
                clash.is_none()
            });
            match free {
                Some(r) => self.unite(roots[r], unit, by),
                None => roots.push(unit),
            }
        }
        against
    }

    fn unite(&mut self, into: usize, from: usize, by: usize) {
        let taken = std::mem::take(&mut self.units[from]);
        for page in &taken.pages {
            self.of.insert(*page, into);
        }
        self.units[into].take(taken);
        self.units[into].by.insert(by);
    }

    /// Marks two sides as apart, without units that a later decision made of both; gives that decision.
    fn part(&mut self, a: &[usize], b: &[usize], by: usize) -> Option<usize> {
        let units = |pages: &[usize]| pages.iter().map(|p| self.of[p]).collect::<BTreeSet<usize>>();
        let (a, b) = (units(a), units(b));
        for u in a.symmetric_difference(&b) {
            self.units[*u].tags.insert((by, b.contains(u)));
        }
        a.intersection(&b).flat_map(|u| self.units[*u].by.last().copied()).max()
    }
}

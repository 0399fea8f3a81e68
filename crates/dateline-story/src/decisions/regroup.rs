//! The machine's stories made to fit the decisions.
//!
//! A unit is what decisions made one, or a page that none names. The units at home in one story of the machine stay
//! together, but for those that a decision keeps apart: each of the others goes with what it is linked to most surely.

use super::constraints::{Unit, Units};
use crate::Links;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What the machine linked, by places of pages: their ids in order.
pub(super) struct Machine<'l> {
    pub(super) ids: Vec<&'l str>,
    /// Names of its stories, in the order of their first page.
    pub(super) names: Vec<&'l str>,
    /// Pages of each story, sorted.
    pub(super) groups: Vec<Vec<usize>>,
    /// Story of each page.
    pub(super) group_of: Vec<usize>,
}

impl<'l> Machine<'l> {
    pub(super) fn of(links: &'l Links) -> Machine<'l> {
        let by_id: BTreeMap<&str, &str> = links.members.iter().map(|m| (m.id.as_str(), m.story.as_str())).collect();
        let mut machine = Machine { ids: Vec::new(), names: Vec::new(), groups: Vec::new(), group_of: Vec::new() };
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (page, (id, story)) in by_id.into_iter().enumerate() {
            let group = *known.entry(story).or_insert(machine.groups.len());
            if group == machine.groups.len() {
                machine.groups.push(Vec::new());
                machine.names.push(story);
            }
            machine.groups[group].push(page);
            machine.group_of.push(group);
            machine.ids.push(id);
        }
        machine
    }

    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }
}

/// The group that holds most of some pages; of several the one that holds the first of them.
pub(super) fn holds_most(pages: &[usize], group_of: &[usize]) -> Option<usize> {
    let mut counts: BTreeMap<usize, (usize, Reverse<usize>)> = BTreeMap::new();
    for page in pages {
        let entry = counts.entry(*group_of.get(*page)?).or_insert((0, Reverse(*page)));
        *entry = (entry.0 + 1, entry.1.max(Reverse(*page)));
    }
    counts.into_iter().max_by_key(|(_, weight)| *weight).map(|(group, _)| group)
}

/// Every page in one group, each sorted, in the order of their first page.
pub(super) fn groups(machine: &Machine, asked: &Units, links: &Links) -> Vec<Vec<usize>> {
    let mut work = Work::new(machine, asked);
    for homed in work.homes(machine, asked) {
        work.gather(&homed, links, machine);
    }
    let mut out: Vec<Vec<usize>> = work.clusters.into_iter().map(|c| c.pages).filter(|p| !p.is_empty()).collect();
    let touched: BTreeSet<usize> = out.iter().flatten().map(|p| machine.group_of[*p]).collect();
    out.extend((0..machine.groups.len()).filter(|g| !touched.contains(g)).map(|g| machine.groups[g].clone()));
    for group in &mut out {
        group.sort_unstable();
    }
    out.sort_unstable();
    out
}

/// Units growing into stories; an emptied one was taken in by another.
struct Work {
    clusters: Vec<Unit>,
    /// Cluster of each page of the stories that decisions touch.
    of: BTreeMap<usize, usize>,
}

impl Work {
    /// The units, and the free pages of every story that a unit has a page of.
    fn new(machine: &Machine, asked: &Units) -> Work {
        let mut clusters = asked.units.clone();
        let named: BTreeSet<usize> = clusters.iter().flat_map(|u| u.pages.iter().copied()).collect();
        let touched: BTreeSet<usize> = named.iter().map(|p| machine.group_of[*p]).collect();
        let free = touched.iter().flat_map(|g| &machine.groups[*g]).filter(|p| !named.contains(p));
        clusters.extend(free.map(|p| Unit { pages: vec![*p], ..Unit::default() }));
        let places = clusters.iter().enumerate().flat_map(|(c, u)| u.pages.iter().map(move |p| (*p, c)));
        Work { of: places.collect(), clusters }
    }

    /// For each story that decisions touch the clusters at home in it. A unit of several pages is at home where most
    /// pages of a side that was joined into it are: a page that the machine moved elsewhere since comes back alone.
    fn homes(&self, machine: &Machine, asked: &Units) -> Vec<Vec<usize>> {
        let mut homes: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (c, unit) in self.clusters.iter().enumerate() {
            if let [page] = unit.pages.as_slice() {
                homes.entry(machine.group_of[*page]).or_default().insert(c);
            }
        }
        for side in &asked.joined {
            let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for page in side {
                parts.entry(self.of[page]).or_default().push(*page);
            }
            for (c, pages) in parts {
                homes.entry(holds_most(&pages, &machine.group_of).unwrap_or_default()).or_default().insert(c);
            }
        }
        homes.into_values().map(|h| h.into_iter().collect()).collect()
    }

    /// Brings the clusters of one home together, surest links first, as far as decisions let them.
    fn gather(&mut self, homed: &[usize], links: &Links, machine: &Machine) {
        let mut here: Vec<usize> = homed.iter().filter_map(|c| self.now(*c)).collect();
        here.sort_unstable();
        here.dedup();
        let clash = here
            .iter()
            .enumerate()
            .any(|(i, a)| here.iter().skip(i + 1).any(|b| self.clusters[*a].against(&self.clusters[*b]).is_some()));
        if clash {
            let pages: BTreeSet<usize> = here.iter().flat_map(|c| self.clusters[*c].pages.iter().copied()).collect();
            for (_, a, b) in evidence(&pages, links, machine) {
                self.try_unite(a, b);
            }
            here = here.into_iter().filter_map(|c| self.now(c)).collect();
            here.sort_unstable();
            here.dedup();
        }
        // what no link decides goes with the most
        here.sort_by_key(|c| (Reverse(self.clusters[*c].pages.len()), self.clusters[*c].pages.iter().min().copied()));
        let mut kept: Vec<usize> = Vec::new();
        for c in here {
            let first = |u: &Unit| u.pages.first().copied();
            let fits = kept.iter().position(|k| {
                first(&self.clusters[*k]).zip(first(&self.clusters[c])).is_some_and(|(a, b)| self.try_unite(a, b))
            });
            if fits.is_none() {
                kept.push(c);
            }
        }
    }

    /// Where a cluster's pages are now.
    fn now(&self, cluster: usize) -> Option<usize> {
        match self.clusters[cluster].pages.first() {
            Some(page) => self.of.get(page).copied(),
            None => None,
        }
    }

    /// Unites the clusters of two pages where no decision keeps them apart.
    fn try_unite(&mut self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.of.get(&a).copied(), self.of.get(&b).copied()) else { return false };
        if a == b {
            return true;
        }
        if self.clusters[a].against(&self.clusters[b]).is_some() {
            return false;
        }
        let taken = std::mem::take(&mut self.clusters[b]);
        for page in &taken.pages {
            self.of.insert(*page, a);
        }
        self.clusters[a].take(taken);
        true
    }
}

/// Links between some pages, surest first: the probability of one event or the wording they share, in thousandths.
fn evidence(pages: &BTreeSet<usize>, links: &Links, machine: &Machine) -> Vec<(u32, usize, usize)> {
    let mut edges: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let thousandths = |share: f64| (share.clamp(0.0, 1.0) * 1000.0).round() as u32;
    for m in &links.members {
        let Some(a) = machine.place(&m.id).filter(|p| pages.contains(p)) else { continue };
        let said = m.because.iter().map(|r| (&r.with, thousandths(r.score)));
        let shared = m.copies.iter().map(|c| (&c.of, thousandths(c.containment[0].max(c.containment[1]))));
        for (other, weight) in said.chain(shared) {
            let Some(b) = machine.place(other).filter(|p| pages.contains(p) && *p != a) else { continue };
            let held = edges.entry((a.min(b), a.max(b))).or_default();
            *held = weight.max(*held);
        }
    }
    let mut out: Vec<(u32, usize, usize)> = edges.into_iter().map(|((a, b), w)| (w, a, b)).collect();
    out.sort_by_key(|(w, a, b)| (Reverse(*w), *a, *b));
    out
}

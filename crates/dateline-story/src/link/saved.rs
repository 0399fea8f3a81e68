//! What the linker remembers, as bytes: one portion for a range of places. Portions of like size are made one, so that
//! there are few of them and each article is written seldom.

use crate::link::copies::Shared;
use crate::link::groups::Groups;
use crate::link::linker::{Head, Linker, Near};
use crate::link::names;
use crate::link::packed::{put, take32};
use crate::link::score::Weights;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Articles of a portion that grows no more.
const FULL: usize = 8192;

/// One portion.
#[derive(Serialize, Deserialize)]
struct Portion {
    first: u32,
    heads: Vec<Head>,
    tops: Vec<u8>,
    prints: Vec<u8>,
    near: Vec<u8>,
    matter: Vec<u8>,
    shared: Vec<Shared>,
}

/// What bears each name: never empty.
type Members = FxHashMap<String, Vec<u32>>;

/// What the caller knows of a linked article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The caller's number.
    pub n: i64,
    /// Its id.
    pub id: String,
    /// Name of its story.
    pub story: String,
    /// Name of its storyline.
    pub storyline: String,
    /// Name of its origin.
    pub origin: String,
}

impl Linker {
    /// What there is to write since the last time: portions by the place of their first article; `None` for one that
    /// is no more.
    pub fn portions(&mut self) -> BTreeMap<u32, Option<Vec<u8>>> {
        let mut out: BTreeMap<u32, Option<Vec<u8>>> = BTreeMap::new();
        let mut fresh: Vec<u32> = std::mem::take(&mut self.unsaved).into_iter().collect();
        while let [.., before, last] = &self.ranges[..] {
            let (old, new) = (before.len(), last.len());
            if old > 2 * new || old + new > FULL {
                break;
            }
            let both = before.start..last.end;
            self.tops.merge(2);
            self.prints.merge(2);
            self.ranges.truncate(self.ranges.len() - 2);
            out.insert(both.end - new as u32, None);
            fresh.push(both.start);
            self.ranges.push(both);
        }
        for (at, range) in self.ranges.iter().enumerate().filter(|(_, r)| fresh.contains(&r.start)) {
            out.insert(range.start, Some(self.pack(at)));
        }
        out
    }

    fn pack(&self, at: usize) -> Vec<u8> {
        let range = self.ranges[at].clone();
        let places = range.start as usize..range.end as usize;
        let (mut near, mut matter, mut shared) = (Vec::new(), Vec::new(), Vec::new());
        for place in places.clone() {
            let before = |to: u32| (to as usize) < place;
            let mut own: Vec<&Near> = self.near[place].iter().filter(|n| before(n.to)).collect();
            own.sort_unstable_by_key(|n| n.to);
            put(&mut near, own.len() as u64);
            let mut last = 0;
            for n in own {
                put(&mut near, (n.to - last).into());
                put(&mut near, n.evidence.into());
                last = n.to;
            }
            let own = || self.matter[place].iter().filter(|(to, _)| before(*to));
            put(&mut matter, own().count() as u64);
            for value in own().flat_map(|(to, p)| [*to, *p]) {
                put(&mut matter, value.into());
            }
            shared.extend(self.shared[place].iter().filter(|s| s.a as usize == place).copied());
        }
        let portion = Portion {
            first: range.start,
            heads: self.heads[places].to_vec(),
            tops: self.tops.pack(at),
            prints: self.prints.packed(at).to_vec(),
            near,
            matter,
            shared,
        };
        // into a vector nothing can fail
        postcard::to_stdvec(&portion).unwrap_or_default()
    }

    /// A linker that remembers what portions hold, in the order of their places; it knows no names yet. `None` where
    /// they do not fit together.
    pub fn remembering(weights: &Weights, portions: impl IntoIterator<Item = Vec<u8>>) -> Option<Linker> {
        let mut linker = Linker::new(weights);
        for bytes in portions {
            linker.unpack(postcard::from_bytes(&bytes).ok()?)?;
        }
        for place in 0..linker.heads.len() as u32 {
            linker.judge_held(place);
        }
        Some(linker)
    }

    /// The same with what the caller knows of all its articles; `links` are the names of linked stories with the mean
    /// probability in millionths. `None` where they do not fit together.
    pub fn knowing(
        self,
        known: impl IntoIterator<Item = Known>,
        links: impl IntoIterator<Item = (String, String, u32)>,
    ) -> Option<Linker> {
        let mut linker = self;
        let at: FxHashMap<i64, u32> = linker.heads.iter().enumerate().map(|(i, h)| (h.n, i as u32)).collect();
        let (mut stories, mut origins) = (Members::default(), Members::default());
        let mut lines: FxHashMap<String, String> = FxHashMap::default();
        let mut found = 0;
        for k in known {
            let place = *at.get(&k.n)?;
            let head = linker.heads.get_mut(place as usize).filter(|h| h.id.is_empty() && !h.left)?;
            head.own = names::digits(&k.id, 0);
            head.id = k.id.into();
            found += 1;
            origins.entry(k.origin).or_insert_with(Vec::new).push(place);
            match stories.get_mut(&k.story) {
                Some(members) => members.push(place),
                None => {
                    lines.insert(k.story.clone(), k.storyline);
                    stories.insert(k.story, vec![place]);
                }
            }
        }
        if found != linker.heads.iter().filter(|h| !h.left).count() {
            return None;
        }
        let named: Vec<(String, u32)> = stories.iter().map(|(name, m)| (name.clone(), m[0])).collect();
        regroup(&mut linker.stories, stories);
        let numbers: FxHashMap<String, u32> =
            named.into_iter().map(|(name, member)| (name, linker.stories.of(member))).collect();
        regroup(&mut linker.origins, origins);
        let mut by_line = Members::default();
        for (story, line) in lines {
            by_line.entry(line).or_default().push(*numbers.get(&story)?);
        }
        regroup(&mut linker.lines, by_line);
        for story in numbers.values() {
            let line = linker.lines.members(linker.lines.of(*story));
            let name = line.iter().map(|s| linker.own(*s)).min().unwrap_or_default();
            linker.called.insert(*story, name);
        }
        for (from, to, mean) in links {
            let (a, b) = (*numbers.get(&from)?, *numbers.get(&to)?);
            linker.linked.entry(a).or_default().insert(b, mean);
            linker.linked.entry(b).or_default().insert(a, mean);
        }
        Some(linker)
    }

    fn unpack(&mut self, portion: Portion) -> Option<()> {
        let base = self.heads.len();
        if portion.first as usize != base || portion.heads.is_empty() {
            return None;
        }
        self.heads.extend(portion.heads);
        self.make_room();
        let (mut near, mut matter) = (&portion.near[..], &portion.matter[..]);
        for place in base..self.heads.len() {
            let mut to = 0u32;
            for _ in 0..take32(&mut near)? {
                to = to.checked_add(take32(&mut near)?)?;
                let evidence = u16::try_from(take32(&mut near)?).ok()?;
                let other = self.near.get_mut(to as usize).filter(|_| (to as usize) < place)?;
                other.push(Near { to: place as u32, evidence });
                self.near[place].push(Near { to, evidence });
            }
            for _ in 0..take32(&mut matter)? {
                let (to, p) = (take32(&mut matter)?, take32(&mut matter)?);
                self.matter.get_mut(to as usize).filter(|_| (to as usize) < place)?.push((place as u32, p));
                self.matter[place].push((to, p));
            }
        }
        for s in portion.shared {
            let fits = s.b < s.a && (s.a as usize) < self.heads.len();
            self.shared.get_mut(s.b as usize).filter(|_| fits)?.push(s);
            self.shared[s.a as usize].push(s);
        }
        self.tops.unpack(&portion.tops);
        self.prints.unpack(portion.prints);
        self.ranges.push(base as u32..self.heads.len() as u32);
        Some(())
    }
}

/// Enters groups, in an order that no name or hash decides.
fn regroup(groups: &mut Groups, members: Members) {
    let mut all: Vec<Vec<u32>> = members.into_values().collect();
    all.iter_mut().for_each(|m| m.sort_unstable());
    all.sort_unstable();
    groups.regroup(all);
}

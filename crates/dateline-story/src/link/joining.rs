//! Groups on their way from single articles to stories: which two join next, and what that makes of their neighbours.
//!
//! Of each group only the best partner waits, or what no partner can be better than. A pair changes when one of its two
//! groups grows and at no other time, so that a bound stands until then; it is looked into when it comes first in line.

use crate::link::cluster::{Bars, Edge};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many times the usual mean it takes to join groups far apart in time, where only undated articles can link them.
const FAR: u32 = 2;

/// A pair that could join: mean probability, then least ranks, then the groups, the lesser number first.
type Pair = (u64, Reverse<(u32, u32)>, u32, u32);

/// What links a group with another: the other, and sums of probabilities and of evidence over all pairs between them.
type Near = (u32, u64, u64);

/// One group. Its number is the least position among its members.
struct Group {
    members: Vec<u32>,
    /// Least rank among the members: decides ties.
    rank: u32,
    /// First and last day of publication among the members that have one.
    days: Option<(i32, i32)>,
    /// Sum of the evidence of all pairs inside.
    inside: u64,
    /// Its neighbours by the numbers they had when this was written; `None` while it is one article, whose edges say it.
    near: Option<Vec<Near>>,
}

impl Group {
    /// Mean evidence of the pairs inside; `None` for a single article.
    fn own(&self) -> Option<u64> {
        let n = self.members.len() as u64;
        (n > 1).then(|| self.inside / (n * (n - 1) / 2))
    }
}

/// What waits of one group.
#[derive(Clone, Copy, Default)]
struct Best {
    /// Its best pair, or one that none of its pairs comes before.
    pair: Option<Pair>,
    /// Whether it is only that.
    is_bound: bool,
}

/// All groups while they join.
pub struct Joining {
    groups: Vec<Option<Group>>,
    /// How many members each group has: asked of every neighbour, so kept where it is at hand.
    sizes: Vec<u32>,
    bars: Bars,
    window: i32,
    /// Edges of each article by its position: the other, probability, evidence.
    edges: Vec<(u32, u32, u32)>,
    /// Where the edges of each article begin, and at last where they end.
    begins: Vec<u32>,
    /// The group, or one on the way to it, that each group went into; itself while it is one.
    into: Vec<u32>,
    best: Vec<Best>,
    /// Pairs with the group of which they are the best.
    waiting: BinaryHeap<(Pair, u32)>,
}

impl Joining {
    /// Single articles; `rank` has one place for each, `days` may be shorter.
    pub fn of(edges: &[Edge], rank: &[u32], bars: Bars, days: &[Option<(i32, i32)>], window: i32) -> Joining {
        let n = rank.len();
        let group = |(i, rank): (usize, &u32)| {
            let days = days.get(i).copied().flatten();
            Some(Group { members: vec![i as u32], rank: *rank, days, inside: 0, near: None })
        };
        let (edges, begins) = by_article(n, edges);
        let mut out = Joining {
            groups: rank.iter().enumerate().map(group).collect(),
            sizes: vec![1; n],
            bars,
            window,
            edges,
            begins,
            into: (0..n as u32).collect(),
            best: vec![Best::default(); n],
            waiting: BinaryHeap::new(),
        };
        let mut line = Vec::new();
        for g in 0..n as u32 {
            out.look(g);
            line.extend(out.best[g as usize].pair.map(|pair| (pair, g)));
        }
        out.waiting = line.into();
        out
    }

    /// Joins the two groups that come first in line; whether there were such.
    pub fn step(&mut self) -> bool {
        while let Some((pair, of)) = self.waiting.pop() {
            let best = self.best[of as usize];
            if self.groups[of as usize].is_none() || best.pair != Some(pair) {
                continue;
            }
            if best.is_bound {
                self.look(of);
                self.waiting.extend(self.best[of as usize].pair.map(|pair| (pair, of)));
                continue;
            }
            self.join(pair.2, pair.3);
            return true;
        }
        false
    }

    /// The members of each group, sorted.
    pub fn groups(self) -> Vec<Vec<u32>> {
        let mut out: Vec<Vec<u32>> = self.groups.into_iter().flatten().map(|g| g.members).collect();
        out.iter_mut().for_each(|members| members.sort_unstable());
        out
    }

    /// Finds the best pair of a group.
    fn look(&mut self, of: u32) {
        let (near, is_news) = self.near(of);
        let mut pair: Option<Pair> = None;
        for near in &near {
            // most neighbours are out of the question by their mean alone
            if self.mean(of, near) >= pair.map_or(0, |best| best.0) {
                pair = pair.max(self.pair(of, near));
            }
        }
        self.best[of as usize] = Best { pair, is_bound: false };
        if let Some(group) = self.groups[of as usize].as_mut().filter(|_| is_news) {
            group.near = Some(near);
        }
    }

    /// Takes the neighbours out of a group, by their numbers as they are now; whether its edges alone do not say them.
    fn near(&mut self, of: u32) -> (Vec<Near>, bool) {
        let written = self.groups[of as usize].as_mut().and_then(|g| g.near.take());
        let mut is_news = written.is_some();
        let mut out = written.unwrap_or_else(|| {
            let (from, to) = (self.begins[of as usize] as usize, self.begins[of as usize + 1] as usize);
            self.edges[from..to].iter().map(|(to, p, e)| (*to, u64::from(*p), u64::from(*e))).collect()
        });
        let mut is_changed = false;
        for near in &mut out {
            let now = self.now(near.0);
            is_changed |= now != near.0;
            near.0 = now;
        }
        if is_changed {
            out = summed(out);
            is_news = true;
        }
        (out, is_news)
    }

    /// The group that a group went into.
    fn now(&mut self, mut group: u32) -> u32 {
        while self.into[group as usize] != group {
            let next = self.into[self.into[group as usize] as usize];
            self.into[group as usize] = next;
            group = next;
        }
        group
    }

    /// Mean probability between a group and a neighbour, in thousandths of millionths, so that the cut of division is
    /// finer than any weight.
    fn mean(&self, of: u32, (other, sum, _): &Near) -> u64 {
        sum * 1000 / self.pairs(of, *other)
    }

    fn pairs(&self, a: u32, b: u32) -> u64 {
        u64::from(self.sizes[a as usize]) * u64::from(self.sizes[b as usize])
    }

    /// The pair of a group and a neighbour, where their mean is high enough to join.
    fn pair(&self, of: u32, near: &Near) -> Option<Pair> {
        let (mean, (other, _, evidence)) = (self.mean(of, near), near);
        if mean < u64::from(self.bars.join.min(self.bars.join_groups)) * 1000 {
            return None;
        }
        let (a, b) = (of.min(*other), of.max(*other));
        let (ga, gb) = (self.groups[a as usize].as_ref()?, self.groups[b as usize].as_ref()?);
        let far = |x: (i32, i32), y: (i32, i32)| x.0.saturating_sub(y.1).max(y.0.saturating_sub(x.1)) > self.window;
        let join = self.bars.of(self.sizes[a as usize].min(self.sizes[b as usize]) as usize);
        let join = if ga.days.zip(gb.days).is_some_and(|(x, y)| far(x, y)) { join.saturating_mul(FAR) } else { join };
        if mean < u64::from(join) * 1000 {
            return None;
        }
        if let Some((x, y)) = ga.own().zip(gb.own())
            && evidence / self.pairs(a, b) + u64::from(self.bars.contrast) < x.min(y)
        {
            return None;
        }
        Some((mean, Reverse((ga.rank.min(gb.rank), ga.rank.max(gb.rank))), a, b))
    }

    /// Puts group `b` into group `a`, and sees what that makes of the pairs of the new group.
    fn join(&mut self, a: u32, b: u32) {
        let (mut near, mut more) = (self.near(a).0, self.near(b).0);
        near.append(&mut more);
        let Some(gone) = self.groups[b as usize].take() else { return };
        let Some(kept) = self.groups[a as usize].as_mut() else { return };
        let between = near.iter().find(|n| n.0 == b).map_or(0, |n| n.2);
        near.retain(|n| n.0 != a && n.0 != b);
        let near = summed(near);
        kept.inside += gone.inside + between;
        kept.members.extend(gone.members);
        self.sizes[a as usize] = kept.members.len() as u32;
        kept.rank = kept.rank.min(gone.rank);
        kept.days = match (kept.days, gone.days) {
            (Some(x), Some(y)) => Some((x.0.min(y.0), x.1.max(y.1))),
            (x, y) => x.or(y),
        };
        self.into[b as usize] = a;
        let mut first = None;
        for other in &near {
            let pair = self.pair(a, other);
            first = first.max(pair);
            self.tell(other.0, pair, (a, b));
        }
        self.best[a as usize] = Best { pair: first, is_bound: false };
        self.waiting.extend(first.map(|pair| (pair, a)));
        if let Some(kept) = self.groups[a as usize].as_mut() {
            kept.near = Some(near);
        }
    }

    /// Tells a neighbour of two groups, now one, what its pair with them is now.
    fn tell(&mut self, neighbour: u32, pair: Option<Pair>, (a, b): (u32, u32)) {
        let best = &mut self.best[neighbour as usize];
        if pair.is_some() && pair >= best.pair {
            *best = Best { pair, is_bound: false };
            self.waiting.extend(pair.map(|pair| (pair, neighbour)));
        } else if best.pair.is_some_and(|(_, _, x, y)| [x, y].iter().any(|g| *g == a || *g == b)) {
            best.is_bound = true;
        }
    }
}

/// The edges of each of `n` articles, one article's after another's, and where each begins.
fn by_article(n: usize, edges: &[Edge]) -> (Vec<(u32, u32, u32)>, Vec<u32>) {
    let mut begins = vec![0u32; n + 1];
    for end in edges.iter().flat_map(|e| [e.a, e.b]) {
        begins[end as usize + 1] += 1;
    }
    (0..n).for_each(|i| begins[i + 1] += begins[i]);
    let mut at = begins.clone();
    let mut out = vec![(0, 0, 0); 2 * edges.len()];
    for e in edges {
        for (from, to) in [(e.a, e.b), (e.b, e.a)] {
            out[at[from as usize] as usize] = (to, e.probability, e.evidence);
            at[from as usize] += 1;
        }
    }
    (out, begins)
}

/// Neighbours by number, those of one number as one.
fn summed(mut near: Vec<Near>) -> Vec<Near> {
    near.sort_unstable_by_key(|n| n.0);
    near.dedup_by(|more, kept| {
        let is_same = more.0 == kept.0;
        if is_same {
            (kept.1, kept.2) = (kept.1 + more.1, kept.2 + more.2);
        }
        is_same
    });
    near
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The plain way: of all pairs the best, again and again.
    fn plainly(n: usize, edges: &[Edge], bars: Bars, days: &[Option<(i32, i32)>]) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = (0..n as u32).map(|i| (i, vec![i])).collect();
        loop {
            let mut all = Joining::of(&[], &(0..n as u32).collect::<Vec<_>>(), bars, days, 10);
            for (g, members) in &groups {
                let sums = |members: &[u32]| {
                    let inside = |e: &&Edge| members.contains(&e.a) && members.contains(&e.b);
                    edges.iter().filter(inside).map(|e| u64::from(e.evidence)).sum()
                };
                let spans = members.iter().filter_map(|m| days[*m as usize]);
                all.sizes[*g as usize] = members.len() as u32;
                all.groups[*g as usize] = Some(Group {
                    members: members.clone(),
                    rank: *members.iter().min().expect("no group is empty"),
                    days: spans.reduce(|x, y| (x.0.min(y.0), x.1.max(y.1))),
                    inside: sums(members),
                    near: None,
                });
            }
            let mut best = None;
            for (a, of_a) in &groups {
                for (b, of_b) in groups.range(a + 1..) {
                    let between =
                        |e: &&Edge| [(e.a, e.b), (e.b, e.a)].iter().any(|(x, y)| of_a.contains(x) && of_b.contains(y));
                    let (mut p, mut evidence, mut there) = (0, 0, false);
                    for e in edges.iter().filter(between) {
                        (p, evidence, there) = (p + u64::from(e.probability), evidence + u64::from(e.evidence), true);
                    }
                    if there {
                        best = best.max(all.pair(*a, &(*b, p, evidence)));
                    }
                }
            }
            let Some((_, _, a, b)) = best else { return groups.into_values().collect() };
            let more = groups.remove(&b).expect("it was there");
            groups.get_mut(&a).expect("it was there").extend(more);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn joins_as_the_plain_way_does(
            pairs in prop::collection::btree_map((0u32..14, 0u32..14), (50_000u32..1_000_000, 0u32..9_000), 0..60),
            days in prop::collection::vec(prop::option::of((0i32..40).prop_map(|d| (d, d + 2))), 14),
            contrast in 0u32..4_000,
        ) {
            let edges: Vec<Edge> = pairs
                .iter()
                .filter(|((a, b), _)| a < b)
                .map(|((a, b), (probability, evidence))| Edge { a: *a, b: *b, probability: *probability, evidence: *evidence })
                .collect();
            let bars = Bars { join: 100_000, join_groups: 600_000, contrast };
            let mut joining = Joining::of(&edges, &(0..14).collect::<Vec<_>>(), bars, &days, 10);
            while joining.step() {}
            let mut expected = plainly(14, &edges, bars, &days);
            expected.iter_mut().for_each(|g| g.sort_unstable());
            prop_assert_eq!(joining.groups(), expected);
        }
    }
}

//! Average-link clustering (UPGMA) over a sparse graph: two groups join while the mean probability over all pairs
//! between them is high enough; a pair without an edge counts as improbable. Never union-find, never a single pass.

use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// An edge between two articles, `a < b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The first.
    pub a: u32,
    /// The second.
    pub b: u32,
    /// Probability in millionths.
    pub probability: u32,
    /// What speaks for it, in thousandths of a logit above the least there is; 0 where groups are not contrasted.
    pub evidence: u32,
}

/// How many times the usual mean it takes to join groups far apart in time, where only undated articles can link them.
const FAR: u32 = 2;

/// Mean probabilities, in millionths, from which groups join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bars {
    /// Where one of them is a single article.
    pub join: u32,
    /// Where both are large: their mean rests on many pairs, so that a low one is not bad luck.
    pub join_groups: u32,
    /// Thousandths of a logit by which the mean evidence between two groups may lie below that inside the looser of
    /// them: two tight groups with a gap between them are two events of one matter, however alike.
    pub contrast: u32,
}

impl Bars {
    /// The bar for groups of which the smaller has `n` members: from the first to the second as the inverse of `n`.
    pub fn of(self, n: usize) -> u32 {
        let n = u32::try_from(n.max(1)).unwrap_or(u32::MAX);
        self.join_groups - self.join_groups.saturating_sub(self.join) / n
    }
}

/// One group while joining.
struct Group {
    members: Vec<u32>,
    /// Least rank among the members: decides ties.
    rank: u32,
    /// First and last day of publication among the members that have one.
    days: Option<(i32, i32)>,
    /// Sum of the evidence of all pairs inside.
    inside: u64,
    /// Sums of probabilities and of evidence to each neighbouring group.
    near: FxHashMap<u32, (u64, u64)>,
}

impl Group {
    /// Mean evidence of the pairs inside; `None` for a single article.
    fn own(&self) -> Option<u64> {
        let n = self.members.len() as u64;
        (n > 1).then(|| self.inside / (n * (n - 1) / 2))
    }
}

/// What waits to join: mean probability, then least ranks, then the groups.
type Waiting = (u64, Reverse<(u32, u32)>, u32, u32);

/// Groups `n` articles; each group sorted, groups by first member. `rank` orders articles by content: it decides which
/// of two equal pairs joins first, so that the order of input cannot.
pub fn average_link(n: usize, edges: &[Edge], rank: &[u32], join: u32) -> Vec<Vec<u32>> {
    average_link_within(n, edges, rank, Bars { join, join_groups: join, contrast: u32::MAX }, &[], i32::MAX)
}

/// The same for articles with `days` of publication: it takes more to join groups that have more than `window` days
/// between them, for it is undated articles alone that suit both.
pub fn average_link_within(
    n: usize,
    edges: &[Edge],
    rank: &[u32],
    bars: Bars,
    days: &[Option<(i32, i32)>],
    window: i32,
) -> Vec<Vec<u32>> {
    let group = |i: usize| Group {
        members: vec![i as u32],
        rank: rank[i],
        days: days.get(i).copied().flatten(),
        inside: 0,
        near: FxHashMap::default(),
    };
    let mut groups: Vec<Option<Group>> = (0..n).map(|i| Some(group(i))).collect();
    let waiting = |groups: &[Option<Group>], a, b| waiting(groups, a, b, bars, window);
    for e in edges {
        for (from, to) in [(e.a, e.b), (e.b, e.a)] {
            if let Some(g) = groups[from as usize].as_mut() {
                g.near.insert(to, (u64::from(e.probability), u64::from(e.evidence)));
            }
        }
    }
    let mut heap: BinaryHeap<Waiting> = edges.iter().filter_map(|e| waiting(&groups, e.a, e.b)).collect();
    while let Some(top) = heap.pop() {
        let (_, _, a, b) = top;
        if waiting(&groups, a, b) != Some(top) {
            continue;
        }
        for c in merge(&mut groups, a, b) {
            heap.extend(waiting(&groups, a.min(c), a.max(c)));
        }
    }
    let mut out: Vec<Vec<u32>> = groups.into_iter().flatten().map(|g| g.members).collect();
    for members in &mut out {
        members.sort_unstable();
    }
    out.sort_unstable();
    out
}

/// The entry of a pair of groups, where both still exist and their mean is high enough.
fn waiting(groups: &[Option<Group>], a: u32, b: u32, bars: Bars, window: i32) -> Option<Waiting> {
    let (ga, gb) = (groups[a as usize].as_ref()?, groups[b as usize].as_ref()?);
    let far = |x: (i32, i32), y: (i32, i32)| x.0.saturating_sub(y.1).max(y.0.saturating_sub(x.1)) > window;
    let join = bars.of(ga.members.len().min(gb.members.len()));
    let join = if ga.days.zip(gb.days).is_some_and(|(x, y)| far(x, y)) { join.saturating_mul(FAR) } else { join };
    let (sum, evidence) = ga.near.get(&b)?;
    let pairs = ga.members.len() as u64 * gb.members.len() as u64;
    if let Some((x, y)) = ga.own().zip(gb.own())
        && evidence / pairs + u64::from(bars.contrast) < x.min(y)
    {
        return None;
    }
    // in thousandths of millionths, so that the cut of division is finer than any weight
    let mean = sum * 1000 / pairs;
    let ranks = (ga.rank.min(gb.rank), ga.rank.max(gb.rank));
    (mean >= u64::from(join) * 1000).then_some((mean, Reverse(ranks), a, b))
}

/// Puts group `b` into group `a`; gives the neighbours of the new group.
fn merge(groups: &mut [Option<Group>], a: u32, b: u32) -> Vec<u32> {
    let Some(mut gone) = groups[b as usize].take() else { return Vec::new() };
    let between = gone.near.remove(&a).map_or(0, |(_, evidence)| evidence);
    let add = |to: &mut (u64, u64), more: &(u64, u64)| *to = (to.0 + more.0, to.1 + more.1);
    for (c, sums) in &gone.near {
        if let Some(g) = groups[*c as usize].as_mut() {
            g.near.remove(&b);
            add(g.near.entry(a).or_default(), sums);
        }
    }
    let Some(kept) = groups[a as usize].as_mut() else { return Vec::new() };
    kept.near.remove(&b);
    kept.inside += gone.inside + between;
    for (c, sums) in &gone.near {
        add(kept.near.entry(*c).or_default(), sums);
    }
    kept.members.append(&mut gone.members);
    kept.rank = kept.rank.min(gone.rank);
    kept.days = match (kept.days, gone.days) {
        (Some(x), Some(y)) => Some((x.0.min(y.0), x.1.max(y.1))),
        (x, y) => x.or(y),
    };
    kept.near.keys().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(a: u32, b: u32, p: f64) -> Edge {
        Edge { a, b, probability: (p * 1e6) as u32, evidence: 0 }
    }

    #[test]
    fn a_chain_does_not_become_one_group() {
        let edges = [edge(0, 1, 0.9), edge(1, 2, 0.6), edge(2, 3, 0.9)];
        let groups = average_link(4, &edges, &[0, 1, 2, 3], 500_000);
        assert_eq!(groups, [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn an_undated_article_does_not_bridge_a_month() {
        let edges = [edge(0, 1, 0.9), edge(1, 2, 0.9)];
        let bars = Bars { join: 300_000, join_groups: 300_000, contrast: u32::MAX };
        let days = [Some((100, 100)), None, Some((134, 134))];
        assert_eq!(average_link_within(3, &edges, &[0, 1, 2], bars, &days, 10), [vec![0, 1], vec![2]]);
        let near = [Some((100, 100)), None, Some((109, 109))];
        assert_eq!(average_link_within(3, &edges, &[0, 1, 2], bars, &near, 10), [vec![0, 1, 2]]);
    }

    #[test]
    fn the_bar_rises_with_the_smaller_group() {
        let bars = Bars { join: 150_000, join_groups: 550_000, contrast: 0 };
        assert_eq!([1, 2, 4].map(|n| bars.of(n)), [150_000, 350_000, 450_000]);
        assert_eq!((bars.of(0), bars.of(400_000)), (150_000, 549_999));
        // bars the wrong way round are the second's
        assert_eq!(Bars { join: 9, join_groups: 5, contrast: 0 }.of(1), 5);
    }

    #[test]
    fn two_tight_groups_with_a_gap_between_them_stay_apart() {
        let pairs = [(0, 1, 9500), (2, 3, 9500), (0, 2, 6500), (0, 3, 6500), (1, 2, 6500), (1, 3, 6500)];
        let edges = pairs.map(|(a, b, evidence)| Edge { a, b, probability: 100 * evidence, evidence });
        let join = |contrast| {
            let bars = Bars { join: 300_000, join_groups: 300_000, contrast };
            average_link_within(4, &edges, &[0, 1, 2, 3], bars, &[], 10).len()
        };
        assert_eq!((join(2000), join(4000)), (2, 1));
    }

    #[test]
    fn ties_are_decided_by_rank() {
        let edges = [edge(0, 1, 0.9), edge(1, 2, 0.9)];
        assert_eq!(average_link(3, &edges, &[0, 1, 2], 500_000), [vec![0, 1], vec![2]]);
        assert_eq!(average_link(3, &edges, &[2, 1, 0], 500_000), [vec![0], vec![1, 2]]);
    }
}

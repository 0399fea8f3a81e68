//! Average-link clustering (UPGMA) over a sparse graph: two groups join while the mean probability over all pairs
//! between them is high enough; a pair without an edge counts as improbable. Never union-find, never a single pass.

use crate::link::joining::Joining;

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

/// Groups articles; each group sorted, groups by first member. `rank` has one place for each and orders them by content:
/// it decides which of two equal pairs joins first, so that the order of input cannot.
pub fn average_link(edges: &[Edge], rank: &[u32], join: u32) -> Vec<Vec<u32>> {
    average_link_within(edges, rank, Bars { join, join_groups: join, contrast: u32::MAX }, &[], i32::MAX)
}

/// The same for articles with `days` of publication: it takes more to join groups that have more than `window` days
/// between them, for it is undated articles alone that suit both.
pub fn average_link_within(
    edges: &[Edge],
    rank: &[u32],
    bars: Bars,
    days: &[Option<(i32, i32)>],
    window: i32,
) -> Vec<Vec<u32>> {
    let mut joining = Joining::of(edges, rank, bars, days, window);
    while joining.step() {}
    let mut out = joining.groups();
    debug_assert_eq!(out.iter().map(Vec::len).sum::<usize>(), rank.len(), "each article is in one group");
    out.sort_unstable();
    out
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
        let groups = average_link(&edges, &[0, 1, 2, 3], 500_000);
        assert_eq!(groups, [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn an_undated_article_does_not_bridge_a_month() {
        let edges = [edge(0, 1, 0.9), edge(1, 2, 0.9)];
        let bars = Bars { join: 300_000, join_groups: 300_000, contrast: u32::MAX };
        let days = [Some((100, 100)), None, Some((134, 134))];
        assert_eq!(average_link_within(&edges, &[0, 1, 2], bars, &days, 10), [vec![0, 1], vec![2]]);
        let near = [Some((100, 100)), None, Some((109, 109))];
        assert_eq!(average_link_within(&edges, &[0, 1, 2], bars, &near, 10), [vec![0, 1, 2]]);
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
            average_link_within(&edges, &[0, 1, 2, 3], bars, &[], 10).len()
        };
        assert_eq!((join(2000), join(4000)), (2, 1));
    }

    #[test]
    fn ties_are_decided_by_rank() {
        let edges = [edge(0, 1, 0.9), edge(1, 2, 0.9)];
        assert_eq!(average_link(&edges, &[0, 1, 2], 500_000), [vec![0, 1], vec![2]]);
        assert_eq!(average_link(&edges, &[2, 1, 0], 500_000), [vec![0], vec![1, 2]]);
    }
}

//! Groups that grow pair by pair, where most pairs across them agree to it.

/// What a pair says about joining the groups that its two stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    For,
    Open,
    Never,
}

/// Members of a group that are asked whether another fits: keeps huge stories near linear.
const HEARD: usize = 12;

/// Groups that grow where most pairs across them speak for it and none against.
pub(crate) struct Joined {
    group_of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Joined {
    pub(crate) fn new(n: usize) -> Joined {
        Joined { group_of: (0..n).collect(), members: (0..n).map(|i| vec![i]).collect() }
    }

    /// Joins the groups of two where at least half of the pairs across them are for it and none is against.
    pub(crate) fn try_join(&mut self, a: usize, b: usize, fit: impl Fn(usize, usize) -> Fit) {
        let (g, h) = (self.group_of[a].min(self.group_of[b]), self.group_of[a].max(self.group_of[b]));
        if g == h {
            return;
        }
        let mut speak_for = 0;
        let (of_g, of_h) = (self.members[g].len().min(HEARD), self.members[h].len().min(HEARD));
        for x in &self.members[g][..of_g] {
            for y in &self.members[h][..of_h] {
                match fit(*x, *y) {
                    Fit::For => speak_for += 1,
                    Fit::Open => {}
                    Fit::Never => return,
                }
            }
        }
        if speak_for * 2 >= of_g * of_h {
            self.merge(g, h);
        }
    }

    /// Joins the groups of two unless a pair across them is against it.
    pub(crate) fn join_unless(&mut self, a: usize, b: usize, against: impl Fn(usize, usize) -> bool) {
        let (g, h) = (self.group_of[a].min(self.group_of[b]), self.group_of[a].max(self.group_of[b]));
        let mut pairs = self.members[g].iter().flat_map(|x| self.members[h].iter().map(|y| (*x, *y)));
        if g != h && !pairs.any(|(x, y)| against(x, y)) {
            self.merge(g, h);
        }
    }

    /// Moves the members of group `h` into group `g`.
    fn merge(&mut self, g: usize, h: usize) {
        let moved = std::mem::take(&mut self.members[h]);
        for m in &moved {
            self.group_of[*m] = g;
        }
        self.members[g].extend(moved);
        self.members[g].sort_unstable();
    }

    /// The groups, members in order.
    pub(crate) fn groups(self) -> Vec<Vec<usize>> {
        self.members.into_iter().filter(|m| !m.is_empty()).collect()
    }
}

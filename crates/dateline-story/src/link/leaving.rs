//! Articles that leave: a later capture of the same page has taken their place.
//!
//! What is left is as if they had never come. Their places stay empty, so that those of the others do not change.

use crate::link::copies;
use crate::link::groups::Changed;
use crate::link::linker::{Linker, Shelf, Touched};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

impl Linker {
    /// Takes out articles, by the caller's numbers; those that are not known are passed over. What that changes is told
    /// with what the next step of [`Linker::grow`] changes, which must follow. Gives `false` where wording that was
    /// furniture would be telling again without them: pairs that were never looked at may share it, and all must be
    /// linked anew. What was remembered is of no more use then.
    ///
    /// # Errors
    /// Those of the shelf; what was remembered is of no more use then either.
    pub fn leave<S: Shelf>(&mut self, numbers: &[i64], shelf: &mut S) -> Result<bool, S::Error> {
        let at: FxHashMap<i64, u32> =
            self.heads.iter().enumerate().filter(|(_, h)| !h.left).map(|(i, h)| (h.n, i as u32)).collect();
        let places: BTreeSet<u32> = numbers.iter().filter_map(|n| at.get(n).copied()).collect();
        let words = self.words(places.iter().copied(), shelf)?;
        let prints: Vec<(u32, Vec<u32>)> = words.iter().map(|(p, w)| (*p, copies::fingerprints(w))).collect();
        let list = |place: u32| self.ranges.iter().position(|r| r.contains(&place));
        if !self.prints.remove(&prints, list) {
            return Ok(false);
        }
        for (at, range) in self.ranges.iter().enumerate() {
            if places.range(range.clone()).next().is_some() {
                self.tops.remove(at, &places);
                self.unsaved.insert(range.start);
            }
        }
        let mut touched = Touched::default();
        places.iter().for_each(|place| self.cut(*place, &mut touched));
        let gone = self.empty(&places, &mut touched);
        self.left = (touched, gone);
        Ok(true)
    }

    /// Forgets the pairs of an article.
    fn cut(&mut self, place: u32, touched: &mut Touched) {
        let mut others: BTreeSet<u32> = BTreeSet::new();
        for near in std::mem::take(&mut self.near[place as usize]) {
            self.near[near.to as usize].retain(|n| n.to != place);
            others.insert(near.to);
        }
        touched.edges.extend(others.iter().copied());
        for (to, _) in std::mem::take(&mut self.matter[place as usize]) {
            self.matter[to as usize].retain(|(other, _)| *other != place);
            others.insert(to);
        }
        for shared in std::mem::take(&mut self.shared[place as usize]) {
            let other = shared.other(place);
            self.shared[other as usize].retain(|s| s.other(other) != place);
            self.note_shared(other, touched);
            others.insert(other);
        }
        // a pair is saved with the later of its two
        let later = others.into_iter().filter(|other| *other > place);
        let of = |place: u32| self.ranges.iter().find(|r| r.contains(&place)).map(|r| r.start);
        let unsaved: Vec<u32> = later.filter_map(of).collect();
        self.unsaved.extend(unsaved);
        (self.shapes[place as usize], self.held[place as usize]) = (None, false);
        self.heads[place as usize].left = true;
    }

    /// Takes apart the groups that articles were in; what else was in them is to be grouped anew. Gives the stories.
    fn empty(&mut self, places: &BTreeSet<u32>, touched: &mut Touched) -> Changed {
        let mut gone = Changed::default();
        for place in places {
            if let Some((story, members)) = self.stories.take_apart(*place) {
                touched.edges.extend(members.iter().copied());
                gone.gone.insert(story, members);
            }
            touched.shared.extend(self.origins.take_apart(*place).into_iter().flat_map(|(_, members)| members));
        }
        touched.edges.retain(|place| !places.contains(place));
        touched.shared.retain(|place| !places.contains(place));
        gone
    }
}

//! What linking sees while articles come: those that are linked already, as they are remembered, and the new ones whole.

use crate::Print;
use crate::link::linker::Linker;
use crate::link::names;
use crate::link::score::Weights;
use crate::link::vectors::Doc;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The new articles of a step.
#[derive(Clone, Copy)]
pub struct Fresh<'w> {
    /// Place of the first.
    pub base: u32,
    /// As they came.
    pub prints: &'w [&'w Print],
    /// Prepared.
    pub docs: &'w [Doc],
}

/// Articles by their places, stories by their numbers.
pub struct World<'w> {
    /// What is remembered.
    pub linker: &'w Linker,
    /// What is new.
    pub fresh: Fresh<'w>,
    /// Prints of older articles that were fetched again.
    pub fetched: &'w BTreeMap<u32, Print>,
}

impl World<'_> {
    /// An article as far as comparing needs it.
    pub fn doc(&self, place: u32) -> &Doc {
        static NONE: OnceLock<Doc> = OnceLock::new();
        let fresh = place.checked_sub(self.fresh.base).and_then(|i| self.fresh.docs.get(i as usize));
        fresh.or_else(|| self.linker.shape(place)).unwrap_or_else(|| NONE.get_or_init(Doc::default))
    }

    /// An article's print: of a new one, or of one that was fetched.
    pub fn print(&self, place: u32) -> Option<&Print> {
        let fresh = place.checked_sub(self.fresh.base).and_then(|i| self.fresh.prints.get(i as usize));
        fresh.copied().or_else(|| self.fetched.get(&place))
    }

    /// An article's id.
    pub fn id(&self, place: u32) -> &str {
        &self.linker.head(place).id
    }

    /// Ranks of two articles by content, the lower first.
    pub fn pair_rank(&self, (a, b): (u32, u32)) -> [([u8; 16], &str); 2] {
        let (x, y) = (self.linker.rank(a), self.linker.rank(b));
        [x.min(y), x.max(y)]
    }

    /// The story an article is in.
    pub fn story_of(&self, place: u32) -> u32 {
        self.linker.stories.of(place)
    }

    /// The articles of a story.
    pub fn members(&self, story: u32) -> &[u32] {
        self.linker.stories.members(story)
    }

    /// First day of a story, known or guessed from the days its articles mention, then its rank.
    pub fn begins(&self, story: u32) -> (i32, ([u8; 16], &str)) {
        let heads = || self.members(story).iter().map(|i| self.linker.head(*i));
        let published = heads().filter_map(|h| h.published.map(|(first, _)| first)).min();
        let day = published.or_else(|| heads().filter_map(|h| h.mentioned).min());
        // a page with no date is taken for the earlier one: it was there when the dated one was not yet
        (day.unwrap_or(i32::MIN), self.linker.least(story))
    }

    /// The name of a story.
    pub fn name(&self, story: u32) -> String {
        names::written('s', &self.linker.own(story))
    }

    /// The numbers of the logistic.
    pub fn weights(&self) -> &Weights {
        &self.linker.weights
    }
}

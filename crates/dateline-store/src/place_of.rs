//! What happens there: a place, or a country with all places in it.

use crate::Library;
use crate::error::Result;
use crate::pages_of::{Facts, PlaceIn, Spoken, key_of};
use crate::search::ast::{Field, Words};
use crate::search::names;
use std::collections::{BTreeMap, BTreeSet};

/// Places of the same name, or of one country, that are shown.
const SHOWN: usize = 40;
/// Articles that name it, on one page.
const ARTICLES: usize = 10;

/// What the library has of a place.
#[derive(Debug, Clone, Default)]
pub struct PlaceProfile {
    /// The places meant that the gazetteer knows, those that most articles name first; a country's places with it.
    pub meant: Vec<PlaceIn>,
    /// What the articles have in common.
    pub facts: Facts,
    /// Articles that name it.
    pub pages: u64,
    /// Some of these, newest first, with the sentences.
    pub spoken: Vec<Spoken>,
}

impl Library {
    /// What the library has of places of this name, or of the one with this number in the gazetteer; the pages of
    /// articles count from 0.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn place_profile(&self, name: &str, page: usize) -> Result<PlaceProfile> {
        let (field, text) = (Field::Place, name.trim().to_owned());
        let asked = Words { field, text, quoted: true, prefix: false, exact: false };
        let ids = names::ids(self, &asked)?;
        let replaced = self.replaced()?;
        let (mut numbers, mut counts, mut keys) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        for e in &ids {
            let mut ask = self.db.prepare_cached("SELECT n FROM named WHERE e = ?1")?;
            let mut own: Vec<i64> = ask.query_map([e], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            own.retain(|n| !replaced.contains(*n));
            counts.insert(*e, own.len() as u64);
            numbers.extend(own);
            let mut ask = self.db.prepare_cached("SELECT key FROM entities WHERE e = ?1")?;
            keys.insert(ask.query_row([e], |r| r.get::<_, String>(0))?);
        }
        let facts = self.facts(&numbers, &[])?;
        let mut meant = self.placed(counts.into_iter().filter(|(_, n)| *n > 0).collect())?;
        meant.truncate(SHOWN);
        let mut spoken = Vec::new();
        for n in
            facts.newest_first(numbers.iter().copied()).into_iter().skip(page.saturating_mul(ARTICLES)).take(ARTICLES)
        {
            spoken.extend(self.spoken(n, &|e| keys.contains(&key_of(e)))?);
        }
        Ok(PlaceProfile { meant, facts, pages: numbers.len() as u64, spoken })
    }

    /// Articles that a page of a place has.
    pub fn place_pages() -> usize {
        ARTICLES
    }
}

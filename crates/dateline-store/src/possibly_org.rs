//! Which organisation may be the same under another name: an acronym and what it may stand for, a firm with and
//! without its legal form.

use crate::Library;
use crate::error::Result;
use crate::search::enter::ORG;
use dateline_story::decisions::Called;
use std::collections::BTreeSet;

/// Words that an acronym passes over.
const SMALL: &[&str] =
    &["of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "der", "die", "und", "y"];
/// Words that say what kind of company it is.
const LEGAL: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "plc",
    "llc",
    "corp",
    "corporation",
    "co",
    "company",
    "group",
    "ag",
    "gmbh",
    "sa",
    "se",
    "oy",
    "ab",
    "as",
    "nv",
    "bv",
    "spa",
];
/// Letters of an acronym: fewer are chance, more are a word.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=7;
/// Others that are told.
const TOLD: usize = 12;

/// Why two organisations may be one; `None` where nothing says so. Both are folded names.
fn alike(a: &str, b: &str) -> Option<&'static str> {
    if a == b {
        return None;
    }
    if stands_for(a, b) || stands_for(b, a) {
        return Some("an acronym and what it may stand for");
    }
    let bare = |name: &str| {
        name.split(' ').filter(|w| !LEGAL.contains(w) && *w != "the").map(str::to_owned).collect::<Vec<_>>()
    };
    let (x, y) = (bare(a), bare(b));
    (!x.is_empty() && x == y).then_some("the same name but for the kind of company")
}

/// Whether the one word is made of the first letters of the other's.
fn stands_for(short: &str, long: &str) -> bool {
    if short.contains(' ') || !LETTERS.contains(&short.chars().count()) {
        return false;
    }
    let first = |all: bool| {
        long.split([' ', '-'])
            .filter(|w| all || !SMALL.contains(w))
            .filter_map(|w| w.chars().next())
            .collect::<String>()
    };
    long.contains(' ') && (first(false) == short || first(true) == short)
}

impl Library {
    /// Other organisations that may be the one of this key, those that most articles name first, with the reason and
    /// how many articles name it. What was decided is left out.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`], [`crate::ErrorKind::Index`].
    pub fn possibly_organisation(&self, key: &str) -> Result<Vec<(Called, &'static str, u64)>> {
        let persons = self.persons()?;
        let is_org = "SELECT 1 FROM entities WHERE kind = ?1 AND key = ?2";
        if !self.db.prepare_cached(is_org)?.exists(rusqlite::params![ORG, key])? {
            return Ok(Vec::new());
        }
        let mut ask = self.db.prepare_cached("SELECT e, key, name FROM entities WHERE kind = ?1")?;
        let mut rows = ask.query([ORG])?;
        let mut found: BTreeSet<(std::cmp::Reverse<u64>, String, String, &'static str)> = BTreeSet::new();
        let mut count = self.db.prepare_cached("SELECT count(*) FROM named WHERE e = ?1")?;
        while let Some(r) = rows.next()? {
            let other = r.get_ref(1)?.as_str().unwrap_or_default();
            let Some(why) = alike(key, other).filter(|_| persons.decided(key, other).is_none()) else { continue };
            let pages: u64 = count.query_row([r.get::<_, i64>(0)?], |c| c.get(0))?;
            found.insert((std::cmp::Reverse(pages), other.to_owned(), r.get(2)?, why));
        }
        let told = found.into_iter().take(TOLD);
        Ok(told.map(|(pages, key, name, why)| (Called { key, name }, why, pages.0)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn acronyms_and_legal_forms_are_seen() {
        assert!(alike("tpw", "tidal pilots of wexmouth").is_some());
        assert!(alike("tpow", "tidal pilots of wexmouth").is_some());
        assert!(alike("quay lines ltd", "quay lines").is_some());
        assert!(alike("tp", "tidal pilots").is_none() && alike("quay", "quay lines").is_none());
        assert!(alike("ltd", "the").is_none() && alike("tpw", "tpw").is_none());
    }
}

//! Which organisation may be the same under another name: an acronym and what it may stand for, a firm with and
//! without its legal form.

use crate::Library;
use crate::error::Result;
use crate::search::enter::ORG;
use crate::search::names::{after, having};
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
    let (x, y) = (bare(a), bare(b));
    (!x.is_empty() && x == y).then_some("the same name but for the kind of company")
}

/// The words of a name without those that say what kind of company it is.
fn bare(name: &str) -> Vec<&str> {
    name.split(' ').filter(|w| !LEGAL.contains(w) && *w != "the").collect()
}

fn is_acronym(name: &str) -> bool {
    !name.contains(' ') && LETTERS.contains(&name.chars().count())
}

/// The first letters of the words of a name: of all, or of those that an acronym does not pass over.
fn letters(name: &str, all: bool) -> String {
    let words = name.split([' ', '-']).filter(|w| all || !SMALL.contains(w));
    words.filter_map(|w| w.chars().next()).collect()
}

/// Whether the one word is made of the first letters of the other's.
fn stands_for(short: &str, long: &str) -> bool {
    is_acronym(short) && long.contains(' ') && [letters(long, false), letters(long, true)].iter().any(|l| l == short)
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
        let mut found: BTreeSet<(std::cmp::Reverse<u64>, String, String, &'static str)> = BTreeSet::new();
        let mut count = self
            .db
            .prepare_cached("SELECT name, (SELECT count(*) FROM named WHERE e = ?1) FROM entities WHERE e = ?1")?;
        for (e, other) in self.in_question(key)? {
            let Some(why) = alike(key, &other).filter(|_| persons.decided(key, &other).is_none()) else { continue };
            let (name, pages): (String, u64) = count.query_row([e], |r| Ok((r.get(0)?, r.get(1)?)))?;
            found.insert((std::cmp::Reverse(pages), other, name, why));
        }
        let told = found.into_iter().take(TOLD);
        Ok(told.map(|(pages, key, name, why)| (Called { key, name }, why, pages.0)).collect())
    }

    /// Numbers and keys of the organisations that [`alike`] has to be asked about: those with all words of the name but
    /// for the kind of company; the acronym's letters; and for an acronym, names that begin with its first letter or
    /// with a word that it may pass over.
    fn in_question(&self, key: &str) -> Result<BTreeSet<(i64, String)>> {
        let mut out = BTreeSet::new();
        let mut ask = self.db.prepare_cached("SELECT key FROM entities WHERE e = ?1")?;
        for e in having(self, ORG, &bare(key).join(" "), false)? {
            out.insert((e, ask.query_row([e], |r| r.get(0))?));
        }
        let mut ask =
            self.db.prepare_cached("SELECT e, key FROM entities WHERE kind = ?1 AND key >= ?2 AND key < ?3")?;
        let mut between = |from: &str, to: &str| -> Result<()> {
            let rows = ask.query_map(rusqlite::params![ORG, from, to], |r| Ok((r.get(0)?, r.get(1)?)))?;
            out.extend(rows.collect::<rusqlite::Result<Vec<(i64, String)>>>()?);
            Ok(())
        };
        for short in [letters(key, false), letters(key, true)] {
            between(&short, &format!("{short}\u{0}"))?;
        }
        let first = key.chars().next().map(String::from).filter(|_| is_acronym(key));
        for start in first.into_iter().chain(SMALL.iter().filter(|_| is_acronym(key)).map(|w| format!("{w} "))) {
            between(&start, &after(&start))?;
        }
        Ok(out)
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

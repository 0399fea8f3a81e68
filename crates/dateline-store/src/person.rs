//! Who or what is this: what a person or organisation said, where it is spoken of, under which names and offices.

use crate::error::Result;
use crate::pages_of::{Facts, Spoken};
use crate::search::enter::{ORG, PERSON, SPEAKER};
use crate::search::names::{having, word_set};
use crate::who::{Said, said};
use crate::{Library, StoreError};
use dateline_story::decisions::{Called, Persons};
use dateline_text::fold;
use rusqlite::params;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is told of written forms and offices at most, each.
const FORMS: usize = 24;
/// Sayings that a page of them has.
const SAYINGS: usize = 20;
/// Articles that speak of someone, on one page.
const ARTICLES: usize = 10;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOf {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// Someone or something that speaks and is taken for neither: a government by its capital.
    Speaker,
}

/// Someone of a name that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesake {
    /// The key, the same across articles.
    pub key: String,
    /// What it is.
    pub kind: NameOf,
    /// The best written form.
    pub name: String,
    /// Articles that name it.
    pub pages: u64,
    /// Whether the words asked for are all of the name's.
    pub exact: bool,
}

/// An office, with when it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleOf {
    /// In the pages' words.
    pub role: String,
    /// How many articles give it.
    pub pages: u64,
    /// First and last day of these, ISO 8601, where any is dated.
    pub days: Option<(String, String)>,
}

/// First and last day on which an office was given, where any article is dated.
type RoleDays = Option<(i64, i64)>;

/// Written forms, and offices.
type Names = (Vec<(String, u64)>, Vec<RoleOf>);

/// What the library has of someone.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// What its articles have in common: days, places, who else speaks.
    pub facts: Facts,
    /// Articles that name or quote.
    pub pages: u64,
    /// Sayings in all.
    pub sayings: u64,
    /// How articles write the name, most frequent first.
    pub forms: Vec<(String, u64)>,
    /// Offices, the latest first.
    pub roles: Vec<RoleOf>,
    /// Some sayings, newest first.
    pub said: Vec<Said>,
    /// Some articles that speak of it, newest first, with the sentences.
    pub spoken: Vec<Spoken>,
}

impl Library {
    /// All whose names hold these words, those with exactly these first, then by number of articles.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn namesakes(&self, name: &str) -> Result<Vec<Namesake>> {
        let words = word_set(name);
        let mut found: BTreeMap<String, Namesake> = BTreeMap::new();
        for kind in [PERSON, ORG, SPEAKER] {
            for id in having(self, kind, name, false)? {
                let sake = self.namesake(kind, id, &words)?;
                found.entry(sake.key.clone()).or_insert(sake);
            }
        }
        let mut all: Vec<Namesake> = found.into_values().collect();
        all.sort_by(|a, b| {
            (Reverse(a.exact), Reverse(a.pages), &a.key).cmp(&(Reverse(b.exact), Reverse(b.pages), &b.key))
        });
        Ok(all)
    }

    /// The one of this key; `None` where no article has it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn called(&self, key: &str) -> Result<Option<Namesake>> {
        let mut ask = self.db.prepare_cached(
            "SELECT kind, e FROM entities WHERE key = ?1 AND kind IN (1, 3)
             UNION ALL SELECT 0, s FROM speakers WHERE key = ?1",
        )?;
        let all: Vec<(i64, i64)> =
            ask.query_map([key], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut sakes = Vec::new();
        for (kind, id) in all {
            sakes.push(self.namesake(kind, id, &BTreeSet::new())?);
        }
        sakes.sort_by_key(|s| (s.kind == NameOf::Speaker, Reverse(s.pages), s.kind));
        Ok(sakes.into_iter().next())
    }

    fn namesake(&self, kind: i64, id: i64, words: &BTreeSet<String>) -> Result<Namesake> {
        let (sql, of) = match kind {
            PERSON => (
                "SELECT key, name, (SELECT count(*) FROM named WHERE named.e = entities.e) FROM entities WHERE e = ?1",
                NameOf::Person,
            ),
            ORG => (
                "SELECT key, name, (SELECT count(*) FROM named WHERE named.e = entities.e) FROM entities WHERE e = ?1",
                NameOf::Organisation,
            ),
            _ => (
                "SELECT key, name, (SELECT count(DISTINCT n) FROM said WHERE said.s = speakers.s) FROM speakers WHERE s = ?1",
                NameOf::Speaker,
            ),
        };
        let (key, name, pages): (String, String, u64) =
            self.db.prepare_cached(sql)?.query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        let exact = word_set(&key) == *words || word_set(&name) == *words;
        Ok(Namesake { name: if name.is_empty() { key.clone() } else { name }, key, kind: of, pages, exact })
    }

    /// What was decided of names.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`].
    pub fn persons(&self) -> Result<Persons> {
        Ok(Persons::of(&self.decisions()?.made))
    }

    /// A key with the name it is shown by, for a decision.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`] for a key that no article has, [`crate::ErrorKind::Index`].
    pub fn name_for(&self, key: &str) -> Result<Called> {
        let sake = self.known_by(key)?;
        Ok(Called { key: sake.key, name: sake.name })
    }

    /// The one of this key, who must be there.
    ///
    /// # Errors
    /// As [`Library::name_for`].
    pub fn known_by(&self, key: &str) -> Result<Namesake> {
        self.called(key)?.ok_or_else(|| StoreError::not_found("person or organisation", key))
    }

    /// What the library has of the one whom these keys name; the pages of sayings and articles count from 0.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn profile(&self, keys: &BTreeSet<String>, sayings: usize, articles: usize) -> Result<Profile> {
        let mut out = Profile::default();
        let (mut entities, mut speakers) = (Vec::new(), Vec::new());
        for key in keys {
            let mut ask = self.db.prepare_cached("SELECT e FROM entities WHERE key = ?1 AND kind IN (1, 3)")?;
            entities.extend(ask.query_map([key], |r| r.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?);
            let mut ask = self.db.prepare_cached("SELECT s FROM speakers WHERE key = ?1")?;
            speakers.extend(ask.query_map([key], |r| r.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        let replaced = self.replaced()?;
        let mut named: Vec<(i64, Option<i64>, Option<i64>)> = Vec::new();
        for e in &entities {
            let mut ask = self.db.prepare_cached("SELECT n, form, role FROM named WHERE e = ?1")?;
            let rows = ask.query_map([e], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
            named.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        named.retain(|(n, ..)| !replaced.contains(*n));
        let mut quoted: BTreeSet<(i64, i64, i64)> = BTreeSet::new();
        for s in &speakers {
            let mut ask = self.db.prepare_cached("SELECT n, attribution FROM said WHERE s = ?1")?;
            let rows = ask.query_map([s], |r| Ok((r.get(0)?, r.get(1)?, *s)))?;
            quoted.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        quoted.retain(|(n, ..)| !replaced.contains(*n));
        let numbers: BTreeSet<i64> = named.iter().map(|(n, ..)| *n).chain(quoted.iter().map(|(n, ..)| *n)).collect();
        out.pages = numbers.len() as u64;
        out.sayings = quoted.len() as u64;
        out.facts = self.facts(&numbers, &speakers)?;
        (out.forms, out.roles) = self.forms_and_roles(&named, &out.facts)?;
        out.said = self.sayings(quoted, &out.facts, sayings)?;
        let spoken = out.facts.newest_first(named.iter().map(|(n, ..)| *n));
        let shown = spoken.into_iter().skip(articles.saturating_mul(ARTICLES)).take(ARTICLES);
        for n in shown {
            out.spoken.extend(self.spoken(n, &|e| keys.contains(&crate::pages_of::key_of(e)))?);
        }
        Ok(out)
    }

    /// Sayings that a page holds; articles that speak of someone.
    pub fn profile_pages() -> (usize, usize) {
        (SAYINGS, ARTICLES)
    }

    fn forms_and_roles(&self, named: &[(i64, Option<i64>, Option<i64>)], facts: &Facts) -> Result<Names> {
        let mut forms: BTreeMap<i64, u64> = BTreeMap::new();
        let mut roles: BTreeMap<i64, (u64, RoleDays)> = BTreeMap::new();
        for (n, form, role) in named {
            if let Some(f) = form {
                *forms.entry(*f).or_default() += 1;
            }
            if let Some(r) = role {
                let entry = roles.entry(*r).or_default();
                entry.0 += 1;
                if let Some(day) = facts.day(*n) {
                    entry.1 = Some(entry.1.map_or((day, day), |(a, b)| (a.min(day), b.max(day))));
                }
            }
        }
        let mut ask = self.db.prepare_cached("SELECT text FROM forms WHERE f = ?1")?;
        let mut text = |f: i64| -> Result<String> { Ok(ask.query_row([f], |r| r.get(0))?) };
        let mut written = Vec::new();
        for (f, n) in most(forms.into_iter().collect(), |(_, n)| *n) {
            written.push((text(f)?, n));
        }
        written.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
        // offices that differ in their capitals alone are one, as most pages write it
        let mut alike: BTreeMap<String, (u64, RoleDays)> = BTreeMap::new();
        let mut spelled: BTreeMap<String, (u64, String)> = BTreeMap::new();
        for (f, (pages, days)) in roles {
            let role = text(f)?;
            let folded = fold(&role);
            let entry = alike.entry(folded.clone()).or_default();
            entry.0 += pages;
            entry.1 = match (entry.1, days) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (one, other) => one.or(other),
            };
            let best = spelled.entry(folded).or_default();
            if (Reverse(pages), &role) < (Reverse(best.0), &best.1) {
                *best = (pages, role);
            }
        }
        let mut offices = Vec::new();
        for (folded, (pages, days)) in most(alike.into_iter().collect(), |(_, (n, _))| *n) {
            let days = days.map(|(a, b)| (crate::pages_of::iso(a), crate::pages_of::iso(b)));
            let role = spelled.remove(&folded).map(|(_, role)| role).unwrap_or_default();
            offices.push(RoleOf { role, pages, days });
        }
        let last = |r: &RoleOf| r.days.as_ref().map(|d| d.1.clone());
        offices.sort_by(|a, b| (last(b), b.pages, &a.role).cmp(&(last(a), a.pages, &b.role)));
        Ok((written, offices))
    }

    /// A page of sayings, newest first.
    fn sayings(&self, quoted: BTreeSet<(i64, i64, i64)>, facts: &Facts, page: usize) -> Result<Vec<Said>> {
        let order = facts.newest_first(quoted.iter().map(|(n, ..)| *n));
        let place: BTreeMap<i64, usize> = order.iter().enumerate().map(|(i, n)| (*n, i)).collect();
        let mut all: Vec<(i64, i64, i64)> = quoted.into_iter().collect();
        all.sort_by_key(|(n, attribution, _)| (place.get(n).copied().unwrap_or(usize::MAX), *n, *attribution));
        let mut out = Vec::new();
        let mut last: Option<(i64, dateline_story::Report)> = None;
        for (n, attribution, s) in all.into_iter().skip(page.saturating_mul(SAYINGS)).take(SAYINGS) {
            if last.as_ref().is_none_or(|(of, _)| *of != n) {
                last = self.report_of(n)?.map(|r| (n, r));
            }
            let key: String =
                self.db.prepare_cached("SELECT key FROM speakers WHERE s = ?1")?.query_row(params![s], |r| r.get(0))?;
            let attribution = usize::try_from(attribution).unwrap_or(usize::MAX);
            out.extend(last.as_ref().and_then(|(_, report)| said(report, attribution, &key)));
        }
        Ok(out)
    }
}

/// The most frequent of some things.
fn most<T>(mut all: Vec<T>, count: impl Fn(&T) -> u64) -> Vec<T> {
    // a stable sort: what ties keeps its order
    all.sort_by_key(|t| Reverse(count(t)));
    all.truncate(FORMS);
    all
}

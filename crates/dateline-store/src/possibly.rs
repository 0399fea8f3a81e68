//! Who may be the same person under another name? Kept apart everywhere, and shown where people look at one of them.

use crate::Library;
use crate::error::Result;
use crate::search::enter::PERSON;
use crate::who::Said;
use dateline_reading::NameKind;
use dateline_reading::names::alike::{Person, Why, alike, may_be_alike};
use rusqlite::params;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Two speakers who may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Possibly {
    /// Key of the one who was asked for.
    pub key: String,
    /// His or her name.
    pub name: String,
    /// Key of the other.
    pub other_key: String,
    /// The other's name.
    pub other: String,
    /// Why they may be one.
    pub why: Why,
    /// The other's office, in an article's words.
    pub office: Option<String>,
    /// How much the other is reported to have said: attributions in the library.
    pub sayings: u64,
}

/// How many names by their keys alone are looked at for one speaker.
const LOOKED_AT: usize = 64;

/// What the library calls a speaker.
#[derive(Debug)]
struct Face {
    name: String,
    role: Option<String>,
    gender: Option<char>,
    sayings: u64,
}

impl Library {
    /// For the persons among the speakers of these sayings: who else of the library may be one of them, by name, then
    /// by the other's name. A pair of which both are among the speakers is told once.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn possibly_same(&self, said: &[Said]) -> Result<Vec<Possibly>> {
        let persons = said.iter().filter(|s| s.speaker.kind == NameKind::Person);
        self.possibly(&persons.map(|s| s.key.as_str()).collect())
    }

    /// The same for the persons of these keys.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn possibly(&self, asked: &BTreeSet<&str>) -> Result<Vec<Possibly>> {
        let decided = self.persons()?;
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let speakers: BTreeMap<String, i64> = {
            let mut ask = self.db.prepare_cached("SELECT key, s FROM speakers ORDER BY key")?;
            ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?
        };
        let mut faces: BTreeMap<i64, Option<Face>> = BTreeMap::new();
        let mut out = Vec::new();
        for key in asked {
            let Some(&s) = speakers.get(*key) else { continue };
            // Which names come into question does not hang on offices, which cost a question each.
            let any = |key| Person { key, role: Some("any office"), gender: None };
            let others =
                speakers.iter().filter(|(other, _)| !(asked.contains(other.as_str()) && other.as_str() < *key));
            let others = others.filter(|(other, _)| decided.decided(key, other).is_none());
            let others = others.filter(|(other, _)| may_be_alike(key, other));
            let others = others.filter(|(other, _)| alike(any(key), any(other)).is_some());
            let others: Vec<(&String, i64)> = others.map(|(other, s)| (other, *s)).take(LOOKED_AT).collect();
            for (other, o) in others {
                for s in [s, o] {
                    if let Entry::Vacant(place) = faces.entry(s) {
                        place.insert(self.face(s)?);
                    }
                }
                let (Some(Some(a)), Some(Some(b))) = (faces.get(&s), faces.get(&o)) else { continue };
                let Some(why) = alike(person(key, a), person(other, b)) else { continue };
                out.push(Possibly {
                    key: (*key).to_owned(),
                    name: a.name.clone(),
                    other_key: other.clone(),
                    other: b.name.clone(),
                    why,
                    office: b.role.clone(),
                    sayings: b.sayings,
                });
            }
        }
        out.sort_by(|x, y| {
            (&x.name, &x.key, x.why, &x.other, &x.other_key).cmp(&(&y.name, &y.key, y.why, &y.other, &y.other_key))
        });
        Ok(out)
    }

    /// What a person is called; nothing where no article takes the speaker for a person. The office is the one that
    /// most articles give.
    fn face(&self, s: i64) -> Result<Option<Face>> {
        let (key, name): (String, String) = self
            .db
            .prepare_cached("SELECT key, name FROM speakers WHERE s = ?1")?
            .query_row([s], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let mut ask = self.db.prepare_cached(
            "SELECT forms.text, gender, count(*) FROM entities JOIN named USING (e) LEFT JOIN forms ON f = role
             WHERE kind = ?1 AND key = ?2 GROUP BY role, gender",
        )?;
        let mut rows = ask.query(params![PERSON, key])?;
        let (mut roles, mut genders): (BTreeMap<String, u64>, BTreeSet<i64>) = Default::default();
        let mut named = false;
        while let Some(row) = rows.next()? {
            named = true;
            genders.extend(row.get::<_, Option<i64>>(1)?);
            if let Some(role) = row.get::<_, Option<String>>(0)? {
                *roles.entry(role).or_default() += row.get::<_, u64>(2)?;
            }
        }
        if !named {
            return Ok(None);
        }
        let role =
            roles.into_iter().min_by_key(|(role, n)| (std::cmp::Reverse(*n), role.clone())).map(|(role, _)| role);
        // Articles that do not agree say nothing.
        let gender = genders.first().filter(|_| genders.len() == 1).map(|g| if *g == 1 { 'm' } else { 'f' });
        let mut count = self.db.prepare_cached("SELECT count(*) FROM said WHERE s = ?1")?;
        Ok(Some(Face { name, role, gender, sayings: count.query_row([s], |r| r.get(0))? }))
    }
}

fn person<'f>(key: &'f str, face: &'f Face) -> Person<'f> {
    Person { key, role: face.role.as_deref(), gender: face.gender }
}

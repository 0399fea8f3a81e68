//! Who may be the same person under another name? Kept apart everywhere, and shown where people look at one of them.

use crate::error::Result;
use crate::who::Said;
use crate::{Library, blob};
use dateline_reading::NameKind;
use dateline_reading::names::alike::{Person, Why, alike};
use dateline_story::Report;
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

/// How many articles are asked what a speaker is called and what office he or she holds.
const ARTICLES: usize = 8;

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
            // Which names come into question does not hang on offices: those stand in the reports.
            let any = |key| Person { key, role: Some("any office"), gender: None };
            let others =
                speakers.iter().filter(|(other, _)| !(asked.contains(other.as_str()) && other.as_str() < *key));
            let others = others.filter(|(other, _)| decided.decided(key, other).is_none());
            let others = others.filter(|(other, _)| may_be(key, other));
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

    /// What a person is called; nothing where no article takes the speaker for a person.
    fn face(&self, s: i64) -> Result<Option<Face>> {
        let mut ask = self.db.prepare_cached(
            "SELECT attribution, report FROM said JOIN articles USING (n) JOIN captures USING (n) WHERE s = ?1 ORDER BY id, attribution LIMIT ?2",
        )?;
        let mut rows = ask.query(params![s, ARTICLES as i64])?;
        let mut face: Option<Face> = None;
        let mut genders: BTreeSet<char> = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let attribution: usize = row.get(0)?;
            let report: Report = blob::unpack(row.get_ref(1)?.as_blob().unwrap_or_default())?;
            let speaker = report.reading.attributions.get(attribution).and_then(|a| a.speaker);
            let entity = speaker.and_then(|e| report.reading.entities.get(e));
            let Some(entity) = entity.filter(|e| e.kind == NameKind::Person) else { continue };
            genders.extend(entity.gender);
            let face = face.get_or_insert_with(|| Face { name: String::new(), role: None, gender: None, sayings: 0 });
            let longer = |name: &str| (std::cmp::Reverse(name.chars().count()), name.to_owned());
            if face.name.is_empty() || longer(&entity.name) < longer(&face.name) {
                face.name.clone_from(&entity.name);
            }
            face.role = face.role.take().or_else(|| entity.role.clone());
        }
        let Some(mut face) = face else { return Ok(None) };
        // Articles that do not agree say nothing.
        face.gender = genders.first().copied().filter(|_| genders.len() == 1);
        let mut count = self.db.prepare_cached("SELECT count(*) FROM said WHERE s = ?1")?;
        face.sayings = count.query_row(params![s], |r| r.get(0))?;
        Ok(Some(face))
    }
}

/// Whether it is worth comparing two keys: a word of the one begins as a word of the other.
fn may_be(a: &str, b: &str) -> bool {
    let first = |w: &str| w.chars().next();
    a.split(' ').any(|w| b.split(' ').any(|v| first(v) == first(w)))
}

fn person<'f>(key: &'f str, face: &'f Face) -> Person<'f> {
    Person { key, role: face.role.as_deref(), gender: face.gender }
}

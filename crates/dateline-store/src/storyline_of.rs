//! How does a storyline go on, and who comes into it?

use crate::error::Result;
use crate::stories::{COLUMNS, TABLES, line};
use crate::{Library, StoryLine, blob};
use dateline_story::decisions::Persons;
use dateline_story::{Report, StoryLink};
use std::collections::{BTreeMap, BTreeSet};

/// Stories told of a storyline, and articles read for its figures.
const STORIES: usize = 60;
const READ: usize = 24;

/// A storyline, its stories along time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StorylineTold {
    /// Its name.
    pub id: String,
    /// Its stories, by first day, undated ones last.
    pub stories: Vec<StoryLine>,
    /// How many more it has.
    pub more: usize,
    /// How they stand to each other, by the earlier, then the later.
    pub links: Vec<StoryLink>,
    /// Of each story, the speakers whom no earlier one has: those of most utterances first.
    pub joined: Vec<Vec<Joined>>,
    /// The days on which its articles were published.
    pub days: Vec<String>,
    /// Independent texts of its stories, for their figures: as many as are soon read, each story's fullest first.
    pub reports: Vec<Report>,
    /// The story of each.
    pub of: Vec<Option<String>>,
}

/// A speaker who comes into a storyline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The best written form of the name.
    pub name: String,
    /// Utterances in the story.
    pub sayings: u64,
}

impl Library {
    /// A storyline by its name, the beginning of it, or a name that it had before.
    ///
    /// # Errors
    /// As [`Library::story`].
    pub fn storyline_told(&self, id: &str) -> Result<StorylineTold> {
        let id = self.storyline(id)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE storyline = ?1 ORDER BY first IS NULL, first, last, stories.id"
        );
        let mut ask = self.db.prepare_cached(&sql)?;
        let mut stories: Vec<StoryLine> = ask.query_map([&id], line)?.collect::<rusqlite::Result<_>>()?;
        let more = stories.len().saturating_sub(STORIES);
        stories.truncate(STORIES);
        let mut links: BTreeMap<(String, String), StoryLink> = BTreeMap::new();
        let ids: Vec<&str> = stories.iter().map(|s| s.id.as_str()).collect();
        links.extend(self.links_among(&ids)?.into_iter().map(|l| ((l.from.clone(), l.to.clone()), l)));
        let persons = self.persons()?;
        let (reports, of) = self.texts_of(&stories, &persons)?;
        let joined = self.joined(&stories, &persons)?;
        let mut ask = self.db.prepare_cached(
            "SELECT published FROM stories JOIN members ON story = stories.id JOIN articles USING (n)
             WHERE storyline = ?1 AND published IS NOT NULL ORDER BY published",
        )?;
        let days = ask.query_map([&id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(StorylineTold { id, stories, more, links: links.into_values().collect(), joined, days, reports, of })
    }

    /// First texts of origins, story by story in turn, until enough are read.
    fn texts_of(&self, stories: &[StoryLine], persons: &Persons) -> Result<(Vec<Report>, Vec<Option<String>>)> {
        let each = (READ / stories.len().max(1)).max(1);
        let mut ask = self.db.prepare_cached(
            "SELECT report FROM members JOIN articles USING (n) WHERE story = ?1 AND place = 0
             ORDER BY length DESC, n LIMIT ?2",
        )?;
        let (mut reports, mut of) = (Vec::new(), Vec::new());
        for story in stories {
            let packed: Vec<Vec<u8>> =
                ask.query_map((&story.id, each as i64), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            for blob in packed {
                let mut report: Report = blob::unpack(&blob)?;
                persons.settle(&mut report.reading.entities);
                reports.push(report);
                of.push(Some(story.id.clone()));
            }
        }
        Ok((reports, of))
    }

    /// Of each story, the speakers whom none before it has.
    fn joined(&self, stories: &[StoryLine], persons: &Persons) -> Result<Vec<Vec<Joined>>> {
        let mut ask = self.db.prepare_cached(
            "SELECT speakers.key, speakers.name, count(*) FROM members JOIN said USING (n) JOIN speakers USING (s)
             WHERE story = ?1 AND speakers.name <> '' GROUP BY s ORDER BY 3 DESC, 2, 1",
        )?;
        let mut known = BTreeSet::new();
        let mut out = Vec::with_capacity(stories.len());
        for story in stories {
            let rows: Vec<(String, String, u64)> = ask
                .query_map([&story.id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            // names that the user decided to be one's are told once, with all their sayings
            let mut of: BTreeMap<&str, Joined> = BTreeMap::new();
            for (key, name, sayings) in &rows {
                let own = persons.key_of(key);
                of.entry(own).or_insert_with(|| Joined { name: name.clone(), sayings: 0 }).sayings += sayings;
            }
            let mut new: Vec<Joined> =
                of.into_iter().filter(|(key, _)| known.insert((*key).to_owned())).map(|(_, j)| j).collect();
            new.sort_by(|a, b| (b.sayings, &a.name).cmp(&(a.sayings, &b.name)));
            out.push(new);
        }
        Ok(out)
    }
}

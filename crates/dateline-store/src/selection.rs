//! All that is needed to tell some stories.

use crate::error::Result;
use crate::{Library, blob, memberships};
use dateline_story::decisions::Persons;
use dateline_story::{Agreement, Links, Membership, Print, Report, Story, StoryLink, explain, explain_links};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// Some stories with their articles, as if they alone had been linked: indices are into `reports`.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The articles, story by story, in the stories' order.
    pub reports: Vec<Report>,
    /// One membership a report, in the same order, and the links between the stories selected and any others.
    pub links: Links,
    /// The stories, in the order asked for; members and origins are indices into `reports`.
    pub stories: Vec<Story>,
    /// What the user decided of names; the reports are told by it.
    pub persons: Persons,
}

impl Selection {
    /// What the articles of each story agree on, in the stories' order, by what the user decided of names.
    pub fn agreements(&self) -> Vec<Agreement> {
        dateline_story::agreements_decided(&self.stories, &self.reports, &self.persons)
    }
}

/// One row of a story's members.
struct Row {
    origin: i64,
    place: i64,
    membership: Membership,
    report: Report,
}

/// Explains the links of these articles, or of all.
fn explain_some(said: &mut [Membership], rows: &[Row], explained: Option<&BTreeSet<String>>) {
    let Some(explained) = explained else {
        let prints: Vec<Print> = rows.iter().map(|r| Print::of(&r.report)).collect();
        return explain(said, &prints);
    };
    let at: Vec<usize> = (0..said.len()).filter(|i| said.get(*i).is_some_and(|m| explained.contains(&m.id))).collect();
    let mut own: Vec<Membership> = at.iter().map(|i| std::mem::take(&mut said[*i])).collect();
    let mut needed: BTreeSet<&str> = own.iter().flat_map(|m| &m.because).map(|r| r.with.as_str()).collect();
    needed.extend(own.iter().map(|m| m.id.as_str()));
    let needed = rows.iter().map(|r| &r.report).filter(|r| needed.contains(r.id.as_str()));
    let prints: Vec<Print> = needed.map(Print::of).collect();
    explain(&mut own, &prints);
    for (i, member) in at.into_iter().zip(own) {
        said[i] = member;
    }
}

impl Library {
    /// These stories (full names), with everything that is needed to tell them.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`] for a name that is no story's, [`crate::ErrorKind::Index`].
    pub fn selection(&self, stories: &[impl AsRef<str>]) -> Result<Selection> {
        self.selection_explained(stories, None)
    }

    /// The same, with the words that explain why an article is in its story for these articles alone, by their ids, and
    /// without the links between stories: finding such words takes longer than all else. `None` for all.
    ///
    /// # Errors
    /// As [`Library::selection`].
    pub fn selection_explained(
        &self,
        stories: &[impl AsRef<str>],
        explained: Option<&BTreeSet<String>>,
    ) -> Result<Selection> {
        let mut out = Selection { persons: self.persons()?, ..Selection::default() };
        let mut links: BTreeMap<(String, String), StoryLink> = BTreeMap::new();
        for id in stories {
            let line = self.story(id.as_ref())?;
            let start = out.reports.len();
            let mut origins: BTreeMap<i64, Vec<(i64, usize)>> = BTreeMap::new();
            let mut rows = self.rows(&line.id)?;
            let here: BTreeSet<String> = rows.iter().map(|r| r.report.id.clone()).collect();
            for row in &mut rows {
                row.membership.because.retain(|r| here.contains(&r.with));
            }
            let mut said: Vec<Membership> = rows.iter_mut().map(|r| std::mem::take(&mut r.membership)).collect();
            explain_some(&mut said, &rows, explained);
            for (i, (row, said)) in rows.into_iter().zip(said).enumerate() {
                origins.entry(row.origin).or_default().push((row.place, start + i));
                // what was stored is the linker's own answer
                let (story, storyline) = (line.id.clone(), line.storyline.clone());
                out.links.members.push(Membership { story, storyline, ..said });
                out.reports.push(row.report);
            }
            let origins = origins.into_values().map(|mut o| {
                o.sort_unstable();
                o.into_iter().map(|(_, i)| i).collect()
            });
            out.stories.push(Story {
                id: line.id.clone(),
                storyline: line.storyline,
                members: (start..out.reports.len()).collect(),
                origins: origins.collect(),
                days: line.first.zip(line.last),
            });
            let links_here = if explained.is_none() { self.links_of(&line.id)? } else { Vec::new() };
            for link in links_here {
                links.insert((link.from.clone(), link.to.clone()), link);
            }
        }
        for report in &mut out.reports {
            out.persons.settle(&mut report.reading.entities);
        }
        out.links.storylines = links.into_values().collect();
        Ok(out)
    }

    /// The same with the older captures of each page, which are in no story: their memberships name the capture that
    /// stands for the page.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn with_older(&self, mut selection: Selection) -> Result<Selection> {
        for i in 0..selection.links.members.len() {
            let member = selection.links.members[i].clone();
            for mut report in self.older_captures(&member.id)? {
                selection.persons.settle(&mut report.reading.entities);
                let version_of = Some(member.id.clone());
                let because = Vec::new();
                let (copies, passages) = (Vec::new(), Vec::new());
                let id = report.id.clone();
                let older = Membership { id, copies, passages, because, version_of, ..member.clone() };
                selection.links.members.push(older);
                selection.reports.push(report);
            }
        }
        Ok(selection)
    }

    /// The id of an article of a story (its full name), counted from 1 in the story's order.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn page_at(&self, story: &str, number: usize) -> Result<Option<String>> {
        let Some(position) = number.checked_sub(1).and_then(|p| i64::try_from(p).ok()) else { return Ok(None) };
        let sql = "SELECT id FROM members JOIN captures USING (n) WHERE story = ?1 AND position = ?2";
        Ok(self.db.prepare_cached(sql)?.query_row(params![story, position], |r| r.get(0)).optional()?)
    }

    fn rows(&self, story: &str) -> Result<Vec<Row>> {
        let mut ask = self.db.prepare_cached(
            "SELECT origin, place, n, report FROM members JOIN articles USING (n) WHERE story = ?1 ORDER BY position",
        )?;
        let mut rows = ask.query(params![story])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let report: Report = blob::unpack(&r.get::<_, Vec<u8>>(3)?)?;
            let said = memberships::of_article(&self.db, r.get(2)?)?;
            let membership = match &said {
                Some(row) => memberships::membership(row, &report.id, |n| memberships::id_of(&self.db, n))?,
                None => Membership::default(),
            };
            out.push(Row { origin: r.get(0)?, place: r.get(1)?, membership, report });
        }
        Ok(out)
    }

    /// Links from or to a story, by the earlier's name, then the later's.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn links_of(&self, story: &str) -> Result<Vec<StoryLink>> {
        self.links_among(&[story])
    }

    /// The same of several stories: a link of two of them once.
    pub(crate) fn links_among(&self, stories: &[&str]) -> Result<Vec<StoryLink>> {
        let mut ask =
            self.db.prepare_cached("SELECT earlier, later, link FROM storylines WHERE earlier = ?1 OR later = ?1")?;
        let mut rows: BTreeSet<(String, String, String)> = BTreeSet::new();
        for story in stories {
            let own = ask.query_map([story], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
            rows.extend(own.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        let mut links = rows.iter().map(|(.., l)| blob::parse(l)).collect::<Result<Vec<StoryLink>>>()?;
        let shown_by: BTreeSet<&String> = links.iter().filter_map(|l| l.shown_by.as_ref()).flatten().collect();
        let shown_by: Vec<String> = shown_by.into_iter().cloned().collect();
        let prints: Vec<Print> = self.reports(&shown_by)?.iter().map(Print::of).collect();
        explain_links(&mut links, &prints);
        Ok(links)
    }
}

//! Taking the linker's answer, as the user decided.

use crate::error::Result;
use crate::verdicts::judge;
use crate::{Library, blob};
use dateline_story::decisions::{Decided, Mark, apply};
use dateline_story::{Links, Print, Story, own_name};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

/// What an article contributes to its story's line.
struct Member {
    n: i64,
    title: Option<String>,
    outlet: Option<String>,
}

impl Library {
    /// Replaces all stories and storylines by what the linker says of these prints, as the library's decisions have
    /// it, in one transaction: readers see the old or the new, never a mix.
    ///
    /// # Errors
    /// [`crate::ErrorKind::ReadOnly`], [`crate::ErrorKind::Io`], [`crate::ErrorKind::Index`].
    pub fn put_linked(&mut self, links: &Links, prints: &[Print], version: &str) -> Result<()> {
        let (decisions, mark) = self.decisions_marked()?;
        let decided = apply(links, &self.about_latest(decisions.made)?);
        let stories = dateline_story::stories(&decided.links, prints);
        self.put(links, &decided, &stories, version, &mark)
    }

    /// Makes the stories again from what the linker said last, after a decision was made.
    ///
    /// # Errors
    /// As [`Library::put_linked`].
    pub fn settle(&mut self) -> Result<()> {
        let links = self.machine_links()?;
        let version = self.linked_by()?.unwrap_or_default();
        let linked: BTreeSet<&str> = links.members.iter().map(|m| m.id.as_str()).collect();
        let mut prints = self.every_print()?;
        // both are in the order of the articles' ids; what was added since has no links yet
        prints.retain(|p| linked.contains(p.id.as_str()));
        self.put_linked(&links, &prints, &version)
    }

    /// Replaces all stories and storylines by these, without regard to decisions.
    ///
    /// `stories` hold indices into `links.members`, as [`dateline_story::stories`] gives them. Articles that are not
    /// in the library are left out.
    ///
    /// # Errors
    /// [`crate::ErrorKind::ReadOnly`], [`crate::ErrorKind::Index`].
    pub fn put_links(&mut self, links: &Links, stories: &[Story], version: &str) -> Result<()> {
        let (_, mark) = self.decisions_marked()?;
        self.put(links, &Decided { links: links.clone(), ..Decided::default() }, stories, version, &mark)
    }

    /// `mark` is that of the decisions as they were read.
    fn put(&mut self, machine: &Links, decided: &Decided, stories: &[Story], version: &str, mark: &str) -> Result<()> {
        self.may_write()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(
            "DELETE FROM members; DELETE FROM stories; DELETE FROM storylines; DELETE FROM machine_storylines;",
        )?;
        let unmarked = Mark::default();
        for story in stories {
            put_story(&tx, machine, story, decided.marks.get(&story.id).unwrap_or(&unmarked))?;
        }
        for link in &decided.links.storylines {
            tx.prepare_cached("INSERT OR IGNORE INTO storylines (earlier, later, link) VALUES (?1, ?2, ?3)")?
                .execute(params![link.from, link.to, blob::write(link)?])?;
        }
        for (place, link) in machine.storylines.iter().enumerate() {
            tx.prepare_cached("INSERT INTO machine_storylines (place, link) VALUES (?1, ?2)")?
                .execute(params![place as i64, blob::write(link)?])?;
        }
        tx.execute(
            "INSERT OR REPLACE INTO settings (name, value) VALUES ('linked by', ?1), ('decided', ?2)",
            [version, mark],
        )?;
        judge(&tx)?;
        Ok(tx.commit()?)
    }

    /// Whether articles were added, or took the place of others, that no linking has seen: a run that was stopped before it came to link leaves such.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn has_unlinked(&self) -> Result<bool> {
        let mut ask = self
            .db
            .prepare_cached("SELECT 1 FROM articles WHERE (latest IS NULL) <> (n IN (SELECT n FROM members))")?;
        Ok(ask.exists([])?)
    }

    /// What the linker said last, before the decisions; by the articles' ids.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn machine_links(&self) -> Result<Links> {
        let all = |sql: &str| -> Result<Vec<String>> {
            let mut ask = self.db.prepare_cached(sql)?;
            Ok(ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
        };
        let members = all("SELECT membership FROM members JOIN captures USING (n) ORDER BY captures.id")?;
        let storylines = all("SELECT link FROM machine_storylines ORDER BY place")?;
        Ok(Links {
            members: members.iter().map(|m| blob::parse(m)).collect::<Result<_>>()?,
            storylines: storylines.iter().map(|l| blob::parse(l)).collect::<Result<_>>()?,
        })
    }
}

fn member(tx: &Transaction, id: &str) -> Result<Option<Member>> {
    let mut ask =
        tx.prepare_cached("SELECT n, title, outlet FROM articles JOIN captures USING (n) WHERE captures.id = ?1")?;
    let row = ask.query_row([id], |r| Ok(Member { n: r.get(0)?, title: r.get(1)?, outlet: r.get(2)? }));
    Ok(row.optional()?)
}

fn put_story(tx: &Transaction, links: &Links, story: &Story, mark: &Mark) -> Result<()> {
    let mut places: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (o, origin) in story.origins.iter().enumerate() {
        places.extend(origin.iter().enumerate().map(|(p, m)| (*m, (o, p))));
    }
    let mut members = Vec::new();
    for index in &story.members {
        let Some(membership) = links.members.get(*index) else { continue };
        if let Some(member) = member(tx, &membership.id)? {
            members.push((*index, member, membership));
        }
    }
    // The line is that of the first origin's first text: its fullest or earliest.
    let lead = members.iter().find(|(i, m, _)| places.get(i) == Some(&(0, 0)) && m.title.is_some());
    let headline = lead.or(members.iter().find(|(_, m, _)| m.title.is_some()));
    let headline = headline.and_then(|(_, m, _)| m.title.clone()).unwrap_or_default();
    let mut outlets: Vec<&str> = Vec::new();
    for outlet in members.iter().filter_map(|(_, m, _)| m.outlet.as_deref()) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let (first, last) = story.days.clone().unzip();
    let pages: Vec<String> = members.iter().map(|(_, m, _)| m.n.to_string()).collect();
    tx.prepare_cached(
        "INSERT INTO stories
            (id, storyline, title, headline, first, last, articles, origins, outlets, pages, pinned, decisions)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        story.id,
        story.storyline,
        mark.title.as_ref().unwrap_or(&headline),
        mark.title.as_ref().map(|_| &headline),
        first,
        last,
        members.len() as i64,
        story.origins.len() as i64,
        outlets.join("\n"),
        pages.join(" "),
        mark.pinned,
        mark.decisions.join("\n"),
    ])?;
    for (position, (index, member, membership)) in members.iter().enumerate() {
        let (origin, place) = places.get(index).copied().unwrap_or((story.origins.len(), position));
        tx.prepare_cached(
            "INSERT INTO members (story, position, n, origin, place, membership) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            story.id,
            position as i64,
            member.n,
            origin as i64,
            place as i64,
            blob::write(membership)?
        ])?;
        // also by the name that an older capture of the page had, or has in what was written before
        let mut ask = tx.prepare_cached("SELECT id FROM articles JOIN captures USING (n) WHERE latest = ?1")?;
        let older: Vec<String> = ask.query_map([member.n], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for id in older.iter().chain([&membership.id]) {
            for turn in 0..2 {
                let digits = own_name('s', id, turn);
                tx.prepare_cached("INSERT OR REPLACE INTO names (digits, n) VALUES (?1, ?2)")?
                    .execute(params![digits.get(1..), member.n])?;
            }
        }
    }
    Ok(())
}

//! Taking the linker's answer.

use crate::error::Result;
use crate::{Library, blob};
use dateline_story::{Links, Story};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;

/// What an article contributes to its story's line.
struct Member {
    n: i64,
    title: Option<String>,
    outlet: Option<String>,
}

impl Library {
    /// Replaces all stories and storylines by these, in one transaction: readers see the old or the new, never a mix.
    ///
    /// `stories` hold indices into `links.members`, as [`dateline_story::stories`] gives them. Articles that are not
    /// in the library are left out.
    ///
    /// # Errors
    /// [`crate::ErrorKind::ReadOnly`], [`crate::ErrorKind::Index`].
    pub fn put_links(&mut self, links: &Links, stories: &[Story], version: &str) -> Result<()> {
        self.may_write()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch("DELETE FROM members; DELETE FROM stories; DELETE FROM storylines;")?;
        for story in stories {
            put_story(&tx, links, story)?;
        }
        for link in &links.storylines {
            tx.prepare_cached("INSERT OR IGNORE INTO storylines (earlier, later, link) VALUES (?1, ?2, ?3)")?
                .execute(params![link.from, link.to, blob::write(link)?])?;
        }
        tx.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('linked by', ?1)", [version])?;
        tx.commit()?;
        Ok(())
    }
}

fn member(tx: &Transaction, id: &str) -> Result<Option<Member>> {
    let mut ask =
        tx.prepare_cached("SELECT n, title, outlet FROM articles JOIN captures USING (n) WHERE captures.id = ?1")?;
    let row = ask.query_row([id], |r| Ok(Member { n: r.get(0)?, title: r.get(1)?, outlet: r.get(2)? }));
    Ok(row.optional()?)
}

fn put_story(tx: &Transaction, links: &Links, story: &Story) -> Result<()> {
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
    let title = lead.or(members.iter().find(|(_, m, _)| m.title.is_some()));
    let title = title.and_then(|(_, m, _)| m.title.clone()).unwrap_or_default();
    let mut outlets: Vec<&str> = Vec::new();
    for outlet in members.iter().filter_map(|(_, m, _)| m.outlet.as_deref()) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let (first, last) = story.days.clone().unzip();
    tx.prepare_cached(
        "INSERT INTO stories (id, storyline, title, first, last, articles, origins, outlets)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        story.id,
        story.storyline,
        title,
        first,
        last,
        members.len() as i64,
        story.origins.len() as i64,
        outlets.join("\n"),
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
    }
    Ok(())
}

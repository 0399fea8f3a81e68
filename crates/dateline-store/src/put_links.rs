//! Taking the linker's answer, as the user decided.

use crate::error::Result;
use crate::linking::{forget, prints};
use crate::memberships::{Member, number};
use crate::settling::settle;
use crate::verdicts::judge;
use crate::{Library, memberships, today};
use dateline_story::decisions::Mark;
use dateline_story::{Copy, Links, Membership, Row, Story, StoryLink, Told};
use rusqlite::{Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

impl Library {
    /// Makes the stories again where decisions bear on them, after one was made.
    ///
    /// # Errors
    /// As [`Library::link`].
    pub fn settle(&mut self) -> Result<()> {
        self.may_write()?;
        let (decisions, mark) = self.decisions_marked()?;
        let made = self.about_latest(decisions.made)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        settle(&tx, &made, &BTreeSet::new())?;
        tx.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('decided', ?1)", [mark])?;
        judge(&tx)?;
        Ok(tx.commit()?)
    }

    /// Makes all stories from what the linker said last, in an index that holds none.
    ///
    /// # Errors
    /// As [`Library::link`].
    pub(crate) fn settle_all(&mut self) -> Result<()> {
        let (decisions, _) = self.decisions_marked()?;
        let made = self.about_latest(decisions.made)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let all = |sql: &str| -> Result<Vec<(String, i64)>> {
            let mut ask = tx.prepare(sql)?;
            Ok(ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
        };
        for (id, n) in all("SELECT id, n FROM memberships JOIN captures USING (n)")? {
            memberships::put_names(&tx, &id, n)?;
        }
        let stories = all("SELECT DISTINCT story, 0 FROM memberships")?.into_iter().map(|(story, _)| story).collect();
        settle(&tx, &made, &stories)?;
        judge(&tx)?;
        Ok(tx.commit()?)
    }

    /// Replaces all stories and storylines by what another linker says of the library's articles; those that it says
    /// nothing of are in no story. [`Library::link`] forgets it again when there is more to link.
    ///
    /// # Errors
    /// As [`Library::link`].
    pub fn put_links(&mut self, links: &Links, version: &str) -> Result<()> {
        self.may_write()?;
        (self.linker, self.recollecting) = (None, None);
        let (decisions, mark) = self.decisions_marked()?;
        let made = self.about_latest(decisions.made)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        forget(&tx)?;
        let mut numbers: BTreeMap<&str, i64> = BTreeMap::new();
        for m in &links.members {
            numbers.extend(number(&tx, &m.id)?.map(|n| (m.id.as_str(), n)));
        }
        let of: Vec<i64> = numbers.values().copied().collect();
        let found = prints(&tx, &of)?;
        let prints = of.into_iter().zip(found).filter_map(|(n, print)| Some((n, print?))).collect();
        let rows: Vec<Row> = links.members.iter().filter_map(|m| row(m, &numbers)).collect();
        let stories: BTreeSet<String> = rows.iter().map(|r| r.story.clone()).collect();
        memberships::put(&tx, &rows, &prints)?;
        let scored = |l: &StoryLink| (l.clone(), (l.score * 1e6) as u32);
        memberships::put_links(&tx, &stories, &links.storylines.iter().map(scored).collect::<Vec<_>>())?;
        settle(&tx, &made, &stories)?;
        tx.execute(
            "INSERT OR REPLACE INTO settings (name, value) VALUES ('linked by', ?1), ('decided', ?2)",
            [version, &mark],
        )?;
        judge(&tx)?;
        Ok(tx.commit()?)
    }
}

/// What is said of an article, by numbers.
fn row(m: &Membership, numbers: &BTreeMap<&str, i64>) -> Option<Row> {
    let thousandths = |share: f64| (share.clamp(0.0, 1.0) * 1000.0).round() as u32;
    let told = |c: &Copy| {
        let n = *numbers.get(c.of.as_str())?;
        Some(Told { n, containment: c.containment.map(thousandths), kind: c.kind })
    };
    let because = m.because.iter().filter_map(|r| Some((*numbers.get(r.with.as_str())?, thousandths(r.score))));
    Some(Row {
        n: *numbers.get(m.id.as_str())?,
        story: m.story.clone(),
        storyline: m.storyline.clone(),
        origin: m.origin.clone(),
        copies: m.copies.iter().filter_map(told).collect(),
        passages: m.passages.iter().filter_map(told).collect(),
        because: because.collect(),
    })
}

/// Writes a story; `members` are its articles in its order. Gives its pages, by which what hangs on them knows it.
pub(crate) fn put_story(
    tx: &Transaction,
    story: &Story,
    members: &[&Member],
    mark: &Mark,
    by_hand: bool,
) -> Result<String> {
    let mut places: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (o, origin) in story.origins.iter().enumerate() {
        places.extend(origin.iter().enumerate().map(|(p, m)| (*m, (o, p))));
    }
    let titles: BTreeMap<usize, &String> =
        story.members.iter().zip(members).filter_map(|(i, m)| Some((*i, m.title.as_ref()?))).collect();
    let headed = story.headed_by(|i| titles.contains_key(&i)).and_then(|i| titles.get(&i));
    let headline = headed.map(|t| (*t).clone()).unwrap_or_default();
    let mut outlets: Vec<&str> = Vec::new();
    for outlet in members.iter().filter_map(|m| m.outlet.as_deref()) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let (first, last) = story.days.clone().unzip();
    let pages = members.iter().map(|m| m.n.to_string()).collect::<Vec<String>>().join(" ");
    let rank = today::rank(story.origins.len(), outlets.len(), last.as_deref());
    tx.prepare_cached(
        "INSERT INTO stories
            (id, storyline, title, headline, first, last, articles, origins, outlets, pages, pinned, decisions, by_hand,
             rank)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
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
        pages,
        mark.pinned,
        mark.decisions.join("\n"),
        by_hand,
        rank,
    ])?;
    let mut put =
        tx.prepare_cached("INSERT INTO members (story, position, n, origin, place) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut ask = tx.prepare_cached("SELECT id FROM articles JOIN captures USING (n) WHERE latest = ?1")?;
    for (position, (i, member)) in story.members.iter().zip(members).enumerate() {
        let (origin, place) = places.get(i).copied().unwrap_or_default();
        put.execute(params![story.id, position as i64, member.n, origin as i64, place as i64])?;
        // also by the name that an older capture of the page had, or has in what was written before
        let older: Vec<String> = ask.query_map([member.n], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for id in older.iter().chain([&member.id]) {
            memberships::put_names(tx, id, member.n)?;
        }
    }
    Ok(pages)
}

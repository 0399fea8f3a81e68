//! What the linker says of articles and stories, before the decisions: as rows.

use crate::blob;
use crate::error::Result;
use dateline_story::{Copy, Known, Membership, Print, Reason, Row, StoryLink, Told, own_name};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Texts that an article shares wording with.
#[derive(Default, Serialize, Deserialize)]
struct Shares {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    copies: Vec<Told>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    passages: Vec<Told>,
}

/// An article in its story, with what lists of stories are made from.
pub(crate) struct Member {
    pub(crate) n: i64,
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) wire: Option<String>,
    pub(crate) length: usize,
    pub(crate) row: Row,
}

/// Writes what is said of articles; `prints` are those of which nothing was said before.
pub(crate) fn put(tx: &Transaction, rows: &[Row], prints: &BTreeMap<i64, Print>) -> Result<()> {
    for row in rows {
        let shares = Shares { copies: row.copies.clone(), passages: row.passages.clone() };
        let shares =
            if row.copies.is_empty() && row.passages.is_empty() { String::new() } else { blob::write(&shares)? };
        let because = blob::write(&row.because)?;
        let Some(print) = prints.get(&row.n) else {
            tx.prepare_cached(
                "UPDATE memberships SET story = ?2, storyline = ?3, origin = ?4, shares = ?5, because = ?6 WHERE n = ?1",
            )?
            .execute(params![row.n, row.story, row.storyline, row.origin, shares, because])?;
            continue;
        };
        tx.prepare_cached(
            "INSERT OR REPLACE INTO memberships (n, story, storyline, origin, shares, because, wire, length)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            row.n,
            row.story,
            row.storyline,
            row.origin,
            shares,
            because,
            print.wire,
            print.text.len() as i64
        ])?;
    }
    Ok(())
}

/// Notes what a story may be called after an article, so that each name it ever had leads to the story of that article.
pub(crate) fn put_names(tx: &Transaction, id: &str, n: i64) -> Result<()> {
    // most names stand already, as the story is written again for others' sake
    let mut put = tx.prepare_cached(
        "INSERT INTO names (digits, n) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET n = excluded.n WHERE n <> excluded.n",
    )?;
    for turn in 0..2 {
        let digits = own_name('s', id, turn);
        put.execute(params![digits.get(1..), n])?;
    }
    Ok(())
}

/// Replaces the links from and to some stories.
pub(crate) fn put_links(tx: &Transaction, stories: &BTreeSet<String>, links: &[(StoryLink, u32)]) -> Result<()> {
    for story in stories {
        tx.prepare_cached("DELETE FROM machine_links WHERE earlier = ?1")?.execute([story])?;
        tx.prepare_cached("DELETE FROM machine_links WHERE later = ?1")?.execute([story])?;
    }
    for (link, mean) in links {
        tx.prepare_cached("INSERT OR REPLACE INTO machine_links (earlier, later, mean, link) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![link.from, link.to, mean, blob::write(link)?])?;
    }
    Ok(())
}

/// The links from and to a story.
pub(crate) fn links_of(db: &Connection, story: &str) -> Result<Vec<StoryLink>> {
    let mut ask = db.prepare_cached("SELECT link FROM machine_links WHERE earlier = ?1 OR later = ?1")?;
    let links: Vec<String> = ask.query_map([story], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    links.iter().map(|l| blob::parse(l)).collect()
}

/// Two stories that are linked, with the mean probability in millionths.
type Mean = (String, String, u32);

/// All that was linked, and the links between stories, as the linker wants to know it.
pub(crate) fn known(db: &Connection) -> Result<(Vec<Known>, Vec<Mean>)> {
    let mut ask = db.prepare("SELECT n, id, story, storyline, origin FROM memberships JOIN captures USING (n)")?;
    let known = ask.query_map([], |r| {
        Ok(Known { n: r.get(0)?, id: r.get(1)?, story: r.get(2)?, storyline: r.get(3)?, origin: r.get(4)? })
    })?;
    let known = known.collect::<rusqlite::Result<_>>()?;
    let mut ask = db.prepare("SELECT earlier, later, mean FROM machine_links")?;
    let links = ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    Ok((known, links.collect::<rusqlite::Result<_>>()?))
}

/// The articles of one of the machine's stories, by their ids.
pub(crate) fn of_story(db: &Connection, story: &str) -> Result<Vec<Member>> {
    let mut ask = db.prepare_cached(
        "SELECT n, captures.id, title, outlet, published, wire, memberships.length, story, storyline, origin, shares, because
         FROM memberships JOIN articles USING (n) JOIN captures USING (n) WHERE story = ?1 ORDER BY captures.id",
    )?;
    let mut rows = ask.query([story])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let (shares, because): (String, String) = (r.get(10)?, r.get(11)?);
        out.push(Member {
            n: r.get(0)?,
            id: r.get(1)?,
            title: r.get(2)?,
            outlet: r.get(3)?,
            published: r.get(4)?,
            wire: r.get(5)?,
            length: r.get(6)?,
            row: row((r.get(0)?, r.get(7)?, r.get(8)?, r.get(9)?), &shares, &because)?,
        });
    }
    Ok(out)
}

/// What is said of one article.
pub(crate) fn of_article(db: &Connection, n: i64) -> Result<Option<Row>> {
    let mut ask =
        db.prepare_cached("SELECT story, storyline, origin, shares, because FROM memberships WHERE n = ?1")?;
    let found = ask.query_row([n], |r| {
        let said: (String, String, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        Ok((said, r.get::<_, String>(3)?, r.get::<_, String>(4)?))
    });
    let Some(((story, line, origin), shares, because)) = found.optional()? else { return Ok(None) };
    Ok(Some(row((n, story, line, origin), &shares, &because)?))
}

fn row(said: (i64, String, String, String), shares: &str, because: &str) -> Result<Row> {
    let shares: Shares = if shares.is_empty() { Shares::default() } else { blob::parse(shares)? };
    let (n, story, storyline, origin) = said;
    let Shares { copies, passages } = shares;
    Ok(Row { n, story, storyline, origin, copies, passages, because: blob::parse(because)? })
}

/// A row with ids instead of numbers, those that `id` knows; links without their words.
pub(crate) fn membership(
    row: &Row,
    own: &str,
    mut id: impl FnMut(i64) -> Result<Option<String>>,
) -> Result<Membership> {
    let mut told = |all: &[Told]| -> Result<Vec<Copy>> {
        let mut out = Vec::with_capacity(all.len());
        for t in all {
            out.extend(id(t.n)?.map(|of| t.of(&of)));
        }
        Ok(out)
    };
    let (copies, passages) = (told(&row.copies)?, told(&row.passages)?);
    let mut because = Vec::with_capacity(row.because.len());
    for (n, thousandths) in &row.because {
        because.extend(id(*n)?.map(|with| reason(with, *thousandths)));
    }
    let (story, storyline, origin) = (row.story.clone(), row.storyline.clone(), row.origin.clone());
    Ok(Membership { id: own.to_owned(), story, storyline, origin, copies, passages, because, version_of: None })
}

fn reason(with: String, thousandths: u32) -> Reason {
    let score = f64::from(thousandths) / 1000.0;
    Reason { with, score, terms: Vec::new(), entities: Vec::new(), figures: Vec::new(), days: None, against: None }
}

/// The number of an article in the index.
pub(crate) fn number(db: &Connection, id: &str) -> Result<Option<i64>> {
    let mut ask = db.prepare_cached("SELECT n FROM articles JOIN captures USING (n) WHERE id = ?1")?;
    Ok(ask.query_row([id], |r| r.get(0)).optional()?)
}

/// The id of an article.
pub(crate) fn id_of(db: &Connection, n: i64) -> Result<Option<String>> {
    let mut ask = db.prepare_cached("SELECT id FROM captures WHERE n = ?1")?;
    Ok(ask.query_row([n], |r| r.get(0)).optional()?)
}

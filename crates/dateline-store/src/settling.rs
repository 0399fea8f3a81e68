//! The stories as the user decided, made again where the machine or a decision changed something, and nowhere else.
//!
//! A decision bears on the machine's stories that hold a page it names, on those that have a name it names, and on the
//! storylines of all of these. Whatever else there is stands as the machine has it.

use crate::blob;
use crate::error::Result;
use crate::memberships::{self, Member, membership, number};
use crate::put_links::put_story;
use dateline_story::decisions::{Decided, Decision, Standing, apply};
use dateline_story::{Face, Links, Membership, Story, StoryLink, stories_of};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// The setting that holds how the decisions stand by which the stories were made.
const STANDING: &str = "standing";

/// Some of the machine's stories with their articles and links.
pub(crate) struct Part {
    /// Names of the stories that decisions bear on.
    by_hand: BTreeSet<String>,
    /// All articles of them and of the other stories asked for.
    members: BTreeMap<String, Member>,
    /// What the machine says of these; then one article of each story that they are linked with.
    links: Links,
}

/// Stories that were made again, by their pages: what hangs on nothing but these stands where they stand.
#[derive(Default)]
pub(crate) struct Remade {
    /// Pages of stories that were taken away; one may have come back.
    pub(crate) gone: BTreeSet<String>,
    /// Stories that were written.
    pub(crate) made: BTreeMap<String, String>,
}

impl Remade {
    /// Takes in what was made again after this.
    pub(crate) fn add(&mut self, later: Remade) {
        self.made.retain(|pages, _| !later.gone.contains(pages));
        self.gone.extend(later.gone);
        self.made.extend(later.made);
    }
}

/// Makes the stories again that hold articles of these stories of the machine, or that decisions bear on.
pub(crate) fn settle(tx: &Transaction, decisions: &[Decision], changed: &BTreeSet<String>) -> Result<Remade> {
    let (part, old) = Part::of(tx, decisions, changed)?;
    let Decided { links, marks, standing } = apply(&part.links, decisions);
    tx.prepare_cached("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)")?
        .execute([STANDING, blob::write(&standing)?.as_str()])?;
    let mut remade = Remade::default();
    for story in &old {
        tx.prepare_cached("DELETE FROM members WHERE story = ?1")?.execute([story])?;
        let mut leave = tx.prepare_cached("DELETE FROM stories WHERE id = ?1 RETURNING pages")?;
        remade.gone.extend(leave.query_row([story], |r| r.get::<_, String>(0)).optional()?);
    }
    let mut names: BTreeSet<&str> = old.iter().chain(changed).map(String::as_str).collect();
    let (mut said, mut members): (Vec<Membership>, Vec<&Member>) = (Vec::new(), Vec::new());
    for m in links.members {
        if let Some(member) = part.members.get(&m.id) {
            names.insert(&member.row.story);
            members.push(member);
            said.push(m);
        }
    }
    let faces: Vec<Face<'_>> = members.iter().map(|m| face(m)).collect();
    let own = Links { members: said, storylines: Vec::new() };
    let stories: Vec<Story> = stories_of(&own, &faces);
    let none = Default::default();
    for story in &stories {
        let of: Vec<&Member> = story.members.iter().map(|i| members[*i]).collect();
        let by_hand = of.iter().any(|m| part.by_hand.contains(&m.row.story));
        let pages = put_story(tx, story, &of, marks.get(&story.id).unwrap_or(&none), by_hand)?;
        remade.made.insert(pages, story.id.clone());
    }
    names.extend(stories.iter().map(|s| s.id.as_str()));
    for name in names {
        tx.prepare_cached("DELETE FROM storylines WHERE earlier = ?1")?.execute([name])?;
        tx.prepare_cached("DELETE FROM storylines WHERE later = ?1")?.execute([name])?;
    }
    for link in &links.storylines {
        tx.prepare_cached("INSERT OR IGNORE INTO storylines (earlier, later, link) VALUES (?1, ?2, ?3)")?
            .execute(params![link.from, link.to, blob::write(link)?])?;
    }
    Ok(remade)
}

/// How the decisions stood when the stories were made by those of this mark; `None` where they were made by others.
/// What they bear on changes with the stories alone, in the same transaction.
pub(crate) fn stood(db: &Connection, mark: &str) -> Result<Option<Vec<Standing>>> {
    let mut ask = db.prepare_cached(
        "SELECT standing.value FROM settings AS by JOIN settings AS standing ON standing.name = ?1
         WHERE by.name = 'decided' AND by.value = ?2",
    )?;
    let kept: Option<String> = ask.query_row([STANDING, mark], |r| r.get(0)).optional()?;
    kept.map(|json| blob::parse(&json)).transpose()
}

/// How decisions turn out.
pub(crate) fn decided(db: &Connection, decisions: &[Decision]) -> Result<Decided> {
    let (part, _) = Part::of(db, decisions, &BTreeSet::new())?;
    Ok(apply(&part.links, decisions))
}

fn face(m: &Member) -> Face<'_> {
    Face {
        id: &m.id,
        published: m.published.as_deref(),
        outlet: m.outlet.as_deref(),
        wire: m.wire.as_deref(),
        length: m.length,
    }
}

impl Part {
    /// The part of the library that must be looked at, and the names of the stories that hold an article of it.
    fn of(db: &Connection, decisions: &[Decision], changed: &BTreeSet<String>) -> Result<(Part, BTreeSet<String>)> {
        let (by_hand, before) = (by_hand(db, decisions)?, by_hand_before(db)?);
        let mut part = Part { by_hand, members: BTreeMap::new(), links: Links::default() };
        let mut waiting: BTreeSet<String> = part.by_hand.iter().chain(&before).chain(changed).cloned().collect();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut old: BTreeSet<String> = BTreeSet::new();
        for holds in replaced(db)? {
            waiting.extend(machine_stories_of(db, &holds)?);
            old.insert(holds);
        }
        while let Some(story) = waiting.pop_first() {
            for member in memberships::of_story(db, &story)? {
                for holds in stories_with(db, member.n)? {
                    // one that decisions made of several stories of the machine is made again as a whole
                    if !old.contains(&holds) {
                        let of = machine_stories_of(db, &holds)?;
                        waiting.extend(of.into_iter().filter(|s| !taken.contains(s) && *s != story));
                        old.insert(holds);
                    }
                }
                part.members.insert(member.id.clone(), member);
            }
            taken.insert(story);
        }
        part.link(db, &taken, !decisions.is_empty())?;
        Ok((part, old))
    }

    /// Takes in what the machine says of the stories taken and of their links.
    fn link(&mut self, db: &Connection, taken: &BTreeSet<String>, with_evidence: bool) -> Result<()> {
        let ids: BTreeMap<i64, &str> = self.members.values().map(|m| (m.n, m.id.as_str())).collect();
        let id = |n: i64| Ok(if with_evidence { ids.get(&n).map(|id| (*id).to_owned()) } else { None });
        for m in self.members.values() {
            self.links.members.push(membership(&m.row, &m.id, id)?);
        }
        let mut links: BTreeMap<(String, String), StoryLink> = BTreeMap::new();
        for link in
            taken.iter().map(|s| memberships::links_of(db, s)).collect::<Result<Vec<_>>>()?.into_iter().flatten()
        {
            links.insert((link.from.clone(), link.to.clone()), link);
        }
        let ends = links.keys().flat_map(|(from, to)| [from, to]).filter(|s| !taken.contains(*s));
        for other in ends.collect::<BTreeSet<_>>() {
            if let Some(m) = memberships::of_story(db, other)?.first() {
                self.links.members.push(membership(&m.row, &m.id, |_| Ok(None))?);
            }
        }
        self.links.storylines = links.into_values().collect();
        Ok(())
    }
}

/// Stories that hold a capture which a later one has taken the place of.
fn replaced(db: &Connection) -> Result<BTreeSet<String>> {
    let mut ask =
        db.prepare_cached("SELECT n FROM articles WHERE latest IS NOT NULL AND +n IN (SELECT n FROM members)")?;
    let numbers: Vec<i64> = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let found = numbers.into_iter().map(|n| stories_with(db, n)).collect::<Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// Stories that hold an article now.
fn stories_with(db: &Connection, n: i64) -> Result<Vec<String>> {
    let mut ask = db.prepare_cached("SELECT story FROM members WHERE n = ?1")?;
    Ok(ask.query_map([n], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The machine's stories that the articles of a story are of.
fn machine_stories_of(db: &Connection, story: &str) -> Result<Vec<String>> {
    let mut ask = db.prepare_cached(
        "SELECT DISTINCT memberships.story FROM members JOIN memberships USING (n) WHERE members.story = ?1",
    )?;
    Ok(ask.query_map([story], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Names of the machine's stories that decisions bear on.
fn by_hand(db: &Connection, decisions: &[Decision]) -> Result<BTreeSet<String>> {
    let mut numbers: BTreeSet<i64> = BTreeSet::new();
    for side in decisions.iter().flat_map(|d| d.act.sides()) {
        for page in &side.pages {
            numbers.extend(number(db, page)?);
        }
        let mut ask = db.prepare_cached("SELECT n FROM names WHERE digits = ?1")?;
        let digits = side.story.as_deref().and_then(|s| s.get(1..));
        numbers.extend(ask.query_row([digits], |r| r.get::<_, i64>(0)).optional()?);
    }
    let mut named: BTreeSet<String> = BTreeSet::new();
    for n in numbers {
        named.extend(memberships::of_article(db, n)?.map(|row| row.story));
    }
    lines_of(db, &named)
}

/// Names of the machine's stories that decisions bore on when stories were made last.
fn by_hand_before(db: &Connection) -> Result<BTreeSet<String>> {
    let mut ask = db.prepare_cached(
        "SELECT DISTINCT memberships.story FROM stories JOIN members ON members.story = stories.id
         JOIN memberships USING (n) WHERE by_hand",
    )?;
    let named = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    lines_of(db, &named)
}

/// Stories, and all others of their storylines.
fn lines_of(db: &Connection, named: &BTreeSet<String>) -> Result<BTreeSet<String>> {
    let mut ask = db.prepare_cached(
        "SELECT DISTINCT story FROM memberships WHERE storyline IN (SELECT storyline FROM memberships WHERE story = ?1)",
    )?;
    let mut out = BTreeSet::new();
    for story in named {
        out.extend(ask.query_map([story], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?);
    }
    Ok(out)
}

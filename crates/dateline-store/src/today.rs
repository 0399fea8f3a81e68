//! What is going on: stories by weight and freshness, or newest first, narrowed.
//!
//! No clock is asked. Each story has a rank that depends on itself alone: its last day, and on top of it [`WORTH`] days
//! for each doubling of its weight. So a heavy story stays above lighter ones that are a little newer, and the order
//! is the same on whatever day it is looked at. (Exponential decay: the order of `weight / 2^(age / WORTH)` does not
//! depend on the day from which age is counted.)

use crate::error::Result;
use crate::pages_of::iso;
use crate::search::{self, enter::Numbers};
use crate::stories::{COLUMNS, TABLES, line};
use crate::{Library, StoryLine};
use dateline_story::decisions::Persons;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Days that twice the weight is worth.
const WORTH: i64 = 2;
/// Steps of rank in one doubling of weight.
const STEPS: i64 = 256;
/// Places that a story names here.
const PLACES: usize = 3;
/// Articles of a story that say which places it names, and what else is counted by article.
const ARTICLES: i64 = 400;
/// How far it is counted how often the library names a place.
const OFTEN: i64 = 200;
/// Below this many articles a place's name is no sure sign of one.
const SELDOM: i64 = 3;
/// More pages than this, and all stories are looked through instead of asking page by page.
const MANY: usize = 2_000;

/// In which order stories are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TodayOrder {
    /// By weight and freshness.
    #[default]
    Weight,
    /// By their last day, newest first.
    Newest,
}

/// Which stories are asked for; the default asks for all.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// Only those with an article that fits this query, in the language of [`Library::search`].
    pub query: Option<String>,
    /// Only those with figures that differ.
    pub disputed: bool,
    /// Id of the capture that was the last one seen: what was added after it is new.
    pub seen: Option<String>,
    /// Only those with something new.
    pub only_new: bool,
    /// In which order.
    pub order: TodayOrder,
    /// How many; 0 for all.
    pub limit: usize,
    /// Where to go on: [`Today::next`] of the page before. Neither repeats nor leaves out a story when others come.
    pub from: Option<String>,
}

/// A page of stories.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// The stories.
    pub stories: Vec<TodayStory>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
}

/// One story.
#[derive(Debug, Clone)]
pub struct TodayStory {
    /// Its line.
    pub line: StoryLine,
    /// How many different speakers its articles quote.
    pub speakers: u64,
    /// Places of the gazetteer that most of its articles name; of those, the ones that the library names least.
    pub places: Vec<String>,
    /// Articles by day, ISO 8601, earliest first; those without a day are left out, and in a very large story those
    /// beyond the first few hundred. [`Library::days_of`] has them all.
    pub days: Vec<(String, u64)>,
    /// Articles that were added after the last one seen.
    pub new: u64,
}

/// What there is, in figures that cost little.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Stories.
    pub stories: u64,
    /// Articles; one that was captured more than once counts once.
    pub articles: u64,
    /// Stories with figures that differ.
    pub disputed: u64,
    /// The last day of any story.
    pub newest: Option<String>,
    /// Id of the capture that was added last: the mark of one who has seen all.
    pub last: Option<String>,
}

/// The place of a story in the order; greater comes first. Undated stories come after all dated ones.
pub(crate) fn rank(origins: usize, outlets: usize, last: Option<&str>) -> i64 {
    let day = last.and_then(|d| d.get(..10)?.parse::<Date>().ok());
    let day = day.map_or(0, |d| d.duration_since(Date::constant(1900, 1, 1)).as_hours() / 24);
    // an independent text weighs as much as two outlets that carry it
    day.max(0) * STEPS / WORTH + log2((2 * origins + outlets).max(1) as u64)
}

/// The binary logarithm in [`STEPS`], by squaring: whole numbers alone, the same on every machine.
fn log2(n: u64) -> i64 {
    let whole = n.ilog2();
    let mut x = u128::from(n) << (32 - whole.min(32));
    let mut out = i64::from(whole);
    for _ in 0..STEPS.ilog2() {
        x = (x * x) >> 32;
        let carry = x >> 33 > 0;
        x >>= u32::from(carry);
        out = out * 2 + i64::from(carry);
    }
    out
}

/// Ranks the stories of an index that an earlier program made.
pub(crate) fn again(db: &mut Connection) -> Result<()> {
    if !db.prepare_cached("SELECT 1 FROM stories WHERE rank IS NULL LIMIT 1")?.exists([])? {
        return Ok(());
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut ask = tx.prepare("SELECT id, origins, outlets, last FROM stories WHERE rank IS NULL")?;
        let mut rows = ask.query([])?;
        let mut put = tx.prepare("UPDATE stories SET rank = ?2 WHERE id = ?1")?;
        let mut ranks: Vec<(String, i64)> = Vec::new();
        while let Some(r) = rows.next()? {
            let (outlets, last): (String, Option<String>) = (r.get(2)?, r.get(3)?);
            ranks.push((r.get(0)?, rank(r.get(1)?, outlets.lines().count(), last.as_deref())));
        }
        for (id, rank) in ranks {
            put.execute(params![id, rank])?;
        }
    }
    Ok(tx.commit()?)
}

/// What decides the place of a story.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    pinned: Reverse<bool>,
    main: Reverse<String>,
    articles: Reverse<i64>,
    id: String,
}

/// The columns a key is made of, beside the story's name.
const KEY: &str = "stories.id, pinned, rank, last, articles";

impl Key {
    fn of(r: &Row, order: TodayOrder) -> rusqlite::Result<Key> {
        let rank: Option<i64> = r.get(2)?;
        let last: Option<String> = r.get(3)?;
        let weight = order == TodayOrder::Weight;
        let main = if weight { format!("{:020}", rank.unwrap_or(0).max(0)) } else { last.unwrap_or_default() };
        let articles = if weight { 0 } else { r.get(4)? };
        Ok(Key { pinned: Reverse(r.get(1)?), main: Reverse(main), articles: Reverse(articles), id: r.get(0)? })
    }

    fn written(&self) -> String {
        format!("{}.{}.{}.{}", u8::from(self.pinned.0), self.main.0, self.articles.0, self.id)
    }

    /// As [`Key::written`] gave it; `None` for anything else.
    fn read(text: &str) -> Option<Key> {
        let mut parts = text.split('.');
        let (pinned, main, articles, id) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(Key {
            pinned: Reverse(pinned == "1"),
            main: Reverse(main.to_owned()),
            articles: Reverse(articles.parse().ok()?),
            id: id.to_owned(),
        })
    }
}

impl Library {
    /// Stories by weight and freshness or newest first, pinned ones at the head.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] for a query that cannot be understood, [`crate::ErrorKind::Index`].
    pub fn today(&self, asking: &Asking) -> Result<Today> {
        let seen = asking.seen.as_deref().map(|id| self.number_of(id)).transpose()?.flatten();
        let after = asking.from.as_deref().and_then(Key::read);
        let limit = if asking.limit == 0 { usize::MAX } else { asking.limit };
        let (mut keys, total) = match self.chosen(asking, seen)? {
            Some(mut keys) => {
                let total = keys.len() as u64;
                keys.sort_unstable();
                keys.retain(|k| after.as_ref().is_none_or(|a| k > a));
                (keys, total)
            }
            None => (self.first(asking.order, after.as_ref(), limit)?, self.count("SELECT count(*) FROM stories")?),
        };
        let more = keys.len() > limit;
        keys.truncate(limit);
        let next = keys.last().filter(|_| more).map(Key::written);
        let persons = self.persons()?;
        let stories = keys.iter().map(|k| self.today_story(&k.id, seen, &persons)).collect::<Result<_>>()?;
        Ok(Today { stories, total, next })
    }

    /// What the library holds, for the head of a page.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn holdings(&self) -> Result<Holdings> {
        let one = |sql: &str| -> Result<Option<String>> {
            Ok(self.db.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?.flatten())
        };
        let older = self.count("SELECT count(*) FROM articles WHERE latest IS NOT NULL")?;
        Ok(Holdings {
            stories: self.count("SELECT count(*) FROM stories")?,
            articles: self.count("SELECT count(*) FROM articles")?.saturating_sub(older),
            disputed: self.count("SELECT count(*) FROM verdicts WHERE differ > 0")?,
            newest: one("SELECT max(last) FROM stories")?,
            last: one("SELECT id FROM captures ORDER BY n DESC LIMIT 1")?,
        })
    }

    /// How many different speakers the articles of a story quote, by what was decided of names.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn speakers_of(&self, story: &str, persons: &Persons) -> Result<u64> {
        if persons.is_empty() {
            let sql = "SELECT count(DISTINCT s) FROM members JOIN said USING (n) WHERE story = ?1";
            return Ok(self.db.prepare_cached(sql)?.query_row([story], |r| r.get(0))?);
        }
        let sql = "SELECT DISTINCT key FROM members JOIN said USING (n) JOIN speakers USING (s) WHERE story = ?1";
        let mut ask = self.db.prepare_cached(sql)?;
        let keys: Vec<String> = ask.query_map([story], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(keys.iter().map(|k| persons.key_of(k)).collect::<BTreeSet<_>>().len() as u64)
    }

    /// Names of outlets, the first so many by name; and all languages.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn outlets_and_languages(&self, limit: usize) -> Result<(Vec<String>, Vec<String>)> {
        let mut ask = self.db.prepare_cached("SELECT name FROM outlets ORDER BY name LIMIT ?1")?;
        let outlets = ask.query_map([limit as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        // from one language to the next by the index, however many articles each has
        let mut ask = self.db.prepare_cached(
            "WITH RECURSIVE l (tag) AS (
                 SELECT min(language) FROM facets
                 UNION ALL SELECT (SELECT min(language) FROM facets WHERE language > tag) FROM l WHERE tag IS NOT NULL)
             SELECT tag FROM l WHERE tag IS NOT NULL",
        )?;
        let languages = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok((outlets, languages))
    }

    /// Whether an outlet is called so.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn is_outlet(&self, name: &str) -> Result<bool> {
        Ok(self.db.prepare_cached("SELECT 1 FROM outlets WHERE name = ?1")?.exists([name])?)
    }

    /// Stories whose days are near those of a story, newest first, by name and title: it may be one of them.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn near(&self, story: &StoryLine, limit: usize) -> Result<Vec<(String, String)>> {
        let mut ask = self.db.prepare_cached(
            "SELECT id, title FROM stories
             WHERE last BETWEEN date(?1, '-7 days') AND date(?2, '+7 days') AND id <> ?3
             ORDER BY last DESC, id LIMIT ?4",
        )?;
        let day = |d: &Option<String>| d.as_deref().and_then(|d| d.get(..10)).map(str::to_owned);
        let rows = ask.query_map(params![day(&story.first), day(&story.last), story.id, limit as i64], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn count(&self, sql: &str) -> Result<u64> {
        Ok(self.db.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
    }

    /// The number of a capture; none for one that is not there.
    fn number_of(&self, id: &str) -> Result<Option<i64>> {
        Ok(self.db.prepare_cached("SELECT n FROM captures WHERE id = ?1")?.query_row([id], |r| r.get(0)).optional()?)
    }

    /// The first stories of all, one more than wanted where there are more.
    fn first(&self, order: TodayOrder, after: Option<&Key>, limit: usize) -> Result<Vec<Key>> {
        let (main, by, tail) = match order {
            TodayOrder::Weight => ("rank", "pinned DESC, rank DESC, id", "id > :id AND :articles >= 0"),
            TodayOrder::Newest => (
                "coalesce(last, '')",
                "pinned DESC, last DESC, articles DESC, id",
                "(articles < :articles OR articles = :articles AND id > :id)",
            ),
        };
        // the order of `Key`, asked of the index that has it
        let sql = format!(
            "SELECT {KEY} FROM stories
             WHERE :id IS NULL OR pinned < :pinned
                 OR pinned = :pinned AND ({main} < :main OR {main} = :main AND {tail})
             ORDER BY {by} LIMIT :limit"
        );
        let rank: Option<i64> = after.and_then(|k| k.main.0.parse().ok());
        let last = after.map(|k| k.main.0.as_str());
        let main: &dyn rusqlite::ToSql = if order == TodayOrder::Weight { &rank } else { &last };
        let mut ask = self.db.prepare_cached(&sql)?;
        let rows = ask.query_map(
            named_params! {
                ":id": after.map(|k| &k.id), ":pinned": after.map(|k| k.pinned.0), ":main": main, ":articles": after.map(|k| k.articles.0),
                ":limit": i64::try_from(limit.saturating_add(1)).unwrap_or(-1),
            },
            |r| Key::of(r, order),
        )?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The stories that fit; `None` where all do.
    fn chosen(&self, asking: &Asking, seen: Option<i64>) -> Result<Option<Vec<Key>>> {
        let pages = asking.query.as_deref().map(|q| search::fitting(self, q)).transpose()?;
        let mut sets: Vec<BTreeSet<String>> = Vec::new();
        if asking.disputed {
            sets.push(self.disputed()?);
        }
        if asking.only_new {
            let mut ask = self.db.prepare_cached("SELECT DISTINCT story FROM members WHERE n > ?1")?;
            sets.push(ask.query_map([seen.unwrap_or(i64::MAX)], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?);
        }
        match pages {
            Some(pages) if pages.len() <= MANY => {
                let mut ask = self.db.prepare_cached("SELECT story FROM members WHERE n = ?1")?;
                let mut set = BTreeSet::new();
                for n in pages.iter() {
                    set.extend(ask.query_map([n], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?);
                }
                sets.push(set);
            }
            Some(pages) => {
                let mut ask = self.db.prepare_cached(&format!("SELECT {KEY}, pages FROM stories"))?;
                let mut rows = ask.query([])?;
                let mut out = Vec::new();
                while let Some(r) = rows.next()? {
                    let held = r.get_ref(5)?.as_str().unwrap_or_default();
                    if held.split(' ').filter_map(|n| n.parse().ok()).any(|n| pages.contains(n)) {
                        let key = Key::of(r, asking.order)?;
                        out.extend(sets.iter().all(|s| s.contains(&key.id)).then_some(key));
                    }
                }
                return Ok(Some(out));
            }
            None if sets.is_empty() => return Ok(None),
            None => {}
        }
        let Some(set) = sets.into_iter().reduce(|a, b| &a & &b) else { return Ok(None) };
        let mut ask = self.db.prepare_cached(&format!("SELECT {KEY} FROM stories WHERE id = ?1"))?;
        let key = |id: &String| Ok(ask.query_row([id], |r| Key::of(r, asking.order))?);
        set.iter().map(key).collect::<Result<_>>().map(Some)
    }

    /// Names of the stories with figures that differ.
    fn disputed(&self) -> Result<BTreeSet<String>> {
        let mut ask = self.db.prepare_cached("SELECT pages FROM verdicts WHERE differ > 0")?;
        let pages: Vec<String> = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut of = self.db.prepare_cached("SELECT story FROM members WHERE n = ?1")?;
        let mut out = BTreeSet::new();
        for first in pages.iter().filter_map(|p| p.split(' ').next()?.parse::<i64>().ok()) {
            out.extend(of.query_row([first], |r| r.get::<_, String>(0)).optional()?);
        }
        Ok(out)
    }

    fn today_story(&self, id: &str, seen: Option<i64>, persons: &Persons) -> Result<TodayStory> {
        let mut ask = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM {TABLES} WHERE stories.id = ?1"))?;
        let line = ask.query_row([id], line)?;
        let mut ask = self.db.prepare_cached(
            "SELECT day, places FROM members JOIN facets USING (n) WHERE story = ?1 ORDER BY position LIMIT ?2",
        )?;
        let mut rows = ask.query(params![id, ARTICLES])?;
        let (mut days, mut places): (BTreeMap<i64, u64>, BTreeMap<i64, u64>) = Default::default();
        while let Some(r) = rows.next()? {
            if let Some(day) = r.get::<_, Option<i64>>(0)? {
                *days.entry(day).or_default() += 1;
            }
            let mut e = 0;
            for step in Numbers(r.get_ref(1)?.as_blob().unwrap_or_default()) {
                e += step as i64;
                *places.entry(e).or_default() += 1;
            }
        }
        let sql = "SELECT count(*) FROM members WHERE story = ?1 AND n > ?2";
        let new = match seen {
            Some(n) => self.db.prepare_cached(sql)?.query_row(params![id, n], |r| r.get(0))?,
            None => 0,
        };
        Ok(TodayStory {
            line,
            speakers: self.speakers_of(id, persons)?,
            places: self.telling(&places)?,
            days: days.into_iter().map(|(day, n)| (iso(day), n)).collect(),
            new,
        })
    }

    /// The places that say most where a story is.
    fn telling(&self, places: &BTreeMap<i64, u64>) -> Result<Vec<String>> {
        let most = places.values().max().copied().unwrap_or(0);
        // what half of the articles name; places beyond are a tour of the world
        let mut all: Vec<(i64, u64)> = places.iter().map(|(e, n)| (*e, *n)).filter(|(_, n)| n * 2 >= most).collect();
        all.sort_by_key(|(e, n)| (Reverse(*n), *e));
        all.truncate(8 * PLACES);
        let mut ask = self.db.prepare_cached(
            "SELECT name, (SELECT count(*) FROM (SELECT 1 FROM named WHERE named.e = entities.e LIMIT ?2))
             FROM entities WHERE e = ?1 AND lat IS NOT NULL",
        )?;
        let mut named: Vec<(Reverse<u64>, bool, i64, String)> = Vec::new();
        for (e, n) in all {
            let row = ask.query_row(params![e, OFTEN], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
            // a name that the library has once or twice may well be none
            named.extend(row.map(|(name, often): (String, i64)| (Reverse(n), often < SELDOM, often, name)));
        }
        named.sort();
        named.dedup_by(|a, b| a.3 == b.3);
        Ok(named.into_iter().map(|(.., name)| name).take(PLACES).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_the_weight_is_worth_two_days() {
        let single = rank(1, 1, Some("2031-05-04"));
        assert_eq!(rank(2, 2, Some("2031-05-02")), single);
        assert!(rank(2, 2, Some("2031-05-03")) > single && rank(2, 2, Some("2031-05-01")) < single);
        assert!(rank(1, 1, Some("2031-05-04T22:10")) == single && rank(900, 90, None) < single);
    }

    #[test]
    fn logarithms_are_those_of_real_numbers() {
        for n in [1_u64, 2, 3, 5, 7, 48, 1_000, 65_537, 4_000_000_000] {
            let real = (n as f64).log2() * STEPS as f64;
            assert!((log2(n) as f64 - real).abs() <= 1.0, "{n}: {} for {real}", log2(n));
        }
    }

    #[test]
    fn a_key_comes_back_as_it_was_written() {
        let key =
            Key { pinned: Reverse(true), main: Reverse("2031-05-04".into()), articles: Reverse(7), id: "s12".into() };
        assert_eq!(Key::read(&key.written()), Some(key));
        assert_eq!((Key::read(""), Key::read("1.2"), Key::read("0.a.b.c")), (None, None, None));
    }
}

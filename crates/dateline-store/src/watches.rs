//! Which queries does the user keep, and what is new for them?
//!
//! No clock: what is new is new since a day that the caller names.

use crate::decisions::decision;
use crate::error::{Result, StoreError};
use crate::memberships::id_of;
use crate::stories::{COLUMNS, TABLES, line};
use crate::{Library, StoryLine, search};
use dateline_story::decisions::{Act, Watch, watches};
use rusqlite::OptionalExtension;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a watch's name, and of its query.
const NAME: usize = 80;
const QUERY: usize = 800;

/// A story with pages that fit a watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchStory {
    /// The story.
    pub story: StoryLine,
    /// Ids of its pages that fit and are new, the newest first; all that fit where no day was named.
    pub pages: Vec<String>,
    /// How many of its pages fit, new or not.
    pub fitting: usize,
}

/// What a watch finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watched {
    /// The stories, no more than were asked for.
    pub shown: Vec<WatchStory>,
    /// How many there are in all.
    pub stories: usize,
    /// How many new pages that fit they have.
    pub pages: usize,
}

/// What fits in one story.
#[derive(Debug, Default)]
struct Fitting {
    /// New pages: day and number.
    new: Vec<(Option<String>, i64)>,
    /// Pages that fit, new or not.
    fitting: usize,
}

impl Fitting {
    /// The day of the newest page.
    fn newest(&self) -> Option<&str> {
        self.new.iter().filter_map(|(day, _)| day.as_deref()).max()
    }
}

impl Library {
    /// All watches, by name.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`].
    pub fn watches(&self) -> Result<Vec<Watch>> {
        Ok(watches(&self.decisions()?.made))
    }

    /// One watch, by its name.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`], [`crate::ErrorKind::Io`].
    pub fn watch(&self, name: &str) -> Result<Watch> {
        let name = name.trim();
        self.watches()?.into_iter().find(|w| w.name == name).ok_or_else(|| StoreError::not_found("watch", name))
    }

    /// A query is kept under a name; one that has the name is no longer.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] for a query that cannot be understood; [`crate::ErrorKind::Decision`] for a name or
    /// query without words or too long.
    pub fn watching(&self, name: &str, query: &str) -> Result<Act> {
        let name = words(name, "name", NAME)?;
        let query = words(query, "query", QUERY)?;
        search::numbers(self, &query)?;
        Ok(Act::Watch { name, query })
    }

    /// A query is kept no longer.
    ///
    /// # Errors
    /// As [`Library::watch`].
    pub fn unwatching(&self, name: &str) -> Result<Act> {
        Ok(Act::Unwatch { name: self.watch(name)?.name })
    }

    /// The stories with pages that fit a query and are of this day (ISO 8601 of any precision) or later; all with pages
    /// that fit where no day is named. A page counts by the day it was published, else by the day it was captured;
    /// one with neither counts as known before. Those with the newest page first, no more than `limit`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`], [`crate::ErrorKind::Index`].
    pub fn watched(&self, query: &str, since: Option<&str>, limit: usize) -> Result<Watched> {
        let since = since.map(search::day_of).transpose()?;
        let fits = search::numbers(self, query)?;
        let mut found = self.fitting(&fits, since.as_deref())?;
        found.retain(|_, s| !s.new.is_empty());
        let mut pinned = self.db.prepare_cached("SELECT id FROM stories WHERE pinned = 1")?;
        let pinned: BTreeSet<String> = pinned.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let (stories, pages) = (found.len(), found.values().map(|s| s.new.len()).sum());
        let mut all: Vec<(String, Fitting)> = found.into_iter().collect();
        let place = |(id, s): &(String, Fitting)| Reverse((pinned.contains(id), s.newest().map(str::to_owned)));
        all.sort_by_cached_key(place);
        if let Some(last) = limit.checked_sub(1).and_then(|i| all.get(i)).map(place) {
            // those of one day are told by their size, which only they are asked for
            all.truncate(all.partition_point(|s| place(s) <= last));
        }
        let mut told = all.iter().map(|(id, s)| self.watch_story(id, s)).collect::<Result<Vec<_>>>()?;
        told.sort_by_cached_key(|(s, newest)| {
            let line = &s.story;
            (Reverse((line.pinned, newest.clone(), line.articles)), line.id.clone())
        });
        told.truncate(limit);
        Ok(Watched { shown: told.into_iter().map(|(s, _)| s).collect(), stories, pages })
    }

    /// The stories that hold some of these pages.
    fn fitting(&self, fits: &str, since: Option<&str>) -> Result<BTreeMap<String, Fitting>> {
        let mut ask = self.db.prepare_cached(
            "SELECT story, value, coalesce(day, substr(seen, 1, 10)) FROM json_each(?1)
             JOIN articles INDEXED BY articles_days ON articles.n = value JOIN members ON members.n = value",
        )?;
        let mut rows = ask.query([fits])?;
        let mut out: BTreeMap<String, Fitting> = BTreeMap::new();
        while let Some(r) = rows.next()? {
            let (n, day): (i64, Option<String>) = (r.get(1)?, r.get(2)?);
            let story = r.get_ref(0)?.as_str().unwrap_or_default();
            if !out.contains_key(story) {
                out.insert(story.to_owned(), Fitting::default());
            }
            let Some(of) = out.get_mut(story) else { continue };
            of.fitting += 1;
            if since.is_none_or(|since| day.as_deref().is_some_and(|day| day >= since)) {
                of.new.push((day, n));
            }
        }
        Ok(out)
    }

    /// A story's line and the names of its pages, with the day of the newest.
    fn watch_story(&self, id: &str, fitting: &Fitting) -> Result<(WatchStory, Option<String>)> {
        let mut ask = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM {TABLES} WHERE stories.id = ?1"))?;
        let story = ask.query_row([id], line)?;
        let mut pages = Vec::with_capacity(fitting.new.len());
        for (day, n) in &fitting.new {
            pages.extend(id_of(&self.db, *n)?.map(|page| (Reverse(day.clone()), page)));
        }
        pages.sort();
        let pages = pages.into_iter().map(|(_, page)| page).collect();
        Ok((WatchStory { story, pages, fitting: fitting.fitting }, fitting.newest().map(str::to_owned)))
    }

    /// The latest day of any page, by which a caller without a clock can say what is recent.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn last_day(&self) -> Result<Option<String>> {
        let sql = "SELECT max(day) FROM articles WHERE latest IS NULL";
        Ok(self.db.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?.flatten())
    }
}

fn words(text: &str, what: &str, most: usize) -> Result<String> {
    let text = dateline_text::one_line(text);
    match text.chars().count() {
        0 => Err(decision(format!("a watch needs a {what}"))),
        n if n > most => Err(decision(format!("the {what} of a watch has at most {most} characters; this has {n}"))),
        _ => Ok(text),
    }
}

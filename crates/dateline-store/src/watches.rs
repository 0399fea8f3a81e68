//! Which queries does the user keep, and what is new for them?
//!
//! No clock: what is new is new since a day that the caller names.

use crate::decisions::decision;
use crate::error::{Result, StoreError};
use crate::stories::{COLUMNS, TABLES, line};
use crate::{Library, StoryLine, search};
use dateline_story::decisions::{Act, Watch, watches};
use rusqlite::{OptionalExtension, named_params};

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
    /// one with neither counts as known before. Those with the newest page first.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`], [`crate::ErrorKind::Index`].
    pub fn watched(&self, query: &str, since: Option<&str>) -> Result<Vec<WatchStory>> {
        let since = since.map(search::day_of).transpose()?;
        let fits = search::numbers(self, query)?;
        let mut ask = self.db.prepare_cached(&format!(
            "WITH fitting AS MATERIALIZED (
                 SELECT members.story AS of, captures.id AS page, coalesce(day, substr(seen, 1, 10)) AS on_day
                 FROM json_each(:fits) JOIN members ON members.n = value
                 JOIN articles ON articles.n = value JOIN captures ON captures.n = value),
             counted AS MATERIALIZED (SELECT of AS counted_story, count(*) AS all_pages FROM fitting GROUP BY of),
             shown AS MATERIALIZED (
                 SELECT of AS shown_story, max(on_day) AS newest,
                        group_concat(page, char(10) ORDER BY on_day IS NULL, on_day DESC, page) AS new_pages
                 FROM fitting WHERE :since IS NULL OR on_day >= :since GROUP BY of)
             SELECT {COLUMNS}, new_pages, all_pages FROM shown JOIN counted ON counted_story = shown_story JOIN ({TABLES}) ON stories.id = shown_story
             ORDER BY pinned DESC, newest IS NULL, newest DESC, articles DESC, stories.id"
        ))?;
        let rows = ask.query_map(named_params! {":fits": fits, ":since": since}, |r| {
            let pages: Option<String> = r.get(13)?;
            let pages = pages.unwrap_or_default().lines().map(str::to_owned).collect();
            Ok(WatchStory { story: line(r)?, pages, fitting: r.get(14)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
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

//! Which stories are there?

use crate::error::{ErrorKind, Result};
use crate::search;
use crate::{Library, StoreError};
use rusqlite::{Row, params};

/// Which stories are asked for. The default asks for all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those with a page of this day or later, ISO 8601 of any precision. Stories without a date are left out.
    pub since: Option<String>,
    /// Only those with an article that fits this query, in the language of [`Library::search`].
    pub about: Option<String>,
    /// Only those of this storyline.
    pub storyline: Option<String>,
    /// No more than so many; 0 for all.
    pub limit: usize,
    /// Leave out so many first.
    pub offset: usize,
}

/// One story in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLine {
    /// The story's name.
    pub id: String,
    /// Its storyline's name.
    pub storyline: String,
    /// What the user called it, else the headline of its fullest or earliest article.
    pub title: String,
    /// First day, ISO 8601, where any article is dated.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// How many articles.
    pub articles: usize,
    /// How many independent texts.
    pub origins: usize,
    /// Names of its outlets, in the order of its articles.
    pub outlets: Vec<String>,
    /// The headline of the pages, where `title` is the user's.
    pub headline: Option<String>,
    /// Whether the user pinned it.
    pub pinned: bool,
    /// Ids of the decisions that hold and name a page of it.
    pub decisions: Vec<String>,
    /// Figures on which its articles differ.
    pub differ: usize,
    /// Figures that were updated.
    pub updated: usize,
}

pub(crate) const COLUMNS: &str =
    "stories.id, storyline, stories.title, first, last, articles, origins, outlets, headline, pinned,
    decisions, coalesce(differ, 0), coalesce(updated, 0)";
/// What the columns are taken from.
pub(crate) const TABLES: &str = "stories LEFT JOIN verdicts USING (pages)";

pub(crate) fn line(r: &Row) -> rusqlite::Result<StoryLine> {
    let (outlets, decisions): (String, String) = (r.get(7)?, r.get(10)?);
    Ok(StoryLine {
        id: r.get(0)?,
        storyline: r.get(1)?,
        title: r.get(2)?,
        first: r.get(3)?,
        last: r.get(4)?,
        articles: r.get(5)?,
        origins: r.get(6)?,
        outlets: outlets.lines().map(str::to_owned).collect(),
        headline: r.get(8)?,
        pinned: r.get(9)?,
        decisions: decisions.lines().map(str::to_owned).collect(),
        differ: r.get(11)?,
        updated: r.get(12)?,
    })
}

impl Library {
    /// The stories, pinned ones first, then newest first, then those with more articles, then by name; undated ones last.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] for an `about` or `since` that cannot be understood, [`crate::ErrorKind::Index`].
    pub fn stories(&self, filter: &Filter) -> Result<Vec<StoryLine>> {
        let since = filter.since.as_deref().map(search::day_of).transpose()?;
        let about = filter.about.as_deref().map(|q| search::numbers(self, q)).transpose()?;
        let narrow = if about.is_some() {
            "stories.id IN (SELECT story FROM members WHERE n IN (SELECT value FROM json_each(:about)))"
        } else {
            "true"
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES}
             WHERE (:since IS NULL OR last >= :since) AND (:line IS NULL OR storyline = :line) AND {narrow}
             ORDER BY pinned DESC, last IS NULL, last DESC, articles DESC, stories.id LIMIT :limit OFFSET :offset"
        );
        let mut ask = self.db.prepare_cached(&sql)?;
        let mut named: Vec<(&str, &dyn rusqlite::ToSql)> = Vec::new();
        named.extend(about.iter().map(|numbers| (":about", numbers as &dyn rusqlite::ToSql)));
        let limit = if filter.limit == 0 { -1 } else { filter.limit as i64 };
        let offset = filter.offset as i64;
        named.extend([(":since", &since as &dyn rusqlite::ToSql), (":line", &filter.storyline)]);
        named.extend([(":limit", &limit as &dyn rusqlite::ToSql), (":offset", &offset)]);
        let rows = ask.query_map(named.as_slice(), line)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One story's line, by its name or the beginning of it; by a name that it had before, where none has it now.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`], [`crate::ErrorKind::Ambiguous`], [`crate::ErrorKind::Index`].
    pub fn story(&self, id: &str) -> Result<StoryLine> {
        let sql =
            "SELECT id FROM stories WHERE id BETWEEN ?1 AND ?1 || char(1114111) AND substr(id, 1, length(?1)) = ?1";
        let id = match self.full_name(sql, "story", id) {
            Err(e) if matches!(e.kind(), ErrorKind::NotFound { .. }) => self.renamed("story", 's', id)?.ok_or(e)?,
            found => found?,
        };
        let mut ask = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM {TABLES} WHERE stories.id = ?1"))?;
        Ok(ask.query_row([&id], line)?)
    }

    /// The full name of a storyline, by its name, the beginning of it, or a name that it had before.
    ///
    /// # Errors
    /// As [`Library::story`].
    pub fn storyline(&self, id: &str) -> Result<String> {
        let sql = "SELECT DISTINCT storyline AS id FROM stories
                   WHERE storyline BETWEEN ?1 AND ?1 || char(1114111) AND substr(storyline, 1, length(?1)) = ?1";
        match self.full_name(sql, "storyline", id) {
            Err(e) if matches!(e.kind(), ErrorKind::NotFound { .. }) => self.renamed("storyline", 'l', id)?.ok_or(e),
            found => found,
        }
    }

    /// The story or storyline that now holds the article after which another was called.
    fn renamed(&self, column: &'static str, kind: char, id: &str) -> Result<Option<String>> {
        let Some(digits) = id.strip_prefix(kind).filter(|d| d.len() >= 4) else { return Ok(None) };
        let mut ask = self.db.prepare_cached(&format!(
            "SELECT DISTINCT {column} FROM names JOIN members USING (n) JOIN stories ON stories.id = story
             WHERE digits BETWEEN ?1 AND ?1 || char(1114111) AND substr(digits, 1, length(?1)) = ?1 LIMIT 2"
        ))?;
        let found: Vec<String> = ask.query_map([digits], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        match found.as_slice() {
            [one] => Ok(Some(one.clone())),
            _ => Ok(None),
        }
    }

    /// The name of the story an article is in.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`] where it is not in the library or not yet linked.
    pub fn story_of(&self, article: &str) -> Result<String> {
        let mut ask = self.db.prepare_cached(
            "SELECT story FROM captures JOIN articles USING (n) JOIN members ON members.n = coalesce(latest, captures.n)
             WHERE captures.id = ?1 ORDER BY story LIMIT 1",
        )?;
        let mut rows = ask.query(params![article])?;
        match rows.next()? {
            Some(row) => Ok(row.get(0)?),
            None => Err(StoreError::not_found("story of article", article)),
        }
    }
}

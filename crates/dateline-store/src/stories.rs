//! Which stories are there?

use crate::error::Result;
use crate::search::{self, query};
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
    /// The headline of its fullest or earliest article.
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
}

const COLUMNS: &str = "stories.id, storyline, stories.title, first, last, articles, origins, outlets";

fn line(r: &Row) -> rusqlite::Result<StoryLine> {
    let outlets: String = r.get(7)?;
    Ok(StoryLine {
        id: r.get(0)?,
        storyline: r.get(1)?,
        title: r.get(2)?,
        first: r.get(3)?,
        last: r.get(4)?,
        articles: r.get(5)?,
        origins: r.get(6)?,
        outlets: outlets.lines().map(str::to_owned).collect(),
    })
}

impl Library {
    /// The stories, newest first, then those with more articles, then by name; undated ones last.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] for an `about` or `since` that cannot be understood, [`crate::ErrorKind::Index`].
    pub fn stories(&self, filter: &Filter) -> Result<Vec<StoryLine>> {
        let since = filter.since.as_deref().map(search::day_of).transpose()?;
        let about = filter.about.as_deref().map(query::parse).transpose()?;
        let wanted = match &about {
            Some(q) => q.source(),
            None => "SELECT n FROM articles".to_owned(),
        };
        let narrow = if about.is_some() {
            "stories.id IN (SELECT story FROM members WHERE n IN (SELECT n FROM wanted))"
        } else {
            "true"
        };
        let sql = format!(
            "WITH wanted AS ({wanted})
             SELECT {COLUMNS} FROM stories
             WHERE (:since IS NULL OR last >= :since) AND (:line IS NULL OR storyline = :line) AND {narrow}
             ORDER BY last IS NULL, last DESC, articles DESC, stories.id LIMIT :limit OFFSET :offset"
        );
        let mut ask = self.db.prepare_cached(&sql)?;
        let mut named: Vec<(&str, &dyn rusqlite::ToSql)> = about.iter().flat_map(|q| q.named()).collect();
        let limit = if filter.limit == 0 { -1 } else { filter.limit as i64 };
        let offset = filter.offset as i64;
        named.extend([(":since", &since as &dyn rusqlite::ToSql), (":line", &filter.storyline)]);
        named.extend([(":limit", &limit as &dyn rusqlite::ToSql), (":offset", &offset)]);
        let rows = ask.query_map(named.as_slice(), line)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One story's line, by its name or the beginning of it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`], [`crate::ErrorKind::Ambiguous`], [`crate::ErrorKind::Index`].
    pub fn story(&self, id: &str) -> Result<StoryLine> {
        let sql = "SELECT id FROM stories WHERE id >= ?1 AND substr(id, 1, length(?1)) = ?1";
        let id = self.full_name(sql, "story", id)?;
        let mut ask = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM stories WHERE id = ?1"))?;
        Ok(ask.query_row([&id], line)?)
    }

    /// The name of the story an article is in.
    ///
    /// # Errors
    /// [`crate::ErrorKind::NotFound`] where it is not in the library or not yet linked.
    pub fn story_of(&self, article: &str) -> Result<String> {
        let mut ask = self.db.prepare_cached(
            "SELECT story FROM members JOIN captures USING (n) WHERE captures.id = ?1 ORDER BY story LIMIT 1",
        )?;
        let mut rows = ask.query(params![article])?;
        match rows.next()? {
            Some(row) => Ok(row.get(0)?),
            None => Err(StoreError::not_found("story of article", article)),
        }
    }
}

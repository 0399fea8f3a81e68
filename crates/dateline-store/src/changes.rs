//! What did an upgrade change?
//!
//! The old index is held against the new one: which articles are read otherwise, and which stories hold other pages.
//! The outcome is kept in the index until a later upgrade or rebuild changes something again.

use crate::error::Result;
use crate::{Library, blob};
use rusqlite::{Rows, Statement};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Where the last report is kept.
pub(crate) const SETTING: &str = "changes";

/// How many of each kind: a field ("title", "text") or a kind of fact ("figures", "attributions").
pub type Kinds = BTreeMap<String, u64>;

/// What is otherwise since an upgrade, a change of tables or a rebuild.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// Versions that had read and linked what was there before.
    pub before: Vec<String>,
    /// The version that reads and links now.
    pub now: String,
    /// Articles in the library.
    pub articles: u64,
    /// Articles that are read otherwise.
    pub read_otherwise: u64,
    /// In all articles together: fields that are others, facts that came or went.
    pub kinds: Kinds,
    /// Pages that were no articles, or not in the index, and are articles now.
    pub gained: Vec<String>,
    /// Pages that were articles and no longer are.
    pub lost: Vec<String>,
    /// Stories in the library.
    pub stories: u64,
    /// Stories that changed, by name; those that are no more come last.
    pub changed: Vec<StoryChange>,
}

/// What changed about one story.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoryChange {
    /// Its name now; none where no story holds its pages any more.
    pub story: Option<String>,
    /// Names of the stories that its pages were in.
    pub was: Vec<String>,
    /// Its title now, or last.
    pub title: String,
    /// Its title before, where it was another.
    pub titled: Option<String>,
    /// Pages it has now.
    pub pages: u64,
    /// Pages that were in another story, or in none.
    pub came: Vec<String>,
    /// Pages that are in another story now, or in none.
    pub went: Vec<String>,
    /// Fields and facts of its pages that are read otherwise.
    pub kinds: Kinds,
    /// What is counted of it ("origins", "differ", "updated"), before and now, where it is another number.
    pub counts: BTreeMap<String, (u64, u64)>,
}

/// What is told of one story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Line {
    title: String,
    counts: [u64; 3],
}

const COUNTS: [&str; 3] = ["origins", "differ", "updated"];

/// The stories of an index, and which pages they hold.
#[derive(Debug, Default)]
pub(crate) struct Stories {
    lines: BTreeMap<String, Line>,
    pages: BTreeMap<String, BTreeSet<String>>,
    of: BTreeMap<String, String>,
}

impl Stories {
    /// Those of a library.
    pub(crate) fn of(library: &Library) -> Result<Stories> {
        let mut stories = Stories::default();
        let mut ask = library.db.prepare(
            "SELECT id, title, origins, coalesce(differ, 0), coalesce(updated, 0)
             FROM stories LEFT JOIN verdicts USING (pages)",
        )?;
        let mut rows = ask.query([])?;
        while let Some(r) = rows.next()? {
            stories.lines.insert(r.get(0)?, Line { title: r.get(1)?, counts: [r.get(2)?, r.get(3)?, r.get(4)?] });
        }
        let mut ask = library.db.prepare("SELECT captures.id, story FROM members JOIN captures USING (n)")?;
        let mut rows = ask.query([])?;
        while let Some(r) = rows.next()? {
            let (page, story): (String, String) = (r.get(0)?, r.get(1)?);
            stories.pages.entry(story.clone()).or_default().insert(page.clone());
            stories.of.insert(page, story);
        }
        Ok(stories)
    }

    /// The story that most pages of a set are in: the one of that name, where it holds any of them.
    fn most_of(&self, pages: &BTreeSet<String>, name: &str) -> (Option<&str>, BTreeSet<&str>) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for story in pages.iter().filter_map(|p| self.of.get(p)) {
            *counts.entry(story).or_default() += 1;
        }
        let all: BTreeSet<&str> = counts.keys().copied().collect();
        let most = counts.iter().max_by_key(|(s, n)| (**s == name, **n, std::cmp::Reverse(**s)));
        (most.map(|(s, _)| *s), all)
    }
}

impl Changes {
    /// Whether nothing changed and the versions are the same.
    pub fn is_empty(&self) -> bool {
        let same = self.before.iter().all(|v| *v == self.now);
        same && self.read_otherwise == 0
            && [&self.gained, &self.lost].iter().all(|p| p.is_empty())
            && self.changed.is_empty()
    }

    /// Holds two indexes against each other.
    pub(crate) fn between(was: &Stories, is: &Stories, old: &Library, new: &Library, version: &str) -> Result<Changes> {
        let mut changes = Changes { now: version.to_owned(), before: old.reading_versions()?, ..Changes::default() };
        let pages = changes.readings(old, new)?;
        changes.stories(was, is, &pages);
        Ok(changes)
    }

    /// Counts, page by page, what is read otherwise.
    fn readings(&mut self, old: &Library, new: &Library) -> Result<BTreeMap<String, Kinds>> {
        let mut pages = BTreeMap::new();
        let (mut a, mut b) = (articles(old)?, articles(new)?);
        let (mut a, mut b) = (a.query([])?, b.query([])?);
        let (mut was, mut is) = (next(&mut a)?, next(&mut b)?);
        loop {
            match (&was, &is) {
                (None, None) => return Ok(pages),
                (Some((page, _)), other) if other.as_ref().is_none_or(|(p, _)| page < p) => {
                    self.lost.push(page.clone());
                    was = next(&mut a)?;
                }
                (other, Some((page, _))) if other.as_ref().is_none_or(|(p, _)| page < p) => {
                    self.gained.push(page.clone());
                    self.articles += 1;
                    is = next(&mut b)?;
                }
                (Some((page, x)), Some((_, y))) => {
                    self.articles += 1;
                    let kinds = if x == y { Kinds::new() } else { differences(x, y) };
                    if !kinds.is_empty() {
                        self.read_otherwise += 1;
                        for (kind, n) in &kinds {
                            *self.kinds.entry(kind.clone()).or_default() += n;
                        }
                        pages.insert(page.clone(), kinds);
                    }
                    (was, is) = (next(&mut a)?, next(&mut b)?);
                }
                _ => return Ok(pages),
            }
        }
    }

    fn stories(&mut self, was: &Stories, is: &Stories, pages: &BTreeMap<String, Kinds>) {
        self.stories = is.lines.len() as u64;
        let none = BTreeSet::new();
        for (name, line) in &is.lines {
            let now = is.pages.get(name).unwrap_or(&none);
            let (main, all) = was.most_of(now, name);
            let before = main.and_then(|m| was.pages.get(m)).unwrap_or(&none);
            let mut change = StoryChange {
                story: Some(name.clone()),
                was: all.iter().map(|s| (*s).to_owned()).collect(),
                title: line.title.clone(),
                pages: now.len() as u64,
                came: now.difference(before).cloned().collect(),
                went: before.difference(now).cloned().collect(),
                ..StoryChange::default()
            };
            for (kind, n) in now.iter().filter_map(|p| pages.get(p)).flatten() {
                *change.kinds.entry(kind.clone()).or_default() += n;
            }
            if let Some(old) = main.and_then(|m| was.lines.get(m)) {
                change.titled = Some(old.title.clone()).filter(|t| *t != line.title);
                for ((what, old), new) in COUNTS.iter().zip(old.counts).zip(line.counts) {
                    if old != new {
                        change.counts.insert((*what).to_owned(), (old, new));
                    }
                }
            }
            let same_name = main == Some(name.as_str());
            let same_pages = change.came.is_empty() && change.went.is_empty();
            let same_words = change.kinds.is_empty() && change.counts.is_empty() && change.titled.is_none();
            if !(same_name && same_pages && same_words) {
                self.changed.push(change);
            }
        }
        for (name, line) in &was.lines {
            let pages = was.pages.get(name).unwrap_or(&none);
            if pages.iter().all(|p| !is.of.contains_key(p)) {
                self.changed.push(StoryChange {
                    was: vec![name.clone()],
                    title: line.title.clone(),
                    went: pages.iter().cloned().collect(),
                    ..StoryChange::default()
                });
            }
        }
    }
}

fn articles(library: &Library) -> Result<Statement<'_>> {
    Ok(library.db.prepare("SELECT captures.id, report FROM articles JOIN captures USING (n) ORDER BY captures.id")?)
}

fn next(rows: &mut Rows) -> Result<Option<(String, Vec<u8>)>> {
    Ok(rows.next()?.map(|r| Ok::<_, rusqlite::Error>((r.get(0)?, r.get(1)?))).transpose()?)
}

/// What two stored readings of one page have otherwise. Shapes that other versions gave are compared as far as they go.
fn differences(was: &[u8], is: &[u8]) -> Kinds {
    let (Ok(was), Ok(is)) = (blob::unpack::<Value>(was), blob::unpack::<Value>(is)) else {
        return Kinds::from([("reading".to_owned(), 1)]);
    };
    let mut kinds = Kinds::new();
    for part in ["article", "reading"] {
        let fields = |v: &Value| -> BTreeMap<String, Value> {
            v.get(part).and_then(Value::as_object).into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect()
        };
        let (was, is) = (fields(&was), fields(&is));
        for field in was.keys().chain(is.keys()).collect::<BTreeSet<_>>() {
            let n = changed(was.get(field).unwrap_or(&Value::Null), is.get(field).unwrap_or(&Value::Null));
            if n > 0 {
                kinds.insert(field.clone(), n);
            }
        }
    }
    kinds
}

/// In lists, how many entries came or went, whichever are more; else 1 where it is another.
fn changed(was: &Value, is: &Value) -> u64 {
    let entries = |v: &Value| -> Option<BTreeMap<String, i64>> {
        let mut counts = BTreeMap::new();
        for entry in v.as_array()? {
            *counts.entry(entry.to_string()).or_insert(0) += 1;
        }
        Some(counts)
    };
    match (entries(was), entries(is)) {
        (Some(was), Some(is)) => {
            let more = |a: &BTreeMap<String, i64>, b: &BTreeMap<String, i64>| -> i64 {
                a.iter().map(|(entry, n)| (n - b.get(entry).unwrap_or(&0)).max(0)).sum()
            };
            more(&was, &is).max(more(&is, &was)).unsigned_abs()
        }
        _ => u64::from(was != is),
    }
}

impl Library {
    /// What the last upgrade or rebuild that changed anything changed.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn changes(&self) -> Result<Option<Changes>> {
        self.setting(SETTING)?.map(|json| blob::parse(&json)).transpose()
    }

    /// Links anew after an upgrade, and keeps what that changed in the stories.
    ///
    /// # Errors
    /// Those of `link`; [`crate::ErrorKind::Index`].
    pub fn relink(&mut self, version: &str, link: impl FnOnce(&mut Library) -> Result<()>) -> Result<()> {
        let (was, before) = (Stories::of(self)?, self.linked_by()?);
        link(self)?;
        let mut changes =
            Changes { now: version.to_owned(), before: before.into_iter().collect(), ..Changes::default() };
        changes.articles = self.counts()?.articles;
        changes.stories(&was, &Stories::of(self)?, &BTreeMap::new());
        if !was.lines.is_empty() && !changes.is_empty() {
            self.put_setting(SETTING, &blob::write(&changes)?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_count_what_came_or_went_and_fields_count_once() {
        assert_eq!(changed(&json!([1, 2, 2]), &json!([2, 3])), 2);
        assert_eq!(changed(&json!([1]), &json!([1])), 0);
        assert_eq!(changed(&json!("a"), &json!("b")), 1);
        assert_eq!(changed(&Value::Null, &json!([])), 1);
    }

    fn stories(of: &[(&str, &[&str])]) -> Stories {
        let mut out = Stories::default();
        for (name, pages) in of {
            out.lines.insert((*name).to_owned(), Line { title: format!("about {}", pages[0]), counts: [1, 0, 0] });
            out.pages.insert((*name).to_owned(), pages.iter().map(|p| (*p).to_owned()).collect());
            out.of.extend(pages.iter().map(|p| ((*p).to_owned(), (*name).to_owned())));
        }
        out
    }

    #[test]
    fn moves_between_stories_are_told_by_name_and_page() {
        let was = stories(&[("s1", &["a", "b"]), ("s2", &["c", "d"]), ("s3", &["e"]), ("s4", &["f"])]);
        let is = stories(&[("s1", &["a", "b", "c"]), ("s2", &["d"]), ("s3", &["e"])]);
        let mut changes = Changes::default();
        changes.stories(&was, &is, &BTreeMap::new());
        let told: Vec<_> = changes
            .changed
            .iter()
            .map(|c| (c.story.as_deref(), c.was.join(" "), c.came.join(" "), c.went.join(" ")))
            .collect();
        let text = |t: &str| t.to_owned();
        assert_eq!(
            told,
            [
                (Some("s1"), text("s1 s2"), text("c"), text("")),
                (Some("s2"), text("s2"), text(""), text("c")),
                (None, text("s4"), text(""), text("f")),
            ]
        );
        assert_eq!(changes.changed[1].titled.as_deref(), Some("about c"));
        let mut same = Changes::default();
        same.stories(&was, &was, &BTreeMap::new());
        assert!(same.is_empty());
    }
}

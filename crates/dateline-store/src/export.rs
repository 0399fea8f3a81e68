//! Everything that is wanted, one row at a time, of one state of the library.

use crate::error::Result;
use crate::library::captures_dir;
use crate::search;
use crate::{Library, QueryError, StoryLine, blob, day, linking, memberships, stories};
use dateline_capture::warc::Place;
use dateline_story::{Membership, Report, explain};
use rusqlite::{Connection, Row, Statement, ToSql, Transaction};

/// Which articles are wanted: those that all of these hold for. The default wants all.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Articles of one of these stories (full names); empty for every story and for articles without one.
    pub stories: Vec<String>,
    /// Articles that fit this query, in the language of [`Library::search`].
    pub search: Option<String>,
    /// Articles of this day or later, ISO 8601 of any precision. Undated ones are left out.
    pub after: Option<String>,
    /// Articles of this day or earlier. Undated ones are left out.
    pub before: Option<String>,
}

impl Wanted {
    /// Whether it wants everything.
    pub fn is_all(&self) -> bool {
        self.stories.is_empty() && self.search.is_none() && self.after.is_none() && self.before.is_none()
    }

    fn understood(&self, library: &Library) -> Result<Understood> {
        Ok(Understood {
            stories: self.stories.clone(),
            found: self.search.as_deref().map(|q| search::numbers(library, q)).transpose()?,
            from: self.after.as_deref().map(search::day_of).transpose()?,
            until: self.before.as_deref().map(last_day).transpose()?,
        })
    }
}

fn last_day(date: &str) -> std::result::Result<String, QueryError> {
    let why = || QueryError::new(0, format!("{date:?} is no date; write 2024, 2024-01 or 2024-01-26"));
    day::last(date.trim()).ok_or_else(why)
}

/// What is wanted, as SQL has it.
struct Understood {
    stories: Vec<String>,
    /// Numbers of the articles that fit the query, as a JSON list.
    found: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

impl Understood {
    /// SQL that holds for the article numbered `n`. The plus keeps SQLite to the order asked for: it would else take
    /// the rows by number and sort whole reports.
    fn holds_for(&self, n: &str) -> String {
        let mut all = vec!["true".to_owned()];
        if self.found.is_some() {
            all.push(format!("+{n} IN (SELECT value FROM json_each(:found))"));
        }
        if self.from.is_some() || self.until.is_some() {
            let from = self.from.as_ref().map_or("true", |_| "day >= :from_day");
            let until = self.until.as_ref().map_or("true", |_| "day <= :until_day");
            all.push(format!("+{n} IN (SELECT n FROM articles WHERE {from} AND {until})"));
        }
        if !self.stories.is_empty() {
            let names: Vec<String> = (0..self.stories.len()).map(|i| format!(":story{i}")).collect();
            all.push(format!("+{n} IN (SELECT n FROM members WHERE story IN ({}))", names.join(", ")));
        }
        all.join(" AND ")
    }

    fn bind(&self, ask: &mut Statement) -> Result<()> {
        let mut named: Vec<(String, &dyn ToSql)> = Vec::new();
        named.extend(self.found.as_ref().map(|found| (":found".to_owned(), found as &dyn ToSql)));
        named.extend(self.from.as_ref().map(|day| (":from_day".to_owned(), day as &dyn ToSql)));
        named.extend(self.until.as_ref().map(|day| (":until_day".to_owned(), day as &dyn ToSql)));
        named.extend(self.stories.iter().enumerate().map(|(i, s)| (format!(":story{i}"), s as &dyn ToSql)));
        for (name, value) in named {
            if let Some(place) = ask.parameter_index(&name)? {
                ask.raw_bind_parameter(place, value)?;
            }
        }
        Ok(())
    }
}

/// Where an article stands among the stories.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The story's name.
    pub story: String,
    /// The storyline's name.
    pub storyline: String,
    /// What the story is called.
    pub story_title: String,
    /// Its place among the story's articles, by date; from 0.
    pub position: u64,
    /// What the linker says of it; `story` and `storyline` in it are from before the user's decisions.
    pub membership: Membership,
}

/// One article that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// What was read in it.
    pub report: Report,
    /// Version of the program and rules that read it.
    pub version: String,
    /// Where it stands among the stories; `None` before it was linked.
    pub placed: Option<Placed>,
}

/// One story that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Headed {
    /// Its line in the list of stories.
    pub line: StoryLine,
    /// When its articles were published, each as its page says, in the order of articles.
    pub published: Vec<String>,
    /// The article whose headline it bears.
    pub lead: Option<Report>,
}

/// The library as it is at one moment, whatever is added meanwhile. While it lives, all that is asked of the library
/// that it was taken of is answered from that moment.
pub struct Snapshot<'l> {
    library: &'l Library,
    /// Ends with the snapshot; `None` where the library is held at one state anyway ([`Library::hold`]).
    _tx: Option<Transaction<'l>>,
}

impl Library {
    /// Takes a snapshot. It costs nothing; but what is added meanwhile makes the index's log grow until it is dropped.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        let tx = if self.db.is_autocommit() { Some(self.db.unchecked_transaction()?) } else { None };
        // the moment is that of the first question
        self.db.query_row("SELECT count(*) FROM settings", [], |_| Ok(()))?;
        Ok(Snapshot { library: self, _tx: tx })
    }
}

/// Makes a value of a row.
type Take<'s, T> = Box<dyn Fn(&Row) -> Result<T> + 's>;

/// Rows that wait to be taken, one at a time.
pub struct Waiting<'s, T> {
    ask: Statement<'s>,
    take: Take<'s, T>,
}

impl<T> Waiting<'_, T> {
    /// The rows, in their order. Only one is held at a time.
    pub fn rows(&mut self) -> impl Iterator<Item = Result<T>> + '_ {
        let take = &self.take;
        let mut rows = self.ask.raw_query();
        std::iter::from_fn(move || match rows.next() {
            Ok(Some(row)) => Some(take(row)),
            Ok(None) => None,
            Err(e) => Some(Err(e.into())),
        })
    }
}

const ARTICLE: &str = "report, captures.version, members.story, stories.storyline, stories.title, members.position,
    captures.n, captures.id";

/// What the linker says of an article, explained.
fn membership(db: &Connection, n: i64, id: &str) -> Result<Membership> {
    let Some(row) = memberships::of_article(db, n)? else { return Ok(Membership::default()) };
    let of: Vec<i64> = row.because.iter().map(|(n, _)| *n).chain([n]).collect();
    let prints: Vec<_> = linking::prints(db, &of)?.into_iter().flatten().collect();
    let mut said = [memberships::membership(&row, id, |n| memberships::id_of(db, n))?];
    explain(&mut said, &prints);
    let [said] = said;
    Ok(said)
}

fn exported(db: &Connection, r: &Row) -> Result<Exported> {
    let story: Option<String> = r.get(2)?;
    let placed = match story {
        Some(story) => Some(Placed {
            story,
            storyline: r.get(3)?,
            story_title: r.get(4)?,
            position: r.get(5)?,
            membership: membership(db, r.get(6)?, &r.get::<_, String>(7)?)?,
        }),
        None => None,
    };
    Ok(Exported { report: blob::unpack(r.get_ref(0)?.as_blob().unwrap_or_default())?, version: r.get(1)?, placed })
}

impl Snapshot<'_> {
    fn ask<'s, T>(
        &'s self,
        wanted: &Understood,
        sql: &str,
        take: impl Fn(&Row) -> Result<T> + 's,
    ) -> Result<Waiting<'s, T>> {
        let mut ask = self.library.db.prepare(sql)?;
        wanted.bind(&mut ask)?;
        Ok(Waiting { ask, take: Box::new(take) })
    }

    /// The articles wanted, by id; of a page that was captured more than once the latest, as everywhere but among the
    /// captures themselves.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] for a query or day that cannot be understood, [`crate::ErrorKind::Index`].
    pub fn articles(&self, wanted: &Wanted) -> Result<Waiting<'_, Exported>> {
        let wanted = wanted.understood(self.library)?;
        let sql = format!(
            "SELECT {ARTICLE} FROM captures CROSS JOIN articles USING (n)
                 LEFT JOIN members USING (n) LEFT JOIN stories ON stories.id = members.story
             WHERE latest IS NULL AND {} ORDER BY captures.id, members.story",
            wanted.holds_for("captures.n")
        );
        self.ask(&wanted, &sql, |r| exported(&self.library.db, r))
    }

    /// The articles wanted that are in a story, by story, then by their place in it.
    ///
    /// # Errors
    /// As [`Snapshot::articles`].
    pub fn by_story(&self, wanted: &Wanted) -> Result<Waiting<'_, Exported>> {
        let wanted = wanted.understood(self.library)?;
        let sql = format!(
            "SELECT {ARTICLE} FROM members CROSS JOIN articles USING (n) CROSS JOIN captures USING (n)
                 CROSS JOIN stories ON stories.id = members.story
             WHERE {} AND {} ORDER BY members.story, members.position",
            named("members.story", &wanted),
            wanted.holds_for("members.n")
        );
        self.ask(&wanted, &sql, |r| exported(&self.library.db, r))
    }

    /// The stories that hold an article that is wanted, by name; each whole.
    ///
    /// # Errors
    /// As [`Snapshot::articles`].
    pub fn stories(&self, wanted: &Wanted) -> Result<Waiting<'_, Headed>> {
        let wanted = wanted.understood(self.library)?;
        let sql = format!(
            "SELECT {}, {DATES},
                 (SELECT report FROM articles WHERE n = (
                     SELECT n FROM members JOIN articles USING (n) WHERE story = stories.id
                     ORDER BY articles.title IS NULL, (origin, place) <> (0, 0), position LIMIT 1))
             FROM {} WHERE {} ORDER BY stories.id",
            stories::COLUMNS,
            stories::TABLES,
            of_stories(&wanted),
        );
        self.ask(&wanted, &sql, |r| {
            let at = r.as_ref().column_count();
            let dates: Option<String> = r.get(at - 2)?;
            let lead = r.get_ref(at - 1)?.as_blob_or_null().unwrap_or_default();
            Ok(Headed {
                line: stories::line(r)?,
                published: dates.unwrap_or_default().lines().map(str::to_owned).collect(),
                lead: lead.map(blob::unpack).transpose()?,
            })
        })
    }

    /// The dates of all articles of those stories, story by story, each as its page says.
    ///
    /// # Errors
    /// As [`Snapshot::articles`].
    pub fn dates(&self, wanted: &Wanted) -> Result<Waiting<'_, Vec<String>>> {
        let wanted = wanted.understood(self.library)?;
        let sql = format!("SELECT {DATES} FROM stories WHERE {} ORDER BY stories.id", of_stories(&wanted));
        self.ask(&wanted, &sql, |r| {
            let dates: Option<String> = r.get(0)?;
            Ok(dates.unwrap_or_default().lines().map(str::to_owned).collect())
        })
    }

    /// When the newest capture was added of those wanted, `YYYY-MM-DDThh:mm:ssZ`; `None` where there is none.
    ///
    /// # Errors
    /// As [`Snapshot::articles`].
    pub fn newest_capture(&self, wanted: &Wanted) -> Result<Option<String>> {
        let understood = wanted.understood(self.library)?;
        let sql = format!("SELECT max(added) FROM captures WHERE {}", of_captures(wanted, &understood));
        let mut newest = self.ask(&understood, &sql, |r| Ok(r.get(0)?))?;
        newest.rows().next().transpose().map(Option::flatten)
    }

    /// The captures wanted, file by file in their order there. Where everything is wanted, also those that hold no
    /// article.
    ///
    /// # Errors
    /// As [`Snapshot::articles`].
    pub fn records(&self, wanted: &Wanted) -> Result<Waiting<'_, Place>> {
        let understood = wanted.understood(self.library)?;
        let sql = format!(
            "SELECT id, file, before, offset, length FROM (
                 SELECT n, id, file, offset, length,
                     lag(offset + length, 1, 0) OVER (PARTITION BY file ORDER BY offset) AS before
                 FROM captures) AS captures
             WHERE {} ORDER BY file, offset",
            of_captures(wanted, &understood)
        );
        let folder = captures_dir(self.library.dir());
        self.ask(&understood, &sql, move |r| {
            let (offset, length): (u64, u64) = (r.get(3)?, r.get(4)?);
            let file = folder.join(r.get::<_, String>(1)?);
            Ok(Place { id: r.get(0)?, file, from: r.get(2)?, offset, end: offset.saturating_add(length) })
        })
    }
}

/// When a story's articles were published, one a line.
const DATES: &str = "(SELECT group_concat(published, char(10)) FROM (
    SELECT published FROM members JOIN articles USING (n) WHERE story = stories.id ORDER BY position))";

/// SQL that holds for the stories wanted.
fn of_stories(wanted: &Understood) -> String {
    let fits = wanted.holds_for("members.n");
    format!("stories.id IN (SELECT story FROM members WHERE {fits}) AND {}", named("stories.id", wanted))
}

/// SQL that holds where a column names one of the stories wanted.
fn named(column: &str, wanted: &Understood) -> String {
    if wanted.stories.is_empty() {
        return "true".to_owned();
    }
    let names: Vec<String> = (0..wanted.stories.len()).map(|i| format!(":story{i}")).collect();
    format!("{column} IN ({})", names.join(", "))
}

/// SQL that holds for the captures wanted.
fn of_captures(wanted: &Wanted, understood: &Understood) -> String {
    if wanted.is_all() {
        return "true".to_owned();
    }
    format!("+n IN (SELECT n FROM articles) AND {}", understood.holds_for("captures.n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mode, Outcome, Stamp};
    use dateline_article::Based;
    use dateline_capture::{Capture, Payload, Source};
    use dateline_story::Links;

    const STAMP: Stamp = Stamp { now: "2026-11-21T10:00:00Z", version: "dateline 0" };

    fn article(n: usize) -> (Capture, Outcome) {
        let text = format!("Page {n} of {}.", if n.is_multiple_of(2) { "Testburg" } else { "Elsewhere" });
        let capture = Capture::new(text.clone().into_bytes(), Payload::Article, Source::default());
        let mut report = Report {
            id: capture.id.clone(),
            source: Source::default(),
            article: Default::default(),
            reading: Default::default(),
        };
        report.article.title = Some(format!("Title {n}"));
        let day = format!("2026-03-{:02}", n % 28 + 1);
        report.article.published = Some(Based { value: day, basis: "test".into() });
        report.article.text = text;
        (capture, Outcome::Article(Box::new(report)))
    }

    fn library(dir: &std::path::Path, articles: usize) -> Library {
        let mut library = Library::create(dir).unwrap();
        let batch: Vec<_> = (0..articles).map(article).collect();
        library.add(&batch, &STAMP).unwrap();
        let ids: Vec<String> = batch.iter().map(|(capture, _)| capture.id.clone()).collect();
        let links = Links {
            members: ids
                .iter()
                .map(|id| {
                    let story = format!("s{}", &id[..1]);
                    let kept = serde_json::json!({
                        "id": id, "story": story, "storyline": "l1", "origin": id, "copies": [], "because": [],
                    });
                    serde_json::from_value(kept).unwrap()
                })
                .collect(),
            storylines: Vec::new(),
        };
        library.put_links(&links, "v").unwrap();
        library
    }

    fn ids(snapshot: &Snapshot, wanted: &Wanted) -> Vec<String> {
        snapshot.articles(wanted).unwrap().rows().map(|r| r.unwrap().report.id).collect()
    }

    #[test]
    fn thousands_come_one_by_one_in_order_and_narrowing_narrows() {
        let dir = tempfile::tempdir().unwrap();
        let library = library(dir.path(), 3000);
        let snapshot = library.snapshot().unwrap();
        let all = ids(&snapshot, &Wanted::default());
        assert_eq!(all.len(), 3000);
        assert!(all.is_sorted());
        let search = Wanted { search: Some("testburg".into()), ..Wanted::default() };
        assert_eq!(ids(&snapshot, &search).len(), 1500);
        let days = Wanted { after: Some("2026-03-02".into()), before: Some("2026-03-03".into()), ..search.clone() };
        let of_days = (0..3000).filter(|n| n % 2 == 0 && (1..=2).contains(&(n % 28))).count();
        assert_eq!(ids(&snapshot, &days).len(), of_days);
        let asked_twice = Wanted { search: Some("testburg after:2026-03-03".into()), ..days.clone() };
        assert_eq!(ids(&snapshot, &asked_twice).len(), ids(&snapshot, &days).len(), "the third is all that is left");
        let story = Wanted { stories: vec!["sa".into()], ..Wanted::default() };
        let starts = all.iter().filter(|id| id.starts_with('a')).count();
        assert_eq!(ids(&snapshot, &story).len(), starts);

        let members: Vec<Exported> =
            snapshot.by_story(&Wanted::default()).unwrap().rows().map(Result::unwrap).collect();
        let place = |e: &Exported| e.placed.as_ref().map(|p| (p.story.clone(), p.position));
        assert_eq!(members.len(), 3000);
        assert!(members.iter().map(place).is_sorted());
        assert_eq!(snapshot.by_story(&story).unwrap().rows().count(), starts);
        let stories: Vec<Headed> = snapshot.stories(&Wanted::default()).unwrap().rows().map(Result::unwrap).collect();
        assert_eq!(stories.len(), 16);
        assert!(stories.iter().all(|s| s.published.len() == s.line.articles && s.lead.is_some()));
        assert_eq!(snapshot.stories(&story).unwrap().rows().count(), 1);
        assert_eq!(snapshot.dates(&story).unwrap().rows().next().unwrap().unwrap().len(), starts);
    }

    #[test]
    fn records_are_those_of_the_capture_file() {
        let dir = tempfile::tempdir().unwrap();
        let library = library(dir.path(), 40);
        let snapshot = library.snapshot().unwrap();
        let records: Vec<Place> = snapshot.records(&Wanted::default()).unwrap().rows().map(Result::unwrap).collect();
        assert_eq!(records.len(), 40);
        for r in &records {
            assert!(!dateline_capture::warc::copy(r).unwrap().is_empty());
        }
        let wanted = Wanted { search: Some("testburg".into()), ..Wanted::default() };
        assert_eq!(snapshot.records(&wanted).unwrap().rows().count(), 20);
        assert_eq!(snapshot.newest_capture(&wanted).unwrap().as_deref(), Some(STAMP.now));
    }

    #[test]
    fn a_snapshot_does_not_see_what_is_added_after_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = library(dir.path(), 10);
        let reader = Library::open(dir.path(), Mode::Read).unwrap();
        let snapshot = reader.snapshot().unwrap();
        writer.add(&[article(10)], &STAMP).unwrap();
        assert_eq!(ids(&snapshot, &Wanted::default()).len(), 10);
        drop(snapshot);
        let unlinked = reader.snapshot().unwrap();
        let found: Vec<Exported> = unlinked.articles(&Wanted::default()).unwrap().rows().map(Result::unwrap).collect();
        assert_eq!(found.len(), 11);
        assert_eq!(found.iter().filter(|f| f.placed.is_none()).count(), 1, "what is not yet linked is there too");
    }
}

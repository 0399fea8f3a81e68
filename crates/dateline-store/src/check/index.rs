//! The index's file, and whether its rows can stand beside each other.

use super::{Check, Finding, FindingKind, Told};
use crate::error::Result;
use rusqlite::Connection;

/// Questions whose answer must be empty: what it means when it is not, and what to do where that is not a rebuild.
const EMPTY: &[(FindingKind, &str, &str, Option<&str>)] = &[
    (
        FindingKind::WrongStatus,
        "SELECT id FROM captures LEFT JOIN articles USING (n) WHERE (status = 'article') <> (articles.n IS NOT NULL)",
        "the index says both that it is an article and that it is none",
        None,
    ),
    (
        FindingKind::WrongStatus,
        "SELECT id FROM captures WHERE (status IN ('not_article', 'unreadable')) <> (reason IS NOT NULL)",
        "an article has no reason why it is none, and every other page has one",
        None,
    ),
    (
        FindingKind::NotDerived,
        "SELECT id FROM captures WHERE status <> 'pending' AND n NOT IN (SELECT n FROM yields)",
        "what the page yielded is not noted",
        None,
    ),
    (
        FindingKind::NotDerived,
        "SELECT version FROM versions FULL JOIN
             (SELECT version, count(*) AS c FROM captures WHERE status <> 'pending' GROUP BY version) USING (version)
         WHERE readings IS NOT c",
        "the readings of this version are counted wrongly",
        None,
    ),
];

/// The like, for what a writer may be about to do.
const SETTLED: &[(FindingKind, &str, &str, &str)] = &[
    (
        FindingKind::Pending,
        "SELECT id FROM captures WHERE status = 'pending'",
        "the page is kept and was not yet read",
        "the next `dateline add` reads it",
    ),
    (
        FindingKind::NotLinked,
        "SELECT id FROM articles JOIN captures USING (n) WHERE latest IS NULL AND n NOT IN (SELECT n FROM members)",
        "the article is in no story",
        "the next `dateline add` links it",
    ),
];

pub(super) fn check(check: &mut Check, db: &Connection) -> Result<()> {
    (check.tell)(Told::Progress("index", 0, 1));
    integrity(check, db)?;
    let mut ask = db.prepare("PRAGMA foreign_key_check")?;
    let rows =
        ask.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<i64>>(1)?, r.get::<_, String>(2)?)))?;
    for row in rows {
        let (table, rowid, parent) = row?;
        let row = rowid.map_or(String::new(), |n| format!(" {n}"));
        let what = format!("row{row} of {table} refers to one that {parent} does not have");
        check.found(Finding::index(FindingKind::Dangling, what));
    }
    for (kind, sql, what, todo) in EMPTY {
        list(check, db, sql, *kind, what, *todo)?;
    }
    if !check.writing {
        for (kind, sql, what, todo) in SETTLED {
            list(check, db, sql, *kind, what, Some(todo))?;
        }
    }
    Ok(())
}

/// One finding an id that the question gives.
fn list(
    check: &mut Check,
    db: &Connection,
    sql: &str,
    kind: FindingKind,
    what: &str,
    todo: Option<&str>,
) -> Result<()> {
    let mut ask = db.prepare(&format!("{sql} ORDER BY 1"))?;
    for id in ask.query_map([], |r| r.get::<_, String>(0))? {
        let finding = Finding::index(kind, what).id(&id?);
        check.found(match todo {
            Some(todo) => finding.todo(todo),
            None => finding,
        });
    }
    Ok(())
}

/// SQLite's own examination of the file; the quick one does not hold tables against their indexes.
fn integrity(check: &mut Check, db: &Connection) -> Result<()> {
    let sql = if check.with.quick { "PRAGMA quick_check(100)" } else { "PRAGMA integrity_check(100)" };
    let mut ask = db.prepare(sql)?;
    for line in ask.query_map([], |r| r.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            check.found(Finding::index(FindingKind::DamagedIndex, line));
        }
    }
    Ok(())
}

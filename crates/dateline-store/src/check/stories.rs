//! Whether the stories are what the linker's answer and the decisions make of the articles.
//!
//! They are settled anew, by the code that every command uses, in an index in memory that looks through to the
//! library's own articles; then both are held against each other.

use super::scratch::{beside, differences};
use super::{Check, Finding, FindingKind, Told};
use crate::error::Result;
use crate::{Library, notices};
use rusqlite::Connection;

/// What is derived from links, decisions and articles: a table, and a question for its rows, of which the first
/// column, `k`, says in a finding which row is meant.
const DERIVED: &[(&str, &str)] = &[
    (
        "stories",
        "SELECT id AS k, storyline, title, headline, first, last, articles, origins, outlets, pages, pinned, decisions
         FROM {db}.stories",
    ),
    ("members", "SELECT story AS k, * FROM {db}.members"),
    ("storylines", "SELECT earlier AS k, * FROM {db}.storylines"),
    ("names", "SELECT digits AS k, * FROM {db}.names"),
    ("notices", "SELECT outlet AS k, * FROM {db}.notices"),
    ("verdicts", "SELECT pages AS k, * FROM {db}.verdicts"),
];

/// What they are derived from, looked through to.
const SOURCES: &[&str] = &["captures", "articles", "memberships", "machine_links", "yields"];

/// Times it is tried while another process writes.
const TRIES: usize = 3;

pub(super) fn check(check: &mut Check) -> Result<()> {
    if check.with.quick {
        return Ok(());
    }
    (check.tell)(Told::Progress("stories", 0, 1));
    for _ in 0..TRIES {
        let mut library = Library::scratch(check.dir, beside(check.dir)?);
        if library.linked_in_real()?.as_deref() != Some(check.with.linker) {
            check
                .done
                .left_out
                .push("the stories: another version linked them, the next `dateline add` does so anew".into());
            return Ok(());
        }
        let before = version(&library.db)?;
        settle(&mut library)?;
        let mut all = Vec::new();
        for (table, question) in DERIVED {
            all.extend(differences(&library.db, question, "")?.into_iter().map(|(key, extra)| (table, key, extra)));
        }
        if version(&library.db)? == before {
            for (table, key, extra) in all {
                let what = match extra {
                    true => format!("{table} has {key} as links and decisions do not have it"),
                    false => format!("{table} lacks {key} as links and decisions have it"),
                };
                check.found(Finding::index(FindingKind::NotDerived, what));
            }
            return Ok(());
        }
    }
    check.done.left_out.push("the stories: another process was changing them".to_owned());
    Ok(())
}

/// Settles the stories of the library's own articles in the index in memory.
fn settle(library: &mut Library) -> Result<()> {
    for table in SOURCES {
        library.db.execute_batch(&format!("CREATE TEMP VIEW {table} AS SELECT * FROM real.{table}"))?;
    }
    library.settle_all()?;
    let outlets = {
        let mut ask = library.db.prepare("SELECT DISTINCT outlet FROM yields")?;
        ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
    };
    notices::judge(&library.db, &outlets)
}

/// Changes whenever another process changes the library's index.
fn version(db: &Connection) -> Result<i64> {
    Ok(db.query_row("PRAGMA real.data_version", [], |r| r.get(0))?)
}

impl Library {
    /// A library over an index in memory.
    fn scratch(dir: &std::path::Path, db: Connection) -> Library {
        Library::over_connection(dir, db)
    }

    /// Who linked the library's own articles.
    fn linked_in_real(&self) -> Result<Option<String>> {
        use rusqlite::OptionalExtension;
        let sql = "SELECT value FROM real.settings WHERE name = 'linked by'";
        Ok(self.db.query_row(sql, [], |r| r.get(0)).optional()?)
    }
}

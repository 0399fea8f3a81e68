//! Is all that the library holds whole, and does its index say what its captures and decisions say?
//!
//! Nothing is written, and a writer may run beside it: what is asked of the index is asked of one snapshot, and what
//! was appended to the captures since is passed over.

mod captures;
mod decisions;
mod finding;
mod index;
mod readings;
mod scratch;
mod stories;
mod words;

pub use finding::{Finding, FindingKind};

use crate::error::{ErrorKind, Result, StoreError};
use crate::library::{captures_dir, connect, index_path};
use crate::lock::Lock;
use crate::{Library, Mode, migrations};
use rusqlite::Connection;
use std::path::Path;

/// What to check, and by which rules.
#[derive(Debug, Clone, Copy)]
pub struct Checking<'a> {
    /// Leave out what takes long: digests of all pages, and whether all that is derived can be derived again.
    pub quick: bool,
    /// The version that readings are made with now: only those of the same version can be held against their rows.
    pub version: &'a str,
    /// The version that links are made with now.
    pub linker: &'a str,
}

/// What a check tells while it goes on.
#[derive(Debug)]
pub enum Told {
    /// It found something.
    Found(Finding),
    /// It came so far: what it does, done, of how many (bytes, articles).
    Progress(&'static str, u64, u64),
}

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// Capture files.
    pub files: u64,
    /// Records in them; 0 after a quick check.
    pub records: u64,
    /// Articles whose rows and words were held against their readings.
    pub articles: u64,
    /// Decisions.
    pub decisions: u64,
    /// What was found.
    pub findings: u64,
    /// What could not be looked at, and why, in words.
    pub left_out: Vec<String>,
}

/// A check under way.
struct Check<'a> {
    dir: &'a Path,
    with: &'a Checking<'a>,
    /// Whether another process writes meanwhile: what it has not finished is no finding.
    writing: bool,
    tell: &'a mut dyn FnMut(Told),
    done: Checked,
}

impl Check<'_> {
    fn found(&mut self, finding: Finding) {
        self.done.findings += 1;
        (self.tell)(Told::Found(finding));
    }

    /// Goes on where a part of the index cannot be read: that is a finding, too.
    fn part(&mut self, what: &str, part: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        match part(self) {
            Err(e) if matches!(e.kind(), ErrorKind::Index(_) | ErrorKind::Unreachable(_)) => {
                let why = match e.kind() {
                    ErrorKind::Index(why) | ErrorKind::Unreachable(why) => why.clone(),
                    _ => e.to_string(),
                };
                self.found(Finding::index(FindingKind::DamagedIndex, format!("{what} cannot be read: {why}")));
                Ok(())
            }
            done => done,
        }
    }
}

impl Library {
    /// Checks a library's folder and tells what it finds, as it finds it.
    ///
    /// # Errors
    /// [`ErrorKind::NotALibrary`]; [`ErrorKind::Io`] where a folder cannot be read. What is damaged is a finding.
    pub fn check(dir: &Path, with: &Checking, tell: &mut dyn FnMut(Told)) -> Result<Checked> {
        if !captures_dir(dir).is_dir() {
            return Err(StoreError::at(dir, ErrorKind::NotALibrary));
        }
        let mut check = Check { dir, with, writing: Lock::is_held(dir), tell, done: Checked::default() };
        let snapshot = snapshot(&mut check);
        // one that started or ended meanwhile counts, too
        check.writing |= Lock::is_held(dir);
        stray_files(&mut check)?;
        captures::check(&mut check, snapshot.as_ref())?;
        let before = check.done.findings;
        if let Some(db) = &snapshot {
            check.part("the index", |c| index::check(c, db))?;
            if check.done.findings == before {
                check.part("what was read in the articles", |c| readings::check(c))?;
                check.part("the stories", |c| stories::check(c))?;
            } else if !with.quick {
                check
                    .done
                    .left_out
                    .push("whether readings, words and stories can be derived again: first mend the index".to_owned());
            }
        }
        decisions::check(&mut check, snapshot.as_ref())?;
        Ok(check.done)
    }
}

/// A view of the index that stays as it is; `None` where there is none to be had.
fn snapshot(check: &mut Check) -> Option<Connection> {
    let path = index_path(check.dir);
    if !path.exists() {
        check.found(Finding::index(FindingKind::NoIndex, "the index is missing"));
        return None;
    }
    let opened = connect(&path, Mode::Read).and_then(|db| {
        db.execute_batch("BEGIN; SELECT count(*) FROM sqlite_master;")?;
        Ok((migrations::check(&db)?, db))
    });
    match opened {
        Ok((format, db)) if format == migrations::FORMAT => return Some(db),
        Ok(_) => check.found(Finding::index(FindingKind::NoIndex, "an older version made the index")),
        Err(e) => check.found(Finding::index(FindingKind::NoIndex, e.kind().to_string())),
    }
    None
}

/// What commands leave behind that were stopped.
fn stray_files(check: &mut Check) -> Result<()> {
    let entries = std::fs::read_dir(check.dir).map_err(|e| StoreError::io(check.dir, e))?;
    let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    for name in names {
        let todo = match name.as_str() {
            "index.db.new" => "`dateline rebuild` goes on where it was stopped",
            "lines.tsv.new" => "`dateline rebuild --learn` writes it anew; or delete it",
            "index.db-journal" => "no version of this program makes it; keep a copy and delete it",
            _ => continue,
        };
        if !check.writing {
            let what = format!("{name} was left behind by a command that was stopped");
            check.found(Finding::new(FindingKind::StrayFile, what).file(name).todo(todo));
        }
    }
    Ok(())
}

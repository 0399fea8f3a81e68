//! The capture files, record by record, and whether the index finds each page where it lies.

use super::{Check, Finding, FindingKind, Told};
use crate::error::{Result, StoreError};
use crate::library::captures_dir;
use crate::pending::is_ours;
use dateline_capture::warc::{Record, Records, Seal};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// How a member of a capture file starts.
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// A page as the index places it.
struct Row {
    id: String,
    length: u64,
    /// Accounted for: found there, or found elsewhere and told.
    seen: bool,
}

/// One capture file under examination.
struct Shelf<'a> {
    db: Option<&'a Connection>,
    /// Its name, as findings give it.
    name: String,
    /// Rows of the index, by offset.
    rows: BTreeMap<u64, Row>,
    /// Offset up to which the index knows its records; all of it where there is no index.
    known: u64,
}

pub(super) fn check(check: &mut Check, db: Option<&Connection>) -> Result<()> {
    let dir = captures_dir(check.dir);
    let entries = fs::read_dir(&dir).map_err(|e| StoreError::io(&dir, e))?;
    let mut names: Vec<String> =
        entries.filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.sort();
    for name in names.iter().filter(|n| !is_ours(n) && !n.starts_with('.')) {
        let what = "no capture file of the library; it is never read";
        let todo = "`dateline add` it if it holds pages; move it out of the folder";
        check.found(Finding::new(FindingKind::ForeignFile, what).file(format!("captures/{name}")).todo(todo));
    }
    names.retain(|n| is_ours(n));
    if let Some(db) = db {
        check.part("where the pages lie", |c| missing_files(c, db, &names))?;
    }
    let size = |name: &String| fs::metadata(dir.join(name)).map_or(0, |m| m.len());
    let total = names.iter().map(size).sum();
    let mut before = 0;
    let mut ids = BTreeSet::new();
    for name in &names {
        check.done.files += 1;
        let size = size(name);
        // pages can be looked at without an index that can be read
        let mut shelf = Shelf::without(name);
        check.part("where the pages lie", |_| {
            shelf = Shelf::new(db, name)?;
            Ok(())
        })?;
        if size < shelf.known && shelf.db.is_some() {
            let what = format!("the file ends at byte {size}; the index knows records up to byte {}", shelf.known);
            check.found(
                shelf.finding(FindingKind::CutOffFile, what, size).todo(
                    "put it back from a copy; without one, `dateline rebuild` and add again the pages named here",
                ),
            );
        }
        let path = dir.join(name);
        check.part("where the pages lie", |c| {
            if c.with.quick {
                shelf.starts(c, &path, size)?;
            } else {
                shelf.scan(c, &path, size, &mut ids, |at| (before + at, total))?;
            }
            shelf.left_over(c);
            Ok(())
        })?;
        before += size;
    }
    Ok(())
}

/// Files that the index knows and the folder does not.
fn missing_files(check: &mut Check, db: &Connection, names: &[String]) -> Result<()> {
    let mut ask = db.prepare(
        "SELECT name, (SELECT count(*) FROM captures WHERE file = name)
         FROM (SELECT name FROM files UNION SELECT DISTINCT file FROM captures) ORDER BY name",
    )?;
    let known: Vec<(String, u64)> =
        ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (name, pages) in known.into_iter().filter(|(n, _)| !names.contains(n)) {
        let what = format!("the file is gone, and with it {pages} pages that the index knows");
        let todo = "put it back from a copy; without one, `dateline rebuild` and add its pages again";
        check.found(Finding::new(FindingKind::MissingFile, what).file(format!("captures/{name}")).todo(todo));
    }
    Ok(())
}

impl<'a> Shelf<'a> {
    fn without(name: &str) -> Shelf<'a> {
        Shelf { db: None, name: format!("captures/{name}"), rows: BTreeMap::new(), known: u64::MAX }
    }

    fn new(db: Option<&'a Connection>, name: &str) -> Result<Shelf<'a>> {
        let mut shelf = Shelf { db, ..Shelf::without(name) };
        if let Some(db) = db {
            let end = db.query_row("SELECT end FROM files WHERE name = ?1", [name], |r| r.get(0)).optional()?;
            shelf.known = end.unwrap_or(0);
            let mut ask = db.prepare("SELECT offset, id, length FROM captures WHERE file = ?1")?;
            let mut rows = ask.query([name])?;
            while let Some(r) = rows.next()? {
                shelf.rows.insert(r.get(0)?, Row { id: r.get(1)?, length: r.get(2)?, seen: false });
            }
        }
        Ok(shelf)
    }

    fn finding(&self, kind: FindingKind, what: impl Into<String>, at: u64) -> Finding {
        Finding::new(kind, what).file(&self.name).at(at)
    }

    /// What to do about a page whose bytes are gone.
    fn again(&self, id: &str) -> String {
        let ask = |db: &Connection| -> Option<(Option<String>, Option<String>)> {
            db.query_row("SELECT path, url FROM captures WHERE id = ?1", [id], |r| Ok((r.get(0)?, r.get(1)?))).ok()
        };
        let from: Vec<String> = self.db.and_then(ask).map_or(Vec::new(), |(p, u)| p.into_iter().chain(u).collect());
        let from = if from.is_empty() { String::new() } else { format!(" from {}", from.join(" or ")) };
        format!(
            "the page itself is damaged: put the file back from a copy, or `dateline rebuild` and add it again{from}"
        )
    }

    /// Looks only at where each page starts and ends.
    fn starts(&mut self, check: &mut Check, path: &Path, size: u64) -> Result<()> {
        let mut file = File::open(path).map_err(|e| StoreError::io(path, e))?;
        let mut end = 0;
        let mut wrong = Vec::new();
        for (offset, row) in &mut self.rows {
            let mut start = [0; 3];
            let read = file.seek(SeekFrom::Start(*offset)).and_then(|_| file.read_exact(&mut start));
            if *offset < end {
                row.seen = true;
                wrong.push((FindingKind::Misplaced, *offset, row.id.clone()));
            } else if offset.saturating_add(row.length) <= size {
                row.seen = true;
                if read.is_err() || start != GZIP {
                    wrong.push((FindingKind::DamagedRecord, *offset, row.id.clone()));
                }
            }
            end = offset.saturating_add(row.length);
        }
        for (kind, offset, id) in wrong {
            let (what, todo) = match kind {
                FindingKind::Misplaced => ("the index places the page inside another", None),
                _ => ("no record starts here, where the index has one", Some(self.again(&id))),
            };
            let finding = self.finding(kind, what, offset).id(&id);
            check.found(match todo {
                Some(todo) => finding.todo(todo),
                None => finding,
            });
        }
        Ok(())
    }

    /// Reads every record.
    fn scan(
        &mut self,
        check: &mut Check,
        path: &Path,
        size: u64,
        ids: &mut BTreeSet<String>,
        so_far: impl Fn(u64) -> (u64, u64),
    ) -> Result<()> {
        let mut bounds = self.known == 0 || self.known == u64::MAX;
        for record in Records::open(path, 0)? {
            let at = match &record {
                Ok(r) => r.offset,
                Err(e) => e.input().offset.unwrap_or(0),
            };
            if at >= size && size > 0 {
                break;
            }
            match record {
                Ok(record) => {
                    check.done.records += 1;
                    bounds |= record.end == self.known;
                    self.record(check, &record, ids)?;
                    let (done, total) = so_far(record.end);
                    (check.tell)(Told::Progress("captures", done, total));
                }
                Err(e) => self.damage(check, at, &e.kind().to_string()),
            }
        }
        if !bounds && self.known < size {
            let what = "the index knows the file up to a place where no record ends";
            check.found(self.finding(FindingKind::Misplaced, what, self.known));
        }
        Ok(())
    }

    fn record(&mut self, check: &mut Check, record: &Record, ids: &mut BTreeSet<String>) -> Result<()> {
        let at = record.offset;
        let id = match record.seal() {
            Seal::About | Seal::Original(_) => return Ok(()),
            Seal::Foreign => {
                let todo =
                    "`dateline add` a copy of the file if it holds pages; the library reads its own records only";
                check.found(self.finding(FindingKind::ForeignRecord, "a record of another program", at).todo(todo));
                return Ok(());
            }
            Seal::Broken(why) => {
                let id = self.told(at);
                let todo = self.again(&id);
                check.found(self.finding(FindingKind::AlteredRecord, why, at).id(&id).todo(todo));
                return Ok(());
            }
            Seal::Capture(id) => id,
        };
        let again = !ids.insert(id.clone());
        if again {
            let todo =
                "nothing is lost: the index uses one of the two; a copy of the file without it may take its place";
            check.found(self.finding(FindingKind::Doubled, "the page is kept a second time", at).id(&id).todo(todo));
        }
        match self.rows.get_mut(&at) {
            Some(row) if row.id == id => {
                row.seen = true;
                if row.length != record.end - at {
                    let what = format!("the record has {} bytes, in the index {}", record.end - at, row.length);
                    check.found(self.finding(FindingKind::Misplaced, what, at).id(&id));
                }
            }
            Some(row) => {
                row.seen = true;
                let what = format!("the index looks here for page {}", row.id);
                check.found(self.finding(FindingKind::Misplaced, what, at).id(&id));
            }
            None if !again => self.unindexed(check, record, &id)?,
            None => {}
        }
        Ok(())
    }

    /// A page for which the index has no row at this place.
    fn unindexed(&mut self, check: &mut Check, record: &Record, id: &str) -> Result<()> {
        let Some(db) = self.db else { return Ok(()) };
        let mut ask = db.prepare_cached("SELECT file, offset FROM captures WHERE id = ?1")?;
        let elsewhere: Option<(String, u64)> = ask.query_row([id], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let fresh = record.end > self.known;
        match elsewhere {
            Some((file, offset)) => {
                if self.name.strip_prefix("captures/") == Some(file.as_str()) {
                    self.told(offset);
                }
                let what = format!("the index looks for the page in captures/{file} at byte {offset}");
                check.found(self.finding(FindingKind::Misplaced, what, record.offset).id(id));
            }
            None if fresh && check.writing => {}
            None => {
                let finding =
                    self.finding(FindingKind::NotIndexed, "the page is not in the index", record.offset).id(id);
                let todo = "the next `dateline add` enters it";
                check.found(if fresh { finding.todo(todo) } else { finding });
            }
        }
        Ok(())
    }

    fn damage(&mut self, check: &mut Check, at: u64, why: &str) {
        if at >= self.known && check.writing {
            return;
        }
        let id = self.told(at);
        let finding = if at >= self.known {
            let todo = "the next `dateline add` cuts it off; a page that was being added then was not acknowledged";
            self.finding(FindingKind::UnfinishedEnd, format!("the file's end was never finished: {why}"), at).todo(todo)
        } else if id.is_empty() {
            let todo = "no page of the index is in it; put the file back from a copy if there is one";
            self.finding(FindingKind::DamagedRecord, why, at).todo(todo)
        } else {
            let todo = self.again(&id);
            self.finding(FindingKind::DamagedRecord, why, at).todo(todo)
        };
        check.found(if id.is_empty() { finding } else { finding.id(&id) });
    }

    /// The page that the index has at an offset, which is now told of; empty for none.
    fn told(&mut self, at: u64) -> String {
        self.rows.get_mut(&at).map_or(String::new(), |row| {
            row.seen = true;
            row.id.clone()
        })
    }

    /// Pages that the index has and nothing was said of.
    fn left_over(&mut self, check: &mut Check) {
        let rows: Vec<(u64, String)> =
            self.rows.iter().filter(|(_, r)| !r.seen).map(|(at, r)| (*at, r.id.clone())).collect();
        for (at, id) in rows {
            let todo = self.again(&id);
            let what = "the index has a page here, the file none";
            check.found(self.finding(FindingKind::NotKept, what, at).id(&id).todo(todo));
        }
    }
}

//! Making the index again from the captures and decisions alone.
//!
//! The new index is made in a file of its own. One that was stopped half way is gone on with, if it was made by the
//! same version from the same captures. At the end it takes the old one's place in one transaction
//! ([`crate::swap`]).

use crate::changes::{Changes, Stories};
use crate::error::{ErrorKind, Result, StoreError};
use crate::library::{captures_dir, index_path};
use crate::lock::Lock;
use crate::swap::{remove, swap};
use crate::{Library, Mode, Outcome, Stamp, blob, migrations};
use dateline_capture::{Capture, digest_of_first};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::Path;

/// Captures read at once.
const BATCH: usize = 256;
/// Where an index that is being made says from what and by what.
const MADE_FROM: &str = "rebuilt from";

/// What came of a rebuild.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Pages found in the capture files.
    pub captures: u64,
    /// Articles found in them.
    pub articles: u64,
    /// Pages that an earlier rebuild had read before it was stopped.
    pub resumed: u64,
    /// What it changed, where there was an index to hold it against.
    pub changes: Option<Changes>,
}

impl Library {
    /// Makes the index of a library again from its captures and swaps it in at the end: until then the old one
    /// stays in use, and a rebuild that fails or is stopped leaves it as it was. The next one goes on with it.
    ///
    /// `read` turns a batch of captures into their outcomes, in the same order; `link` is called once at the end
    /// with the new library, to link it ([`Library::link`]). `version` names all that
    /// readings depend on beside the captures.
    ///
    /// # Errors
    /// As [`Library::open`]; whatever `link` gives.
    pub fn rebuild(
        dir: &Path,
        version: &str,
        mut read: impl FnMut(&[Capture]) -> Vec<Outcome>,
        link: impl FnOnce(&mut Library) -> Result<()>,
    ) -> Result<Rebuilt> {
        if !captures_dir(dir).is_dir() {
            return Err(StoreError::at(dir, ErrorKind::NotALibrary));
        }
        let _lock = Lock::take(dir)?;
        let new = dir.join("index.db.new");
        let mut library = match begun(dir, &new, version) {
            Some(library) => library,
            None => {
                remove(&new)?;
                Library::over(dir, &new, Mode::Write)?
            }
        };
        let resumed = library.counts().map(|c| c.captures - c.pending)?;
        library.enter_orphans()?;
        library.put_setting(MADE_FROM, &blob::write(&library.made_from(version)?)?)?;
        let pending = library.pending()?;
        for ids in pending.chunks(BATCH) {
            let captures = ids.iter().map(|id| library.capture(id)).collect::<Result<Vec<_>>>()?;
            let outcomes = read(&captures);
            let batch: Vec<(Capture, Outcome)> = captures.into_iter().zip(outcomes).collect();
            library.add(&batch, &Stamp { now: "", version })?;
        }
        link(&mut library)?;
        let old = Library::over(dir, &index_path(dir), Mode::Read).ok();
        let changes = old.as_ref().and_then(|old| library.succeed(old, version).ok());
        drop(old);
        library.db.execute("DELETE FROM settings WHERE name = ?1", [MADE_FROM])?;
        let counts = library.counts()?;
        drop(library);
        swap(&new, &index_path(dir))?;
        Ok(Rebuilt { captures: counts.captures, articles: counts.articles, resumed, changes })
    }

    /// Takes over from the old index what the captures do not say, and tells what is otherwise than in it.
    fn succeed(&mut self, old: &Library, version: &str) -> Result<Changes> {
        let mut ask = old.db.prepare("SELECT path, place, url, reason, added FROM failures")?;
        let mut rows = ask.query([])?;
        while let Some(r) = rows.next()? {
            let values: [rusqlite::types::Value; 5] = [r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?];
            self.db
                .prepare_cached(
                    "INSERT OR IGNORE INTO failures (path, place, url, reason, added) VALUES (?, ?, ?, ?, ?)",
                )?
                .execute(rusqlite::params_from_iter(values))?;
        }
        let changes = Changes::between(&Stories::of(old)?, &Stories::of(self)?, old, self, version)?;
        match changes.is_empty() {
            true => {
                // what was told of the last upgrade stays told
                if let Some(before) = old.setting(crate::changes::SETTING)? {
                    self.put_setting(crate::changes::SETTING, &before)?;
                }
            }
            false => self.put_setting(crate::changes::SETTING, &blob::write(&changes)?)?,
        }
        Ok(changes)
    }

    /// What this index is made from: version, format, and for each capture file up to where and its digest up to there.
    fn made_from(&self, version: &str) -> Result<BTreeMap<String, String>> {
        let mut made = BTreeMap::new();
        made.insert("version".to_owned(), version.to_owned());
        made.insert("format".to_owned(), migrations::FORMAT.to_string());
        let mut ask = self.db.prepare("SELECT name, end FROM files")?;
        let mut rows = ask.query([])?;
        while let Some(r) = rows.next()? {
            let (name, end): (String, u64) = (r.get(0)?, r.get(1)?);
            let path = captures_dir(self.dir()).join(&name);
            let digest = digest_of_first(&path, end).map_err(|e| StoreError::io(&path, e))?;
            made.insert(format!("captures/{name}"), format!("{end} {digest}"));
        }
        Ok(made)
    }

    /// A value that the index keeps by name.
    pub(crate) fn setting(&self, name: &str) -> Result<Option<String>> {
        let mut ask = self.db.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
        Ok(ask.query_row([name], |r| r.get(0)).optional()?)
    }

    pub(crate) fn put_setting(&self, name: &str, value: &str) -> Result<()> {
        self.db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", params![name, value])?;
        Ok(())
    }
}

/// The index that an earlier rebuild began, where it can be gone on with.
fn begun(dir: &Path, new: &Path, version: &str) -> Option<Library> {
    if !new.exists() {
        return None;
    }
    let library = Library::over(dir, new, Mode::Write).ok()?;
    let sound: String = library.db.query_row("PRAGMA quick_check(1)", [], |r| r.get(0)).ok()?;
    let made: BTreeMap<String, String> = blob::parse(&library.setting(MADE_FROM).ok()??).ok()?;
    (sound == "ok" && library.made_from(version).ok()? == made).then_some(library)
}

//! What did a crash leave behind?

use crate::add::{enter_capture, set_end};
use crate::error::{Result, StoreError};
use crate::library::captures_dir;
use crate::{Library, Stamp};
use dateline_capture::{Capture, warc};
use rusqlite::{OptionalExtension, TransactionBehavior};

/// Whether a file's name is one that the writer gives: "2026-11.warc.gz".
pub(crate) fn is_ours(name: &str) -> bool {
    let month = name.strip_suffix(".warc.gz").unwrap_or_default().as_bytes();
    month.len() == 7 && month.iter().enumerate().all(|(i, b)| if i == 4 { *b == b'-' } else { b.is_ascii_digit() })
}

impl Library {
    /// Ids of captures that are kept but have no reading, in the order in which they were kept. Read them with
    /// [`Library::capture`], and hand them to [`Library::add`] with what came of it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn pending(&self) -> Result<Vec<String>> {
        let mut ask = self.db.prepare_cached("SELECT id FROM captures WHERE status = 'pending' ORDER BY n")?;
        let ids = ask.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(ids)
    }

    /// Up to where a capture file is in the index.
    pub(crate) fn end_of(&self, file: &str) -> Result<u64> {
        let mut ask = self.db.prepare_cached("SELECT end FROM files WHERE name = ?1")?;
        Ok(ask.query_row([file], |r| r.get(0)).optional()?.unwrap_or(0))
    }

    /// The capture files that this program wrote, by name. Others are never read, and above all never cut.
    pub(crate) fn capture_files(&self) -> Result<Vec<String>> {
        let dir = captures_dir(self.dir());
        let entries = std::fs::read_dir(&dir).map_err(|e| StoreError::io(&dir, e))?;
        let names = entries.filter_map(|e| e.ok()?.file_name().into_string().ok());
        let mut files: Vec<String> = names.filter(|n| is_ours(n)).collect();
        files.sort();
        Ok(files)
    }

    /// Puts into effect the decisions that were made since the stories were last written: a crash may come between.
    pub(crate) fn finish(&mut self) -> Result<()> {
        let mut ask = self.db.prepare_cached("SELECT value FROM settings WHERE name = 'decided'")?;
        let known: Option<String> = ask.query_row([], |r| r.get(0)).optional()?;
        drop(ask);
        let (_, mark) = self.decisions_marked()?;
        if self.linked_by()?.is_none() || known.as_deref() == Some(mark.as_str()) { Ok(()) } else { self.settle() }
    }

    /// Enters records that lie in capture files but not in the index, and cuts off a half-written last one.
    pub(crate) fn enter_orphans(&mut self) -> Result<()> {
        for file in self.capture_files()? {
            let path = captures_dir(self.dir()).join(&file);
            let from = self.end_of(&file)?;
            let size = std::fs::metadata(&path).map_err(|e| StoreError::io(&path, e))?.len();
            if size <= from {
                continue;
            }
            self.repaired.extend(warc::repair(&path, from)?);
            // Who wrote it may have been stopped before it lay safely on the disk, and what is entered counts as kept.
            let synced = std::fs::File::open(&path).and_then(|f| f.sync_data());
            synced.map_err(|e| StoreError::io(&path, e))?;
            let mut found: Vec<(Capture, warc::Written, String)> = Vec::new();
            for record in warc::Records::open(&path, from)?.flatten() {
                let place =
                    warc::Written { file: file.clone(), offset: record.offset, length: record.end - record.offset };
                let added = record.added().unwrap_or_default();
                if let Some(capture) = record.own() {
                    found.push((Capture { bytes: Vec::new(), ..capture }, place, added));
                }
            }
            // Damage that the repair left alone is passed over from now on: it is no unfinished end.
            let end = std::fs::metadata(&path).map_err(|e| StoreError::io(&path, e))?.len();
            let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (capture, place, added) in &found {
                let exists = tx.prepare_cached("SELECT 1 FROM captures WHERE id = ?1")?.exists([&capture.id])?;
                if !exists {
                    enter_capture(&tx, capture, place, &Stamp { now: added, version: "" })?;
                }
            }
            set_end(&tx, &file, end)?;
            tx.commit()?;
        }
        Ok(())
    }
}

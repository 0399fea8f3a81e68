//! Putting a newly made index in the place of the old one.
//!
//! Not by renaming: whoever has the old file open would go on reading it, and would share its log, which goes by the
//! file's name, with the new one. The new index is copied into the old file in one transaction instead, so that
//! readers see the old or the new, and a stop at any moment leaves one of them.

use crate::error::{ErrorKind, Result, StoreError};
use crate::library::{Mode, connect};
use rusqlite::backup::{Backup, StepResult};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a copy is tried again while another program holds the index, and how long it waits each time.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(100);

/// Replaces what the index `old` holds by what `new` holds, and removes `new`. An old index that is missing or too
/// damaged to be written gives way to the new file itself.
///
/// # Errors
/// [`ErrorKind::NoSpace`], [`ErrorKind::Unreachable`], [`ErrorKind::Io`]; both indexes are then as they were.
pub(crate) fn swap(new: &Path, old: &Path) -> Result<()> {
    match if old.exists() { copy(new, old) } else { replace(new, old) } {
        Err(e) if matches!(e.kind(), ErrorKind::Index(_)) => replace(new, old),
        done => done,
    }?;
    remove(new)
}

fn copy(new: &Path, old: &Path) -> Result<()> {
    let from = connect(new, Mode::Read)?;
    let mut to = connect(old, Mode::Write)?;
    let backup = Backup::new(&from, &mut to)?;
    let mut tries = 0;
    loop {
        match backup.step(-1)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ if tries < TRIES => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            _ => return Err(StoreError::at(old, ErrorKind::Unreachable("another program holds it".to_owned()))),
        }
    }
    drop(backup);
    // The log would be as large as the index; while a reader is at the old state it stays until a later writer.
    to.busy_timeout(PAUSE)?;
    let _ = checkpoint(&to);
    Ok(())
}

/// Puts the file in the place of one that nobody can read anyway.
fn replace(new: &Path, old: &Path) -> Result<()> {
    checkpoint(&connect(new, Mode::Write)?)?;
    for tail in ["-wal", "-shm"] {
        remove_file(&with_tail(old, tail))?;
    }
    fs::rename(new, old).map_err(|e| StoreError::io(old, e))
}

/// Moves all of the log into the index file.
fn checkpoint(db: &rusqlite::Connection) -> Result<()> {
    Ok(db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

/// Removes an index with its log, where they are there.
pub(crate) fn remove(index: &Path) -> Result<()> {
    ["", "-wal", "-shm"].iter().try_for_each(|tail| remove_file(&with_tail(index, tail)))
}

fn with_tail(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path, e)),
        _ => Ok(()),
    }
}

//! Who writes to the library now, and how far that is?
//!
//! A writer tells its progress in a small file beside the lock; whoever shows it needs no lock and no index. The file is
//! replaced as a whole, so it is never read half-written, and means something only while the lock is held.

use crate::lock::{Holder, Lock};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of the file that are read.
const MOST: u64 = 4096;

/// How far a long job is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// What is done ("adding", "linking").
    pub what: String,
    /// Pages so far.
    pub done: u64,
    /// Of so many, where known.
    #[serde(default)]
    pub total: Option<u64>,
    /// Number of the process that tells it.
    pub pid: u32,
}

/// A process that writes to the library.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// Which one.
    pub holder: Holder,
    /// How far it is, where it tells.
    pub progress: Option<Progress>,
}

fn path(dir: &Path) -> PathBuf {
    dir.join("progress.json")
}

/// Who writes to the library in this folder now; `None` where nobody does.
pub fn work(dir: &Path) -> Option<Work> {
    let holder = Lock::holder(dir)?;
    let mut text = String::new();
    let read = fs::File::open(path(dir)).and_then(|f| f.take(MOST).read_to_string(&mut text));
    let progress: Option<Progress> = read.ok().and_then(|_| serde_json::from_str(&text).ok());
    let progress = progress.filter(|p| Some(p.pid) == holder.pid);
    Some(Work { holder, progress })
}

/// Tells how far this process is. That nobody can be told is no reason to stop the work: what fails here is passed over.
pub fn tell_progress(dir: &Path, what: &str, done: u64, total: Option<u64>) {
    let progress = Progress { what: what.to_owned(), done, total, pid: std::process::id() };
    let new = dir.join("progress.json.new");
    let written = serde_json::to_vec(&progress).map_err(std::io::Error::other).and_then(|b| fs::write(&new, b));
    if written.and_then(|()| fs::rename(&new, path(dir))).is_err() {
        let _ = fs::remove_file(&new);
    }
}

/// The work is done.
pub fn end_progress(dir: &Path) {
    let _ = fs::remove_file(path(dir));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_while_the_lock_is_held_and_by_its_holder_alone() {
        let dir = tempfile::tempdir().unwrap();
        tell_progress(dir.path(), "adding", 7, None);
        assert_eq!(work(dir.path()), None);
        let lock = Lock::take(dir.path()).unwrap();
        let told = work(dir.path()).unwrap();
        assert_eq!(told.holder.pid, Some(std::process::id()));
        assert_eq!(told.progress.map(|p| (p.what, p.done)), Some(("adding".to_owned(), 7)));
        fs::write(path(dir.path()), r#"{"what":"adding","done":9,"pid":0}"#).unwrap();
        assert_eq!(work(dir.path()).unwrap().progress, None);
        fs::write(path(dir.path()), b"\xff{").unwrap();
        assert_eq!(work(dir.path()).unwrap().progress, None);
        end_progress(dir.path());
        drop(lock);
        assert_eq!(work(dir.path()), None);
    }
}

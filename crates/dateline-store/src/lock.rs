//! One writer at a time.

use crate::error::{ErrorKind, Result, StoreError};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A check asks for the lock for a moment to see whether it is held; a writer waits that out.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(20);

/// Characters of a command that are told.
const COMMAND: usize = 200;

/// Who writes to a library.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Holder {
    /// Number of the process.
    pub pid: Option<u32>,
    /// Name of the machine.
    pub host: Option<String>,
    /// What was typed.
    pub command: Option<String>,
    /// Since when, ISO 8601: the time that the file system gives the lock's file.
    #[serde(skip)]
    pub since: Option<String>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.command.clone(),
            self.pid.map(|pid| format!("process {pid}")),
            self.host.as_ref().map(|host| format!("on {host}")),
            self.since.as_ref().map(|since| format!("since {since}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(if parts.is_empty() { "it does not say who" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

impl Holder {
    /// This process.
    fn this() -> Holder {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
        let host = host.or_else(|| std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok());
        let words: Vec<String> = std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect();
        let program = words.first().and_then(|p| Path::new(p).file_name()).map(|p| p.to_string_lossy().into_owned());
        let command: Vec<String> = program.into_iter().chain(words.into_iter().skip(1)).collect();
        Holder {
            pid: Some(std::process::id()),
            host: host.map(|h| line(h.trim())).filter(|h| !h.is_empty()),
            command: Some(line(&command.join(" "))).filter(|c| !c.is_empty()),
            since: None,
        }
    }

    /// Whom a lock's file names.
    fn read(file: File) -> Holder {
        let since = file.metadata().and_then(|m| m.modified()).ok();
        let since = since.and_then(|t| jiff::Timestamp::try_from(t).ok());
        let mut text = String::new();
        let _ = file.take(4096).read_to_string(&mut text);
        let holder: Holder = serde_json::from_str(&text).unwrap_or_default();
        Holder { since: since.map(|t| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()), ..holder }
    }
}

/// Text that stays on its line.
fn line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(COMMAND).collect()
}

/// Held while a library is open for writing. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

fn path(dir: &Path) -> PathBuf {
    dir.join("lock")
}

impl Lock {
    /// Takes the lock of a library folder, or says who holds it.
    pub(crate) fn take(dir: &Path) -> Result<Lock> {
        let path = path(dir);
        let fail = |e| StoreError::io(&path, e);
        let mut file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).map_err(fail)?;
        let mut tried = 1;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if tried < TRIES => {
                    tried += 1;
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::at(dir, ErrorKind::Busy(Holder::read(file))));
                }
                Err(TryLockError::Error(e)) => return Err(fail(e)),
            }
        }
        file.set_len(0).and_then(|()| file.rewind()).map_err(fail)?;
        let holder = serde_json::to_vec(&Holder::this()).unwrap_or_default();
        file.write_all(&holder).map_err(fail)?;
        Ok(Lock { _file: file })
    }

    /// Who writes to the library now; `None` where nobody does.
    pub(crate) fn holder(dir: &Path) -> Option<Holder> {
        let file = File::open(path(dir)).ok()?;
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)).then(|| Holder::read(file))
    }

    /// Whether a process writes to the library now.
    pub(crate) fn is_held(dir: &Path) -> bool {
        let Ok(file) = File::open(path(dir)) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_is_named_and_a_lock_left_behind_is_no_obstacle() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(path(dir.path()), "4711").unwrap();
        assert!(!Lock::is_held(dir.path()));
        let lock = Lock::take(dir.path()).unwrap();
        assert!(Lock::is_held(dir.path()));
        let busy = Lock::take(dir.path()).unwrap_err();
        let ErrorKind::Busy(holder) = busy.kind() else { panic!("{busy}") };
        assert_eq!(holder.pid, Some(std::process::id()));
        assert!(holder.command.is_some() && holder.since.is_some(), "{holder:?}");
        assert!(busy.to_string().contains(&format!("process {}", std::process::id())), "{busy}");
        drop(lock);
        Lock::take(dir.path()).unwrap();
    }

    #[test]
    fn a_lock_that_says_nothing_is_told_so() {
        assert_eq!(Holder::default().to_string(), "it does not say who");
        let holder = Holder { pid: Some(7), host: Some("desk".into()), ..Holder::default() };
        assert_eq!(holder.to_string(), "process 7, on desk");
    }
}

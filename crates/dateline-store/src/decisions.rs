//! What did the user decide?
//!
//! `decisions.jsonl` is one of the library's two truths: appended to, never rewritten, and safe on the disk before a
//! decision counts as made.

use crate::Library;
use crate::error::{ErrorKind, Result, StoreError};
use crate::settling::{decided, stood};
use dateline_capture::digest;
use dateline_story::decisions::{Act, Decision, Edit, Standing, active};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The file of decisions, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// In the order in which they were made.
    pub made: Vec<Decision>,
    /// Lines, from 1, that are no decision this program knows. They stay in the file and do nothing.
    pub unread: Vec<usize>,
}

/// Who decides, when and why: the clock is the caller's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deciding<'a> {
    /// The time, ISO 8601.
    pub at: &'a str,
    /// Who.
    pub by: Option<&'a str>,
    /// Why.
    pub why: Option<&'a str>,
}

impl Decisions {
    /// The decisions of a file, as a library's `decisions.jsonl` has them.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], also where there is no such file.
    pub fn of_file(path: &Path) -> Result<Decisions> {
        fs::read(path).map(|bytes| parse(&bytes)).map_err(|e| StoreError::io(path, e))
    }
}

pub(crate) fn path(dir: &Path) -> PathBuf {
    dir.join("decisions.jsonl")
}

impl Library {
    /// All decisions. A last line that was never finished is passed over.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn decisions(&self) -> Result<Decisions> {
        Ok(parse(&read(&path(self.dir()))?))
    }

    /// All decisions, and a mark by which to see whether others have come since.
    pub(crate) fn decisions_marked(&self) -> Result<(Decisions, String)> {
        let bytes = read(&path(self.dir()))?;
        Ok((parse(&bytes), digest(&bytes)))
    }

    /// How each decision stands, in their order.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::Index`].
    pub fn standing(&self) -> Result<Vec<(Decision, Standing)>> {
        let (Decisions { made, .. }, mark) = self.decisions_marked()?;
        let standing = match stood(&self.db, &mark)? {
            Some(standing) => standing,
            // decided, and not in effect yet
            None => decided(&self.db, &self.about_latest(made.clone())?)?.standing,
        };
        Ok(made.into_iter().zip(standing).collect())
    }

    /// Appends a decision and gives its name. It lies safely on the disk when this returns; the stories follow with
    /// [`Library::settle`]. A brief that is begun gets its name here.
    ///
    /// # Errors
    /// [`ErrorKind::ReadOnly`], [`ErrorKind::Io`], [`ErrorKind::Decision`] for an undo of what is not there or was
    /// undone before.
    pub fn decide(&mut self, mut act: Act, deciding: &Deciding) -> Result<String> {
        self.may_write()?;
        let before = self.decisions()?.made;
        if let Act::Undo { undoes } = &act {
            let Some(at) = before.iter().rposition(|d| d.id == *undoes) else {
                return Err(StoreError::not_found("decision", undoes));
            };
            if let Some(by) = active(&before)[at] {
                return Err(decision(format!("{undoes} was undone before, by {}", before[by].id)));
            }
        }
        let last = before.iter().filter_map(|d| d.id.strip_prefix('d')?.parse::<u64>().ok()).max().unwrap_or(0);
        let number = last.saturating_add(1);
        let id = format!("d{number}");
        if let Act::Brief { brief, edit: Edit::Begin { .. } } = &mut act {
            *brief = format!("b{number}");
        }
        let owned = |text: Option<&str>| text.map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let made = Decision {
            id: id.clone(),
            at: deciding.at.to_owned(),
            by: owned(deciding.by),
            why: owned(deciding.why),
            act,
        };
        append(&path(self.dir()), &made)?;
        Ok(id)
    }
}

pub(crate) fn decision(why: String) -> StoreError {
    StoreError::new(ErrorKind::Decision(why))
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    match fs::read(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(StoreError::io(path, e)),
        Ok(bytes) => Ok(bytes),
    }
}

fn parse(bytes: &[u8]) -> Decisions {
    let mut out = Decisions::default();
    let last = bytes.split(|b| *b == b'\n').count();
    for (i, line) in bytes.split(|b| *b == b'\n').enumerate() {
        match serde_json::from_slice(line) {
            Ok(decision) => out.made.push(decision),
            Err(_) if line.trim_ascii().is_empty() || i + 1 == last => {}
            Err(_) => out.unread.push(i + 1),
        }
    }
    out
}

/// Cuts off a last line that was never finished, and finishes one that only lacks its line break (as an editor leaves
/// it). What was acknowledged ends in a line break and is never touched.
pub(crate) fn repair(path: &Path) -> Result<Option<u64>> {
    let bytes = read(path)?;
    let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let rest = bytes.get(whole..).unwrap_or_default();
    if rest.is_empty() {
        return Ok(None);
    }
    let fail = |e| StoreError::io(path, e);
    let mut file = OpenOptions::new().append(true).open(path).map_err(fail)?;
    let finished = serde_json::from_slice::<serde_json::Value>(rest).is_ok_and(|v| v.is_object());
    let done = if finished { file.write_all(b"\n") } else { file.set_len(whole as u64) };
    done.and_then(|()| file.sync_all()).map_err(fail)?;
    Ok((!finished).then_some(rest.len() as u64))
}

fn append(path: &Path, decision: &Decision) -> Result<()> {
    repair(path)?;
    let fail = |e| StoreError::io(path, e);
    let mut line = serde_json::to_vec(decision).map_err(|e| self::decision(e.to_string()))?;
    line.push(b'\n');
    let is_new = !path.exists();
    let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(fail)?;
    let before = file.metadata().map_err(fail)?.len();
    if let Err(e) = file.write_all(&line).and_then(|()| file.sync_all()) {
        // What was refused must not take effect later.
        let _ = file.set_len(before);
        return Err(fail(e));
    }
    // a new file is there only when its folder says so
    if let (true, Some(dir)) = (is_new && cfg!(unix), path.parent()) {
        fs::File::open(dir).and_then(|d| d.sync_all()).map_err(fail)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"d1","at":"2031-03-04","what":"pin","a":{"pages":["a"]}}"#;

    fn after_repair(bytes: &str) -> (String, Option<u64>) {
        let dir = tempfile::tempdir().unwrap();
        let file = path(dir.path());
        fs::write(&file, bytes).unwrap();
        let cut = repair(&file).unwrap();
        (fs::read_to_string(&file).unwrap(), cut)
    }

    #[test]
    fn a_line_cut_off_anywhere_is_repaired_and_no_whole_line_is_lost() {
        let whole = format!("{LINE}\n");
        for cut in 1..LINE.len() {
            let (left, gone) = after_repair(&format!("{whole}{}", &LINE[..cut]));
            assert_eq!((left.as_str(), gone), (whole.as_str(), Some(cut as u64)));
        }
        assert_eq!(after_repair(&format!("{whole}{LINE}")), (format!("{whole}{whole}"), None));
        assert_eq!(after_repair(&whole), (whole.clone(), None));
        assert_eq!(after_repair(""), (String::new(), None));
    }

    #[test]
    fn lines_that_are_not_known_are_told_and_kept() {
        let bytes = format!("{LINE}\n{{\"id\":\"w1\",\"what\":\"dance\"}}\n\n{LINE}\n{{\"id\":");
        let read = parse(bytes.as_bytes());
        assert_eq!((read.made.len(), read.unread), (2, vec![2]));
        assert_eq!(parse(b"\xff\xfe\n").unread, [1]);
    }

    #[test]
    fn appending_mends_first() {
        let dir = tempfile::tempdir().unwrap();
        let file = path(dir.path());
        fs::write(&file, format!("{LINE}\n{}", &LINE[..20])).unwrap();
        let decision: Decision = serde_json::from_str(LINE).unwrap();
        append(&file, &decision).unwrap();
        assert_eq!(parse(&fs::read(&file).unwrap()).made, [decision.clone(), decision]);
    }
}

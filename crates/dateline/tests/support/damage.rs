//! A library of the examples, and the ways in which the test of `check` damages it.

use super::{examples, run};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use rusqlite::Connection;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Numbers that are the same in every run (xorshift64, Marsaglia).
pub struct Seed(pub u64);

impl Seed {
    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// A library's folder.
pub struct Desk {
    pub dir: PathBuf,
}

/// The older capture file; the newer is that of the month in which the test runs.
pub const OLDER: &str = "2024-05.warc.gz";

impl Desk {
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    pub fn arg(&self) -> &str {
        self.dir.to_str().expect("a readable path")
    }

    /// Runs a command on it; gives exit code, standard output and error.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let out = run(&[args, &["--library", self.arg()]].concat());
        let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
        (out.status.code().unwrap_or(-1), text(&out.stdout), text(&out.stderr))
    }

    /// Runs a command that must succeed; gives its output.
    pub fn succeed(&self, args: &[&str]) -> String {
        let (code, out, errors) = self.run(args);
        assert_eq!(code, 0, "{args:?}: {errors}");
        out
    }

    /// A library with two capture files and five decisions.
    pub fn make(dir: &Path) -> Desk {
        let desk = Desk { dir: dir.to_owned() };
        let pages = |outlet: &str| examples().join("pages").join(outlet).to_str().expect("readable").to_owned();
        desk.succeed(&["add", &pages("europe-desk"), &pages("baltic-ledger")]);
        fs::rename(desk.newer(), desk.path("captures").join(OLDER)).expect("renamed");
        desk.succeed(&["rebuild"]);
        desk.succeed(&["add", &pages("")]);
        let stories: Vec<String> = super::json_lines(&desk.succeed(&["stories", "--json"]))
            .iter()
            .map(|s| s["story"].as_str().unwrap_or_default().to_owned())
            .collect();
        desk.succeed(&["pin", &stories[0]]);
        desk.succeed(&["rename", &stories[1], "The pinned one"]);
        desk.succeed(&["apart", &stories[2], &stories[3]]);
        desk.succeed(&["merge", &stories[4], &stories[5]]);
        desk.succeed(&["undo", "d1"]);
        desk
    }

    pub fn copy(&self, to: &Path) -> Desk {
        copy(&self.dir, to);
        Desk { dir: to.to_owned() }
    }

    /// The capture file of this month.
    pub fn newer(&self) -> PathBuf {
        let files = fs::read_dir(self.path("captures")).expect("a folder");
        let mut files: Vec<PathBuf> = files.map(|e| e.expect("an entry").path()).collect();
        files.sort();
        files.pop().expect("a file")
    }

    pub fn sql(&self, sql: &str) {
        let db = Connection::open(self.path("index.db")).expect("the index opens");
        db.execute_batch(&format!("PRAGMA foreign_keys = off; {sql}")).unwrap_or_else(|e| panic!("{sql}: {e}"));
    }

    /// One value of the index; `sql` has one row for each choice.
    pub fn pick(&self, sql: &str, seed: &mut Seed) -> String {
        let db = Connection::open(self.path("index.db")).expect("the index opens");
        let mut ask = db.prepare(sql).expect("a question");
        let all: Vec<String> = ask
            .query_map([], |r| r.get(0))
            .expect("rows")
            .collect::<rusqlite::Result<_>>()
            .unwrap_or_else(|e| panic!("{sql}: {e}"));
        all[seed.below(all.len())].clone()
    }

    /// Offsets at which the pages of a capture file start and end.
    pub fn members(&self, file: &Path) -> Vec<(usize, usize)> {
        let name = file.file_name().and_then(|n| n.to_str()).expect("a name");
        let db = Connection::open(self.path("index.db")).expect("the index opens");
        let mut ask =
            db.prepare("SELECT offset, offset + length FROM captures WHERE file = ?1 ORDER BY 1").expect("a question");
        let rows = ask.query_map([name], |r| Ok((r.get(0)?, r.get(1)?))).expect("rows");
        rows.collect::<rusqlite::Result<_>>().expect("numbers")
    }

    /// Changes a file's bytes.
    pub fn edit(&self, file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(file).expect("the file is there");
        change(&mut bytes);
        fs::write(file, bytes).expect("written");
    }

    /// Rewrites the last record of a capture file, unpacked, and packs it again.
    pub fn rewrite_last(&self, file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let (from, _) = *self.members(file).last().expect("a page");
        self.edit(file, |bytes| {
            let mut record = Vec::new();
            GzDecoder::new(&bytes[from..]).read_to_end(&mut record).expect("a member");
            change(&mut record);
            bytes.truncate(from);
            bytes.extend(gzip(&record));
        });
    }
}

pub fn gzip(record: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(record).expect("packed");
    out.finish().expect("packed")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let to = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(&entry, &to).expect("copied");
        }
    }
}

/// Replaces the first occurrence of some bytes.
pub fn replace(bytes: &mut Vec<u8>, was: &str, is: &str) {
    let at = bytes.windows(was.len()).position(|w| w == was.as_bytes()).unwrap_or_else(|| panic!("no {was:?}"));
    bytes.splice(at..at + was.len(), is.bytes());
}

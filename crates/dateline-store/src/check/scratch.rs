//! An empty index in memory, beside the library's own, to derive rows in anew and hold them against those that are there.

use crate::error::Result;
use crate::library::index_path;
use crate::migrations;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// An empty index in memory; the library's own is attached to it as `real`, for reading only.
pub(super) fn beside(dir: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI;
    let mut db = Connection::open_with_flags(":memory:", flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(Duration::from_secs(20))?;
    // rows come in whatever order suits the comparison
    db.pragma_update(None, "foreign_keys", false)?;
    migrations::migrate(&mut db)?;
    db.execute("ATTACH ?1 AS real", [uri(&index_path(dir))])?;
    Ok(db)
}

/// A path as SQLite wants it, to be opened for reading only.
fn uri(path: &Path) -> String {
    let mut out = String::from("file:");
    for b in path.as_os_str().as_encoded_bytes() {
        match b {
            b'/' | b'-' | b'_' | b'.' | b':' | b'\\' => out.push(char::from(*b)),
            b if b.is_ascii_alphanumeric() => out.push(char::from(*b)),
            b => out.push_str(&format!("%{b:02x}")),
        }
    }
    out + "?mode=ro"
}

/// Keys of the rows of a question that only the one or only the other index has. The question says `{db}` where it
/// names a table; its first column is the key.
pub(super) fn differences(db: &Connection, question: &str, narrow: &str) -> Result<Vec<(String, bool)>> {
    let side = |name: &str| format!("SELECT * FROM ({}) {narrow}", question.replace("{db}", name));
    let (own, real) = (side("main"), side("real"));
    let sql = format!(
        "SELECT DISTINCT * FROM (SELECT CAST(k AS TEXT), 0 FROM (SELECT * FROM ({own}) EXCEPT SELECT * FROM ({real}))
         UNION SELECT CAST(k AS TEXT), 1 FROM (SELECT * FROM ({real}) EXCEPT SELECT * FROM ({own}))) ORDER BY 1, 2"
    );
    let mut ask = db.prepare(&sql)?;
    Ok(ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

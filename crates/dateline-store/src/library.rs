//! A library folder, opened.

use crate::error::{ErrorKind, Result, StoreError};
use crate::lock::Lock;
use crate::search::entered::Entered;
use crate::{decisions, migrations, search, today};
use dateline_capture::warc;
use dateline_story::Linker;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// How a library is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To ask; any number at once, also while one writes.
    Read,
    /// To add and link; one at a time.
    Write,
}

/// An open library. `Send`; for several threads open one each ([`Library::another`]).
#[derive(Debug)]
pub struct Library {
    dir: PathBuf,
    pub(crate) db: Connection,
    pub(crate) writer: Option<warc::Writer>,
    pub(crate) repaired: Vec<warc::Repaired>,
    pub(crate) linker: Option<Linker>,
    /// Names that this writer entered lately.
    pub(crate) entered: Entered,
    /// The linker on its way, see [`Library::recollect`].
    pub(crate) recollecting: Option<mpsc::Receiver<Option<Linker>>>,
    cut_decision: Option<u64>,
    lock: Option<Lock>,
}

/// The folder of captures inside a library.
pub(crate) fn captures_dir(dir: &Path) -> PathBuf {
    dir.join("captures")
}

pub(crate) fn index_path(dir: &Path) -> PathBuf {
    dir.join("index.db")
}

impl Library {
    /// Starts a library in a folder, or opens the one that lies there, for writing.
    ///
    /// # Errors
    /// [`ErrorKind::NotAFolder`], [`ErrorKind::Busy`], [`ErrorKind::TooNew`], [`ErrorKind::Io`], [`ErrorKind::Denied`],
    /// [`ErrorKind::Index`].
    pub fn create(dir: &Path) -> Result<Library> {
        let captures = captures_dir(dir);
        if dir.is_file() {
            return Err(StoreError::at(dir, ErrorKind::NotAFolder));
        }
        if !captures.is_dir() {
            // The folder of captures is what makes a library: it comes when the index can be asked, so that whoever
            // reads while a library is started finds none or a whole one.
            fs::create_dir_all(dir).map_err(|e| StoreError::io(dir, e))?;
            let _lock = Lock::take(dir)?;
            Library::over(dir, &index_path(dir), Mode::Write)?;
            fs::create_dir_all(&captures).map_err(|e| StoreError::io(&captures, e))?;
            sync_folders(dir);
        }
        let decisions = decisions::path(dir);
        let opened = fs::OpenOptions::new().create(true).append(true).open(&decisions);
        opened.map_err(|e| StoreError::io(&decisions, e))?;
        Library::open(dir, Mode::Write)
    }

    /// Opens a library. Opened for writing, what a crash left is mended: records without an index entry are entered
    /// (they are then [`Library::pending`]), decisions that the stories do not know yet are put into effect, and a
    /// missing index is started anew.
    ///
    /// # Errors
    /// [`ErrorKind::NotALibrary`], [`ErrorKind::Busy`], [`ErrorKind::TooNew`], [`ErrorKind::Io`], [`ErrorKind::Index`].
    pub fn open(dir: &Path, mode: Mode) -> Result<Library> {
        if !captures_dir(dir).is_dir() {
            return Err(StoreError::at(dir, ErrorKind::NotALibrary));
        }
        let lock = if mode == Mode::Write { Some(Lock::take(dir)?) } else { None };
        let path = index_path(dir);
        if mode == Mode::Read && !path.exists() {
            return Err(StoreError::at(&path, ErrorKind::Index("it is missing".to_owned())));
        }
        let mut library = Library::over(dir, &path, mode).map_err(|e| e.or_at(&path))?;
        library.lock = lock;
        if mode == Mode::Write {
            library.cut_decision = decisions::repair(&decisions::path(dir))?;
            library.enter_orphans()?;
            library.finish()?;
        }
        Ok(library)
    }

    /// A library over an index file that need not be the folder's own.
    pub(crate) fn over(dir: &Path, index: &Path, mode: Mode) -> Result<Library> {
        let mut db = connect(index, mode)?;
        match mode {
            Mode::Write => {
                migrations::migrate(&mut db)?;
                search::enter::again(&mut db)?;
                today::again(&mut db)?;
            }
            Mode::Read => {
                let (found, known) = (migrations::check(&db)?, migrations::FORMAT);
                if found < known {
                    return Err(StoreError::at(index, ErrorKind::Older { found, known }));
                }
            }
        }
        Ok(Library::over_connection(dir, db))
    }

    /// A library over an index that is open already.
    pub(crate) fn over_connection(dir: &Path, db: Connection) -> Library {
        let (dir, repaired) = (dir.to_owned(), Vec::new());
        Library {
            dir,
            db,
            writer: None,
            repaired,
            linker: None,
            recollecting: None,
            entered: Entered::default(),
            cut_decision: None,
            lock: None,
        }
    }

    /// A second, reading view of the same library, for another thread.
    ///
    /// # Errors
    /// As [`Library::open`].
    pub fn another(&self) -> Result<Library> {
        Library::open(&self.dir, Mode::Read)
    }

    /// Asks several questions of one state of the library, whatever is written meanwhile.
    ///
    /// # Errors
    /// [`ErrorKind::Index`]; those of the questions.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce(&Library) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.hold()?;
        let answers = questions(self);
        self.db.execute_batch("ROLLBACK").map_err(StoreError::from)?;
        answers
    }

    /// From now on this reader sees one state of the library, for as long as it is open.
    ///
    /// # Errors
    /// [`ErrorKind::Index`].
    pub fn hold(&self) -> Result<()> {
        Ok(self.db.execute_batch("BEGIN")?)
    }

    /// The library's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Half-written ends of capture files that were cut off since the library was opened.
    pub fn repaired(&self) -> &[warc::Repaired] {
        &self.repaired
    }

    /// Bytes of a decision that was never finished, cut off when the library was opened for writing.
    pub fn cut_decision(&self) -> Option<u64> {
        self.cut_decision
    }

    /// Version of the rules that made the links; `None` before the first linking.
    ///
    /// # Errors
    /// [`ErrorKind::Index`].
    pub fn linked_by(&self) -> Result<Option<String>> {
        let mut ask = self.db.prepare_cached("SELECT value FROM settings WHERE name = 'linked by'")?;
        let mut rows = ask.query([])?;
        Ok(rows.next()?.map(|r| r.get(0)).transpose()?)
    }

    pub(crate) fn may_write(&self) -> Result<()> {
        match self.db.is_readonly("main")? || self.db.query_row("PRAGMA query_only", [], |r| r.get::<_, bool>(0))? {
            true => Err(StoreError::at(&self.dir, ErrorKind::ReadOnly)),
            false => Ok(()),
        }
    }
}

/// A new folder's own entry must survive a crash as its files do. Where a folder cannot be opened for it (one above a
/// home, Windows) the system writes it in its own time.
fn sync_folders(dir: &Path) {
    let folders = [Some(dir), dir.parent()].into_iter().flatten().filter(|d| !d.as_os_str().is_empty());
    for folder in folders {
        let _ = fs::File::open(folder).and_then(|d| d.sync_all());
    }
}

/// Bytes of a page of an index: readings and shapes of articles of common length leave a third of a page of 4096 empty.
const PAGE_SIZE: u32 = 16_384;

/// Bytes of a page of a new index. One that is to be copied over another, as [`crate::swap`] does, has pages of the
/// same size: SQLite copies no others into a file that readers have open.
fn page_size(path: &Path) -> u32 {
    let mut head = [0; 18];
    let index = index_path(path.parent().unwrap_or(path));
    match fs::File::open(index).and_then(|mut f| f.read_exact(&mut head)) {
        Ok(()) if head.starts_with(b"SQLite format 3\0") => match u16::from_be_bytes([head[16], head[17]]) {
            1 => 65_536,
            size => size.into(),
        },
        _ => PAGE_SIZE,
    }
}

/// Statements kept prepared on each connection: all that there are.
const STATEMENTS: usize = 256;

pub(crate) fn connect(path: &Path, mode: Mode) -> Result<Connection> {
    let base = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = match mode {
        Mode::Write => {
            Connection::open_with_flags(path, base | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?
        }
        // WAL wants its shared memory file; a reader that may make it can read a library nobody has open.
        Mode::Read => Connection::open_with_flags(path, base | OpenFlags::SQLITE_OPEN_READ_WRITE)
            .or_else(|_| Connection::open_with_flags(path, base | OpenFlags::SQLITE_OPEN_READ_ONLY))?,
    };
    // Before WAL: two processes that start at once both want to switch.
    db.busy_timeout(Duration::from_secs(20))?;
    match mode {
        Mode::Write => {
            // Heeded in a new file only.
            db.pragma_update(None, "page_size", page_size(path))?;
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "NORMAL")?;
            db.pragma_update(None, "foreign_keys", true)?;
            // An old reader can pin a long log; this bounds what stays of it afterwards.
            db.pragma_update(None, "journal_size_limit", 64 << 20)?;
        }
        Mode::Read => db.pragma_update(None, "query_only", true)?,
    }
    db.pragma_update(None, "cache_size", -16_384)?;
    // An article is entered by more statements than the sixteen that are kept prepared unless told otherwise.
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

//! Where an export goes: to standard output, or to a file that appears only when it is whole.

use crate::output;
use anyhow::{Context, Result, bail};
use std::fmt;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where to write.
pub struct Target {
    file: Option<PathBuf>,
    force: bool,
}

impl Target {
    /// A file, or `-` for standard output.
    ///
    /// # Errors
    /// Where the file is there already, unless `force`.
    pub fn new(path: &Path, force: bool) -> Result<Target> {
        let file = (path.as_os_str() != "-").then(|| path.to_owned());
        if let Some(file) = file.as_ref().filter(|f| !force && f.symlink_metadata().is_ok()) {
            bail!("{} is there already; --force replaces it", file.display());
        }
        Ok(Target { file, force })
    }

    /// Whether it is standard output.
    pub fn is_stdout(&self) -> bool {
        self.file.is_none()
    }

    /// Lets `write` write all of it. A file gets its name only after that, and after it lies on the disk.
    ///
    /// # Errors
    /// Those of `write`, and where the output cannot be written; there is no file then, or the one of before.
    pub fn fill<T>(&self, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T>) -> Result<T> {
        let Some(file) = &self.file else {
            let mut out = BufWriter::with_capacity(1 << 18, output::out());
            let done = write(&mut out)?;
            out.flush()?;
            return Ok(done);
        };
        let cannot = || format!("cannot write {}", file.display());
        let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut making = tempfile::Builder::new();
        making.prefix(".dateline-export-");
        // as any new file, not for its owner alone as files of passage are
        #[cfg(unix)]
        making.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut out = BufWriter::with_capacity(1 << 18, making.tempfile_in(folder).with_context(cannot)?);
        let done = write(&mut out).with_context(cannot)?;
        let whole = out.into_inner().map_err(|e| e.into_error()).with_context(cannot)?;
        whole.as_file().sync_all().with_context(cannot)?;
        let named = if self.force { whole.persist(file) } else { whole.persist_noclobber(file) };
        named.map_err(|e| e.error).with_context(cannot)?;
        Ok(done)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}", file.display()),
            None => f.write_str("standard output"),
        }
    }
}

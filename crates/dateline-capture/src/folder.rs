//! The files of a folder, in the order of their names, folders included.

use crate::limits::MAX_DEPTH;
use crate::sniff;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Walks a folder depth first. Hidden files, special files, pictures and scripts are passed over, and so is the
/// folder of parts that a browser saves beside a page ("Page_files" beside "Page.html"). A folder that was
/// visited before (through a symbolic link) is not visited again.
pub(crate) struct Walk {
    /// Entries still to visit, last first, with their depth.
    left: Vec<(PathBuf, usize)>,
    visited: BTreeSet<PathBuf>,
}

impl Walk {
    pub(crate) fn new(folder: &Path) -> Walk {
        Walk { left: vec![(folder.to_owned(), 0)], visited: BTreeSet::new() }
    }

    fn enter(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        if depth > MAX_DEPTH || !self.visited.insert(fs::canonicalize(folder)?) {
            return Ok(());
        }
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
        entries.sort();
        let saved_parts: BTreeSet<PathBuf> = entries.iter().filter(|p| is_page(p)).flat_map(|p| parts(p)).collect();
        let wanted = |p: &PathBuf| !is_hidden(p) && !saved_parts.contains(p);
        self.left.extend(entries.into_iter().filter(wanted).map(|p| (p, depth + 1)).rev());
        Ok(())
    }
}

impl Iterator for Walk {
    type Item = (PathBuf, io::Result<()>);

    /// The next file, or a folder or file that cannot be looked at.
    fn next(&mut self) -> Option<Self::Item> {
        while let Some((path, depth)) = self.left.pop() {
            let meta = match fs::metadata(&path) {
                Ok(m) => m,
                // A link that leads nowhere, or to itself, in a folder is nobody's page.
                Err(_) if depth > 0 && path.is_symlink() => continue,
                Err(e) => return Some((path, Err(e))),
            };
            if meta.is_dir() {
                if let Err(e) = self.enter(&path, depth) {
                    return Some((path, Err(e)));
                }
            } else if meta.is_file() && is_wanted(&path) {
                return Some((path, Ok(())));
            }
        }
        None
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
}

fn is_page(path: &Path) -> bool {
    path.extension().and_then(|e| e.to_str()).and_then(sniff::extension) == Some(sniff::Hint::Html)
}

/// Names under which browsers save a page's parts.
fn parts(page: &Path) -> [PathBuf; 2] {
    let stem = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    [page.with_file_name(format!("{stem}_files")), page.with_file_name(format!("{stem}.files"))]
}

/// Whether a file's name is one of a page, feed or archive, or says nothing.
fn is_wanted(path: &Path) -> bool {
    match path.extension().and_then(|e| e.to_str()) {
        None => true,
        Some(e) => {
            let e = e.to_ascii_lowercase();
            matches!(e.as_str(), "warc" | "gz" | "zst" | "br")
                || sniff::extension(&e).is_some()
                || !e.bytes().all(|b| b.is_ascii_alphanumeric())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_sorted_and_parts_links_and_hidden_files_do_not() {
        let dir = tempfile::tempdir().unwrap();
        let at = |p: &str| dir.path().join(p);
        for d in ["b", "a_files", "b/deep"] {
            fs::create_dir(at(d)).unwrap();
        }
        for f in ["a.html", "a_files/ad.html", "b/2.txt", "b/deep/1.xml", "c.warc.gz", ".x.html", "p.png", "plain"] {
            fs::write(at(f), "x").unwrap();
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path(), at("b/loop")).unwrap();
            std::os::unix::fs::symlink(at("self"), at("self")).unwrap();
        }
        let found: Vec<String> = Walk::new(dir.path())
            .map(|(p, r)| {
                r.unwrap();
                p.strip_prefix(dir.path()).unwrap().to_string_lossy().replace('\\', "/")
            })
            .collect();
        assert_eq!(found, ["a.html", "b/2.txt", "b/deep/1.xml", "c.warc.gz", "plain"]);
    }
}

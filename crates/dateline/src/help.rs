//! What a user adds to what is shipped to find articles: rules for outlets, and lines that outlets repeat.
//!
//! Both are explicit inputs. For files they are named on the command line or come from the files themselves; for a
//! library they are two tables in its folder, so that `rebuild` reads every page by what `add` read it by.

use anyhow::{Context, Result};
use dateline_article::{Help, OutletLines, SiteRules};
use dateline_capture::{Capture, Limits, digest, warc};
use dateline_story::Families;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The program and the rules it was built from: what links are named by, and readings beside the tables they used.
pub const MADE_BY: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"), " + rules ", env!("DATELINE_RULES"));

/// The library's own rules for outlets, in its folder.
const SITES: &str = "sites.tsv";
/// The lines that outlets repeat, as `rebuild --learn` wrote them.
const LINES: &str = "lines.tsv";

/// The shipped rules, and those of a file.
///
/// # Errors
/// Where the file cannot be read or one of its rules does not hold.
pub fn rules(file: Option<&Path>) -> Result<SiteRules> {
    let shipped = SiteRules::default();
    let Some(file) = file else { return Ok(shipped) };
    let table = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(shipped.and(SiteRules::parse(&table).with_context(|| file.display().to_string())?))
}

/// The shipped houses of outlets, and those of a file.
///
/// # Errors
/// Where the file cannot be read or a row of it is none.
pub fn families(file: Option<&Path>) -> Result<Families> {
    let shipped = Families::default();
    let Some(file) = file else { return Ok(shipped) };
    let table = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    shipped.and(&table).map_err(|why| anyhow::anyhow!("{}: {why}", file.display()))
}

/// The lines that outlets repeat within the files and folders named. Standard input is not read for it: it can be
/// read but once.
pub fn lines(paths: &[PathBuf]) -> OutletLines {
    let files = paths.iter().filter(|p| p.as_os_str() != "-");
    OutletLines::learn(files.flat_map(|p| dateline_capture::read(p, &Limits::default())).filter_map(Result::ok))
}

/// What a library's pages are read by.
pub struct Library {
    pub help: Help,
    /// The program's version and rules, and the tables' own where there are any: each reading names it.
    pub version: String,
}

/// The tables of a library's folder; those that are not there are empty.
///
/// # Errors
/// Where a table is there and cannot be read.
pub fn of_library(dir: &Path) -> Result<Library> {
    let (sites, lines) = (table(dir, SITES)?, table(dir, LINES)?);
    let added = sites.map(|s| SiteRules::parse(&s).with_context(|| dir.join(SITES).display().to_string()));
    let shipped = SiteRules::default();
    let sites = added.transpose()?.map_or(shipped.clone(), |rules| shipped.and(rules));
    Ok(Library { help: Help { sites, lines: OutletLines::parse(&lines.unwrap_or_default()) }, version: version(dir)? })
}

/// What pages of a library would be read by now, without making ready to read any.
///
/// # Errors
/// Where a table is there and cannot be read.
pub fn version(dir: &Path) -> Result<String> {
    let mut version = MADE_BY.to_owned();
    for name in [SITES, LINES] {
        version.push_str(&table(dir, name)?.map_or(String::new(), |t| named(name, &t)));
    }
    Ok(version)
}

/// A table of a library's folder, where it is there.
fn table(dir: &Path, name: &str) -> Result<Option<String>> {
    let file = dir.join(name);
    if !file.exists() {
        return Ok(None);
    }
    std::fs::read_to_string(&file).map(Some).with_context(|| file.display().to_string())
}

/// How a version names a table.
fn named(name: &str, table: &str) -> String {
    format!(" + {name} {}", digest(table.as_bytes()).get(..8).unwrap_or_default())
}

/// What differs between the version that pages would be read by now and others: "rules", "sites.tsv".
pub fn differing(now: &str, others: &[String]) -> Vec<String> {
    let parts = |version: &str| -> BTreeMap<String, String> {
        let part = |p: &str| p.split_once(' ').map(|(name, value)| (name.to_owned(), value.to_owned()));
        version.split(" + ").filter_map(part).collect()
    };
    let now = parts(now);
    let mut names = BTreeSet::new();
    for other in others.iter().map(|v| parts(v)) {
        names.extend(now.keys().chain(other.keys()).filter(|k| now.get(*k) != other.get(*k)).cloned());
    }
    names.into_iter().collect()
}

/// Learns the lines that outlets repeat from all pages of a library, and puts them into its table. Gives their number.
///
/// # Errors
/// Where a capture file or the table cannot be opened.
pub fn learn(dir: &Path) -> Result<usize> {
    let captures = dir.join("captures");
    let entries = std::fs::read_dir(&captures).with_context(|| captures.display().to_string())?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|f| f.to_string_lossy().ends_with(".warc.gz"));
    files.sort();
    let records = files.iter().map(|f| warc::Records::open(f, 0)).collect::<Result<Vec<_>, _>>()?;
    let own = records.into_iter().flatten().filter_map(|r| -> Option<Capture> { r.ok()?.own() });
    let lines = OutletLines::learn(own);
    let (new, table) = (dir.join("lines.tsv.new"), dir.join(LINES));
    std::fs::write(&new, lines.table()).with_context(|| new.display().to_string())?;
    std::fs::rename(&new, &table).with_context(|| table.display().to_string())?;
    Ok(lines.len())
}

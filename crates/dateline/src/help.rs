//! What a user adds to what is shipped to find articles: rules for outlets, and lines that outlets repeat.
//!
//! Both are explicit inputs. For files they are named on the command line or come from the files themselves; for a
//! library they are two tables in its folder, so that `rebuild` reads every page by what `add` read it by.

use anyhow::{Context, Result};
use dateline_article::{Help, OutletLines, SiteRules};
use dateline_brief::json::VERSION;
use dateline_capture::{Capture, Limits, digest, warc};
use std::path::{Path, PathBuf};

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
    let table = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    Ok(shipped.and(SiteRules::parse(&table).with_context(|| file.display().to_string())?))
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
    /// The program's version, and the tables' own where there are any: each reading names it.
    pub version: String,
}

/// The tables of a library's folder; those that are not there are empty.
///
/// # Errors
/// Where a table is there and cannot be read.
pub fn of_library(dir: &Path) -> Result<Library> {
    let mut version = VERSION.to_owned();
    let mut table = |name: &str| -> Result<Option<String>> {
        let file = dir.join(name);
        if !file.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let digest = digest(text.as_bytes());
        version.push_str(&format!(" + {name} {}", digest.get(..8).unwrap_or_default()));
        Ok(Some(text))
    };
    let (sites, lines) = (table(SITES)?, table(LINES)?);
    let added = sites.map(|s| SiteRules::parse(&s).with_context(|| dir.join(SITES).display().to_string()));
    let shipped = SiteRules::default();
    let sites = added.transpose()?.map_or(shipped.clone(), |rules| shipped.and(rules));
    Ok(Library { help: Help { sites, lines: OutletLines::parse(&lines.unwrap_or_default()) }, version })
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

//! Pages of a folder: `*.html` and `*.html.gz`, and the gold beside them where there is any.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// One saved page.
pub struct Page {
    /// The file's name without its endings.
    pub id: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its bytes, decompressed.
    pub bytes: Vec<u8>,
    /// Its address, where the gold gives one.
    pub url: Option<String>,
    /// The main text it should give, where the gold gives one.
    pub gold: Option<String>,
}

/// Pages of `folder`, or of its subfolder `html`, by name; gold from `ground-truth.json`
/// (`{id: {"articleBody", "url"}}`) in `folder`.
///
/// # Errors
/// Where the folder, a page or the gold cannot be read.
pub fn of(folder: &Path) -> Result<Vec<Page>> {
    let gold = gold(&folder.join("ground-truth.json"))?;
    let html = folder.join("html");
    let inside = if html.is_dir() { html } else { folder.to_owned() };
    let entries = std::fs::read_dir(&inside).with_context(|| inside.display().to_string())?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<PathBuf>>>()?;
    paths.sort();
    let pages = paths.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?;
        let id = name.strip_suffix(".gz").unwrap_or(name).strip_suffix(".html")?.to_owned();
        Some((id, path))
    });
    pages
        .map(|(id, path)| {
            let bytes = bytes(&path)?;
            let (gold, url) = gold.get(&id).cloned().unwrap_or_default();
            Ok(Page { id, path, bytes, url, gold })
        })
        .collect()
}

/// A file's bytes, decompressed where its name ends in `.gz`.
///
/// # Errors
/// Where it cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let raw = std::fs::read(path).with_context(|| path.display().to_string())?;
    if path.extension().is_none_or(|e| e != "gz") {
        return Ok(raw);
    }
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(&raw[..]).read_to_end(&mut out).with_context(|| path.display().to_string())?;
    Ok(out)
}

type Gold = BTreeMap<String, (Option<String>, Option<String>)>;

fn gold(path: &Path) -> Result<Gold> {
    if !path.exists() {
        return Ok(Gold::new());
    }
    let rows: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&std::fs::read(path)?)?;
    let field = |row: &serde_json::Value, name: &str| row[name].as_str().map(str::to_owned);
    Ok(rows.into_iter().map(|(id, row)| (id, (field(&row, "articleBody"), field(&row, "url")))).collect())
}

//! The library from the command line's side: where it is, how pages get into it, how its stories are told.

use crate::args::LibraryArgs;
use crate::help::{self, MADE_BY};
use crate::stream;
use anyhow::{Context, Result, bail};
use dateline_article::Help;
use dateline_brief::compose::Choice;
use dateline_capture::Capture;
use dateline_lexicon::Lexicon;
use dateline_store::{Library, Mode, Outcome, Selection};
use dateline_web::telling::{self, Told};
use rayon::prelude::*;
use std::path::PathBuf;

/// The folder asked for, or the platform's data folder.
///
/// # Errors
/// Where the platform names no data folder, or the folder lies on another machine and that was not allowed.
pub fn folder(args: &LibraryArgs) -> Result<PathBuf> {
    let dir = match &args.library {
        Some(dir) => dir.clone(),
        None => {
            let data = dirs::data_dir().context("no data folder is known here; name one with --library DIR")?;
            data.join("dateline")
        }
    };
    if let Some(kind) = dateline_store::network_file_system(&dir).filter(|_| !args.network_ok) {
        bail!(
            "{} lies on a network file system ({kind}), where locks and shared memory are not sure and the index may \
             come to harm; keep the library on a disk of this machine, or say --network-ok",
            dir.display()
        );
    }
    Ok(dir)
}

/// Opens the library to ask it; all answers are of one state of it, whatever is added meanwhile.
///
/// # Errors
/// Where there is none, or it cannot be used.
pub fn open(args: &LibraryArgs) -> Result<Library> {
    let library = Library::open(&folder(args)?, Mode::Read)?;
    library.hold()?;
    Ok(library)
}

/// The time, as the library's records want it. The only clock of the program; no analysis sees it.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// In one line, how many pages were read by other rules or tables than now; `None` where none was.
///
/// # Errors
/// Where the library or one of its tables cannot be read.
pub fn older(library: &Library, version: &str) -> Result<Option<String>> {
    let older = library.older(version)?;
    if older.readings == 0 {
        return Ok(None);
    }
    let differs = help::differing(version, &older.versions);
    let differs = if differs.is_empty() { "rules".to_owned() } else { differs.join(", ") };
    let (n, were) = (older.readings, if older.readings == 1 { "page was" } else { "pages were" });
    Ok(Some(format!(
        "{n} {were} read before a change ({differs}) and keep that reading; `dateline rebuild` reads them anew, and \
         `dateline changes` then tells what that changed"
    )))
}

/// Reads captures on all cores.
pub fn read(captures: &[Capture], lexicon: &Lexicon, help: &Help) -> Vec<Outcome> {
    captures
        .par_iter()
        .map(|c| match stream::guarded(c, lexicon, help) {
            Ok(report) => Outcome::Article(Box::new(report)),
            Err(e) => Outcome::NotAnArticle(e),
        })
        .collect()
}

/// Links what was read and is not linked yet; the user's decisions win.
///
/// # Errors
/// Those of the store.
pub fn link(library: &mut Library) -> std::result::Result<(), dateline_store::StoreError> {
    library.link(MADE_BY)
}

/// Tells stories by their full names, and what is new in them since a day.
///
/// # Errors
/// Those of the store.
pub fn tell(library: &Library, stories: &[String], since: Option<&str>) -> Result<Told> {
    told(library, library.selection(stories)?, since)
}

/// Tells a selection, and what is new in it since a day.
///
/// # Errors
/// Those of the store.
pub fn told(library: &Library, selection: Selection, since: Option<&str>) -> Result<Told> {
    let choice = Choice { news: since.map(str::to_owned), ..Choice::default() };
    Ok(telling::selected(library, selection, choice)?)
}

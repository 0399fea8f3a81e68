//! The library from the command line's side: where it is, how pages get into it, how its stories are told.

use crate::args::LibraryArgs;
use crate::help::{self, MADE_BY};
use crate::pipeline::{self, Linked};
use crate::stream;
use anyhow::{Context, Result, bail};
use dateline_article::Help;
use dateline_brief::{Brief, Own, compose::Choice};
use dateline_capture::{Capture, digest};
use dateline_lexicon::Lexicon;
use dateline_store::{Library, Mode, Outcome, Selection};
use dateline_story::Report;
use dateline_story::decisions::Kept;
use rayon::prelude::*;
use std::collections::BTreeMap;
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

/// Some stories of the library, told.
pub struct Told {
    /// What is told.
    pub brief: Brief,
    /// The articles it tells of.
    pub reports: Vec<Report>,
}

/// Tells stories by their full names, and what is new in them since a day.
///
/// # Errors
/// Those of the store.
pub fn tell(library: &Library, stories: &[String], since: Option<&str>) -> Result<Told> {
    told(library, library.selection(stories)?, since)
}

/// Tells a brief that the user put together, in its order and with what the user wrote.
///
/// # Errors
/// Those of the store.
pub fn saved(library: &Library, kept: &Kept) -> Result<Told> {
    let stories = library.brief_stories(kept)?;
    let ids: Vec<&str> = stories.iter().filter_map(|s| Some(s.story.as_ref()?.id.as_str())).collect();
    let choice = Choice { ordered: true, ..Choice::default() };
    let mut told = chosen(library, library.selection(&ids)?, choice)?;
    let notes = stories.iter().filter_map(|s| Some((s.story.as_ref()?.id.as_str(), s.note.as_str())));
    dateline_brief::put_own(&mut told.brief, own(kept), &notes.collect());
    Ok(told)
}

/// What the user says of a brief.
fn own(kept: &Kept) -> Own {
    Own { title: kept.title.clone(), lead: kept.lead.clone(), by: kept.by.clone() }
}

/// The digests of the captures that a brief tells of; those that cannot be read have none.
pub fn digests(library: &Library, brief: &Brief) -> BTreeMap<String, String> {
    let pages = brief.stories.iter().flat_map(|s| &s.pages);
    let of = |id: &String| Some((id.clone(), digest(&library.capture(id).ok()?.bytes)));
    pages.filter_map(|p| of(&p.id)).collect()
}

/// Tells a selection; stories that the user gave a title have that.
///
/// # Errors
/// Those of the store.
pub fn told(library: &Library, selection: Selection, since: Option<&str>) -> Result<Told> {
    chosen(library, selection, Choice { news: since.map(str::to_owned), ..Choice::default() })
}

fn chosen(library: &Library, selection: Selection, choice: Choice) -> Result<Told> {
    let selection = library.with_older(selection)?;
    let agreements = selection.agreements();
    let Selection { reports, links, stories, .. } = selection;
    let families = library.families()?;
    let choice = Choice { families, ..choice };
    let mut brief = pipeline::brief(&reports, &Linked { links, stories, agreements }, &choice);
    for part in &mut brief.stories {
        // what the list of stories says of one, its brief says too
        if let Ok(line) = library.story(&part.id) {
            part.headline = dateline_brief::shown(&line.title);
            part.speakers = usize::try_from(library.speakers_of(&line.id)?).unwrap_or(usize::MAX);
        }
        for other in &mut part.elsewhere {
            other.headline = library.story(&other.story).ok().map(|line| line.title);
        }
    }
    Ok(Told { brief, reports })
}

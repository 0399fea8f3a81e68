//! `dateline add`: pages into the library, with progress and a summary. A second run adds nothing twice.

use super::{DONE, some_failed};
use crate::args::AddArgs;
use crate::commands::read;
use crate::help::MADE_BY;
use crate::progress::Progress;
use crate::stream::{self, Input};
use crate::{help, library, output};
use anyhow::Result;
use dateline_article::Help;
use dateline_capture::{Capture, CaptureError, digest};
use dateline_lexicon::Lexicon;
use dateline_store::{AddCounts, Library, Notice, Outcome, Stamp};
use std::process::ExitCode;

/// New articles after which they are linked, at the least, so that stories appear while a long run goes on.
const STEP: u64 = 1024;
/// The same as a share of the articles that are linked: each linking regroups what the new articles hang together with,
/// which is much of a large library. Steps that grow with it keep the whole of a run near linear.
const STEP_OF: u64 = 2;

/// What came of a run.
#[derive(Debug, Default)]
struct Tally {
    pages: AddCounts,
    unreadable_inputs: u64,
    empty_inputs: u64,
}

/// What pages are read by.
struct Reader {
    lexicon: Lexicon,
    help: Help,
}

/// Runs the command.
pub fn run(args: &AddArgs) -> Result<ExitCode> {
    let dir = library::folder(&args.library)?;
    let mut shelf = Library::create(&dir)?;
    for repair in shelf.repaired() {
        output::say(&format!(
            "{}: the last record was not finished when an earlier run stopped; {} bytes were cut off, nothing else is lost",
            repair.file, repair.bytes
        ));
    }
    if let Some(bytes) = shelf.cut_decision() {
        output::say(&format!("decisions.jsonl: the last line was not finished; {bytes} bytes were cut off"));
    }
    let help::Library { help, version } = help::of_library(&dir)?;
    let reader = Reader { lexicon: Lexicon::shipped(), help };
    let now = library::now();
    let stamp = Stamp { now: &now, version: &version };
    let mut tally = Tally::default();
    upgrade(&mut shelf)?;
    finish_pending(&mut shelf, &reader, &stamp, &mut tally)?;
    let progress = Progress::start("adding").shown_in(&dir, None);
    let before = shelf.counts()?.articles;
    let mut linked = 0;
    for path in &args.paths {
        stream::batches(read::captures(path, args.jsonl)?, |batch| {
            let pages = batch.len() as u64;
            add(&mut shelf, batch, &reader, &stamp, &mut tally)?;
            // Only now: what progress counts is kept.
            progress.more(pages, &path.to_string_lossy());
            if tally.pages.added >= linked + STEP.max((before + linked) / STEP_OF) {
                library::link(&mut shelf)?;
                linked = tally.pages.added;
            }
            Ok(())
        })?;
    }
    let stories = relink(&mut shelf, &progress)?;
    progress.end();
    if let Some(older) = library::older(&shelf, &version)? {
        output::say(&older);
    }
    let notices = shelf.notices()?;
    for notice in notices.iter().filter(|_| !args.json) {
        output::say(&format!("{notice}; its pages may have changed (`dateline failures` names some)"));
    }
    summary(args.json, &tally, stories, &dir.to_string_lossy(), &notices)?;
    let failed = tally.pages.unreadable + tally.unreadable_inputs;
    Ok(if failed > 0 { some_failed() } else { DONE })
}

/// What another version linked is linked anew before anything comes to it, so that what changes by that can be told.
fn upgrade(shelf: &mut Library) -> Result<()> {
    let before = shelf.linked_by()?;
    if before.is_some_and(|by| by != MADE_BY) {
        shelf.relink(MADE_BY, library::link)?;
        if shelf.changes()?.is_some_and(|c| !c.changed.is_empty()) {
            output::say(
                "the stories were linked anew by other rules than before; `dateline changes` tells what that changed",
            );
        }
    }
    Ok(())
}

/// Pages that an earlier run stored and could not read before it was stopped.
fn finish_pending(shelf: &mut Library, reader: &Reader, stamp: &Stamp, tally: &mut Tally) -> Result<()> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for id in shelf.pending()? {
        match shelf.capture(&id) {
            Ok(capture) => {
                bytes += capture.bytes.len();
                batch.push(capture);
            }
            // One damaged record must not keep all others out; it stays pending, and `rebuild` and this tell of it.
            Err(e) => output::say(&e.to_string()),
        }
        if batch.len() >= stream::BATCH || bytes >= stream::BATCH_BYTES {
            tally.pages += keep(shelf, std::mem::take(&mut batch), reader, stamp)?;
            bytes = 0;
        }
    }
    tally.pages += keep(shelf, batch, reader, stamp)?;
    Ok(())
}

fn add(shelf: &mut Library, batch: Vec<Input>, reader: &Reader, stamp: &Stamp, tally: &mut Tally) -> Result<()> {
    let mut new: Vec<Capture> = Vec::new();
    let mut errors: Vec<CaptureError> = Vec::new();
    for input in batch {
        match input {
            Ok(capture) if shelf.known(&capture.id)? => {
                // an id of the giver's own is not made from the bytes: two files may both count from 1
                if capture.id != digest(&capture.bytes) && shelf.capture(&capture.id)?.bytes != capture.bytes {
                    errors.push(CaptureError::taken(capture));
                } else {
                    tally.pages.known += 1;
                }
            }
            Ok(capture) => new.push(capture),
            Err(e) => errors.push(e),
        }
    }
    for e in &errors {
        output::say(&e.to_string());
        if e.is_not_a_page() {
            tally.empty_inputs += 1;
        } else {
            tally.unreadable_inputs += 1;
        }
    }
    shelf.note_failures(&errors, stamp)?;
    tally.pages += keep(shelf, new, reader, stamp)?;
    Ok(())
}

fn keep(shelf: &mut Library, captures: Vec<Capture>, reader: &Reader, stamp: &Stamp) -> Result<AddCounts> {
    let outcomes = library::read(&captures, &reader.lexicon, &reader.help);
    for (capture, outcome) in captures.iter().zip(&outcomes) {
        if let Outcome::NotAnArticle(why) = outcome {
            output::say(&format!("{}: {why}", read::place(&capture.source)));
        }
    }
    let batch: Vec<(Capture, Outcome)> = captures.into_iter().zip(outcomes).collect();
    Ok(shelf.add(&batch, stamp)?)
}

/// Links where there is something to link; gives the number of stories.
fn relink(shelf: &mut Library, progress: &Progress) -> Result<u64> {
    if shelf.has_unlinked()? || shelf.linked_by()?.as_deref() != Some(MADE_BY) {
        progress.says("linking");
        library::link(shelf)?;
    }
    Ok(shelf.counts()?.stories)
}

fn summary(as_json: bool, tally: &Tally, stories: u64, dir: &str, notices: &[Notice]) -> std::io::Result<()> {
    let failed = tally.pages.unreadable + tally.unreadable_inputs;
    let not_articles = tally.pages.not_articles + tally.empty_inputs;
    if as_json {
        let line = serde_json::json!({
            "added": tally.pages.added, "known": tally.pages.known, "not_articles": not_articles,
            "failed": failed, "stories": stories, "library": dir, "notices": notices,
        });
        return output::line(&line.to_string());
    }
    let more = if failed + not_articles > 0 { " (`dateline failures` says why)" } else { "" };
    output::line(&format!(
        "{} added · {} known · {not_articles} not articles · {failed} failed{more}\n{stories} stories in {dir}",
        tally.pages.added, tally.pages.known
    ))
}

//! `dateline watch`: queries that are kept, and what is new for them since a day.

use super::DONE;
use super::decide::decide;
use super::stories::row;
use crate::args::{DecidedArgs, WatchArgs, WatchCommand};
use crate::{library, output};
use anyhow::Result;
use dateline_brief::{day_words, shown, terminal};
use dateline_store::{Library, WatchStory, Watched};
use dateline_story::decisions::Watch;
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &WatchArgs) -> Result<ExitCode> {
    match &args.command {
        None => news(args),
        Some(WatchCommand::List) => list(args),
        Some(WatchCommand::Add { name, query }) => {
            decide(&decided(args), |shelf| shelf.watching(name, &query.join(" ")))
        }
        Some(WatchCommand::Remove { name }) => decide(&decided(args), |shelf| shelf.unwatching(name)),
    }
}

fn decided(args: &WatchArgs) -> DecidedArgs {
    DecidedArgs { why: None, by: args.by.clone(), json: args.json, library: args.library.clone() }
}

fn list(args: &WatchArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let watches = shelf.watches()?;
    for w in &watches {
        output::line(&if args.json {
            dateline_web::shapes::watch(w).to_string()
        } else {
            format!("{}: {} ({})", shown(&w.name), shown(&w.query), w.decision)
        })?;
    }
    if watches.is_empty() && !args.json {
        output::line("Nothing is watched; `dateline watch add NAME QUERY` keeps a query.")?;
    }
    Ok(DONE)
}

/// What is new for each watch; without a day, all that fits.
fn news(args: &WatchArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let watches = shelf.watches()?;
    if watches.is_empty() {
        return list(args);
    }
    for watch in &watches {
        let found = shelf.watched(&watch.query, args.since.as_deref(), usize::MAX)?;
        if args.json {
            shapes(&shelf, watch, &found.shown)?;
        } else {
            told(&shelf, watch, &found, args.since.as_deref())?;
        }
    }
    Ok(DONE)
}

fn shapes(shelf: &Library, watch: &Watch, found: &[WatchStory]) -> Result<()> {
    let families = shelf.families()?;
    for s in found {
        let line = dateline_web::shapes::watched(s, watch, &families);
        output::line(&line.to_string())?;
    }
    Ok(())
}

fn told(shelf: &Library, watch: &Watch, found: &Watched, since: Option<&str>) -> Result<()> {
    let families = shelf.families()?;
    let since = since.map(|day| format!(" since {}", day_words(day))).unwrap_or_default();
    output::line(&format!(
        "{} ({}){since}: pages {} · stories {}",
        shown(&watch.name),
        shown(&watch.query),
        found.pages,
        found.stories
    ))?;
    let marked = |s: &WatchStory| {
        let mut row = row(&s.story, &families);
        row.marks.insert(0, format!("{} of {} that fit", s.pages.len(), s.fitting));
        row
    };
    let rows: Vec<terminal::StoryRow> = found.shown.iter().map(marked).collect();
    if !rows.is_empty() {
        output::text(&terminal::stories(&rows, output::style()))?;
    }
    Ok(())
}

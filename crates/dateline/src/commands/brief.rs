//! `dateline brief`: what the pages say, on one or two sheets.

use super::{DONE, some_failed};
use crate::args::BriefArgs;
use crate::commands::read;
use crate::{help, library, output, pipeline};
use anyhow::{Context, Result, bail};
use dateline_article::Help;
use dateline_brief::compose::Choice;
use dateline_brief::{Brief, StoryPart, html, markdown, terminal};
use dateline_lexicon::Lexicon;
use dateline_store::Filter;
use dateline_story::Report;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &BriefArgs) -> Result<ExitCode> {
    if args.paths.is_empty() {
        let shelf = library::open(&args.library)?;
        let filter = Filter { since: args.since.clone(), about: args.about.clone(), ..Filter::default() };
        let ids: Vec<String> = shelf.stories(&filter)?.into_iter().map(|s| s.id).collect();
        let told = library::tell(&shelf, &ids, args.since.as_deref())?;
        put(args, &told.brief, &told.reports)?;
        return Ok(DONE);
    }
    let choice = Choice {
        about: args.about.clone(),
        since: args.since.clone(),
        news: args.since.clone(),
        families: help::families(args.outlets.as_deref())?,
        full: false,
    };
    let help = Help { sites: help::rules(args.rules.as_deref())?, lines: help::lines(&args.paths) };
    let (reports, failed) = read::reports(&args.paths, false, &Lexicon::shipped(), &help)?;
    let linked = pipeline::stories(&reports);
    let brief = pipeline::brief(&reports, &linked, &choice);
    put(args, &brief, &reports)?;
    Ok(if failed > 0 { some_failed() } else { DONE })
}

fn put(args: &BriefArgs, brief: &Brief, reports: &[Report]) -> Result<()> {
    match &args.output {
        Some(file) => {
            let text = in_form_of(file, brief, reports)?;
            std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
            print!("{}", terminal::stories(&rows(brief), output::style()));
            output::say(&format!("wrote {}", file.display()));
        }
        None if args.json => output::line(&serde_json::to_string(brief)?)?,
        None if output::is_terminal() => print!("{}", terminal::brief(brief, output::style())),
        None => print!("{}", markdown::markdown(brief)),
    }
    Ok(())
}

/// The brief's stories as a list.
fn rows(brief: &Brief) -> Vec<terminal::StoryRow> {
    let row = |s: &StoryPart| terminal::StoryRow {
        id: s.id.clone(),
        headline: s.headline.clone(),
        days: s.days.clone(),
        pages: s.pages.len(),
        origins: s.origins,
        houses: s.outlets,
        outlets: s.pages.iter().filter_map(|p| p.outlet.clone()).collect(),
        marks: Vec::new(),
    };
    brief.stories.iter().map(row).collect()
}

/// The form that the file's extension asks for.
fn in_form_of(file: &Path, brief: &Brief, reports: &[Report]) -> Result<String> {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    Ok(match extension.as_str() {
        "md" | "markdown" => markdown::markdown(brief),
        "html" | "htm" => {
            let by_id: BTreeMap<&str, &Report> = reports.iter().map(|r| (r.id.as_str(), r)).collect();
            html::document(brief, &by_id)
        }
        "json" => serde_json::to_string_pretty(brief)?,
        "txt" => terminal::brief(brief, terminal::Style { width: 100, colour: false }),
        _ => bail!("cannot tell the form of {}: name it .md, .html, .json or .txt", file.display()),
    })
}

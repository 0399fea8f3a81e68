//! `dateline brief`: what the pages say, on one or two sheets.

use super::{DONE, some_failed};
use crate::args::BriefArgs;
use crate::commands::read;
use crate::library;
use crate::{help, output, pipeline};
use anyhow::{Context, Result, bail};
use dateline_article::Help;
use dateline_brief::compose::Choice;
use dateline_brief::sources::sources;
use dateline_brief::{Brief, StoryPart, day_words, docx, html, json, markdown, shown, terminal};
use dateline_lexicon::Lexicon;
use dateline_store::{Filter, Library};
use dateline_story::Report;
use dateline_web::shapes;
use dateline_web::telling::{self, Told};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &BriefArgs) -> Result<ExitCode> {
    if args.paths.is_empty() {
        let shelf = library::open(&args.library)?;
        if args.list {
            return list(&shelf, args.json);
        }
        let Told { mut brief, reports } = match &args.saved {
            Some(name) => telling::kept(&shelf, &shelf.brief(name)?, usize::MAX)?,
            None => {
                let filter = Filter { since: args.since.clone(), about: args.about.clone(), ..Filter::default() };
                let ids: Vec<String> = shelf.stories(&filter)?.into_iter().map(|s| s.id).collect();
                library::tell(&shelf, &ids, args.since.as_deref())?
            }
        };
        let digests = telling::digests(&shelf, &brief);
        put(args, &mut brief, &reports, &digests, &help::version(shelf.dir())?)?;
        return Ok(DONE);
    }
    let choice = Choice {
        about: args.about.clone(),
        since: args.since.clone(),
        news: args.since.clone(),
        families: help::families(args.outlets.as_deref())?,
        ..Choice::default()
    };
    let help = Help { sites: help::rules(args.rules.as_deref())?, lines: help::lines(&args.paths) };
    let (reports, failed) = read::reports(&args.paths, false, &Lexicon::shipped(), &help)?;
    let linked = pipeline::stories(&reports);
    let mut brief = pipeline::brief(&reports, &linked, &choice);
    // what is read from files is called by its digest, but for records of a library that were given other names
    let named_so = |id: &&String| id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit());
    let digests = reports.iter().map(|r| &r.id).filter(named_so).map(|id| (id.clone(), id.clone())).collect();
    put(args, &mut brief, &reports, &digests, help::MADE_BY)?;
    Ok(if failed > 0 { some_failed() } else { DONE })
}

/// Lists the briefs that are kept.
fn list(shelf: &Library, as_json: bool) -> Result<ExitCode> {
    let briefs = shelf.briefs()?;
    if briefs.is_empty() && !as_json {
        output::line("No brief is kept; `dateline serve` has a page to put one together.")?;
    }
    for b in &briefs {
        let stories = shelf.brief_stories(b)?;
        output::line(&if as_json {
            shapes::kept_brief(b, &stories).to_string()
        } else {
            let n = stories.len();
            let stories = if n == 1 { "1 story".to_owned() } else { format!("{n} stories") };
            let day = day_words(b.changed.get(..10).unwrap_or(&b.changed));
            format!("{}  {} · {stories} · changed {day}", b.id, shown(&b.title))
        })?;
    }
    Ok(DONE)
}

fn put(
    args: &BriefArgs,
    brief: &mut Brief,
    reports: &[Report],
    digests: &BTreeMap<String, String>,
    version: &str,
) -> Result<()> {
    let by_id: BTreeMap<&str, &Report> = reports.iter().map(|r| (r.id.as_str(), r)).collect();
    brief.sources = Some(sources(brief, &by_id, digests, version));
    match &args.output {
        Some(file) => {
            let bytes = in_form_of(file, brief, &by_id)?;
            std::fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
            output::text(&terminal::stories(&rows(brief), output::style()))?;
            output::say(&format!("wrote {}", file.display()));
        }
        None if args.json => output::line(&serde_json::to_string(brief)?)?,
        None if output::is_terminal() => output::text(&terminal::brief(brief, output::style()))?,
        None => output::text(&markdown::markdown(brief))?,
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
fn in_form_of(file: &Path, brief: &Brief, by_id: &BTreeMap<&str, &Report>) -> Result<Vec<u8>> {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    Ok(match extension.as_str() {
        "md" | "markdown" => markdown::markdown(brief).into_bytes(),
        "html" | "htm" => html::document(brief, by_id).into_bytes(),
        "json" => json::brief(brief).into_bytes(),
        "docx" => docx::document(brief)?,
        "txt" => terminal::brief(brief, terminal::Style { width: 100, colour: false }).into_bytes(),
        _ => bail!("cannot tell the form of {}: name it .html, .md, .docx, .json or .txt", file.display()),
    })
}

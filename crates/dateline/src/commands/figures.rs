//! `dateline figures`: every figure about something, over time, across all stories.

use super::DONE;
use crate::args::FiguresArgs;
use crate::{library, output};
use anyhow::Result;
use dateline_brief::{course_line, course_parts, json, terminal};
use dateline_store::FiguresAsked;
use dateline_story::{Report, courses};
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &FiguresArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let asked = FiguresAsked {
        about: args.about.join(" "),
        unit: args.unit.clone(),
        speaker: args.speaker.clone(),
        place: args.place.clone(),
        outlet: args.outlet.clone(),
        since: args.since.clone(),
        until: args.until.clone(),
        copies: args.copies,
        limit: args.limit,
        from: args.from,
    };
    let found = shelf.beside_figures(shelf.figures_of(&asked)?)?;
    let reports: Vec<&Report> = found.reports.iter().collect();
    let courses = courses(&reports, &found.stories, &found.figures);
    let parts = course_parts(&courses, &found.reports, &found.stories, &|id, _| id.to_owned());
    if args.json {
        for part in &parts {
            output::line(&json::one_line(&course_line(part)))?;
        }
        return Ok(DONE);
    }
    let looked = found.next.unwrap_or(found.total);
    output::text(&terminal::courses(&parts, (looked, found.total), output::style()))?;
    Ok(DONE)
}

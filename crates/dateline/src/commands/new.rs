//! `dateline new`: what is new in stories, or a storyline, since a day.

use super::DONE;
use crate::args::NewArgs;
use crate::library;
use crate::output;
use anyhow::Result;
use dateline_brief::{json, terminal};
use dateline_store::{Filter, Selection};
use dateline_story::Report;
use dateline_story::news::news;
use dateline_web::telling::{self, Told};
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &NewArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let filter = Filter { since: Some(args.since.clone()), ..Filter::default() };
    let (kind, chosen) = match (&args.story, &args.storyline) {
        (Some(story), _) => ("story", shelf.selection(&[shelf.story(story)?.id])?),
        (None, Some(line)) => ("storyline", telling::storyline(&shelf, &shelf.storyline(line)?)?),
        (None, None) => {
            let ids: Vec<String> = shelf.stories(&filter)?.into_iter().map(|s| s.id).collect();
            ("story", shelf.selection(&ids)?)
        }
    };
    if args.json {
        lines(kind, &chosen, &args.since)?;
        return Ok(DONE);
    }
    let Told { brief, .. } = library::told(&shelf, chosen, Some(&args.since))?;
    output::text(&terminal::news(&brief, output::style()))?;
    Ok(DONE)
}

fn lines(kind: &str, chosen: &Selection, since: &str) -> std::io::Result<()> {
    let agreements = chosen.agreements();
    for (story, agreement) in chosen.stories.iter().zip(&agreements) {
        let reports: Vec<&Report> = story.reports(&chosen.reports);
        let origins: Vec<&str> = story.members.iter().map(|m| chosen.links.members[*m].origin.as_str()).collect();
        let found = news(&reports, &origins, agreement, since);
        output::line(&json::one_line(&json::news_line((kind, &story.id), since, &found, &reports)))?;
    }
    Ok(())
}

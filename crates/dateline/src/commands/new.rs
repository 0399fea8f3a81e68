//! `dateline new`: what is new in stories, or a storyline, since a day.

use super::DONE;
use crate::args::NewArgs;
use crate::library;
use crate::output;
use anyhow::Result;
use dateline_brief::{json, terminal};
use dateline_store::{Filter, Library, Selection};
use dateline_story::news::news;
use dateline_story::{Report, Story};
use dateline_web::telling::Told;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &NewArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let filter = Filter { since: Some(args.since.clone()), ..Filter::default() };
    let (kind, chosen) = match (&args.story, &args.storyline) {
        (Some(story), _) => ("story", shelf.selection(&[shelf.story(story)?.id])?),
        (None, Some(line)) => ("storyline", whole(&shelf, &shelf.storyline(line)?)?),
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

/// All stories of a storyline as one.
fn whole(shelf: &Library, line: &str) -> Result<Selection> {
    let filter = Filter { storyline: Some(line.to_owned()), ..Filter::default() };
    let ids: Vec<String> = shelf.stories(&filter)?.into_iter().map(|s| s.id).collect();
    let mut chosen = shelf.selection(&ids)?;
    let mut members: Vec<usize> = (0..chosen.reports.len()).collect();
    members.sort_by_key(|i| (dateline_story::news::day(&chosen.reports[*i]), chosen.reports[*i].id.clone()));
    let mut origins: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in &members {
        origins.entry(chosen.links.members[*i].origin.as_str()).or_default().push(*i);
    }
    let days = chosen.stories.iter().filter_map(|s| s.days.clone());
    let days = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let origins = origins.into_values().collect();
    chosen.stories = vec![Story { id: line.to_owned(), storyline: line.to_owned(), members, origins, days }];
    chosen.links.storylines.clear();
    Ok(chosen)
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

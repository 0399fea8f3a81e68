//! `dateline stories` and `dateline story`: what the library holds.

use super::DONE;
use crate::args::{StoriesArgs, StoryArgs};
use crate::{help, library, output};
use anyhow::Result;
use dateline_brief::{pictures, shown, story_marks, terminal};
use dateline_store::{Filter, StoryLine};
use dateline_story::Families;
use dateline_web::shapes;
use std::process::ExitCode;

/// Columns of a spark line.
const SPARK: usize = 24;

/// Lists stories, newest first; on a terminal with a spark line where a story goes over several days.
pub fn list(args: &StoriesArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let filter = Filter { since: args.since.clone(), about: args.about.clone(), ..Filter::default() };
    let stories = match &args.watch {
        Some(name) => {
            let watch = shelf.watch(name)?;
            let found = shelf.watched(&watch.query, args.since.as_deref(), usize::MAX)?;
            found.shown.into_iter().map(|s| s.story).collect()
        }
        None => shelf.stories(&filter)?,
    };
    if let Some(older) = library::older(&shelf, &help::version(shelf.dir())?)? {
        output::say(&older);
    }
    for notice in shelf.notices()? {
        let line =
            format!("{}; its pages may have changed (`dateline failures` names some)", shown(&notice.to_string()));
        // a script that reads stories gets stories
        if args.json {
            output::say(&line);
        } else {
            output::line(&line)?;
        }
    }
    if args.json {
        let families = shelf.families()?;
        for s in &stories {
            let mut shape = shapes::story(s, &families);
            shape["links"] = serde_json::to_value(shelf.links_of(&s.id)?)?;
            output::line(&shape.to_string())?;
        }
        return Ok(DONE);
    }
    let families = shelf.families()?;
    let mut rows: Vec<terminal::StoryRow> = stories.iter().map(|s| row(s, &families)).collect();
    if output::is_terminal() {
        for (row, story) in rows.iter_mut().zip(&stories) {
            let days = shelf.days_of(&story.id)?;
            row.marks.extend((days.len() > 1).then(|| pictures::spark_line(&days, SPARK)));
        }
    }
    output::text(&terminal::stories(&rows, output::style()))?;
    Ok(DONE)
}

/// How many outlets a story has, those of one owner counted once.
fn houses(s: &StoryLine, families: &Families) -> usize {
    families.count(s.outlets.iter().map(|o| (Some(o.as_str()), None)))
}

/// One story as people read it.
pub fn row(s: &StoryLine, families: &Families) -> terminal::StoryRow {
    terminal::StoryRow {
        id: s.id.clone(),
        headline: s.title.clone(),
        days: s.first.clone().zip(s.last.clone()),
        pages: s.articles,
        origins: s.origins,
        houses: houses(s, families),
        outlets: s.outlets.clone(),
        marks: story_marks(s.pinned, s.differ, s.updated),
    }
}

/// Tells one story; on a terminal also who has whose text, as a tree.
pub fn one(args: &StoryArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let story = shelf.story(&args.id)?;
    let told = library::tell(&shelf, &[story.id], args.since.as_deref())?;
    if args.json {
        output::line(&serde_json::to_string(&told.brief)?)?;
    } else {
        output::text(&terminal::brief(&told.brief, output::style()))?;
        if output::is_terminal() {
            output::text(&terminal::sources(&told.brief, output::style()))?;
        }
        if args.why {
            output::text(&terminal::why(&told.brief, output::style()))?;
        }
    }
    Ok(DONE)
}

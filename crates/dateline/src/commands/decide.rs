//! `dateline merge`, `split`, `apart`, `same-person`, `other-person`, `rename`, `pin`, `unpin`, `undo`, `decisions`: the user's hand.

use super::DONE;
use super::stories::row;
use crate::args::{DecidedArgs, DecisionsArgs, PersonsArgs, PinArgs, RenameArgs, SplitArgs, TwoArgs, UndoArgs};
use crate::{library, output};
use anyhow::Result;
use dateline_brief::{decided_when, decision_status, decision_words, standing_words, terminal};
use dateline_store::{Deciding, Library, Mode, StoreError};
use dateline_story::decisions::{Act, Decision, Standing};
use dateline_web::shapes;
use serde_json::{Value, json};
use std::process::ExitCode;

/// Two stories, or pages, report one event.
pub fn merge(args: &TwoArgs) -> Result<ExitCode> {
    decide(&args.decided, |shelf| shelf.merging(&args.a, &args.b))
}

/// Two stories, or pages, do not report one event.
pub fn apart(args: &TwoArgs) -> Result<ExitCode> {
    decide(&args.decided, |shelf| shelf.parting(&args.a, &args.b))
}

/// Two names are one person's, or one organisation's.
pub fn same_person(args: &PersonsArgs) -> Result<ExitCode> {
    decide(&args.decided, |shelf| shelf.joining(&args.one, &args.other))
}

/// Two names are not one person's.
pub fn other_person(args: &PersonsArgs) -> Result<ExitCode> {
    decide(&args.decided, |shelf| shelf.telling_apart(&args.one, &args.other))
}

/// Takes pages out of a story.
pub fn split(args: &SplitArgs) -> Result<ExitCode> {
    decide(&args.decided, |shelf| shelf.splitting(&args.story, &args.pages))
}

/// Gives a story a title.
pub fn rename(args: &RenameArgs) -> Result<ExitCode> {
    decide(&args.decided, |shelf| shelf.naming(&args.story, &args.title))
}

/// Sets a story at the head of the list, or takes it away from there.
pub fn pin(args: &PinArgs, pinned: bool) -> Result<ExitCode> {
    decide(&args.decided, |shelf| shelf.pinning(&args.story, pinned))
}

/// Takes a decision back.
pub fn undo(args: &UndoArgs) -> Result<ExitCode> {
    decide(&args.decided, |_| Ok(Act::Undo { undoes: args.id.clone() }))
}

/// Decides, and tells what became of it.
///
/// # Errors
/// Those of the library.
pub fn decide(args: &DecidedArgs, act: impl FnOnce(&Library) -> Result<Act, StoreError>) -> Result<ExitCode> {
    let mut shelf = Library::open(&library::folder(&args.library)?, Mode::Write)?;
    let act = act(&shelf)?;
    let now = library::now();
    let id = shelf.decide(act, &Deciding { at: &now, by: args.by.as_deref(), why: args.why.as_deref() })?;
    shelf.settle()?;
    tell(&shelf, &id, args.json)?;
    Ok(DONE)
}

/// Tells what a decision made of the stories.
fn tell(shelf: &Library, id: &str, as_json: bool) -> Result<()> {
    let all = shelf.standing()?;
    let Some((decision, standing)) = all.iter().rev().find(|(d, _)| d.id == id) else { return Ok(()) };
    // an undo has no pages of its own: what it shows is what it undid
    let target = match &decision.act {
        Act::Undo { undoes } => all.iter().find(|(d, _)| d.id == *undoes).map(|(_, s)| s),
        _ => Some(standing),
    };
    let names = target.map(|s| s.stories.clone()).unwrap_or_default();
    let lines = names.iter().map(|name| shelf.story(name)).collect::<Result<Vec<_>, _>>()?;
    let families = shelf.families()?;
    let beaten: Vec<&str> =
        all.iter().filter(|(_, s)| s.overridden_by.as_deref() == Some(id)).map(|(d, _)| d.id.as_str()).collect();
    if as_json {
        let mut line = shape_of(decision, standing);
        line["overrides"] = json!(beaten);
        line["result"] = lines.iter().map(|s| shapes::story(s, &families)).collect();
        output::line(&line.to_string())?;
        return Ok(());
    }
    output::line(&format!("{id}: {}. `dateline undo {id}` takes it back.", decision_words(decision)))?;
    for d in beaten {
        output::line(&format!("It wins over {d}, which says the contrary."))?;
    }
    // a brief, a watch or a name changes no story
    if lines.is_empty() && decision.act.sides().is_empty() {
        return Ok(());
    }
    let rows: Vec<terminal::StoryRow> = lines.iter().map(|s| row(s, &families)).collect();
    output::text(&terminal::stories(&rows, output::style()))?;
    Ok(())
}

/// Lists all decisions with how they stand.
pub fn list(args: &DecisionsArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let all = shelf.standing()?;
    for line in shelf.decisions()?.unread {
        output::say(&format!("decisions.jsonl, line {line}: no decision that this version knows; it is kept"));
    }
    if all.is_empty() && !args.json {
        output::line("Nothing was decided.")?;
    }
    for (decision, standing) in &all {
        if args.json {
            output::line(&shape_of(decision, standing).to_string())?;
            continue;
        }
        let (when, what) = (decided_when(decision), decision_words(decision));
        output::line(&format!("{}  {when}  {what}: {}", decision.id, standing_words(decision, standing)))?;
    }
    Ok(DONE)
}

fn shape_of(decision: &Decision, standing: &Standing) -> Value {
    let mut line = json!(decision);
    line["status"] = json!(decision_status(decision, standing));
    line["undone_by"] = json!(standing.undone_by);
    line["overridden_by"] = json!(standing.overridden_by);
    line["missing"] = json!(standing.missing);
    line["stories"] = json!(standing.stories);
    line
}

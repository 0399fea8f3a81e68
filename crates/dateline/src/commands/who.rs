//! `dateline who`: all that a person or organisation is reported to have said, by date.

use super::DONE;
use crate::args::WhoArgs;
use crate::{library, output};
use anyhow::Result;
use dateline_brief::{said_tags, said_words, shown, terminal};
use dateline_store::{Possibly, Said};
use dateline_web::shapes;
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &WhoArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let name = args.name.join(" ");
    let said = shelf.who(&name)?;
    let possibly = shelf.possibly_same(&said)?;
    if args.json {
        for s in &said {
            output::line(&shapes::said(s, &possibly).to_string())?;
        }
        return Ok(DONE);
    }
    if said.is_empty() {
        output::line(&format!("No page of the library gives words of {name:?}."))?;
        return Ok(DONE);
    }
    let rows: Vec<terminal::SaidRow> = said.iter().map(row).collect();
    output::text(&terminal::said(&rows, output::style()))?;
    if !possibly.is_empty() {
        output::line("")?;
    }
    for p in &possibly {
        output::line(&doubt(p))?;
    }
    Ok(DONE)
}

/// "Possibly the same: A and B (why)", for people.
fn doubt(p: &Possibly) -> String {
    let office = p.office.as_deref().map(|o| format!(", {}", shown(o))).unwrap_or_default();
    let (name, other) = (shown(&p.name), shown(&p.other));
    format!("Possibly the same: {name} and {other}{office} ({}; sayings: {})", p.why.words(), p.sayings)
}

fn row(s: &Said) -> terminal::SaidRow {
    let speaker = match &s.speaker.role {
        Some(role) => format!("{}, {}", shown(&s.speaker.name), shown(role)),
        None => shown(&s.speaker.name),
    };
    terminal::SaidRow {
        date: s.published.clone(),
        speaker,
        title: s.title.as_deref().map(shown).unwrap_or_default(),
        outlet: s.outlet.as_deref().map(shown),
        words: said_words(&s.text, &s.said.content, s.said.kind),
        tags: said_tags(s.said.class, s.said.kind),
    }
}

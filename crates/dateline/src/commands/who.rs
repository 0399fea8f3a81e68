//! `dateline who`: all that a person or organisation is reported to have said, by date.

use super::DONE;
use crate::args::WhoArgs;
use crate::{library, output};
use anyhow::Result;
use dateline_brief::{said_tags, said_words, shown, terminal};
use dateline_store::{Possibly, Said};
use dateline_text::CharIndex;
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &WhoArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let name = args.name.join(" ");
    let said = shelf.who(&name)?;
    let possibly = shelf.possibly_same(&said)?;
    if args.json {
        for s in &said {
            output::line(&shape(s, &possibly).to_string())?;
        }
        return Ok(DONE);
    }
    if said.is_empty() {
        output::line(&format!("No page of the library gives words of {name:?}."))?;
        return Ok(DONE);
    }
    let rows: Vec<terminal::SaidRow> = said.iter().map(row).collect();
    print!("{}", terminal::said(&rows, output::style()));
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

/// Whoever may be the speaker of this key, from either side.
fn doubts(key: &str, possibly: &[Possibly]) -> Vec<serde_json::Value> {
    let of = |p: &Possibly| match key {
        k if k == p.key => Some((p.other.clone(), p.why)),
        k if k == p.other_key => Some((p.name.clone(), p.why)),
        _ => None,
    };
    possibly.iter().filter_map(of).map(|(speaker, why)| serde_json::json!({"speaker": speaker, "why": why})).collect()
}

fn shape(s: &Said, possibly: &[Possibly]) -> serde_json::Value {
    let index = CharIndex::new(&s.text);
    let content: Vec<[usize; 2]> = s.said.content.iter().map(|c| index.to_chars(&s.text, *c)).collect();
    serde_json::json!({
        "speaker": s.speaker.name, "role": s.speaker.role, "published": s.published, "id": s.report,
        "title": s.title, "outlet": s.outlet, "url": s.url, "content": content, "text": s.words(),
        "kind": s.said.kind, "class": s.said.class, "confidence": s.said.confidence, "rule": s.said.rule,
        "possibly_same": doubts(&s.key, possibly),
    })
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

//! `dateline changes`: what the last upgrade, change of tables or rebuild changed in the stories.

use super::DONE;
use crate::args::ListArgs;
use crate::{library, output};
use anyhow::Result;
use dateline_brief::shown;
use dateline_store::{Changes, Kinds, StoryChange};
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &ListArgs) -> Result<ExitCode> {
    let changes = library::open(&args.library)?.changes()?;
    if args.json {
        output::line(&serde_json::to_string(&changes.unwrap_or_default())?)?;
        return Ok(DONE);
    }
    match changes {
        None => output::line("No upgrade or rebuild has changed anything yet.")?,
        Some(changes) => tell(&changes)?,
    }
    Ok(DONE)
}

fn tell(c: &Changes) -> std::io::Result<()> {
    let before = if c.before.is_empty() { "nothing".to_owned() } else { c.before.join("; ") };
    output::line(&format!("{} → {}", shown(&before), shown(&c.now)))?;
    output::line(&format!(
        "{} of {} stories changed · {} of {} articles are read otherwise{}",
        c.changed.len(),
        c.stories,
        c.read_otherwise,
        c.articles,
        kinds(&c.kinds)
    ))?;
    for (pages, what) in [(&c.gained, "articles that were none before"), (&c.lost, "articles that are none now")] {
        if !pages.is_empty() {
            output::line(&format!("{} {what}: {}", pages.len(), shown(&pages.join(" "))))?;
        }
    }
    c.changed.iter().try_for_each(|s| output::line(&story(s)))
}

/// ": figures 3, title 1".
fn kinds(kinds: &Kinds) -> String {
    let all: Vec<String> = kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    if all.is_empty() { String::new() } else { format!(": {}", all.join(", ")) }
}

/// One story: its names before and now, what pages came and went, what is read otherwise.
fn story(s: &StoryChange) -> String {
    let now = s.story.as_deref().unwrap_or("gone");
    let mut name = now.to_owned();
    if s.was.iter().any(|w| w != now) || s.was.is_empty() {
        let was = if s.was.is_empty() { "new".to_owned() } else { s.was.join(" + ") };
        name = format!("{was} → {now}");
    }
    let mut facts = Vec::new();
    if let Some(before) = &s.titled {
        facts.push(format!("was called “{before}”"));
    }
    for (pages, what) in [(&s.came, "came"), (&s.went, "went")] {
        if !pages.is_empty() {
            facts.push(format!("{what}: {}", pages.join(" ")));
        }
    }
    facts.extend(s.counts.iter().map(|(what, (before, now))| format!("{what} {before} → {now}")));
    let read = kinds(&s.kinds);
    if !read.is_empty() {
        facts.push(format!("read otherwise{read}"));
    }
    format!("{name} {}\n    {}", shown(&s.title), shown(&facts.join(" · ")))
}

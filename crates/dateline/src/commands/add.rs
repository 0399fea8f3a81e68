//! `dateline add`: pages into the library, with progress and a summary. A second run adds nothing twice.

use super::{DONE, some_failed};
use crate::adding::{Adding, Done, Told};
use crate::args::AddArgs;
use crate::commands::read;
use crate::progress::Progress;
use crate::{library, output};
use anyhow::Result;
use dateline_store::Outcome;
use std::process::ExitCode;

/// Inputs of which no capture came.
#[derive(Debug, Default)]
struct Inputs {
    unreadable: u64,
    empty: u64,
}

/// Runs the command.
pub fn run(args: &AddArgs) -> Result<ExitCode> {
    let dir = library::folder(&args.library)?;
    let mut inputs = Inputs::default();
    let mut tell = |told: Told| match told {
        Told::Says(line) => output::say(&line),
        Told::Failed(e) => {
            output::say(&e.to_string());
            let count = if e.is_not_a_page() { &mut inputs.empty } else { &mut inputs.unreadable };
            *count += 1;
        }
        Told::New(capture, Outcome::NotAnArticle(why)) => {
            output::say(&format!("{}: {why}", read::place(&capture.source)));
        }
        Told::New(..) | Told::Known(_) => {}
    };
    let mut adding = Adding::start(&dir, Progress::start("adding"), &mut tell)?;
    for path in &args.paths {
        adding.take(read::captures(path, args.jsonl)?, &path.to_string_lossy())?;
    }
    let done = adding.end()?;
    for notice in done.notices.iter().filter(|_| !args.json) {
        output::say(&format!("{notice}; its pages may have changed (`dateline failures` names some)"));
    }
    summary(args.json, &done, &inputs, &dir.to_string_lossy())?;
    Ok(if done.pages.unreadable + inputs.unreadable > 0 { some_failed() } else { DONE })
}

fn summary(as_json: bool, done: &Done, inputs: &Inputs, dir: &str) -> std::io::Result<()> {
    let (pages, stories) = (&done.pages, done.stories);
    let failed = pages.unreadable + inputs.unreadable;
    let not_articles = pages.not_articles + inputs.empty;
    if as_json {
        let line = serde_json::json!({
            "added": pages.added, "known": pages.known, "not_articles": not_articles,
            "failed": failed, "stories": stories, "library": dir, "notices": done.notices,
        });
        return output::line(&line.to_string());
    }
    let more = if failed + not_articles > 0 { " (`dateline failures` says why)" } else { "" };
    output::line(&format!(
        "{} added · {} known · {not_articles} not articles · {failed} failed{more}\n{stories} stories in {dir}",
        pages.added, pages.known
    ))
}

//! `dateline failures` and `dateline rebuild`: what could not be read, and the index made again.

use super::DONE;
use crate::args::{ListArgs, RebuildArgs};
use crate::progress::Progress;
use crate::{help, library, output};
use anyhow::Result;
use dateline_brief::shown;
use dateline_lexicon::Lexicon;
use dateline_store::{FailureKind, Library};
use std::process::ExitCode;

/// Lists what could not be read, with the reason and where to look.
pub fn failures(args: &ListArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let failures = shelf.failures()?;
    if failures.is_empty() && !args.json {
        output::line("Every page was read.")?;
    }
    for f in &failures {
        let kind = match f.kind {
            FailureKind::NotAnArticle => "not_article",
            _ => "error",
        };
        if args.json {
            output::line(&format!(
                "{}",
                serde_json::json!({
                    "status": kind, "reason": f.reason, "id": f.id, "path": f.path, "url": f.url,
                    "place": f.place, "added": f.added,
                })
            ))?;
            continue;
        }
        let place =
            [f.path.as_deref(), f.url.as_deref()].into_iter().flatten().map(shown).collect::<Vec<_>>().join(" ");
        let place = if place.is_empty() { f.id.clone().unwrap_or_default() } else { place };
        output::line(&format!("{place}: {}", shown(&f.reason)))?;
    }
    Ok(DONE)
}

/// Makes the index again from the captures.
pub fn rebuild(args: &RebuildArgs) -> Result<ExitCode> {
    let dir = library::folder(&args.library)?;
    if args.learn {
        let lines = help::learn(&dir)?;
        output::say(&format!("{lines} lines that outlets repeat are kept in {}", dir.join("lines.tsv").display()));
    }
    let help::Library { help, version } = help::of_library(&dir)?;
    let lexicon = Lexicon::shipped();
    let progress = Progress::start("reading");
    let rebuilt = Library::rebuild(
        &dir,
        &version,
        |captures| {
            progress.more(captures.len() as u64, &dir.to_string_lossy());
            library::read(captures, &lexicon, &help)
        },
        library::link,
    )?;
    progress.end();
    output::line(&format!("{} captures, {} articles in {}", rebuilt.captures, rebuilt.articles, dir.display()))?;
    Ok(DONE)
}

//! `dateline failures` and `dateline rebuild`: what could not be read, and the index made again.

use super::DONE;
use crate::args::{ListArgs, RebuildArgs};
use crate::progress::Progress;
use crate::{help, library, output};
use anyhow::Result;
use dateline_brief::shown;
use dateline_lexicon::Lexicon;
use dateline_store::{FailureKind, Library, Mode};
use std::process::ExitCode;

/// Lists what could not be read, with the reason and where to look.
pub fn failures(args: &ListArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let (failures, notices) = (shelf.failures()?, shelf.notices()?);
    for n in &notices {
        output::line(&if args.json {
            serde_json::json!({
                "status": "notice", "reason": n.to_string(), "outlet": n.outlet, "kind": n.kind, "run": n.run,
                "before": n.before, "usual": n.usual, "pages": n.pages,
            })
            .to_string()
        } else {
            format!("{}: see {}", shown(&n.to_string()), n.pages.join(" "))
        })?;
    }
    if failures.is_empty() && notices.is_empty() && !args.json {
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
    let kept = Library::open(&dir, Mode::Read).and_then(|l| l.counts()).map(|c| c.captures).ok();
    let progress = Progress::start("rebuilding").shown_in(&dir, kept);
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
    if rebuilt.resumed > 0 {
        output::line(&format!("{} of them had been read before an earlier rebuild was stopped", rebuilt.resumed))?;
    }
    if let Some(changes) = rebuilt.changes.filter(|c| !c.is_empty()) {
        let (n, of) = (changes.changed.len(), changes.stories);
        output::line(&format!("{n} stories changed, of {of} now; `dateline changes` tells how"))?;
    }
    Ok(DONE)
}

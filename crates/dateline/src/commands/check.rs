//! `dateline check`: whether all that the library holds is whole, and what to do where it is not.

use super::{DONE, some_failed};
use crate::args::CheckArgs;
use crate::progress::Progress;
use crate::{help, library, output};
use anyhow::Result;
use dateline_brief::shown;
use dateline_store::{Checked, Checking, Finding, FindingKind, Library, Told};
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Findings of one kind that are printed for people; `--json` prints all.
const SHOWN: u64 = 20;

/// Runs the command.
pub fn run(args: &CheckArgs) -> Result<ExitCode> {
    let dir = library::folder(&args.library)?;
    let version = help::version(&dir)?;
    let progress = Progress::start("checking");
    let mut counts: BTreeMap<FindingKind, u64> = BTreeMap::new();
    let mut closed = Ok(());
    let checked = {
        let with = Checking { quick: args.quick, version: &version, linker: help::MADE_BY };
        Library::check(&dir, &with, &mut |told| match told {
            Told::Progress(what, done, total) => progress.part(what, done, total),
            Told::Found(finding) => {
                let count = counts.entry(finding.kind).or_default();
                *count += 1;
                if closed.is_ok() && (args.json || *count <= SHOWN) {
                    closed = output::line(&if args.json { shape(&finding).to_string() } else { told_of(&finding) });
                }
            }
        })?
    };
    progress.end();
    closed?;
    summary(args.json, &checked, &counts)?;
    Ok(if checked.findings > 0 { some_failed() } else { DONE })
}

/// One finding as scripts read it.
fn shape(f: &Finding) -> serde_json::Value {
    serde_json::json!({
        "finding": f.kind.word(), "what": f.what, "file": f.file, "offset": f.offset, "id": f.id, "todo": f.todo,
    })
}

/// One finding as people read it: where, what, and what to do.
fn told_of(f: &Finding) -> String {
    let mut place = f.file.clone().unwrap_or_default();
    if let Some(at) = f.offset {
        let unit = if place.ends_with(".jsonl") { "line" } else { "byte" };
        place.push_str(&format!(", {unit} {at}"));
    }
    if let Some(id) = f.id.as_ref().filter(|id| !id.is_empty()) {
        let id: String = id.chars().take(12).collect();
        place.push_str(&format!(" ({id})"));
    }
    format!("{}: {}\n    {}", shown(place.trim()), shown(&f.what), shown(&f.todo))
}

fn summary(as_json: bool, c: &Checked, counts: &BTreeMap<FindingKind, u64>) -> std::io::Result<()> {
    if as_json {
        let kinds: BTreeMap<&str, u64> = counts.iter().map(|(k, n)| (k.word(), *n)).collect();
        let line = serde_json::json!({
            "checked": {"files": c.files, "records": c.records, "articles": c.articles, "decisions": c.decisions},
            "findings": c.findings, "kinds": kinds, "left_out": c.left_out,
        });
        return output::line(&line.to_string());
    }
    for (kind, n) in counts.iter().filter(|(_, n)| **n > SHOWN) {
        output::line(&format!("… and {} more of {} (--json lists all)", n - SHOWN, kind.word().replace('_', " ")))?;
    }
    for what in &c.left_out {
        output::line(&format!("not checked: {what}"))?;
    }
    let found = match c.findings {
        0 => "nothing is amiss".to_owned(),
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    };
    output::line(&format!(
        "{} capture files · {} records · {} articles · {} decisions: {found}",
        c.files, c.records, c.articles, c.decisions
    ))
}

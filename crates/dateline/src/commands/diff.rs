//! `dateline diff`: what changed between two captures of a page.

use super::DONE;
use crate::args::DiffArgs;
use crate::{library, output};
use anyhow::{Result, bail};
use dateline_brief::{day_words, diff, json};
use dateline_store::{Library, PageVersion};
use dateline_story::{Report, changes};
use std::process::ExitCode;

/// Runs the command: two captures named, or the last two of one page.
pub fn run(args: &DiffArgs) -> Result<ExitCode> {
    let shelf = library::open(&args.library)?;
    let (old, new) = match &args.other {
        Some(other) => (one(&shelf, &args.page)?, one(&shelf, other)?),
        None => last_two(&shelf, &args.page)?,
    };
    let found = changes(&old, &new);
    if args.json {
        output::line(&json::one_line(&diff::json(&old, &new, &found)))?;
    } else {
        output::text(&diff::text(&old, &new, &found, output::style()))?;
    }
    Ok(if found.is_substantive() { ExitCode::from(1) } else { DONE })
}

/// One capture: by its id, or the one that stands for the page of an address.
fn one(shelf: &Library, name: &str) -> Result<Report> {
    if !name.contains('/') {
        return Ok(shelf.article(name)?);
    }
    match shelf.versions(name)?.last() {
        Some(last) => Ok(shelf.article(&last.id)?),
        None => bail!("no page of {name} is in this library"),
    }
}

/// The last two captures of a page; where one of the older is named, that one and the one after it.
fn last_two(shelf: &Library, name: &str) -> Result<(Report, Report)> {
    let all = shelf.versions(name)?;
    let named = all.iter().position(|v| !name.contains('/') && v.id.starts_with(name));
    let from = named.filter(|i| i + 1 < all.len()).unwrap_or(all.len().saturating_sub(2));
    match all.get(from..from + 2) {
        Some([old, new]) => Ok((shelf.article(&old.id)?, shelf.article(&new.id)?)),
        _ => bail!("the page was captured once{}; a second capture, or another page, is needed to compare", when(&all)),
    }
}

fn when(all: &[PageVersion]) -> String {
    all.first().and_then(|v| v.seen.as_deref()).map(|d| format!(", on {}", day_words(d))).unwrap_or_default()
}

//! `dateline group` and `dateline compare`: stories without a library.

use crate::commands::read::reports;
use crate::pipeline;
use anyhow::Result;
use dateline_brief::json;
use dateline_lexicon::Lexicon;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Links the articles of a JSON Lines file; one line out per line in.
pub fn group(file: &Path) -> Result<ExitCode> {
    let reports = reports(file, &Lexicon::shipped())?;
    let (links, _) = pipeline::link(&reports);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for member in &links.members {
        writeln!(out, "{}", json::group_line(member))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Lines up figures and quotations of each story.
pub fn compare(file: &Path) -> Result<ExitCode> {
    let reports = reports(file, &Lexicon::shipped())?;
    let (_, stories) = pipeline::link(&reports);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for story in &stories {
        let (agreement, members) = pipeline::agreement(story, &reports);
        writeln!(out, "{}", json::compare_line(story, &agreement, &members))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

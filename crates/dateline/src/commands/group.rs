//! `dateline group` and `dateline compare`: stories without a library.

use super::{DONE, some_failed};
use crate::commands::read;
use crate::output;
use crate::pipeline;
use crate::stream::{self, Outcome};
use anyhow::Result;
use dateline_article::Help;
use dateline_brief::json;
use dateline_capture::jsonl;
use dateline_lexicon::Lexicon;
use dateline_store::Decisions;
use dateline_story::Print;
use dateline_story::decisions::Persons;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Lines made at once.
const BATCH: usize = 1024;

/// Links the articles of a JSON Lines file; one line out per line in.
pub fn group(file: &Path) -> Result<ExitCode> {
    let lexicon = Lexicon::shipped();
    let mut prints = Vec::new();
    let mut failed = false;
    // Only what linking needs is kept of each article, so that a year of pages fits.
    stream::each(jsonl::open(file)?, &lexicon, &Help::default(), |outcome| {
        match outcome {
            Outcome::Read(capture, report) => prints.push(match *report {
                Ok(report) => Print::of(&report),
                Err(_) => Print { id: capture.id, ..Print::default() },
            }),
            Outcome::Failed(e) => {
                failed = true;
                output::say(&e.to_string());
            }
        }
        Ok(())
    })?;
    let links = dateline_story::link_versions(&prints);
    let mut out = std::io::BufWriter::new(output::out());
    let texts: BTreeMap<&str, &str> = prints.iter().map(|p| (p.id.as_str(), p.text.as_str())).collect();
    let text = |id: &str| texts.get(id).copied();
    for twice in prints.iter().filter(|p| text(&p.id) != Some(&p.text)).map(|p| p.id.as_str()).collect::<BTreeSet<_>>()
    {
        output::say(&format!("{twice:?} is the id of different texts; the fullest is linked for all of them"));
    }
    for batch in links.members.chunks(BATCH) {
        let lines: Vec<String> =
            batch.par_iter().map(|member| json::one_line(&json::group_line(member, &text))).collect();
        for line in lines {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    Ok(if failed { some_failed() } else { DONE })
}

/// Lines up figures and quotations of each story; `decisions` may say which names are one person's.
pub fn compare(file: &Path, decisions: Option<&Path>) -> Result<ExitCode> {
    let persons = match decisions {
        Some(file) => Persons::of(&Decisions::of_file(file)?.made),
        None => Persons::default(),
    };
    let (mut reports, failed) = read::reports(&[file.to_owned()], true, &Lexicon::shipped(), &Help::default())?;
    let (_, stories) = pipeline::link_reports(&reports);
    // what was decided of names changes who says what, never which pages belong together
    for report in &mut reports {
        persons.settle(&mut report.reading.entities);
    }
    let agreements = dateline_story::agreements_decided(&stories, &reports, &persons);
    let mut out = std::io::BufWriter::new(output::out());
    for (story, agreement) in stories.iter().zip(&agreements) {
        writeln!(out, "{}", json::compare_line(&story.id, agreement, &story.reports(&reports)))?;
    }
    out.flush()?;
    Ok(if failed > 0 { some_failed() } else { DONE })
}

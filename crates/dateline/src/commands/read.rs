//! `dateline read`: analyses captures without a library, in input order, on all cores.

use super::{DONE, some_failed};
use crate::args::ReadArgs;
use crate::stream::{self, Outcome};
use crate::{help, output};
use anyhow::{Context, Result};
use dateline_article::{Help, NotAnArticle, OutletLines};
use dateline_brief::{json, terminal};
use dateline_capture::{Capture, CaptureError, Limits, Source, jsonl};
use dateline_lexicon::Lexicon;
use dateline_story::Report;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs the command.
pub fn run(args: &ReadArgs) -> Result<ExitCode> {
    let lexicon = Lexicon::shipped();
    let mut out = std::io::BufWriter::with_capacity(1 << 18, output::out());
    let mut failed = false;
    let as_json = args.json || args.jsonl;
    let help = help_of(args)?;
    for path in &args.paths {
        let captures = captures(path, args.jsonl)?;
        stream::each(captures, &lexicon, &help, |outcome| {
            failed |= is_failure(&outcome);
            if as_json { line(&mut out, &outcome) } else { view(&mut out, &outcome, args.why) }
        })?;
    }
    out.flush()?;
    Ok(if failed { some_failed() } else { DONE })
}

/// What the command line adds to find articles.
fn help_of(args: &ReadArgs) -> Result<Help> {
    let mut samples: Vec<Capture> = Vec::new();
    for path in &args.learn {
        let lines = path.extension().is_some_and(|e| e == "jsonl");
        // what is no page teaches nothing; a path that is not there was mistyped
        path.symlink_metadata().with_context(|| format!("cannot learn from {}", path.display()))?;
        samples.extend(captures(path, lines)?.filter_map(Result::ok));
    }
    Ok(Help { sites: help::rules(args.rules.as_deref())?, lines: OutletLines::learn(&samples) })
}

type Captures = Box<dyn Iterator<Item = Result<Capture, CaptureError>>>;

/// The captures of a path, or of a file of JSON Lines.
pub fn captures(path: &Path, lines: bool) -> Result<Captures> {
    if lines {
        return Ok(Box::new(jsonl::open(path)?));
    }
    Ok(Box::new(dateline_capture::read(path, &Limits::default())))
}

/// Whether the input could not be read. That a page is no article is an answer, not a failure.
fn is_failure(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Failed(e) => !e.is_not_a_page(),
        Outcome::Read(_, read) => matches!(**read, Err(NotAnArticle::Unreadable(_))),
    }
}

fn line(out: &mut impl Write, outcome: &Outcome) -> Result<()> {
    let line = match outcome {
        Outcome::Read(capture, read) => {
            if let Err(e @ NotAnArticle::Unreadable(_)) = &**read {
                output::say(&format!("{}: {e}", place(&capture.source)));
            }
            let found = read.as_ref().as_ref().map(|r| (&r.article, &r.reading));
            json::read_line(&capture.id, &capture.source, found)
        }
        Outcome::Failed(e) => {
            output::say(&e.to_string());
            let why = if e.is_not_a_page() {
                NotAnArticle::NoArticle(e.reason())
            } else {
                NotAnArticle::Unreadable(e.reason())
            };
            json::read_line(e.id().unwrap_or_default(), e.input(), Err(&why))
        }
    };
    Ok(writeln!(out, "{}", json::one_line(&line))?)
}

/// The view for people.
fn view(out: &mut impl Write, outcome: &Outcome, why: bool) -> Result<()> {
    match outcome {
        Outcome::Read(capture, read) => match &**read {
            Ok(report) => {
                let style = output::style();
                let text = terminal::reading(&place(&capture.source), &report.article, &report.reading, style);
                writeln!(out, "{text}")?;
                if why {
                    writeln!(out, "{}", terminal::choices(&report.article, style))?;
                }
            }
            Err(e) => output::say(&format!("{}: {e}", place(&capture.source))),
        },
        Outcome::Failed(e) => output::say(&e.to_string()),
    }
    Ok(())
}

/// Where a capture came from, for a line to people.
pub fn place(source: &Source) -> String {
    match (&source.path, &source.url) {
        (Some(path), Some(url)) => format!("{path} ({url})"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => "input".to_owned(),
    }
}

/// The reports of files and folders, or of JSON Lines, in order, and how many inputs failed. The rest is told of.
pub fn reports(paths: &[PathBuf], lines: bool, lexicon: &Lexicon, help: &Help) -> Result<(Vec<Report>, usize)> {
    let mut reports = Vec::new();
    let mut failed = 0;
    for path in paths {
        stream::each(captures(path, lines)?, lexicon, help, |outcome| {
            failed += usize::from(is_failure(&outcome));
            match outcome {
                Outcome::Read(capture, read) => match *read {
                    Ok(report) => reports.push(report),
                    Err(e) => output::say(&format!("{}: {e}", place(&capture.source))),
                },
                Outcome::Failed(e) => output::say(&e.to_string()),
            }
            Ok(())
        })?;
    }
    Ok((reports, failed))
}

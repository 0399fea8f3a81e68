//! `dateline read`: analyses captures without a library, in input order, on all cores.

use crate::args::ReadArgs;
use crate::pipeline;
use anyhow::{Context, Result};
use dateline_brief::json;
use dateline_capture::{Capture, Given, Payload, Source, digest};
use dateline_lexicon::Lexicon;
use rayon::prelude::*;
use serde::Deserialize;
use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

/// One line of input.
#[derive(Debug, Deserialize)]
pub struct Line {
    id: Option<String>,
    html: Option<String>,
    capture: Option<String>,
    text: Option<String>,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    language: Option<String>,
}

impl Line {
    /// The capture that the line describes.
    pub fn capture(self) -> Capture {
        let (payload, text) = match (self.html, self.capture, self.text) {
            (Some(t), _, _) => (Payload::Html, t),
            (_, Some(t), _) => (Payload::Text, t),
            (_, _, t) => (Payload::Article, t.unwrap_or_default()),
        };
        let bytes = text.into_bytes();
        Capture {
            id: self.id.unwrap_or_else(|| digest(&bytes)),
            source: Source { url: self.url, charset: Some("utf-8".into()), ..Source::default() },
            payload,
            bytes,
            given: Given {
                title: self.title,
                published: self.published,
                outlet: self.outlet,
                language: self.language,
                ..Given::default()
            },
        }
    }
}

/// Lines read at once: enough to keep all cores busy, few enough to stream.
const BATCH: usize = 256;

/// Runs the command.
pub fn run(args: &ReadArgs) -> Result<ExitCode> {
    let lexicon = Lexicon::shipped();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &args.paths {
        let mut batch = Vec::with_capacity(BATCH);
        for line in lines(path)? {
            batch.push(line?);
            if batch.len() == BATCH {
                write_batch(&mut out, std::mem::take(&mut batch), &lexicon)?;
            }
        }
        write_batch(&mut out, batch, &lexicon)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn lines(path: &Path) -> Result<impl Iterator<Item = Result<String>>> {
    let reader: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(std::io::BufReader::new(std::io::stdin()))
    } else {
        let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        Box::new(std::io::BufReader::new(file))
    };
    Ok(reader.lines().map(|l| l.context("cannot read a line")))
}

fn write_batch(out: &mut impl Write, batch: Vec<String>, lexicon: &Lexicon) -> Result<()> {
    let done: Vec<Result<String>> = batch
        .into_par_iter()
        .map(|line| {
            let line: Line = serde_json::from_str(&line)?;
            let capture = line.capture();
            let outcome = pipeline::read(&capture, lexicon);
            let found = outcome.as_ref().map(|(a, r)| (a, r));
            Ok(json::read_line(&capture.id, &capture.source, found).to_string())
        })
        .collect();
    for line in done {
        writeln!(out, "{}", line?)?;
    }
    Ok(())
}

/// All reports of a JSON Lines file, in order.
pub fn reports(path: &Path, lexicon: &Lexicon) -> Result<Vec<dateline_story::Report>> {
    let all: Vec<String> = lines(path)?.collect::<Result<_>>()?;
    all.par_iter()
        .map(|line| {
            let line: Line = serde_json::from_str(line)?;
            Ok(pipeline::report(&line.capture(), lexicon)?)
        })
        .collect()
}

//! Gold files: found or skipped, opened, read.

use anyhow::Result;
use dateline_capture::{Capture, Given, Payload, Source};
use dateline_lexicon::Lexicon;
use dateline_story::{Print, Report};
use dateline_train::gold::lines;
use rayon::prelude::*;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The files, if all are there; else says which is not, as gold data is not part of the repository.
pub fn present(files: Vec<PathBuf>) -> Option<Vec<PathBuf>> {
    match files.iter().find(|f| !f.exists()) {
        Some(f) => {
            eprintln!("skipped: no {}", f.display());
            None
        }
        None => Some(files),
    }
}

/// One article with the event it is known to report.
#[derive(Debug, Deserialize)]
pub struct Gold {
    pub id: String,
    pub text: String,
    pub title: Option<String>,
    #[serde(alias = "published")]
    pub date: Option<String>,
    pub outlet: Option<String>,
    #[serde(alias = "language")]
    pub lang: Option<String>,
    pub url: Option<String>,
    #[serde(alias = "event", default)]
    pub cluster: String,
    pub storyline: Option<String>,
}

/// The gold articles of a file.
pub fn gold(path: &Path) -> Result<Vec<Gold>> {
    lines(path)?.map(|l| Ok(serde_json::from_str(&l?)?)).collect()
}

/// Reads one article as `dateline group` does.
pub fn report(gold: &Gold, lexicon: &Lexicon) -> Result<Report> {
    let some = |s: &Option<String>| s.clone().filter(|s| !s.is_empty());
    let capture = Capture {
        id: gold.id.clone(),
        source: Source { url: some(&gold.url), charset: Some("utf-8".into()), ..Source::default() },
        payload: Payload::Article,
        bytes: gold.text.clone().into_bytes(),
        given: Given {
            title: some(&gold.title),
            published: some(&gold.date),
            outlet: some(&gold.outlet),
            language: some(&gold.lang),
            ..Given::default()
        },
        original: None,
    };
    let article = dateline_article::find(&capture)?;
    let reading = dateline_reading::of(&article, lexicon);
    Ok(Report { id: capture.id, source: capture.source, article, reading })
}

/// Reads the articles and takes from each what linking needs.
pub fn prints(gold: &[Gold]) -> Result<Vec<Print>> {
    let lexicon = Lexicon::shipped();
    gold.par_iter().map(|g| Ok(Print::of(&report(g, &lexicon)?))).collect()
}

//! Document frequencies from texts that may be learnt from.

use anyhow::Result;
use dateline_story::tuning::{TokenKind, tokens};
use dateline_train::gold::lines;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Sentences that make one text where the source does not tell texts apart: about an article's worth.
const SENTENCES: usize = 20;
/// Texts a term must stand in to be listed; rarer ones weigh as the unknown do.
const LEAST: u32 = 2;
/// Hundredths of a nat to which weights are rounded, so that the table stays small.
const STEP: u32 = 5;
/// Greatest weight listed; that of unknown terms in `dateline-story`.
const MOST: u32 = 780;

/// Words of an article of usual length.
const LENGTH: f64 = 350.0;
/// Greatest weight listed of those reckoned from frequencies, and their step.
const LISTED: u32 = 500;
const COARSE: u32 = 20;

#[derive(Deserialize)]
struct Row {
    text: String,
    licence: String,
}

/// Prints the table: a weight, a tab, the terms of that weight.
pub fn run(files: &[PathBuf]) -> Result<()> {
    let mut texts = Vec::new();
    for file in files {
        texts.extend(texts_of(file)?);
    }
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for text in &texts {
        let terms: BTreeSet<String> =
            tokens(text, "en").into_iter().filter(|t| t.kind != TokenKind::Number).map(|t| t.term).collect();
        for term in terms {
            *seen.entry(term).or_default() += 1;
        }
    }
    let mut table: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (term, n) in seen.iter().filter(|(_, n)| **n >= LEAST) {
        let nats = ((texts.len() as f64 + 1.0) / f64::from(*n)).ln();
        let weight = ((nats * 100.0) as u32 / STEP * STEP).min(MOST);
        table.entry(weight).or_default().push(term);
    }
    println!(
        "# Inverse document frequency of English terms in hundredths of a nat, over {} texts. SOURCES.md says which.",
        texts.len()
    );
    for (weight, terms) in table {
        println!("{weight}\t{}", terms.join(" "));
    }
    Ok(())
}

/// Prints the table of word frequencies as weights: a language, a tab, a weight, a tab, the terms of that weight.
///
/// The files hold lines of language, word and share of all words. The share of articles that hold a term follows from
/// that of words, as if words fell at random into articles of usual length.
pub fn frequencies(files: &[PathBuf]) -> Result<()> {
    let mut shares: BTreeMap<(String, String), f64> = BTreeMap::new();
    for file in files {
        for line in lines(file)? {
            let line = line?;
            let mut cells = line.split('\t');
            let (Some(tag), Some(word), Some(share)) = (cells.next(), cells.next(), cells.next()) else { continue };
            for token in tokens(word, tag).into_iter().filter(|t| t.kind != TokenKind::Number) {
                *shares.entry((tag.to_owned(), token.term)).or_default() += share.parse::<f64>()?;
            }
        }
    }
    let mut table: BTreeMap<(&str, u32), Vec<&str>> = BTreeMap::new();
    for ((tag, term), share) in &shares {
        let held = 1.0 - (-share * LENGTH).exp();
        let weight = (-held.ln() * 100.0) as u32 / COARSE * COARSE;
        if weight <= LISTED {
            table.entry((tag, weight)).or_default().push(term);
        }
    }
    println!(
        "# Inverse document frequency in hundredths of a nat, reckoned from word frequencies. SOURCES.md says whose."
    );
    for ((tag, weight), terms) in table {
        println!("{tag}\t{weight}\t{}", terms.join(" "));
    }
    Ok(())
}

fn texts_of(file: &Path) -> Result<Vec<String>> {
    let lines = lines(file)?.collect::<std::io::Result<Vec<String>>>()?;
    if !file.to_string_lossy().contains(".jsonl") {
        return Ok(lines.chunks(SENTENCES).map(|c| c.join("\n")).collect());
    }
    let mut out = Vec::new();
    for line in lines {
        let row: Row = serde_json::from_str(&line)?;
        let free = row.licence.starts_with("CC BY") && !row.licence.contains("NC");
        if free {
            out.push(row.text);
        }
    }
    Ok(out)
}

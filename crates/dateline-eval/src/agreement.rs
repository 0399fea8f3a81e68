//! Lines up figures and utterances of articles that are known to report one event: the agreement apart from the linker.

use crate::input;
use anyhow::Result;
use dateline_brief::json;
use dateline_lexicon::Lexicon;
use dateline_story::{Report, agreement};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Prints one JSON line an event, shaped as those of `dateline compare`.
pub fn run(files: &[PathBuf]) -> Result<()> {
    let lexicon = Lexicon::shipped();
    for file in files {
        let mut events: BTreeMap<String, Vec<Report>> = BTreeMap::new();
        for gold in input::gold(file)? {
            let report = input::report(&gold, &lexicon)?;
            events.entry(gold.cluster).or_default().push(report);
        }
        for (event, reports) in &events {
            let all: Vec<&Report> = reports.iter().collect();
            println!("{}", json::one_line(&json::compare_line(event, &agreement(&all), &all)));
        }
    }
    Ok(())
}

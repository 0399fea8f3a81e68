//! Lines up figures and utterances of articles that are known to report one event: the agreement apart from the linker.

use crate::input;
use anyhow::Result;
use dateline_lexicon::Lexicon;
use dateline_story::{Report, agreement};
use dateline_text::{CharIndex, Span};
use serde_json::{Value, json};
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
            println!("{}", line(event, &all));
        }
    }
    Ok(())
}

fn line(event: &str, reports: &[&Report]) -> Value {
    let found = agreement(reports);
    let at = |report: usize, span: Span| {
        let text = reports[report].article.text.as_str();
        json!({"id": reports[report].id, "span": CharIndex::new(text).to_chars(text, span), "text": span.of(text)})
    };
    let figures: Vec<Value> = found
        .figures
        .iter()
        .map(|g| {
            let items: Vec<Value> = g
                .items
                .iter()
                .map(|i| {
                    let mut item = at(i.report, i.span);
                    item["value"] = json!(i.value);
                    item
                })
                .collect();
            json!({"counted": g.counted, "verdict": g.verdict, "items": items})
        })
        .collect();
    let quotations: Vec<Value> = found
        .quotations
        .iter()
        .map(|u| {
            let variants: Vec<Value> = u.variants.iter().map(|v| at(v.report, v.span)).collect();
            json!({"speaker": u.speaker, "variants": variants})
        })
        .collect();
    json!({"story": event, "figures": figures, "quotations": quotations})
}

//! Pairs of figures labelled by hand, each with the words around it: is *differ* said where people say conflict?

use anyhow::{Context, Result};
use dateline_article::{Article, Based, Block, BlockKind};
use dateline_capture::Source;
use dateline_lexicon::Lexicon;
use dateline_story::{Report, Verdict, agreement};
use dateline_text::Span;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One side of a pair as an article of its own.
fn report(id: &str, text: &str, day: &str, lexicon: &Lexicon) -> Report {
    let article = Article {
        text: text.to_owned(),
        language: Some("en".to_owned()),
        published: Some(Based { value: day.to_owned(), basis: "given".to_owned() }),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }],
        ..Article::default()
    };
    let reading = dateline_reading::of(&article, lexicon);
    Report { id: id.to_owned(), source: Source::default(), article, reading }
}

/// The verdict on the two marked figures, where they are lined up.
fn verdict(row: &Value, lexicon: &Lexicon) -> Option<Verdict> {
    let field = |k: &str| row[k].as_str().unwrap_or("").replace("\\n", "\n");
    let day: String = field("date").chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let sides = [("a", field("a"), field("fig_a")), ("b", field("b"), field("fig_b"))];
    let reports: Vec<Report> = sides.iter().map(|(id, text, _)| report(id, text, &day, lexicon)).collect();
    let all: Vec<&Report> = reports.iter().collect();
    let marked: Vec<Span> = sides
        .iter()
        .map(|(_, text, figure)| text.find(figure.as_str()).map(|at| Span::new(at, at + figure.len())))
        .collect::<Option<_>>()?;
    let found = agreement(&all);
    let holds = |i: &dateline_story::FigureItem| {
        let m = marked[i.report];
        i.span.start < m.end && m.start < i.span.end
    };
    let lined = |g: &&dateline_story::FigureGroup| (0..2).all(|r| g.items.iter().any(|i| i.report == r && holds(i)));
    found.figures.iter().find(lined).map(|g| g.verdict)
}

/// Prints each pair with label and verdict, then the precision of *differ*.
pub fn run(files: &[PathBuf]) -> Result<()> {
    let lexicon = Lexicon::shipped();
    let mut table: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        for (n, line) in text.lines().enumerate() {
            let row = serde_json::from_str(line).with_context(|| format!("{} line {}", file.display(), n + 1))?;
            rows.push(row);
        }
    }
    for (n, row) in rows.iter().enumerate() {
        let got = verdict(row, &lexicon).map_or("apart".to_owned(), |v| format!("{v:?}").to_lowercase());
        let label = row["label"].as_str().unwrap_or("").to_owned();
        println!("{n}\t{label}\t{got}\t{} / {}", row["fig_a"], row["fig_b"]);
        *table.entry((label, got)).or_default() += 1;
    }
    for ((label, got), n) in &table {
        println!("{label} called {got}: {n}");
    }
    let of =
        |f: &dyn Fn(&str, &str) -> bool| -> usize { table.iter().filter(|((l, g), _)| f(l, g)).map(|(_, n)| n).sum() };
    let (right, all) = (of(&|l, g| l == "conflict" && g == "differ"), of(&|_, g| g == "differ"));
    println!("differ: {right} of {all} right; {} conflicts", of(&|l, _| l == "conflict"));
    Ok(())
}

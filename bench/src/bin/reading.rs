//! Reading of article texts, stage by stage and whole, on one core.
//!
//! `reading FILE… [--rounds N] [--articles N]` takes JSON Lines with `text` (and `title`, `published`, `language`), plain
//! or gzipped. Each round takes every stage over all articles; the median of the rounds is told.

use anyhow::{Context, Result, bail};
use dateline_article::Article;
use dateline_bench::clock::{median, time};
use dateline_bench::pages::bytes;
use dateline_brief::json;
use dateline_capture::{Capture, jsonl};
use dateline_lexicon::Lexicon;
use dateline_reading::{Doc, Reading, figures, names, places, quotes, times};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let (mut files, mut rounds, mut most) = (Vec::new(), 5, 1000);
    while let Some(arg) = args.next() {
        let number = |next: Option<String>| -> Result<usize> { Ok(next.context("a number is missing")?.parse()?) };
        match arg.as_str() {
            "--rounds" => rounds = number(args.next())?,
            "--articles" => most = number(args.next())?,
            _ => files.push(arg),
        }
    }
    if files.is_empty() {
        bail!("usage: reading FILE… [--rounds N] [--articles N]");
    }
    let (lexicon, decoding) = time(Lexicon::shipped);
    println!("the lexicon: {:.0} ms", 1e3 * decoding.as_secs_f64());
    for file in files {
        measure(Path::new(&file), &lexicon, rounds, most)?;
    }
    Ok(())
}

/// What is timed, in the order of the chain.
const STAGES: [&str; 8] = [
    "words and sentences",
    "times",
    "names",
    "places",
    "attributions",
    "figures",
    "reading, whole",
    "`read --jsonl`, line to line",
];

fn measure(file: &Path, lexicon: &Lexicon, rounds: usize, most: usize) -> Result<()> {
    let raw = bytes(file)?;
    let lines: Vec<&[u8]> = raw.split(|b| *b == b'\n').filter(|l| !l.is_empty()).take(most).collect();
    let articles = lines.iter().map(|l| article(l)).collect::<Result<Vec<Article>>>()?;
    let size: usize = articles.iter().map(|a| a.text.len()).sum();
    let mut spent: [Vec<f64>; STAGES.len()] = Default::default();
    for _ in 0..rounds {
        let mut sums = [Duration::ZERO; STAGES.len()];
        for (article, line) in articles.iter().zip(&lines) {
            stages(article, lexicon, &mut sums);
            sums[7] += time(|| black_box(whole(line, lexicon))).1;
        }
        for (all, sum) in spent.iter_mut().zip(sums) {
            all.push(sum.as_secs_f64());
        }
    }
    println!("{}: {} articles, {:.2} MB of text", file.display(), articles.len(), size as f64 / 1e6);
    println!("| stage | MB/s | articles/s |");
    println!("| --- | --- | --- |");
    for (stage, seconds) in STAGES.iter().zip(&spent) {
        let seconds = median(seconds);
        println!("| {stage} | {:.2} | {:.0} |", size as f64 / 1e6 / seconds, articles.len() as f64 / seconds);
    }
    Ok(())
}

fn capture(line: &[u8]) -> Result<Capture> {
    let mut captures = jsonl::lines(line);
    captures.next().context("an empty line")?.map_err(|e| anyhow::anyhow!("{e}"))
}

fn article(line: &[u8]) -> Result<Article> {
    Ok(dateline_article::find(&capture(line)?)?)
}

/// Each stage with what the stages before it found, as the whole reading has it.
fn stages(article: &Article, lexicon: &Lexicon, sums: &mut [Duration]) {
    let mut spend = |stage: usize, spent: Duration| sums[stage] += spent;
    let (doc, spent) = time(|| Doc::new(article));
    spend(0, spent);
    let mut reading = Reading { sentences: doc.sentences.iter().map(|s| s.span).collect(), ..Reading::default() };
    let (found, spent) = time(|| times::find(&doc, lexicon));
    reading.times = found;
    spend(1, spent);
    let ((mentions, entities), spent) = time(|| names::find(&doc, lexicon));
    (reading.mentions, reading.entities) = (mentions, entities);
    spend(2, spent);
    let ((), spent) = time(|| places::resolve(&doc, lexicon, &mut reading.mentions, &mut reading.entities));
    spend(3, spent);
    let (found, spent) = time(|| quotes::find(&doc, lexicon, &reading));
    reading.attributions = found;
    spend(4, spent);
    let (found, spent) = time(|| figures::find(&doc, lexicon, &reading));
    reading.figures = found;
    spend(5, spent);
    black_box(reading);
    spend(6, time(|| black_box(dateline_reading::of(article, lexicon))).1);
}

/// A line in, a line out.
fn whole(line: &[u8], lexicon: &Lexicon) -> Result<usize> {
    let capture = capture(line)?;
    let article = dateline_article::find(&capture)?;
    let reading = dateline_reading::of(&article, lexicon);
    Ok(json::one_line(&json::read_line(&capture.id, &capture.source, Ok((&article, &reading)))).len())
}

//! A large input made from a small one, for `dateline add --jsonl` or `dateline group`.
//!
//! `scale SAMPLE.jsonl[.gz] FROM TO > lines.jsonl`: articles FROM up to TO of the sample repeated in rounds, each round
//! with other words and earlier days.

use anyhow::{Context, Result};
use dateline_bench::scale::Sample;
use std::io::Write;
use std::path::Path;

/// Lines written at once.
const STEP: usize = 1000;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [sample, from, to] = &args[..] else { anyhow::bail!("usage: scale SAMPLE.jsonl[.gz] FROM TO") };
    let (from, to): (usize, usize) = (from.parse().context("FROM")?, to.parse().context("TO")?);
    let sample = Sample::open(Path::new(sample))?;
    let mut out = std::io::stdout().lock();
    for start in (from..to).step_by(STEP) {
        out.write_all(sample.lines(start, to.min(start + STEP)).as_bytes())?;
    }
    Ok(())
}

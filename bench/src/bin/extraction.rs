//! Main text and metadata from page bytes: Dateline beside other engines, same pages, same run, one core.
//!
//! `extraction FOLDER… [--rounds N]` takes folders of pages ([`dateline_bench::pages`]). Each page is first given to each
//! engine in a process of its own, which yields the text, the peak memory, and what did not come to an end; then all
//! engines take turns, page by page, over the pages that each of them survives, and the median of the rounds is told.

use anyhow::{Context, Result, bail};
use dateline_bench::clock::{median, time};
use dateline_bench::engines::Engine;
use dateline_bench::measure::Measure;
use dateline_bench::pages::{self, Page};
use std::hint::black_box;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// A page on which an engine is longer than this is counted as a failure.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> Result<ExitCode> {
    let mut args = std::env::args().skip(1);
    let (mut folders, mut rounds) = (Vec::new(), 7);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--alone" => return alone(&args.next().unwrap_or_default(), &args.next().unwrap_or_default(), args.next()),
            "--rounds" => rounds = args.next().context("--rounds needs a number")?.parse()?,
            _ => folders.push(arg),
        }
    }
    if folders.is_empty() {
        bail!("usage: extraction FOLDER… [--rounds N]");
    }
    for folder in folders {
        compare(Path::new(&folder), rounds)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One engine on one page, in this process: the text on standard output, the peak memory on its last line.
fn alone(engine: &str, path: &str, url: Option<String>) -> Result<ExitCode> {
    let engine = Engine::named(engine).context("no engine of that name")?;
    let bytes = pages::bytes(Path::new(path))?;
    let text = engine.extract(&bytes, url.as_deref());
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_deref().unwrap_or_default().as_bytes())?;
    write!(out, "\n{}", peak().unwrap_or(0))?;
    Ok(if text.is_some() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// Most memory this process has held, in kilobytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// What one engine did on all pages.
#[derive(Default)]
struct Record {
    measure: Measure,
    /// Kilobytes, and the page.
    peak: (u64, String),
    nothing: u32,
    died: Vec<String>,
    late: Vec<String>,
    /// Pages a second, round by round.
    speed: Vec<f64>,
}

fn compare(folder: &Path, rounds: usize) -> Result<()> {
    let pages = pages::of(folder)?;
    let mut records: Vec<Record> = Engine::ALL.iter().map(|_| Record::default()).collect();
    for page in &pages {
        for (engine, record) in Engine::ALL.iter().zip(&mut records) {
            record.take(*engine, page)?;
        }
    }
    let failed = |id: &String| records.iter().any(|r| r.died.contains(id) || r.late.contains(id));
    let survived: Vec<&Page> = pages.iter().filter(|p| !failed(&p.id)).collect();
    for _ in 0..rounds {
        let mut spent = [Duration::ZERO; Engine::ALL.len()];
        for (i, page) in survived.iter().enumerate() {
            for turn in 0..Engine::ALL.len() {
                let which = (i + turn) % Engine::ALL.len();
                let run = || black_box(Engine::ALL[which].extract(&page.bytes, page.url.as_deref()));
                spent[which] += time(run).1;
            }
        }
        for (record, spent) in records.iter_mut().zip(spent) {
            record.speed.push(survived.len() as f64 / spent.as_secs_f64());
        }
    }
    tell(folder, &pages, &records, survived.len());
    Ok(())
}

impl Record {
    fn take(&mut self, engine: Engine, page: &Page) -> Result<()> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--alone", engine.name()])
            .arg(&page.path)
            .args(&page.url)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut pipe = child.stdout.take().context("the pipe was asked for")?;
        let reader = std::thread::spawn(move || {
            let mut out = Vec::new();
            pipe.read_to_end(&mut out).map(|_| out)
        });
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break Some(status);
            }
            if start.elapsed() > PATIENCE {
                child.kill()?;
                child.wait()?;
                break None;
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        let out = reader.join().map_err(|_| anyhow::anyhow!("the reading thread died"))??;
        let out = String::from_utf8_lossy(&out);
        let (text, memory) = out.rsplit_once('\n').unwrap_or_default();
        match status.map(|s| s.code()) {
            None => self.late.push(page.id.clone()),
            Some(Some(0)) => {}
            Some(Some(3)) => self.nothing += 1,
            Some(_) => self.died.push(page.id.clone()),
        }
        self.peak = self.peak.clone().max((memory.parse().unwrap_or(0), page.id.clone()));
        if let Some(gold) = &page.gold {
            self.measure.add(gold, text);
        }
        Ok(())
    }
}

fn tell(folder: &Path, pages: &[Page], records: &[Record], timed: usize) {
    let megabytes = pages.iter().map(|p| p.bytes.len()).sum::<usize>() as f64 / 1e6;
    println!("{}: {} pages, {megabytes:.1} MB, {timed} of them timed", folder.display(), pages.len());
    println!("| engine | pages/s | to dom_smoothie | F1 | peak MB | no text | died | over {} s |", PATIENCE.as_secs());
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let peer = &records[1].speed;
    for (engine, r) in Engine::ALL.iter().zip(records) {
        let ratios: Vec<f64> = r.speed.iter().zip(peer).map(|(own, peer)| own / peer).collect();
        let has_gold = pages.iter().any(|p| p.gold.is_some());
        println!(
            "| {} | {:.0} | {:.2} | {} | {:.0} | {} | {} | {} |",
            engine.name(),
            median(&r.speed),
            median(&ratios),
            if has_gold { format!("{:.3}", r.measure.f1()) } else { "–".to_owned() },
            r.peak.0 as f64 / 1e3,
            r.nothing,
            r.died.len(),
            r.late.len(),
        );
    }
    for (engine, r) in Engine::ALL.iter().zip(records) {
        for id in &r.died {
            println!("{}: died on {id}", engine.name());
        }
        for id in &r.late {
            println!("{}: no end on {id}", engine.name());
        }
        println!("{}: most memory on {}", engine.name(), r.peak.1);
    }
}

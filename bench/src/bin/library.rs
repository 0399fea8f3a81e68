//! A library of many articles: how fast pages go in, how fast it answers meanwhile, how much room it takes.
//!
//! `library DATELINE SAMPLE.jsonl[.gz] [--articles 50000] [--text 2000] [--html 1000] [--pages FOLDER]… [--folder DIR]`:
//! fills a library with articles made from the sample by `scale`, then adds more text and, from `--pages`, more HTML to
//! it, while visitors ask the served library. An existing `--folder` is used as it is.

use anyhow::{Context, Result, bail};
use dateline_bench::clock::of_process;
use dateline_bench::http::{get, links, send};
use dateline_bench::scale::{Pages, Sample};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Articles in one run of `add` while the library is filled.
const STEP: usize = 10_000;

struct Asked {
    dateline: PathBuf,
    sample: PathBuf,
    articles: usize,
    text: usize,
    html: usize,
    pages: Vec<PathBuf>,
    folder: Option<PathBuf>,
}

fn main() -> Result<()> {
    let asked = asked()?;
    let work =
        asked.folder.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("library-{}", std::process::id())));
    std::fs::create_dir_all(&work)?;
    let library = work.join("desk");
    let sample = Sample::open(&asked.sample)?;
    let lines = |name: &str, from: usize, to: usize| -> Result<PathBuf> {
        let path = work.join(name);
        std::fs::write(&path, sample.lines(from, to))?;
        Ok(path)
    };
    if !library.exists() {
        for from in (0..asked.articles).step_by(STEP) {
            let to = asked.articles.min(from + STEP);
            let run = add(&asked.dateline, &library, &["--jsonl"], &lines("fill.jsonl", from, to)?)?;
            println!("filled to {to}: {}", run.told(to - from));
        }
    }
    sizes(&library, &sample, asked.articles)?;
    let before = visit(&asked.dateline, &library, || Ok(()))?;
    before.tell("answers, nothing added meanwhile");
    let more = lines("more.jsonl", asked.articles, asked.articles + asked.text)?;
    let mut run = Run::default();
    let during = visit(&asked.dateline, &library, || {
        run = add(&asked.dateline, &library, &["--jsonl"], &more)?;
        Ok(())
    })?;
    println!("{} text articles more, with visitors: {}", asked.text, run.told(asked.text));
    during.tell("answers while adding");
    let again = lines("again.jsonl", asked.articles + asked.text, asked.articles + 2 * asked.text)?;
    let run = add(&asked.dateline, &library, &["--jsonl"], &again)?;
    println!("{} text articles more, alone: {}", asked.text, run.told(asked.text));
    if !asked.pages.is_empty() {
        let folder = work.join("html");
        std::fs::create_dir_all(&folder)?;
        let pages = Pages::open(&asked.pages.iter().map(PathBuf::as_path).collect::<Vec<&Path>>())?;
        for n in 0..asked.html {
            std::fs::write(folder.join(format!("{n:06}.html")), pages.page(n))?;
        }
        let run = add(&asked.dateline, &library, &[], &folder)?;
        println!("{} HTML pages more, alone: {}", asked.html, run.told(asked.html));
    }
    if asked.folder.is_none() {
        std::fs::remove_dir_all(&work)?;
    }
    Ok(())
}

fn asked() -> Result<Asked> {
    let mut args = std::env::args().skip(1);
    let usage = "usage: library DATELINE SAMPLE.jsonl[.gz] [--articles N] [--text N] [--html N] [--pages FOLDER]… [--folder DIR]";
    let (Some(dateline), Some(sample)) = (args.next(), args.next()) else { bail!(usage) };
    let mut out = Asked {
        dateline: dateline.into(),
        sample: sample.into(),
        articles: 50_000,
        text: 2000,
        html: 1000,
        pages: Vec::new(),
        folder: None,
    };
    while let Some(name) = args.next() {
        let value = args.next().context(usage)?;
        match name.as_str() {
            "--articles" => out.articles = value.parse()?,
            "--text" => out.text = value.parse()?,
            "--html" => out.html = value.parse()?,
            "--pages" => out.pages.push(value.into()),
            "--folder" => out.folder = Some(value.into()),
            _ => bail!(usage),
        }
    }
    Ok(out)
}

/// One run of `add`.
#[derive(Default)]
struct Run {
    seconds: f64,
    peak: u64,
}

impl Run {
    fn told(&self, n: usize) -> String {
        format!("{:.1} s, {:.0}/s, {} MB at most", self.seconds, n as f64 / self.seconds, self.peak / 1000)
    }
}

fn add(dateline: &Path, library: &Path, more: &[&str], input: &Path) -> Result<Run> {
    let start = Instant::now();
    let mut child = Command::new(dateline)
        .args(["add", "--library"])
        .arg(library)
        .args(more)
        .arg(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut peak = 0;
    loop {
        peak = peak.max(memory(&child));
        if let Some(status) = child.try_wait()? {
            if status.code().is_none_or(|c| c > 1) {
                bail!("add ended with {status}");
            }
            return Ok(Run { seconds: start.elapsed().as_secs_f64(), peak });
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The most memory that a process held so far, in kB; 0 where the system does not tell.
fn memory(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn sizes(library: &Path, sample: &Sample, articles: usize) -> Result<()> {
    let (mut text, mut packed) = (0u64, flate2::write::GzEncoder::new(Count(0), flate2::Compression::default()));
    for n in 0..articles {
        let line = sample.line(n);
        let body = line["text"].as_str().unwrap_or_default();
        text += body.len() as u64;
        std::io::Write::write_all(&mut packed, body.as_bytes())?;
    }
    let packed = packed.finish()?.0;
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
    let index: u64 = ["index.db", "index.db-wal"].iter().map(|f| size(&library.join(f))).sum();
    let captures: u64 = std::fs::read_dir(library.join("captures"))?.flatten().map(|e| size(&e.path())).sum();
    let mb = |n: u64| n as f64 / 1e6;
    println!("main text {:.1} MB; index {:.1} MB: {:.2} ×", mb(text), mb(index), index as f64 / text as f64);
    println!(
        "gzip of it {:.1} MB; captures {:.1} MB: {:.2} ×",
        mb(packed),
        mb(captures),
        captures as f64 / packed as f64
    );
    Ok(())
}

struct Count(u64);

impl std::io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// How long answers took, by kind of page.
struct Visits(Vec<Kind>);

/// One kind of page: milliseconds until each answer was there, processor time of the server for it, and the most bytes.
struct Kind {
    name: &'static str,
    took: Vec<f64>,
    worked: Vec<f64>,
    size: usize,
}

impl Visits {
    fn tell(&self, what: &str) {
        println!(
            "{what}:\n| page | asked | p50 ms | p95 ms | most ms | processor p50 ms | p95 ms | kB at most |\n\
             | --- | --- | --- | --- | --- | --- | --- | --- |"
        );
        for kind in &self.0 {
            let (took, worked) = (sorted(&kind.took), sorted(&kind.worked));
            println!(
                "| {} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {} |",
                kind.name,
                took.len(),
                at(&took, 0.5),
                at(&took, 0.95),
                at(&took, 1.0),
                at(&worked, 0.5),
                at(&worked, 0.95),
                kind.size / 1000
            );
        }
    }
}

fn sorted(all: &[f64]) -> Vec<f64> {
    let mut all = all.to_vec();
    all.sort_by(f64::total_cmp);
    all
}

/// The value below which this share of sorted ones lies.
fn at(sorted: &[f64], share: f64) -> f64 {
    sorted.get(((sorted.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN)
}

/// Whom and what pages are asked about besides: much named ones, so that the heaviest pages are among those measured.
const ORGANISATIONS: [&str; 8] =
    ["European+Union", "United+Nations", "Congress", "White+House", "Reuters", "BBC", "Supreme+Court", "NATO"];
const PLACES: [&str; 8] = ["United+States", "Ukraine", "Paris", "London", "China", "Germany", "Washington", "Kyiv"];
/// Lists of stories that are gone through.
const LISTS: usize = 20;
/// Stories of the brief that is put together.
const CHOSEN: usize = 12;
/// Words searched for: common, middling and rare ones, alone and together.
const SEARCHES: [&str; 10] = [
    "government",
    "minister+police",
    "harbour",
    "%22prime+minister%22",
    "election+OR+vote",
    "court+NOT+appeal",
    "storm",
    "company+price",
    "police",
    "hospital+killed",
];

/// Asks the served library, at least for a while and as long as `meanwhile` runs.
fn visit(dateline: &Path, library: &Path, meanwhile: impl FnOnce() -> Result<()>) -> Result<Visits> {
    let (mut server, port) = serve(dateline, library)?;
    let of = server.id();
    let found = addresses(port).and_then(|addresses| {
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let visitor = scope.spawn(|| walk(port, of, &addresses, &done));
            let worked = meanwhile();
            done.store(true, Ordering::Relaxed);
            worked.and(visitor.join().unwrap_or_else(|_| bail!("the visitor died")))
        })
    });
    server.kill()?;
    server.wait()?;
    found
}

fn serve(dateline: &Path, library: &Path) -> Result<(Child, u16)> {
    let mut server = Command::new(dateline)
        .args(["serve", "--port", "0", "--library"])
        .arg(library)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(server.stdout.take().context("no output")?).read_line(&mut line)?;
    let port = line.split("127.0.0.1:").nth(1).and_then(|l| l.split('/').next()).and_then(|p| p.parse().ok());
    match port {
        Some(port) => Ok((server, port)),
        None => {
            server.kill()?;
            bail!("serve did not say where: {line:?}")
        }
    }
}

/// Addresses of each kind of page, found as a reader finds them; each kind is asked for as often.
type Addresses = Vec<(&'static str, Vec<String>)>;

fn addresses(port: u16) -> Result<Addresses> {
    let named = |start: &str, names: &[&str]| names.iter().map(|n| format!("{start}{n}")).collect::<Vec<_>>();
    let (mut lists, mut stories) = (vec!["/".to_owned()], Vec::new());
    for at in 0..LISTS {
        let Some(list) = lists.get(at) else { break };
        let page = get(port, list)?.body;
        stories.extend(links(&page, "/story/").into_iter().take(12));
        lists.extend(next(&page));
    }
    let (mut articles, mut persons, mut storylines) = (Vec::new(), Vec::new(), Vec::new());
    for story in stories.iter().step_by(4) {
        let page = get(port, story)?.body;
        articles.extend(links(&page, "/article/").into_iter().take(4));
        persons.extend(links(&page, "/who?").into_iter().take(4));
        storylines.extend(links(&page, "/storyline/").into_iter().take(1));
    }
    for article in articles.iter().step_by(3) {
        persons.extend(links(&get(port, article)?.body, "/who?").into_iter().take(3));
    }
    let capture = |a: &String| a.split('?').next().unwrap_or(a).replace("/article/", "/capture/");
    let captures = articles.iter().map(capture).collect();
    for query in SEARCHES.iter().take(3) {
        send(port, "/watch", "/watch", &[("what", "add"), ("name", query), ("q", query)])?;
    }
    let brief = brief(port, &stories)?;
    let asked: Vec<&str> = SEARCHES.iter().filter(|q| !q.contains("NOT")).copied().collect();
    let mut lists_of_storylines = vec!["/storylines".to_owned()];
    lists_of_storylines.extend(next(&get(port, "/storylines")?.body));
    for list in &lists_of_storylines {
        storylines.extend(links(&get(port, list)?.body, "/storyline/"));
    }
    Ok(vec![
        ("stories", lists),
        ("story", stories),
        ("article", articles),
        ("capture", captures),
        ("person", persons),
        ("organisation", named("/who?name=", &ORGANISATIONS)),
        ("place", named("/place?name=", &PLACES)),
        ("storyline", storylines),
        ("storylines", lists_of_storylines),
        ("figures", named("/figures?about=", &asked)),
        ("search", named("/search?q=", &SEARCHES)),
        ("brief", vec![brief]),
        ("briefs", vec!["/brief".to_owned()]),
        ("watches", vec!["/watch".to_owned()]),
        ("library", vec!["/library".to_owned()]),
    ])
}

/// Where a list goes on.
fn next(page: &str) -> Option<String> {
    let before = page.split("\" rel=\"next\"").next().filter(|b| b.len() < page.len())?;
    Some(before.rsplit("href=\"").next()?.replace("&amp;", "&").replace("&#38;", "&"))
}

/// Puts a brief of some stories together, as a reader does; gives its address.
fn brief(port: u16, stories: &[String]) -> Result<String> {
    let address = send(port, "/brief", "/brief", &[("title", "Measured")])?;
    let id = address.trim_start_matches("/brief/").to_owned();
    for story in stories.iter().take(CHOSEN) {
        let id_of_story = story.trim_start_matches("/story/");
        send(port, "/brief", "/brief", &[("add", id_of_story), ("into", &id)])?;
    }
    Ok(address)
}

/// Asks for pages of all kinds in turn until it is `done`, and at least some.
fn walk(port: u16, server: u32, addresses: &[(&'static str, Vec<String>)], done: &AtomicBool) -> Result<Visits> {
    let kind = |(name, _): &(&'static str, _)| Kind { name, took: Vec::new(), worked: Vec::new(), size: 0 };
    let mut visits: Vec<Kind> = addresses.iter().map(kind).collect();
    for turn in 0.. {
        if turn >= 60 && done.load(Ordering::Relaxed) {
            break;
        }
        for (kind, (_, list)) in addresses.iter().enumerate().filter(|(_, (_, l))| !l.is_empty()) {
            // stories may have been joined since: what is gone is not measured
            let before = of_process(server);
            if let Ok(answer) = get(port, &list[turn % list.len()]) {
                visits[kind].took.push(1e3 * answer.took.as_secs_f64());
                visits[kind].worked.push(of_process(server) - before);
                visits[kind].size = visits[kind].size.max(answer.body.len());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    Ok(Visits(visits))
}

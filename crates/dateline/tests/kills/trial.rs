//! One library after another: commands killed, started again, and what must hold checked after each.

use super::killer::{self, Ended, Moment, Plan};
use super::readers::Readers;
use super::seeded::Seeded;
use super::{answers, support};
use dateline_capture::{Capture, Limits, digest, jsonl, warc};
use dateline_store::{ErrorKind, Library, Mode};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What is added: files, or lines.
pub struct Pages {
    units: Vec<Unit>,
    lines: bool,
}

/// The least that a command can be given, and the pages in it: ids and digests of their bytes.
struct Unit {
    what: String,
    pages: Vec<(String, String)>,
}

impl Pages {
    /// The files of a folder, in order.
    pub fn files(folder: &Path) -> Pages {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
            }
        }
        files.sort();
        let unit = |file: PathBuf| {
            let found: Vec<Capture> =
                dateline_capture::read(&file, &Limits::default()).filter_map(Result::ok).collect();
            Unit { what: file.to_str().expect("a readable path").to_owned(), pages: found.iter().map(page).collect() }
        };
        Pages { units: files.into_iter().map(unit).collect(), lines: false }
    }

    /// Articles, one a line.
    pub fn lines(lines: &[String]) -> Pages {
        let unit = |line: &String| {
            let found: Vec<Capture> = jsonl::lines(line.as_bytes()).filter_map(Result::ok).collect();
            Unit { what: line.clone(), pages: found.iter().map(page).collect() }
        };
        Pages { units: lines.iter().map(unit).collect(), lines: true }
    }

    /// The arguments of `add` for some of the units; lines go into a file first.
    fn arguments(&self, from: usize, to: usize, folder: &Path) -> Vec<String> {
        let units = self.units[from..to].iter().map(|u| u.what.clone());
        if !self.lines {
            return units.collect();
        }
        // Always of that name: it is told of each page.
        let file = folder.join("articles.jsonl");
        std::fs::write(&file, units.collect::<Vec<_>>().join("\n")).expect("lines can be written");
        vec!["--jsonl".to_owned(), file.to_str().expect("a readable path").to_owned()]
    }
}

fn page(capture: &Capture) -> (String, String) {
    (capture.id.clone(), digest(&capture.bytes))
}

/// What came of the trials.
#[derive(Default)]
pub struct Told {
    pub kills: u32,
    pub libraries: u32,
    pub asked: u64,
    pub moments: BTreeMap<String, u32>,
}

/// Kills so many times, in as many libraries as it takes.
pub fn run(pages: &Pages, folder: &Path, kills: u32, seeded: &mut Seeded, told: &mut Told) {
    let never = Never::made(pages, folder);
    let goal = told.kills + kills;
    while told.kills < goal {
        let library = folder.join(format!("desk-{}", told.libraries));
        let trial =
            Trial { pages, never: &never, library: &library, folder, kept: BTreeSet::new(), decided: Vec::new() };
        trial.run(seeded, told, goal);
        told.libraries += 1;
        let _ = std::fs::remove_dir_all(&library);
    }
}

/// The library that was never killed.
struct Never {
    answers: Vec<(String, String)>,
    /// Two stories, to decide about.
    stories: (String, String),
    takes: Duration,
}

impl Never {
    fn made(pages: &Pages, folder: &Path) -> Never {
        let library = folder.join("never-killed");
        let whole = pages.arguments(0, pages.units.len(), folder);
        let takes = finish(&add(&library, &whole), &library).took;
        let first = support::json_lines(&finish(&strings(&["stories", "--json"], &library), &library).stdout);
        let name = |i: usize| first[i]["story"].as_str().expect("a story").to_owned();
        let stories = (name(1), name(2));
        for decision in decisions(&stories) {
            finish(&strings(&decision, &library), &library);
        }
        Never { answers: answers::of(&library), stories, takes }
    }
}

/// The decisions that are made in every library.
fn decisions(stories: &(String, String)) -> [Vec<&str>; 3] {
    [
        vec!["pin", &stories.1],
        vec!["merge", &stories.0, &stories.1],
        vec!["rename", &stories.0, "What the desk calls it"],
    ]
}

fn strings(args: &[&str], library: &Path) -> Vec<String> {
    let folder = ["--library", library.to_str().expect("a readable path")];
    args.iter().chain(&folder).map(|a| (*a).to_owned()).collect()
}

fn add(library: &Path, what: &[String]) -> Vec<String> {
    let mut args = strings(&["add"], library);
    args.extend(what.iter().cloned());
    args
}

/// Runs a command to its end.
fn finish(args: &[String], library: &Path) -> Ended {
    let ended = once(args, library, None);
    assert_eq!(ended.code, Some(0), "{args:?}: {}", ended.stderr);
    ended
}

fn once(args: &[String], library: &Path, plan: Option<Plan>) -> Ended {
    killer::run(&args.iter().map(String::as_str).collect::<Vec<_>>(), library, plan)
}

/// One library on its way.
struct Trial<'a> {
    pages: &'a Pages,
    never: &'a Never,
    library: &'a Path,
    folder: &'a Path,
    /// Ids of pages of which the program said that they are kept.
    kept: BTreeSet<String>,
    /// Ids of decisions of which the program said that they are made.
    decided: Vec<String>,
}

impl Trial<'_> {
    fn run(mut self, seeded: &mut Seeded, told: &mut Told, goal: u32) {
        let readers = Readers::start(self.library);
        let many = self.pages.units.len();
        let mut cuts: Vec<usize> =
            (0..seeded.between(0, 3)).map(|_| seeded.between(1, many as u64 - 1) as usize).collect();
        cuts.extend([0, many]);
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts.windows(2) {
            let args = add(self.library, &self.pages.arguments(cut[0], cut[1], self.folder));
            let share = self.never.takes.mul_f64((cut[1] - cut[0]) as f64 / many as f64).max(self.never.takes / 4);
            let progress = |t: &mut Self, ended: &Ended| t.keep(cut[0], cut[1], ended);
            let first = [Moment::Append, Moment::Commit, Moment::Start];
            let moments = if cut[0] == 0 { &first[..] } else { &first[..2] };
            self.stubbornly(&args, (share, moments), seeded, told, goal, progress);
        }
        for decision in decisions(&self.never.stories) {
            self.decide(&decision, seeded, told, goal);
        }
        let args = strings(&["rebuild"], self.library);
        let moments = [Moment::Rebuild, Moment::Swap, Moment::Commit];
        self.stubbornly(&args, (self.never.takes, &moments), seeded, told, goal, |_, _| {});
        told.asked += readers.stop().unwrap_or_else(|why| panic!("{why}"));
        self.check();
        self.check_whole();
    }

    /// Kills a command up to two times, and then lets it end.
    fn stubbornly(
        &mut self,
        args: &[String],
        (takes, moments): (Duration, &[Moment]),
        seeded: &mut Seeded,
        told: &mut Told,
        goal: u32,
        mut acknowledged: impl FnMut(&mut Self, &Ended),
    ) {
        for _ in 0..seeded.between(0, 2) {
            let plan = Plan::any(seeded, takes, moments);
            let ended = once(args, self.library, (told.kills < goal).then_some(plan));
            acknowledged(self, &ended);
            self.count(&ended, plan, told);
        }
        let ended = finish(args, self.library);
        acknowledged(self, &ended);
        self.check();
    }

    fn count(&self, ended: &Ended, plan: Plan, told: &mut Told) {
        assert!(ended.killed || ended.code == Some(0), "{plan:?}: {}", ended.stderr);
        if ended.killed {
            told.kills += 1;
            *told.moments.entry(plan.name()).or_default() += 1;
            self.check();
        }
    }

    /// Pages that a command said to be kept: all by its summary, the first so many by its progress.
    fn keep(&mut self, from: usize, to: usize, ended: &Ended) {
        let told =
            ended.stderr.lines().filter_map(|l| l.strip_prefix("dateline: adding ")?.split(' ').next()?.parse().ok());
        let first = told.max().unwrap_or(0);
        let pages = self.pages.units[from..to].iter().flat_map(|u| &u.pages).map(|p| p.0.clone());
        let all = ended.stdout.contains(" added · ");
        self.kept.extend(pages.take(if all { usize::MAX } else { first }));
    }

    /// Makes a decision, killed or not. One whose line is there has been made; one without is made again.
    fn decide(&mut self, decision: &[&str], seeded: &mut Seeded, told: &mut Told, goal: u32) {
        let args = strings(decision, self.library);
        let next = format!("d{}", self.decided.len() + 1);
        if seeded.between(0, 1) == 0 {
            let plan = Plan::any(seeded, Duration::from_millis(40), &[Moment::Decide, Moment::Commit]);
            let ended = once(&args, self.library, (told.kills < goal).then_some(plan));
            if ended.stdout.contains(&format!("{next}: ")) {
                self.decided.push(next.clone());
            }
            self.count(&ended, plan, told);
        }
        let library = Library::open(self.library, Mode::Read).expect("a library");
        if !library.decisions().expect("decisions").made.iter().any(|d| d.id == next) {
            finish(&args, self.library);
        }
        if !self.decided.contains(&next) {
            self.decided.push(next);
        }
        self.check();
    }

    /// What was acknowledged is there as it came.
    fn check(&self) {
        let library = match Library::open(self.library, Mode::Read) {
            Err(e) if matches!(e.kind(), ErrorKind::NotALibrary) && self.kept.is_empty() => return,
            opened => opened.expect("a library that can be asked"),
        };
        let digests: BTreeMap<&str, &str> =
            self.pages.units.iter().flat_map(|u| &u.pages).map(|(id, d)| (id.as_str(), d.as_str())).collect();
        for id in &self.kept {
            let capture = library.capture(id).unwrap_or_else(|e| panic!("page {id} was kept and is lost: {e}"));
            assert_eq!(Some(digest(&capture.bytes).as_str()), digests.get(id.as_str()).copied(), "page {id}");
            assert!(library.known(id).expect("an answer"), "page {id} was added and has no reading");
        }
        let made: Vec<String> = library.decisions().expect("decisions").made.into_iter().map(|d| d.id).collect();
        assert!(self.decided.iter().all(|d| made.contains(d)), "{:?} were decided, {made:?} are there", self.decided);
        assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len(), "a decision is there twice");
    }

    /// All pages are there, each once, and every question is answered as by the library that was never killed.
    fn check_whole(&self) {
        let mut there: BTreeMap<String, String> = BTreeMap::new();
        let mut originals = BTreeSet::new();
        for file in std::fs::read_dir(self.library.join("captures")).expect("captures").flatten() {
            for record in warc::Records::open(&file.path(), 0).expect("a file of captures") {
                let record = record.expect("a whole record");
                if let Some((of, _)) = record.original() {
                    assert!(originals.insert(of.to_owned()), "the file of {of} is kept twice");
                }
                if let Some(capture) = record.own() {
                    assert_eq!(there.insert(capture.id.clone(), digest(&capture.bytes)), None, "{} twice", capture.id);
                }
            }
        }
        let all: BTreeMap<String, String> = self.pages.units.iter().flat_map(|u| u.pages.clone()).collect();
        assert!(there == all, "{} pages were added, {} are kept", all.len(), there.len());
        let answers = answers::of(self.library);
        if let Some(why) = answers::differ(&self.never.answers, &answers) {
            panic!("answers differ: {why}");
        }
    }
}

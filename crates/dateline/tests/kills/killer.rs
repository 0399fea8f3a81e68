//! Runs a command and kills it at an instant.

use super::seeded::Seeded;
use super::support;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// When a command is killed.
#[derive(Debug, Clone, Copy)]
pub enum Plan {
    /// After so long.
    After(Duration),
    /// When something has happened so many times in the library's folder, and so long after.
    When(Moment, u64, Duration),
}

/// What can be seen to happen from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A file of captures grew: records are being appended, or wait for fsync and the index.
    Append,
    /// The index's log grew: pages, stories or a new index are being written to it.
    Commit,
    /// The log of a new index grew: a rebuild is under way.
    Rebuild,
    /// The new index is there and the old one's log grows: it is being swapped in.
    Swap,
    /// The decisions grew: the stories do not know it yet.
    Decide,
    /// A file or folder of the library came to be.
    Start,
}

impl Plan {
    /// A plan for a command that takes about so long when nobody kills it, and in which these things happen.
    pub fn any(seeded: &mut Seeded, takes: Duration, moments: &[Moment]) -> Plan {
        if seeded.between(0, 2) == 0 {
            return Plan::After(takes.mul_f64(seeded.between(0, 1000) as f64 / 1000.0));
        }
        let moment = moments[seeded.between(0, moments.len() as u64 - 1) as usize];
        // What happens often is let happen for a while, mostly a short one.
        let often = matches!(moment, Moment::Append | Moment::Commit | Moment::Rebuild);
        let most = if often { 1 << seeded.between(0, 4) } else { 1 };
        let then = Duration::from_micros(seeded.between(0, 3) * seeded.between(0, 4000));
        Plan::When(moment, seeded.between(1, most), then)
    }

    pub fn name(self) -> String {
        match self {
            Plan::After(_) => "any time".to_owned(),
            Plan::When(moment, ..) => format!("{moment:?}"),
        }
    }
}

/// What a command said until it ended or was killed.
pub struct Ended {
    pub killed: bool,
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

/// Runs a command to its end, or until the plan's instant.
pub fn run(args: &[&str], library: &Path, plan: Option<Plan>) -> Ended {
    let mut command = support::dateline(args);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let (out, err) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let started = Instant::now();
    let mut watch = Watch::new(library);
    let (mut seen, mut due) = (0, None);
    let mut killed = false;
    let status = loop {
        match plan {
            Some(Plan::After(time)) => due = Some(started + time),
            Some(Plan::When(moment, times, then)) if due.is_none() => {
                seen += u64::from(watch.happened(moment));
                due = (seen >= times).then(|| Instant::now() + then);
            }
            _ => {}
        }
        if due.is_some_and(|due| Instant::now() >= due) && !killed {
            killed = child.kill().is_ok();
        }
        if let Some(status) = child.try_wait().expect("the child can be asked") {
            break status;
        }
        std::thread::sleep(Duration::from_micros(if plan.is_some() { 50 } else { 2000 }));
    };
    Ended {
        // It may have ended by itself at that very instant.
        killed: killed && status.code().is_none(),
        code: status.code(),
        stdout: out.join().expect("output is read"),
        stderr: err.join().expect("output is read"),
        took: started.elapsed(),
    }
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Looks at the sizes of a library's files.
struct Watch<'a> {
    library: &'a Path,
    last: Option<u64>,
}

impl Watch<'_> {
    fn new(library: &Path) -> Watch<'_> {
        Watch { library, last: None }
    }

    /// Whether it happened since the last look.
    fn happened(&mut self, moment: Moment) -> bool {
        let size = |name: &str| fs::metadata(self.library.join(name)).map_or(0, |m| m.len());
        let files = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
        let now = match moment {
            Moment::Append => {
                files(&self.library.join("captures")).filter_map(|e| e.metadata().ok()).map(|m| m.len()).sum()
            }
            Moment::Commit => size("index.db-wal"),
            Moment::Rebuild => size("index.db.new-wal") + size("index.db.new"),
            Moment::Swap if self.library.join("index.db.new").exists() => size("index.db-wal"),
            Moment::Swap => 0,
            Moment::Decide => size("decisions.jsonl"),
            Moment::Start => files(self.library).count() as u64,
        };
        let grew = self.last.is_some_and(|last| now > last);
        self.last = Some(now);
        grew
    }
}

//! Running the built program, and the invented world of `examples/`.
#![allow(dead_code)] // each test binary uses its part

pub mod damage;
pub mod expected;
pub mod world;

use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The folder `examples/` of the repository.
pub fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The program with arguments, not yet started. It sees no library but the one it is given.
pub fn dateline(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args).env_remove("DATELINE_LIBRARY").env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub fn run(args: &[&str]) -> Output {
    dateline(args).output().expect("the program starts")
}

/// What happened within the time allowed.
pub struct Ended {
    /// The exit code; `None` after a signal or when the time was up.
    pub code: Option<i32>,
    /// True when the program had to be stopped.
    pub timed_out: bool,
    /// How long it ran.
    pub seconds: f64,
    /// Its memory at its highest, looked at every few milliseconds, where the system tells.
    pub peak_kib: Option<u64>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs the program and stops it after `limit`.
pub fn run_within(args: &[&str], limit: Duration) -> Ended {
    let mut child = dateline(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let out = drain(child.stdout.take());
    let err = drain(child.stderr.take());
    let started = Instant::now();
    let mut peak_kib = None;
    let (status, timed_out) = loop {
        peak_kib = peak(child.id()).max(peak_kib);
        if let Some(status) = child.try_wait().expect("the child can be asked") {
            break (Some(status), false);
        }
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            break (None, true);
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let seconds = started.elapsed().as_secs_f64();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ended {
        code: status.and_then(|s| s.code()),
        timed_out,
        seconds,
        peak_kib,
        stdout: text(out.join().unwrap_or_default()),
        stderr: text(err.join().unwrap_or_default()),
    }
}

/// The most memory a running program has held, in KiB.
fn peak(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().split(' ').next()?.parse().ok()
}

/// Reads a pipe to its end beside the program, so that a full pipe cannot stop it.
fn drain(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}

/// The objects of JSON Lines.
pub fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("not JSON ({e}): {l}")))
        .collect()
}

/// Text with single spaces.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fails with all that is wrong, one a line.
pub fn report(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{what}: {} wrong\n  {}", wrong.len(), wrong.join("\n  "));
}

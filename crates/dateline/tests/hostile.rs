//! Hostile files must neither crash nor hang the program.
//!
//! The files come from a script that lies beside the repository on the machines that have it; elsewhere the
//! test says so and passes.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The script, looked for in a folder `shared` beside any folder above this crate.
fn script() -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|a| a.join("shared/hostile/hostile_corpus.py"))
        .find(|p| p.is_file())
}

#[test]
fn hostile_files_neither_crash_nor_hang() {
    let Some(script) = script() else {
        eprintln!("skipped: no shared/hostile/hostile_corpus.py beside the repository");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = Command::new("python3").arg(&script).arg(folder.path()).output();
    if !made.as_ref().is_ok_and(|m| m.status.success()) {
        eprintln!("skipped: {} did not run: {made:?}", script.display());
        return;
    }
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).expect("the folder is there").flatten().map(|e| e.path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files.iter().filter(|f| f.file_name().is_some_and(|n| n != "manifest.json")) {
        let path = file.to_str().expect("a readable path");
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let e = support::run_within(&["read", "--json", path], Duration::from_secs(20));
        if e.timed_out {
            wrong.push(format!("{name}: still running after 20 s"));
        } else if !matches!(e.code, Some(0 | 1)) {
            wrong.push(format!("{name}: exit {:?}: {}", e.code, e.stderr.lines().next().unwrap_or("")));
        } else if e.stderr.contains("panicked") {
            wrong.push(format!("{name}: {}", e.stderr.lines().next().unwrap_or("")));
        } else if e.stdout.contains("root:x:0:0") {
            wrong.push(format!("{name}: read a file of this machine"));
        }
        for line in e.stdout.lines() {
            if serde_json::from_str::<serde_json::Value>(line).is_err() {
                wrong.push(format!("{name}: prints a line that is not JSON"));
            }
        }
    }
    together(folder.path(), &mut wrong);
    support::report("hostile files", &wrong);
}

/// The whole folder into a library, and a brief of it: the good pages are kept, nothing hostile gets out.
fn together(files: &Path, wrong: &mut Vec<String>) {
    let library = tempfile::tempdir().expect("a temporary folder");
    let library = library.path().to_str().expect("a readable path");
    let files = files.to_str().expect("a readable path");
    let limit = Duration::from_secs(60);
    for args in [
        &["add", "--library", library, files][..],
        &["stories", "--library", library],
        &["search", "--library", library, "Litauen OR \"Vilnius\" -x*"],
        &["who", "--library", library, "Kasčiūnas"],
        &["brief", files],
    ] {
        let e = support::run_within(args, limit);
        let what = args.first().copied().unwrap_or("");
        if e.timed_out || !matches!(e.code, Some(0 | 1)) || e.stderr.contains("panicked") {
            wrong.push(format!("{what}: exit {:?}: {}", e.code, e.stderr.lines().next_back().unwrap_or("")));
        }
        if what == "brief" {
            for bad in ["<script", "<img", "](javascript:", "\u{202e}"] {
                if e.stdout.contains(bad) {
                    wrong.push(format!("brief: lets {bad:?} through"));
                }
            }
        }
    }
}

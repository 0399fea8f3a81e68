//! A disk that is full: nothing is lost, the message says what to do, and doing it completes what was begun.

use super::killer;
use super::{answers, support};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program where no file may grow past so many blocks of 512 bytes. The signal that would end it is
/// ignored, so that it is told as it is on a full disk.
fn run_within(blocks: u64, args: &[&str]) -> Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_dateline")]).args(args);
    command.env_remove("DATELINE_LIBRARY").stdin(Stdio::null()).output().expect("sh runs")
}

/// Fails with a message that says what to do, and blames nothing that is whole.
fn must_say_so(out: &Output, what: &str) {
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{what}: {said}");
    assert!(said.contains("space") && said.contains("same command again"), "{what}: {said}");
    assert!(!said.contains("rebuild") && !said.contains("panicked"), "{what}: {said}");
}

fn succeed(args: &[&str]) {
    let out = support::run(args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// Adds, decides and rebuilds with too little space, and then with enough.
fn through(library: &Path, expected: &[(String, String)], little: impl Fn(u64, &[&str]) -> Output, enough: impl Fn()) {
    let folder = library.to_str().expect("a readable path");
    let pages = support::examples().join("pages");
    let add = ["add", "--library", folder, pages.to_str().expect("a readable path")];
    let (mut failed, mut steps) = (0, 0);
    for kib in [1, 12, 40, 64, 100, 160, 240, 320] {
        let out = little(kib, &add);
        steps += 1;
        if !out.status.success() {
            must_say_so(&out, &format!("add within {kib} KiB"));
            failed += 1;
        }
    }
    assert!(failed >= 4, "{failed} of {steps} tries failed; the disk was not full");
    enough();
    succeed(&add);
    assert_eq!(answers::differ(expected, &answers::of(library)), None);
    let stories = || support::run(&["stories", "--json", "--library", folder]).stdout;
    let before = stories();
    for kib in [1, 40, 160] {
        must_say_so(&little(kib, &["rebuild", "--library", folder]), &format!("rebuild within {kib} KiB"));
    }
    enough();
    assert_eq!(stories(), before, "the old index stays");
    succeed(&["rebuild", "--library", folder]);
    assert_eq!(answers::differ(expected, &answers::of(library)), None);
}

fn expected(folder: &Path) -> Vec<(String, String)> {
    let library = folder.join("enough");
    let pages = support::examples().join("pages");
    let args = ["add", "--library", library.to_str().expect("a path"), pages.to_str().expect("a path")];
    assert_eq!(killer::run(&args, &library, None).code, Some(0));
    answers::of(&library)
}

#[test]
fn where_files_may_not_grow_nothing_is_lost() {
    if !cfg!(unix) {
        eprintln!("skipped: files are bounded through sh and ulimit");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    through(&library, &expected(folder.path()), |kib, args| run_within(kib * 2, args), || {});
    let path = library.to_str().expect("a readable path");
    let story = String::from_utf8(support::run(&["stories", "--json", "--library", path]).stdout).expect("UTF-8");
    let story = support::json_lines(&story)[0]["story"].as_str().expect("a story").to_owned();
    must_say_so(&run_within(0, &["pin", "--library", path, &story]), "pin");
    assert_eq!(
        std::fs::read(library.join("decisions.jsonl")).expect("decisions"),
        b"",
        "what was refused is not there"
    );
}

/// A small disk in memory; unmounted at the end.
struct Disk<'a>(&'a Path);

impl Disk<'_> {
    fn resize(&self, kib: u64, how: &str) -> bool {
        let options = format!("{how}size={kib}k");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(self.0);
        mount.output().is_ok_and(|out| out.status.success())
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).output();
    }
}

#[test]
fn on_a_full_disk_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mounted = folder.path().join("disk");
    std::fs::create_dir(&mounted).expect("a folder");
    let disk = Disk(&mounted);
    if !disk.resize(64, "") {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    }
    let library = mounted.join("desk");
    // Space for what is there already, and so much more.
    let little = |kib: u64, args: &[&str]| {
        let used: u64 = files(&mounted).div_ceil(1024);
        assert!(disk.resize(used + kib, "remount,"), "the disk can be made smaller");
        support::run(args)
    };
    through(&library, &expected(folder.path()), little, || assert!(disk.resize(65_536, "remount,"), "the disk grows"));
}

/// Bytes of all files below a folder, in whole pages of memory.
fn files(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|e| {
            if e.path().is_dir() { files(&e.path()) } else { e.metadata().map_or(0, |m| m.len().div_ceil(4096) * 4096) }
        })
        .sum()
}

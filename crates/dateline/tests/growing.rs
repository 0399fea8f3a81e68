//! A library that grows page by page, in any order, tells what one tells that was filled at once or made again.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use support::{examples, json_lines, run};
use tempfile::TempDir;

/// A library of its own.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Runs a command that must succeed; gives its standard output.
    fn does(&self, args: &[&str]) -> String {
        let library = self.folder.path().to_str().expect("a readable path");
        let out = run(&[args, &["--library", library]].concat());
        assert_eq!(out.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    }

    fn add(&self, files: &[PathBuf]) {
        let files: Vec<&str> = files.iter().map(|f| f.to_str().expect("a readable path")).collect();
        self.does(&[&["add"], &files[..]].concat());
    }

    /// Names of the stories it tells.
    fn names(&self) -> BTreeSet<String> {
        let stories = json_lines(&self.does(&["stories", "--json"]));
        assert!(!stories.is_empty(), "it tells stories");
        stories.iter().filter_map(|s| Some(s["story"].as_str()?.to_owned())).collect()
    }

    /// All that it says of its stories.
    fn tells(&self) -> Vec<String> {
        let mut out = vec![self.does(&["stories", "--json"])];
        out.extend(self.names().iter().map(|name| self.does(&["story", name, "--json"])));
        out
    }
}

/// The files of the examples, in the order of their paths.
fn files() -> Vec<PathBuf> {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).expect("a folder").map(|e| e.expect("an entry").path()) {
            if entry.is_dir() { walk(&entry, out) } else { out.push(entry) }
        }
    }
    let mut out = Vec::new();
    walk(&examples().join("pages"), &mut out);
    out.sort();
    out
}

#[test]
fn pages_one_by_one_backwards_and_all_at_once_are_the_same_stories() {
    let (whole, forwards, backwards) = (Desk::new(), Desk::new(), Desk::new());
    let files = files();
    whole.add(&files);
    let told = whole.tells();
    let mut ever: BTreeSet<String> = BTreeSet::new();
    for file in &files {
        forwards.add(std::slice::from_ref(file));
        ever.extend(forwards.names());
    }
    assert_eq!(forwards.tells(), told);
    for file in files.iter().rev() {
        backwards.add(std::slice::from_ref(file));
    }
    assert_eq!(backwards.tells(), told);
    backwards.does(&["rebuild"]);
    assert_eq!(backwards.tells(), told);

    let now = forwards.names();
    for name in &ever {
        let story = json_lines(&forwards.does(&["story", name, "--json"]));
        let holds = story[0]["stories"][0]["id"].as_str().unwrap_or_default();
        assert!(now.contains(holds), "{name} leads to {holds}");
    }
}

#[test]
fn decisions_win_whatever_comes_after_them() {
    let (early, late) = (Desk::new(), Desk::new());
    let files = files();
    let (first, rest) = files.split_at(files.len() / 2);
    early.add(first);
    let names: Vec<String> = early.names().into_iter().collect();
    let decisions = [
        ["merge", &names[0], &names[1]],
        ["rename", &names[1], "What the desk calls it"],
        ["apart", &names[2], &names[0]],
    ];
    for decision in &decisions {
        early.does(decision);
    }
    early.does(&["undo", "d3"]);
    for file in rest {
        early.add(std::slice::from_ref(file));
    }
    // the same decisions about pages that come later
    late.add(&files[files.len() - 1..]);
    let taken = std::fs::read(early.folder.path().join("decisions.jsonl")).expect("decisions were made");
    std::fs::write(late.folder.path().join("decisions.jsonl"), taken).expect("they are taken over");
    for file in files.iter().rev() {
        late.add(std::slice::from_ref(file));
    }
    let told = early.tells();
    assert!(told[0].contains("What the desk calls it"), "{}", told[0]);
    assert_eq!(late.tells(), told);
    early.does(&["rebuild"]);
    assert_eq!(early.tells(), told);
}

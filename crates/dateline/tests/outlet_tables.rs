//! Rules for outlets and lines that they repeat, in the main job: a brief of files, and a library.

mod support;

use serde_json::Value;
use std::path::Path;
use support::{json_lines, run};

/// Runs a command that must succeed; gives its standard output.
fn succeed(args: &[&str]) -> String {
    let out = run(args);
    assert_eq!(out.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a readable path")
}

const PLEA: &str = "costs less than a cup of tea at the pier";

/// Four text captures of one outlet, each with the plea under its text.
fn captures(folder: &Path) {
    for (i, headline) in
        ["Ferry sails again", "Lighthouse keeper leaves", "School roof mended", "Boat found at the cape"]
            .iter()
            .enumerate()
    {
        let page = format!(
            "{headline} - Quay News\nHome\nIslands\n\n{headline}\nBy Ada Brook\n1{i} February 2026\n\n{headline}, the harbour \
             master told this paper after a long morning of letters and calls with people of the town.\n\n\
             Quay News has told the islands what happens since 1911, and {PLEA}.\n\n© 2026 Quay News. All rights reserved.\n"
        );
        std::fs::write(folder.join(format!("{i}.txt")), page).expect("a file");
    }
}

#[test]
fn a_brief_of_files_leaves_out_what_their_outlet_repeats() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    captures(folder.path());
    let one = folder.path().join("0.txt");
    let alone = succeed(&["read", "--json", text(&one)]);
    assert!(json_lines(&alone)[0]["article"]["text"].as_str().is_some_and(|t| t.contains(PLEA)), "{alone}");
    let out = folder.path().join("brief.json");
    succeed(&["brief", text(folder.path()), "-o", text(&out)]);
    let found = succeed(&["read", "--json", "--learn", text(folder.path()), text(&one)]);
    assert!(json_lines(&found)[0]["article"]["text"].as_str().is_some_and(|t| !t.contains(PLEA)), "{found}");
}

#[test]
fn a_library_reads_every_page_by_the_tables_in_its_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (pages, desk) = (folder.path().join("pages"), folder.path().join("desk"));
    std::fs::create_dir(&pages).expect("a folder");
    captures(&pages);
    let hits = || {
        let found = succeed(&["search", "--library", text(&desk), "--json", "\"cup of tea\""]);
        json_lines(&found).iter().map(|l: &Value| l["id"].clone()).collect::<Vec<_>>().len()
    };
    succeed(&["add", "--library", text(&desk), text(&pages)]);
    let before = hits();
    succeed(&["rebuild", "--learn", "--library", text(&desk)]);
    let table = std::fs::read_to_string(desk.join("lines.tsv")).expect("a table");
    assert!(table.contains("cup of tea"), "{table}");
    let after = hits();
    assert!(after < before, "{after} of {before}");
    succeed(&["rebuild", "--library", text(&desk)]);
    assert_eq!(hits(), after, "a rebuild answers the same");
    // A second library with the same table reads by it from the first page on.
    let other = folder.path().join("other");
    std::fs::create_dir(&other).expect("a folder");
    std::fs::copy(desk.join("lines.tsv"), other.join("lines.tsv")).expect("a copy");
    succeed(&["add", "--library", text(&other), text(&pages)]);
    let ids = |library: &Path| succeed(&["stories", "--library", text(library), "--json"]);
    assert_eq!(ids(&other), ids(&desk));
}

#[test]
fn a_table_of_rules_that_is_wrong_stops_the_command_and_names_the_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    captures(folder.path());
    let desk = folder.path().join("desk");
    std::fs::create_dir(&desk).expect("a folder");
    std::fs::write(desk.join("sites.tsv"), "# rules\nquay.example\tdrop\n").expect("a table");
    let out = run(&["add", "--library", text(&desk), text(&folder.path().join("0.txt"))]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("sites.tsv") && said.contains("line 2"), "{said}");
}

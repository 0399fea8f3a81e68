//! The way of the data as a test: no crate sees one that comes after it, and each forbidden dependency stays in its crate.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each crate may see of the others. A crate that is not named here fails the test, so that its place is thought about.
const MAY_SEE: &[(&str, &[&str])] = &[
    ("dateline-text", &[]),
    ("dateline-lexicon", &["text"]),
    ("dateline-capture", &[]),
    ("dateline-article", &["text", "lexicon", "capture"]),
    ("dateline-reading", &["text", "lexicon", "article"]),
    ("dateline-story", &["text", "lexicon", "capture", "article", "reading"]),
    ("dateline-store", &["text", "lexicon", "capture", "article", "reading", "story"]),
    ("dateline-draw", &["text"]),
    ("dateline-brief", &["text", "capture", "article", "reading", "story", "draw"]),
    ("dateline-export", &["text", "capture", "article", "reading", "story", "brief"]),
    ("dateline-web", &["text", "capture", "article", "reading", "story", "store", "brief", "draw"]),
    ("dateline", &["text", "lexicon", "capture", "article", "reading", "story", "store", "brief", "export", "web"]),
    ("dateline-eval", &["text", "lexicon", "capture", "article", "reading", "story", "brief", "train"]),
    ("dateline-fuzz", &["text", "lexicon", "capture", "article", "reading", "story", "store"]),
    ("dateline-train", &["text", "lexicon", "article", "reading"]),
];

/// Crates of others that belong in one of ours alone.
const ONLY_IN: &[(&str, &str)] = &[
    ("rusqlite", "dateline-store"),
    ("html5ever", "dateline-article"),
    ("markup5ever", "dateline-article"),
    ("axum", "dateline-web"),
    ("askama", "dateline-web"),
    ("parquet", "dateline-export"),
    ("clap", "dateline"),
];

/// Each workspace crate with the crates it depends on outside of tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let out = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|p| {
            let used = p["dependencies"].as_array().into_iter().flatten();
            let used = used.filter(|d| d["kind"].is_null()).filter_map(|d| d["name"].as_str());
            (p["name"].as_str().unwrap_or_default().to_owned(), used.map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn no_arrow_points_back() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_SEE.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, used) in dependencies() {
        let Some(may_see) = allowed.get(name.as_str()) else {
            wrong.push(format!("{name} has no place in the way of the data: name it in MAY_SEE"));
            continue;
        };
        for dep in used.iter().filter_map(|d| d.strip_prefix("dateline-")) {
            if !may_see.contains(&dep) {
                wrong.push(format!("{name} must not see dateline-{dep}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_belongs_in_one_crate_stays_there() {
    let mut wrong = Vec::new();
    for (name, used) in dependencies() {
        for (dep, home) in ONLY_IN {
            let exempt =
                name == *home || (*dep == "clap" && matches!(name.as_str(), "dateline-eval" | "dateline-train"));
            if used.contains(*dep) && !exempt {
                wrong.push(format!("{name} uses {dep}, which belongs in {home}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_main_file_stays_short() {
    let main = include_str!("../src/main.rs");
    assert!(main.lines().count() < 60, "main.rs holds arguments and exit codes only");
}

//! The library and the brief over the invented world of `examples/`.

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use support::world::world;
use support::{examples, json_lines, report, run};

/// Runs a command that must succeed; gives its standard output.
fn succeed(args: &[&str]) -> String {
    let out = run(args);
    let errors = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(0), "{args:?}: {errors}");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// What each story of the expectation looks like from outside: pages, origins, first day.
fn expected_stories() -> BTreeSet<(usize, usize, String)> {
    let pages = &world().expected.page;
    let names: BTreeSet<&str> = pages.iter().map(|p| p.story.as_str()).collect();
    names
        .into_iter()
        .map(|name| {
            let of = || pages.iter().filter(|p| p.story == name);
            let origins: BTreeSet<&str> = of().map(|p| p.origin.as_str()).collect();
            let first = of().filter(|p| !p.published.is_empty()).filter_map(|p| p.published.get(..10)).min();
            (of().count(), origins.len(), first.unwrap_or("").to_owned())
        })
        .collect()
}

#[test]
fn a_library_holds_each_page_once_and_tells_the_same_stories() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    let library = library.to_str().expect("a readable path");
    let pages = examples().join("pages");
    let pages = pages.to_str().expect("a readable path");
    let add = || succeed(&["add", "--library", library, pages]);
    let (first, second) = (add(), add());
    assert!(first.contains("28 added"), "{first}");
    assert!(second.contains("0 added") && second.contains("28 known"), "{second}");

    let told = succeed(&["stories", "--library", library, "--json"]);
    let number = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let got: BTreeSet<(usize, usize, String)> = json_lines(&told)
        .iter()
        .map(|s| (number(&s["pages"]), number(&s["origins"]), s["first"].as_str().unwrap_or("").to_owned()))
        .collect();
    assert_eq!(got, expected_stories());

    std::fs::remove_file(folder.path().join("desk/index.db")).expect("the index is there");
    succeed(&["rebuild", "--library", library]);
    assert_eq!(
        succeed(&["stories", "--library", library, "--json"]),
        told,
        "the index is made again from the captures"
    );
}

#[test]
fn adding_bad_pages_tells_why_and_goes_on() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    let examples = examples();
    let path = |p: &str| examples.join(p).to_str().expect("a readable path").to_owned();
    let out = run(&[
        "add",
        "--library",
        library.to_str().expect("a readable path"),
        &path("bad"),
        &path("pages/noticias-del-estrecho"),
    ]);
    let all = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert_eq!(out.status.code(), Some(1), "{all}");
    for words in ["2 added", "1 not articles", "1 failed", "empty.html"] {
        assert!(all.contains(words), "{words:?} is missing in:\n{all}");
    }
}

#[test]
fn the_brief_counts_and_quotes_and_says_nothing_of_its_own() {
    let pages = examples().join("pages");
    let brief = succeed(&["brief", pages.to_str().expect("a readable path")]);
    assert!(brief.contains("28 pages · 7 stories · 26 origins"), "{}", brief.lines().next().unwrap_or(""));
    let w = world();
    let mut wrong = Vec::new();
    for p in &w.expected.page {
        if !brief.contains(&p.title) {
            wrong.push(format!("not named: {}", p.title));
        }
    }
    for words in &w.expected.never.words {
        if brief.contains(words.as_str()) {
            wrong.push(format!("should not be told: {words}"));
        }
    }
    report("brief", &wrong);
}

#[test]
fn a_search_says_where_it_goes_on_and_where_it_is_wrong() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    let library = library.to_str().expect("a readable path");
    let pages = examples().join("pages");
    succeed(&["add", "--library", library, pages.to_str().expect("a readable path")]);
    let all =
        json_lines(&succeed(&["search", "--library", library, "--json", "--limit", "100", "NOT origin:only OR the"]));
    let (mut walked, mut mark) = (Vec::new(), String::new());
    loop {
        let mut args = vec!["search", "--library", library, "--json", "--limit", "3", "--facets=3"];
        if !mark.is_empty() {
            args.extend(["--from", mark.as_str()]);
        }
        args.push("NOT origin:only OR the");
        let mut lines = json_lines(&succeed(&args));
        let summary = lines.pop().expect("a summary");
        assert_eq!(summary["total"], all.len());
        let outlets = summary["facets"]["outlets"].as_array().expect("outlets");
        assert!(!outlets.is_empty() && outlets.len() <= 3 && outlets[0]["pages"].as_u64() > Some(0), "{summary}");
        walked.extend(lines);
        match summary["next"].as_str() {
            Some(next) => mark = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(walked, all);
    for hit in all {
        let id = hit["id"].as_str().expect("an id");
        assert!(hit["snippet_span"][1].as_u64() >= hit["snippet_span"][0].as_u64(), "{id}");
    }
    let out = run(&["search", "--library", library, "harbour OR (fire"]);
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(2));
    assert!(told.contains("at character 12: this parenthesis is never closed"), "{told}");
    assert!(told.contains("\n  harbour OR (fire\n             ^"), "{told}");
}

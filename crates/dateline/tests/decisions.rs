//! The user's hand over the invented world of `examples/`: what is decided wins, survives a rebuild, and can be undone.

mod support;

use serde_json::Value;
use std::path::Path;
use support::{examples, json_lines, run};

/// A library of the examples, and what a person does with it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("a temporary folder") };
        let pages = examples().join("pages");
        desk.ask(&["add", pages.to_str().expect("a readable path")]);
        desk
    }

    fn dir(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let library = self.dir().to_str().expect("a readable path");
        let out = run(&[args, &["--library", library]].concat());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (out.status.code(), text(&out.stdout), text(&out.stderr))
    }

    /// A command that must succeed; gives its standard output.
    fn ask(&self, args: &[&str]) -> String {
        let (code, out, errors) = self.run(args);
        assert_eq!(code, Some(0), "{args:?}: {errors}");
        out
    }

    fn stories(&self) -> Vec<Value> {
        json_lines(&self.ask(&["stories", "--json"]))
    }

    /// The story whose headline holds these words.
    fn about(&self, words: &str) -> String {
        let all = self.stories();
        let found = all.iter().find(|s| s["title"].as_str().is_some_and(|t| t.contains(words)));
        found.and_then(|s| s["story"].as_str()).unwrap_or_else(|| panic!("no story about {words}")).to_owned()
    }

    fn pages_of(&self, story: &str) -> Vec<String> {
        let told = json_lines(&self.ask(&["story", story, "--json"])).remove(0);
        let pages = told["stories"][0]["pages"].as_array().cloned().unwrap_or_default();
        pages.iter().filter_map(|p| p["id"].as_str().map(str::to_owned)).collect()
    }
}

#[test]
fn what_is_decided_wins_survives_a_rebuild_and_is_undone_one_by_one() {
    let desk = Desk::new();
    let before = desk.stories();
    let (cable, patrols) = (desk.about("Data cable"), desk.about("Lauringsoo back"));
    let ferry = desk.about("ferry capsizes");
    let out = desk.pages_of(&ferry).remove(0);

    let merged = json_lines(&desk.ask(&["merge", &cable, &patrols, "--json", "--by", "night desk"])).remove(0);
    assert_eq!((&merged["id"], &merged["what"], &merged["by"]), (&"d1".into(), &"merge".into(), &"night desk".into()));
    assert_eq!(merged["result"][0]["pages"], 8);
    desk.ask(&["split", &ferry, &out[..12], "--why", "another ferry"]);
    desk.ask(&["rename", &ferry, "The Mombasa ferry"]);
    desk.ask(&["pin", &ferry]);

    let decided = desk.stories();
    assert_eq!(decided.len(), before.len(), "one fewer by the merge, one more by the page taken out");
    assert_eq!((&decided[0]["title"], &decided[0]["pinned"]), (&"The Mombasa ferry".into(), &true.into()));
    assert_eq!(decided[0]["pages"], 4);
    assert_eq!(desk.pages_of(&patrols).len(), 8, "a merged name leads to the story");
    assert!(desk.ask(&["stories"]).contains("pinned"), "the list says so");

    let standing = desk.ask(&["decisions", "--json"]);
    std::fs::remove_file(desk.dir().join("index.db")).expect("the index is there");
    desk.ask(&["rebuild"]);
    assert_eq!(desk.stories(), decided, "decisions survive a rebuild");
    assert_eq!(desk.ask(&["decisions", "--json"]), standing);
    assert_eq!(desk.pages_of(&patrols).len(), 8);

    for id in ["d2", "d4", "d1", "d3"] {
        desk.ask(&["undo", id]);
    }
    assert_eq!(desk.stories(), before, "all undone, in any order");
    assert_eq!(json_lines(&desk.ask(&["decisions", "--json"]))[0]["status"], "undone");
}

#[test]
fn the_later_decision_wins_and_what_cannot_be_decided_is_said() {
    let desk = Desk::new();
    let (cable, patrols) = (desk.about("Data cable"), desk.about("Lauringsoo back"));
    desk.ask(&["apart", &cable, &patrols]);
    let said = desk.ask(&["merge", &cable, &patrols]);
    assert!(said.contains("wins over d1"), "{said}");
    assert!(desk.ask(&["decisions"]).contains("overridden by d2"));

    for (args, why) in [
        (&["merge", cable.as_str(), cable.as_str()][..], "one story already"),
        (&["undo", "d9"], "no decision"),
        (&["split", cable.as_str(), "ffffffff"], "is in story"),
        (&["rename", cable.as_str(), " "], "no words"),
        (&["pin", "s000"], "no story"),
    ] {
        let (code, _, errors) = desk.run(args);
        assert!(code == Some(2) && errors.contains(why), "{args:?}: {errors}");
    }
}

/// Who speaks in a story.
fn speakers(desk: &Desk, story: &str) -> Vec<String> {
    let told = json_lines(&desk.ask(&["story", story, "--json"])).remove(0);
    let part = &told["stories"][0];
    let names = part["who"].as_array().cloned().unwrap_or_default();
    let mut names: Vec<String> = names.iter().filter_map(|w| w["name"].as_str().map(str::to_owned)).collect();
    names.sort();
    names
}

#[test]
fn a_story_goes_by_which_names_are_one_persons() {
    let desk = Desk::new();
    let story = desk.about("power grid");
    let before = speakers(&desk, &story);
    let (one, other) = ("Doina Grozavu".to_owned(), "Henrik Waldenstråle".to_owned());
    assert!(before.contains(&one) && before.contains(&other), "{before:?}");
    let said = desk.ask(&["same-person", "grozavu", "Waldenstråle", "--why", "a test"]);
    assert!(said.contains("Doina Grozavu and Henrik Waldenstråle are one"), "{said}");
    let decided = speakers(&desk, &story);
    assert!(!decided.contains(&one) && decided.contains(&other), "the fuller name has the words of both: {decided:?}");

    std::fs::remove_file(desk.dir().join("index.db")).expect("the index is there");
    desk.ask(&["rebuild"]);
    assert_eq!(speakers(&desk, &story), decided, "it survives a rebuild");

    let said = desk.ask(&["other-person", "grozavu", "Waldenstråle"]);
    assert!(said.contains("wins over d1"), "{said}");
    assert_eq!(speakers(&desk, &story), before);
    desk.ask(&["undo", "d2"]);
    assert_eq!(speakers(&desk, &story), decided);
    desk.ask(&["undo", "d1"]);
    assert_eq!(speakers(&desk, &story), before, "and is undone");

    for (names, why) in [
        (["grozavu", "Ann Nobody"], "no person or organisation"),
        (["grozavu", "Doina Grozavu"], "already"),
        (["grozavu", ""], ""),
    ] {
        let (code, _, errors) = desk.run(&["same-person", names[0], names[1]]);
        assert!(code == Some(2) && errors.contains(why), "{names:?}: {errors}");
    }
}

#[test]
fn compare_goes_by_a_file_of_decisions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let words = "said the drawbridge of Osmund would stay shut until engineers had replaced four corroded hinges.";
    let line = |id: &str, name: &str| {
        let text = format!("OSMUND — {name} {words} The town waited for the harbour engineers all that week.");
        serde_json::json!({"id": id, "title": "Osmund drawbridge shut", "text": text, "published": "2031-05-02"})
    };
    let lines = folder.path().join("lines.jsonl");
    let both = format!("{}\n{}\n", line("a", "Petra Lindqvarn"), line("b", "Hanne Lindqvarn"));
    std::fs::write(&lines, both).expect("a file");
    let decisions = folder.path().join("decisions.jsonl");
    let decided = r#"{"id":"d1","at":"2031-05-03T09:00:00Z","what":"other_person","one":{"key":"lindqvarn petra","name":"Petra Lindqvarn"},"other":{"key":"lindqvarn hane","name":"Hanne Lindqvarn"}}"#;
    std::fs::write(&decisions, decided).expect("a file");
    let (lines, decisions) = (lines.display().to_string(), decisions.display().to_string());
    let wordings = |args: &[&str]| {
        let out = run(args);
        assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
        let told = json_lines(&String::from_utf8_lossy(&out.stdout)).remove(0);
        let all = told["quotations"].as_array().cloned().unwrap_or_default();
        all.iter().filter_map(|q| q["variants"].as_array().map(Vec::len)).collect::<Vec<_>>()
    };
    assert_eq!(wordings(&["compare", &lines]), [2]);
    assert_eq!(wordings(&["compare", &lines, "--decisions", &decisions]), [1, 1]);
    assert_eq!(run(&["compare", &lines, "--decisions", "nowhere.jsonl"]).status.code(), Some(2));
}

#[test]
fn a_decision_cut_off_is_mended_and_those_about_other_pages_wait() {
    let desk = Desk::new();
    desk.ask(&["pin", &desk.about("Data cable")]);
    let file = desk.dir().join("decisions.jsonl");
    let whole = std::fs::read_to_string(&file).expect("the decisions");
    let elsewhere = r#"{"id":"d7","at":"2031-03-04","what":"pin","a":{"pages":["not here"]}}"#;
    std::fs::write(&file, format!("{whole}{elsewhere}\n{}", &whole[..40])).expect("written");
    let listed = json_lines(&desk.ask(&["decisions", "--json"]));
    assert_eq!((listed.len(), &listed[1]["status"]), (2, &"orphaned".into()));
    desk.ask(&["unpin", &desk.about("Data cable")]);
    let listed = json_lines(&desk.ask(&["decisions", "--json"]));
    assert_eq!((listed.len(), &listed[0]["status"], &listed[2]["id"]), (3, &"overridden".into(), &"d8".into()));
}

#[test]
fn what_is_new_since_a_day_is_told_against_what_was_known() {
    let desk = Desk::new();
    let strike = desk.about("dockers shut port");
    let new = json_lines(&desk.ask(&["new", &strike, "--since", "2026-06-09", "--json"])).remove(0);
    let count = |key: &str| new[key].as_array().map_or(0, Vec::len);
    assert_eq!((count("pages"), count("origins"), count("copies")), (4, 2, 2), "two texts, two reprints of the wire");
    let changed = new["changed"].as_array().cloned().unwrap_or_default();
    let pairs: Vec<(&str, f64, f64)> = changed
        .iter()
        .map(|c| {
            let value = |side: &str| c[side][0]["value"].as_f64().unwrap_or(0.0);
            (c["verdict"].as_str().unwrap_or(""), value("before"), value("after"))
        })
        .collect();
    assert!(pairs.contains(&("updated", 19.0, 27.0)), "ships waiting: {pairs:?}");
    assert!(pairs.contains(&("differ", 2400.0, 1600.0)), "workers on strike: {pairs:?}");

    let ferry = desk.about("ferry capsizes");
    let new = json_lines(&desk.ask(&["new", &ferry, "--since", "2026-02-21", "--json"])).remove(0);
    let denials = new["denials"].as_array().cloned().unwrap_or_default();
    assert!(denials.iter().any(|d| d["text"].as_str().is_some_and(|t| t.contains("counters"))), "{denials:?}");
    assert!(desk.ask(&["new", "--since", "2026-06-26"]).contains("New since 26 June 2026"));
    let pages = examples().join("pages");
    let brief = run(&["brief", pages.to_str().expect("a readable path"), "--since", "2026-06-09"]);
    assert!(String::from_utf8_lossy(&brief.stdout).contains("### New since 9 June 2026"));
}

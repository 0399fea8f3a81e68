//! The whole way of the data over the invented world in `examples/`: each test holds one side of
//! `examples/expected.toml` (for people: `examples/EXPECTED.md`) against what the program prints.

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use support::expected::Page;
use support::world::{World, partition, world};
use support::{examples, report, run, squeeze};

#[test]
fn every_page_is_read_as_an_article() {
    let w = world();
    let mut wrong: Vec<String> = w.unclaimed.iter().map(|u| format!("not expected: {u}")).collect();
    for p in &w.expected.page {
        match w.read.get(&p.key) {
            None => wrong.push(format!("{}: not read at all ({})", p.key, p.file)),
            Some(r) if r["status"] != "article" => {
                wrong.push(format!("{}: {} ({})", p.key, r["status"], r["reason"]));
            }
            Some(_) => {}
        }
    }
    report("pages", &wrong);
}

#[test]
fn title_outlet_bylines_date_and_credit_are_the_pages_own() {
    let w = world();
    let mut wrong = Vec::new();
    for p in &w.expected.page {
        let Some(r) = w.read.get(&p.key) else { continue };
        fields(p, &r["article"], &mut wrong);
    }
    report("fields", &wrong);
}

fn fields(p: &Page, a: &Value, wrong: &mut Vec<String>) {
    let mut check = |field: &str, ok: bool, expected: String| {
        if !ok {
            wrong.push(format!("{}.{field}: expected {expected}, got {}", p.key, a[field]));
        }
    };
    let text = |field: &str| squeeze(a[field].as_str().unwrap_or(""));
    check("title", text("title") == p.title, format!("{:?}", p.title));
    if let Some(outlet) = &p.outlet {
        check("outlet", text("outlet") == *outlet, format!("{outlet:?}"));
    }
    if let Some(bylines) = &p.bylines {
        let got: Vec<&str> = a["bylines"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        check("bylines", got == *bylines, format!("{bylines:?}"));
    }
    // A zone behind the time is welcome; more than the page shows is not, nor is another day.
    let published = text("published");
    let fits = if p.published.len() > 10 { published.starts_with(&p.published) } else { published == p.published };
    check("published", fits, format!("{:?}", p.published));
    if let Some(wire) = &p.wire {
        let got = text("wire");
        let ok = if wire.is_empty() { got.is_empty() } else { wire.contains(&got) };
        check("wire", ok, format!("one of {wire:?}"));
    }
}

#[test]
fn the_main_text_is_whole_and_nothing_else() {
    let w = world();
    let mut wrong = Vec::new();
    for p in &w.expected.page {
        let text = squeeze(w.text(&p.key));
        for (what, words) in [("first", &p.first), ("last", &p.last)] {
            if !text.contains(&squeeze(words)) {
                wrong.push(format!("{}: the {what} words are missing: {words:?}", p.key));
            }
        }
        for words in &w.expected.never.words {
            if text.contains(&squeeze(words)) {
                wrong.push(format!("{}: should not be in the main text: {words:?}", p.key));
            }
        }
    }
    report("main text", &wrong);
}

#[test]
fn pages_about_one_event_are_one_story() {
    let w = world();
    report("stories", &sets(w, "story", |p| &p.story));
}

#[test]
fn a_wire_text_is_one_origin_in_three_outlets() {
    let w = world();
    report("origins", &sets(w, "origin", |p| &p.origin));
}

/// The sets of pages that should share a name against those that do.
fn sets(w: &World, field: &str, of: impl Fn(&Page) -> &String) -> Vec<String> {
    let expected = partition(w.expected.page.iter().map(|p| (p.key.as_str(), of(p).as_str())));
    let got = partition(w.named(field));
    let list = |s: &BTreeSet<&str>| s.iter().copied().collect::<Vec<_>>().join(" ");
    let mut wrong: Vec<String> = expected.difference(&got).map(|s| format!("expected together: {}", list(s))).collect();
    wrong.extend(got.difference(&expected).map(|s| format!("got together:      {}", list(s))));
    wrong
}

#[test]
fn later_developments_are_joined_and_nothing_else() {
    let w = world();
    let lines = w.named("storyline");
    let mut wrong = Vec::new();
    for a in &w.expected.page {
        for b in &w.expected.page {
            if a.key >= b.key || a.story == b.story {
                continue;
            }
            let (x, y) = (lines.get(a.key.as_str()), lines.get(b.key.as_str()));
            let joined = x.is_some_and(|n| !n.is_empty()) && x == y;
            let pair = [&a.story, &b.story];
            let is_pair = |r: &[String; 2]| pair == [&r[0], &r[1]] || pair == [&r[1], &r[0]];
            let required = w.expected.storyline.iter().any(|s| s.required.iter().any(is_pair));
            let allowed = w.expected.storyline.iter().any(|s| pair.iter().all(|story| s.allowed.contains(story)));
            if required && !joined {
                wrong.push(format!("{} and {} should be of one storyline", a.key, b.key));
            } else if joined && !allowed {
                wrong.push(format!("{} and {} should not be of one storyline", a.key, b.key));
            }
        }
    }
    report("storylines", &wrong);
}

#[test]
fn the_order_of_pages_does_not_change_the_stories() {
    let w = world();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut again: Vec<_> = Vec::new();
    for reversed in [false, true] {
        let mut keys: Vec<&String> = w.read.keys().collect();
        if reversed {
            keys.reverse();
        }
        let line = |k: &String| {
            let a = &w.read[k]["article"];
            serde_json::json!({"id": k, "title": a["title"], "text": a["text"], "published": a["published"]})
        };
        let file = folder.path().join("lines.jsonl");
        let text: String = keys.iter().map(|k| format!("{}\n", line(k))).collect();
        std::fs::write(&file, text).expect("lines can be written");
        let out = run(&["group", file.to_str().expect("a readable path")]);
        let mut lines: Vec<String> = String::from_utf8_lossy(&out.stdout).lines().map(str::to_owned).collect();
        lines.sort();
        again.push(lines);
    }
    assert_eq!(again[0], again[1], "the same pages in another order gave other stories");
}

#[test]
fn what_should_be_refused_is_refused_with_a_reason() {
    let bad = examples().join("bad");
    let out = run(&["read", "--json", bad.to_str().expect("a readable path")]);
    assert_eq!(out.status.code(), Some(1), "some inputs failed: exit code 1");
    let objects = support::json_lines(&String::from_utf8_lossy(&out.stdout));
    let mut wrong = Vec::new();
    for o in &objects {
        if o["status"] == "article" || o["reason"].as_str().unwrap_or("").is_empty() {
            wrong.push(format!("{}: {} {}", o["source"]["path"], o["status"], o["reason"]));
        }
    }
    assert_eq!(objects.len(), 2, "one line for each bad file");
    report("bad pages", &wrong);
}

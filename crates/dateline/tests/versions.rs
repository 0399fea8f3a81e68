//! A page saved twice is one page: the latest stands for it, what changed is told, and the older is reached.

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use support::run;

const FIRST: &str = "The master, Oline Brekke, said 412 passengers were taken ashore. “Nobody is hurt,” she said.";
const SECOND: &str =
    "The master, Oline Brekke, said 397 passengers were taken ashore. “Nobody is badly hurt,” she said.";
const NOTE: &str = "<p>Correction: an earlier version of this story gave the wrong number of passengers.</p>";

/// A page of the invented Quay Ledger, as it stood at a time.
fn page(modified: &str, address: &str, middle: &str, end: &str, beside: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Ferry stopped off Varnholm</title>\
         <link rel=\"canonical\" href=\"{address}\"><meta property=\"og:site_name\" content=\"The Quay Ledger\">\
         <meta property=\"article:published_time\" content=\"2031-03-04T10:00:00Z\">\
         <meta property=\"article:modified_time\" content=\"{modified}\"></head><body><article>\
         <h1>Ferry stopped off Varnholm</h1><p>Harbour police in Varnholm stopped the ferry Sigrun on Tuesday after \
         divers found a damaged rudder, the port authority said in a statement.</p><p>{middle}</p>\
         <p>Varnholm’s mayor, Teodor Lisk, thanked the volunteers who brought blankets to the quay and opened the town \
         hall for the night.</p>{end}</article><aside><h3>Read also</h3><ul><li><a href=\"/a\">{beside}</a></li></ul>\
         </aside></body></html>"
    )
}

const ADDRESS: &str = "https://www.quay-ledger.example/sea/ferry-sigrun-31";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn library(&self) -> String {
        self.folder.path().join("desk").to_string_lossy().into_owned()
    }

    fn save(&self, name: &str, page: &str) -> String {
        let file = self.folder.path().join(name);
        fs::write(&file, page).expect("a page written");
        file.to_string_lossy().into_owned()
    }

    fn ask(&self, args: &[&str]) -> (Option<i32>, String) {
        let out = run(&[args, &["--library", &self.library()]].concat());
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned())
    }

    fn stories(&self) -> Vec<Value> {
        let (_, out) = self.ask(&["stories", "--json"]);
        out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
    }
}

/// A library in which the page was saved on two days, in the order given.
fn saved_twice(newer_first: bool) -> Desk {
    let desk = Desk::new();
    let old = desk.save("old.html", &page("2031-03-04T12:00:00Z", ADDRESS, FIRST, "", "Harbour fees rise"));
    let other = ADDRESS.replace("https://www.", "http://") + "?utm_source=post#top";
    let new = desk.save("new.html", &page("2031-03-05T09:00:00Z", &other, SECOND, NOTE, "New crane"));
    let order = if newer_first { [&new, &old] } else { [&old, &new] };
    for file in order {
        assert_eq!(desk.ask(&["add", file]).0, Some(0));
    }
    desk
}

#[test]
fn a_page_saved_twice_counts_once_whatever_came_first() {
    let names: Vec<Value> = [false, true]
        .map(|newer_first| {
            let stories = saved_twice(newer_first).stories();
            assert_eq!(
                (stories.len(), &stories[0]["pages"], &stories[0]["origins"]),
                (1, &Value::from(1), &Value::from(1))
            );
            stories[0]["story"].clone()
        })
        .to_vec();
    assert_eq!(names[0], names[1]);
}

#[test]
fn what_changed_is_told_apart_from_what_does_not_matter() {
    let desk = saved_twice(false);
    let (code, out) = desk.ask(&["diff", "m.quay-ledger.example/sea/ferry-sigrun-31", "--json"]);
    assert_eq!(code, Some(1));
    let diff: Value = serde_json::from_str(&out).expect("JSON");
    let told: Vec<(&str, &str, &str)> = diff["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|c| {
            (
                c["kind"].as_str().unwrap_or(""),
                c["old"]["text"].as_str().unwrap_or(""),
                c["new"]["text"].as_str().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(told[0], ("figure", "412 passengers", "397 passengers"));
    assert_eq!((told[1].0, told[2].0, told.len()), ("quotation", "correction", 3));
    assert_eq!(diff["trifles"][0]["what"], "beside");
    let story = desk.stories()[0]["story"].as_str().expect("a name").to_owned();
    let (_, told) = desk.ask(&["story", &story]);
    assert!(told.contains("this page changed on 5 March 2031: figure “412 passengers” → “397 passengers”"), "{told}");
    // the older capture is reached by its id, and leads to the story
    let old = diff["old"]["id"].as_str().expect("an id");
    assert_eq!(desk.ask(&["diff", old, old]).0, Some(0));
    assert_eq!(desk.ask(&["diff", "https://nowhere.example/a-1"]).0, Some(2));
}

#[test]
fn the_same_bytes_are_known_and_other_trivia_change_nothing() {
    let desk = Desk::new();
    let page_of = |beside: &str, end: &str| page("2031-03-04T12:00:00Z", ADDRESS, FIRST, end, beside);
    let a = desk.save("a.html", &page_of("Harbour fees rise", ""));
    assert!(desk.ask(&["add", &a]).1.starts_with("1 added · 0 known"));
    assert!(desk.ask(&["add", &a]).1.starts_with("0 added · 1 known"));
    let (code, _) = desk.ask(&["diff", ADDRESS]);
    assert_eq!(code, Some(2), "one capture cannot be compared");
    let b = desk.save("b.html", &page_of("New crane", ""));
    assert!(desk.ask(&["add", &b]).1.starts_with("1 added"));
    let (code, out) = desk.ask(&["diff", ADDRESS]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("Nothing changed that matters."));
}

#[test]
fn a_decision_about_an_older_capture_holds_for_the_page_and_its_old_name_leads_there() {
    let desk = Desk::new();
    let old = desk.save("old.html", &page("2031-03-04T12:00:00Z", ADDRESS, FIRST, "", "Harbour fees rise"));
    desk.ask(&["add", &old]);
    let before = desk.stories()[0]["story"].as_str().expect("a name").to_owned();
    assert_eq!(desk.ask(&["rename", &before, "The Sigrun"]).0, Some(0));
    let new = desk.save("new.html", &page("2031-03-05T09:00:00Z", ADDRESS, SECOND, NOTE, "New crane"));
    desk.ask(&["add", &new]);
    let check = |desk: &Desk| {
        assert_eq!(desk.stories()[0]["title"], "The Sigrun");
        assert!(desk.ask(&["story", &before]).1.contains("397 passengers"));
    };
    check(&desk);
    assert_eq!(desk.ask(&["rebuild"]).0, Some(0));
    check(&desk);
}

#[test]
fn group_names_the_capture_that_stands_for_the_page_and_lays_wording_side_by_side() {
    let desk = Desk::new();
    let line = |id: &str, text: &str, url: Option<&str>, published: &str| {
        serde_json::json!({"id": id, "text": text, "url": url, "published": published}).to_string()
    };
    let text =
        |middle: &str| format!("Żagle. Divers found a damaged rudder under the ferry Sigrun off Varnholm. {middle}");
    let lines = [
        line("a", &text(FIRST), Some(ADDRESS), "2031-03-04"),
        line("b", &text(SECOND), Some(ADDRESS), "2031-03-05"),
        line("c", &text(SECOND), None, "2031-03-05"),
    ];
    let file = desk.save("lines.jsonl", &lines.join("\n"));
    let out = run(&["group", &file]);
    let members: Vec<Value> =
        String::from_utf8_lossy(&out.stdout).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(
        (&members[0]["version_of"], &members[0]["copies"][0]["kind"]),
        (&Value::from("b"), &Value::from("version"))
    );
    assert_eq!(members[0]["story"], members[1]["story"]);
    let copy = members[2]["copies"].as_array().expect("copies").iter().find(|c| c["of"] == "b").expect("b");
    assert_eq!(copy["kind"], "verbatim");
    let whole = text(SECOND);
    let words = |span: &Value| -> String {
        let at = |i: usize| span[i].as_u64().expect("a place") as usize;
        whole.chars().skip(at(0)).take(at(1) - at(0)).collect()
    };
    assert!(words(&copy["spans"][0]["own"]).starts_with("Żagle. Divers found"));
    assert_eq!(words(&copy["spans"][0]["own"]), words(&copy["spans"][0]["other"]));
}

#[test]
fn outlets_of_one_house_count_once_by_the_librarys_own_table() {
    let desk = Desk::new();
    let page_of = |name: &str, n: u32| {
        let address = format!("https://{name}.example/sea/sigrun-{n}");
        page("2031-03-04T12:00:00Z", &address, FIRST, "", "x").replace("The Quay Ledger", name)
    };
    for (i, name) in ["Tide", "Anchor", "Buoy"].into_iter().enumerate() {
        let file = desk.save(&format!("{name}.html"), &page_of(name, i as u32));
        desk.ask(&["add", &file]);
    }
    assert_eq!(desk.stories()[0]["houses"], 3);
    fs::write(Path::new(&desk.library()).join("outlets.tsv"), "Harbour House\tTide; Anchor\tits imprint\n")
        .expect("a table");
    assert_eq!(desk.stories()[0]["houses"], 2);
    fs::write(Path::new(&desk.library()).join("outlets.tsv"), "no tab here\n").expect("a table");
    assert_eq!(desk.ask(&["stories"]).0, Some(2));
}

#[test]
fn an_export_holds_the_page_once_and_both_its_captures() {
    let desk = saved_twice(false);
    let (_, rows) = desk.ask(&["export", "jsonl"]);
    assert_eq!((rows.lines().count(), rows.contains("397 passengers")), (1, true), "{rows}");
    let file = desk.folder.path().join("all.warc").to_string_lossy().into_owned();
    assert_eq!(desk.ask(&["export", "warc", "-o", &file]).0, Some(0));
    let read = run(&["read", "--json", &file]);
    assert_eq!(String::from_utf8_lossy(&read.stdout).lines().count(), 2);
}

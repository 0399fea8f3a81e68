//! `dateline export` over the invented world of `examples/`: complete, the same each time, and true to the pages.

mod support;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use support::{examples, json_lines, report, run};

/// Runs a command that must succeed; gives standard output, and what it said.
fn succeed(args: &[&str]) -> (Vec<u8>, String) {
    let out = run(args);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(0), "{args:?}: {said}");
    (out.stdout, said)
}

fn utf8(path: &Path) -> &str {
    path.to_str().expect("a readable path")
}

/// A library of the examples, made once.
fn library() -> &'static str {
    static LIBRARY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, dir) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dir = folder.path().join("desk");
        succeed(&["add", "--library", utf8(&dir), utf8(&examples().join("pages"))]);
        (folder, dir)
    });
    utf8(dir)
}

fn export(args: &[&str]) -> (Vec<u8>, String) {
    succeed(&[&["export", "--library", library()], args].concat())
}

fn lines(args: &[&str]) -> Vec<Value> {
    json_lines(&String::from_utf8_lossy(&export(args).0))
}

/// The first number that was said.
fn told(said: &str) -> u64 {
    let digits: String = said.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no count in {said:?}"))
}

/// Rows of RFC 4180, without the names.
fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.next() == Some('\n') => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows.remove(0);
    rows
}

const ALL: &[&[&str]] = &[
    &["jsonl"],
    &["jsonl", "--what", "facts"],
    &["csv", "--what", "articles"],
    &["csv", "--what", "facts"],
    &["csv", "--what", "stories"],
    &["csv", "--what", "members"],
    &["parquet", "--what", "facts"],
    &["geojson"],
    &["ics"],
    &["atom"],
    &["annotations"],
    &["warc"],
];

#[test]
fn two_exports_are_the_same_and_their_counts_are_those_of_what_was_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (i, form) in ALL.iter().enumerate() {
        let file = folder.path().join(format!("{i}"));
        let (first, said) = export(&[*form, &["-o", utf8(&file)]].concat());
        assert!(first.is_empty(), "{form:?}");
        let bytes = std::fs::read(&file).expect("the file is there");
        assert_eq!(bytes, export(form).0, "{form:?} differs between a file and standard output");
        let text = String::from_utf8_lossy(&bytes);
        let written = match form[0] {
            "jsonl" => text.lines().count(),
            "csv" => csv_rows(&bytes).len(),
            "geojson" => serde_json::from_str::<Value>(&text).expect("JSON")["features"].as_array().map_or(0, Vec::len),
            "ics" => text.matches("\r\nBEGIN:VEVENT\r\n").count(),
            "atom" => text.matches("\n<entry>\n").count(),
            "annotations" => {
                let all: Value = serde_json::from_str(&text).expect("JSON");
                assert_eq!(all["total"].as_u64(), Some(told(&said)));
                all["first"]["items"].as_array().map_or(0, Vec::len)
            }
            _ => continue,
        };
        assert_eq!(told(&said), written as u64, "{form:?}: {said}");
        assert!(written > 5, "{form:?}: {said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), ALL.len(), "nothing else is left behind");
}

#[test]
fn articles_are_the_lines_that_read_prints() {
    let (read, _) = succeed(&["read", "--json", utf8(&examples().join("pages"))]);
    let read = json_lines(&String::from_utf8_lossy(&read));
    let by_id: BTreeMap<String, Value> = read.into_iter().map(|l| (l["id"].to_string(), l)).collect();
    let exported = lines(&["jsonl"]);
    assert!(exported.iter().map(|l| l["id"].to_string()).is_sorted());
    assert_eq!(exported.len(), by_id.len());
    for (mut line, read) in exported.into_iter().zip(by_id.into_values()) {
        // a library's reading also names the rules that made it
        let version = line["version"].as_str().unwrap_or_default().to_owned();
        assert!(version.starts_with(read["version"].as_str().expect("a version")), "{version}");
        line["version"] = read["version"].clone();
        assert_eq!(line, read);
    }
}

#[test]
fn every_fact_is_exported_with_its_words_and_its_rule() {
    let articles: BTreeMap<String, Value> =
        lines(&["jsonl"]).into_iter().map(|a| (a["id"].as_str().unwrap_or_default().to_owned(), a)).collect();
    let facts = lines(&["jsonl", "--what", "facts"]);
    let count = |field: &str| articles.values().map(|a| a[field].as_array().map_or(0, Vec::len)).sum::<usize>();
    assert_eq!(facts.len(), ["mentions", "times", "figures", "attributions"].into_iter().map(count).sum::<usize>());
    assert!(facts.len() > 900, "{}", facts.len());
    let mut wrong = Vec::new();
    for fact in &facts {
        let text = articles[fact["id"].as_str().unwrap_or_default()]["article"]["text"].as_str().unwrap_or_default();
        let at = |name: &str| fact[name].as_u64().unwrap_or_default() as usize;
        let words: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
        if words.is_empty() || fact["words"] != words || fact["rule"].as_str().unwrap_or_default().is_empty() {
            wrong.push(fact.to_string());
        }
    }
    report("facts", &wrong);
    assert_eq!(csv_rows(&export(&["csv", "--what", "facts"]).0).len(), facts.len());
}

#[test]
fn stories_are_those_of_the_list() {
    let (stories, _) = succeed(&["stories", "--json", "--library", library()]);
    let of = |v: &Value, id: &str| (v[id].to_string(), v["title"].to_string(), v["pages"].to_string());
    let listed: BTreeSet<_> = json_lines(&String::from_utf8_lossy(&stories)).iter().map(|s| of(s, "story")).collect();
    let exported: BTreeSet<_> = lines(&["jsonl", "--what", "stories"]).iter().map(|s| of(s, "story")).collect();
    assert_eq!(exported, listed);
    let members = lines(&["jsonl", "--what", "members"]);
    assert_eq!(members.len(), 28);
    let feed = String::from_utf8(export(&["atom"]).0).expect("UTF-8");
    assert_eq!(feed.matches("<entry>").count(), listed.len());
}

#[test]
fn narrowing_narrows_every_form() {
    let stories = lines(&["jsonl", "--what", "stories"]);
    let first = stories[0]["story"].as_str().unwrap_or_default();
    let pages = stories[0]["pages"].as_u64();
    assert_eq!(Some(told(&export(&["csv", "--story", first]).1)), pages);
    assert_eq!(Some(told(&export(&["warc", "--story", first]).1)), pages);
    assert_eq!(told(&export(&["atom", "--story", first]).1), 1);
    let places = String::from_utf8(export(&["geojson", "--story", first]).0).expect("UTF-8");
    let places: Value = serde_json::from_str(&places).expect("JSON");
    let all = places["features"].as_array().expect("features");
    assert!(all.iter().all(|f| f["properties"]["story"] == *first));
    let days = lines(&["jsonl", "--what", "members", "--after", "2026-04", "--before", "2026-04-30"]);
    assert!(!days.is_empty());
    assert!(days.iter().all(|d| d["published"].as_str().is_some_and(|p| p.starts_with("2026-04"))));
    let (found, _) = succeed(&["search", "--library", library(), "--limit", "100", "--json", "ferry"]);
    let found = String::from_utf8_lossy(&found).lines().count();
    assert!(found > 0);
    assert_eq!(lines(&["jsonl", "--search", "ferry"]).len(), found);
}

#[test]
fn a_library_made_of_a_warc_is_equal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (warc, other) = (folder.path().join("all.warc.gz"), folder.path().join("other"));
    let (_, said) = export(&["warc", "-o", utf8(&warc)]);
    let (added, _) = succeed(&["add", "--library", utf8(&other), utf8(&warc)]);
    assert!(String::from_utf8_lossy(&added).contains("28 added"), "{}", String::from_utf8_lossy(&added));
    for form in ALL.iter().filter(|f| f[0] != "warc") {
        let (copy, _) = succeed(&[&["export", "--library", utf8(&other)], *form].concat());
        assert_eq!(copy, export(form).0, "{form:?}");
    }
    // one gzip member a record, the first of them telling what wrote the file
    let bytes = std::fs::read(&warc).expect("the file is there");
    let (mut rest, mut records) = (bytes.as_slice(), Vec::new());
    while !rest.is_empty() {
        let mut member = flate2::bufread::GzDecoder::new(rest);
        let mut record = Vec::new();
        member.read_to_end(&mut record).expect("a gzip member");
        rest = member.into_inner();
        assert!(record.starts_with(b"WARC/1.1\r\n") && record.ends_with(b"\r\n\r\n"));
        records.push(record);
    }
    assert!(String::from_utf8_lossy(&records[0]).contains("WARC-Type: warcinfo"));
    assert_eq!(records.len() as u64, 1 + told(&said));
}

#[test]
fn a_damaged_capture_is_named_and_left_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = folder.path().join("desk");
    succeed(&["add", "--library", utf8(&desk), utf8(&examples().join("pages/europe-desk"))]);
    let whole = told(&succeed(&["export", "warc", "--library", utf8(&desk)]).1);
    let file = std::fs::read_dir(desk.join("captures")).expect("captures").flatten().next().expect("a file").path();
    let mut bytes = std::fs::read(&file).expect("captures");
    let last = bytes.len() - 200;
    bytes[last] ^= 0xff;
    std::fs::write(&file, bytes).expect("captures");
    let out = run(&["export", "warc", "--library", utf8(&desk)]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("{} captures written", whole - 1)) && said.contains("1 damaged"), "{said}");
}

#[test]
fn a_file_that_is_there_stays_and_no_half_file_appears() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("stories.csv");
    std::fs::write(&file, "mine").expect("a file");
    let args = ["export", "csv", "--what", "stories", "--library", library(), "-o", utf8(&file)];
    let out = run(&args);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("--force"));
    assert_eq!(std::fs::read(&file).expect("a file"), b"mine");
    succeed(&[&args[..], &["--force"]].concat());
    assert!(std::fs::read_to_string(&file).expect("a file").starts_with("story,title,id,"));

    let none = folder.path().join("none");
    for bad in [
        &["csv", "--story", "szzzz"][..],
        &["csv", "--search", "(never closed"],
        &["csv", "--what", "places"],
        &["geojson", "--what", "facts"],
        &["atom", "--bom"],
    ] {
        let out = run(&[&["export", "--library", library(), "-o", utf8(&none)], bad].concat());
        assert_eq!(out.status.code(), Some(2), "{bad:?}");
        assert!(!none.exists(), "{bad:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left behind");
}

#[test]
fn thousands_of_rows_are_all_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (desk, lines) = (folder.path().join("desk"), folder.path().join("articles.jsonl"));
    let article = |i: usize| {
        let counted =
            |k: usize| format!("The yard of Kallenberg repaired {} boats in 20{:02}.", i * 40 + k + 2, k % 25);
        let text = (0..40).map(counted).collect::<Vec<_>>().join(" ");
        serde_json::json!({"id": format!("a{i:03}"), "title": format!("Yard report {i}"), "text": text}).to_string()
    };
    std::fs::write(&lines, (0..60).map(article).collect::<Vec<_>>().join("\n")).expect("lines");
    succeed(&["add", "--jsonl", "--library", utf8(&desk), utf8(&lines)]);
    let (jsonl, said) = succeed(&["export", "jsonl", "--what", "facts", "--library", utf8(&desk)]);
    let facts = json_lines(&String::from_utf8_lossy(&jsonl));
    assert!(facts.len() > 4000, "{said}");
    assert_eq!(told(&said), facts.len() as u64);
    let places: BTreeSet<String> = facts.iter().map(|f| format!("{} {} {}", f["id"], f["fact"], f["index"])).collect();
    assert_eq!(places.len(), facts.len(), "none is written twice");
    let (csv, said) = succeed(&["export", "csv", "--what", "facts", "--library", utf8(&desk)]);
    assert_eq!((csv_rows(&csv).len(), told(&said)), (facts.len(), facts.len() as u64));
    let (annotations, said) = succeed(&["export", "annotations", "--library", utf8(&desk)]);
    let annotations: Value = serde_json::from_slice(&annotations).expect("JSON");
    assert_eq!(annotations["first"]["items"].as_array().map(Vec::len), Some(facts.len()));
    assert_eq!(told(&said), facts.len() as u64);
}

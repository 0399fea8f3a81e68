//! What the program makes of `examples/pages`, worked out once for all tests.

use super::expected::{self, Expected, Page};
use super::{examples, json_lines, run};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The expectation beside what `read`, `group` and `compare` printed.
pub struct World {
    pub expected: Expected,
    /// Key of a page → its object of `read --json`.
    pub read: BTreeMap<String, Value>,
    /// Objects of `read --json` that no page of the expectation claims.
    pub unclaimed: Vec<String>,
    /// Key of a page → its line of `group`.
    pub group: BTreeMap<String, Value>,
    /// The lines of `compare`.
    pub compare: Vec<Value>,
}

impl World {
    /// The page with this key.
    pub fn page(&self, key: &str) -> &Page {
        self.expected.page.iter().find(|p| p.key == key).unwrap_or_else(|| panic!("no page {key} in expected.toml"))
    }

    /// The main text of a page; empty where none was found.
    pub fn text(&self, key: &str) -> &str {
        self.read.get(key).and_then(|r| r["article"]["text"].as_str()).unwrap_or("")
    }

    /// Where words stand in the main text of a page: spans in code points, all occurrences.
    pub fn find(&self, key: &str, words: &str) -> Vec<(usize, usize)> {
        let text: Vec<char> = self.text(key).chars().collect();
        let words: Vec<char> = words.chars().collect();
        (0..(text.len() + 1).saturating_sub(words.len()))
            .filter(|&i| text[i..i + words.len()] == words[..])
            .map(|i| (i, i + words.len()))
            .collect()
    }

    /// The name that `group` gives to each page under `field` ("story", "origin", "storyline").
    pub fn named(&self, field: &str) -> BTreeMap<&str, &str> {
        self.group.iter().map(|(k, v)| (k.as_str(), v[field].as_str().unwrap_or(""))).collect()
    }
}

/// Sets of keys that share a name.
pub fn partition<'k>(names: impl IntoIterator<Item = (&'k str, &'k str)>) -> BTreeSet<BTreeSet<&'k str>> {
    let mut sets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, name) in names {
        sets.entry(name).or_default().insert(key);
    }
    sets.into_values().collect()
}

/// A span of the program's output.
pub fn span(value: &Value) -> Option<(usize, usize)> {
    let at = |i: usize| value.get(i).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    Some((at(0)?, at(1)?))
}

/// Code points that two spans share.
pub fn overlap(a: (usize, usize), b: (usize, usize)) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// Runs the program over the pages, once.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let expected = expected::load();
        let pages = examples().join("pages");
        let out = run(&["read", "--json", pages.to_str().expect("a readable path")]);
        let objects = json_lines(&String::from_utf8_lossy(&out.stdout));
        let (read, unclaimed) = claim(&expected, objects);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("pages.jsonl");
        std::fs::write(&file, lines(&read)).expect("lines can be written");
        let file = file.to_str().expect("a readable path");
        let by_id = |v: Value| (v["id"].as_str().unwrap_or("").to_owned(), v);
        let stdout = |command| String::from_utf8_lossy(&run(&[command, file]).stdout).into_owned();
        let group = json_lines(&stdout("group")).into_iter().map(by_id).collect();
        let compare = json_lines(&stdout("compare"));
        World { expected, read, unclaimed, group, compare }
    })
}

/// Gives each object its page: by file, and by address inside an archive.
fn claim(expected: &Expected, objects: Vec<Value>) -> (BTreeMap<String, Value>, Vec<String>) {
    let (mut read, mut unclaimed) = (BTreeMap::new(), Vec::new());
    for object in objects {
        let text = |field: &str| object["source"][field].as_str().unwrap_or("").replace('\\', "/");
        let (path, url) = (text("path"), text("url"));
        let page = expected.page.iter().find(|p| path.contains(&p.file) && p.uri.as_ref().is_none_or(|u| url == *u));
        match page {
            Some(page) if !read.contains_key(&page.key) => {
                read.insert(page.key.clone(), object);
            }
            _ => unclaimed.push(format!("{path} {url}: {}", object["reason"])),
        }
    }
    (read, unclaimed)
}

/// What `group` and `compare` take: the articles as `read` found them.
fn lines(read: &BTreeMap<String, Value>) -> String {
    let mut out = String::new();
    for (key, object) in read {
        let a = &object["article"];
        let line = json!({
            "id": key, "title": a["title"], "text": a["text"].as_str().unwrap_or(""), "published": a["published"],
            "outlet": a["outlet"], "language": a["language"], "url": object["source"]["url"],
        });
        out.push_str(&line.to_string());
        out.push('\n');
    }
    out
}

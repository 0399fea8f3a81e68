//! What a library answers, in a form that two libraries can be compared by.

use super::support;
use serde_json::Value;
use std::path::Path;

/// Questions to the index of words.
const QUERIES: [&str; 4] = ["the", "ferry OR cable", "minister -cable", "\"on Friday\""];

/// The answers to many questions, each beside its question. When something was added or decided is left out: the
/// clock is no part of an answer.
pub fn of(library: &Path) -> Vec<(String, String)> {
    let folder = library.to_str().expect("a readable path");
    let mut all = Vec::new();
    let mut ask = |args: &[&str]| {
        let mut whole = args.to_vec();
        whole.extend(["--library", folder]);
        let out = support::run(&whole);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        let lines = support::json_lines(&String::from_utf8_lossy(&out.stdout));
        let answer: Vec<String> = lines.into_iter().map(|l| timeless(l).to_string()).collect();
        all.push((args.join(" "), answer.join("\n")));
        answer
    };
    let stories = ask(&["stories", "--json"]);
    for story in stories.iter().take(12).filter_map(|s| serde_json::from_str::<Value>(s).ok()) {
        ask(&["story", "--json", story["story"].as_str().unwrap_or("")]);
    }
    for query in QUERIES {
        ask(&["search", "--json", "--limit", "50", query]);
    }
    for name in ["Lauringsoo", "Trump", "Zelensky"] {
        ask(&["who", "--json", name]);
    }
    ask(&["failures", "--json"]);
    ask(&["decisions", "--json"]);
    all
}

fn timeless(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.remove("added");
        object.remove("at");
    }
    value
}

/// The first question that two libraries answer differently.
pub fn differ(a: &[(String, String)], b: &[(String, String)]) -> Option<String> {
    let short = |s: &str, from: usize| s.chars().skip(from).take(400).collect::<String>();
    for ((question, one), (_, other)) in a.iter().zip(b) {
        let at = one.lines().zip(other.lines()).find(|(x, y)| x != y);
        if one != other {
            let (x, y) = at.unwrap_or((one, other));
            let same = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count().saturating_sub(100);
            return Some(format!("{question}\n  never killed: {}\n  killed: {}", short(x, same), short(y, same)));
        }
    }
    (a.len() != b.len()).then(|| "there are more questions to one than to the other".to_owned())
}

//! What the program finds in the invented world of `examples/`: figures lined up and judged, one thing said in several
//! wordings, who says what. The expectation is `examples/expected.toml` (for people: `examples/EXPECTED.md`).

mod support;

use serde_json::Value;
use support::expected::{Figure, Item, Utterance};
use support::report;
use support::world::{World, overlap, span, world};

/// What is expected and not yet found, by its first words: the expectation stands, and what is found is not lost again.
const NOT_YET: &[&str] = &[];

/// Fails on what is wrong and not known to be, and on a known gap that has closed: the list must stay true.
fn hold(what: &str, mut wrong: Vec<String>) {
    let mut closed = Vec::new();
    for gap in NOT_YET.iter().filter(|g| g.starts_with(what)) {
        let name = gap.strip_prefix(what).unwrap_or(gap).trim_start_matches(": ");
        match wrong.iter().position(|w| w.starts_with(name)) {
            Some(at) => drop(wrong.remove(at)),
            None => closed.push(format!("no longer missing, strike it from NOT_YET: {gap}")),
        }
    }
    wrong.extend(closed);
    report(what, &wrong);
}

#[test]
fn figures_are_lined_up_and_judged() {
    let w = world();
    hold("figure", w.expected.figure.iter().filter_map(|f| figure(w, f)).collect::<Vec<_>>());
}

/// What is wrong with one figure: the group of the program that holds most of its items is the one meant.
fn figure(w: &World, f: &Figure) -> Option<String> {
    let groups = w.compare.iter().flat_map(|c| c["figures"].as_array().into_iter().flatten());
    let holds = |g: &Value, i: &Item| g["items"].as_array().into_iter().flatten().any(|got| is_item(w, i, got));
    let best = groups
        .max_by_key(|g| {
            let found = f.items.iter().filter(|i| holds(g, i)).count();
            let right = f.verdict.iter().any(|v| g["verdict"] == *v);
            (found, right)
        })
        .filter(|g| f.items.iter().any(|i| holds(g, i)));
    let name = format!("{}, {}", f.story, f.counted);
    let Some(g) = best else {
        return Some(format!("{name}: expected {}, got no such figure", f.verdict.join(" or ")));
    };
    let lost: Vec<String> =
        f.items.iter().filter(|i| !holds(g, i)).map(|i| format!("{} {:?}", i.page, i.text)).collect();
    let judged = f.verdict.iter().any(|v| g["verdict"] == *v);
    if judged && lost.is_empty() {
        return None;
    }
    Some(format!(
        "{name}: expected {}, got {} with {} of {} items{}",
        f.verdict.join(" or "),
        g["verdict"],
        f.items.len() - lost.len(),
        f.items.len(),
        if lost.is_empty() { String::new() } else { format!("; without {}", lost.join(", ")) }
    ))
}

/// The same place and the same value; a copy of the page serves as well.
fn is_item(w: &World, expected: &Item, got: &Value) -> bool {
    let Some(at) = span(&got["span"]) else { return false };
    let id = got["id"].as_str().unwrap_or("");
    if !w.read.contains_key(id) || w.page(id).origin != w.page(&expected.page).origin {
        return false;
    }
    let there = w.find(id, &expected.text).into_iter().any(|found| overlap(found, at) > 0);
    let value = got["value"].as_f64().unwrap_or(f64::NAN);
    let scale = match got["unit"].as_str().unwrap_or("") {
        "km" => 1000.0,
        "mi" | "mile" => 1609.344,
        _ => 1.0,
    };
    let near = |v: f64| (v - expected.value).abs() <= expected.value.abs() * 1e-6;
    there && (near(value) || near(value * scale))
}

#[test]
fn one_thing_said_is_found_in_all_its_wordings() {
    let w = world();
    hold("utterance", w.expected.utterance.iter().filter_map(|u| utterance(w, u)).collect::<Vec<_>>());
}

fn utterance(w: &World, u: &Utterance) -> Option<String> {
    let all = w.compare.iter().flat_map(|c| c["quotations"].as_array().into_iter().flatten());
    let holds = |q: &Value, page: &str, text: &str| {
        q["variants"].as_array().into_iter().flatten().any(|got| {
            let id = got["id"].as_str().unwrap_or("");
            let same = w.read.contains_key(id) && w.page(id).origin == w.page(page).origin;
            let at = span(&got["span"]);
            same && w.find(id, text).into_iter().any(|f| at.is_some_and(|a| overlap(f, a) * 2 > f.1 - f.0))
        })
    };
    let found = |q: &Value| u.variants.iter().filter(|v| holds(q, &v.page, &v.text)).count();
    let best = all.max_by_key(|q| found(q)).filter(|q| found(q) > 0);
    let name = format!("{}, {}", u.story, u.speaker);
    let Some(q) = best else { return Some(format!("{name}: not found")) };
    let lost: Vec<&str> = u.variants.iter().filter(|v| !holds(q, &v.page, &v.text)).map(|v| v.page.as_str()).collect();
    if !lost.is_empty() {
        return Some(format!("{name}: {} of {} wordings, without {}", found(q), u.variants.len(), lost.join(", ")));
    }
    let speaker = q["speaker"].as_str().unwrap_or("");
    (!is_called(speaker, &u.speaker)).then(|| format!("{name}: speaker is {:?}", q["speaker"]))
}

/// The last word of the expected name decides: titles and first names differ from page to page.
fn is_called(got: &str, expected: &str) -> bool {
    let last = expected.split_whitespace().last().unwrap_or(expected).to_lowercase();
    got.to_lowercase().contains(&last)
}

#[test]
fn words_have_their_speaker() {
    let w = world();
    let mut wrong = Vec::new();
    for s in &w.expected.said {
        let Some(r) = w.read.get(&s.page) else { continue };
        let places = w.find(&s.page, &s.words);
        let covering: Vec<&Value> = r["attributions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|a| places.iter().any(|p| covered(a, *p) * 2 >= p.1 - p.0))
            .collect();
        let speakers: Vec<String> = covering.iter().map(|a| speaker(w, &s.page, r, a)).collect();
        if !speakers.iter().any(|got| is_called(got, &s.speaker)) {
            wrong.push(format!("{}, {:?}: expected from {}, got {speakers:?}", s.page, s.words, s.speaker));
        }
    }
    hold("attribution", wrong);
}

/// Code points of a place that an attribution's content covers.
fn covered(attribution: &Value, place: (usize, usize)) -> usize {
    let spans = attribution["content"].as_array().into_iter().flatten().filter_map(span);
    spans.map(|s| overlap(s, place)).sum()
}

/// The speaker's name, else the words of the source.
fn speaker(w: &World, page: &str, read: &Value, attribution: &Value) -> String {
    let id = &attribution["speaker"];
    let entity = read["entities"].as_array().into_iter().flatten().find(|e| !id.is_null() && e["id"] == *id);
    if let Some(name) = entity.and_then(|e| e["name"].as_str()) {
        return name.to_owned();
    }
    let text: Vec<char> = w.text(page).chars().collect();
    let spans = attribution["source"].as_array().into_iter().flatten().filter_map(span);
    spans.filter_map(|(a, b)| text.get(a..b)).flatten().collect()
}

//! `dateline figures` and its page's query over the invented world of `examples/`.

mod support;

use support::{examples, json_lines, run};

fn succeed(args: &[&str]) -> String {
    let out = run(args);
    let errors = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(0), "{args:?}: {errors}");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn figures_are_found_across_stories_with_their_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    let library = library.to_str().expect("a readable path");
    succeed(&["add", "--library", library, examples().join("pages").to_str().expect("a readable path")]);
    let ask = |more: &[&str]| json_lines(&succeed(&[&["figures", "--library", library, "--json"], more].concat()));

    let kinds = ask(&["--about", "cable"]);
    let kilometres = kinds.iter().find(|k| k["counted"] == "distance · km").expect("how far off the cable was cut");
    let figures = kilometres["figures"].as_array().expect("figures");
    assert!(figures.len() >= 3 && figures.iter().all(|f| f["verdict"] == "compatible"), "{kilometres}");
    let articles = json_lines(&succeed(&["export", "jsonl", "--library", library]));
    for figure in kinds.iter().flat_map(|k| k["figures"].as_array().into_iter().flatten()) {
        // each leads back to its words
        let article = articles.iter().find(|a| a["id"] == figure["id"]).expect("its article");
        let text = article["article"]["text"].as_str().expect("a text");
        let at = |i: usize| figure["span"][i].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a place");
        let words: String = text.chars().skip(at(0)).take(at(1) - at(0)).collect();
        assert_eq!(figure["text"], words);
    }
    let days: Vec<Option<&str>> = figures.iter().map(|f| f["as_of"].as_str()).collect();
    assert!(days.is_sorted(), "{days:?}");

    let figures = |more: &[&str]| ask(more).iter().map(|k| k["figures"].as_array().map_or(0, Vec::len)).sum::<usize>();
    let all = figures(&["--about", "cable"]);
    assert!(figures(&["--about", "cable", "--unit", "m"]) >= 3, "metres are a length, as kilometres are");
    assert!(figures(&["--about", "cable", "--since", "2026-04-11"]) < all);
    assert!(figures(&["--about", "port", "--copies"]) > figures(&["--about", "port"]));
    assert_eq!(figures(&["--about", "xylophone"]), 0);
    assert_eq!(ask(&["--about", "cable"]), kinds);
    let bad = run(&["figures", "--library", library, "--about", "cable", "--since", "soon"]);
    assert_eq!(bad.status.code(), Some(2));
}

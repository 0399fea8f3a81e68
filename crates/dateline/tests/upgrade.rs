//! What an upgrade or a change of tables changes is told, and so is an outlet whose pages suddenly yield nothing.

mod support;

use serde_json::{Value, json};
use std::path::Path;
use support::{json_lines, run};

/// Runs a command on a library; gives standard output and error.
fn ask(desk: &Path, args: &[&str]) -> (String, String) {
    let out = run(&[args, &["--library", text(desk)]].concat());
    let words = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    let (out, code, errors) = (words(&out.stdout), out.status.code(), words(&out.stderr));
    assert_eq!(code, Some(0), "{args:?}: {errors}");
    (out, errors)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a readable path")
}

const TOWNS: &[&str] = &["Aldum", "Brenvik", "Corrow", "Dunmere", "Eskil", "Farrow", "Gelt"];
const WORKS: &[&str] = &["bridge", "ferry quay", "school", "water tower", "sea wall", "library", "market hall", "road"];

/// An invented page of an invented outlet, with as many paragraphs as asked for.
fn page(i: usize, paragraphs: usize, dated: bool) -> String {
    let (town, work) = (TOWNS[i % TOWNS.len()], WORKS[i % WORKS.len()]);
    let date = if dated {
        format!("<meta property=\"article:published_time\" content=\"2031-03-{:02}T08:00:00Z\">", 1 + i % 28)
    } else {
        String::new()
    };
    let body: String = (0..paragraphs)
        .map(|p| {
            format!(
                "<p>The council of {town} heard in its sitting number {i} that the {work} needs {} new beams, and that \
                 the workers who came in part {p} of the week would stay until the {work} can be used again.</p>",
                i * 7 + p
            )
        })
        .collect();
    format!(
        "<html><head><title>{town} mends its {work}, part {i}</title>{date}</head><body><nav><a href=/>Home</a></nav>\
         <article><h1>{town} mends its {work}, part {i}</h1>{body}</article></body></html>"
    )
}

/// Adds pages of one outlet, numbered from `first`.
fn add(desk: &Path, folder: &Path, first: usize, pages: &[String]) -> Value {
    let lines: String = pages
        .iter()
        .enumerate()
        .map(|(i, html)| {
            let n = first + i;
            format!("{}\n", json!({"id": format!("p{n}"), "url": format!("https://www.post.test/{n}"), "html": html}))
        })
        .collect();
    let file = folder.join("pages.jsonl");
    std::fs::write(&file, lines).expect("written");
    let (out, _) = ask(desk, &["add", "--json", "--jsonl", text(&file)]);
    json_lines(&out).pop().expect("a summary")
}

#[test]
fn an_outlet_whose_pages_suddenly_yield_nothing_is_told_everywhere() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = folder.path().join("desk");
    let good: Vec<String> = (0..24).map(|i| page(i, 12, true)).collect();
    let summary = add(&desk, folder.path(), 0, &good);
    assert_eq!((summary["added"].as_u64(), &summary["notices"]), (Some(24), &json!([])), "{summary}");
    let empty = |i: usize| format!("<html><body><div id=app></div><a href=/{i}>Next {i}</a></body></html>");
    let few: Vec<String> = (24..28).map(empty).collect();
    assert_eq!(add(&desk, folder.path(), 24, &few)["notices"], json!([]), "four may be chance");
    let more: Vec<String> = (28..30).map(empty).collect();
    let summary = add(&desk, folder.path(), 28, &more);
    let notice = &summary["notices"][0];
    assert_eq!(
        (notice["outlet"].as_str(), notice["kind"].as_str()),
        (Some("post.test"), Some("no_article")),
        "{summary}"
    );
    assert_eq!((notice["run"].as_u64(), &notice["pages"][0]), (Some(6), &json!("p29")), "{summary}");

    let says = "post.test: none of its latest 6 pages yields an article; of the 24 before, 24 did";
    let (stories, _) = ask(&desk, &["stories"]);
    assert!(stories.contains(says), "{stories}");
    let (lines, errors) = ask(&desk, &["stories", "--json"]);
    assert!(errors.contains(says) && json_lines(&lines).iter().all(|l| l["story"].is_string()), "{errors}");
    let (failures, _) = ask(&desk, &["failures", "--json"]);
    assert_eq!(json_lines(&failures)[0]["reason"].as_str(), Some(says), "{failures}");

    // the same library from its captures alone says the same; pages that are well again end the notice
    ask(&desk, &["rebuild"]);
    assert!(ask(&desk, &["stories"]).0.contains(says));
    let well = [page(30, 12, true)];
    assert_eq!(add(&desk, folder.path(), 30, &well)["notices"], json!([]));
}

#[test]
fn texts_that_shrink_and_dates_that_vanish_are_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = folder.path().join("desk");
    let good: Vec<String> = (0..24).map(|i| page(i, 40, true)).collect();
    add(&desk, folder.path(), 0, &good);
    let short: Vec<String> = (24..30).map(|i| page(i, 2, false)).collect();
    let summary = add(&desk, folder.path(), 24, &short);
    let kinds: Vec<&str> =
        summary["notices"].as_array().into_iter().flatten().filter_map(|n| n["kind"].as_str()).collect();
    assert_eq!(kinds, ["no_date", "short_text"], "{summary}");
}

#[test]
fn a_changed_table_is_told_and_what_it_changes_too() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = folder.path().join("desk");
    let pages: Vec<String> = (0..3)
        .map(|i| {
            page(i, 6, true).replace(
                "</article>",
                "<p class=plea>Our paper lives by those who read it, and a subscription costs little.</p></article>",
            )
        })
        .collect();
    add(&desk, folder.path(), 0, &pages);
    assert!(!ask(&desk, &["stories"]).1.contains("rebuild"));
    assert!(ask(&desk, &["changes"]).0.contains("No upgrade"));
    let rule = "post.test\tdrop\tp.plea\t<p class=plea>Our paper lives by its readers.</p>\t<p class=lead>Our paper was founded in 1911.</p>\n";
    std::fs::write(desk.join("sites.tsv"), rule).expect("written");
    let (_, errors) = ask(&desk, &["stories"]);
    assert!(errors.contains("3 pages were read before a change (sites.tsv)"), "{errors}");
    let (_, errors) = ask(&desk, &["add", text(&folder.path().join("pages.jsonl")), "--jsonl"]);
    assert!(errors.contains("3 pages were read before a change (sites.tsv)"), "{errors}");
    let (out, _) = ask(&desk, &["rebuild"]);
    assert!(out.contains("`dateline changes`"), "{out}");
    assert!(!ask(&desk, &["stories"]).1.contains("read before"));
    let changes = json_lines(&ask(&desk, &["changes", "--json"]).0).pop().expect("a report");
    assert_eq!((changes["articles"].as_u64(), changes["read_otherwise"].as_u64()), (Some(3), Some(3)), "{changes}");
    assert_eq!(changes["kinds"]["text"].as_u64(), Some(3), "{changes}");
    assert!(changes["now"].as_str().is_some_and(|v| v.contains("sites.tsv")), "{changes}");
    assert!(ask(&desk, &["changes"]).0.contains("3 of 3 articles are read otherwise"));
}

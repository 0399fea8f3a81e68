//! Briefs over the invented world of `examples/`: put together, kept, written in every form, and verified.

mod support;

use dateline_store::{Deciding, Library, Mode};
use dateline_story::decisions::Act;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use support::{examples, json_lines, run};

const FORMS: [&str; 4] = ["html", "md", "json", "docx"];

fn text(path: &Path) -> &str {
    path.to_str().expect("a readable path")
}

/// The exit code and standard output of a command.
fn ask(args: &[&str]) -> (i32, String) {
    let out = run(args);
    (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&out.stdout).into_owned())
}

/// A library of the examples in a folder, and its stories, the earliest first.
fn library() -> (tempfile::TempDir, PathBuf, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dir = folder.path().join("desk");
    assert_eq!(ask(&["add", text(&examples().join("pages")), "--library", text(&dir)]).0, 0);
    let mut stories = json_lines(&ask(&["stories", "--json", "--library", text(&dir)]).1);
    stories.sort_by_key(|s| s["first"].as_str().unwrap_or("9").to_owned());
    let names = stories.iter().filter_map(|s| s["story"].as_str().map(str::to_owned)).collect();
    (folder, dir, names)
}

/// Decides as the browser does.
fn decide(dir: &Path, act: impl FnOnce(&Library) -> Act) {
    let mut library = Library::open(dir, Mode::Write).expect("the library opens");
    let act = act(&library);
    let deciding = Deciding { at: "2031-03-04T09:00:00Z", by: Some("Ada"), why: None };
    library.decide(act, &deciding).expect("decided");
    library.settle().expect("settled");
}

/// What `verify --json` says last.
fn verified(brief: &Path, more: &[&str]) -> (i32, Value) {
    let (code, out) = ask(&[&["verify", "--json", text(brief)], more].concat());
    (code, json_lines(&out).pop().unwrap_or_default())
}

#[test]
fn the_brief_of_the_examples_stands_whole_in_every_form() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = examples().join("pages");
    for form in FORMS {
        let brief = folder.path().join(format!("brief.{form}"));
        assert_eq!(ask(&["brief", text(&pages), "-o", text(&brief)]).0, 0);
        let (code, found) = verified(&brief, &[text(&pages)]);
        assert_eq!(code, 0, "{form}: {found}");
        assert_eq!(found["counts"]["stands elsewhere"], 0, "{form}: {found}");
        assert!(found["counts"]["stands"].as_u64().is_some_and(|n| n > 300), "{form}: {found}");
        let again = folder.path().join(format!("again.{form}"));
        assert_eq!(ask(&["brief", text(&pages), "-o", text(&again)]).0, 0);
        assert!(std::fs::read(&brief).ok() == std::fs::read(&again).ok(), "{form}: the same pages give the same bytes");
    }
}

#[test]
fn a_kept_brief_has_the_users_order_and_words_and_survives_merging_and_rebuilding() {
    let (folder, dir, stories) = library();
    decide(&dir, |l| l.brief_begun("  Harbour:\n what we know ").expect("begun"));
    for story in stories.iter().take(3) {
        decide(&dir, |l| l.brief_put("b1", story).expect("put"));
    }
    let library = Library::open(&dir, Mode::Read).expect("opens");
    assert!(library.brief_put("b1", &stories[0]).is_err(), "a story stands in a brief once");
    drop(library);
    decide(&dir, |l| l.brief_moved("b1", "d4", true).expect("moved"));
    decide(&dir, |l| l.brief_note("b1", "d2", "Ours: <b>ask</b> again.\r\nSoon.").expect("noted"));
    decide(&dir, |l| l.brief_lead("b1", "For Thursday.").expect("led"));
    let told = |dir: &Path| -> Value {
        let (code, out) = ask(&["brief", "--saved", "harbour", "--json", "--library", text(dir)]);
        assert_eq!(code, 0, "{out}");
        json_lines(&out).remove(0)
    };
    let order = |brief: &Value| -> Vec<String> {
        let all = brief["stories"].as_array().cloned().unwrap_or_default();
        all.iter().filter_map(|s| s["id"].as_str().map(str::to_owned)).collect()
    };
    let brief = told(&dir);
    assert_eq!(order(&brief), [0, 2, 1].map(|i: usize| stories[i].clone()));
    assert_eq!(brief["own"]["title"], "Harbour: what we know");
    assert_eq!(brief["stories"][0]["own_note"], "Ours: <b>ask</b> again.\nSoon.");

    for form in FORMS {
        let file = folder.path().join(format!("kept.{form}"));
        let (code, _) = ask(&["brief", "--saved", "b1", "--library", text(&dir), "-o", text(&file)]);
        assert_eq!((code, verified(&file, &["--library", text(&dir)]).0), (0, 0), "{form}");
    }
    // two of its stories are one by now: it stands once, where the first stood, with what was written of it
    assert_eq!(ask(&["merge", &stories[0], &stories[1], "--library", text(&dir)]).0, 0);
    let merged = told(&dir);
    assert_eq!(order(&merged), [0, 2].map(|i: usize| stories[i].clone()));
    assert_eq!(merged["stories"][0]["own_note"], "Ours: <b>ask</b> again.\nSoon.");
    assert_eq!(ask(&["rebuild", "--library", text(&dir)]).0, 0);
    assert_eq!(told(&dir), merged);
    assert_eq!(ask(&["undo", "d8", "--library", text(&dir)]).0, 0);
    assert_eq!(ask(&["undo", "d5", "--library", text(&dir)]).0, 0);
    assert_eq!(order(&told(&dir)), stories[..3]);
    assert_eq!(ask(&["check", "--library", text(&dir)]).0, 0);
}

#[test]
fn a_letter_changed_in_brief_or_capture_and_a_capture_that_is_gone_are_told() {
    let (folder, dir, stories) = library();
    let brief = folder.path().join("brief.html");
    assert_eq!(ask(&["brief", "--library", text(&dir), "-o", text(&brief)]).0, 0);
    let whole = std::fs::read_to_string(&brief).expect("the brief");
    assert_eq!(verified(&brief, &["--library", text(&dir)]).0, 0);

    // one letter of the first quotation with a mark
    let mark = whole.find(" <a class=\"note\"").expect("a note");
    let quote = whole[..mark].rfind('“').expect("a quotation") + '“'.len_utf8();
    let letter = whole[quote..].find(char::is_alphabetic).expect("a letter") + quote;
    let width = whole[letter..].chars().next().map_or(1, char::len_utf8);
    let altered = folder.path().join("altered.html");
    std::fs::write(&altered, format!("{}#{}", &whole[..letter], &whole[letter + width..])).expect("written");
    let (code, found) = verified(&altered, &["--library", text(&dir)]);
    assert_eq!(code, 1);
    let said = found["altered"].to_string();
    assert!(said.contains("seal") && said.contains("other words"), "{said}");
    assert_eq!(found["counts"]["changed"], 0, "{found}");

    // a library without the captures
    let empty = folder.path().join("empty");
    let other = folder.path().join("other.txt");
    std::fs::write(
        &other,
        "Quay reopens\n\nThe quay of Testburg was opened again on Friday, the harbour master said. ".repeat(4),
    )
    .expect("written");
    assert_eq!(ask(&["add", text(&other), "--library", text(&empty)]).0, 0);
    let (code, found) = verified(&brief, &["--library", text(&empty)]);
    assert_eq!((code, &found["counts"]["stands"]), (1, &Value::from(0)));
    assert!(found["counts"]["capture missing"].as_u64().is_some_and(|n| n > 300), "{found}");

    // one byte of a capture
    let captures = std::fs::read_dir(dir.join("captures")).expect("captures").flatten().next().expect("a file").path();
    let mut bytes = std::fs::read(&captures).expect("the captures");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&captures, bytes).expect("written");
    let (code, found) = verified(&brief, &["--library", text(&dir)]);
    assert_eq!(code, 1);
    assert!(found["counts"]["changed"].as_u64().is_some_and(|n| n > 0), "{found}");
    assert!(found["altered"].as_array().is_some_and(Vec::is_empty), "{found}");
    assert!(!stories.is_empty());
}

#[test]
fn what_is_no_brief_is_an_error_and_not_a_finding() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = examples().join("pages");
    for (name, bytes) in
        [("a.html", &b"<p>hello"[..]), ("b.docx", b"PK\x03\x04junk"), ("c.md", b"# x"), ("d.json", b"[1]")]
    {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        let (code, _) = ask(&["verify", text(&file), text(&pages)]);
        assert_eq!(code, 2, "{name}");
    }
}

#[test]
fn a_watch_is_kept_tells_what_is_new_and_is_given_up() {
    let (_folder, dir, _) = library();
    let ask = |args: &[&str]| ask(&[args, &["--library", text(&dir)]].concat());
    assert_eq!(ask(&["watch", "add", "cables", "cable OR kabel*"]).0, 0);
    assert_eq!(ask(&["watch", "add", "broken", "(cable"]).0, 2);
    assert!(ask(&["watch", "list"]).1.contains("cables: cable OR kabel*"));
    let all = json_lines(&ask(&["watch", "--json"]).1);
    assert!(all.len() > 1 && all.iter().all(|s| s["watch"] == "cables"), "{all:?}");
    // what is new since the last day of any of its pages is on that day alone
    let last = all.iter().filter_map(|s| s["last"].as_str()).max().expect("a day").to_owned();
    let new = json_lines(&ask(&["watch", "--since", &last, "--json"]).1);
    assert!(!new.is_empty() && new.len() < all.len(), "{new:?}");
    assert!(new.iter().all(|s| s["last"] == last.as_str() && s["new"].as_array().is_some_and(|p| !p.is_empty())));
    let listed = json_lines(&ask(&["stories", "--watch", "cables", "--since", &last, "--json"]).1);
    let names = |lines: &[Value]| lines.iter().map(|s| s["story"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&listed), names(&new));
    assert_eq!(ask(&["rebuild"]).0, 0);
    assert_eq!(json_lines(&ask(&["watch", "--json"]).1).len(), all.len());
    assert_eq!(ask(&["watch", "remove", "cables"]).0, 0);
    assert_eq!(ask(&["stories", "--watch", "cables"]).0, 2);
    assert_eq!(ask(&["undo", "d2"]).0, 0);
    assert_eq!(ask(&["stories", "--watch", "cables"]).0, 0);
}

#[test]
fn files_and_a_library_of_them_call_and_count_stories_alike() {
    let (_folder, dir, _) = library();
    let pages = examples().join("pages");
    let told = |args: &[&str]| -> Vec<Value> {
        let brief: Value = serde_json::from_str(&ask(args).1).expect("JSON");
        let stories = brief["stories"].as_array().expect("stories").iter();
        stories.map(|s| json!([s["id"], s["headline"], s["outlets"], s["origins"], s["speakers"]])).collect()
    };
    let of_files = told(&["brief", "--json", text(&pages)]);
    assert!(of_files.len() > 5);
    assert_eq!(of_files, told(&["brief", "--json", "--library", text(&dir)]));
}

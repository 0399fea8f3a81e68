//! Bad input: one clear line each, the documented exit code, and the rest goes on.

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use support::{dateline, examples, json_lines, run};

const GOOD: &str = "pages/baltic-ledger/data-cable-latvia-gotland-cut.html";

/// The good page of the example world.
fn good() -> PathBuf {
    examples().join(GOOD)
}

/// A page with this much invented text, declared and dated as told.
fn page(charset: &str, published: &str) -> String {
    let sentence = "The harbour office in Gdańsk said on Friday that the café on the pier, “Zum Anker”, would stay \
                    shut until the inspectors had seen the roof, and that nobody had been hurt. ";
    let data = format!(
        r#"{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Café on pier shut","datePublished":"{published}"}}"#
    );
    format!(
        "<!doctype html><html><head><meta charset=\"{charset}\"><title>Café on pier shut</title>\
         <script type=\"application/ld+json\">{data}</script></head><body><article><h1>Café on pier shut</h1>\
         <p>{}</p><p>{}</p><p>{}</p></article></body></html>",
        sentence.repeat(2),
        sentence.repeat(3),
        sentence.repeat(2)
    )
}

fn save(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file can be written");
    path.to_str().expect("a readable path").to_owned()
}

/// Runs `read --json` on one bad file and a good one behind it; gives the exit code and the bad file's objects.
fn beside_a_good_page(bad: &str) -> (Option<i32>, Vec<Value>) {
    let good = good();
    let out = run(&["read", "--json", bad, good.to_str().expect("a readable path")]);
    let mut objects = json_lines(&String::from_utf8_lossy(&out.stdout));
    let last = objects.pop().expect("a line for the good page");
    assert_eq!(last["status"], "article", "the rest goes on after {bad}");
    assert!(last["source"]["path"].as_str().is_some_and(|p| p.ends_with("gotland-cut.html")), "{}", last["source"]);
    (out.status.code(), objects)
}

/// One line that says what happened; exit code 1 where the input failed, 0 where it was read and is no article.
fn refused(bad: &str, status: &str) -> String {
    let (code, objects) = beside_a_good_page(bad);
    assert_eq!(objects.len(), 1, "{bad}: one line, got {objects:?}");
    assert_eq!(objects[0]["status"], status, "{bad}");
    assert_eq!(code, Some(i32::from(status == "error")), "{bad}: exit code for {status}");
    let reason = objects[0]["reason"].as_str().unwrap_or("").to_owned();
    assert!(!reason.is_empty() && !reason.contains('\n'), "{bad}: one line of reason, got {reason:?}");
    reason
}

#[test]
fn a_file_that_is_not_there() {
    refused("no-such-folder/page.html", "error");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let link = folder.path().join("gone.html");
    std::os::unix::fs::symlink(folder.path().join("nowhere.html"), &link).expect("a link can be made");
    refused(link.to_str().expect("a readable path"), "error");
}

#[test]
fn an_empty_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reason = refused(&save(folder.path(), "empty.html", b""), "error");
    assert!(reason.contains("empty"), "{reason}");
    refused(&save(folder.path(), "blank.txt", b" \n\n\t\n"), "not_article");
}

#[test]
fn a_page_that_is_not_an_article() {
    let section = examples().join("bad/section-page.html");
    refused(section.to_str().expect("a readable path"), "not_article");
}

#[test]
fn bytes_that_are_no_text() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let noise: Vec<u8> = (0u32..20_000).map(|i| (i.wrapping_mul(2_654_435_761) >> 23) as u8).collect();
    refused(&save(folder.path(), "noise.html", &noise), "error");
}

#[test]
fn an_encoding_other_than_declared_is_found_or_flagged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // windows-1252 bytes under a utf-8 label
    let bytes: Vec<u8> = page("utf-8", "2026-03-06")
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            'ń' => b'n',
            c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        })
        .collect();
    let (code, objects) = beside_a_good_page(&save(folder.path(), "mislabelled.html", &bytes));
    assert_eq!(objects.len(), 1);
    let o = &objects[0];
    let text = o["article"]["text"].as_str().unwrap_or("");
    let found = code == Some(0) && text.contains("the café on the pier, “Zum Anker”");
    let flagged = o["status"] != "article" && !o["reason"].as_str().unwrap_or("").is_empty();
    assert!(found || flagged, "neither found nor flagged: {o}");
}

#[test]
fn a_web_archive_that_breaks_off() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = std::fs::read(examples().join("pages/desk-crawl-2026-06.warc.gz")).expect("the archive is there");
    let cut = save(folder.path(), "cut.warc.gz", &whole[..whole.len() - 900]);
    let (code, objects) = beside_a_good_page(&cut);
    assert_eq!(code, Some(1));
    let articles = objects.iter().filter(|o| o["status"] == "article").count();
    let errors: Vec<&Value> = objects.iter().filter(|o| o["status"] == "error").collect();
    assert_eq!(articles, 3, "the pages before the break are read");
    assert_eq!(errors.len(), 1, "one line for the break: {errors:?}");
    let reason = errors[0]["reason"].as_str().unwrap_or("");
    assert!(reason.chars().any(|c| c.is_ascii_digit()), "the line names the place: {reason:?}");
}

#[test]
fn absurd_dates_are_no_dates() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for date in ["9999-12-31T23:59:59Z", "2026-02-30", "0000-00-00", "2024-13-45", "1026-03-06T09:00", "yesterday-ish"]
    {
        let file = save(folder.path(), "dated.html", page("utf-8", date).as_bytes());
        let (code, objects) = beside_a_good_page(&file);
        assert_eq!(code, Some(0), "{date}: the page itself is good");
        assert_eq!(objects[0]["status"], "article", "{date}");
        assert_eq!(objects[0]["article"]["published"], Value::Null, "{date} is no date");
    }
}

#[test]
fn the_view_for_people_has_one_line_for_each_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let empty = save(folder.path(), "empty.html", b"");
    let good = good();
    let out = run(&["read", "no-such-page.html", &empty, good.to_str().expect("a readable path")]);
    assert_eq!(out.status.code(), Some(1));
    let all = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    for name in ["no-such-page.html", "empty.html"] {
        assert_eq!(all.lines().filter(|l| l.contains(name)).count(), 1, "one line for {name} in:\n{all}");
    }
    assert!(all.contains("Data cable between Latvia and Gotland cut"), "the rest goes on:\n{all}");
    assert!(!all.contains("panicked"));
}

#[test]
fn a_wrong_command_line_is_exit_2() {
    assert_eq!(run(&["read"]).status.code(), Some(2));
    assert_eq!(run(&["no-such-command"]).status.code(), Some(2));
}

#[test]
fn lines_are_added_to_a_library_and_two_pages_with_one_id_of_the_givers_are_not_taken_for_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    let library = library.to_str().expect("a readable path");
    let line = |id: &str, text: &str| format!("{{\"id\":\"{id}\",\"text\":\"{text} {}\"}}\n", text.repeat(20));
    let one = save(folder.path(), "one.jsonl", (line("1", "Rain fell. ") + &line("2", "Snow fell. ")).as_bytes());
    let two = save(folder.path(), "two.jsonl", (line("2", "Hail fell. ") + &line("1", "Rain fell. ")).as_bytes());
    let first = run(&["add", "--library", library, "--jsonl", &one]);
    assert_eq!((first.status.code(), String::from_utf8_lossy(&first.stdout).contains("2 added")), (Some(0), true));
    let second = run(&["add", "--library", library, "--jsonl", &two]);
    let told = String::from_utf8_lossy(&second.stdout).into_owned();
    assert_eq!(second.status.code(), Some(1), "{told}");
    assert!(told.contains("0 added") && told.contains("1 known") && told.contains("1 failed"), "{told}");
    let failures = run(&["failures", "--library", library]);
    let listed = String::from_utf8_lossy(&failures.stdout).into_owned();
    assert!(listed.contains("another page with the id \"2\""), "{listed}");
    let twice = save(folder.path(), "twice.jsonl", (line("3", "Fog came. ") + &line("3", "Sun came. ")).as_bytes());
    let third = run(&["add", "--library", library, "--jsonl", &twice]);
    let told = String::from_utf8_lossy(&third.stdout).into_owned();
    assert!(told.contains("1 added") && told.contains("1 failed"), "also where both come at once: {told}");
    let grouped = run(&["group", &twice]);
    assert!(String::from_utf8_lossy(&grouped.stderr).contains("\"3\" is the id of different texts"));
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    let library = library.to_str().expect("a readable path");
    let pages = examples().join("pages");
    let pages = pages.to_str().expect("a readable path");
    assert_eq!(run(&["add", "--library", library, pages]).status.code(), Some(0));
    let story = String::from_utf8(run(&["stories", "--json", "--library", library]).stdout).expect("text");
    let story = json_lines(&story)[0]["story"].as_str().expect("a name").to_owned();
    let of_library: [&[&str]; 9] = [
        &["brief"],
        &["stories"],
        &["story", &story],
        &["new", "--since", "2026"],
        &["who", "Lauringsoo"],
        &["search", "cable", "--facets"],
        &["figures", "--about", "cable"],
        &["export", "jsonl"],
        &["pin", &story],
    ];
    let of_files = [vec!["read", pages], vec!["brief", pages]];
    for args in of_library.iter().map(|args| [args, &["--library", library][..]].concat()).chain(of_files) {
        let mut child = dateline(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.status.code(), told.contains("panicked")), (Some(0), false), "{args:?}: {told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_named() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
    let good = good();
    let ended = dateline(&["brief", good.to_str().expect("a readable path")]).stdout(full).output().expect("it runs");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!((ended.status.code(), told.contains("cannot write standard output")), (Some(2), true), "{told}");
}

#[test]
fn a_file_is_no_library_and_nothing_is_learnt_from_a_path_that_is_not_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = save(folder.path(), "file", b"x");
    let good = good();
    let good = good.to_str().expect("a readable path");
    for args in [vec!["add", good, "--library", &file], vec!["read", good, "--learn", "no-such-folder"]] {
        let ended = run(&args);
        assert_eq!(ended.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&ended.stderr));
        assert!(ended.stdout.is_empty());
    }
    assert_eq!(run(&["figures", "--unit", "km"]).status.code(), Some(2), "figures of what?");
}

#[test]
fn a_headline_does_not_speak_to_the_terminal_from_another_story() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = folder.path().join("desk");
    let library = library.to_str().expect("a readable path");
    let line = |id: &str, title: &str, day: &str, more: &str| {
        let text = format!(
            "The harbour board of Testburg voted on Tuesday to keep the swing bridge open, its chair Ada Brook said. \
             Repairs to the bridge cost $3 million and take 14 weeks, the board said in the town hall. {more}"
        );
        let title = format!("{title} \u{1b}[31m\u{202e}");
        serde_json::json!({"id": id, "title": title, "text": text, "published": day}).to_string() + "\n"
    };
    let first =
        line("a", "Testburg keeps swing bridge open", "2026-03-03", "Ada Brook said ferries and trams would wait.");
    let second =
        line("b", "Testburg swing bridge repairs begin", "2026-04-20", "Ada Brook said repairs began on Monday.");
    let file = save(folder.path(), "two.jsonl", (first + &second).as_bytes());
    assert_eq!(run(&["add", "--library", library, "--jsonl", &file]).status.code(), Some(0));
    let stories = json_lines(&String::from_utf8_lossy(&run(&["stories", "--json", "--library", library]).stdout));
    assert_eq!(stories.len(), 2);
    for story in stories {
        let out = run(&["story", story["story"].as_str().expect("a name"), "--why", "--library", library]);
        let told = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(told.contains("Storyline, "), "the other story is named: {told}");
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told:?}");
    }
}

//! Putting a brief together in the browser: forms that lose nothing, and files to take along.

use dateline_article::{Article, Block, BlockKind};
use dateline_capture::{Capture, Payload, Source};
use dateline_reading::Reading;
use dateline_store::{Library, Mode, Outcome, Stamp};
use dateline_story::Report;
use dateline_text::Span;
use dateline_web::{Hands, Listening};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;

const HEADLINES: [&str; 3] =
    ["Quay <b>shut</b> in Testburg", "Orchestra tours the islands", "Frost spares the vineyards"];

/// A library of three articles on nothing in common.
fn served() -> (SocketAddr, Vec<String>, std::path::PathBuf) {
    let dir = tempfile::tempdir().expect("a folder").keep();
    let mut library = Library::create(&dir).expect("a library");
    let stamp = Stamp { now: "2026-03-02T08:00:00Z", version: "test" };
    let batch: Vec<(Capture, Outcome)> = HEADLINES
        .iter()
        .map(|h| {
            let page = Capture::new(h.as_bytes().to_vec(), Payload::Text, Source::default());
            let whole = Span::new(0, h.len());
            let article = Article {
                title: Some((*h).to_owned()),
                text: (*h).to_owned(),
                blocks: vec![Block { kind: BlockKind::Title, span: whole, capture: (0, h.len()) }],
                ..Article::default()
            };
            let report =
                Report { id: page.id.clone(), source: Source::default(), article, reading: Reading::default() };
            (page, Outcome::Article(Box::new(report)))
        })
        .collect();
    let ids: Vec<String> = batch.iter().map(|(p, _)| p.id.clone()).collect();
    library.add(&batch, &stamp).expect("added");
    library.link("test").expect("linked");
    let stories = ids.iter().map(|id| library.story_of(id).expect("a story")).collect();
    drop(library);
    let reader = Library::open(&dir, Mode::Read).expect("a reader");
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let hands = Hands { clock: || "2026-03-03T08:00:00Z".to_owned(), add: |_, _, _, _| Ok(()) };
        dateline_web::serve(reader, Listening::here(0), hands, |address| tell.send(address).expect("told"))
    });
    (told.recv().expect("the server is ready"), stories, dir)
}

struct Browser {
    address: SocketAddr,
    cookie: String,
    token: String,
}

impl Browser {
    fn new(address: SocketAddr) -> Browser {
        let mut browser = Browser { address, cookie: String::new(), token: String::new() };
        let page = browser.get("/brief");
        browser.cookie = between(&page, "set-cookie: ", ";").to_owned();
        browser.token = between(&page, "name=\"token\" value=\"", "\"").to_owned();
        browser
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("the server answers");
        stream.write_all(request.as_bytes()).expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nConnection: close\r\n\r\n",
            self.cookie
        ))
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let mut body = format!("token={}", self.token);
        for (name, value) in fields {
            body.push_str(&format!("&{}={}", encoded(name), encoded(value)));
        }
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.cookie,
            body.len()
        ))
    }

    /// The marks by which the page knows what it was sent with.
    fn marks(&self, path: &str) -> Vec<(String, String)> {
        let page = self.get(path);
        let mut out = Vec::new();
        let mut rest = page.as_str();
        while let Some((_, after)) = rest.split_once("name=\"was.") {
            let (name, after) = after.split_once("\" value=\"").expect("a value");
            let (value, after) = after.split_once('"').expect("an end");
            out.push((format!("was.{name}"), value.to_owned()));
            rest = after;
        }
        out
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).map_or("", |(_, rest)| rest);
    rest.split_once(after).map_or("", |(found, _)| found)
}

fn order(page: &str) -> Vec<&str> {
    page.split("data-story=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id).collect()
}

#[test]
fn a_brief_is_put_together_with_plain_forms_and_taken_along() {
    let (address, stories, dir) = served();
    let browser = Browser::new(address);
    assert!(browser.get(&format!("/story/{}", stories[0])).contains(&format!("/brief?add={}", stories[0])));
    let asked = browser.get(&format!("/brief?add={}", stories[0]));
    assert!(asked.contains("Quay &#60;b&#62;shut") || asked.contains("Quay &lt;b&gt;shut"), "{asked}");
    let begun = browser.post("/brief", &[("title", "For <i>Thursday</i>"), ("by", "Ada"), ("add", &stories[0])]);
    assert!(begun.starts_with("HTTP/1.1 303") && begun.contains("location: /brief/b1"), "{begun}");
    browser.post("/brief/b1", &[("what", &format!("put:{}", stories[1]))]);
    let page = browser.get("/brief/b1");
    assert_eq!(order(&page), [&stories[0], &stories[1]]);
    assert!(!page.contains("<i>Thursday</i>") && !page.contains("<b>shut</b>"), "{page}");

    // whatever button is pressed, what was written is kept; and only what was changed here
    let mut fields: Vec<(String, String)> = browser.marks("/brief/b1");
    fields.extend([
        ("note.d2".to_owned(), "Mine <u>alone</u>.\r\nTruly.".to_owned()),
        ("lead".to_owned(), String::new()),
        ("what".to_owned(), "up:d3".to_owned()),
    ]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post("/brief/b1", &fields);
    let page = browser.get("/brief/b1");
    assert_eq!(order(&page), [&stories[1], &stories[0]]);
    assert!(
        page.contains("<p>Mine &lt;u&gt;alone&lt;/u&gt;.<br>Truly.</p>") && page.contains("In the words of Ada"),
        "{page}"
    );
    let lines = std::fs::read_to_string(dir.join("decisions.jsonl")).expect("decisions");
    assert_eq!(lines.lines().count(), 5, "begun, put, put, noted, moved: {lines}");
    // another window that was opened before and has not touched the note does not take it back
    let stale: Vec<(&str, &str)> = fields.iter().filter(|(n, _)| n.starts_with("was.")).copied().collect();
    browser.post("/brief/b1", &[&stale[..], &[("note.d2", ""), ("what", "save")]].concat());
    assert!(browser.get("/brief/b1").contains("Mine &lt;u&gt;"));

    for (form, kind) in [
        ("html", "text/html"),
        ("markdown", "text/markdown"),
        ("json", "application/json"),
        ("docx", "application/vnd.openxmlformats"),
    ] {
        let file = browser.get(&format!("/brief/b1/{form}"));
        assert!(file.starts_with("HTTP/1.1 200") && file.contains(&format!("content-type: {kind}")), "{form}: {file}");
        assert!(!file.contains("<script") && file.contains("default-src 'none'"), "{form}");
    }
    assert!(browser.get("/brief/b1/exe").starts_with("HTTP/1.1 404"));
    browser.post("/brief/b1", &[("what", "drop:d2")]);
    assert_eq!(order(&browser.get("/brief/b1")), [&stories[1]]);
    browser.post("/brief/b1", &[("what", "undo:d6")]);
    assert_eq!(order(&browser.get("/brief/b1")), [&stories[1], &stories[0]]);
    let gone = browser.post("/brief/b1", &[("what", "discard")]);
    assert!(gone.contains("location: /brief\r\n"), "{gone}");
    assert!(browser.get("/brief/b1").starts_with("HTTP/1.1 404"));
}

#[test]
fn forms_from_elsewhere_change_no_brief() {
    let (address, _, dir) = served();
    let mut browser = Browser::new(address);
    browser.token = "0".repeat(64);
    assert!(browser.post("/brief", &[("title", "x")]).starts_with("HTTP/1.1 403"));
    assert!(browser.post("/brief/b1", &[("what", "discard")]).starts_with("HTTP/1.1 403"));
    assert_eq!(std::fs::read_to_string(dir.join("decisions.jsonl")).unwrap_or_default(), "");
}

#[test]
fn watches_are_kept_and_the_librarys_page_tells_all_that_was_decided() {
    let (address, stories, dir) = served();
    let browser = Browser::new(address);
    assert!(browser.get("/watch").contains("Nothing is watched yet"));
    let kept = browser.post("/watch", &[("what", "add"), ("name", "music & <quay>"), ("q", "orchestra OR quay")]);
    assert!(kept.starts_with("HTTP/1.1 303"), "{kept}");
    let page = browser.get("/watch");
    assert!(page.contains("music &amp; &lt;quay&gt;") || page.contains("music &#38; &#60;quay&#62;"), "{page}");
    assert!(page.contains(&stories[0]) && page.contains(&stories[1]) && !page.contains(&stories[2]), "{page}");
    let today = browser.get("/?watch=music%20%26%20%3Cquay%3E");
    assert!(today.contains(&stories[0]) && !today.contains(&stories[2]), "{today}");
    assert!(browser.post("/watch", &[("what", "add"), ("name", "x"), ("q", "(")]).starts_with("HTTP/1.1 400"));
    assert!(browser.get("/watch?since=yesterday").contains("role=\"alert\""));

    let library = browser.get("/library");
    assert!(library.contains("orchestra OR quay") && library.contains("Every page was read."), "{library}");
    assert!(!library.contains("<progress") && !library.contains("\r\nrefresh:"), "{library}");
    assert!(browser.post("/library/undo", &[("undoes", "d1")]).starts_with("HTTP/1.1 303"));
    assert!(browser.get("/watch").contains("Nothing is watched yet"));
    assert!(browser.get("/library").contains("Bring back"));

    // a process that writes is shown, and nothing can be decided meanwhile
    let writer = Library::open(&dir, Mode::Write).expect("a writer");
    dateline_store::tell_progress(&dir, "adding <pages>", 512, Some(2048));
    let busy = browser.get("/library");
    assert!(busy.contains("<progress value=\"512\" max=\"2048\"") && busy.contains("\r\nrefresh: 4"), "{busy}");
    assert!(!busy.contains("adding <pages>"), "{busy}");
    assert!(browser.post("/library/undo", &[("undoes", "d2")]).starts_with("HTTP/1.1 409"));
    drop(writer);
    assert!(!browser.get("/library").contains("<progress"));
}

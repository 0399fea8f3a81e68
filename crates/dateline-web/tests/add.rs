//! Adding pages in a browser: what is taken, what is refused and in which words, and that no file's name is markup.

use dateline_store::{Library, Mode};
use dateline_web::{Became, Came, Hands, Listening, Upload};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Tells of each file what its bytes ask for; `slow` works until it may end.
fn add(dir: &Path, uploads: Vec<Upload>, address: Option<&str>, came: &mut dyn FnMut(Came)) -> Result<(), String> {
    for Upload { name, mut file } in uploads {
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|e| e.to_string())?;
        let became = match text.as_str() {
            "known" => Became::Known { id: "1".to_owned() },
            "broken" => Became::Failed { why: "it is <i>broken</i>".to_owned() },
            "none" => Became::NoArticle { why: "a section page".to_owned() },
            "busy" => return Err("another dateline is writing".to_owned()),
            "panic" => panic!("as asked"),
            "slow" => {
                while !dir.join("go-on").exists() {
                    std::thread::sleep(Duration::from_millis(5));
                }
                continue;
            }
            _ => Became::Added { id: "2".to_owned(), title: Some(text) },
        };
        let place = address.map_or(name.clone(), |a| format!("{name} ({a})"));
        came(Came::Page { place, became });
    }
    Ok(())
}

struct Browser {
    address: SocketAddr,
    dir: PathBuf,
    cookie: String,
    token: String,
}

/// A part of a form: its name, the file's name where it is one, and what is in it.
type Part<'p> = (&'p str, Option<&'p str>, &'p [u8]);

impl Browser {
    fn new() -> Browser {
        let dir = tempfile::tempdir().expect("a folder").keep();
        drop(Library::create(&dir).expect("a library"));
        let reader = Library::open(&dir, Mode::Read).expect("a reader");
        let (tell, told) = mpsc::channel();
        let hands = Hands { clock: String::new, add };
        std::thread::spawn(move || {
            dateline_web::serve(reader, Listening::here(0), hands, |a| tell.send(a).expect("told"))
        });
        let address = told.recv().expect("the server is ready");
        let mut browser = Browser { address, dir, cookie: String::new(), token: String::new() };
        let page = browser.get("/add");
        browser.cookie = between(&page, "set-cookie: ", ";").to_owned();
        browser.token = between(&page, "name=\"token\" value=\"", "\"").to_owned();
        browser
    }

    fn send(&self, head: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).expect("the server answers");
        let head = format!("{head}\r\nHost: 127.0.0.1\r\nCookie: {}\r\nConnection: close\r\n\r\n", self.cookie);
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1"), b"")
    }

    /// Sends parts, and nothing before them.
    fn post(&self, parts: &[Part]) -> String {
        let body = form(parts);
        let head = format!(
            "POST /add HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: {}",
            body.len()
        );
        self.send(&head, &body)
    }

    /// Sends files as our form does; the page that shows what became of them.
    fn added(&self, parts: &[Part]) -> String {
        let answer = self.post(&[&[("token", None, self.token.as_bytes())], parts].concat());
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        let to = between(&answer, "location: ", "\r\n").to_owned();
        let began = Instant::now();
        loop {
            let page = self.get(&to);
            if !page.contains("refresh: 2") {
                return page;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it does not end: {page}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn form(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = file.map(|f| format!("; filename=\"{f}\"")).unwrap_or_default();
        body.extend_from_slice(
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} stands in {text}")).1;
    rest.split_once(after).expect("it ends").0
}

#[test]
fn what_became_of_each_file_is_told_and_linked() {
    let browser = Browser::new();
    let page = browser.added(&[
        ("pages", Some("a.html"), b"The <b>quay</b> opens"),
        ("pages", Some("b\u{202e}<img src=x>.txt"), b"broken"),
        ("pages", Some("C:\\desk\\c.txt"), b"known"),
        ("pages", Some("d.txt"), b"none"),
        ("pages", Some(""), b""),
        ("text", None, b" \r\n "),
    ]);
    for words in [
        "1 added · 1 the same as before · 1 failed · 1 without an article",
        "<a href=\"/article/2\">The &#60;b&#62;quay&#60;/b&#62; opens</a>",
        "b[U+202E]&#60;img src=x&#62;.txt",
        "it is &#60;i&#62;broken&#60;/i&#62;",
        "a section page",
        ">c.txt<",
    ] {
        assert!(page.contains(words), "{words} does not stand in {page}");
    }
    assert!(!page.contains("<img") && !page.contains("desk\\"), "{page}");
    let left: Vec<_> = std::fs::read_dir(&browser.dir).expect("the folder").filter_map(Result::ok).collect();
    assert!(left.iter().all(|f| !f.file_name().to_string_lossy().starts_with(".tmp")), "{left:?}");
}

#[test]
fn text_is_pasted_with_its_address() {
    let browser = Browser::new();
    let text: Part = ("text", None, b"First line\r\nSecond line");
    let page = browser.added(&[text, ("url", None, b" https://ledger.example/a ")]);
    assert!(page.contains("First line Second line</a>"), "the ends of its lines are those of a file: {page}");
    assert!(page.contains("pasted text (https://ledger.example/a)"), "{page}");
    let token: Part = ("token", None, browser.token.as_bytes());
    let wrong = browser.post(&[token, text, ("url", None, b"javascript:alert(1)")]);
    assert!(wrong.starts_with("HTTP/1.1 400") && wrong.contains("begins with http://"), "{wrong}");
    let nothing = browser.post(&[token, ("text", None, b" ")]);
    assert!(nothing.starts_with("HTTP/1.1 400") && nothing.contains("Nothing was chosen"), "{nothing}");
}

#[test]
fn only_our_own_form_is_taken_and_its_word_comes_first() {
    let browser = Browser::new();
    let file: Part = ("pages", Some("a.html"), b"page");
    let token: Part = ("token", None, browser.token.as_bytes());
    for parts in [&[file][..], &[("token", None, b"guessed"), file], &[file, token]] {
        let answer = browser.post(parts);
        assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("not from a page of this server"), "{answer}");
    }
    let stranger = Browser { cookie: String::new(), token: browser.token.clone(), dir: PathBuf::new(), ..browser };
    assert!(stranger.post(&[("token", None, stranger.token.as_bytes()), file]).starts_with("HTTP/1.1 403"));
    assert!(stranger.get("/add/1").starts_with("HTTP/1.1 404"), "nothing was begun");
}

#[test]
fn one_writes_at_a_time_and_the_other_is_named() {
    let browser = Browser::new();
    let token: Part = ("token", None, browser.token.as_bytes());
    let writer = Library::open(&browser.dir, Mode::Write).expect("a writer");
    let refused = browser.post(&[token, ("pages", Some("a.html"), b"page")]);
    assert!(refused.starts_with("HTTP/1.1 409"), "{refused}");
    assert!(refused.contains(&format!("process {}", std::process::id())), "who writes is named: {refused}");
    drop(writer);

    assert!(browser.post(&[token, ("pages", Some("a.html"), b"slow")]).starts_with("HTTP/1.1 303"));
    let meanwhile = browser.get("/add/1");
    assert!(meanwhile.contains("refresh: 2") && meanwhile.contains("Adding pages"), "{meanwhile}");
    let second = browser.post(&[token, ("pages", Some("b.html"), b"page")]);
    assert!(second.starts_with("HTTP/1.1 409") && second.contains("still being added"), "{second}");
    std::fs::write(browser.dir.join("go-on"), "").expect("it may end");
    while browser.get("/add/1").contains("refresh: 2") {
        std::thread::sleep(Duration::from_millis(5));
    }
    // what comes between the question and the run is told on its page
    let page = browser.added(&[("pages", Some("a.html"), b"busy")]);
    assert!(page.contains("another dateline is writing"), "{page}");
    let page = browser.added(&[("pages", Some("a.html"), b"panic")]);
    assert!(page.contains("a fault in this program"), "{page}");
}

#[test]
fn what_is_too_large_is_refused_in_words() {
    let browser = Browser::new();
    let long = vec![b'x'; 5000];
    let token: Part = ("token", None, browser.token.as_bytes());
    assert!(browser.post(&[("token", None, &long)]).starts_with("HTTP/1.1 400"));
    assert!(browser.post(&[token, ("url", None, &long)]).starts_with("HTTP/1.1 400"));
    let large = vec![b'x'; (20 << 20) + 1];
    let answer = browser.post(&[token, ("text", None, &large)]);
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("larger than 20 MB"), "{:.900}", answer);
    let many: Vec<Part> = vec![("pages", Some("a.txt"), b"none"); 301];
    let page = browser.added(&many);
    assert!(page.contains("more than 300 files at once"), "{page}");
    let whole = form(&[token, ("pages", Some("a.html"), b"page")]);
    let cut = &whole[..whole.len() - 12];
    let head = format!(
        "POST /add HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: {}",
        cut.len()
    );
    let answer = browser.send(&head, cut);
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("did not arrive whole"), "{answer}");
    let other = "POST /add HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3";
    assert!(browser.send(other, b"a=b").starts_with("HTTP/1.1 400"));
}

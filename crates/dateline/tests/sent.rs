//! Pages sent to a running `dateline serve` come into the library as `dateline add` brings them.

mod support;

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use support::{dateline, examples, run};

struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(dir: &Path) -> Served {
        let mut command = dateline(&["serve", "--port", "0", "--library", &dir.to_string_lossy()]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
        let address = line.strip_prefix("http://").and_then(|l| l.split('/').next()).expect("an address").to_owned();
        Served { child, address }
    }

    fn ask(&self, head: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server answers");
        let head = format!("{head}\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends files and fields; the page that tells what became of them.
    fn send(&self, files: &[PathBuf], fields: &[(&str, &str)]) -> String {
        let page = self.ask("GET /add HTTP/1.1", b"");
        let cookie = between(&page, "set-cookie: ", ";");
        let token = between(&page, "name=\"token\" value=\"", "\"");
        let mut body = Vec::new();
        let mut part = |head: String, bytes: &[u8]| {
            body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in [&[("token", token)], fields].concat() {
            part(format!("name=\"{name}\""), value.as_bytes());
        }
        for file in files {
            let name = file.file_name().expect("a name").to_string_lossy();
            part(format!("name=\"pages\"; filename=\"{name}\""), &std::fs::read(file).expect("a file"));
        }
        body.extend_from_slice(b"--edge--\r\n");
        let head = format!(
            "POST /add HTTP/1.1\r\nCookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=edge\r\n\
             Content-Length: {}",
            body.len()
        );
        let answer = self.ask(&head, &body);
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        let to = between(&answer, "location: ", "\r\n");
        let began = Instant::now();
        loop {
            let page = self.ask(&format!("GET {to} HTTP/1.1"), b"");
            if !page.contains("refresh: 2") {
                return page;
            }
            assert!(began.elapsed() < Duration::from_secs(120), "it does not end: {page}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} stands in {text}")).1;
    rest.split_once(after).expect("it ends").0
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut inside: Vec<PathBuf> = std::fs::read_dir(dir).expect("a folder").map(|e| e.expect("it").path()).collect();
    inside.sort();
    for path in inside {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn stories(dir: &Path) -> String {
    let out = run(&["stories", "--json", "--library", &dir.to_string_lossy()]);
    assert!(out.status.success(), "{out:?}");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn sent_pages_become_the_same_stories_as_added_ones() {
    let home = tempfile::tempdir().expect("a folder");
    let (added, sent) = (home.path().join("added"), home.path().join("sent"));
    let pages = examples().join("pages");
    assert!(run(&["add", "--library", &added.to_string_lossy(), &pages.to_string_lossy()]).status.success());
    let _ = run(&["add", "--library", &sent.to_string_lossy(), &examples().join("bad/empty.html").to_string_lossy()]);
    let served = Served::start(&sent);
    let mut all = Vec::new();
    files(&pages, &mut all);
    let page = served.send(&all, &[]);
    assert!(page.contains(" added · 0 the same as before · 0 failed"), "{page}");
    assert_eq!(stories(&sent), stories(&added));
    let again = served.send(&all, &[]);
    assert!(again.contains(">0 added · "), "a second time adds nothing: {again}");

    let lines = home.path().join("two.jsonl");
    let text = "The harbour board of Testburg voted on Tuesday to keep the swing bridge open, its chair said.";
    std::fs::write(&lines, format!("{{\"id\":\"one\",\"text\":\"{text}\"}}\nnot json\n")).expect("written");
    let packed = home.path().join("two.jsonl.gz");
    let mut pack = GzEncoder::new(std::fs::File::create(&packed).expect("a file"), Compression::fast());
    writeln!(pack, "{{\"id\":\"packed\",\"text\":\"{text} It rained.\"}}")
        .and_then(|()| pack.finish())
        .expect("written");
    let page = served.send(&[packed], &[]);
    assert!(page.contains("1 added · 0 the same as before · 0 failed"), "{page}");
    let page = served.send(&[lines, examples().join("bad/empty.html")], &[]);
    assert!(page.contains("1 added · 0 the same as before · 2 failed"), "{page}");
    assert!(page.contains("line 2: ") && page.contains("the file is empty"), "{page}");

    let pasted = format!("Testburg keeps its bridge open\n\n{text} Two members voted against it on Tuesday.\n");
    let page = served.send(&[], &[("text", &pasted), ("url", "https://ledger.example/bridge")]);
    assert!(page.contains("1 added") && page.contains("pasted text (https://ledger.example/bridge)"), "{page}");
    let id = between(&page, "href=\"/article/", "\"");
    let article = served.ask(&format!("GET /article/{id} HTTP/1.1"), b"");
    assert!(article.contains("https://ledger.example/bridge") && article.contains("its story"), "{article}");
}

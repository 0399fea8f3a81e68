//! A library with a password: nothing of it is shown before the password was given, and other machines are not
//! answered without one.

use dateline_store::{Library, Mode};
use dateline_web::{Hands, Listening, password};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc;

const HANDS: Hands = Hands { clock: String::new, add: |_, _, _, _| Ok(()) };

fn served(dir: &Path) -> SocketAddr {
    let reader = Library::open(dir, Mode::Read).expect("a reader");
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || dateline_web::serve(reader, Listening::here(0), HANDS, |a| tell.send(a).expect("told")));
    told.recv().expect("the server is ready")
}

/// The answer to a request; `form` is sent where there is one.
fn ask(address: SocketAddr, path: &str, cookie: &str, form: Option<&str>) -> String {
    let mut stream = TcpStream::connect(address).expect("the server answers");
    let method = if form.is_some() { "POST" } else { "GET" };
    let form = form.unwrap_or_default();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} stands in {text}")).1;
    rest.split_once(after).expect("it ends").0
}

#[test]
fn nothing_is_shown_before_the_password_was_given() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(Library::create(dir.path()).expect("a library"));
    password::set(dir.path(), "a grey harbour").expect("a password");
    let address = served(dir.path());
    for path in ["/", "/search?q=a", "/story/s1", "/capture/1", "/nowhere"] {
        let answer = ask(address, path, "", None);
        assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("/login?to=%2F"), "{path}: {answer}");
    }
    assert!(ask(address, "/api/v1/counts", "", None).starts_with("HTTP/1.1 401"));
    assert!(ask(address, "/assets/site.css", "", None).starts_with("HTTP/1.1 200"));

    let page = ask(address, "/login?to=%2Fsearch%3Fq%3Da", "", None);
    assert!(page.starts_with("HTTP/1.1 200") && !page.contains(&*dir.path().to_string_lossy()), "{page}");
    let hand = format!("dateline-hand={}", between(&page, "dateline-hand=", ";"));
    let token = between(&page, "name=\"token\" value=\"", "\"");
    let form = |password: &str| format!("token={token}&to=%2Fsearch%3Fq%3Da&password={password}");
    assert!(ask(address, "/login", "", Some(&form("a+grey+harbour"))).starts_with("HTTP/1.1 403"), "no cookie of ours");
    let wrong = ask(address, "/login", &hand, Some(&form("a+red+harbour")));
    assert!(wrong.starts_with("HTTP/1.1 403") && wrong.contains("not the password"), "{wrong}");
    let right = ask(address, "/login", &hand, Some(&form("a+grey+harbour")));
    assert!(right.starts_with("HTTP/1.1 303") && right.contains("location: /search?q=a"), "{right}");
    let cookie = between(&right, "set-cookie: ", "\r\n");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let session = format!("{hand}; {}", between(&right, "set-cookie: ", ";"));
    let inside = ask(address, "/search?q=a", &session, None);
    assert!(inside.starts_with("HTTP/1.1 200") && inside.contains("action=\"/logout\""), "{inside}");
    assert!(ask(address, "/logout", &session, Some(&format!("token={token}"))).starts_with("HTTP/1.1 303"));
    assert!(ask(address, "/", &session, None).starts_with("HTTP/1.1 303"), "the word is forgotten");
}

#[test]
fn other_machines_are_not_answered_without_a_password() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(Library::create(dir.path()).expect("a library"));
    let reader = Library::open(dir.path(), Mode::Read).expect("a reader");
    let open = Listening { at: ([0, 0, 0, 0], 0).into(), names: Vec::new() };
    let refused = dateline_web::serve(reader, open, HANDS, |_| panic!("it must not listen"));
    let why = refused.expect_err("refused");
    assert!(why.kind() == ErrorKind::PermissionDenied && why.to_string().contains("dateline password"), "{why}");
}

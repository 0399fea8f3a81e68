//! The pages as a browser asks for them: what they answer, what they refuse, and that nothing of a page is ever markup.

use dateline_article::{Article, Based, Block, BlockKind};
use dateline_capture::{Capture, Payload, Source};
use dateline_reading::{Attribution, Confidence, Entity, Mention, NameKind, QuoteClass, QuoteKind, Reading};
use dateline_store::{Deciding, Library, Mode, Outcome, Stamp};
use dateline_story::Report;
use dateline_text::Span;
use dateline_web::{Hands, Listening};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{OnceLock, mpsc};

const TEXT: &str =
    "Port <b>shut</b>, mayor says\n\nMayor Petra Lindqvarn said the <script>alert(1)</script> gate was shut.";
const PAGE: &[u8] = b"<html><body><script>window.PWNED=1</script><p>The gate was shut.</p></body></html>";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn report(id: &str) -> Report {
    let (title, body) = (span("Port <b>shut</b>, mayor says"), span(&TEXT[30..]));
    let block = |kind, span: Span| Block { kind, span, capture: (0, PAGE.len()) };
    let mayor = Entity {
        name: "Petra Lindqvarn".to_owned(),
        kind: NameKind::Person,
        aliases: Vec::new(),
        role: Some("Mayor".to_owned()),
        role_span: None,
        place: None,
        key: "lindqvarn petra".to_owned(),
        gender: None,
    };
    let named = Mention { span: span("Petra Lindqvarn"), kind: NameKind::Person, entity: Some(0), rule: String::new() };
    let said = Attribution {
        source: vec![span("Mayor Petra Lindqvarn")],
        cue: vec![span("said")],
        content: vec![span("the <script>alert(1)</script> gate was shut")],
        kind: QuoteKind::Indirect,
        class: QuoteClass::Speech,
        speaker: Some(0),
        confidence: Confidence::High,
        rule: "test".to_owned(),
    };
    Report {
        id: id.to_owned(),
        source: Source::default(),
        article: Article {
            title: Some("Port <b>shut</b>, mayor says".to_owned()),
            published: Some(Based { value: "2026-03-01".to_owned(), basis: "meta".to_owned() }),
            text: TEXT.to_owned(),
            blocks: vec![block(BlockKind::Title, title), block(BlockKind::Paragraph, body)],
            ..Article::default()
        },
        reading: Reading {
            sentences: vec![title, body],
            mentions: vec![named],
            entities: vec![mayor],
            attributions: vec![said],
            ..Reading::default()
        },
    }
}

type Served = (SocketAddr, String, String);

/// One server for all tests of this file that say nothing else; the address, and the names of its article and story.
fn server() -> &'static Served {
    static SERVER: OnceLock<Served> = OnceLock::new();
    SERVER.get_or_init(|| started(|_, _| {}))
}

/// A server over a library with one article, in which something is `kept` first.
fn started(kept: fn(&mut Library, &str)) -> Served {
    let dir = tempfile::tempdir().expect("a folder").keep();
    let mut library = Library::create(&dir).expect("a library");
    let page = Capture::new(PAGE.to_vec(), Payload::Html, Source::default());
    let stamp = Stamp { now: "2026-03-02T08:00:00Z", version: "test" };
    let article = page.id.clone();
    let outcome = Outcome::Article(Box::new(report(&article)));
    library.add(&[(page, outcome)], &stamp).expect("the page is added");
    library.link("test").expect("the page is linked");
    let story = library.story_of(&article).expect("a story");
    kept(&mut library, &story);
    drop(library);
    let reader = Library::open(&dir, Mode::Read).expect("a reader");
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        dateline_web::serve(
            reader,
            Listening::here(0),
            Hands { clock: || "2026-03-03T08:00:00Z".to_owned(), add: |_, _, _, _| Ok(()) },
            |address| tell.send(address).expect("told"),
        )
    });
    (told.recv().expect("the server is ready"), article, story)
}

fn ask(path: &str, host: &str) -> String {
    asked_of(server().0, path, host)
}

fn asked_of(address: SocketAddr, path: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server answers");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(path: &str) -> String {
    ask(path, "127.0.0.1")
}

#[test]
fn every_page_is_whole_and_loads_only_what_is_ours() {
    let (_, article, story) = server();
    let pages = [
        "/".to_owned(),
        format!("/story/{story}"),
        format!("/article/{article}"),
        "/who?name=lindqvarn".to_owned(),
        "/who?key=lindqvarn%20petra".to_owned(),
        "/who?name=nobody&said=18446744073709551615&spoken=18446744073709551615".to_owned(),
        "/place?name=Riga&page=18446744073709551615".to_owned(),
        "/search?q=gate".to_owned(),
    ];
    let mut nonces = std::collections::BTreeSet::new();
    for page in pages {
        let answer = get(&page);
        assert!(answer.starts_with("HTTP/1.1 200"), "{page}: {answer}");
        let nonce = between(&answer, "script-src 'nonce-", "'").to_owned();
        assert!(nonces.insert(nonce.clone()), "{page}: each answer has a nonce of its own");
        assert!(answer.contains("default-src 'none'; style-src 'self'"), "{page} has the policy");
        let script = format!("nonce=\"{nonce}\" defer></script>");
        assert!(answer.contains("</html>") && answer.contains(&script), "{page}: {answer}");
        assert_eq!(answer.matches("<script").count(), 1, "{page}: {answer}");
        assert!(!answer.contains("<b>shut</b>"), "{page} shows the page's words as text: {answer}");
        assert!(!answer.contains("http://") && !answer.contains("https://"), "{page} points elsewhere: {answer}");
    }
}

#[test]
fn a_note_leads_to_its_words() {
    let (_, article, story) = server();
    let told = get(&format!("/story/{story}"));
    let link = format!("/article/{article}?at=");
    let at = told.find(&link).expect("the story links into the article");
    let path: String = told[at..].chars().take_while(|c| *c != '"').collect();
    let (address, anchor) = path.split_once('#').expect("the link names a place");
    assert!(get(address).contains(&format!("id=\"{anchor}\"")), "{address} marks {anchor}");
}

#[test]
fn words_are_gone_to_where_the_address_lost_its_anchor() {
    let (_, article, _) = server();
    let start = TEXT.find("gate was shut").expect("the words stand in the text");
    let told = get(&format!("/article/{article}?at={start}-{}", start + 13));
    let open = format!("id=\"p1-{start}\" class=\"now\" tabindex=\"-1\" autofocus");
    assert_eq!(told.matches(&open).count(), 1, "{told}");
    assert!(!get(&format!("/article/{article}")).contains("autofocus"), "nothing is gone to unasked");
}

#[test]
fn a_list_of_a_story_has_a_page_of_its_own() {
    let (_, article, story) = server();
    let told = get(&format!("/story/{story}?part=articles"));
    assert!(told.contains(&format!("href=\"/article/{article}\"")) && told.contains("The whole story"), "{told}");
    assert!(!told.contains("id=\"who\"") && !told.contains("id=\"hand\""), "the other parts are left out: {told}");
    let beyond = get(&format!("/story/{story}?part=articles&from=60"));
    assert!(beyond.contains("1 articles") && !beyond.contains(&format!("href=\"/article/{article}\"")), "{beyond}");
}

#[test]
fn a_storyline_tells_what_is_new_since_a_day() {
    let stories = json(&get("/api/v1/stories"));
    let storyline = stories["items"][0]["storyline"].as_str().expect("a storyline");
    let since = get(&format!("/storyline/{storyline}?since=2026-03-01"));
    assert!(since.contains("New since 1 March 2026") && since.contains("<h2>New speakers</h2>"), "{since}");
    assert!(get(&format!("/storyline/{storyline}?since=Tuesday")).starts_with("HTTP/1.1 400"));
}

#[test]
fn a_search_is_narrowed_by_links_that_hold_all_of_it() {
    let answer = get("/search?q=gate%20OR%20nothing&sort=newest");
    assert!(answer.contains("1 article found"), "{answer}");
    let narrow = "/search?q=%28gate%20OR%20nothing%29%20";
    assert!(answer.contains(narrow) && answer.contains("&#38;sort=newest"), "{answer}");
    let undated = get(&format!("{narrow}date%3Anone"));
    assert!(undated.contains("article found") || undated.contains("articles found"), "{undated}");
}

#[test]
fn a_capture_is_kept_apart() {
    let (_, article, _) = server();
    let around = get(&format!("/capture/{article}"));
    assert!(around.contains(&format!("<iframe sandbox src=\"/capture/{article}/page\"")), "{around}");
    let answer = get(&format!("/capture/{article}/page"));
    assert!(answer.contains("content-security-policy: sandbox; default-src 'none'"), "{answer}");
    assert!(answer.contains("x-frame-options: SAMEORIGIN") && !answer.contains("nonce-"), "{answer}");
    assert!(answer.contains("window.PWNED=1"), "the page as it was saved: {answer}");
}

#[test]
fn words_are_marked_in_the_page_as_it_was_saved() {
    let (_, article, _) = server();
    let start = TEXT.find("gate was shut").expect("the words stand in the text");
    let beside = get(&format!("/article/{article}?at={start}-{}&saved=1", start + 13));
    let path = between(&beside, "<iframe sandbox src=\"", "\"").replace("&#38;", "&");
    let (path, anchor) = path.split_once('#').expect("it leads to the words");
    let answer = get(path);
    let marked = between(&answer, &format!("id=\"{anchor}\">"), "</mark>");
    assert_eq!(marked, "gate was shut", "{answer}");
}

#[test]
fn what_is_not_there_is_said() {
    assert!(get("/story/s0000").starts_with("HTTP/1.1 404"));
    assert!(get("/article/ffff").starts_with("HTTP/1.1 404"));
    assert!(get("/nowhere").starts_with("HTTP/1.1 404"));
    let wrong = get("/search?q=gate%20(shut");
    assert!(wrong.contains("role=\"alert\"") && wrong.contains("gate <mark>(</mark>shut"), "{wrong}");
}

#[test]
fn foreign_hosts_are_refused() {
    assert!(ask("/", "evil.example").starts_with("HTTP/1.1 421"));
}

#[test]
fn a_person_has_words_offices_and_stories() {
    let page = get("/who?name=petra%20lindqvarn");
    assert!(page.contains("<h1>Petra Lindqvarn</h1>") && page.contains("person · 1 article · 1 saying"), "{page}");
    assert!(
        page.contains("<li>Mayor <span") && page.contains("id=\"said\"") && page.contains("id=\"stories\""),
        "{page}"
    );
    assert!(get("/who?name=Nobody").contains("No article of the library names anyone so"));
    assert!(get("/place?name=Nowhere").contains("No article of the library names a place so"));
}

#[test]
fn names_are_decided_by_our_own_forms_alone() {
    let (address, ..) = server();
    let page = get("/who?name=petra%20lindqvarn");
    let cookie = format!("dateline-hand={}", between(&page, "dateline-hand=", ";"));
    let story = get(&format!("/story/{}", server().2));
    let token = between(&story, "name=\"token\" value=\"", "\"");
    let here = format!("http://{address}");
    let other = "what=other&key=lindqvarn%20petra&other=lindqvarn%20petra";
    assert!(post("/who/decide", other, &cookie, &here).starts_with("HTTP/1.1 403"));
    let unknown = format!("what=same&key=lindqvarn%20petra&other=nobody&token={token}");
    assert!(post("/who/decide", &unknown, &cookie, &here).starts_with("HTTP/1.1 404"));
    let dance = format!("what=dance&key=lindqvarn%20petra&other=x&token={token}");
    assert!(post("/who/decide", &dance, &cookie, &here).starts_with("HTTP/1.1 403"));
}

#[test]
fn today_is_narrowed_by_what_stands_in_the_address() {
    let page = get("/?about=gate&since=2026-02&sort=newest");
    assert!(page.contains("1 story fits") && page.contains("<ol class=\"stories\">"), "{page}");
    assert!(
        page.contains("href=\"/?about=gate&#38;sort=newest\" aria-label=\"Without since February 2026\""),
        "{page}"
    );
    let unknown = get("/?watch=nothing");
    assert!(unknown.contains("role=\"alert\"") && unknown.contains("watch"), "{unknown}");
    assert!(get("/?outlet=Nobody").contains("No story fits"));
    let wrong = get("/?about=%28gate");
    assert!(wrong.starts_with("HTTP/1.1 200") && wrong.contains("role=\"alert\""), "{wrong}");
}

#[test]
fn what_was_seen_is_kept_in_the_browser_alone() {
    let (address, article, _) = server();
    let page = get("/");
    let cookie = format!("dateline-hand={}", between(&page, "dateline-hand=", ";"));
    let (token, last) =
        (between(&page, "name=\"token\" value=\"", "\""), between(&page, "name=\"last\" value=\"", "\""));
    assert_eq!(last, article);
    let here = format!("http://{address}");
    let answer = post("/seen", &format!("last={last}&back=%2F%3Fabout%3Dgate&token={token}"), &cookie, &here);
    assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("location: /?about=gate"), "{answer}");
    assert!(answer.contains(&format!("dateline-seen={last}; Path=/")), "{answer}");
    let away = post("/seen", &format!("last={last}&back=%2F%2Fevil.example&token={token}"), &cookie, &here);
    assert!(away.contains("location: /\r\n"), "{away}");
    assert!(post("/seen", &format!("last={last}&back=%2F&token=x"), &cookie, &here).starts_with("HTTP/1.1 403"));
}

/// Sends a form; `cookie` and `origin` as the browser would.
fn post(path: &str, body: &str, cookie: &str, origin: &str) -> String {
    let (address, ..) = server();
    let mut stream = TcpStream::connect(address).expect("the server answers");
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: {origin}\r\nCookie: {cookie}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

/// What stands between two marks.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).expect("the mark stands there").1;
    rest.split_once(after).expect("it ends").0
}

#[test]
fn a_story_is_corrected_by_our_own_forms_alone() {
    let (address, _, story) = server();
    let page = get(&format!("/story/{story}?since=2026-02"));
    assert!(page.contains("New since"), "{page}");
    assert!(page.to_lowercase().contains("samesite=strict"), "{page}");
    let cookie = between(&page, "dateline-hand=", ";").to_owned();
    let token = between(&page, "name=\"token\" value=\"", "\"").to_owned();
    let (path, cookie) = (format!("/story/{story}/decide"), format!("dateline-hand={cookie}"));
    let rename = format!("what=rename&title=The+%3Cb%3Egate%3C%2Fb%3E&by=desk&token={token}");
    let here = format!("http://{address}");
    for (body, cookie, origin) in [
        ("what=pin", cookie.as_str(), here.as_str()),
        (&rename, "", &here),
        (&rename, &cookie, "http://evil.example"),
        (&rename, &cookie, "null"),
        (&format!("what=dance&token={token}"), &cookie, &here),
    ] {
        assert!(post(&path, body, cookie, origin).starts_with("HTTP/1.1 403"), "{body} {cookie} {origin}");
    }
    assert!(get(&format!("/story/{story}")).contains("Nothing was decided"));
    assert!(post(&path, &rename, &cookie, &here).starts_with("HTTP/1.1 303"));
    let page = get(&format!("/story/{story}"));
    assert!(page.contains("The &#60;b&#62;gate") || page.contains("The &lt;b&gt;gate"), "{page}");
    assert!(page.contains("3 March 2026, desk"), "{page}");
    let wrong = format!("what=merge&other=s000&token={token}");
    assert!(post(&path, &wrong, &cookie, &here).starts_with("HTTP/1.1 404"));
    assert!(post(&path, &format!("what=undo&undoes=d1&token={token}"), &cookie, &here).starts_with("HTTP/1.1 303"));
    let page = get(&format!("/story/{story}"));
    assert!(page.contains("undone by d2") && page.contains("Bring back"), "{page}");
    assert!(page.contains("<h1>Port &#60;b&#62;shut"), "{page}");
    let back = between(&page, "name=\"undoes\" value=\"", "\"");
    assert!(post(&path, &format!("what=undo&undoes={back}&token={token}"), &cookie, &here).starts_with("HTTP/1.1 303"));
    assert!(get(&format!("/story/{story}")).contains("<h1>The &#60;b&#62;gate"));
}

/// The JSON of an answer.
fn json(answer: &str) -> serde_json::Value {
    let body = answer.split_once("\r\n\r\n").expect("a body").1;
    let body = if body.starts_with('{') { body } else { body.split_once("\r\n").map_or(body, |(_, b)| b) };
    let mut values = serde_json::Deserializer::from_str(body).into_iter();
    values.next().expect("a value").expect("JSON")
}

#[test]
fn every_question_of_the_document_is_answered_in_the_shape_it_gives() {
    let (address, article, story) = &started(|library, story| {
        let deciding = Deciding { at: "2026-03-02T09:00:00Z", ..Deciding::default() };
        library.decide(library.watching("Gate", "gate").expect("a query"), &deciding).expect("decided");
        library.decide(library.brief_begun("Kept").expect("a brief"), &deciding).expect("decided");
        library.decide(library.brief_put("b2", story).expect("put"), &deciding).expect("decided");
        library.settle().expect("settled");
    });
    let get = |path: &str| asked_of(*address, path, "127.0.0.1");
    let stories = json(&get("/api/v1/stories"));
    let storyline = stories["items"][0]["storyline"].as_str().expect("a storyline");
    let document = json(&get("/api/openapi.json"));
    let schemas = &document["components"]["schemas"];
    for (path, ways) in document["paths"].as_object().expect("paths") {
        let way = &ways["get"];
        let parameters = way["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let query: Vec<String> = parameters
            .iter()
            .filter(|p| p["in"] == "query")
            .filter_map(|p| match p["name"].as_str()? {
                "q" => Some("q=gate".to_owned()),
                "name" => Some("name=lindqvarn".to_owned()),
                "about" => Some("about=gate".to_owned()),
                "limit" | "facets" => Some(format!("{}=3", p["name"].as_str()?)),
                _ => None,
            })
            .collect();
        let id = match path {
            p if p.contains("storylines") => storyline,
            p if p.contains("stories") => story,
            p if p.contains("briefs") => "b2",
            _ => article,
        };
        let path = path.replace("{id}", id).replace("{key}", "lindqvarn%20petra").replace("{name}", "Gate");
        let asked = format!("{path}?{}", query.join("&"));
        let answer = get(&asked);
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("application/json"), "{asked}: {answer}");
        let schema =
            way["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].as_str().expect("a shape");
        fits(&json(&answer), schema, schemas, &asked);
    }
}

/// Whether a value has all fields that its shape wants and none that it does not name.
fn fits(value: &serde_json::Value, schema: &str, schemas: &serde_json::Value, asked: &str) {
    let shape = &schemas[schema.rsplit('/').next().expect("a name")];
    let known = shape["properties"].as_object().expect("fields");
    for name in shape["required"].as_array().expect("what is wanted") {
        assert!(value.get(name.as_str().expect("a name")).is_some(), "{asked} lacks {name}: {value}");
    }
    for (name, inside) in value.as_object().expect("an object") {
        let field = known.get(name).unwrap_or_else(|| panic!("{asked}: {name} is not described"));
        for item in inside.as_array().map(Vec::as_slice).unwrap_or_default() {
            if let Some(schema) = field["items"]["$ref"].as_str() {
                fits(item, schema, schemas, asked);
            }
        }
    }
}

#[test]
fn questions_that_have_no_answer_say_why() {
    for (path, status, words) in [
        ("/api/v1/stories/s0000", "404", "s0000"),
        ("/api/v1/articles/ffff", "404", "ffff"),
        ("/api/v1/search?q=gate%20(shut", "400", "\"position\":5"),
        ("/api/v1/search", "400", "q="),
        ("/api/v1/search?q=gate&sort=loudest", "400", "loudest"),
        ("/api/v1/stories?order=newest", "400", "order"),
        ("/api/v1/stories?limit=many", "400", "limit"),
        ("/api/v1/stories?cursor=9.s0000", "400", "begin without one"),
        ("/api/v1/who", "400", "name="),
        ("/api/v1/figures", "400", "about="),
        ("/api/v1/nothing", "404", "/api lists them"),
    ] {
        let answer = get(path);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
        assert!(answer.contains("application/problem+json") && answer.contains(words), "{path}: {answer}");
    }
    let (address, ..) = server();
    let posted = post("/api/v1/counts", "", "", &format!("http://{address}"));
    assert!(posted.starts_with("HTTP/1.1 405") && posted.contains("application/problem+json"), "{posted}");
}

#[test]
fn the_page_of_the_api_shows_the_document() {
    let page = get("/api");
    assert!(page.contains("GET /api/v1/stories/{id}") && page.contains("id=\"StoryInFull\""), "{page}");
    assert!(page.contains("/api/v1/search?q=harbour%20NOT%20title%3Aferry"), "{page}");
}

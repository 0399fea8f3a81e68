//! Feeds as they are in the wild, each with one thing that a strict parser stumbles over: no item is lost that a
//! person can read.

use dateline_capture::{Capture, Limits, read};

/// What is wrong, the file's name, its bytes, and the items in it as "title | day | author | text".
type Case = (&'static str, &'static str, Vec<u8>, &'static [&'static str]);

const DAY: &str = "<pubDate>Tue, 05 Mar 2024 18:20:00 +0100</pubDate>";

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Pier Post</title>{items}</channel></rss>"
    )
}

fn item(title: &str, rest: &str) -> String {
    format!("<item><title>{title}</title><link>https://pier.test/{}</link>{rest}</item>", title.len())
}

fn both(first: &str) -> Vec<u8> {
    rss(&format!("{first}{}", item("Second", DAY))).into_bytes()
}

const PLAIN: &[&str] = &["First | 2024-03-05T18:20:00+01:00 |  | First", SECOND];
const SECOND: &str = "Second | 2024-03-05T18:20:00+01:00 |  | Second";

fn cases() -> Vec<Case> {
    let first = |rest: &str| both(&item("First", rest));
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    vec![
        ("nothing", "feed.xml", first(DAY), PLAIN),
        ("a bare ampersand", "feed.xml", both(&item("Fish & Chips", DAY)), &["Fish & Chips | 2024-03-05T18:20:00+01:00 |  | Fish & Chips", SECOND]),
        ("entities of HTML", "feed.xml", both(&item("&bdquo;Anker&ldquo;&nbsp;shut &ndash; again", DAY)), &["„Anker“ shut – again | 2024-03-05T18:20:00+01:00 |  | „Anker“ shut – again", SECOND]),
        ("prefixes that nobody declared", "feed.xml", first(&format!("{DAY}<dc:creator>Ada Holm</dc:creator><media:thumbnail url='x'/>")), &["First | 2024-03-05T18:20:00+01:00 | Ada Holm | First", SECOND]),
        ("blanks before the declaration", "feed.xml", [b"\r\n\t ".to_vec(), first(DAY)].concat(), PLAIN),
        ("a byte order mark", "feed.xml", [b"\xef\xbb\xbf".to_vec(), first(DAY)].concat(), PLAIN),
        ("an end that is missing", "feed.xml", { let mut f = first(DAY); f.truncate(f.len() - 40); f }, &["First | 2024-03-05T18:20:00+01:00 |  | First", "Second |  |  | Second"]),
        ("a day by ISO 8601", "feed.xml", first("<pubDate>2024-03-05T18:20:00+01:00</pubDate>"), PLAIN),
        ("a day in words", "feed.xml", first("<pubDate>March 5, 2024 6:20 PM</pubDate>"), &["First | March 5, 2024 6:20 PM |  | First", SECOND]),
        ("a wrong day of the week", "feed.xml", first("<pubDate>Sun, 05 Mar 2024 18:20:00 +0100</pubDate>"), PLAIN),
        ("a day in another language", "feed.xml", first("<pubDate>wt., 5 marca 2024 18:20:00 +0100</pubDate>"), PLAIN),
        ("a zone by its name", "feed.xml", first("<pubDate>Tue, 05 Mar 2024 18:20:00 CET</pubDate>"), PLAIN),
        ("no title of its own", "feed.xml", b"<rss version='2.0'><channel><item><title>First</title></item></channel></rss>".to_vec(), &["First |  |  | First"]),
        ("HTML that was not escaped", "feed.xml", first(&format!("{DAY}<description><p>Shut <b>again</b><br>today</p></description>")), &["First | 2024-03-05T18:20:00+01:00 |  | <p>Shut <b>again</b><br>today</p>", SECOND]),
        ("control characters", "feed.xml", both(&item("Fi\u{8}rst", DAY)), PLAIN),
        ("another encoding, declared", "feed.xml", { let f = rss(&item("Мост закрыт", "")).replace("UTF-8", "koi8-r"); encoding_rs::KOI8_R.encode(&f).0.into_owned() }, &["Мост закрыт |  |  | Мост закрыт"]),
        ("another encoding, declared as UTF-8", "feed.xml", latin(&rss(&item("Caf\u{e9} shut \u{2014} M\u{fc}ller\u{2019}s", DAY))), &["Café shut — Müller’s | 2024-03-05T18:20:00+01:00 |  | Café shut — Müller’s"]),
        ("another encoding, not declared", "feed.xml", latin(&rss(&item("Caf\u{e9} shut", "")).replace(" encoding=\"UTF-8\"", "")), &["Café shut |  |  | Café shut"]),
        ("a tag that is never closed", "feed.xml", rss(&format!("<item><title>First</tite>{DAY}</item>{}", item("Second", DAY))).into_bytes(), PLAIN),
        ("an item that is never closed", "feed.xml", rss(&format!("<item><title>First</title>{DAY}{}", item("Second", DAY))).into_bytes(), PLAIN),
        ("the whole text beside a summary", "feed.xml", first(&format!("{DAY}<description>Shut.</description><content:encoded><![CDATA[<p>Shut until Monday.</p>]]></content:encoded>")), &["First | 2024-03-05T18:20:00+01:00 |  | <p>Shut until Monday.</p>", SECOND]),
        ("a year of two digits", "feed.xml", first("<pubDate>Tue, 05 Mar 24 18:20:00 +0100</pubDate>"), PLAIN),
        ("names in capitals", "feed.xml", b"<RSS><CHANNEL><ITEM><TITLE>First</TITLE><PUBDATE>2024-03-05</PUBDATE></ITEM></CHANNEL></RSS>".to_vec(), &["First | 2024-03-05 |  | First"]),
        ("a page around it", "feed", [b"<!-- cached -->\n".to_vec(), first(DAY)].concat(), PLAIN),
        ("RDF", "feed.rdf", b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'><title>Pier Post</title><items><rdf:Seq><rdf:li resource='y'/></rdf:Seq></items></channel><item rdf:about='y'><title>First</title><dc:date>2024-03-05T18:20:00+01:00</dc:date></item><item><title>Second</title><dc:date>2024-03-05T18:20:00+01:00</dc:date></item></rdf:RDF>".to_vec(), PLAIN),
        ("Atom", "feed.atom", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>&lt;b>First&lt;/b></title><updated>2024-03-05T18:20:00+01:00</updated><author><name>Ada Holm</name></author><summary>Short</summary></entry></feed>".to_vec(), &["First | 2024-03-05T18:20:00+01:00 | Ada Holm | Short"]),
        ("Atom under a prefix of its own", "feed.xml", b"<?xml version='1.0'?><a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Pier Post</a:title><a:entry><a:title>First</a:title><a:updated>2024-03-05T18:20:00+01:00</a:updated><a:author><a:name>Ada Holm</a:name></a:author><a:summary>Short</a:summary></a:entry></a:feed>".to_vec(), &["First | 2024-03-05T18:20:00+01:00 | Ada Holm | Short"]),
        ("JSON", "feed.json", br#"{"version": "https://jsonfeed.org/version/1", "title": "Pier Post", "items": [{"id": "1", "title": "First", "date_published": "2024-03-05T18:20:00+01:00", "author": {"name": "Ada Holm"}, "content_text": "Shut."}]}"#.to_vec(), &["First | 2024-03-05T18:20:00+01:00 | Ada Holm | Shut."]),
    ]
}

fn told(capture: &Capture) -> String {
    let given = &capture.given;
    let text = String::from_utf8_lossy(&capture.bytes);
    let (title, day) = (given.title.as_deref().unwrap_or(""), given.published.as_deref().unwrap_or(""));
    format!("{title} | {day} | {} | {text}", given.bylines.join(", "))
}

#[test]
fn no_item_is_lost_that_a_person_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (what, name, bytes, want) in cases() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let found: Vec<String> =
            read(&path, &Limits::default()).map(|r| r.map_or_else(|e| e.to_string(), |c| told(&c))).collect();
        if found != want {
            wrong.push(format!("{what}:\n  got  {found:?}\n  want {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

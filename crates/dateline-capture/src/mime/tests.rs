use super::*;

/// A letter with both kinds of text; `top` are more header lines.
fn letter_of(top: &str, html: &str, plain: &str) -> String {
    format!(
        "From: =?utf-8?Q?The_Testburg_P=C3=B6st?= <news@post.test>\r\nTo: me@home.test\r\nMIME-Version: 1.0\r\n{top}\
         Content-Type: multipart/alternative; boundary=\"=_x\"\r\n\r\nThis is a message in parts.\r\n--=_x\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n--=_x\r\nContent-Type: text/html; charset=iso-8859-2\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{html}\r\n--=_x--\r\n"
    )
}

fn read(text: &str) -> Capture {
    assert!(is_message(text.as_bytes(), false), "{text}");
    let mut found = captures(text.as_bytes(), &Source::default());
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap()
}

#[test]
fn a_letter_gives_its_html_and_what_its_header_says() {
    let top = "Subject: Re: =?utf-8?B?SGFyYm91ciBzaHV0?=\r\nDate: Fri, 26 Jan 2024 10:06:00 +0200 (EET)\r\n";
    let c = read(&letter_of(top, "<p>=B3=F3d=BC w porcie, a=3D1 and more text</p>", "short"));
    assert_eq!((c.payload, c.source.charset.as_deref()), (Payload::Html, Some("iso-8859-2")));
    assert_eq!(c.bytes, b"<p>\xb3\xf3d\xbc w porcie, a=1 and more text</p>");
    assert_eq!(c.given.title.as_deref(), Some("Harbour shut"));
    assert_eq!(c.given.sender.as_deref(), Some("The Testburg Pöst"));
    assert_eq!(c.given.published.as_deref(), Some("2024-01-26T10:06:00+02:00"));
    assert_eq!(c.source.captured.as_deref(), Some("2024-01-26T10:06:00+02:00"));
    assert_eq!((c.given.outlet, c.source.url), (None, None));
}

#[test]
fn what_was_sent_on_has_another_sender_and_day() {
    let top = "Subject: WG: Fwd: Harbour: shut\r\nDate: Fri, 26 Jan 2024 10:06:00 +0200\r\n";
    let c = read(&letter_of(top, "<p>The harbour is shut until Monday.</p>", "x"));
    assert_eq!(c.given.title.as_deref(), Some("Harbour: shut"));
    assert_eq!((c.given.sender, c.given.published), (None, None));
    let inner = letter_of("Subject: Inner\r\n", "<p>The harbour is shut until Monday, said the office.</p>", "x");
    let outer = format!(
        "From: me@home.test\nSubject: FYI\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nSee.\n--o\n\
         Content-Type: message/rfc822\nContent-Disposition: attachment\n\n{inner}\n--o--\n"
    );
    let c = read(&outer);
    assert_eq!((c.given.title.as_deref(), c.given.sender.as_deref()), (Some("Inner"), Some("The Testburg Pöst")));
}

#[test]
fn plain_text_wins_where_it_says_more() {
    let plain = "The harbour office of Testburg said on Friday that the northern pier\nwould stay shut until the \
                 inspectors had seen the roof. ";
    let c = read(&letter_of("Subject: x\r\n", "<p>View in browser</p>", plain));
    assert_eq!((c.payload, c.source.media_type.as_deref()), (Payload::Text, Some("text/plain")));
    assert!(c.bytes.starts_with(b"The harbour office of Testburg said on Friday that the northern pier would stay"));
}

#[test]
fn a_saved_page_gives_its_root_its_address_and_its_time() {
    let page = |top: &str, first: &str| {
        format!(
            "From: <Saved by Blink>\r\n{top}Subject: =?utf-8?Q?x?=\r\nDate: Fri, 26 Jan 2024 10:06:00 -0000\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----M--b----\"\r\n\r\n\r\n\
             ------M--b----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n\
             Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {first}\r\n\r\n\
             <html><p class=3D\"a\">The harbour is sh=\r\nut.</p></html>\r\n------M--b----\r\nContent-Type: image/png\r\n\
             Content-Transfer-Encoding: base64\r\nContent-Location: https://post.test/p.png\r\n\r\niVBORw0KGgo=\r\n\
             ------M--b----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Location: https://post.test/second\r\n\r\nPHA+VHdv\r\n------M--b------\r\n"
        )
    };
    let c = read(&page("Snapshot-Content-Location: https://post.test/harbour\r\n", "https://post.test/harbour"));
    assert_eq!(c.bytes, b"<html><p class=\"a\">The harbour is shut.</p></html>");
    assert_eq!(c.source.url.as_deref(), Some("https://post.test/harbour"));
    assert_eq!(c.source.captured.as_deref(), Some("2024-01-26T10:06:00+00:00"));
    assert_eq!(c.given, Given::default());
    // The older form: no address in the header; and a header that names another part as the root.
    assert_eq!(read(&page("", "https://post.test/a")).source.url.as_deref(), Some("https://post.test/a"));
    assert_eq!(read(&page("Snapshot-Content-Location: https://post.test/second\r\n", "x")).bytes, b"<p>Two");
    assert_eq!(read(&page("", "file:///home/me/x.html")).source.url, None);
}

#[test]
fn a_mailbox_gives_all_its_letters() {
    let one = |n: u8| {
        format!(
            "From n@post.test Fri Jan 26 10:06:00 2024\nFrom: n@post.test (Post)\nSubject: Letter {n}\n\
             Message-ID: <{n}>\n\nThe harbour is shut.\nFrom here on nothing moves.\n\nFrom Monday on it does.\n\n"
        )
    };
    let all = format!("{}{}{}", one(1), one(2), one(3));
    assert!(is_message(all.as_bytes(), false));
    let found: Vec<Capture> = captures(all.as_bytes(), &Source::default()).into_iter().map(Result::unwrap).collect();
    let titles: Vec<_> = found.iter().filter_map(|c| c.given.title.as_deref()).collect();
    assert_eq!(titles, ["Letter 1", "Letter 2", "Letter 3"]);
    assert!(String::from_utf8_lossy(&found[2].bytes).contains("From Monday on it does."));
}

#[test]
fn text_that_only_looks_like_a_letter_is_text() {
    for text in [
        "Subject: the harbour\nDate: Friday\n\nIt is shut.",
        "Note: x\nThe harbour is shut.",
        "From our own correspondent\n\nThe harbour",
        "<html>",
        "",
        "From ",
    ] {
        assert!(!is_message(text.as_bytes(), false), "{text}");
    }
    assert!(is_message(b"Subject: x\nFrom: a@b.test\n\nIt is shut.", true));
}

#[test]
fn a_letter_without_text_is_told_as_such() {
    let text =
        "From: a@b.test\nMIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=";
    let found = captures(text.as_bytes(), &Source::default());
    assert!(found[0].as_ref().unwrap_err().to_string().contains("only attachments"));
}

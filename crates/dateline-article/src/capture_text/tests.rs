use super::*;
use crate::AsideKind;
use dateline_capture::{Payload, Source};

fn capture(text: &str) -> Capture {
    Capture::new(text.as_bytes().to_vec(), Payload::Text, Source::default())
}

fn found(text: &str) -> Article {
    article(&capture(text), &OutletLines::default()).unwrap()
}

fn body(article: &Article) -> Vec<&str> {
    article.blocks.iter().filter(|b| b.kind != BlockKind::Title).map(|b| b.span.of(&article.text)).collect()
}

fn asides(article: &Article, kind: AsideKind) -> Vec<&str> {
    article.asides.iter().filter(|a| a.kind == kind).map(|a| a.text.as_str()).collect()
}

const FERRIES: &str = "\
Skip to content
Home

Ferries to the islands stop for two days

by Ada Brook and The Harbour Post news desk January 26, 2024 10:06 AM 2 min read
Ferries lie in the harbour of Portville on Jan. 25, 2024. (Ben Ode/POOL via Getty Images)
This audio is created with AI assistance

All ferries from Portville to the islands were stopped on Jan. 26 because of the storm, the harbour master said.

About 1,200 people were waiting in the terminal, according to the port, and a further 300 had turned back on the road.

\"We will sail as soon as the wind allows it,\" said the harbour master, Cy Dahl. \"Nobody should drive here today.\"

What travellers should do

Tickets stay valid for a week, the company said in a statement on its page, and rooms were found for families.

Island school closes its doors for the last time
\"It was a good school,\" said the teacher, who had worked there for thirty years.
Support independent journalism on the coast. Join us today.

News Feed

9:50 PM

Bridge over the sound opens in May.

The bridge over the sound will open to cars in May, the county said on Feb. 3, after two years of work.
7:23 PM

New mayor takes office.

The new mayor of Portville took office on Monday and promised more buses for the outer districts of the town.

Editors' Picks

Enter your email to subscribe
* indicates required
";

#[test]
fn an_article_among_menus_boxes_and_feeds() {
    let a = found(FERRIES);
    assert_eq!(a.title.as_deref(), Some("Ferries to the islands stop for two days"));
    assert_eq!(a.bylines, ["Ada Brook", "The Harbour Post news desk"]);
    assert_eq!(a.outlet.as_deref(), Some("The Harbour Post"));
    let published = a.published.clone().unwrap();
    assert_eq!((published.value.as_str(), published.basis.as_str()), ("2024-01-26T10:06", "byline line"));
    assert_eq!(a.language.as_deref(), Some("en"));
    let body = body(&a);
    assert_eq!(body.len(), 5, "{body:#?}");
    assert!(body[0].starts_with("All ferries") && body[4].starts_with("Tickets stay"));
    assert_eq!(a.blocks[4].kind, BlockKind::Heading);
    assert!(a.text.starts_with("Ferries to the islands stop for two days\n\nAll ferries"));
}

#[test]
fn what_stands_beside_is_kept_by_kind() {
    let a = found(FERRIES);
    let captions: Vec<_> = a.asides.iter().filter(|x| x.kind == AsideKind::Caption).collect();
    assert_eq!(captions.len(), 1);
    assert_eq!(captions[0].date.as_deref(), Some("2024-01-25"));
    assert_eq!(asides(&a, AsideKind::FeedItem).len(), 2, "{:#?}", a.asides);
    assert!(asides(&a, AsideKind::Teaser).iter().any(|t| t.starts_with("Island school")));
    assert!(asides(&a, AsideKind::Promotion).iter().any(|t| t.contains("Support independent")));
    for aside in &a.asides {
        assert_eq!(&FERRIES[aside.capture.0..aside.capture.1], aside.text);
    }
}

#[test]
fn blocks_lead_back_to_the_bytes_in_order() {
    let a = found(FERRIES);
    let mut last = 0;
    for block in &a.blocks {
        assert_eq!(&FERRIES[block.capture.0..block.capture.1], block.span.of(&a.text));
        assert!(block.capture.0 >= last);
        last = block.capture.1;
    }
}

#[test]
fn a_signature_with_an_agency() {
    let text = "\
Harbour chief visits islands for first time

Ferries leave Portville harbour, Wednesday, April 19, 2023. (Ada Brook via AP)

The harbour chief visited the islands on Thursday for the first time since the storm closed the port last year.

He promised that the ferries would run every day, and that the old pier would be rebuilt before the summer ends.

– Ada Brook and Ben Ode, AP News

No Comments Yet

Leave a Reply

Your email address will not be published.

©2024 Harbour Wire. All Rights Reserved.
";
    let a = found(text);
    assert_eq!(a.bylines, ["Ada Brook", "Ben Ode"]);
    assert_eq!(a.wire.as_deref(), Some("AP"));
    assert_eq!(a.outlet.as_deref(), Some("Harbour Wire"));
    let published = a.published.clone().unwrap();
    assert_eq!((published.value.as_str(), published.basis.as_str()), ("2023-04-20", "text: photo caption + weekday"));
    assert_eq!(body(&a).len(), 2);
    assert!(asides(&a, AsideKind::Comment).iter().any(|t| t.contains("Leave a Reply")));
}

#[test]
fn a_page_that_names_no_date_gets_none() {
    let text = "\
Travel

Ferries to the islands stop for two days

The ferries to the islands were stopped because of the storm, the harbour master of Portville said in the morning.

As of August 13, the port had counted 74 ships, and the harbour master expects that the number will grow this year.

Share this article

Facebook Twitter
";
    let a = found(text);
    assert_eq!((a.published, a.bylines.len(), a.outlet), (None, 0, None));
    assert_eq!(a.title.as_deref(), Some("Ferries to the islands stop for two days"));
}

#[test]
fn a_name_alone_beside_the_date_and_a_headline_that_is_repeated() {
    let text = "\
Harbour chief visits the islands by surprise

The harbour chief has visited the islands, in a show of support for the ferry crews.

Ada Brook
Ada Brook
20 April 2023 Thursday 04:25
3 Reads
Harbour chief visits the islands by surprise

The harbour chief has visited the islands, in a show of support for the ferry crews. The trip was made by surprise.

He looked at the old pier, which the storm broke in two places, and spoke with the people who live beside it.
";
    let a = found(text);
    assert_eq!(a.bylines, ["Ada Brook"]);
    assert_eq!(a.published.clone().map(|p| p.value).as_deref(), Some("2023-04-20T04:25"));
    assert_eq!(body(&a).len(), 2, "{:#?}", body(&a));
}

#[test]
fn a_german_page_with_reading_tips_and_window_title() {
    let text = "\
Fähren zu den Inseln fallen aus | Hafenbote

Politik
Wirtschaft
Sport
Kultur

Fähren zu den Inseln fallen aus
Von Jörg Brücke
26.01.2024, 10:06 Uhr

Anzeige

Wegen des Sturms fahren seit Freitag keine Fähren mehr zu den Inseln, wie der Hafen am Morgen mitteilte.

Lesen Sie auch
Neue Brücke wird im Mai eröffnet
Bürgermeisterin tritt ihr Amt an

Nach Angaben des Hafens warten etwa 1200 Menschen im Terminal; weitere 300 seien auf der Straße umgekehrt.

Meistgelesen

Wie der Winter an der Küste wird
";
    let a = found(text);
    assert_eq!(a.title.as_deref(), Some("Fähren zu den Inseln fallen aus"));
    assert_eq!(a.bylines, ["Jörg Brücke"]);
    assert_eq!(a.outlet.as_deref(), Some("Hafenbote"));
    assert_eq!(a.published.clone().map(|p| p.value).as_deref(), Some("2024-01-26T10:06"));
    assert_eq!(a.language.as_deref(), Some("de"));
    assert_eq!(body(&a).len(), 2, "{:#?}", body(&a));
}

#[test]
fn fields_given_beside_the_bytes_go_first() {
    let mut capture = capture(FERRIES);
    capture.given.title = Some("Another headline".to_owned());
    capture.given.published = Some("2024-02-01".to_owned());
    capture.given.outlet = Some("Harbour Wire".to_owned());
    let a = article(&capture, &OutletLines::default()).unwrap();
    assert_eq!(a.title.as_deref(), Some("Another headline"));
    assert_eq!(a.outlet.as_deref(), Some("Harbour Wire"));
    assert_eq!(a.published, Some(Based { value: "2024-02-01".to_owned(), basis: "given".to_owned() }));
    capture.given.published = Some("9999-99-99".to_owned());
    let a = article(&capture, &OutletLines::default()).unwrap();
    assert_eq!(a.published.map(|p| p.value).as_deref(), Some("2024-01-26T10:06"));
    assert!(a.notes.iter().any(|n| n.contains("9999-99-99")));
}

#[test]
fn what_is_no_article_says_why() {
    let why = |text: &str| match article(&capture(text), &OutletLines::default()) {
        Err(NotAnArticle::NoArticle(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(why("").contains("empty"));
    assert!(why(" \n\t ").contains("empty"));
    assert!(why("Home\nPolitics\nSport\n\nSign in\nSubscribe\n").contains("only short lines"));
    assert!(why("The ferries stopped this morning, they said.").contains("too short"));
    assert!(why(&"word ".repeat(100_000)).contains("one line"));
    assert!(why(&"word\n".repeat(2_000_000)).contains("bytes of text"));
    assert!(matches!(
        article(
            &Capture::new(b"\x89PNG\r\n\x1a\n".repeat(9), Payload::Text, Source::default()),
            &OutletLines::default()
        ),
        Err(NotAnArticle::Unreadable(_))
    ));
}

#[test]
fn other_encodings_lead_back_to_their_bytes() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(FERRIES.encode_utf16().flat_map(u16::to_le_bytes));
    let capture = Capture::new(bytes, Payload::Text, Source::default());
    let a = article(&capture, &OutletLines::default()).unwrap();
    assert_eq!(a.title.as_deref(), Some("Ferries to the islands stop for two days"));
    let block = &a.blocks[0];
    let wide: Vec<u16> =
        capture.bytes[block.capture.0..block.capture.1].chunks(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    assert_eq!(String::from_utf16(&wide).unwrap(), block.span.of(&a.text));
}

proptest::proptest! {
    #[test]
    fn any_lines_give_ordered_blocks_or_a_reason(lines in proptest::collection::vec("(by |Read also: |© |\\(|– )?[A-Za-zé0-9 .,:)]{0,60}(\\.|:)?", 0..40)) {
        let text = lines.join("\n");
        if let Ok(a) = article(&capture(&text), &OutletLines::default()) {
            let mut last = 0;
            for block in &a.blocks {
                proptest::prop_assert!(block.span.start >= last && block.span.end <= a.text.len());
                proptest::prop_assert_eq!(text.get(block.capture.0..block.capture.1).map(|t| t.replace('\n', " ")), Some(block.span.of(&a.text).to_owned()));
                last = block.span.end;
            }
        }
    }

    #[test]
    fn any_bytes_do_not_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let _ = article(&Capture::new(bytes, Payload::Text, Source::default()), &OutletLines::default());
    }
}

#[test]
fn a_plea_under_a_short_opening_is_a_wall_and_facts_say_where_they_were_read() {
    let opening = "Ferries stop for two days\n\nBy Ada Brook\nJanuary 26, 2024\n\nAll ferries from Portville to the islands were \
        stopped on Friday because of the storm, the harbour master said, and some twelve hundred people wait.\n\n";
    let walled = found(&format!("{opening}Subscribe to continue reading\n"));
    let wall = walled.paywall.as_ref().unwrap();
    assert_eq!((wall.basis.as_str(), wall.words.as_str(), wall.stub), ("plea", "Subscribe to continue reading", true));
    assert_eq!(found(opening).paywall, None);
    let of = |fact: Fact| walled.choices.iter().find(|c| c.fact == fact).map(|c| (c.value.as_str(), c.basis.as_str()));
    assert_eq!(of(Fact::Title), Some(("Ferries stop for two days", "lines of the text")));
    assert_eq!(of(Fact::Bylines), Some(("Ada Brook", "lines of the text")));
    assert_eq!(of(Fact::Published).map(|p| p.0), Some("2024-01-26"));
    assert_eq!(of(Fact::Section), None);
}

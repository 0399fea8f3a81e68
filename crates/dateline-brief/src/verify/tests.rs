//! A brief of one invented page, written in each form, damaged in each way.

use super::*;
use crate::compose::{Choice, Desk, compose};
use crate::sources::sources;
use crate::{Brief, Own, docx, html, json, markdown, put_own};
use dateline_article::{Article, Block, BlockKind};
use dateline_capture::{Source, digest};
use dateline_reading::{Attribution, Confidence, QuoteClass, QuoteKind, Reading, Time, TimeKind};
use dateline_story::{Links, Membership, Report, Story, agreements};
use dateline_text::Span;
use std::collections::BTreeMap;

const TEXT: &str = "Quay shut & <sealed>\n\nOn 3 March 2031 Petra Vallindo said: “The quay is shut, and ž stays so,” \
                    and added “for a year [3:16].” Nobody else spoke.";
const BYTES: &[u8] = b"<p>the page of the test</p>";

fn span(words: &str) -> Span {
    let at = TEXT.find(words).unwrap();
    Span::new(at, at + words.len())
}

fn report() -> Report {
    let said = Attribution {
        source: vec![span("Petra Vallindo")],
        cue: vec![span("said")],
        content: vec![span("“The quay is shut, and ž stays so,”"), span("“for a year [3:16].”")],
        kind: QuoteKind::Direct,
        class: QuoteClass::Speech,
        speaker: None,
        confidence: Confidence::High,
        rule: "test".to_owned(),
    };
    let (title, body) = (span("Quay shut & <sealed>"), span(&TEXT[22..]));
    let block = |kind, span: Span| Block { kind, span, capture: (0, BYTES.len()) };
    let day =
        Time { span: span("3 March 2031"), kind: TimeKind::Date, value: "2031-03-03".into(), rule: "test".into() };
    Report {
        id: digest(BYTES),
        source: Source { path: Some("desk/quay.html".to_owned()), ..Source::default() },
        article: Article {
            title: Some("Quay shut & <sealed>".to_owned()),
            text: TEXT.to_owned(),
            blocks: vec![block(BlockKind::Title, title), block(BlockKind::Paragraph, body)],
            ..Article::default()
        },
        reading: Reading {
            sentences: vec![title, body],
            attributions: vec![said],
            times: vec![day],
            ..Reading::default()
        },
    }
}

fn brief(report: &Report) -> Brief {
    let reports = std::slice::from_ref(report);
    let stories = [Story {
        id: "s1234".to_owned(),
        storyline: "l1234".to_owned(),
        members: vec![0],
        origins: vec![vec![0]],
        days: None,
    }];
    let links =
        Links { members: vec![Membership { id: report.id.clone(), ..Membership::default() }], ..Links::default() };
    let agreements = agreements(&stories, reports);
    let desk = Desk { reports, links: &links, stories: &stories, agreements: &agreements };
    let mut brief = compose(&desk, &Choice::default());
    let own =
        Own { title: "The quay".into(), lead: "Mine: -- <b>look</b> at “it”.".into(), by: Some("Ada".into()) };
    put_own(&mut brief, own, &BTreeMap::from([("s1234", "Under *my* hand.\nTwo lines.")]));
    let by_id = BTreeMap::from([(report.id.as_str(), report)]);
    let digests = BTreeMap::from([(report.id.clone(), digest(BYTES))]);
    brief.sources = Some(sources(&brief, &by_id, &digests, "test"));
    brief
}

/// The brief in all forms.
fn written() -> Vec<Vec<u8>> {
    let report = report();
    let brief = brief(&report);
    let by_id = BTreeMap::from([(report.id.as_str(), &report)]);
    vec![
        html::document(&brief, &by_id).into_bytes(),
        markdown::markdown(&brief).into_bytes(),
        json::brief(&brief).into_bytes(),
        docx::document(&brief).unwrap(),
    ]
}

fn here(text: &str) -> Held {
    Held::Here { digest: digest(BYTES), text: Ok(text.to_owned()), beside: "<p>and beside it".to_owned() }
}

fn verified(bytes: &[u8], held: &Held) -> Verified {
    verify(&read(bytes).unwrap(), |_| held.clone())
}

/// The Word file with one part of it changed.
fn with_part(docx: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let mut file = from.by_index(i).unwrap();
        let (own, mut text) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut text).unwrap();
        let text = if own == name { change(&text) } else { text };
        to.start_file(own, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn a_brief_as_it_was_made_stands_in_every_form() {
    for bytes in written() {
        let found = verified(&bytes, &here(TEXT));
        assert!(found.holds(), "{found:#?}");
        assert_eq!(found.count(Status::Stands), found.places.len());
        assert_eq!(found.places.len(), 2, "a saying and a dated sentence: {found:#?}");
    }
    let forms: Vec<Form> = written().iter().map(|b| read(b).unwrap().form).collect();
    assert_eq!(forms, [Form::Html, Form::Markdown, Form::Json, Form::Docx]);
}

#[test]
fn one_letter_of_a_quotation_changed_in_the_brief_is_told() {
    for bytes in written() {
        let form = read(&bytes).unwrap().form;
        let swap = |text: &str| text.replacen("The quay is shut", "The quay is shot", 1);
        let changed = match form {
            Form::Docx => with_part(&bytes, "word/document.xml", swap),
            _ => swap(std::str::from_utf8(&bytes).unwrap()).into_bytes(),
        };
        assert_ne!(bytes, changed);
        let found = verified(&changed, &here(TEXT));
        assert!(!found.holds(), "{form:?}");
        assert!(found.altered.iter().any(|a| a.contains("seal")), "{form:?} {:?}", found.altered);
        assert!(found.altered.iter().any(|a| a.contains("other words")), "{form:?} {:?}", found.altered);
    }
}

#[test]
fn a_note_changed_breaks_the_seal_and_nothing_else() {
    for bytes in written() {
        let form = read(&bytes).unwrap().form;
        let swap = |text: &str| text.replacen("Two lines.", "Two limes.", 1);
        let changed = match form {
            Form::Docx => with_part(&bytes, "word/document.xml", swap),
            _ => swap(std::str::from_utf8(&bytes).unwrap()).into_bytes(),
        };
        let found = verified(&changed, &here(TEXT));
        assert_eq!(found.altered.len(), 1, "{form:?} {:?}", found.altered);
        assert_eq!(found.count(Status::Stands), found.places.len());
    }
}

#[test]
fn words_changed_in_brief_and_list_alike_do_not_stand_in_the_capture() {
    let json = String::from_utf8(written().remove(2)).unwrap();
    let found = verified(json.replace("quay is shut", "quay is open").as_bytes(), &here(TEXT));
    assert_eq!(found.count(Status::Changed), 2, "{found:#?}");
}

#[test]
fn a_place_shifted_in_the_list_is_found_elsewhere_and_the_seal_tells() {
    let start = TEXT.find("“The quay").map(|b| TEXT[..b].chars().count()).unwrap();
    for bytes in written().into_iter().take(3) {
        let text = String::from_utf8(bytes).unwrap();
        // the part's own span, which no mark shows
        let (was, now) = (start.to_string(), (start + 1).to_string());
        let list = text.rfind("\"parts\"").or_else(|| text.rfind("&quot;parts&quot;")).unwrap();
        let changed = format!("{}{}", &text[..list], text[list..].replacen(&was, &now, 1));
        let found = verified(changed.as_bytes(), &here(TEXT));
        assert_eq!(found.count(Status::Elsewhere), 1, "{found:#?}");
        assert!(!found.altered.is_empty());
    }
}

#[test]
fn captures_that_changed_moved_or_went() {
    for bytes in written() {
        let other = Held::Here { digest: digest(b"other"), text: Ok(TEXT.to_owned()), beside: String::new() };
        let found = verified(&bytes, &other);
        assert_eq!(found.count(Status::Changed), found.places.len());
        assert!(found.pages[0].why.is_some() && !found.holds());
        let found = verified(&bytes, &Held::Missing);
        assert_eq!(found.count(Status::Missing), found.places.len());
        let found = verified(&bytes, &Held::Damaged("cut off".to_owned()));
        assert_eq!(found.count(Status::Changed), found.places.len());
        // another version of the rules: the same words further on, or outside of the article
        let found = verified(&bytes, &here(&format!("Menu. {TEXT}")));
        assert_eq!(found.count(Status::Elsewhere), found.places.len());
        assert!(found.holds() && found.places.iter().all(|p| p.now.is_some()));
        let aside = Held::Here { digest: digest(BYTES), text: Err("no text".to_owned()), beside: markup() };
        let found = verified(&bytes, &aside);
        assert_eq!(found.count(Status::Elsewhere), found.places.len(), "{found:#?}");
        let found = verified(&bytes, &here(&TEXT.replace("shut, and", "shot, and")));
        assert_eq!(found.count(Status::Changed), 2);
    }
}

fn markup() -> String {
    format!("<p>{}</p>", TEXT.replace('&', "&amp;").replace('<', "&lt;").replace("\n\n", "</p><p>"))
}

#[test]
fn a_list_made_to_take_for_ever_is_given_up() {
    let report = report();
    let mut long = brief(&report);
    let sources = long.sources.as_mut().unwrap();
    let page = sources.pages[0].clone();
    let pages = (2..1_000).map(|n| crate::sources::SourcePage { page: n, id: n.to_string(), ..page.clone() });
    sources.pages.extend(pages);
    let words = vec!["not there".to_owned(); 50];
    let parts = vec![[0, 9]; 50];
    let note = crate::sources::SourceNote { page: 1, span: [0, 9], parts, words, shown: None };
    sources.notes = vec![note; 1_000];
    // a short text in the brief, a long one in the page
    let text = "a ".repeat(1 << 19);
    let found = verify(&read(json::brief(&long).as_bytes()).unwrap(), |_| here(&text));
    assert_eq!(found.count(Status::Changed), 1_000);
    let given_up = found.places.iter().filter(|p| p.why.contains("too many")).count();
    assert!(given_up > 700, "{given_up}");
    let again = |p: &mut crate::sources::SourcePage| p.id = "x".to_owned();
    sources_of(&mut long).pages.iter_mut().for_each(again);
    assert!(read(json::brief(&long).as_bytes()).is_err());
}

fn sources_of(brief: &mut Brief) -> &mut crate::sources::Sources {
    brief.sources.as_mut().unwrap()
}

#[test]
fn whatever_the_file_holds_it_is_told_and_not_obeyed() {
    for bytes in written() {
        for cut in (0..bytes.len()).step_by(37) {
            if let Ok(brief) = read(&bytes[..cut]) {
                let _ = verify(&brief, |_| here(TEXT));
            }
            let mut flipped = bytes.clone();
            flipped[cut] ^= 0x11;
            if let Ok(brief) = read(&flipped) {
                let _ = verify(&brief, |_| here(TEXT));
            }
        }
    }
    let text = String::from_utf8(written().remove(2)).unwrap();
    for (from, to) in
        [("\"span\": [", "\"span\": [9"), ("\"page\": 1", "\"page\": 77"), ("\"format\": 1", "\"format\": 2")]
    {
        if let Ok(brief) = read(text.replace(from, to).as_bytes()) {
            assert!(!verify(&brief, |_| here(TEXT)).holds(), "{from}");
        }
    }
}

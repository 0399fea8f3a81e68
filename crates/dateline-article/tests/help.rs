//! What may help beside the capture: rules for outlets, and lines that an outlet's other captures repeat.

use dateline_article::{Article, Help, OutletLines, SiteRules, find, find_with};
use dateline_capture::{Capture, Payload, Source};

const RULED: &str = r#"<html><body><div id="main-line">Ferry to Gull Island sails again</div><span class="pen">Ada Brook</span>
<b itemprop="printed">10 February 2026</b>
<section class="column"><p>The ferry to Gull Island sailed again on Tuesday, six weeks after a barge broke its pier, with forty people on board.</p>
<div class="reader-poll"><p>What do you think of the new pier, which the town has paid for, and would you sail from it in a storm like that one?</p></div>
<p>Its captain said that the pier would be mended by May, and that nobody had asked her for anything else so far.</p></section>
<div><p>Our readers write to us about boats, about birds and about the weather, and every Friday we print what they have written.</p></div></body></html>"#;

fn page(url: &str, help: &Help) -> Article {
    let source = Source { url: Some(url.to_owned()), ..Source::default() };
    find_with(&Capture::new(RULED.as_bytes().to_vec(), Payload::Html, source), help).unwrap()
}

#[test]
fn rules_for_an_outlet_say_where_things_stand() {
    let ruled = page("https://www.harbour.example/1", &Help::default());
    assert_eq!(ruled.title.as_deref(), Some("Ferry to Gull Island sails again"));
    assert_eq!(ruled.bylines, ["Ada Brook"]);
    let published = ruled.published.unwrap();
    assert_eq!((published.value.as_str(), published.basis.as_str()), ("2026-02-10", "site rule"));
    assert!(!ruled.text.contains("What do you think") && !ruled.text.contains("Our readers"), "{}", ruled.text);
    assert!(ruled.text.contains("mended by May"));
    let none = page("https://www.harbour.example/1", &Help { sites: SiteRules::none(), ..Help::default() });
    assert!(none.text.contains("What do you think"), "{}", none.text);
    let other = page("https://tide.example/1", &Help::default());
    assert_eq!(other.text, none.text);
}

fn saved(headline: &str, body: &str) -> Capture {
    let text = format!(
        "{headline} - Quay News\nHome\nIslands\n\n{headline}\nBy Ada Brook\n10 February 2026\n\n{body}\n\n\
         Quay News has told the islands what happens since 1911, and costs less than a cup of tea at the pier.\n"
    );
    let source = Source { url: Some("https://quay.example/x".to_owned()), ..Source::default() };
    Capture::new(text.into_bytes(), Payload::Text, source)
}

fn samples() -> Vec<Capture> {
    let end = "She said so on Tuesday in the harbour office, with the door open and the wind outside.";
    ["Ferry sails again", "Lighthouse keeper leaves", "School roof mended", "Boat found at the cape"]
        .map(|h| {
            saved(
                h,
                &format!("{h}, the harbour master told this paper after a long morning of letters and calls. {end}"),
            )
        })
        .to_vec()
}

#[test]
fn lines_that_an_outlet_repeats_are_no_text() {
    let one = saved(
        "Storm is over",
        "The storm is over, the weather office said on Sunday, after three days and nights of wind and rain.",
    );
    let plea = "costs less than a cup of tea";
    assert!(find(&one).unwrap().text.contains(plea));
    let samples = samples();
    let lines = OutletLines::learn(&samples);
    assert!(!lines.is_empty());
    let found = find_with(&one, &Help { lines: lines.clone(), ..Help::default() }).unwrap();
    assert!(!found.text.contains(plea), "{}", found.text);
    assert!(found.text.contains("The storm is over, the weather office said"));
    assert_eq!(
        (found.title.as_deref(), found.bylines.as_slice()),
        (Some("Storm is over"), &["Ada Brook".to_owned()][..])
    );
    let backwards: Vec<Capture> = samples.iter().rev().chain(&samples).cloned().collect();
    assert_eq!(OutletLines::learn(&backwards), lines, "neither order nor repetition matters");
    assert_eq!(OutletLines::parse(&lines.table()), lines, "a table holds all that was learned");
    assert!(OutletLines::learn(&samples[..2]).is_empty(), "two captures teach nothing");
}

#[test]
fn copies_of_one_article_teach_nothing() {
    let same =
        vec![
            saved("Storm is over", "The storm is over, the weather office said on Sunday, after three days of wind.");
            6
        ];
    assert!(OutletLines::learn(&same).is_empty());
}

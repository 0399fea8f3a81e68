//! Every example of the rule files under `rules/quotes/`, as a test.

use crate::{Attribution, Doc, Reading};
use dateline_article::{Article, Block, BlockKind};
use dateline_lexicon::Lexicon;
use dateline_text::Span;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    about: String,
    pass: Vec<Pass>,
    fail: Vec<Fail>,
}

/// A text in which one attribution must be found; what is not given is not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pass {
    rule: String,
    text: String,
    source: Option<Vec<String>>,
    cue: Option<String>,
    content: Option<Vec<String>>,
    class: Option<String>,
    kind: Option<String>,
    language: Option<String>,
}

/// A text in which nothing may be found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fail {
    text: String,
    language: Option<String>,
}

/// The article that has this text, a paragraph a line.
pub fn article(text: &str, language: Option<&str>) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len() + 1;
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, capture: (span.start, span.end) });
        }
    }
    Article { text: text.to_owned(), blocks, language: Some(language.unwrap_or("en").to_owned()), ..Article::default() }
}

fn found(text: &str, language: Option<&str>, lexicon: &Lexicon) -> Vec<Attribution> {
    let article = article(text, language);
    super::find(&Doc::new(&article), lexicon, &Reading::default())
}

fn words<'t>(spans: &[Span], text: &'t str) -> Vec<&'t str> {
    spans.iter().map(|s| s.of(text)).collect()
}

fn name(value: &impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn matches(want: &Pass, a: &Attribution) -> bool {
    let text = want.text.as_str();
    want.rule == a.rule
        && want.source.as_ref().is_none_or(|s| *s == words(&a.source, text))
        && want.cue.as_ref().is_none_or(|c| words(&a.cue, text) == [c.as_str()])
        && want.content.as_ref().is_none_or(|c| *c == words(&a.content, text))
        && want.class.as_ref().is_none_or(|c| *c == name(&a.class))
        && want.kind.as_ref().is_none_or(|k| *k == name(&a.kind))
}

fn check(file: &str) {
    let examples: Examples = toml::from_str(file).expect("the rule file is well formed");
    assert!(!examples.about.is_empty() && !examples.pass.is_empty() && !examples.fail.is_empty());
    let lexicon = Lexicon::shipped();
    let mut wrong = Vec::new();
    for want in &examples.pass {
        let got = found(&want.text, want.language.as_deref(), &lexicon);
        if !got.iter().any(|a| matches(want, a)) {
            let seen = got.iter().map(|a| {
                let w = |s: &[Span]| words(s, &want.text).join(" | ");
                format!(
                    "\n  {} {} {} [{}] [{}] [{}]",
                    a.rule,
                    name(&a.class),
                    name(&a.kind),
                    w(&a.source),
                    w(&a.cue),
                    w(&a.content)
                )
            });
            wrong.push(format!("not found: {} in {:?}; found:{}", want.rule, want.text, seen.collect::<String>()));
        }
    }
    for no in &examples.fail {
        for a in found(&no.text, no.language.as_deref(), &lexicon) {
            wrong.push(format!("found {} in {:?}: {:?}", a.rule, no.text, words(&a.content, &no.text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn verbs() {
    check(include_str!("../../rules/quotes/verbs.toml"));
}

#[test]
fn quotations() {
    check(include_str!("../../rules/quotes/quotations.toml"));
}

#[test]
fn objects() {
    check(include_str!("../../rules/quotes/objects.toml"));
}

#[test]
fn patterns() {
    check(include_str!("../../rules/quotes/patterns.toml"));
}

#[test]
fn unlisted_verbs() {
    check(include_str!("../../rules/quotes/unlisted.toml"));
}

#[test]
fn transcripts() {
    check(include_str!("../../rules/quotes/turns.toml"));
}

/// Words in marks right beside a name need no language.
#[test]
fn other_languages() {
    check(include_str!("../../rules/quotes/languages.toml"));
}

#[test]
fn speakers_are_named_carried_or_left_open() {
    let lexicon = Lexicon::shipped();
    let speaker = |text: &str, source: &str| {
        let reading = crate::of(&article(text, None), &lexicon);
        let a = reading.attributions.iter().find(|a| a.source.first().is_some_and(|s| s.of(text) == source));
        let index = a.unwrap_or_else(|| panic!("no attribution to {source:?} in {text:?}")).speaker;
        index.map(|i| reading.entities[i].name.clone())
    };
    let cueless = |text: &str| {
        let reading = crate::of(&article(text, None), &lexicon);
        let a = reading.attributions.iter().find(|a| a.source.is_empty());
        a.and_then(|a| a.speaker).map(|i| reading.entities[i].name.clone())
    };
    let text = "Governor Anna Kessler opened the bridge on Friday. She said that it was safe.\n\n\
                “Drive slowly,” the governor said. A state official said that the lamps were late.";
    assert_eq!(speaker(text, "She").as_deref(), Some("Anna Kessler"));
    assert_eq!(speaker(text, "the governor").as_deref(), Some("Anna Kessler"));
    assert_eq!(speaker(text, "A state official"), None);
    let text = "Poland's Deputy Defence Minister Hanna Wolska showed a map.\nThe Estonian minister asked where the paint was from.";
    assert_eq!(speaker(text, "The Estonian minister"), None);
    assert_eq!(speaker(&text.replace("Estonian", "Polish"), "The Polish minister").as_deref(), Some("Hanna Wolska"));
    let text = "The loan was signed, informed the minister, Doina Falk. “Our boats are old, and our nets are older,” affirmed.";
    assert_eq!(cueless(text).as_deref(), Some("Doina Falk"));
    // a campaign is not its candidate, and words reported of somebody do not make her the speaker
    let text = "“The campaign is in panic,” said Leslie Wimmer, a baker.\n\nWimmer believes that the Anna Kessler campaign took \
                the valley for granted.\n\n“It is not enough,” she said.";
    assert_eq!(speaker(text, "she").as_deref(), Some("Leslie Wimmer"));
    // an official without a name stays one
    let text = "Anna Kessler left at noon.\n\nA senior official said that nothing was signed. She added that nothing would be.";
    assert_eq!(speaker(text, "She"), None);
    // a body by the word of its name
    let text =
        "The Lake Transport Union struck on Monday.\n\nAnna Kessler left. The union said that nobody had called.";
    assert_eq!(speaker(text, "The union").as_deref(), Some("Lake Transport Union"));
    let text = "Peter Holm met Maria Lind in Oslo on Friday. “Robert Falk is wrong,” he said.";
    assert_eq!(speaker(text, "he").as_deref(), Some("Peter Holm"));
    // who is described between commas is the one named before them
    let text = "Raimo Tembe, a leader of the Tembe people, whose land borders the mine, said nobody had asked. “They \
                sent a drone. A drone does not ask. It looks,” he said.";
    assert_eq!(speaker(text, "he").as_deref(), Some("Raimo Tembe"));
    // a story that says "she" before it says who
    let text =
        "When she left the school in March, nobody came. “It was over,” she said.\n\nHanna Oakfield, 44, had led it.";
    assert_eq!(speaker(text, "she").as_deref(), Some("Hanna Oakfield"));
    let text =
        "When she left the school in March, nobody came. “It was over,” she said.\n\nPeter Oakfield, 44, had led it.";
    assert_eq!(speaker(text, "she"), None);
    // a given name alone shows a gender
    let text = "Robert Falk met Melanie in the square. “The fish is late,” she said.";
    assert_eq!(speaker(text, "she").as_deref(), Some("Melanie"));
    // however long somebody is quoted, who was named right before is near
    let text = "Anna Kessler came with a map. “It is old. It is torn. Nobody reads it. It was drawn by a monk. He was \
                blind. He had two dogs,” she said.";
    assert_eq!(speaker(text, "she").as_deref(), Some("Anna Kessler"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn no_text_breaks_it(text in "([a-zA-Z]{1,7}|said|told|“|”|\"|,|\\.|:|–|'|that|according|to|He|Ann Oak|\\(|\\)|\n| ){0,60}") {
        let lexicon = lexicon();
        for a in found(&text, None, lexicon) {
            for s in a.source.iter().chain(&a.cue).chain(&a.content) {
                proptest::prop_assert!(text.get(s.start..s.end).is_some_and(|t| !t.is_empty()));
            }
        }
    }
}

fn lexicon() -> &'static Lexicon {
    static SHIPPED: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
    SHIPPED.get_or_init(Lexicon::shipped)
}

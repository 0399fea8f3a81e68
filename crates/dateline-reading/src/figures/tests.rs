use super::*;
use dateline_article::{Article, Based, Block, BlockKind};

/// Each line: text with the figure in brackets → value low high unit modifier counted; "-" where the key is empty;
/// no arrow: no figure may be found.
const EXAMPLES: &str = include_str!("../../data/en/figures.examples");

fn read(text: &str) -> Vec<(String, Figure, String)> {
    let article = Article {
        text: text.to_owned(),
        published: Some(Based { value: "2024-08-16".to_owned(), basis: "given".to_owned() }),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }],
        ..Article::default()
    };
    let lexicon = Lexicon::shipped();
    let doc = Doc::new(&article);
    let times = crate::times::find(&doc, &lexicon);
    let so_far = Reading { times, ..Reading::default() };
    find(&doc, &lexicon, &so_far)
        .into_iter()
        .map(|f| (f.span.of(text).to_owned(), f.clone(), f.counted.map_or("-", |c| c.of(text)).to_owned()))
        .collect()
}

fn shown(f: &Figure, counted: &str) -> String {
    let number = |n: Option<f64>| n.map_or("-".to_owned(), |n| n.to_string());
    let modifier = format!("{:?}", f.modifier).to_lowercase();
    let unit = f.unit.as_deref().unwrap_or("-");
    format!("{} {} {} {unit} {modifier} {counted}", number(f.value), number(f.low), number(f.high))
}

#[test]
fn every_example_reads_as_written() {
    let mut wrong = Vec::new();
    for line in EXAMPLES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (text, want) = line.split_once(" -> ").map_or((line, None), |(t, w)| (t, Some(w)));
        let found = read(&text.replace(['[', ']'], ""));
        match want {
            None if found.is_empty() => {}
            None => wrong.push(format!("{text}: want none, found {found:?}")),
            Some(want) => {
                let inside = text.split_once('[').and_then(|(_, r)| r.split_once(']')).map_or("", |(i, _)| i);
                let hit = found.iter().find(|(words, ..)| words == inside);
                if hit.is_none_or(|(_, f, c)| shown(f, c) != want) {
                    let all: Vec<String> = found.iter().map(|(w, f, c)| format!("[{w}] {}", shown(f, c))).collect();
                    wrong.push(format!("{text}\n   want {want}\n   found {}", all.join("; ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_stated_day_goes_before_the_articles() {
    let found = read("As of August 13, the army held 74 villages. It has 12 bridges.");
    let days: Vec<Option<&str>> = found.iter().map(|(_, f, _)| f.as_of.as_deref()).collect();
    assert_eq!(days, [Some("2024-08-13"), Some("2024-08-16")]);
}

use super::*;
use dateline_article::{Article, Based, Block, BlockKind};
use std::sync::OnceLock;

/// Each line: text with the figure in brackets → value low high unit modifier counted; "-" where the key is empty;
/// no arrow: no figure may be found.
const EXAMPLES: &str = include_str!("../../data/en/figures.examples");

fn shared() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::shipped)
}

fn read(text: &str) -> Vec<(String, Figure, String)> {
    let article = Article {
        text: text.to_owned(),
        published: Some(Based { value: "2024-08-16".to_owned(), basis: "given".to_owned() }),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }],
        ..Article::default()
    };
    let lexicon = shared();
    let doc = Doc::new(&article);
    let times = crate::times::find(&doc, lexicon);
    let so_far = Reading { times, ..Reading::default() };
    find(&doc, lexicon, &so_far)
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
fn a_figure_holds_for_a_day_only_where_the_text_says_so() {
    let found = read("As of August 13, the army held 74 villages. It has 12 bridges.");
    let days: Vec<Option<&str>> = found.iter().map(|(_, f, _)| f.as_of.as_deref()).collect();
    assert_eq!(days, [Some("2024-08-13"), None]);
}

#[test]
fn a_number_inside_of_another_is_not_found() {
    let values = |text: &str| read(text).iter().map(|(_, f, _)| (f.value, f.unit.clone())).collect::<Vec<_>>();
    // "455" is not proved by "455g", nor by "1,455" or "455,000"
    let gram = [(Some(455.0), Some("g".to_owned()))];
    assert_eq!(values("The parcel weighed 455g."), gram);
    assert_eq!(values("They sold 1,455 boats."), [(Some(1455.0), None)]);
    assert_eq!(values("They sold 455,000 boats."), [(Some(455_000.0), None)]);
    // "49.79" is not stitched from two numbers, whatever parts them
    for between in [" and ", " of the ", ". ", ", ", "; ", "/", "\u{a0}", "\n"] {
        let found = values(&format!("They counted 49{between}79 boats that day."));
        assert!(found.iter().all(|(v, _)| *v != Some(49.79) && *v != Some(4979.0)), "{between:?}: {found:?}");
    }
    // and three digits behind a plain space are a number of their own
    assert!(values("In May 12 500 boats came.").iter().all(|(v, _)| *v != Some(12_500.0)));
}

/// Pieces that times and figures look at, and some that they should not trip over.
const PIECES: &[&str] = &[
    "between",
    "and",
    "half",
    "a",
    "million",
    "10",
    "-",
    "–",
    "$",
    "€",
    "%",
    "km",
    "of",
    "hundreds",
    "the",
    "last",
    "next",
    "Friday",
    "May",
    "May 31",
    "1999",
    "Feb. 30",
    "'",
    "90s",
    "2½",
    "½",
    "0",
    "00012",
    "1,000,000",
    "1.2.3",
    "999999999999999999999999",
    "\u{a0}",
    "000",
    "(",
    ")",
    ".",
    ",",
    "ago",
    "years",
    "quarter",
    "Q4",
    "10:35",
    "25:99",
    "p.m.",
    "midnight",
    "и",
    "млн",
    "字",
    "\u{0301}",
    "\u{202e}",
    "²",
    "①",
    "Ⅳ",
    "dozen",
    "more than",
    "at least",
    "to",
    "Leopard",
    "\n",
    "’s",
    "2024-02-31",
    "99.99.9999",
    "week of",
    "Easter",
    "two",
    "third",
    "nineteen",
    "ninety",
    "year",
    "earlier",
    "later",
    "as of",
];

proptest::proptest! {
    #[test]
    fn no_row_of_pieces_breaks_the_reading(picks in proptest::collection::vec(0..PIECES.len(), 0..40), dated in 0..5usize, glue in proptest::bool::ANY) {
        let text = picks.iter().map(|i| PIECES[*i]).collect::<Vec<_>>().join(if glue { "" } else { " " });
        let published = ["", "2024", "2024-02", "2024-02-29", "9999-12-31T23:59"][dated];
        let lexicon = shared();
        for language in ["en", "de", "ru"] {
            let article = Article {
                text: text.clone(),
                language: Some(language.to_owned()),
                published: Some(Based { value: published.to_owned(), basis: "given".to_owned() }),
                blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }],
                ..Article::default()
            };
            let doc = Doc::new(&article);
            let times = crate::times::find(&doc, lexicon);
            for t in &times {
                proptest::prop_assert!(!t.span.of(&text).is_empty() && !t.value.is_empty());
            }
            for f in find(&doc, lexicon, &Reading { times, ..Reading::default() }) {
                proptest::prop_assert!(!f.span.of(&text).is_empty());
                proptest::prop_assert!(f.value.is_none_or(f64::is_finite));
            }
        }
    }
}

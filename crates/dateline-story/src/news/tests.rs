//! Readings of invented pages, before and after a day.

use super::*;
use crate::agreement;
use dateline_article::{Article, Based, Block, BlockKind};
use dateline_capture::Source;
use dateline_lexicon::Lexicon;
use std::sync::OnceLock;

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::shipped)
}

fn page(id: &str, published: Option<&str>, text: &str) -> Report {
    let article = Article {
        text: text.to_owned(),
        language: Some("en".to_owned()),
        published: published.map(|p| Based { value: p.to_owned(), basis: "given".to_owned() }),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), capture: (0, text.len()) }],
        ..Article::default()
    };
    let reading = dateline_reading::of(&article, lexicon());
    Report { id: id.to_owned(), source: Source::default(), article, reading }
}

const FIRST: &str = "An avalanche above the village of Osmund killed 14 skiers, rescuers said. Mayor Petra Lindqvarn said \
    the warning siren had not worked for two winters.";
const LATER: &str = "Rescuers said 17 skiers were killed by an avalanche above Osmund village. The lift company denied \
    that the warning siren had not worked for two winters. “We tested it in December,” said Jonas Hallvik, its manager. \
    Some 230 rescuers are at work.";

fn told(pages: &[Report], origins: &[&str], since: &str) -> News {
    let refs: Vec<&Report> = pages.iter().collect();
    news(&refs, origins, &agreement(&refs), since)
}

#[test]
fn texts_figures_speakers_and_denials_are_new() {
    let pages = [
        page("a", Some("2031-05-02"), FIRST),
        page("b", Some("2031-05-03"), FIRST),
        page("c", Some("2031-05-03T08:00"), LATER),
    ];
    let new = told(&pages, &["o1", "o1", "o2"], "2031-05-03");
    assert_eq!((new.pages.as_slice(), new.copies.as_slice()), (&[1, 2][..], &[(1, 0)][..]));
    assert_eq!(new.origins, [NewOrigin { report: 2, copies: Vec::new() }]);
    let changed: Vec<(Verdict, f64, f64)> = new
        .changed
        .iter()
        .map(|c| (c.verdict, c.before[0].value.unwrap_or(0.0), c.after[0].value.unwrap_or(0.0)))
        .collect();
    assert_eq!(changed, [(Verdict::Updated, 14.0, 17.0)]);
    assert!(new.figures.iter().any(|g| g.items[0].value == Some(230.0)));
    assert_eq!(new.speakers.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Jonas Hallvik"]);
    let [denial] = new.denials.as_slice() else { panic!("one denial: {:?}", new.denials) };
    let of = denial.of.as_ref().expect("what is denied");
    assert!(of.report == 0 && of.span.of(FIRST).contains("siren"), "{of:?}");
}

#[test]
fn nothing_is_new_after_the_last_page_and_all_of_it_from_the_first() {
    let pages = [page("a", Some("2031-05-02"), FIRST), page("c", Some("2031-05-03"), LATER)];
    assert_eq!(told(&pages, &["o1", "o2"], "2031-05-04"), News::default());
    let all = told(&pages, &["o1", "o2"], "2031-05");
    assert_eq!((all.pages.len(), all.origins.len(), all.changed.len()), (2, 2, 0));
}

#[test]
fn a_page_counts_by_its_day_else_by_its_capture_else_as_known() {
    let mut captured = page("b", None, LATER);
    captured.source.captured = Some("2031-05-04T10:00:00Z".to_owned());
    let pages = [page("a", None, FIRST), captured, page("c", Some("2031-05"), FIRST)];
    let new = told(&pages, &["o1", "o2", "o3"], "2031-05-02");
    assert_eq!((new.pages, new.undated), (vec![1], vec![0]));
}

#[test]
fn days_of_every_precision() {
    assert_eq!(first_day("2031-05-04T10:00").as_deref(), Some("2031-05-04"));
    assert_eq!(first_day("2031-05").as_deref(), Some("2031-05-01"));
    assert_eq!(first_day("2031").as_deref(), Some("2031-01-01"));
    for bad in ["", "May 2031", "20310504", "ąęćźż"] {
        assert_eq!(first_day(bad), None, "{bad}");
    }
}

#[test]
fn the_order_of_the_pages_changes_nothing_but_the_indices() {
    let pages = [page("a", Some("2031-05-02"), FIRST), page("c", Some("2031-05-03"), LATER)];
    let turned = [pages[1].clone(), pages[0].clone()];
    let (one, other) = (told(&pages, &["o1", "o2"], "2031-05-03"), told(&turned, &["o2", "o1"], "2031-05-03"));
    assert_eq!(one.speakers[0].name, other.speakers[0].name);
    assert_eq!(one.denials[0].span, other.denials[0].span);
    assert_eq!(one.changed[0].after[0].span, other.changed[0].after[0].span);
}

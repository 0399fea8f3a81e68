//! The format, on an invented article.

use super::*;

const ARTICLE: &str = "id: af-014
outlet: Tana Valley Post
kind: regional
language: en
published: 2025-03-05
---
# Ferry crews walk out at Port Amara
  names: Port Amara PLACE
About 300 ferry workers walked out on Tuesday, the Lake Transport Union said. The union met again.
  names: Lake Transport Union ORG
  times: Tuesday = DATE 2025-03-04
  figures: About 300 = ~300 ; ferry workers
  said: the Lake Transport Union ~ said ~ About 300 ferry workers walked out on Tuesday ~ Lake Transport Union
";

fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(ARTICLE.contains(from));
    parse("af-014", &ARTICLE.replace(from, to)).expect_err("broken").iter().map(ToString::to_string).collect()
}

#[test]
fn layers_lie_where_they_are_quoted() {
    let marked = parse("af-014", ARTICLE).expect("the article is well formed");
    let (article, spans) = marked.article();
    assert_eq!(article.title.as_deref(), Some("Ferry crews walk out at Port Amara"));
    let p = &marked.paragraphs[1];
    assert_eq!(spans[1].of(&article.text), p.text);
    assert_eq!(p.names[0].span.of(&p.text), "Lake Transport Union");
    assert_eq!((p.times[0].kind.as_str(), p.times[0].value.as_str()), ("DATE", "2025-03-04"));
    assert_eq!(p.figures[0].counted.map(|s| s.of(&p.text)), Some("ferry workers"));
    assert_eq!(p.said[0].speaker, "Lake Transport Union");
    assert_eq!(p.said[0].content[0].of(&p.text), "About 300 ferry workers walked out on Tuesday");
    assert!(doubts(&marked).is_empty(), "{:?}", doubts(&marked));
    let mut counts = Counts::default();
    counts.add(&marked);
    assert_eq!((counts.articles, counts.layers), (1, [1, 1, 1]));
}

#[test]
fn faults_name_their_lines() {
    assert_eq!(faults("Port Amara PLACE", "Port Amara PLAZE"), ["8: \"PLAZE\" is no kind of name"]);
    assert_eq!(
        faults("names: Lake Transport Union ORG", "names: Sea Union ORG"),
        ["10: \"Sea Union\" is not in the paragraph after the item before it"]
    );
    assert_eq!(faults("= DATE 2025-03-04", "= 2025-03-04").len(), 1);
    assert_eq!(faults("~300 ;", "many ;").len(), 1);
    assert_eq!(
        faults("~ Lake Transport Union\n", "~ Sea Union\n"),
        ["9: the speaker \"Sea Union\" is not in the article"]
    );
    assert_eq!(faults("---\n", ""), ["1: no --- line after the head"]);
    assert_eq!(faults("id: af-014", "id: af-015").len(), 1);
    assert_eq!(faults("kind: regional", "kind: novel").len(), 1);
    assert_eq!(faults("met again.", "met = again.").len(), 1);
}

#[test]
fn doubts_are_told() {
    let marked =
        parse("af-014", &ARTICLE.replace("The union met again.", "The 12 of Port Amara left Lamu.")).expect("fine");
    let all: Vec<String> = doubts(&marked).iter().map(|f| f.message.clone()).collect();
    assert!(all.iter().any(|m| m.contains("\"Port Amara\" (PLACE) stands unmarked")), "{all:?}");
    assert!(all.iter().any(|m| m.contains("\"Lamu\"")) && all.iter().any(|m| m.contains("\"12\"")), "{all:?}");
}

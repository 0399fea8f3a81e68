//! The library's answers as JSON: one shape for the command line's `--json` and for the API. Fields may be added, none
//! renamed or dropped. Spans are code points, end-exclusive.

use dateline_store::{Facet, Facets, Hit, Possibly, Said, StoryLine};
use dateline_story::Families;
use dateline_text::{CharIndex, Span};
use serde_json::{Value, json};

/// One story in a list; outlets of one house are counted once in `houses`.
pub fn story(s: &StoryLine, families: &Families) -> Value {
    json!({
        "story": s.id, "storyline": s.storyline, "title": s.title, "first": s.first, "last": s.last,
        "pages": s.articles, "origins": s.origins, "outlets": s.outlets,
        "houses": families.count(s.outlets.iter().map(|o| (Some(o.as_str()), None))), "headline": s.headline,
        "pinned": s.pinned, "decisions": s.decisions, "differ": s.differ, "updated": s.updated,
    })
}

/// One article found; `total` is how many were.
pub fn hit(hit: &Hit, total: u64) -> Value {
    let start = hit.snippet.chars[0];
    let marks: Vec<[usize; 2]> =
        in_chars(&hit.snippet.text, &hit.snippet.marks).into_iter().map(|[a, b]| [a + start, b + start]).collect();
    json!({
        "id": hit.id, "title": hit.title, "outlet": hit.outlet, "published": hit.published, "url": hit.url,
        "language": hit.language, "story": hit.story, "snippet": hit.snippet.text, "snippet_span": hit.snippet.chars,
        "marks": marks, "title_marks": in_chars(hit.title.as_deref().unwrap_or_default(), &hit.title_marks),
        "total": total,
    })
}

fn in_chars(text: &str, marks: &[Span]) -> Vec<[usize; 2]> {
    let index = CharIndex::new(text);
    marks.iter().map(|m| index.to_chars(text, *m)).collect()
}

/// Counts over all that was found.
pub fn facets(facets: &Facets) -> Value {
    let list = |all: &[Facet]| -> Vec<Value> {
        all.iter().map(|f| json!({ "value": f.value, "pages": f.pages, "query": f.query })).collect()
    };
    json!({
        "outlets": list(&facets.outlets), "languages": list(&facets.languages), "months": list(&facets.months),
        "speakers": list(&facets.speakers), "places": list(&facets.places),
    })
}

/// One thing that someone is reported to have said; `possibly` tells who may be the same person as another.
pub fn said(s: &Said, possibly: &[Possibly]) -> Value {
    let index = CharIndex::new(&s.text);
    let content: Vec<[usize; 2]> = s.said.content.iter().map(|c| index.to_chars(&s.text, *c)).collect();
    json!({
        "speaker": s.speaker.name, "role": s.speaker.role, "published": s.published, "id": s.report,
        "title": s.title, "outlet": s.outlet, "url": s.url, "content": content, "text": s.words(),
        "kind": s.said.kind, "class": s.said.class, "confidence": s.said.confidence, "rule": s.said.rule,
        "possibly_same": doubts(&s.key, possibly),
    })
}

/// Whoever may be the speaker of this key, from either side.
fn doubts(key: &str, possibly: &[Possibly]) -> Vec<Value> {
    let of = |p: &Possibly| match key {
        k if k == p.key => Some((p.other.clone(), p.why)),
        k if k == p.other_key => Some((p.name.clone(), p.why)),
        _ => None,
    };
    possibly.iter().filter_map(of).map(|(speaker, why)| json!({"speaker": speaker, "why": why})).collect()
}

//! The library's answers as JSON: one shape for the command line's `--json` and for the API. Fields may be added, none
//! renamed or dropped. Spans are code points, end-exclusive.

use dateline_store::{
    BriefStory, Facet, Facets, Facts, FiguresFound, Hit, NameOf, Namesake, PlaceIn, PlaceProfile, Possibly, Profile,
    RoleOf, Said, Spoken, StoryLine, StorylineLine, WatchStory,
};
use dateline_story::Families;
use dateline_story::decisions::{Kept, Watch};
use dateline_text::{CharIndex, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One story in a list; outlets of one house are counted once in `houses`.
pub fn story(s: &StoryLine, families: &Families) -> Value {
    json!({
        "story": s.id, "storyline": s.storyline, "title": s.title, "first": s.first, "last": s.last,
        "pages": s.articles, "origins": s.origins, "outlets": s.outlets,
        "houses": families.count(s.outlets.iter().map(|o| (Some(o.as_str()), None))), "headline": s.headline,
        "pinned": s.pinned, "decisions": s.decisions, "differ": s.differ, "updated": s.updated,
    })
}

/// One storyline in a list.
pub fn storyline(s: &StorylineLine) -> Value {
    let (first, last) = s.days.clone().unzip();
    json!({
        "storyline": s.id, "title": s.title, "latest": s.latest, "stories": s.stories, "pages": s.articles,
        "first": first, "last": last,
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

/// One figure of a page of [`FiguresFound`]: `report` and `figure` are the numbers of the article and of the figure in
/// its reading; `sentence` is where the figure's sentence stands.
pub fn figure(found: &FiguresFound, (report, figure): (usize, usize), sentence: Option<Span>) -> Option<Value> {
    let (r, story) = (found.reports.get(report)?, found.stories.get(report)?);
    let f = r.reading.figures.get(figure)?;
    let text = &r.article.text;
    let index = CharIndex::new(text);
    let chars = |span: Span| index.to_chars(text, span);
    let said = f.attribution.and_then(|a| r.reading.attributions.get(a));
    let speaker = said.and_then(|a| a.speaker).and_then(|e| r.reading.entities.get(e)).map(|e| e.name.as_str());
    Some(json!({
        "id": r.id, "title": r.article.title, "outlet": r.article.outlet,
        "published": r.article.published.as_ref().map(|p| &p.value), "story": story, "span": chars(f.span),
        "text": f.span.of(text), "value": f.value, "low": f.low, "high": f.high, "unit": f.unit, "modifier": f.modifier,
        "counted": f.counted.map(chars), "speaker": speaker, "as_of": f.as_of, "sentence": sentence.map(chars),
        "sentence_text": sentence.map(|s| s.of(text)),
    }))
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

/// Someone of a name: a person, an organisation, or a speaker that is taken for neither.
pub fn namesake(s: &Namesake) -> Value {
    let kind = match s.kind {
        NameOf::Person => "person",
        NameOf::Organisation => "organisation",
        NameOf::Speaker => "speaker",
    };
    json!({"key": s.key, "name": s.name, "kind": kind, "pages": s.pages, "exact": s.exact})
}

/// What the library has of a person or organisation; `keys` are all names that count as this one's.
pub fn profile(sake: &Namesake, keys: &BTreeSet<String>, profile: &Profile) -> Value {
    let role = |r: &RoleOf| {
        let (first, last) = r.days.clone().unzip();
        json!({"role": r.role, "pages": r.pages, "first": first, "last": last})
    };
    let mut shape = namesake(sake);
    shape["pages"] = json!(profile.pages);
    shape["keys"] = json!(keys);
    shape["sayings"] = json!(profile.sayings);
    shape["forms"] = profile.forms.iter().map(|(form, n)| json!({"name": form, "pages": n})).collect();
    shape["roles"] = profile.roles.iter().map(role).collect();
    shape["said"] = profile.said.iter().map(|s| said(s, &[])).collect();
    shape["spoken"] = profile.spoken.iter().map(spoken).collect();
    common(&mut shape, &profile.facts);
    shape
}

/// What the library has of a place, or of all places of a name or in a country.
pub fn place(profile: &PlaceProfile) -> Value {
    let mut shape = json!({
        "meant": profile.meant.iter().map(place_in).collect::<Vec<_>>(), "pages": profile.pages,
        "spoken": profile.spoken.iter().map(spoken).collect::<Vec<_>>(),
    });
    common(&mut shape, &profile.facts);
    shape
}

/// Days, places and speakers that the articles of a profile have in common.
fn common(shape: &mut Value, facts: &Facts) {
    shape["days"] = facts.days.iter().map(|(day, n)| json!({"day": day, "pages": n})).collect();
    shape["places"] = facts.places.iter().map(place_in).collect();
    shape["with"] = facts.with.iter().map(|(name, key, n)| json!({"name": name, "key": key, "pages": n})).collect();
}

fn place_in(p: &PlaceIn) -> Value {
    json!({"name": p.name, "gazetteer_id": p.id, "lat": p.at.0, "lon": p.at.1, "pages": p.pages})
}

/// An article that speaks of someone or of a place, with its first sentences that do.
fn spoken(s: &Spoken) -> Value {
    let index = CharIndex::new(&s.text);
    let sentence = |(span, speaker): &(Span, Option<String>)| json!({"span": index.to_chars(&s.text, *span), "text": span.of(&s.text), "speaker": speaker});
    json!({
        "id": s.report, "title": s.title, "outlet": s.outlet, "published": s.published,
        "sentences": s.sentences.iter().map(sentence).collect::<Vec<_>>(), "total": s.total,
    })
}

/// A query that is kept.
pub fn watch(w: &Watch) -> Value {
    json!({"watch": w.name, "query": w.query, "decision": w.decision, "at": w.at})
}

/// A story that fits a watch: how many of its pages do, and the ids of the new ones.
pub fn watched(s: &WatchStory, watch: &Watch, families: &Families) -> Value {
    let mut line = story(&s.story, families);
    line["watch"] = json!(watch.name);
    line["fitting"] = json!(s.fitting);
    line["new"] = json!(s.pages);
    line
}

/// A brief that the user put together, with the names of its stories.
pub fn kept_brief(b: &Kept, stories: &[BriefStory]) -> Value {
    let ids: Vec<&str> = stories.iter().filter_map(|s| Some(s.story.as_ref()?.id.as_str())).collect();
    json!({"brief": b.id, "title": b.title, "by": b.by, "begun": b.begun, "changed": b.changed, "stories": ids})
}

/// A story of a brief; null where the library holds none of its pages.
pub fn brief_story(s: &BriefStory) -> Value {
    json!({
        "story": s.story.as_ref().map(|line| &line.id), "title": s.story.as_ref().map(|line| &line.title),
        "note": s.note, "was": s.was, "also": s.also, "missing": s.missing, "decisions": s.items,
    })
}

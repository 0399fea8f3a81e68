//! The output contract: the shapes that scripts rely on. Fields may be added, none renamed or dropped.

use dateline_article::{Article, Based, NotAnArticle};
use dateline_capture::Source;
use dateline_reading::Reading;
use dateline_story::news::News;
use dateline_story::{Agreement, FigureItem, Membership, Report};
use dateline_text::{CharIndex, Span};
use serde_json::{Value, json};

/// Version of program and rules, in every result.
pub const VERSION: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));

/// A brief as a file: the same object with its list of sources, and the seal last.
pub fn brief(brief: &crate::Brief) -> String {
    let mut out = crate::sources::inert(&serde_json::to_string_pretty(brief).unwrap_or_default());
    if brief.sources.is_some() {
        out.truncate(out.trim_end_matches(['}', '\n', ' ']).len());
        out.push_str(&format!("\n  }},\n  \"seal\": \"{}\"\n}}\n", crate::sources::unsealed()));
    }
    crate::sources::sealed(out)
}

/// The value as one line for any reader: marks that some readers take for a line break are escaped.
pub fn one_line(value: &Value) -> String {
    let out = value.to_string();
    if out.is_ascii() {
        return out;
    }
    out.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// One line of `dateline read --json`; an empty `id` is unknown, as where nothing could be read.
pub fn read_line(id: &str, source: &Source, outcome: Result<(&Article, &Reading), &NotAnArticle>) -> Value {
    let (status, reason) = match &outcome {
        Ok(_) => ("article", None),
        Err(NotAnArticle::NoArticle(why)) => ("not_article", Some(why.as_str())),
        Err(NotAnArticle::Unreadable(why)) => ("error", Some(why.as_str())),
    };
    let mut line = json!({
        "id": Some(id).filter(|id| !id.is_empty()),
        "source": {"path": source.path, "url": source.url, "media_type": source.media_type, "captured": source.captured},
        "status": status,
        "reason": reason,
        "version": VERSION,
    });
    if let Ok((article, reading)) = outcome {
        let at = Place::new(&article.text);
        line["article"] = article_shape(article, &at);
        reading_shape(&mut line, reading, &at);
    }
    line
}

/// A text and its index from bytes to code points.
struct Place<'a> {
    text: &'a str,
    index: CharIndex,
}

impl<'a> Place<'a> {
    fn new(text: &'a str) -> Place<'a> {
        Place { text, index: CharIndex::new(text) }
    }

    fn span(&self, span: Span) -> [usize; 2] {
        self.index.to_chars(self.text, span)
    }

    fn spans(&self, spans: &[Span]) -> Vec<[usize; 2]> {
        spans.iter().map(|s| self.span(*s)).collect()
    }
}

fn value(based: Option<&Based>) -> Option<&str> {
    based.map(|b| b.value.as_str())
}

fn article_shape(a: &Article, at: &Place) -> Value {
    let mut blocks: Vec<Value> =
        a.blocks.iter().map(|b| json!({"kind": b.kind, "span": at.span(b.span), "capture": b.capture})).collect();
    for mark in &a.marks {
        if let Some(block) = blocks.get_mut(mark.block) {
            block["role"] = json!(mark.role);
            block["time"] = json!(mark.time);
        }
    }
    let asides: Vec<Value> = a
        .asides
        .iter()
        .map(|x| json!({"kind": x.kind, "text": x.text, "capture": x.capture, "date": x.date, "detail": x.detail}))
        .collect();
    let writers: Vec<Value> =
        a.bylines.iter().zip(a.writers()).map(|(name, kind)| json!({"name": name, "kind": kind})).collect();
    json!({
        "title": a.title,
        "outlet": a.outlet,
        "bylines": a.bylines,
        "writers": writers,
        "language": a.language,
        "wire": a.wire,
        "published": value(a.published.as_ref()),
        "published_basis": a.published.as_ref().map(|p| &p.basis),
        "modified": value(a.modified.as_ref()),
        "modified_basis": a.modified.as_ref().map(|p| &p.basis),
        "url": a.url,
        "canonical": a.canonical,
        "section": value(a.section.as_ref()),
        "section_basis": a.section.as_ref().map(|s| &s.basis),
        "paywall": a.paywall,
        "text": a.text,
        "blocks": blocks,
        "asides": asides,
        "notes": a.notes,
        "why": a.choices,
    })
}

fn entity_id(index: usize) -> String {
    format!("e{index}")
}

fn reading_shape(line: &mut Value, r: &Reading, at: &Place) {
    line["sentences"] = json!(at.spans(&r.sentences));
    line["mentions"] = r
        .mentions
        .iter()
        .enumerate()
        .map(|(i, m)| {
            let mut shape =
                json!({"span": at.span(m.span), "type": m.kind, "entity": m.entity.map(entity_id), "rule": m.rule});
            if r.governments.binary_search(&i).is_ok() {
                shape["government"] = json!(true);
            }
            shape
        })
        .collect();
    line["entities"] = r
        .entities
        .iter()
        .enumerate()
        .map(|(i, e)| {
            let place = e.place.as_ref();
            json!({
                "id": entity_id(i), "name": e.name, "type": e.kind, "aliases": e.aliases, "role": e.role,
                "lat": place.map(|p| p.lat), "lon": place.map(|p| p.lon),
                "gazetteer_id": place.and_then(|p| p.gazetteer_id.as_deref()), "key": e.key,
            })
        })
        .collect();
    line["times"] = r
        .times
        .iter()
        .map(|t| json!({"span": at.span(t.span), "type": t.kind, "value": t.value, "rule": t.rule}))
        .collect();
    line["figures"] = r
        .figures
        .iter()
        .map(|f| {
            json!({
                "span": at.span(f.span), "value": f.value, "low": f.low, "high": f.high, "unit": f.unit,
                "modifier": f.modifier, "counted": f.counted.map(|c| at.span(c)), "attribution": f.attribution,
                "as_of": f.as_of, "rule": f.rule,
            })
        })
        .collect();
    line["attributions"] = r
        .attributions
        .iter()
        .map(|a| {
            json!({
                "source": at.spans(&a.source), "cue": at.spans(&a.cue), "content": at.spans(&a.content),
                "kind": a.kind, "class": a.class, "speaker": a.speaker.map(entity_id),
                "confidence": a.confidence, "rule": a.rule,
            })
        })
        .collect();
    line["events"] = json!([]);
}

/// Copies and passages of one article whose shared wording is laid side by side; of further ones `spans` is null.
const ALIGNED: usize = 50;

/// One line of `dateline group`; `text` gives an article's text by its id.
pub fn group_line<'t>(m: &Membership, text: &dyn Fn(&str) -> Option<&'t str>) -> Value {
    let mut line = json!(m);
    let own = Place::new(text(&m.id).unwrap_or_default());
    for (field, pairs) in [("copies", &m.copies), ("passages", &m.passages)] {
        line[field] = pairs
            .iter()
            .enumerate()
            .map(|(i, copy)| {
                let mut shape = json!(copy);
                let other = text(&copy.of).filter(|_| i < ALIGNED).map(Place::new);
                shape["spans"] = other.map_or(Value::Null, |other| shared_spans(&own, &other));
                shape
            })
            .collect();
    }
    line
}

/// Where the wording stands that two texts share.
fn shared_spans(own: &Place, other: &Place) -> Value {
    let runs = dateline_story::aligned(own.text, other.text);
    runs.iter().map(|r| json!({"own": own.span(r.own), "other": other.span(r.other)})).collect()
}

/// One figure of a group, as `compare` and `new` print it.
fn figure_item(i: &FigureItem, words: &dyn Fn(usize, Span) -> Value) -> Value {
    let mut item = words(i.report, i.span);
    item["value"] = json!(i.value);
    item["unit"] = json!(i.unit);
    item["modifier"] = json!(i.modifier);
    item["speaker"] = json!(i.speaker);
    item["as_of"] = json!(i.as_of);
    item
}

/// One line of `dateline new`: what is new in a story or storyline (`name`) since a day; `reports` are those that
/// `news` was asked about.
pub fn news_line(name: (&str, &str), since: &str, news: &News, reports: &[&Report]) -> Value {
    let places: Vec<Place> = reports.iter().map(|r| Place::new(&r.article.text)).collect();
    let id = |report: usize| reports[report].id.as_str();
    let ids = |all: &[usize]| all.iter().map(|i| id(*i)).collect::<Vec<_>>();
    let words = |report: usize, span: Span| json!({"id": id(report), "span": places[report].span(span), "text": span.of(places[report].text)});
    let items = |all: &[FigureItem]| all.iter().map(|i| figure_item(i, &words)).collect::<Vec<_>>();
    let origins: Vec<Value> =
        news.origins.iter().map(|o| json!({"id": id(o.report), "copies": ids(&o.copies)})).collect();
    let copies: Vec<Value> = news.copies.iter().map(|(copy, of)| json!({"id": id(*copy), "of": id(*of)})).collect();
    let figures: Vec<Value> =
        news.figures.iter().map(|g| json!({"counted": g.counted, "items": items(&g.items)})).collect();
    let changed: Vec<Value> = news
        .changed
        .iter()
        .map(|c| {
            json!({"counted": c.counted, "verdict": c.verdict, "before": items(&c.before), "after": items(&c.after)})
        })
        .collect();
    let speakers: Vec<Value> = news
        .speakers
        .iter()
        .map(|s| {
            let said = reports[s.report].reading.attributions.get(s.attribution);
            let content = said.and_then(|a| a.content.iter().copied().reduce(Span::cover)).unwrap_or(Span::new(0, 0));
            let mut line = words(s.report, content);
            line["name"] = json!(s.name);
            line["role"] = json!(s.role);
            line
        })
        .collect();
    let denials: Vec<Value> = news
        .denials
        .iter()
        .map(|d| {
            let mut line = words(d.report, d.span);
            line["speaker"] = json!(d.speaker);
            line["of"] = d.of.as_ref().map_or(Value::Null, |of| {
                let mut claim = words(of.report, of.span);
                claim["speaker"] = json!(of.speaker);
                claim
            });
            line
        })
        .collect();
    json!({
        "story": (name.0 == "story").then_some(name.1), "storyline": (name.0 == "storyline").then_some(name.1),
        "since": since, "pages": ids(&news.pages), "undated": ids(&news.undated), "origins": origins,
        "copies": copies, "figures": figures, "changed": changed, "speakers": speakers, "denials": denials,
    })
}

/// One line of `dateline compare`; `reports` are those that `agreement` was asked about.
pub fn compare_line(story: &str, agreement: &Agreement, reports: &[&Report]) -> Value {
    let places: Vec<Place> = reports.iter().map(|r| Place::new(&r.article.text)).collect();
    let words = |report: usize, span: Span| json!({"id": reports[report].id, "span": places[report].span(span), "text": span.of(places[report].text)});
    let figures: Vec<Value> = agreement
        .figures
        .iter()
        .map(|g| {
            let items: Vec<Value> = g.items.iter().map(|i| figure_item(i, &words)).collect();
            json!({"counted": g.counted, "verdict": g.verdict, "items": items})
        })
        .collect();
    let quotations: Vec<Value> = agreement
        .quotations
        .iter()
        .map(|u| {
            let variants: Vec<Value> = u
                .variants
                .iter()
                .map(|v| {
                    let mut item = words(v.report, v.span);
                    item["kind"] = json!(v.kind);
                    item
                })
                .collect();
            json!({"speaker": u.speaker, "variants": variants})
        })
        .collect();
    json!({"story": story, "figures": figures, "quotations": quotations})
}

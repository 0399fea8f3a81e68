//! Facts as W3C Web Annotations (JSON-LD): any tool that knows the model finds the words in the page.

use crate::fact::{Fact, What, facts};
use crate::names::{capture_urn, urn_uuid, web_address};
use crate::page::{Page, Text, url};
use crate::tables::word;
use dateline_brief::json::{VERSION, one_line};
use dateline_reading::Entity;
use dateline_text::Span;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Code points of a quote's prefix and suffix.
const AROUND: usize = 32;

/// Writes an annotation collection of one page, one annotation a fact.
#[derive(Debug)]
pub struct Annotations<W> {
    out: W,
    id: String,
    written: u64,
}

impl<W: Write> Annotations<W> {
    /// Starts the collection. `selection` tells what was asked for, in words ("" for everything); the collection's id
    /// depends on it alone.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn new(mut out: W, selection: &str) -> io::Result<Annotations<W>> {
        let id = urn_uuid(&format!("annotations\n{selection}"));
        let label = if selection.is_empty() { "Facts".to_owned() } else { format!("Facts: {selection}") };
        write!(
            out,
            "{{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",{{\"dateline\":\"urn:dateline:fact:\"}}],\n\
             \"id\":{id},\"type\":\"AnnotationCollection\",\"label\":{},\"generator\":{},\n\
             \"first\":{{\"id\":{},\"type\":\"AnnotationPage\",\"partOf\":{id},\"startIndex\":0,\"items\":[",
            json!(label),
            generator(),
            json!(urn_uuid(&format!("page of\n{id}"))),
            id = json!(id),
        )?;
        Ok(Annotations { out, id, written: 0 })
    }

    /// Writes the annotations of an article's facts.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn page(&mut self, page: &Page) -> io::Result<()> {
        let text = Text::of(page.report);
        for fact in facts(page.report, &text) {
            let before = if self.written == 0 { "\n" } else { ",\n" };
            write!(self.out, "{before}{}", one_line(&annotation(page, &fact, &text)))?;
            self.written += 1;
        }
        Ok(())
    }

    /// Ends the collection; gives how many annotations were written.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(mut self) -> io::Result<u64> {
        let last = json!(urn_uuid(&format!("page of\n{}", self.id)));
        write!(self.out, "\n]}},\n\"last\":{last},\"total\":{}}}\n", self.written)?;
        self.out.flush()?;
        Ok(self.written)
    }
}

fn generator() -> Value {
    json!({"type": "Software", "name": VERSION})
}

fn annotation(page: &Page, fact: &Fact, text: &Text) -> Value {
    let id = urn_uuid(&format!("{}\n{}\n{}", page.report.id, fact.what.name(), fact.index));
    // what is said may stand in parts; all else is one stretch of words
    let spans: Vec<Span> = match fact.what {
        What::Attribution(a, _) if !a.content.is_empty() => a.content.clone(),
        _ => vec![fact.span],
    };
    let mut targets: Vec<Value> = spans.iter().map(|s| target(page, *s, text)).collect();
    let target = if targets.len() == 1 { targets.remove(0) } else { Value::Array(targets) };
    json!({
        "id": id,
        "type": "Annotation",
        "motivation": motivation(&fact.what),
        "generator": {"type": "Software", "name": page.version},
        "body": body(fact, text),
        "target": target,
    })
}

/// Why it is noted: names identify, the rest describes.
fn motivation(what: &What) -> &'static str {
    match what {
        What::Name(..) => "identifying",
        What::Time(_) => "tagging",
        What::Figure(_) | What::Attribution(..) => "describing",
    }
}

/// Where the words stand. Positions and quotes are of the article's main text; `cached` names the capture.
fn target(page: &Page, span: Span, text: &Text) -> Value {
    let report = page.report;
    let quoted = text.at(span);
    let (prefix, suffix) = text.around(span, AROUND);
    let capture = capture_urn(&report.id);
    json!({
        "type": "SpecificResource",
        "source": url(report).and_then(web_address).unwrap_or_else(|| capture.clone()),
        "state": {"type": "TimeState", "cached": capture},
        "dateline:capture": report.id,
        "selector": [
            {"type": "TextPositionSelector", "start": quoted.span[0], "end": quoted.span[1]},
            {"type": "TextQuoteSelector", "exact": quoted.words, "prefix": prefix, "suffix": suffix},
        ],
    })
}

fn body(fact: &Fact, text: &Text) -> Value {
    let quoted = |spans: &[Span]| {
        text.cover(spans)
            .map(|q| json!({"dateline:words": q.words, "dateline:start": q.span[0], "dateline:end": q.span[1]}))
    };
    let mut body = match &fact.what {
        What::Name(mention, entity, government) => {
            let mut body = json!({"type": "dateline:Name", "dateline:kind": word(&mention.kind)});
            if *government {
                body["dateline:government"] = json!(true);
            }
            if let Some(entity) = entity {
                named(&mut body, entity);
                placed(&mut body, entity);
            }
            body
        }
        What::Time(time) => {
            json!({"type": "dateline:Time", "dateline:kind": word(&time.kind), "value": time.value})
        }
        What::Figure(f) => json!({
            "type": "dateline:Figure", "dateline:number": f.value, "dateline:low": f.low, "dateline:high": f.high,
            "dateline:unit": f.unit, "dateline:modifier": word(&f.modifier), "dateline:asOf": f.as_of,
            "dateline:counted": f.counted.and_then(|c| quoted(&[c])), "dateline:attribution": f.attribution,
        }),
        What::Attribution(a, speaker) => {
            let mut body = json!({
                "type": "dateline:Attribution", "dateline:kind": word(&a.kind), "dateline:class": word(&a.class),
                "dateline:confidence": word(&a.confidence), "dateline:source": quoted(&a.source),
                "dateline:cue": quoted(&a.cue),
            });
            if let Some(entity) = speaker {
                named(&mut body, entity);
            }
            body
        }
    };
    body["dateline:rule"] = json!(fact.rule);
    body["dateline:index"] = json!(fact.index);
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|_, v| !v.is_null());
    }
    body
}

fn named(body: &mut Value, entity: &Entity) {
    body["value"] = json!(entity.name);
    body["dateline:key"] = json!(entity.key);
    body["dateline:role"] = json!(entity.role);
}

fn placed(body: &mut Value, entity: &Entity) {
    let Some(place) = &entity.place else { return };
    body["dateline:lat"] = json!(place.lat);
    body["dateline:lon"] = json!(place.lon);
    body["dateline:country"] = json!(place.country);
    if let Some(id) = place.gazetteer_id.as_deref().filter(|id| id.bytes().all(|b| b.is_ascii_digit())) {
        body["dateline:sameAs"] = json!({"id": format!("https://sws.geonames.org/{id}/")});
    }
}

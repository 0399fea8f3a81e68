//! The table of facts.

use super::word;
use crate::cell::{Cell, Column, float, int, text, yes};
use crate::fact::{Fact, What, facts};
use crate::page::{Page, Text, published, url};

/// Its columns.
pub const COLUMNS: &[Column] = &[
    text("id", "the article's id"),
    int("start", "first code point of the words in the article's text"),
    int("end", "one past the last"),
    text("words", "the exact words there"),
    text("rule", "the rule or model that found it"),
    text("fact", "name, time, figure or attribution"),
    int("index", "its place in `read --json`: mentions, times, figures or attributions; from 0"),
    text("type", "PERSON, ORG, PLACE …; DATE, TIME, DURATION, SET; direct, mixed, indirect"),
    text("value", "a time's TIMEX3 value"),
    float("number", "a figure's value"),
    float("low", "its lower bound, where the words give one"),
    float("high", "its upper bound"),
    text("unit", "its unit; empty for things counted"),
    text("modifier", "exact, about, at_least, more_than, at_most, less_than, between"),
    text("counted", "what is counted, in the article's words"),
    int("counted_start", "where they stand"),
    int("counted_end", "one past the last"),
    text("as_of", "as of when, ISO 8601, where the text says so"),
    int("attribution", "who gives the figure: `index` of the article's attribution"),
    text("entity", "a name's entity, or an attribution's speaker: its fullest name in the article"),
    text("key", "its key, the same in every article"),
    text("role", "office or description in the article's words"),
    float("lat", "a place's degrees north"),
    float("lon", "degrees east"),
    text("gazetteer_id", "its GeoNames id"),
    text("country", "ISO 3166 code of its country"),
    yes("government", "whether the place's name stands for its government"),
    text("source", "the words that name who says it"),
    int("source_start", "where they stand"),
    int("source_end", "one past the last"),
    text("cue", "the words that attribute"),
    int("cue_start", "where they stand"),
    int("cue_end", "one past the last"),
    text("parts", "the attributed words alone, as start-end of each part, between blanks"),
    text("class", "speech, belief, stance, label, no_comment"),
    text("confidence", "high, medium"),
    text("story", "the article's story"),
    text("outlet", "the article's outlet"),
    text("published", "the article's date"),
    text("url", "the article's address"),
    text("version", "of the program and rules that read it"),
];

/// What only some kinds of facts have.
#[derive(Default)]
struct Details {
    kind: Cell,
    value: Cell,
    number: Cell,
    low: Cell,
    high: Cell,
    unit: Cell,
    modifier: Cell,
    counted: [Cell; 3],
    as_of: Cell,
    attribution: Cell,
    entity: Cell,
    key: Cell,
    role: Cell,
    lat: Cell,
    lon: Cell,
    gazetteer_id: Cell,
    country: Cell,
    government: Cell,
    source: [Cell; 3],
    cue: [Cell; 3],
    parts: Cell,
    class: Cell,
    confidence: Cell,
}

/// Words with their span, as three cells.
fn placed(quoted: Option<crate::page::Quoted>) -> [Cell; 3] {
    match quoted {
        Some(q) => [q.words.into(), q.span[0].into(), q.span[1].into()],
        None => Default::default(),
    }
}

fn details(what: &What, text: &Text) -> Details {
    let mut d = Details::default();
    let (entity, is_name) = match what {
        What::Name(_, entity, _) => (*entity, true),
        What::Attribution(_, entity) => (*entity, false),
        _ => (None, false),
    };
    if let Some(e) = entity {
        d.entity = Cell::from(&e.name);
        d.key = Cell::from(&e.key);
        d.role = e.role.as_deref().into();
    }
    if let Some(place) = entity.filter(|_| is_name).and_then(|e| e.place.as_ref()) {
        (d.lat, d.lon) = (place.lat.into(), place.lon.into());
        d.gazetteer_id = place.gazetteer_id.as_deref().into();
        d.country = place.country.as_deref().into();
    }
    match what {
        What::Name(mention, _, government) => {
            d.kind = word(&mention.kind).into();
            d.government = (*government).into();
        }
        What::Time(time) => {
            d.kind = word(&time.kind).into();
            d.value = Cell::from(&time.value);
        }
        What::Figure(f) => {
            (d.number, d.low, d.high) = (f.value.into(), f.low.into(), f.high.into());
            d.unit = f.unit.as_deref().into();
            d.modifier = word(&f.modifier).into();
            d.counted = placed(f.counted.map(|c| text.at(c)));
            d.as_of = f.as_of.as_deref().into();
            d.attribution = f.attribution.into();
        }
        What::Attribution(a, _) => {
            d.kind = word(&a.kind).into();
            d.source = placed(text.cover(&a.source));
            d.cue = placed(text.cover(&a.cue));
            let parts = a.content.iter().map(|c| text.at(*c).span);
            d.parts = parts.map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join(" ").into();
            d.class = word(&a.class).into();
            d.confidence = word(&a.confidence).into();
        }
    }
    d
}

fn row(page: &Page, fact: &Fact, text: &Text) -> Vec<Cell> {
    let d = details(&fact.what, text);
    let mut row = vec![
        Cell::from(&page.report.id),
        fact.quoted.span[0].into(),
        fact.quoted.span[1].into(),
        fact.quoted.words.into(),
        fact.rule.into(),
        fact.what.name().into(),
        fact.index.into(),
        d.kind,
        d.value,
        d.number,
        d.low,
        d.high,
        d.unit,
        d.modifier,
    ];
    row.extend(d.counted);
    row.extend([d.as_of, d.attribution, d.entity, d.key, d.role]);
    row.extend([d.lat, d.lon, d.gazetteer_id, d.country, d.government]);
    row.extend(d.source);
    row.extend(d.cue);
    row.extend([d.parts, d.class, d.confidence]);
    row.extend([
        page.place.map(|p| p.story).into(),
        page.report.article.outlet.as_deref().into(),
        published(page.report).into(),
        url(page.report).into(),
        page.version.into(),
    ]);
    row
}

/// The rows of an article's facts.
pub fn rows(page: &Page) -> Vec<Vec<Cell>> {
    let text = Text::of(page.report);
    facts(page.report, &text).iter().map(|f| row(page, f, &text)).collect()
}

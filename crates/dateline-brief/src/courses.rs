//! Figures of many stories over time, made ready to be set: their words, who gives them, and their picture.

use crate::labels::verdict;
use crate::numbers::value_words;
use crate::shown;
use dateline_draw::{Bound, Mark, Picture, Value, course};
use dateline_reading::Modifier;
use dateline_story::{Course, CourseItem, Report, Verdict};
use dateline_text::{CharIndex, Span};
use serde_json::json;

/// Characters of the sentence that are shown on either side of a figure.
const AROUND: usize = 110;

/// Figures of one kind of thing.
#[derive(Debug, Clone, PartialEq)]
pub struct CoursePart {
    /// What is counted, in the pages' most usual words, and the unit.
    pub title: String,
    /// The figures, by day, undated ones last.
    pub rows: Vec<CourseRow>,
    /// Their picture, where two days or more have one.
    pub picture: Option<Picture>,
}

/// One page's figure.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseRow {
    /// The capture's id.
    pub id: String,
    /// Code points of the article's text, end-exclusive.
    pub span: [usize; 2],
    /// As of when, ISO 8601: as the text says, else the page's day.
    pub day: Option<String>,
    /// Value, unit and modifier, as a ledger shows them.
    pub value: String,
    /// The words before the figure in its sentence, the figure's, and those after.
    pub words: [String; 3],
    /// Who gives it; `None`: the page's own text.
    pub speaker: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// The page's headline.
    pub title: String,
    /// Its story.
    pub story: Option<String>,
    /// How it stands to others of its story.
    pub verdict: Option<&'static str>,
    item: CourseItem,
    unit: Option<String>,
}

/// Makes courses ready to be set; `stories` are those of the reports, `to` gives the address of a place in an article.
pub fn course_parts(
    courses: &[Course],
    reports: &[Report],
    stories: &[Option<String>],
    to: &dyn Fn(&str, [usize; 2]) -> String,
) -> Vec<CoursePart> {
    let indices: Vec<CharIndex> = reports.iter().map(|r| CharIndex::new(&r.article.text)).collect();
    let part = |c: &Course| {
        let rows: Vec<CourseRow> = c
            .items
            .iter()
            .filter_map(|i| {
                let story = stories.get(i.report).cloned().flatten();
                Some(row(i, c.unit.as_deref(), reports.get(i.report)?, indices.get(i.report)?, story))
            })
            .collect();
        let title = title(c);
        let values: Vec<Value> = rows.iter().filter_map(|r| value(r, to)).collect();
        let days = values.iter().filter_map(|v| v.day.as_deref().and_then(|d| d.get(..10)));
        let several = days.collect::<std::collections::BTreeSet<_>>().len() > 1;
        let picture = if several { course(&title, &values) } else { None };
        CoursePart { title, rows, picture }
    };
    courses.iter().map(part).collect()
}

/// "killed", "cable, depth · m", "USD".
fn title(course: &Course) -> String {
    let parts: Vec<String> = [shown(&course.counted), course.unit.as_deref().map(unit_words).unwrap_or_default()]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
    if parts.is_empty() { "(not named)".to_owned() } else { parts.join(" · ") }
}

fn unit_words(unit: &str) -> String {
    if unit == "percent" { "%".to_owned() } else { shown(unit) }
}

fn row(item: &CourseItem, unit: Option<&str>, page: &Report, index: &CharIndex, story: Option<String>) -> CourseRow {
    let text = page.article.text.as_str();
    let value = item.value.or(item.low).or(item.high);
    let modifier = match (item.value, item.low, item.high) {
        (None, Some(_), None) => Modifier::AtLeast,
        (None, None, Some(_)) => Modifier::AtMost,
        _ => item.modifier,
    };
    let words = match (item.value, item.low, item.high) {
        (None, Some(low), Some(high)) => {
            format!(
                "{} – {}",
                value_words(Some(low), None, Modifier::Exact),
                value_words(Some(high), unit, Modifier::Exact)
            )
        }
        _ => value_words(value, unit, modifier),
    };
    CourseRow {
        id: page.id.clone(),
        span: index.to_chars(text, item.span),
        day: item.as_of.clone(),
        value: words,
        words: context(page, item.span),
        speaker: item.speaker.as_deref().map(shown),
        outlet: page.article.outlet.as_deref().map(shown),
        title: page.article.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown),
        story,
        verdict: item.verdict.map(verdict),
        item: item.clone(),
        unit: unit.map(str::to_owned),
    }
}

/// The sentence around a figure, cut at words where it is long.
fn context(page: &Report, span: Span) -> [String; 3] {
    let text = page.article.text.as_str();
    let sentences = &page.reading.sentences;
    let at = sentences.partition_point(|s| s.end <= span.start);
    let sentence = sentences.get(at).copied().filter(|s| s.contains(span)).unwrap_or(span);
    let (before, after) = (Span::new(sentence.start, span.start).of(text), Span::new(span.end, sentence.end).of(text));
    let begin = before.char_indices().rev().nth(AROUND).map_or(0, |(i, _)| i);
    let begin = if begin > 0 { before.get(begin..).and_then(|b| b.find(' ')).map_or(begin, |i| begin + i) } else { 0 };
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
    let end = if end < after.len() { after.get(..end).and_then(|a| a.rfind(' ')).unwrap_or(end) } else { end };
    let left = if begin > 0 { "… " } else { "" };
    let right = if end < after.len() { " …" } else { "" };
    [
        format!("{left}{}", with_gaps(before.get(begin..).unwrap_or(before))),
        shown(span.of(text)),
        format!("{}{right}", with_gaps(after.get(..end).unwrap_or(after))),
    ]
}

/// A piece of a sentence, with a space where white space parts it from its neighbours.
fn with_gaps(piece: &str) -> String {
    let gap = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    let words = shown(piece);
    if words.is_empty() {
        return gap(piece.chars().next()).to_owned();
    }
    format!("{}{words}{}", gap(piece.chars().next()), gap(piece.chars().next_back()))
}

fn value(row: &CourseRow, to: &dyn Fn(&str, [usize; 2]) -> String) -> Option<Value> {
    let item = &row.item;
    let range = item.low.zip(item.high).filter(|_| item.value.is_none());
    let value = item.value.or(range.map(|(a, b)| (a + b) / 2.0)).or(item.low).or(item.high)?;
    let bound = match item.modifier {
        _ if item.value.is_none() && item.low.is_some() && item.high.is_none() => Bound::AtLeast,
        _ if item.value.is_none() && item.high.is_some() && item.low.is_none() => Bound::AtMost,
        Modifier::About => Bound::About,
        Modifier::AtLeast | Modifier::MoreThan => Bound::AtLeast,
        Modifier::AtMost | Modifier::LessThan => Bound::AtMost,
        Modifier::Exact | Modifier::Between => Bound::Exact,
    };
    Some(Value {
        day: row.day.clone(),
        value,
        range,
        bound,
        label: label(row),
        words: row.words.concat(),
        outlet: row.outlet.clone(),
        series: row.story.clone(),
        giver: row.speaker.clone(),
        mark: mark(item.verdict),
        href: Some(to(&row.id, row.span)),
    })
}

/// The value without its unit, which the picture's title has.
fn label(row: &CourseRow) -> String {
    let unit = row.unit.as_deref().map(|u| format!(" {}", unit_words(u))).unwrap_or_default();
    row.value.strip_suffix(unit.as_str()).unwrap_or(&row.value).to_owned()
}

/// How a verdict is drawn.
pub(crate) fn mark(verdict: Option<Verdict>) -> Mark {
    match verdict {
        None => Mark::Alone,
        Some(Verdict::Agree) => Mark::Agrees,
        Some(Verdict::Compatible) => Mark::Compatible,
        Some(Verdict::Updated) => Mark::Updated,
        Some(Verdict::Differ) => Mark::Differs,
    }
}

/// One line of `dateline figures --json`: a kind of thing with its figures. A field may be added, none renamed.
pub fn course_line(part: &CoursePart) -> serde_json::Value {
    let items: Vec<serde_json::Value> = part
        .rows
        .iter()
        .map(|r| {
            json!({
                "id": r.id, "span": r.span, "text": r.words[1], "sentence": r.words.concat().trim(),
                "value": r.item.value, "low": r.item.low, "high": r.item.high, "unit": r.unit, "modifier": r.item.modifier,
                "speaker": r.speaker, "as_of": r.day, "outlet": r.outlet, "title": r.title, "story": r.story,
                "verdict": r.item.verdict,
            })
        })
        .collect();
    json!({"counted": part.title, "figures": items, "version": crate::json::VERSION})
}

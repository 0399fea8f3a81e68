//! Agreement: what a story's articles say about the same figures and utterances, side by side.

mod across;
pub(crate) mod bag;
mod dispute;
mod figures;
pub(crate) mod interval;
mod joined;
mod same;
mod subject;
mod tables;
pub mod units;
mod utterances;

pub use across::{Course, CourseItem, courses};

use crate::decisions::Persons;
use crate::{Agreement, FigureGroup, Report, Story};
use dateline_reading::NameKind;
use dateline_text::{Span, fold, words};
use rayon::prelude::*;

/// Words of the sentence that name a figure whose thing counted is not named.
const LEAD_IN: usize = 6;

/// The agreement of each story, in their order; members of the stories are indices into `reports`.
pub fn agreements(stories: &[Story], reports: &[Report]) -> Vec<Agreement> {
    agreements_decided(stories, reports, &Persons::default())
}

/// The same where the user decided which names are one person's and which are not. The reports must have been settled
/// by the same decisions ([`Persons::settle`]).
pub fn agreements_decided(stories: &[Story], reports: &[Report], persons: &Persons) -> Vec<Agreement> {
    stories.par_iter().map(|s| decided(&s.reports(reports), persons)).collect()
}

/// Lines up figures and utterances across the articles of one story.
///
/// The outcome does not depend on the order of the reports, apart from the indices in it: they are taken by date, then
/// id. Figures and utterances that one article alone gives are groups of one.
pub fn agreement(reports: &[&Report]) -> Agreement {
    decided(reports, &Persons::default())
}

fn decided(reports: &[&Report], persons: &Persons) -> Agreement {
    let order = by_date(reports);
    Agreement {
        figures: figures::groups(reports, &order),
        quotations: utterances::utterances(reports, &order, persons),
    }
}

/// The figures of [`agreement`] alone.
pub fn figures_of(reports: &[&Report]) -> Vec<FigureGroup> {
    figures::groups(reports, &by_date(reports))
}

/// Places of reports by date, then id.
fn by_date(reports: &[&Report]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|i| {
        let r = reports[*i];
        (r.article.published.as_ref().map(|p| p.value.as_str()), r.id.as_str())
    });
    order
}

/// Who gives an attribution: the speaker's fullest name, else the words of the source; a pronoun names nobody.
pub(crate) fn speaker_name(page: &Report, attribution: usize) -> Option<String> {
    let a = page.reading.attributions.get(attribution)?;
    // "Denmark and the Netherlands": one of two givers is not the giver
    let several = a.source.first().map(|s| s.of(&page.article.text).trim());
    if let Some(words) = several.filter(|w| w.contains(" and ") && !w.contains(',') && w.chars().count() <= 60) {
        return Some(words.to_owned());
    }
    if let Some(e) = a.speaker.and_then(|s| page.reading.entities.get(s)) {
        return Some(e.name.clone());
    }
    let named = page
        .reading
        .mentions
        .iter()
        .find(|m| m.kind == NameKind::Person && a.source.iter().any(|s| s.contains(m.span)));
    if let Some(e) = named.and_then(|m| m.entity).and_then(|e| page.reading.entities.get(e)) {
        return Some(e.name.clone());
    }
    let words = a.source.first()?.of(&page.article.text).trim();
    let pronoun =
        matches!(fold(words).as_str(), "" | "he" | "she" | "it" | "they" | "i" | "we" | "who" | "which" | "that");
    (!pronoun).then(|| words.to_owned())
}

/// The last words before a span in its sentence, or the first behind it where it opens the sentence.
fn lead_in(page: &Report, span: Span) -> String {
    let text = page.article.text.as_str();
    let at = page.reading.sentences.partition_point(|s| s.end <= span.start);
    let Some(sentence) = page.reading.sentences.get(at).filter(|s| s.contains(span)) else {
        return span.of(text).to_owned();
    };
    let before = Span::new(sentence.start, span.start);
    let all = words(before.of(text));
    let cut = match all.len().checked_sub(LEAD_IN) {
        _ if all.is_empty() => Span::new(span.end, sentence.end),
        Some(from) => Span::new(before.start + all[from].span.start, before.end),
        None => before,
    };
    let cut = cut.trim(text).of(text);
    cut.split_whitespace().take(LEAD_IN * 2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;

//! The pages of a story: title, outlet, authors, date and its basis, credit, what each repeats, what was kept out.

use super::{Desk, Told};
use crate::dates::day;
use crate::labels::aside_label;
use crate::model::{KeptOut, PageLine};
use dateline_article::AsideKind;
use dateline_reading::TimeKind;
use dateline_story::{Report, Story};
use std::collections::BTreeMap;

/// Characters of the text that stand for a title where a page has none.
const FIRST_WORDS: usize = 80;

/// A page's headline; its first words where it has none.
pub(crate) fn title(report: &Report) -> String {
    if let Some(title) = report.article.title.as_deref().filter(|t| !t.trim().is_empty()) {
        return crate::shown(title);
    }
    let text = crate::shown(report.article.text.split('\n').next().unwrap_or(""));
    match text.char_indices().nth(FIRST_WORDS) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text,
    }
}

/// One line a page.
pub(super) fn lines(desk: &Desk, story: &Story, told: &[Told], explained: &dyn Fn(&str) -> bool) -> Vec<PageLine> {
    let number: BTreeMap<&str, usize> = told.iter().map(|t| (t.report.id.as_str(), t.number)).collect();
    story.members.iter().zip(told).map(|(m, t)| line(desk, story, *m, (t, told), &number, explained)).collect()
}

/// One page among those told.
fn line(
    desk: &Desk,
    story: &Story,
    member: usize,
    (told, all): (&Told, &[Told]),
    number: &BTreeMap<&str, usize>,
    explained: &dyn Fn(&str) -> bool,
) -> PageLine {
    let a = &told.report.article;
    PageLine {
        page: told.number,
        id: told.report.id.clone(),
        title: title(told.report),
        outlet: a.outlet.as_deref().map(crate::shown),
        bylines: a.bylines.iter().map(|b| crate::shown(b)).collect(),
        published: a.published.as_ref().map(|p| p.value.clone()),
        basis: a.published.as_ref().map(|p| p.basis.clone()),
        latest_named: if a.published.is_none() { latest_named(told.report) } else { None },
        wire: a.wire.clone(),
        source: told.report.source.url.clone().or_else(|| told.report.source.path.clone()),
        repeats: repeats(desk, story, member, number),
        shared: super::shared::lines(desk, story, member, all, explained),
        versions: super::versions::lines(desk, told.report),
        kept_out: kept_out(told.report),
        notes: a.notes.clone(),
    }
}

/// For a copy: the first text of its origin, and how much of each stands in the other.
fn repeats(desk: &Desk, story: &Story, member: usize, number: &BTreeMap<&str, usize>) -> Option<(usize, [u32; 2])> {
    let origin = story.origins.iter().find(|o| o.contains(&member))?;
    let first = *origin.first()?;
    if first == member {
        return None;
    }
    let first_id = desk.reports[first].id.as_str();
    let copies = &desk.links.members[member].copies;
    let copy = copies.iter().find(|c| c.of == first_id).or_else(|| copies.first())?;
    let percent = |share: f64| (share * 100.0).round() as u32;
    Some((*number.get(copy.of.as_str())?, copy.containment.map(percent)))
}

/// The last full day that the text names; without its year where the page shows none.
fn latest_named(report: &Report) -> Option<String> {
    let days = report.reading.times.iter().filter(|t| t.kind == TimeKind::Date && t.value.len() == 10);
    let digits = |v: &str| v.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let with_year = days.clone().map(|t| t.value.as_str()).filter(|v| digits(v)).max();
    let without = || days.map(|t| t.value.as_str()).filter(|v| v.strip_prefix("XXXX").is_some_and(digits)).max();
    with_year.or_else(without).map(str::to_owned)
}

/// Asides by kind. Menus and unnamed remains are not worth a line.
fn kept_out(report: &Report) -> Vec<KeptOut> {
    let kinds = [AsideKind::Caption, AsideKind::Teaser, AsideKind::FeedItem, AsideKind::Promotion, AsideKind::Comment];
    kinds
        .into_iter()
        .filter_map(|kind| {
            let of_kind: Vec<_> = report.article.asides.iter().filter(|a| a.kind == kind).collect();
            let mut days: Vec<&str> = of_kind.iter().filter_map(|a| a.date.as_deref()).map(day).collect();
            days.sort_unstable();
            let days = days.first().zip(days.last()).map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
            (!of_kind.is_empty()).then(|| KeptOut { kind: aside_label(kind).to_owned(), count: of_kind.len(), days })
        })
        .collect()
}

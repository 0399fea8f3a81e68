//! The ledger of figures: disputed ones first, then those that several pages give, then the rest.

use super::{Extent, Told};
use crate::dates::day;
use crate::model::{FigureCell, FigureLine};
use dateline_story::{Agreement, FigureGroup, Verdict};
use std::cmp::Reverse;

/// Lines a story's ledger holds at most.
const MOST: usize = 12;
const MOST_ON_PAGE: usize = 24;

/// The lines of the ledger and how many were left out.
pub(super) fn ledger(agreement: &Agreement, told: &[Told], extent: Extent) -> (Vec<FigureLine>, usize) {
    let most = extent.most(MOST, MOST_ON_PAGE);
    let mut groups: Vec<&FigureGroup> = agreement.figures.iter().filter(|g| !g.items.is_empty()).collect();
    groups.sort_by_key(|g| (Reverse(weight(g)), g.items[0].report, g.items[0].span.start));
    let more = groups.len().saturating_sub(most);
    (groups.into_iter().take(most).map(|g| line(g, told)).collect(), more)
}

/// Whether more than one page, or more than one count, stands in the group.
fn is_shared(group: &FigureGroup) -> bool {
    group.items.len() > 1
}

fn weight(group: &FigureGroup) -> (u8, bool, bool) {
    let verdict = match group.verdict {
        _ if !is_shared(group) => 0,
        Verdict::Differ => 4,
        Verdict::Updated => 3,
        Verdict::Compatible => 2,
        Verdict::Agree => 1,
    };
    let first = &group.items[0];
    (verdict, first.speaker.is_some(), first.unit.is_some())
}

fn line(group: &FigureGroup, told: &[Told]) -> FigureLine {
    let cells = group
        .items
        .iter()
        .filter_map(|i| {
            let page = told.get(i.report)?;
            Some(FigureCell {
                note: page.note(i.span),
                words: page.words(i.span),
                value: i.value,
                unit: i.unit.clone(),
                modifier: i.modifier,
                speaker: i.speaker.as_deref().map(crate::shown),
                as_of: page.report.reading.figures.get(i.figure).and_then(|f| f.as_of.clone()),
                page_day: page.report.article.published.as_ref().map(|p| day(&p.value).to_owned()),
            })
        })
        .collect();
    FigureLine { counted: crate::shown(&group.counted), verdict: is_shared(group).then_some(group.verdict), cells }
}

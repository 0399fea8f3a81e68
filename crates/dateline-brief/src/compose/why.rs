//! Why each page is in its story: the links that the linker tells, among the story's pages.

use super::{Desk, Told};
use crate::model::WhyLine;
use dateline_story::Story;
use std::collections::BTreeMap;

/// One line for each link of each page explained, in the order of the pages, strongest first.
pub(super) fn lines(desk: &Desk, story: &Story, told: &[Told], explained: &dyn Fn(&str) -> bool) -> Vec<WhyLine> {
    let number: BTreeMap<&str, usize> = told.iter().map(|t| (t.report.id.as_str(), t.number)).collect();
    let mut out = Vec::new();
    for (m, page) in story.members.iter().zip(told) {
        let Some(member) = desk.links.members.get(*m).filter(|m| explained(&m.id)) else { continue };
        for reason in &member.because {
            let Some(with) = number.get(reason.with.as_str()) else { continue };
            let shown = |words: &[String]| words.iter().map(|w| crate::shown(w)).collect();
            let figure = |(value, unit): &(f64, Option<String>)| {
                crate::value_words(Some(*value), unit.as_deref(), dateline_reading::Modifier::Exact)
            };
            out.push(WhyLine {
                page: page.number,
                with: *with,
                score: reason.score,
                names: shown(&reason.entities),
                terms: shown(&reason.terms),
                figures: reason.figures.iter().map(figure).collect(),
                days: reason.days,
                against: reason.against.clone(),
            });
        }
    }
    out
}

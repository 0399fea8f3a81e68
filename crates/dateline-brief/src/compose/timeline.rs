//! The timeline: sentences that name a day, month or year.

use super::{Extent, Told};
use crate::model::Moment;
use dateline_reading::TimeKind;
use std::collections::{BTreeMap, BTreeSet};

/// Moments a story's timeline holds at most.
const MOST: usize = 8;
const MOST_ON_PAGE: usize = 24;

/// Dates that the pages name, each with a sentence that names it, earliest first. A sentence is told once, under its
/// most exact date; the most exact dates are kept where there are too many, and it is said how many are not.
pub(super) fn moments(told: &[Told], extent: Extent) -> (Vec<Moment>, usize) {
    let mut by_date: BTreeMap<String, (usize, Moment)> = BTreeMap::new();
    for t in told {
        for time in &t.report.reading.times {
            if time.kind != TimeKind::Date || !is_calendar(&time.value) {
                continue;
            }
            let Some(sentence) = t.report.reading.sentences.iter().find(|s| s.contains(time.span)) else {
                continue;
            };
            let moment = Moment { date: time.value.clone(), words: t.words(*sentence), note: t.note(*sentence) };
            let entry = by_date.entry(time.value.clone()).or_insert((0, moment));
            entry.0 += 1;
        }
    }
    let mut all: Vec<(usize, Moment)> = by_date.into_values().collect();
    all.sort_by(|a, b| (b.1.date.len().min(10), b.0).cmp(&(a.1.date.len().min(10), a.0)).then(a.1.date.cmp(&b.1.date)));
    let mut told_already = BTreeSet::new();
    all.retain(|(_, m)| told_already.insert((m.note.page, m.note.span)));
    let more = all.len();
    all.truncate(extent.most(MOST, MOST_ON_PAGE));
    let more = more - all.len();
    let mut out: Vec<Moment> = all.into_iter().map(|(_, m)| m).collect();
    out.sort_by(|a, b| a.date.cmp(&b.date));
    (out, more)
}

/// "2024", "2024-01", "2024-01-25": a place on a calendar and nothing else.
fn is_calendar(value: &str) -> bool {
    matches!(value.len(), 4 | 7 | 10)
        && value.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::is_calendar;

    #[test]
    fn weeks_seasons_and_vague_references_are_no_place_on_a_calendar() {
        assert!(is_calendar("2024-01-25") && is_calendar("2024-01") && is_calendar("2024"));
        assert!(!is_calendar("2024-W05") && !is_calendar("2024-SU") && !is_calendar("PAST_REF") && !is_calendar("199"));
    }
}

//! Which pages of a story share wording with a page, and where.

use super::{Desk, Told};
use crate::model::SharedLine;
use dateline_story::{Copy, CopyKind, Story, aligned};

/// Pairs told of one page.
const MOST: usize = 12;

/// The story's pages that share wording with one, in their order; the words themselves where the page is explained.
pub(super) fn lines(
    desk: &Desk,
    story: &Story,
    member: usize,
    told: &[Told],
    explained: &dyn Fn(&str) -> bool,
) -> Vec<SharedLine> {
    let Some(links) = desk.links.members.get(member) else { return Vec::new() };
    let Some(page) = told.iter().zip(&story.members).find(|(_, m)| **m == member).map(|(t, _)| t) else {
        return Vec::new();
    };
    let pairs = links.copies.iter().chain(&links.passages);
    let of = |copy: &Copy| {
        told.iter().find(|t| t.report.id == copy.of).map(|t| line(page, t, copy, explained(&page.report.id)))
    };
    let mut out: Vec<SharedLine> = pairs.filter_map(of).collect();
    out.sort_by_key(|s| (s.kind == CopyKind::Passage, s.page));
    out.truncate(MOST);
    out
}

fn line(page: &Told, other: &Told, copy: &Copy, explained: bool) -> SharedLine {
    let day = |t: &Told| t.report.article.published.as_ref().map(|p| p.value.clone());
    let texts = || aligned(&page.report.article.text, &other.report.article.text);
    let runs = if explained { texts() } else { Vec::new() };
    SharedLine {
        page: other.number,
        kind: copy.kind,
        contained: copy.containment.map(|share| (share * 100.0).round() as u32),
        earlier: day(page).zip(day(other)).and_then(|(a, b)| earlier(&a, &b)),
        spans: runs.iter().map(|r| [page.note(r.own), other.note(r.other)]).collect(),
    }
}

/// Whether the first of two times of ISO 8601 is the earlier, as far as both say; with offsets, by the day alone.
fn earlier(a: &str, b: &str) -> Option<bool> {
    let cut = |t: &str| if t.len() > 16 { t.get(..10).unwrap_or(t).to_owned() } else { t.to_owned() };
    let (a, b) = (cut(a), cut(b));
    let n = a.len().min(b.len());
    let (a, b) = (a.get(..n)?, b.get(..n)?);
    (a != b).then_some(a < b)
}

#[cfg(test)]
mod tests {
    use super::earlier;

    #[test]
    fn what_both_say_of_the_time_decides() {
        assert_eq!(earlier("2026-04-09", "2026-04-10T08:00"), Some(true));
        assert_eq!(earlier("2026-04-09T10:00", "2026-04-09T08:00"), Some(false));
        assert_eq!(earlier("2026-04-09", "2026-04-09T08:00"), None);
        assert_eq!(earlier("2026-04-09T10:00:00+03:00", "2026-04-09T08:00:00Z"), None);
    }
}

//! Older captures of a page, and what each next one changed.

use super::Desk;
use crate::model::{ChangeLine, Side, VersionLine};
use dateline_story::{Change, Changes, Report, Taken, changes, order, seen};
use dateline_text::{CharIndex, Span};

/// Older captures of a page that are told.
const MOST: usize = 20;

/// The older captures of a page among the reports at hand, oldest first, each with what the next changed.
pub(super) fn lines(desk: &Desk, report: &Report) -> Vec<VersionLine> {
    let older = desk.links.members.iter().zip(desk.reports);
    let older = older.filter(|(m, _)| m.version_of.as_deref() == Some(report.id.as_str())).map(|(_, r)| r);
    let mut all: Vec<&Report> = older.collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<Taken> =
        all.iter().map(|r| Taken { id: r.id.clone(), seen: seen(r), length: r.article.text.len() }).collect();
    order(&mut taken);
    all.sort_by_key(|r| taken.iter().position(|t| t.id == r.id));
    all.push(report);
    let first = all.len().saturating_sub(MOST + 1);
    all[first..].windows(2).map(|pair| line(pair[0], pair[1])).collect()
}

fn line(old: &Report, new: &Report) -> VersionLine {
    VersionLine {
        id: old.id.clone(),
        seen: seen(old),
        next: new.id.clone(),
        until: seen(new),
        changes: change_lines(old, new, &changes(old, new)),
    }
}

/// Changes with their words and places.
pub fn change_lines(old: &Report, new: &Report, found: &Changes) -> Vec<ChangeLine> {
    let (before, after) = (CharIndex::new(&old.article.text), CharIndex::new(&new.article.text));
    let side = |report: &Report, index: &CharIndex, span: Option<Span>, words: &Option<String>| -> Option<Side> {
        let text = &report.article.text;
        let place = span.map(|s| index.to_chars(text, s));
        let words = span.map(|s| s.of(text)).or(words.as_deref())?;
        Some(Side { span: place, words: crate::shown(words) })
    };
    let line = |c: &Change| ChangeLine {
        kind: c.kind,
        old: side(old, &before, c.old, &c.words[0]),
        new: side(new, &after, c.new, &c.words[1]),
    };
    found.changes.iter().map(line).collect()
}

//! The page's headline among its lines.

use super::lines::Line;
use super::roles::Role;
use dateline_text::{Span, fold};
use std::collections::BTreeMap;

/// How far before the body a headline is looked for, in lines.
const REACH: usize = 60;
/// Marks between a headline and the outlet's name in a window title.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " · ", " • ", " » "];

/// A headline and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// The line it stands on.
    pub(super) line: usize,
    /// Where it stands in the decoded text; a part of the line where the outlet's name follows it.
    pub(super) span: Span,
}

/// Finds the headline: a line before the body that the window title repeats, that is repeated itself, or that is
/// nearest to the body and looks like one.
pub(super) fn find(text: &str, lines: &[Line<'_>], roles: &[Role], body: usize) -> Option<Title> {
    let window = lines.first().map(|l| fold(l.text)).unwrap_or_default();
    let repeated = repeated(lines);
    let mut best: Option<(i64, usize)> = None;
    // The body may begin with a headline that ends as a sentence does.
    for i in body.saturating_sub(REACH)..(body + 3).min(lines.len()) {
        let (Some(line), Some(role)) = (lines.get(i), roles.get(i)) else { continue };
        let key = fold(line.text);
        let in_window = i > 0 && headlines(&window).any(|h| h == key);
        let inside = i >= body;
        if inside && !in_window || !could_be(line, *role, in_window) {
            continue;
        }
        let mut score = i64::try_from(line.words.min(10)).unwrap_or(0) * 2;
        score -= i64::try_from(body.abs_diff(i)).unwrap_or(0);
        score += if in_window { 200 } else { 0 };
        score += if repeated.get(&key).is_some_and(|n| *n > 1) { 15 } else { 0 };
        score += if followed_by_facts(roles, i) { 10 } else { 0 };
        score -= if crowded(lines, i) { 8 } else { 0 };
        // Of equal lines the last one before the body: menus come first.
        if best.is_none_or(|(b, _)| score >= b) {
            best = Some((score, i));
        }
    }
    let found = best.filter(|(score, _)| *score > 0).map(|(_, i)| i);
    match found {
        Some(line) => {
            let span = lines.get(line)?.span;
            Some(Title { line, span: if line == 0 { without_outlet(text, span) } else { span } })
        }
        None => window_alone(text, lines, roles, body),
    }
}

/// The window title's own headline, where no line of the page repeats it.
fn window_alone(text: &str, lines: &[Line<'_>], roles: &[Role], body: usize) -> Option<Title> {
    let (first, role) = (lines.first()?, roles.first()?);
    (body > 0 && could_be(first, *role, false)).then(|| Title { line: 0, span: without_outlet(text, first.span) })
}

/// The start of a line up to the last mark before an outlet's name, where what remains is still a headline.
fn without_outlet(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let cut = SEPARATORS.iter().filter_map(|s| words.rfind(s).map(|i| (i, i + s.len()))).max();
    let Some((cut, after)) = cut else { return span };
    let name = words.get(after..).unwrap_or_default();
    if is_outlet(name) && cut > name.len() { Span::new(span.start, span.start + cut).trim(text) } else { span }
}

/// Whether words after a mark are an outlet's name rather than the end of the headline: few, none of them lower case.
fn is_outlet(name: &str) -> bool {
    const SMALL: [&str; 8] = ["of", "the", "and", "de", "la", "der", "di", "online"];
    let mut words = name.split_whitespace();
    name.split_whitespace().count() <= 5
        && words.all(|w| !w.starts_with(char::is_lowercase) || SMALL.contains(&w) || w.contains('.'))
}

/// The folded window title, and its parts before each mark.
fn headlines(window: &str) -> impl Iterator<Item = &str> {
    let cuts = SEPARATORS.iter().flat_map(move |s| window.match_indices(s).map(|(i, _)| i));
    std::iter::once(window)
        .chain(cuts.filter_map(move |i| window.get(..i).map(str::trim)))
        .filter(|h| h.split_whitespace().count() >= 2 || !h.is_ascii())
}

/// How often each line of some length stands on the page.
fn repeated(lines: &[Line<'_>]) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for line in lines.iter().filter(|l| (4..=40).contains(&l.words)) {
        *out.entry(fold(line.text)).or_insert(0) += 1;
    }
    out
}

fn could_be(line: &Line<'_>, role: Role, in_window: bool) -> bool {
    if in_window {
        return line.words >= 1 && line.words <= 50;
    }
    let shape = match role {
        Role::Loose | Role::Short | Role::Item => true,
        // Questions and quotations end as sentences do, and so do the headlines of some outlets.
        Role::ShortSentence | Role::Prose => {
            !line.text.ends_with(['.', '…']) || line.words <= 12 && !line.text.contains(". ")
        }
        Role::Caption | Role::Byline | Role::Dated | Role::Teaser | Role::Mark(_) => false,
    };
    shape && (3..=32).contains(&line.words)
}

/// Whether a byline or date follows within a few lines.
fn followed_by_facts(roles: &[Role], i: usize) -> bool {
    roles.iter().skip(i + 1).take(5).any(|r| matches!(r, Role::Byline | Role::Dated))
}

/// Whether the line is one of many in its group, as in menus and lists of links.
fn crowded(lines: &[Line<'_>], i: usize) -> bool {
    let Some(group) = lines.get(i).map(|l| l.group) else { return false };
    let from = i.saturating_sub(3);
    lines.iter().skip(from).take(7).filter(|l| l.group == group).count() >= 4
}

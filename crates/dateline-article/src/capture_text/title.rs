//! The page's headline among its lines.

use super::lines::Line;
use super::roles::Role;
use dateline_text::{Span, fold};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How far before the body a headline is looked for, in lines.
const REACH: usize = 150;
/// Running text (words) that must follow a headline inside of the run.
const LEAST_AFTER: usize = 80;
/// Marks between a headline and the outlet's name in a window title.
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " • ", " » ", " * "];

/// A headline and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// The line it stands on.
    pub(super) line: usize,
    /// Where it stands in the decoded text; a part of the line where the outlet's name follows it.
    pub(super) span: Span,
}

/// Finds the headline: a line before the body that the window title (a capture's first line) repeats, that is repeated
/// itself, or that is nearest to the body and looks like one.
pub(super) fn find(text: &str, lines: &[Line<'_>], roles: &[Role], body: &Range<usize>) -> Option<Title> {
    let search = Search { window: Window::of(lines), repeated: repeated(lines), lines, roles };
    let inside = search.inside(body);
    let found = inside.or_else(|| search.before(body));
    match found {
        Some(0) => Some(Title { line: 0, span: without_outlet(text, lines.first()?.span) }),
        Some(line) => Some(Title { line, span: lines.get(line)?.span }),
        None => window_alone(text, lines, roles, body.start),
    }
}

struct Search<'s, 't> {
    window: Window,
    repeated: BTreeMap<String, usize>,
    lines: &'s [Line<'t>],
    roles: &'s [Role],
}

impl Search<'_, '_> {
    /// The best candidate before the body, or on its first lines where a headline ends as a sentence does.
    fn before(&self, body: &Range<usize>) -> Option<usize> {
        let mut best: Option<(i64, usize)> = None;
        for i in body.start.saturating_sub(REACH)..(body.start + 3).min(self.lines.len()) {
            let Some(score) = self.score(i, body.start) else { continue };
            // Of equal lines the last one before the body: menus come first.
            if best.is_none_or(|(b, _)| score >= b) {
                best = Some((score, i));
            }
        }
        best.filter(|(score, _)| *score > 0).map(|(_, i)| i)
    }

    /// The window title's headline inside of the run, where enough running text follows: what stood before it were
    /// teasers or summaries.
    fn inside(&self, body: &Range<usize>) -> Option<usize> {
        let mut after = 0;
        for i in body.clone().rev() {
            let line = self.lines.get(i)?;
            if after >= LEAST_AFTER && line.words >= 3 && self.window.is(&fold(line.text)) {
                return Some(i);
            }
            if self.roles.get(i) == Some(&Role::Prose) {
                after += line.words;
            }
        }
        None
    }

    fn score(&self, i: usize, body: usize) -> Option<i64> {
        let (line, role) = (self.lines.get(i)?, *self.roles.get(i)?);
        let key = fold(line.text);
        let in_window = i > 0 && self.window.is(&key);
        let alike = if i > 0 { self.window.share(&key) } else { 0 };
        if i >= body && !in_window || !could_be(line, role, in_window) {
            return None;
        }
        let mut score = i64::try_from(line.words.min(10)).unwrap_or(0) * 2;
        score -= i64::try_from(body.abs_diff(i).min(25)).unwrap_or(0);
        score += if in_window { 200 } else { 0 };
        score += if alike >= 50 && line.words >= 4 { alike } else { 0 };
        score += if self.repeated.get(&key).is_some_and(|n| *n > 1) { 15 } else { 0 };
        score += if followed_by_facts(self.roles, i) { 10 } else { 0 };
        score -= if crowded(self.lines, i) { 12 } else { 0 };
        Some(score)
    }
}

/// The first line of a capture, which is often the title of the browser's window.
struct Window {
    /// The folded line, and its parts before each mark.
    headlines: Vec<String>,
    words: BTreeSet<String>,
}

impl Window {
    fn of(lines: &[Line<'_>]) -> Window {
        let whole = lines.first().filter(|l| l.words <= 40).map(|l| fold(l.text)).unwrap_or_default();
        let cuts = SEPARATORS.iter().flat_map(|s| whole.match_indices(s).map(|(i, _)| i));
        let mut headlines: Vec<String> = cuts.filter_map(|i| whole.get(..i)).map(|h| h.trim().to_owned()).collect();
        headlines.push(whole.clone());
        headlines.retain(|h| h.split_whitespace().count() >= 2 || !h.is_ascii());
        Window { words: words(&whole).collect(), headlines }
    }

    fn is(&self, key: &str) -> bool {
        self.headlines.iter().any(|h| h == key)
    }

    /// How much of a line the window title holds, in hundredths of the line's longer words.
    fn share(&self, key: &str) -> i64 {
        let (mut held, mut all) = (0, 0);
        for word in words(key) {
            all += 1;
            held += i64::from(self.words.contains(&word));
        }
        if all < 3 { 0 } else { held * 100 / all }
    }
}

/// Folded words of four letters or more.
fn words(folded: &str) -> impl Iterator<Item = String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4).map(str::to_owned)
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
        Role::Caption | Role::Byline | Role::Dated | Role::Teaser | Role::Repeated | Role::Mark(_) => false,
    };
    shape && (3..=32).contains(&line.words) && crate::meta::bylines::bare(line.text).is_none()
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

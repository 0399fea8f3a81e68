//! What blocks are beyond their kind: questions and answers of an interview, entries of a live blog with their times;
//! and pull quotes, which say again what the text says.

use super::lines::{Line, Lines};
use super::main_text::{Part, Sorted};
use super::prose::key;
use super::tags::{Attr, Tag};
use super::tree::Tree;
use super::zones::Zone;
use crate::meta::dates::{self, Hint};
use crate::{Block, BlockKind, Mark};
use memchr::memmem;

/// Fewest questions that make an interview, and entries that make a live blog.
const FEWEST: usize = 3;
/// Shortest pull quote, in letters and digits.
const SHORT_PULL: usize = 20;
/// Longest pull quote, in characters.
const LONG_PULL: usize = 320;
/// Most lines asked whether they are pull quotes.
const MOST_PULLS: usize = 60;
/// Longest question, in characters.
const LONG_QUESTION: usize = 400;
/// How many nodes of an entry are searched for its time.
const NEAR: usize = 40;

/// Marks quotes set large that repeat words of the text as what they are, so that nothing said is counted twice.
pub(super) fn pull_quotes(tree: &Tree<'_>, page: &Lines, sorted: &mut Sorted) {
    let is_body = |i: &usize| sorted.parts[*i] == Part::Body;
    let asked = |i: &usize| {
        let line = &page.lines[*i];
        line.chars <= LONG_PULL && (line.kind == BlockKind::Quote || calls_itself_quote(tree, line))
    };
    let candidates: Vec<usize> = (0..page.lines.len()).filter(is_body).filter(asked).take(MOST_PULLS).collect();
    if candidates.is_empty() {
        return;
    }
    let rest: String = (0..page.lines.len())
        .filter(|i| is_body(i) && candidates.binary_search(i).is_err())
        .map(|i| key(&page.lines[i].text) + "|")
        .collect();
    let repeats = |line: &Line| {
        // The speaker's name may stand below the words.
        let said = key(line.text.split('\n').next().unwrap_or_default());
        said.chars().count() >= SHORT_PULL && memmem::find(rest.as_bytes(), said.as_bytes()).is_some()
    };
    for i in candidates {
        if repeats(&page.lines[i]) {
            sorted.parts[i] = Part::Beside(Some(Zone::PullQuote));
        }
    }
}

/// Whether the element of a line, or one of the two around it, says that it is a quote.
fn calls_itself_quote(tree: &Tree<'_>, line: &Line) -> bool {
    let around = std::iter::once(line.node).chain(tree.ancestors(line.node)).take(3);
    around.into_iter().any(|n| {
        let names = super::zones::names(tree, n);
        names.contains("quote-") || names.contains("-pull-") || names.contains("-zitat-") || names.contains("-citat")
    })
}

/// The marks of an article's blocks, in their order.
pub(super) fn of(
    tree: &Tree<'_>,
    page: &Lines,
    sorted: &Sorted,
    blocks: &[Block],
    hint: Hint<'_>,
    day: Option<&str>,
) -> Vec<Mark> {
    let shown = page.lines.iter().zip(&sorted.parts).filter(|(_, p)| matches!(p, Part::Body | Part::Title));
    let lines: Vec<&Line> = shown.map(|(l, _)| l).collect();
    if lines.len() != blocks.len() {
        return Vec::new();
    }
    let mut out = entries(tree, &lines, blocks, hint, day);
    if out.is_empty() {
        out = questions(tree, &lines, blocks);
    }
    out.sort_by_key(|m| m.block);
    out
}

/// Questions that stand in bold or as headings, or after "Q:", each with what follows it up to the next.
fn questions(tree: &Tree<'_>, lines: &[&Line], blocks: &[Block]) -> Vec<Mark> {
    let asks = |i: usize| {
        let text = lines[i].text.trim_end();
        let labelled = ["Q:", "Q.", "F:", "Frage:", "Question:", "Pregunta:"].iter().any(|l| text.starts_with(l));
        let marked =
            text.ends_with(['?', '？', '؟', ';']) && !text.ends_with(';') && text.chars().count() <= LONG_QUESTION;
        blocks[i].kind != BlockKind::Title && (labelled || marked && (lines[i].level > 1 || is_bold(tree, lines[i])))
    };
    let asked: Vec<usize> = (0..lines.len()).filter(|i| asks(*i)).collect();
    let answered = |i: &&usize| **i + 1 < lines.len() && asked.binary_search(&(**i + 1)).is_err();
    if asked.iter().filter(answered).count() < FEWEST {
        return Vec::new();
    }
    let mark = |block: usize, role: &str| Mark { block, role: role.to_owned(), time: None };
    let mut out = Vec::new();
    for (n, question) in asked.iter().enumerate() {
        out.push(mark(*question, "question"));
        let until = asked.get(n + 1).copied().unwrap_or(lines.len());
        let answers = (question + 1..until).take_while(|i| lines[*i].level == 0);
        out.extend(answers.map(|i| mark(i, "answer")));
    }
    out
}

/// Whether all of a line's text stands in bold.
fn is_bold(tree: &Tree<'_>, line: &Line) -> bool {
    let texts = tree.inside(line.node).filter(|n| tree.tag(*n).is_none() && !tree.raw_text(*n).trim().is_empty());
    let mut any = false;
    for text in texts.take(12) {
        any = true;
        let around = tree.ancestors(text).take_while(|n| *n != line.node).take(4);
        if !around.into_iter().any(|n| matches!(tree.tag(n), Some(Tag::Strong | Tag::B))) {
            return false;
        }
    }
    any
}

/// Entries of a live blog: elements built alike, side by side, each with text of the article and a time of its own.
fn entries(tree: &Tree<'_>, lines: &[&Line], blocks: &[Block], hint: Hint<'_>, day: Option<&str>) -> Vec<Mark> {
    let mut best: Vec<Mark> = Vec::new();
    let mut tried = std::collections::BTreeSet::new();
    for line in lines {
        // The elements around a line, from the inside: one of them may be an entry.
        for node in tree.ancestors(line.first).take(6) {
            let parent = tree.parent(node);
            if node == 0 || !tried.insert(parent) {
                continue;
            }
            let found = entries_in(tree, parent, lines, blocks, hint, day);
            if found.len() >= FEWEST && found.len() > best.len() {
                best = found;
            }
        }
    }
    best
}

/// The entries that are children of one element.
fn entries_in(
    tree: &Tree<'_>,
    parent: usize,
    lines: &[&Line],
    blocks: &[Block],
    hint: Hint<'_>,
    day: Option<&str>,
) -> Vec<Mark> {
    let mut out = Vec::new();
    for child in tree.children(parent).filter(|c| tree.tag(*c).is_some_and(|t| t.is_block())) {
        let first = lines.partition_point(|l| l.first < child);
        let inside = |i: usize| lines.get(i).is_some_and(|l| tree.within(l.first, child));
        if !inside(first) || blocks.get(first).is_none_or(|b| b.kind == BlockKind::Title) {
            continue;
        }
        if let Some(time) = time_of(tree, child, hint, day) {
            out.push(Mark { block: first, role: "entry".to_owned(), time: Some(time) });
        }
    }
    let apart = out.windows(2).all(|pair| pair[0].time != pair[1].time || pair[0].block + 1 < pair[1].block);
    if apart { out } else { Vec::new() }
}

/// The time that an entry gives at its start: a `<time>`, or a time of day alone, which is that of the article's day.
fn time_of(tree: &Tree<'_>, entry: usize, hint: Hint<'_>, day: Option<&str>) -> Option<String> {
    for i in tree.inside(entry).take(NEAR) {
        match tree.tag(i) {
            Some(Tag::Time) => {
                let stamp = tree.attribute(i, Attr::Datetime).map(|d| d.into_owned());
                let whole = stamp.as_deref().and_then(|d| dates::parse(d, hint)).filter(|iso| iso.len() > 10);
                return whole.or_else(|| on_day(&tree.text_inside(i), hint, day));
            }
            None => {
                let text = tree.raw_text(i).trim();
                let short = (4..=12).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_digit());
                if let Some(time) = on_day(text, hint, day).filter(|_| short) {
                    return Some(time);
                }
            }
            _ => {}
        }
    }
    None
}

/// A date with its time of day, or a time of day on the article's day.
fn on_day(text: &str, hint: Hint<'_>, day: Option<&str>) -> Option<String> {
    let whole = dates::find_in_line(text, hint).map(|f| f.iso);
    if let Some(iso) = whole {
        return Some(iso).filter(|iso| iso.len() > 10);
    }
    let both = format!("{} {}", day?.get(..10)?, text.trim());
    dates::find_in_line(&both, hint).map(|f| f.iso).filter(|iso| iso.len() > 10)
}

//! Boxes of pointers to other articles, told by their shape: one element after another built alike, each with a
//! link that is a headline and little text besides.

use super::lines::{Line, ZoneAt};
use super::tags::Attr;
use super::tree::{NONE, Tree};
use super::zones::Zone;

/// Least number of such elements side by side.
const LEAST: usize = 3;
/// Most running text of one, in characters.
const MOST_PROSE: usize = 500;
/// Least length of a link that is a headline, in characters.
const HEADLINE: usize = 14;

/// How many children of one element are looked at.
const SIBLINGS: usize = 64;

/// Finds rows of cards: an element each whose children are mostly cards.
pub(crate) fn find(tree: &Tree<'_>, lines: &[Line], prose: &[usize]) -> Vec<ZoneAt> {
    let mut cards: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match card(tree, lines, prose, at) {
            Some((node, next)) => {
                cards.push((tree.parent(node), node));
                at = next;
            }
            None => at += 1,
        }
    }
    rows(cards)
}

/// The card that begins with this line, and the line after it.
fn card(tree: &Tree<'_>, lines: &[Line], prose: &[usize], at: usize) -> Option<(usize, usize)> {
    // The largest element that begins with this line and holds few lines.
    let mut best = None;
    for node in std::iter::once(lines[at].first).chain(tree.ancestors(lines[at].first)) {
        if tree.tag(node).is_none() || node == 0 {
            continue;
        }
        if at > 0 && tree.within(lines[at - 1].first, node) {
            break;
        }
        let count = lines[at..].iter().take(7).take_while(|l| tree.within(l.first, node)).count();
        if count > 6 {
            break;
        }
        let held = at..at + count;
        let links = held.clone().filter(|i| is_headline(tree, &lines[*i])).count();
        let text: usize = held.clone().map(|i| prose[i]).sum();
        if (1..=2).contains(&links) && text <= MOST_PROSE && is_repeated(tree, node) {
            best = Some((node, at + count));
        }
    }
    best
}

/// A line that is all one link, long enough to be a headline.
fn is_headline(tree: &Tree<'_>, line: &Line) -> bool {
    line.link_share() > 0.9 && line.chars >= HEADLINE && tree.nodes[line.first].link != NONE
}

/// Whether an element of the same name and class stands beside it.
fn is_repeated(tree: &Tree<'_>, node: usize) -> bool {
    let class = |n: usize| tree.raw_attribute(n, Attr::Class).and_then(|c| c.split_whitespace().next());
    let alike = |n: usize| tree.tag(n) == tree.tag(node) && class(n) == class(node);
    tree.children(tree.parent(node)).take(SIBLINGS).filter(|n| alike(*n)).take(LEAST).count() == LEAST
}

/// Cards that stand in one element with enough others.
fn rows(mut cards: Vec<(usize, usize)>) -> Vec<ZoneAt> {
    let mut out = Vec::new();
    cards.sort_unstable();
    for row in cards.chunk_by(|a, b| a.0 == b.0) {
        if row.len() >= LEAST {
            out.extend(row.iter().map(|(_, node)| ZoneAt { node: *node, zone: Zone::Teaser }));
        }
    }
    out
}

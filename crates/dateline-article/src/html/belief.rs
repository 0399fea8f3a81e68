//! How far what an element says of itself is believed.

use super::lines::{Line, ZoneAt};
use super::tags::Tag;
use super::tree::Tree;
use super::zones::Zone;

/// Share of the running text beyond which a zone is not believed.
const TOO_MUCH: f32 = 0.4;

/// The zones that are what they say.
pub(crate) fn believed(
    tree: &Tree<'_>,
    lines: &[Line],
    prose: &[usize],
    zones: &[ZoneAt],
    title: Option<usize>,
) -> Vec<ZoneAt> {
    let sums = sums(tree, lines, prose.iter().map(|p| *p as f32));
    let total = sums.last().copied().unwrap_or(0.0).max(1.0);
    let holds_title = |zone: &ZoneAt| title.is_some_and(|t| tree.within(lines[t].first, zone.node));
    let share = |zone: &ZoneAt| (sums[tree.nodes[zone.node].end as usize] - sums[zone.node]) / total;
    let is_article = |zone: &ZoneAt| tree.tag(zone.node) == Some(Tag::Article);
    let holds = |zone: &&ZoneAt| match zone.zone {
        Zone::Teaser if is_article(zone) => !holds_title(zone),
        Zone::Comment | Zone::Notice => !holds_title(zone),
        Zone::Figure => !tree.inside(zone.node).any(|n| matches!(tree.tag(n), Some(Tag::Table | Tag::Blockquote))),
        _ if holds_title(zone) => share(zone) < 0.05,
        _ => share(zone) < TOO_MUCH,
    };
    zones.iter().filter(holds).copied().collect()
}

/// Elements that are articles of their own beside the one with the headline, as pages have them that go on with
/// the next story where one ends.
pub(crate) fn other_articles(tree: &Tree<'_>, lines: &[Line], title: Option<usize>) -> Vec<ZoneAt> {
    let articles: Vec<usize> = (0..tree.nodes.len()).filter(|n| tree.tag(*n) == Some(Tag::Article)).collect();
    let Some(title) = title.map(|t| lines[t].first) else { return Vec::new() };
    if !articles.iter().any(|a| tree.within(title, *a)) {
        return Vec::new();
    }
    let headed = |a: usize| {
        let from = lines.partition_point(|l| l.first < a);
        lines[from..].iter().take_while(|l| tree.within(l.first, a)).take(12).any(|l| l.level == 1 || l.level == 2)
    };
    let around = |a: usize| articles.iter().any(|o| *o != a && tree.within(a, *o) && tree.within(title, *o));
    let other = |a: &usize| !tree.within(title, *a) && !around(*a) && headed(*a);
    articles.iter().copied().filter(other).map(|node| ZoneAt { node, zone: Zone::Teaser }).collect()
}

/// Sums of the lines' values by node: an element's sum is `sums[end] - sums[element]`.
pub(crate) fn sums(tree: &Tree<'_>, lines: &[Line], values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sums = vec![0f32; tree.nodes.len() + 1];
    for (line, value) in lines.iter().zip(values) {
        sums[line.first + 1] += value;
    }
    for i in 1..sums.len() {
        sums[i] += sums[i - 1];
    }
    sums
}

/// The outermost believed zone around each line; a caption's word goes before others'.
pub(crate) fn zone_of_lines(tree: &Tree<'_>, lines: &[Line], zones: &[ZoneAt]) -> Vec<Option<Zone>> {
    let mut next = zones.iter().peekable();
    let mut open: Vec<ZoneAt> = Vec::new();
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        while open.last().is_some_and(|z| !tree.within(line.first, z.node)) {
            open.pop();
        }
        while let Some(zone) = next.next_if(|z| z.node <= line.first) {
            if tree.within(line.first, zone.node) {
                open.push(*zone);
            }
        }
        out.push(open.first().map(|z| z.zone));
    }
    out
}

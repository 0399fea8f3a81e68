//! Which lines are the article.
//!
//! Every line gets a weight: running text counts for its length, links and fragments count against. Weights add up
//! over the whole tree, and the article is the smallest element that holds nearly all of the page's running text
//! outside of zones that are something else by their own account. A zone's word is not taken for more than it can
//! be: one that holds most of the page's running text is the article, whatever its class says.

use super::lines::{Line, Lines, ZoneAt};
use super::tree::Tree;
use super::zones::Zone;
use crate::BlockKind;

/// What a line is in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Main text.
    Body,
    /// The headline.
    Title,
    /// Something else, of this zone where it says.
    Beside(Option<Zone>),
}

/// A page's lines sorted into article and the rest.
#[derive(Debug)]
pub(crate) struct Sorted {
    /// One entry a line.
    pub parts: Vec<Part>,
    /// Running text in the article, in characters.
    pub prose: usize,
}

/// Share of an element's weight that a child must hold for the child to be the better choice.
const HOLDS_IT: f32 = 0.88;

/// Sorts the lines. `title` is the page's headline, as far as it is known.
pub(crate) fn sort(tree: &Tree<'_>, page: &Lines, title: Option<&str>) -> Sorted {
    let lines = &page.lines;
    let zones = believed(tree, page);
    let zoned = zone_of_lines(tree, lines, &zones);
    let weights: Vec<f32> =
        lines.iter().zip(&zoned).map(|(line, zone)| if zone.is_some() { 0.0 } else { weight(line) }).collect();
    let root = container(tree, lines, &weights);
    let mut parts: Vec<Part> = lines
        .iter()
        .zip(&zoned)
        .map(|(line, zone)| match zone {
            Some(zone) => Part::Beside(Some(*zone)),
            None if tree.within(line.first, root) && belongs(line) => Part::Body,
            None => Part::Beside(None),
        })
        .collect();
    mark_title(lines, &mut parts, title);
    drop_idle_headings(lines, &mut parts);
    let prose = lines.iter().zip(&parts).filter(|(_, p)| **p == Part::Body).map(|(l, _)| prose(l)).sum();
    Sorted { parts, prose }
}

/// Characters of running text in a line.
pub(crate) fn prose(line: &Line) -> usize {
    let own = line.chars - line.link_chars;
    let ends = line
        .text
        .ends_with(['.', '!', '?', '…', '"', '”', '»', '“', '’', ')', ':', '。', '！', '？', '」', '।', '؟', '۔']);
    let inner = line.text.contains([',', '，', '、', '،']) || line.text.contains(". ");
    let long = own >= 100 || (own >= 40 && (ends || inner));
    if long && line.level == 0 && line.link_share() < 0.6 && line.kind != BlockKind::TableRow { own } else { 0 }
}

/// How much a line speaks for the element it stands in.
fn weight(line: &Line) -> f32 {
    let running = prose(line);
    if running > 0 {
        return running as f32;
    }
    if line.link_share() > 0.6 {
        return -(line.link_chars.min(60) as f32) * 0.15;
    }
    0.0
}

/// The zones that are what they say.
fn believed(tree: &Tree<'_>, page: &Lines) -> Vec<ZoneAt> {
    let mut sums = vec![0usize; tree.nodes.len() + 1];
    for line in &page.lines {
        sums[line.first + 1] += prose(line);
    }
    for i in 1..sums.len() {
        sums[i] += sums[i - 1];
    }
    let total = *sums.last().unwrap_or(&0);
    let holds = |zone: &ZoneAt| sums[tree.nodes[zone.node].end as usize] - sums[zone.node];
    let has_h1 = |zone: &ZoneAt| page.lines.iter().any(|l| l.level == 1 && tree.within(l.first, zone.node));
    page.zones
        .iter()
        .filter(|zone| {
            let share = holds(zone) as f32 / total.max(1) as f32;
            match zone.zone {
                Zone::Comment => !has_h1(zone),
                _ => share < 0.4,
            }
        })
        .copied()
        .collect()
}

/// The outermost believed zone around each line.
fn zone_of_lines(tree: &Tree<'_>, lines: &[Line], zones: &[ZoneAt]) -> Vec<Option<Zone>> {
    let mut next = zones.iter().peekable();
    let mut current: Option<ZoneAt> = None;
    lines
        .iter()
        .map(|line| {
            if current.is_some_and(|z| !tree.within(line.first, z.node)) {
                current = None;
            }
            while let Some(zone) = next.next_if(|z| z.node <= line.first) {
                if current.is_none() && tree.within(line.first, zone.node) {
                    current = Some(*zone);
                }
            }
            current.map(|z| z.zone)
        })
        .collect()
}

/// The smallest element that holds nearly all the weight.
fn container(tree: &Tree<'_>, lines: &[Line], weights: &[f32]) -> usize {
    let mut sums = vec![0f32; tree.nodes.len() + 1];
    for (line, weight) in lines.iter().zip(weights) {
        sums[line.first + 1] += weight;
    }
    for i in 1..sums.len() {
        sums[i] += sums[i - 1];
    }
    let of = |node: usize| sums[tree.nodes[node].end as usize] - sums[node];
    let mut at = 0;
    loop {
        let whole = of(at);
        let best = tree.children(at).filter(|c| tree.tag(*c).is_some()).max_by(|a, b| of(*a).total_cmp(&of(*b)));
        match best {
            Some(child) if of(child) > 0.0 && of(child) >= whole * HOLDS_IT => at = child,
            _ => return at,
        }
    }
}

/// Whether a line inside the article's element is part of it.
fn belongs(line: &Line) -> bool {
    line.link_share() < 0.7 || (line.kind == BlockKind::TableRow)
}

/// Folds a text to its letters and digits, for comparing.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The line that shows the headline: a heading with its words, else any line with its words.
pub(crate) fn title_line(page: &Lines, title: Option<&str>) -> Option<usize> {
    let wanted = title.map(key).filter(|k| !k.is_empty())?;
    let shows = |line: &Line| line.chars <= wanted.len() + 40 && key(&line.text) == wanted;
    let heading = page.lines.iter().position(|l| l.level > 0 && shows(l));
    heading.or_else(|| page.lines.iter().position(shows)).or_else(|| page.lines.iter().position(|l| l.level == 1))
}

/// The first line that is the title's words.
fn mark_title(lines: &[Line], parts: &mut [Part], title: Option<&str>) {
    let Some(wanted) = title.map(key).filter(|k| !k.is_empty()) else { return };
    let mut shown = false;
    for (line, part) in lines.iter().zip(parts.iter_mut()) {
        if line.chars <= wanted.len() + 40 && key(&line.text) == wanted && line.kind != BlockKind::ListItem {
            *part = if shown { Part::Beside(None) } else { Part::Title };
            shown = true;
        }
    }
}

/// Headings with nothing of the article under them.
fn drop_idle_headings(lines: &[Line], parts: &mut [Part]) {
    let mut followed = false;
    for (line, part) in lines.iter().zip(parts.iter_mut()).rev() {
        match part {
            Part::Body if line.level > 0 => {
                if !followed {
                    *part = Part::Beside(None);
                }
            }
            Part::Body => followed = true,
            _ => {}
        }
    }
}

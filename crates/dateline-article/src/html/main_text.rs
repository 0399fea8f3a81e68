//! Which lines are the article.
//!
//! Every line gets a weight: running text counts for its length, more where it stands in one element with other
//! running text, less before the headline and alone in a box of its own; links count against. Weights add up over
//! the whole tree, and the article is the smallest element that holds nearly all of the weight. What an element's
//! class says of it is believed unless it holds most of the page's running text. Inside the article's element,
//! short lines belong to it by the company they keep.

use super::belief::{believed, other_articles, sums, zone_of_lines};
use super::cards;
use super::lines::{Line, Lines};
use super::metadata::Facts;
use super::phrases::{self, Phrase};
use super::prose::{ends_sentence, key, own, prose};
use super::sites::{Selected, What};
use super::tags::Tag;
use super::tree::Tree;
use super::zones::{self, Zone};
use crate::BlockKind;
use crate::capture_text::captions;
use crate::meta::access;
use crate::meta::bylines;
use crate::meta::dates::{self, Hint};

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
    /// How many pointers to other articles make up what was chosen, where it is nothing else: a section's page.
    pub pointers: usize,
}

/// Share of an element's weight that a child must hold for the child to be the better choice.
const HOLDS_IT: f32 = 0.8;
/// Running text in one element, in characters, from which on it counts in full.
const FULL_GROUP: f32 = 500.0;
/// What running text before the headline counts for.
const BEFORE_TITLE: f32 = 0.25;

/// Longest link that may be a paragraph of the text, in characters.
const SHORT_LINK: usize = 50;
/// How many lines after the headline may be a byline.
const NEAR: usize = 8;
/// Longest time that stands alone on a line, in characters.
const TIME: usize = 40;
/// Longest plea for a subscription, in characters; a longer line tells of one.
const PLEA: usize = 220;
/// Longest byline, in characters.
const BYLINE: usize = 140;

/// The lines of a page with what is known of each.
struct Sorting<'p, 's> {
    tree: &'p Tree<'s>,
    lines: &'p [Line],
    prose: Vec<usize>,
    zone: Vec<Option<Zone>>,
    title: Option<usize>,
    body: Option<String>,
}

/// Sorts a page's lines.
pub(crate) fn sort(tree: &Tree<'_>, page: &Lines, facts: &Facts) -> Sorted {
    let lines = &page.lines;
    let prose: Vec<usize> = lines.iter().map(prose).collect();
    let title = title_line(page, facts.title.as_deref());
    let mut zones = page.zones.clone();
    zones.extend(cards::find(tree, lines, &prose));
    zones.extend(other_articles(tree, lines, title));
    zones.sort_by_key(|z| z.node);
    let zones = believed(tree, lines, &prose, &zones, title);
    let zone = zone_of_lines(tree, lines, &zones);
    let body = facts.body.as_deref().map(key).filter(|k| k.len() >= 400);
    let sorting = Sorting { tree, lines, prose, zone, title, body };
    let root = sorting.container();
    let mut parts = sorting.first_parts(root);
    sorting.boxes(&mut parts);
    sorting.lead(root, &mut parts, facts);
    sorting.keep_company(&mut parts);
    sorting.trim_ends(&mut parts);
    sorting.headings(&mut parts);
    sorting.mark_title(root, &mut parts, facts.title.as_deref());
    let kept = parts.iter().zip(&sorting.prose).filter(|(p, _)| **p == Part::Body).map(|(_, n)| n).sum();
    let pointers = if facts.is_article { 0 } else { sorting.pointers(root, &parts) };
    Sorted { parts, prose: kept, pointers }
}

/// What rules for the outlet say of lines goes before what was found.
pub(crate) fn by_rules(tree: &Tree<'_>, page: &Lines, selected: &Selected, sorted: &mut Sorted) {
    let bodies: Vec<usize> = selected.of(What::Body).collect();
    let dropped: Vec<usize> = selected.of(What::Drop).collect();
    if bodies.is_empty() && dropped.is_empty() {
        return;
    }
    let within = |line: &Line, nodes: &[usize]| nodes.iter().any(|n| tree.within(line.first, *n));
    for (line, part) in page.lines.iter().zip(&mut sorted.parts).filter(|(_, p)| **p != Part::Title) {
        if within(line, &dropped) {
            *part = Part::Beside(Some(Zone::Promotion));
        } else if !bodies.is_empty() && *part == Part::Body && !within(line, &bodies) {
            *part = Part::Beside(None);
        } else if *part == Part::Beside(None) && within(line, &bodies) {
            *part = Part::Body;
        }
    }
    let kept = page.lines.iter().zip(&sorted.parts).filter(|(_, p)| **p == Part::Body);
    sorted.prose = kept.map(|(l, _)| prose(l)).sum();
}

impl Sorting<'_, '_> {
    /// The element around a line that its neighbours share: the parent of its block.
    fn group(&self, line: &Line) -> usize {
        match self.tree.tag(line.node) {
            Some(Tag::P | Tag::Li | Tag::Blockquote) => self.tree.parent(line.node),
            Some(t) if t.is_heading() => self.tree.parent(line.node),
            _ => line.node,
        }
    }

    /// Running text by group: (group, characters), sorted by group.
    fn groups(&self) -> Vec<(usize, usize)> {
        let mut all: Vec<(usize, usize)> =
            self.lines.iter().zip(&self.prose).filter(|(_, p)| **p > 0).map(|(l, p)| (self.group(l), *p)).collect();
        all.sort_unstable();
        all.dedup_by(|b, a| {
            let same = a.0 == b.0;
            if same {
                a.1 += b.1;
            }
            same
        });
        all
    }

    /// Whether the page's own machine-readable text holds the line.
    fn in_body(&self, line: &Line) -> bool {
        let Some(body) = &self.body else { return false };
        let key = key(&line.text);
        let head = key.get(..key.floor_char_boundary(60)).unwrap_or_default();
        head.len() >= 20 && memchr::memmem::find(body.as_bytes(), head.as_bytes()).is_some()
    }

    /// The smallest element that holds nearly all the weight.
    fn container(&self) -> usize {
        let groups = self.groups();
        let weights = self.lines.iter().enumerate().map(|(i, line)| {
            if self.zone[i].is_some() {
                return 0.0;
            }
            if self.prose[i] == 0 {
                let links = if line.link_share() > 0.6 { line.link_chars.min(60) } else { 0 };
                return -(links as f32) * 0.1;
            }
            let group = self.group(line);
            let company = groups.binary_search_by_key(&group, |g| g.0).map_or(0, |g| groups[g].1);
            let mut weight = self.prose[i] as f32 * (company as f32 / FULL_GROUP).clamp(0.1, 1.0);
            if self.title.is_some_and(|t| i < t) {
                weight *= BEFORE_TITLE;
            }
            if self.in_body(line) {
                weight *= 2.0;
            }
            weight
        });
        let sums = sums(self.tree, self.lines, weights);
        let of = |node: usize| sums[self.tree.nodes[node].end as usize] - sums[node];
        let mut at = 0;
        loop {
            let children = self.tree.children(at).filter(|c| self.tree.tag(*c).is_some());
            match children.max_by(|a, b| of(*a).total_cmp(&of(*b))) {
                Some(child) if of(child) > 0.0 && of(child) >= of(at) * HOLDS_IT => at = child,
                _ => return at,
            }
        }
    }

    /// Lines of the container that are in no zone and are no links.
    fn first_parts(&self, root: usize) -> Vec<Part> {
        self.lines
            .iter()
            .enumerate()
            .map(|(i, line)| match self.zone[i] {
                Some(zone) => Part::Beside(Some(zone)),
                None if !self.tree.within(line.first, root) => Part::Beside(None),
                None if self.is_byline(i) => Part::Beside(Some(Zone::Byline)),
                None if self.is_caption(line) => Part::Beside(Some(Zone::Caption)),
                None => match phrases::phrase(&line.text) {
                    Some(Phrase::Teaser) => Part::Beside(Some(Zone::Teaser)),
                    Some(Phrase::Promotion) => Part::Beside(Some(Zone::Promotion)),
                    None if line.chars <= PLEA && access::pleads(&line.text) => Part::Beside(Some(Zone::Promotion)),
                    None if line.link_share() < 0.7 || own(line) >= 80 || line.kind == BlockKind::TableRow => {
                        Part::Body
                    }
                    None => Part::Beside(None),
                },
            })
            .collect()
    }

    /// A short line right under the headline that says who wrote it, or when; a time alone anywhere.
    fn is_byline(&self, at: usize) -> bool {
        let line = &self.lines[at];
        // A time alone on its line heads an entry of a live blog.
        let around = self.tree.parent(line.first);
        if self.tree.tag(around) == Some(Tag::Time) && line.chars <= TIME && self.tree.text_inside(around) == line.text
        {
            return true;
        }
        let near = self.title.is_some_and(|t| t < at && at <= t + NEAR);
        let names = |part: &str| matches!(bylines::line(part, Hint::default()), Some(bylines::Line::Names(_)));
        let named = || line.text.split('\n').any(names) || is_date(&line.text);
        near && line.chars <= BYLINE && !ends_sentence(&line.text) && named()
    }

    /// A line that credits a picture.
    fn is_caption(&self, line: &Line) -> bool {
        let words = line.text.split_whitespace().count();
        line.kind == BlockKind::Paragraph && words <= 75 && captions::caption(&line.text, words).is_some()
    }

    /// Boxes under a heading that calls them what they are ("Most read") go with it.
    fn boxes(&self, parts: &mut [Part]) {
        for i in 0..parts.len() {
            let line = &self.lines[i];
            let calls = line.level > 0 && phrases::phrase(&line.text) == Some(Phrase::Teaser);
            if !calls {
                continue;
            }
            let around = self.tree.parent(line.node);
            let end = self.lines.partition_point(|l| l.first < self.tree.nodes[around].end as usize);
            let held: usize = self.prose[i + 1..end].iter().sum();
            if held < 200 {
                parts[i + 1..end].fill(Part::Beside(Some(Zone::Teaser)));
            }
        }
    }

    /// The lead between headline and container; and nothing but running text before the first running text.
    fn lead(&self, root: usize, parts: &mut [Part], facts: &Facts) {
        let Some(first) = (0..parts.len()).find(|i| parts[*i] == Part::Body && self.prose[*i] > 0) else { return };
        let summary = facts.summary.as_deref().map(key).unwrap_or_default();
        let is_summary = |line: &Line| {
            let key = key(&line.text);
            key.len() >= 30 && summary.len() >= 30 && (summary.starts_with(&key) || key.starts_with(&summary))
        };
        let from = self.title.map_or(0, |t| t + 1);
        let opening = self.group(&self.lines[first]);
        for (i, part) in parts.iter_mut().enumerate().take(first).skip(from) {
            let line = &self.lines[i];
            let inside = self.tree.within(line.first, root);
            let zone = matches!(
                self.zone[i],
                Some(Zone::Caption | Zone::Figure | Zone::Navigation | Zone::Share | Zone::Comment)
            );
            let open = matches!(*part, Part::Body | Part::Beside(None));
            let long = open && self.prose[i] > 0 && line.kind == BlockKind::Paragraph;
            let free = inside && self.zone[i].is_none() && *part == Part::Body;
            let home = self.group(line) == opening;
            let listed = matches!(line.kind, BlockKind::ListItem | BlockKind::TableRow);
            let said = (home && line.chars >= 12)
                || (line.chars >= 20 && ends_sentence(&line.text))
                || (listed && self.group(&self.lines[first]) == self.tree.parent(self.group(line)));
            let heading = line.level > 1 && (line.chars >= 40 || home) && line.link_share() < 0.5;
            let lead = open && line.chars >= 24 && line.link_share() < 0.3 && self.calls_itself_lead(line);
            let keep = !zone
                && (lead || is_summary(line) || long || (free && (heading || (home && said) || (listed && said))));
            if keep {
                *part = Part::Body;
            } else if open {
                *part = Part::Beside(self.zone[i]);
            }
        }
        if let Some(title) = self.title.filter(|t| *t < first || self.after(*t, parts) > 0.3) {
            for part in parts.iter_mut().take(title).filter(|p| **p == Part::Body) {
                *part = Part::Beside(None);
            }
        }
    }

    /// Whether the element of a line, or the one around it, says that it is the lead.
    fn calls_itself_lead(&self, line: &Line) -> bool {
        [line.node, self.tree.parent(line.node)].iter().any(|n| zones::is_lead(&zones::names(self.tree, *n)))
    }

    /// Share of the article's running text that stands after a line.
    fn after(&self, line: usize, parts: &[Part]) -> f32 {
        let sum = |from: usize| -> usize {
            (from..parts.len()).filter(|i| parts[*i] == Part::Body).map(|i| self.prose[i]).sum()
        };
        sum(line) as f32 / sum(0).max(1) as f32
    }

    /// Short lines stay where running text of the article stands in the same element.
    fn keep_company(&self, parts: &mut [Part]) {
        let mut homes: Vec<usize> = (0..parts.len())
            .filter(|i| parts[*i] == Part::Body && self.prose[*i] > 0)
            .map(|i| self.group(&self.lines[i]))
            .collect();
        homes.sort_unstable();
        homes.dedup();
        let last = (0..parts.len()).rfind(|i| parts[*i] == Part::Body && self.prose[*i] > 0).unwrap_or(0);
        let at_home = |group: usize| homes.binary_search(&group).is_ok();
        for (i, part) in parts.iter_mut().enumerate() {
            let line = &self.lines[i];
            // A short link in a paragraph of its own, amid the text, is a source or a shop, not a pointer.
            let linked = line.link_share() >= 0.7 && line.chars <= SHORT_LINK && line.kind == BlockKind::Paragraph;
            if linked && i < last && *part == Part::Beside(None) && at_home(self.group(line)) {
                *part = Part::Body;
                continue;
            }
            let loose = line.kind == BlockKind::Paragraph && self.prose[i] == 0 && *part == Part::Body;
            if !loose || ends_sentence(&line.text) && line.chars >= 20 {
                continue;
            }
            let group = self.group(line);
            if !at_home(group) && !at_home(self.tree.parent(group)) && !self.in_body(line) {
                *part = Part::Beside(None);
            }
        }
    }

    /// After the last running text, only lists, tables and sentences stay.
    fn trim_ends(&self, parts: &mut [Part]) {
        let Some(last) = (0..parts.len()).rfind(|i| parts[*i] == Part::Body && self.prose[*i] > 0) else { return };
        let home = self.group(&self.lines[last]);
        for (i, part) in parts.iter_mut().enumerate().skip(last + 1) {
            let line = &self.lines[i];
            let kept = match line.kind {
                BlockKind::ListItem | BlockKind::TableRow | BlockKind::Quote => true,
                _ => line.level > 0 || self.group(line) == home || (ends_sentence(&line.text) && line.chars >= 12),
            };
            if *part == Part::Body && !kept {
                *part = Part::Beside(None);
            }
        }
    }

    /// A heading stays where the article goes on under it.
    fn headings(&self, parts: &mut [Part]) {
        for i in (0..parts.len()).rev() {
            if self.lines[i].level == 0 || parts[i] != Part::Body {
                continue;
            }
            let decides = |(part, next): (&Part, &Line)| match part {
                Part::Body => Some(true),
                Part::Beside(Some(Zone::Teaser | Zone::Comment | Zone::Navigation)) => Some(false),
                Part::Beside(None) if next.link_share() > 0.6 => Some(false),
                _ => None,
            };
            let followed = parts[i + 1..].iter().zip(&self.lines[i + 1..]).find_map(decides);
            if followed != Some(true) {
                parts[i] = Part::Beside(None);
            }
        }
    }

    /// How many headlines in links the chosen element holds, where its running text is excerpts that stand alone.
    fn pointers(&self, root: usize, parts: &[Part]) -> usize {
        let groups = self.groups();
        let company = |line: &Line| {
            let group = self.group(line);
            groups.binary_search_by_key(&group, |g| g.0).map_or(0, |g| groups[g].1)
        };
        let (mut alone, mut all) = (0, 0);
        for (i, line) in self.lines.iter().enumerate().filter(|(i, _)| parts[*i] == Part::Body) {
            all += self.prose[i];
            if self.prose[i] > 0 && company(line) < self.prose[i] + 80 {
                alone += self.prose[i];
            }
        }
        let inside = |line: &Line| all == 0 || self.tree.within(line.first, root);
        let is_headline = |line: &&Line| line.link_share() > 0.9 && line.chars >= 20 && inside(line);
        let headlines = self.lines.iter().filter(is_headline).count();
        if headlines >= 5 && alone * 10 >= all * 8 { headlines } else { 0 }
    }

    /// The line that shows the headline, and no line that repeats it or another.
    fn mark_title(&self, root: usize, parts: &mut [Part], title: Option<&str>) {
        let wanted = title.map(key).unwrap_or_default();
        let repeats = |line: &Line| !wanted.is_empty() && line.chars <= wanted.len() + 40 && key(&line.text) == wanted;
        let mut said = rustc_hash::FxHashMap::default();
        for (i, line) in self.lines.iter().enumerate() {
            if parts[i] == Part::Body && line.chars >= 40 {
                // A lead from outside of the article's element may be its first paragraph again.
                let outside = !self.tree.within(line.first, root);
                if *said.entry(line.text.as_str()).or_insert(outside) != outside {
                    parts[i] = Part::Beside(None);
                }
            }
            if Some(i) == self.title && repeats(line) {
                parts[i] = Part::Title;
            } else if parts[i] == Part::Body && (repeats(line) || (line.level == 1 && Some(i) == self.title)) {
                parts[i] = Part::Beside(None);
            }
        }
    }
}

/// Whether a line is a date and little else ("Updated 4 March 2025, 9.15").
fn is_date(text: &str) -> bool {
    let found = dates::find_all(text, Hint::default());
    let dated: usize = found.iter().map(|f| f.range.len()).sum();
    !found.is_empty() && text.len().saturating_sub(dated) <= 24
}

/// The line that shows the headline: a heading with its words, else any line with its words, else the first h1.
pub(crate) fn title_line(page: &Lines, title: Option<&str>) -> Option<usize> {
    let wanted = title.map(key).filter(|k| !k.is_empty())?;
    let shows = |line: &Line| line.chars <= wanted.len() + 40 && key(&line.text) == wanted;
    let heading = page.lines.iter().position(|l| l.level == 1 && shows(l));
    heading
        .or_else(|| page.lines.iter().position(|l| l.level > 1 && shows(l)))
        .or_else(|| page.lines.iter().position(|l| l.level == 1 && similar(&key(&l.text), &wanted)))
        .or_else(|| page.lines.iter().position(shows))
        .or_else(|| page.lines.iter().position(|l| l.level == 1))
}

/// Whether one folded text holds the other.
fn similar(a: &str, b: &str) -> bool {
    a.len() >= 12 && b.len() >= 12 && (a.contains(b) || b.contains(a))
}

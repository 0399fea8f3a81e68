//! What the stories are called after the decisions: names, titles, pins, storylines, and how each decision stands.

use super::constraints::{Present, Units};
use super::persons::overridden;
use super::regroup::{Machine, holds_most};
use super::{Act, Decided, Decision, Mark, Standing};
use crate::link::names;
use crate::{Links, StoryLink};
use std::collections::{BTreeMap, BTreeSet};

/// The groups that came of the decisions.
struct Groups<'g> {
    pages: &'g [Vec<usize>],
    of: Vec<usize>,
    names: Vec<String>,
}

pub(super) fn settle(
    machine: &Machine,
    pages: &[Vec<usize>],
    links: &Links,
    decisions: &[Decision],
    undone: &[Option<usize>],
    present: &Present,
    asked: &Units,
) -> Decided {
    let mut of = vec![0; machine.ids.len()];
    for (g, members) in pages.iter().enumerate() {
        for page in members {
            of[*page] = g;
        }
    }
    let mut groups = Groups { pages, of, names: Vec::new() };
    groups.names = story_names(machine, &groups, decisions, undone, present);
    let mut standing = standing(&groups, decisions, undone, present, asked);
    for (before, later) in overridden(decisions, undone) {
        standing[before].overridden_by = decisions.get(later).map(|d| d.id.clone());
    }
    let marks = marks(&groups, decisions, undone, present, &mut standing);
    Decided { links: relinked(machine, &groups, links), marks, standing }
}

/// A story that decisions name keeps the name it had then, where most of its pages are; the others keep the machine's.
fn story_names(
    machine: &Machine,
    groups: &Groups,
    decisions: &[Decision],
    undone: &[Option<usize>],
    present: &Present,
) -> Vec<String> {
    let mut out: Vec<Option<String>> = vec![None; groups.pages.len()];
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (i, d) in decisions.iter().enumerate().filter(|(i, _)| undone[*i].is_none()) {
        for (side, pages) in d.act.sides().into_iter().zip(&present.sides[i]) {
            let (Some(name), Some(g)) = (&side.story, holds_most(pages, &groups.of)) else { continue };
            if out[g].is_none() && taken.insert(name.clone()) {
                out[g] = Some(name.clone());
            }
        }
    }
    for (name, pages) in out.iter_mut().zip(groups.pages).filter(|(name, _)| name.is_none()) {
        let free = candidates(machine, pages).find(|c| !taken.contains(c)).unwrap_or_default();
        taken.insert(free.clone());
        *name = Some(free);
    }
    out.into_iter().flatten().collect()
}

/// Names that a group may have: the machine's where it made the group, then those of its pages.
fn candidates<'m>(machine: &'m Machine, pages: &'m [usize]) -> impl Iterator<Item = String> + 'm {
    let same = pages.first().map(|p| machine.group_of[*p]).filter(|g| machine.groups[*g] == pages);
    let own = (0..=u8::MAX).flat_map(move |turn| {
        let mut all: Vec<String> = pages.iter().map(|p| names::own_name('s', machine.ids[*p], turn)).collect();
        all.sort_unstable();
        all
    });
    same.map(|g| machine.names[g].to_owned()).into_iter().chain(own)
}

fn standing(
    groups: &Groups,
    decisions: &[Decision],
    undone: &[Option<usize>],
    present: &Present,
    asked: &Units,
) -> Vec<Standing> {
    let id = |i: usize| decisions.get(i).map(|d| d.id.clone());
    let one = |(i, d): (usize, &Decision)| {
        let held: BTreeSet<usize> = present.sides[i].iter().flatten().map(|p| groups.of[*p]).collect();
        let mut missing = present.missing[i].clone();
        if let Act::Undo { undoes } = &d.act
            && !decisions[..i].iter().any(|e| e.id == *undoes)
        {
            missing.push(undoes.clone());
        }
        Standing {
            undone_by: undone[i].and_then(id),
            overridden_by: asked.overridden.get(&i).copied().and_then(id),
            missing,
            stories: held.into_iter().map(|g| groups.names[g].clone()).collect(),
        }
    };
    decisions.iter().enumerate().map(one).collect()
}

/// Titles and pins go to the story that holds most of the pages; the last word holds.
fn marks(
    groups: &Groups,
    decisions: &[Decision],
    undone: &[Option<usize>],
    present: &Present,
    standing: &mut [Standing],
) -> BTreeMap<String, Mark> {
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    let mut last: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    for (i, d) in decisions.iter().enumerate().filter(|(i, _)| undone[*i].is_none()) {
        for name in &standing[i].stories {
            marks.entry(name.clone()).or_default().decisions.push(d.id.clone());
        }
        let Some(g) = present.sides[i].first().and_then(|pages| holds_most(pages, &groups.of)) else { continue };
        let mark = || groups.names[g].clone();
        let titles = match &d.act {
            Act::Rename { title, .. } => {
                marks.entry(mark()).or_default().title = Some(title.clone());
                true
            }
            Act::Pin { .. } | Act::Unpin { .. } => {
                marks.entry(mark()).or_default().pinned = matches!(d.act, Act::Pin { .. });
                false
            }
            _ => continue,
        };
        if let Some(before) = last.insert((g, titles), i) {
            standing[before].overridden_by = Some(d.id.clone());
        }
    }
    marks
}

/// The machine's links with the groups' names, and storylines that follow them.
fn relinked(machine: &Machine, groups: &Groups, links: &Links) -> Links {
    let heir: Vec<usize> =
        machine.groups.iter().map(|pages| holds_most(pages, &groups.of).unwrap_or_default()).collect();
    let lines = storylines(machine, groups, links, &heir);
    let mut members = links.members.clone();
    for m in &mut members {
        let Some(page) = machine.place(&m.id) else { continue };
        let g = groups.of[page];
        m.story.clone_from(&groups.names[g]);
        m.storyline.clone_from(&lines[g]);
        m.because.retain(|r| machine.place(&r.with).is_some_and(|other| groups.of[other] == g));
    }
    let by_name: BTreeMap<&str, usize> = machine.names.iter().enumerate().map(|(g, n)| (*n, heir[g])).collect();
    let mut best: BTreeMap<(usize, usize), StoryLink> = BTreeMap::new();
    for link in &links.storylines {
        let ends = by_name.get(link.from.as_str()).zip(by_name.get(link.to.as_str()));
        let Some((from, to)) = ends.filter(|(a, b)| a != b) else { continue };
        let moved = StoryLink { from: groups.names[*from].clone(), to: groups.names[*to].clone(), ..link.clone() };
        let pair = (*from.min(to), *from.max(to));
        if best.get(&pair).is_none_or(|held| held.score < moved.score) {
            best.insert(pair, moved);
        }
    }
    let mut storylines: Vec<StoryLink> = best.into_values().collect();
    storylines.sort_by(|x, y| (&x.from, &x.to).cmp(&(&y.from, &y.to)));
    Links { members, storylines }
}

/// The storyline of each group: that of the machine's stories it is heir to, made one where there are several; a story
/// that was taken out of another is a storyline of its own, because no link explains more.
fn storylines(machine: &Machine, groups: &Groups, links: &Links, heir: &[usize]) -> Vec<String> {
    let by_story: BTreeMap<&str, &str> =
        links.members.iter().map(|m| (m.story.as_str(), m.storyline.as_str())).collect();
    let all: BTreeSet<&str> = by_story.values().copied().collect();
    let names: Vec<&str> = all.into_iter().collect();
    let mut stands: Vec<usize> = (0..names.len()).collect();
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (g, story) in machine.names.iter().enumerate() {
        let line = by_story.get(story).and_then(|l| names.binary_search(l).ok()).unwrap_or_default();
        let other = root(&stands, *first.entry(heir[g]).or_insert(line));
        let line = root(&stands, line);
        stands[line.max(other)] = line.min(other);
    }
    let own = |g: usize| {
        let least = |turn| groups.pages[g].iter().map(|p| names::own_name('l', machine.ids[*p], turn)).min();
        (0..=u8::MAX).filter_map(least).find(|name| names.binary_search(&name.as_str()).is_err()).unwrap_or_default()
    };
    let name = |g| first.get(&g).map_or_else(|| own(g), |line| names[root(&stands, *line)].to_owned());
    (0..groups.pages.len()).map(name).collect()
}

fn root(stands: &[usize], mut at: usize) -> usize {
    while stands[at] != at {
        at = stands[at];
    }
    at
}

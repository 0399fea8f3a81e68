//! The stories of a linking, as lists of articles.

use crate::{Links, Membership, Print, Story};
use std::collections::BTreeMap;

/// What the order of a story's articles rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Face<'f> {
    /// The article's id.
    pub id: &'f str,
    /// When it was published.
    pub published: Option<&'f str>,
    /// Its outlet.
    pub outlet: Option<&'f str>,
    /// The agency it credits.
    pub wire: Option<&'f str>,
    /// Bytes of its text.
    pub length: usize,
}

impl<'f> Face<'f> {
    /// That of a print.
    pub fn of(print: &'f Print) -> Face<'f> {
        Face {
            id: &print.id,
            published: print.published.as_deref(),
            outlet: print.outlet.as_deref(),
            wire: print.wire.as_deref(),
            length: print.text.len(),
        }
    }
}

/// The stories of a linking, by first day, then name; `prints` are those that were linked. An older capture of a page
/// is in none.
pub fn stories(links: &Links, prints: &[Print]) -> Vec<Story> {
    stories_of(links, &prints.iter().map(Face::of).collect::<Vec<_>>())
}

/// The same, by what the order of articles rests on.
pub fn stories_of(links: &Links, prints: &[Face<'_>]) -> Vec<Story> {
    let mut by_story: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, member) in links.members.iter().enumerate().take(prints.len()).filter(|(_, m)| m.version_of.is_none()) {
        by_story.entry(&member.story).or_default().push(i);
    }
    let mut out: Vec<Story> =
        by_story.into_iter().map(|(id, members)| story(id, members, &links.members, prints)).collect();
    out.sort_by(|a, b| a.days.is_none().cmp(&b.days.is_none()).then(a.days.cmp(&b.days)).then(a.id.cmp(&b.id)));
    out
}

fn story(id: &str, mut members: Vec<usize>, of: &[Membership], prints: &[Face<'_>]) -> Story {
    let when = |i: &usize| prints[*i].published.filter(|p| !p.is_empty());
    members.sort_by(|a, b| {
        let undated = when(a).is_none().cmp(&when(b).is_none());
        undated.then(when(a).cmp(&when(b))).then(prints[*a].id.cmp(prints[*b].id))
    });
    let mut by_origin: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in &members {
        by_origin.entry(&of[*i].origin).or_default().push(*i);
    }
    let mut origins: Vec<Vec<usize>> = by_origin.into_values().collect();
    for origin in &mut origins {
        origin.sort_by(|a, b| source_first(&prints[*a], &prints[*b]));
    }
    let place = |i: &usize| members.iter().position(|m| m == i);
    origins.sort_by_key(|o| o.iter().filter_map(place).min());
    let day = |i: &usize| when(i).map(|p| p.get(..10).unwrap_or(p).to_owned());
    let days: Vec<String> = members.iter().filter_map(day).collect();
    Story {
        id: id.to_owned(),
        storyline: members.first().map(|i| of[*i].storyline.clone()).unwrap_or_default(),
        days: days.iter().min().cloned().zip(days.iter().max().cloned()),
        origins,
        members,
    }
}

/// The text nearest the source first: the agency's own page, then the earliest, then the fullest.
///
/// Text alone does not prove who copied whom; date and credit do more often than length.
fn source_first(a: &Face<'_>, b: &Face<'_>) -> std::cmp::Ordering {
    let own_wire = |p: &Face<'_>| match (p.wire, p.outlet) {
        (Some(w), Some(o)) => !w.is_empty() && o.to_lowercase().contains(&w.to_lowercase()),
        _ => false,
    };
    let date = |p: &Face<'_>| p.published.filter(|d| !d.is_empty()).map(str::to_owned);
    let known = |p: &Face<'_>| date(p).is_none();
    own_wire(b)
        .cmp(&own_wire(a))
        .then(known(a).cmp(&known(b)))
        .then(date(a).cmp(&date(b)))
        .then(b.length.cmp(&a.length))
        .then(a.id.cmp(b.id))
}

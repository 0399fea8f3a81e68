//! The stories of a linking, as lists of articles.

use crate::{Links, Membership, Print, Story};
use std::collections::BTreeMap;

/// The stories of a linking, by first day, then name; `prints` are those that were linked. An older capture of a page
/// is in none.
pub fn stories(links: &Links, prints: &[Print]) -> Vec<Story> {
    let mut by_story: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, member) in links.members.iter().enumerate().take(prints.len()).filter(|(_, m)| m.version_of.is_none()) {
        by_story.entry(&member.story).or_default().push(i);
    }
    let mut out: Vec<Story> =
        by_story.into_iter().map(|(id, members)| story(id, members, &links.members, prints)).collect();
    out.sort_by(|a, b| a.days.is_none().cmp(&b.days.is_none()).then(a.days.cmp(&b.days)).then(a.id.cmp(&b.id)));
    out
}

fn story(id: &str, mut members: Vec<usize>, of: &[Membership], prints: &[Print]) -> Story {
    let when = |i: &usize| prints[*i].published.as_deref().filter(|p| !p.is_empty());
    members.sort_by(|a, b| {
        let undated = when(a).is_none().cmp(&when(b).is_none());
        undated.then(when(a).cmp(&when(b))).then(prints[*a].id.cmp(&prints[*b].id))
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
fn source_first(a: &Print, b: &Print) -> std::cmp::Ordering {
    let own_wire = |p: &Print| match (&p.wire, &p.outlet) {
        (Some(w), Some(o)) => !w.is_empty() && o.to_lowercase().contains(&w.to_lowercase()),
        _ => false,
    };
    let date = |p: &Print| p.published.clone().filter(|d| !d.is_empty());
    let known = |p: &Print| date(p).is_none();
    own_wire(b)
        .cmp(&own_wire(a))
        .then(known(a).cmp(&known(b)))
        .then(date(a).cmp(&date(b)))
        .then(b.text.len().cmp(&a.text.len()))
        .then(a.id.cmp(&b.id))
}

//! Who said what: by speaker, with the office that each page gave that day.

use super::Noted;
use super::columns::Pages;
use crate::pages::encoded;
use dateline_brief::{Saying, Speaker, StoryPart, day_words, quoted, saying_tags};
use dateline_text::fold;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A speaker with all that he or she is reported to have said.
pub(super) struct Voice {
    pub(super) person: Person,
    pub(super) sayings: Vec<Said>,
}

/// A speaker.
pub(super) struct Person {
    pub(super) name: String,
    /// Where all that this speaker said stands; none for a source without a name.
    pub(super) to: Option<String>,
    /// Offices in the pages' words, each with the days of the pages that give it, where there are several.
    pub(super) roles: Vec<(String, String)>,
}

/// One saying.
pub(super) struct Said {
    pub(super) words: String,
    pub(super) tags: Option<String>,
    pub(super) notes: Vec<Noted>,
    pub(super) outlets: Vec<String>,
}

pub(super) fn voices(part: &StoryPart, pages: &Pages) -> Vec<Voice> {
    let voice = |s: &Speaker| Voice {
        person: person(s, &s.sayings.iter().collect::<Vec<_>>(), pages),
        sayings: once(s.sayings.iter().filter_map(|s| said(s, pages)).collect()),
    };
    part.who.iter().map(voice).collect()
}

/// A speaker with the offices that the pages of these sayings give.
pub(super) fn person(speaker: &Speaker, sayings: &[&Saying], pages: &Pages) -> Person {
    let mut roles: Vec<(String, Vec<String>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for cell in sayings.iter().flat_map(|s| &s.cells) {
        let Some(role) = &cell.role else { continue };
        let day = pages.line(cell.note.page).and_then(|l| l.published.as_deref()).map(|d| d.get(..10).unwrap_or(d));
        let at = *known.entry(fold(role)).or_insert_with(|| {
            roles.push((role.clone(), Vec::new()));
            roles.len() - 1
        });
        if let Some(day) = day.map(day_words).filter(|d| !roles[at].1.contains(d)) {
            roles[at].1.push(day);
        }
    }
    // the speaker's own name where a page has it so, else the fullest
    let mut names: Vec<&str> = sayings.iter().flat_map(|s| &s.cells).filter_map(|c| c.name.as_deref()).collect();
    names.sort_by_key(|n| (fold(n) != fold(&speaker.name), Reverse(n.chars().count()), *n));
    let one = roles.len() == 1;
    let said = |(role, days): (String, Vec<String>)| (role, if one { String::new() } else { days.join(", ") });
    Person {
        name: speaker.name.clone(),
        to: names.first().map(|name| format!("/who?name={}", encoded(name))),
        roles: roles.into_iter().map(said).collect(),
    }
}

/// Sayings in the same words and of the same kind told once, with all their places.
fn once(all: Vec<Said>) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    for said in all {
        match out.iter_mut().find(|s| fold(&s.words) == fold(&said.words)) {
            Some(known) => {
                known.notes.extend(said.notes);
                known.outlets.extend(said.outlets);
            }
            None => out.push(said),
        }
    }
    for said in &mut out {
        let mut seen = BTreeSet::new();
        said.outlets.retain(|o| seen.insert(o.clone()));
    }
    out
}

fn said(saying: &Saying, pages: &Pages) -> Option<Said> {
    let first = saying.cells.first()?;
    Some(Said {
        words: quoted(&first.words),
        tags: saying_tags(saying, first),
        notes: saying.cells.iter().map(|c| pages.noted(&c.note)).collect(),
        outlets: saying.cells.iter().map(|c| pages.outlet(c.note.page)).collect(),
    })
}

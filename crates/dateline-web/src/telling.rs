//! Stories of the library, told: the same at the command line as in the browser.

use dateline_brief::compose::Choice;
use dateline_brief::{Brief, Desk, Own, compose, put_own, shown};
use dateline_capture::digest;
use dateline_store::{Filter, Library, Selection, StoreError};
use dateline_story::decisions::Kept;
use dateline_story::news::day;
use dateline_story::{Report, Story};
use std::collections::{BTreeMap, BTreeSet};

/// Some stories, told.
pub struct Told {
    /// What is told.
    pub brief: Brief,
    /// The articles it tells of.
    pub reports: Vec<Report>,
}

/// Tells a selection, with the houses of outlets that the library knows; stories that the user gave a title have that.
///
/// # Errors
/// Those of the store.
pub fn selected(library: &Library, selection: Selection, choice: Choice) -> Result<Told, StoreError> {
    let selection = library.with_older(selection)?;
    let agreements = selection.agreements();
    let desk = Desk {
        reports: &selection.reports,
        links: &selection.links,
        stories: &selection.stories,
        agreements: &agreements,
    };
    let mut brief = compose(&desk, &Choice { families: library.families()?, ..choice });
    for part in &mut brief.stories {
        // what the list of stories says of one, its brief says too
        if let Ok(line) = library.story(&part.id) {
            part.headline = shown(&line.title);
            let speakers = library.speakers_of(&line.id, &selection.persons)?;
            part.speakers = usize::try_from(speakers).unwrap_or(usize::MAX);
        }
        for other in &mut part.elsewhere {
            other.headline = library.story(&other.story).ok().map(|line| shown(&line.title));
        }
    }
    Ok(Told { brief, reports: selection.reports })
}

/// All stories of a storyline (its full name) as one, its articles by day.
///
/// # Errors
/// Those of the store.
pub fn storyline(library: &Library, line: &str) -> Result<Selection, StoreError> {
    let filter = Filter { storyline: Some(line.to_owned()), ..Filter::default() };
    let ids: Vec<String> = library.stories(&filter)?.into_iter().map(|s| s.id).collect();
    // what joins a page to its own story says nothing of the whole
    let mut chosen = library.selection_explained(&ids, Some(&BTreeSet::new()))?;
    let mut members: Vec<usize> = (0..chosen.reports.len()).collect();
    members.sort_by_key(|i| (day(&chosen.reports[*i]), chosen.reports[*i].id.clone()));
    let mut origins: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in &members {
        origins.entry(chosen.links.members[*i].origin.as_str()).or_default().push(*i);
    }
    let days = chosen.stories.iter().filter_map(|s| s.days.clone());
    let days = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let origins = origins.into_values().collect();
    chosen.stories = vec![Story { id: line.to_owned(), storyline: line.to_owned(), members, origins, days }];
    chosen.links.storylines.clear();
    Ok(chosen)
}

/// Tells a brief that the user put together, in its order and with what the user wrote: no more of its stories than
/// `most`.
///
/// # Errors
/// Those of the store.
pub fn kept(library: &Library, kept: &Kept, most: usize) -> Result<Told, StoreError> {
    let mut stories = library.brief_stories(kept)?;
    stories.truncate(most);
    let ids: Vec<&str> = stories.iter().filter_map(|s| Some(s.story.as_ref()?.id.as_str())).collect();
    let choice = Choice { ordered: true, ..Choice::default() };
    let mut told = selected(library, library.selection(&ids)?, choice)?;
    let notes = stories.iter().filter_map(|s| Some((s.story.as_ref()?.id.as_str(), s.note.as_str())));
    let own = Own { title: kept.title.clone(), lead: kept.lead.clone(), by: kept.by.clone() };
    put_own(&mut told.brief, own, &notes.collect());
    Ok(told)
}

/// SHA-256 of the captures that a brief tells of, by id; those that cannot be read have none.
pub fn digests(library: &Library, brief: &Brief) -> BTreeMap<String, String> {
    let pages = brief.stories.iter().flat_map(|s| &s.pages);
    let of = |id: &String| Some((id.clone(), digest(&library.capture(id).ok()?.bytes)));
    pages.filter_map(|p| of(&p.id)).collect()
}

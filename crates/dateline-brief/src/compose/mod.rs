//! From stories to a brief: what is told, in which order. Selects, aligns and counts; writes nothing of its own.

mod figures;
mod news;
mod pages;
mod places;
mod shared;
mod timeline;
mod versions;
mod who;
mod why;

pub use versions::change_lines;

use crate::model::{Brief, ElsewherePart, Own, StoryPart, StorylinePart, Summary};
use dateline_story::{Agreement, Families, Links, Report, Story};
use dateline_text::{CharIndex, Span, fold};
use std::collections::{BTreeMap, BTreeSet};

/// What a brief is made of: read pages, their links, and the agreement of each story.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// All reports.
    pub reports: &'a [Report],
    /// Their links, one membership a report, in the same order.
    pub links: &'a Links,
    /// Their stories; members are indices into `reports`.
    pub stories: &'a [Story],
    /// The agreement of each story, in the same order; its reports are the story's members in their order.
    pub agreements: &'a [Agreement],
}

/// How much is told of a story before something is left out for length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// As much as one of many stories on a sheet.
    #[default]
    Sheet,
    /// As much as a page of its own holds.
    Page,
    /// All.
    Whole,
}

impl Extent {
    /// The bound of a list: on a sheet, on a page; none where all is told.
    fn most(self, sheet: usize, page: usize) -> usize {
        match self {
            Extent::Sheet => sheet,
            Extent::Page => page,
            Extent::Whole => usize::MAX,
        }
    }
}

/// Which stories a brief tells.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Only stories in which one page holds all of these words, after folding.
    pub about: Option<String>,
    /// Only stories with a page of this day or later, ISO 8601. Stories without a date are left out too.
    pub since: Option<String>,
    /// Tell what is new in each story since this day, ISO 8601.
    pub news: Option<String>,
    /// Which outlets count as one.
    pub families: Families,
    /// How much of a story is told.
    pub extent: Extent,
    /// The ids of the articles of which is told why they are in their story, and in which words they share text with
    /// others; `None` for all.
    pub evidence: Option<BTreeSet<String>>,
    /// Keep the stories in the order of the desk, rather than the earliest first.
    pub ordered: bool,
}

/// A report of the brief: its number, and its text's offsets.
pub(crate) struct Told<'a> {
    pub(crate) number: usize,
    pub(crate) report: &'a Report,
    index: CharIndex,
}

impl<'a> Told<'a> {
    fn new(number: usize, report: &'a Report) -> Told<'a> {
        Told { number, report, index: CharIndex::new(&report.article.text) }
    }

    pub(crate) fn note(&self, span: Span) -> crate::Note {
        crate::Note { page: self.number, span: self.index.to_chars(&self.report.article.text, span) }
    }

    pub(crate) fn words(&self, span: Span) -> String {
        crate::shown(span.of(&self.report.article.text))
    }
}

/// Composes the brief of the stories chosen, earliest first.
pub fn compose(desk: &Desk, choice: &Choice) -> Brief {
    let mut chosen: Vec<usize> = (0..desk.stories.len()).filter(|i| is_chosen(desk, *i, choice)).collect();
    if !choice.ordered {
        chosen.sort_by_key(|i| order(&desk.stories[*i]));
    }
    let mut brief = Brief::default();
    let mut page_number = 0;
    for (at, i) in chosen.iter().enumerate() {
        let story = &desk.stories[*i];
        let told: Vec<Told> = story
            .members
            .iter()
            .map(|m| {
                page_number += 1;
                Told::new(page_number, &desk.reports[*m])
            })
            .collect();
        brief.stories.push(story_part(desk, *i, at + 1, &told, choice));
    }
    for (part, i) in brief.stories.iter_mut().zip(&chosen) {
        part.elsewhere = elsewhere(desk, &desk.stories[*i].id, &chosen);
    }
    brief.storylines = storylines(desk, &chosen);
    brief.summary = summary(&brief);
    let pages = chosen.iter().flat_map(|i| &desk.stories[*i].members).map(|m| &desk.reports[*m]);
    brief.summary.families = outlets(pages, &choice.families);
    brief
}

/// Puts the words of whoever put a brief together into it; `notes` by the names of its stories.
pub fn put_own(brief: &mut Brief, own: Own, notes: &BTreeMap<&str, &str>) {
    for story in &mut brief.stories {
        story.own_by.clone_from(&own.by);
        story.own_note = notes.get(story.id.as_str()).map(|n| (*n).to_owned()).unwrap_or_default();
    }
    brief.own = Some(own);
}

/// Dated stories by first day, undated ones by the last day they name are sorted by the caller's data alone.
fn order(story: &Story) -> (String, String) {
    let first = story.days.as_ref().map_or_else(|| "9999".to_owned(), |d| d.0.clone());
    (first, story.id.clone())
}

fn is_chosen(desk: &Desk, story: usize, choice: &Choice) -> bool {
    let story = &desk.stories[story];
    let recent = choice.since.as_ref().is_none_or(|since| {
        story
            .days
            .as_ref()
            .is_some_and(|(_, last)| last.get(..since.len().min(last.len())).unwrap_or("") >= since.as_str())
    });
    recent
        && choice.about.as_ref().is_none_or(|about| story.members.iter().any(|m| holds_all(&desk.reports[*m], about)))
}

fn holds_all(report: &Report, about: &str) -> bool {
    let text = fold(&report.article.text);
    let title = fold(report.article.title.as_deref().unwrap_or(""));
    fold(about).split_whitespace().all(|w| text.contains(w) || title.contains(w))
}

fn story_part(desk: &Desk, at: usize, number: usize, told: &[Told], choice: &Choice) -> StoryPart {
    let story = &desk.stories[at];
    let agreement = &desk.agreements[at];
    let (who, more_sayings) = who::speakers(agreement, told, choice.extent);
    let (figures, more_figures) = figures::ledger(agreement, told, choice.extent);
    let (timeline, more_moments) = timeline::moments(told, choice.extent);
    let explained = |id: &str| choice.evidence.as_ref().is_none_or(|e| e.contains(id));
    let (because, names, days_apart) = joined_by(desk, story);
    StoryPart {
        number,
        id: story.id.clone(),
        headline: headline(desk, story),
        days: story.days.clone(),
        pages: pages::lines(desk, story, told, &explained),
        outlets: outlets(told.iter().map(|t| t.report), &choice.families),
        origins: story.origins.len(),
        speakers: speakers(told),
        news: choice.news.as_ref().map(|since| news::part(desk, story, agreement, told, since)),
        because,
        names,
        why: why::lines(desk, story, told, &explained),
        days_apart,
        who,
        more_sayings,
        figures,
        more_figures,
        places: places::places(told),
        timeline,
        more_moments,
        elsewhere: Vec::new(),
        own_note: String::new(),
        own_by: None,
    }
}

/// How many outlets these pages are from.
fn outlets<'r>(pages: impl Iterator<Item = &'r Report>, families: &Families) -> usize {
    families.count(pages.map(|r| (r.article.outlet.as_deref(), r.article.url.as_deref().or(r.source.url.as_deref()))))
}

/// Shared terms, and shared names, that a story shows.
const MOST_SHARED: usize = 8;

/// The headline that stands for it; the first words of its first page where none has one.
fn headline(desk: &Desk, story: &Story) -> String {
    let headed = story.headed_by(|m| desk.reports[m].article.title.is_some());
    headed.or(story.members.first().copied()).map_or_else(String::new, |m| pages::title(&desk.reports[m]))
}

/// How many different speakers these pages quote, told here or not.
fn speakers(told: &[Told]) -> usize {
    let of = |r: &Report| -> Vec<String> {
        let entities = r.reading.attributions.iter().filter_map(|a| r.reading.entities.get(a.speaker?));
        entities.map(|e| if e.key.is_empty() { fold(&e.name) } else { e.key.clone() }).collect()
    };
    told.iter().flat_map(|t| of(t.report)).collect::<BTreeSet<String>>().len()
}

/// Terms, names and days that join the pages of a story.
fn joined_by(desk: &Desk, story: &Story) -> (Vec<String>, Vec<String>, Option<i64>) {
    let mut terms: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut days = None;
    for m in &story.members {
        for reason in &desk.links.members[*m].because {
            for t in &reason.terms {
                *terms.entry(t.clone()).or_default() += 1;
            }
            for n in &reason.entities {
                *names.entry(n.clone()).or_default() += 1;
            }
            days = days.max(reason.days);
        }
    }
    let names = most_shared(names, &BTreeSet::new());
    let in_a_name: BTreeSet<String> = names.iter().flat_map(|n| shared_words(n)).collect();
    (most_shared(terms, &in_a_name), names, days)
}

fn shared_words(name: &str) -> Vec<String> {
    fold(name).split(' ').map(str::to_owned).collect()
}

/// The words counted most, each once whatever its capitals, without those that `told` holds.
fn most_shared(counted: BTreeMap<String, usize>, told: &BTreeSet<String>) -> Vec<String> {
    let mut all: Vec<(String, usize)> = counted.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut seen = told.clone();
    all.retain(|(word, _)| seen.insert(fold(word)));
    all.into_iter().take(MOST_SHARED).map(|(word, _)| word).collect()
}

fn storylines(desk: &Desk, chosen: &[usize]) -> Vec<StorylinePart> {
    let number: BTreeMap<&str, usize> =
        chosen.iter().enumerate().map(|(at, i)| (desk.stories[*i].id.as_str(), at + 1)).collect();
    let mut out: Vec<StorylinePart> = desk
        .links
        .storylines
        .iter()
        .filter_map(|l| {
            Some(StorylinePart {
                from: *number.get(l.from.as_str())?,
                to: *number.get(l.to.as_str())?,
                relation: l.relation,
                terms: l.terms.clone(),
                names: l.entities.clone(),
                days: l.days,
                said: l.said.clone(),
            })
        })
        .collect();
    out.sort_by_key(|s| (s.from, s.to));
    out
}

/// What is linked with a story but not among those told.
fn elsewhere(desk: &Desk, id: &str, chosen: &[usize]) -> Vec<ElsewherePart> {
    let told: BTreeSet<&str> = chosen.iter().map(|i| desk.stories[*i].id.as_str()).collect();
    let mut out: Vec<ElsewherePart> = desk
        .links
        .storylines
        .iter()
        .filter_map(|l| {
            let earlier = l.to == id;
            let other = if earlier { &l.from } else { &l.to };
            let ours = (earlier || l.from == id) && !told.contains(other.as_str());
            ours.then(|| ElsewherePart {
                story: other.clone(),
                headline: desk.stories.iter().find(|s| s.id == *other).map(|s| headline(desk, s)),
                earlier,
                relation: l.relation,
                score: l.score,
                terms: l.terms.clone(),
                names: l.entities.clone(),
                days: l.days,
                said: l.said.clone(),
            })
        })
        .collect();
    out.sort_by(|a, b| b.earlier.cmp(&a.earlier).then(a.story.cmp(&b.story)));
    out
}

fn summary(brief: &Brief) -> Summary {
    let pages = || brief.stories.iter().flat_map(|s| &s.pages);
    let mut outlets: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages() {
        if let Some(name) = &page.outlet {
            *outlets.entry(name.clone()).or_default() += 1;
        }
    }
    let days: BTreeSet<&str> = pages().filter_map(|p| p.published.as_deref()).map(crate::dates::day).collect();
    Summary {
        pages: pages().count(),
        stories: brief.stories.len(),
        origins: brief.stories.iter().map(|s| s.origins).sum(),
        storylines: chains(&brief.storylines),
        days: days.first().zip(days.last()).map(|(a, b)| ((*a).to_owned(), (*b).to_owned())),
        families: 0,
        unnamed: pages().filter(|p| p.outlet.is_none()).count(),
        outlets: outlets.into_iter().collect(),
    }
}

/// How many separate chains the links between stories make.
fn chains(links: &[StorylinePart]) -> usize {
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    for link in links {
        let ends = BTreeSet::from([link.from, link.to]);
        let (touching, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| !g.is_disjoint(&ends));
        groups = rest;
        groups.push(touching.into_iter().fold(ends, |a, b| &a | &b));
    }
    groups.len()
}

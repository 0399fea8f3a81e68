//! A storyline: its stories along time, how they stand to each other, how its figures go, and who comes into it.

use super::story::news::News;
use super::{at, encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use crate::telling;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use dateline_brief::{Choice, Counted, Extent, course_parts, linked, shown, story_marks, when_and_how_many};
use dateline_draw::{Moment, timeline};
use dateline_store::{Filter, Library, StoryLine, StorylineTold};
use dateline_story::{Course, Families, Report, courses};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Figures whose course is shown.
const COURSES: usize = 4;
/// Articles of a storyline that are read to say what its last day brought.
const READ: usize = 40;
/// Speakers named of a story.
const NAMED: usize = 8;

/// A link to an earlier story.
struct Earlier {
    to: String,
    title: String,
    why: String,
}

struct Step {
    to: String,
    title: String,
    facts: String,
    earlier: Vec<Earlier>,
    /// Name and address of those who speak here first.
    joined: Vec<(String, String)>,
    more_joined: String,
}

/// The course of a figure: what is counted, and its picture.
struct Drawn {
    title: String,
    figure: String,
}

#[derive(Template)]
#[template(path = "storyline.html")]
struct Page {
    title: String,
    facts: String,
    timeline: Option<String>,
    steps: Vec<Step>,
    /// How many stories are not told, in words.
    more: String,
    courses: Vec<Drawn>,
    news: News,
}

/// What may stand in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The day since which to tell what is new; none for what the newest day brought.
    since: String,
}

pub(crate) async fn page(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failed> {
    let page = shelf
        .ask(move |library| {
            let told = library.storyline_told(&id)?;
            if told.id != id {
                // a name that the storyline had before, or the beginning of one
                return Ok(Err(told.id));
            }
            let mut page = set(&told, &library.families()?);
            page.news = news(library, &told, asked.since.trim())?;
            Ok(Ok(page))
        })
        .await?;
    match page {
        Ok(page) => Ok(frame::set(&page)?.into_response()),
        Err(now) => Ok(Redirect::to(&format!("/storyline/{}", encoded(&now))).into_response()),
    }
}

fn set(told: &StorylineTold, families: &Families) -> Page {
    let fullest = told.stories.iter().max_by_key(|s| (s.articles, std::cmp::Reverse(&s.id)));
    Page {
        title: fullest.map_or_else(String::new, |s| shown(&s.title)),
        facts: facts(told, families),
        timeline: drawn_stories(told),
        steps: told.stories.iter().enumerate().map(|(i, s)| step(told, i, s, families)).collect(),
        more: if told.more > 0 { format!("and {} stories more", told.more) } else { String::new() },
        courses: drawn_courses(told),
        news: News::none(String::new()),
    }
}

/// What is new in the storyline since the day asked for, else since its last, where it has earlier ones. Of a long one
/// only where a day is asked for: all its articles are read for it.
fn news(library: &Library, told: &StorylineTold, asked: &str) -> Result<News, Failed> {
    let to = format!("/storyline/{}", encoded(&told.id));
    let articles: usize = told.stories.iter().map(|s| s.articles).sum();
    let day = |d: &String| d.get(..10).map(str::to_owned);
    let last = told.stories.iter().filter_map(|s| s.last.as_ref().and_then(day)).max();
    let first = told.stories.iter().filter_map(|s| s.first.as_ref().and_then(day)).min();
    let since = match asked {
        "" => last.filter(|last| articles <= READ && first.is_some_and(|first| first < *last)),
        asked => {
            // the same words as in the list of stories say what is no day
            library.stories(&Filter { since: Some(asked.to_owned()), limit: 1, ..Filter::default() })?;
            Some(asked.to_owned())
        }
    };
    let Some(since) = since else { return Ok(News::none(to)) };
    let choice =
        Choice { news: Some(since), extent: Extent::Sheet, evidence: Some(BTreeSet::new()), ..Choice::default() };
    let whole = telling::selected(library, telling::storyline(library, &told.id)?, choice)?;
    let part = whole.brief.stories.first();
    Ok(part.map_or_else(|| News::none(to.clone()), |part| News::of(part, to.clone(), !asked.is_empty())))
}

fn facts(told: &StorylineTold, families: &Families) -> String {
    let stories = told.stories.len() + told.more;
    let first = told.stories.iter().filter_map(|s| s.first.clone()).min();
    let last = told.stories.iter().filter_map(|s| s.last.clone()).max();
    let outlets: BTreeSet<&String> = told.stories.iter().flat_map(|s| &s.outlets).collect();
    let counted = Counted {
        pages: told.stories.iter().map(|s| s.articles).sum(),
        outlets: families.count(outlets.into_iter().map(|o| (Some(o.as_str()), None))),
        origins: told.stories.iter().map(|s| s.origins).sum(),
        speakers: 0,
    };
    let count = if stories == 1 { "1 story".to_owned() } else { format!("{stories} stories") };
    format!("{count} · {}", when_and_how_many(first.zip(last).as_ref(), &counted))
}

/// The stories as moments, their articles as bars; nothing for one alone.
fn drawn_stories(told: &StorylineTold) -> Option<String> {
    let moment = |s: &StoryLine| {
        let href = Some(format!("/story/{}", s.id));
        Some(Moment { date: s.first.clone()?, label: shown(&s.title), href })
    };
    let moments: Vec<Moment> = told.stories.iter().filter_map(moment).collect();
    let days: BTreeSet<&str> = moments.iter().map(|m| m.date.get(..10).unwrap_or(&m.date)).collect();
    if days.len() < 2 {
        return None;
    }
    timeline("Stories along time", &moments, &told.days).map(|p| p.svg)
}

fn step(told: &StorylineTold, i: usize, story: &StoryLine, families: &Families) -> Step {
    let title_of = |id: &str| told.stories.iter().find(|s| s.id == id).map(|s| shown(&s.title));
    let earlier = told.links.iter().filter(|l| l.to == story.id).map(|l| Earlier {
        to: format!("/story/{}", l.from),
        title: title_of(&l.from).unwrap_or_else(|| l.from.clone()),
        why: shown(&linked(l.relation, l.days, (&l.entities, &l.terms), l.said.as_ref())),
    });
    let counted = Counted {
        pages: story.articles,
        outlets: families.count(story.outlets.iter().map(|o| (Some(o.as_str()), None))),
        origins: story.origins,
        speakers: 0,
    };
    let mut facts = vec![when_and_how_many(story.first.clone().zip(story.last.clone()).as_ref(), &counted)];
    facts.extend(story_marks(story.pinned, story.differ, story.updated));
    let joined = told.joined.get(i).map(Vec::as_slice).unwrap_or_default();
    Step {
        to: format!("/story/{}", story.id),
        title: shown(&story.title),
        facts: facts.join(" · "),
        earlier: earlier.collect(),
        joined: joined
            .iter()
            .take(NAMED)
            .map(|j| (shown(&j.name), format!("/who?name={}", encoded(&j.name))))
            .collect(),
        more_joined: match joined.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        },
    }
}

/// The figures that several stories give, on several days: those of most stories first.
fn drawn_courses(told: &StorylineTold) -> Vec<Drawn> {
    let reports: Vec<&Report> = told.reports.iter().collect();
    let all: Vec<(usize, usize)> =
        reports.iter().enumerate().flat_map(|(r, p)| (0..p.reading.figures.len()).map(move |f| (r, f))).collect();
    let stories = |c: &Course| c.items.iter().filter_map(|i| told.of.get(i.report)).collect::<BTreeSet<_>>().len();
    let mut shared: Vec<Course> =
        courses(&reports, &told.of, &all).into_iter().filter(|c| !c.counted.is_empty() && stories(c) > 1).collect();
    shared.sort_by_key(|c| std::cmp::Reverse((stories(c), c.items.len())));
    let parts = course_parts(&shared, &told.reports, &told.of, &at::address);
    let drawn = parts.into_iter().filter_map(|p| Some(Drawn { figure: p.picture?.figure(), title: p.title }));
    drawn.take(COURSES).collect()
}

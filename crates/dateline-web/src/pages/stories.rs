//! All stories, newest first.

use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use dateline_brief::{Counted, outlet_names, shown, story_marks, when_and_how_many};
use dateline_store::{Filter, Notice, StoryLine};
use dateline_story::Families;
use serde::Deserialize;

/// Stories a page shows.
const PAGE: usize = 60;

/// What may stand in the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    about: String,
    #[serde(default)]
    since: String,
    #[serde(default)]
    from: usize,
}

struct Row {
    id: String,
    headline: String,
    facts: String,
}

/// An outlet of which the latest pages yield less than they did.
struct Strip {
    says: String,
    /// Ids of some of these pages.
    pages: Vec<String>,
}

#[derive(Template)]
#[template(path = "stories.html")]
struct Page {
    version: &'static str,
    library: String,
    about: String,
    since: String,
    totals: String,
    stories: Vec<Row>,
    empty: bool,
    notices: Vec<Strip>,
    next: Option<String>,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let folder = shelf.folder.to_string();
    let page = shelf
        .ask(move |library| {
            let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
            let filter = Filter {
                about: some(&asked.about),
                since: some(&asked.since),
                limit: PAGE + 1,
                offset: asked.from,
                ..Filter::default()
            };
            let mut stories = library.stories(&filter)?;
            let more = stories.len() > PAGE;
            stories.truncate(PAGE);
            let counts = library.counts()?;
            let strip = |n: Notice| Strip { says: shown(&n.to_string()), pages: n.pages };
            let notices = library.notices()?.into_iter().map(strip).collect();
            let families = library.families()?;
            let from = asked.from.saturating_add(PAGE);
            let next = format!("/?about={}&since={}&from={from}", encoded(&asked.about), encoded(&asked.since));
            Ok(Page {
                version: dateline_brief::json::VERSION,
                library: folder,
                totals: format!("Stories in the library: {} · articles: {}", counts.stories, counts.articles),
                empty: counts.articles == 0,
                stories: stories.iter().map(|s| row(s, &families)).collect(),
                notices,
                next: more.then_some(next),
                about: asked.about,
                since: asked.since,
            })
        })
        .await?;
    frame::set(&page)
}

fn row(s: &StoryLine, families: &Families) -> Row {
    let days = s.first.clone().zip(s.last.clone());
    let outlets = families.count(s.outlets.iter().map(|o| (Some(o.as_str()), None)));
    let counted = Counted { pages: s.articles, outlets, origins: s.origins, speakers: 0 };
    let mut facts = vec![when_and_how_many(days.as_ref(), &counted)];
    facts.extend(story_marks(s.pinned, s.differ, s.updated));
    facts.extend(outlet_names(&s.outlets));
    Row { id: s.id.clone(), headline: shown(&s.title), facts: facts.join(" · ") }
}

//! The user's hand: what was decided of a story, and the forms to decide more.

use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Redirect;
use dateline_brief::{decided_when, decision_words, shown, standing_words};
use dateline_store::{Deciding, Library, Selection, StoryLine};
use dateline_story::decisions::Act;
use serde::Deserialize;

/// Other stories offered for merging.
const OFFERED: usize = 40;

/// What a form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    token: String,
    what: String,
    other: String,
    page: String,
    title: String,
    undoes: String,
    by: String,
    why: String,
}

struct Made {
    id: String,
    words: String,
    when: String,
    stands: String,
    /// The decision that the button undoes: this one, or the one that undid it.
    undoes: String,
    button: &'static str,
}

#[derive(Template)]
#[template(path = "hand.html")]
struct Hand {
    token: String,
    story: String,
    title: String,
    pinned: bool,
    made: Vec<Made>,
    pages: Vec<(String, String)>,
    others: Vec<(String, String)>,
}

/// What was decided of a story, with forms.
pub(crate) fn forms(library: &Library, line: &StoryLine, selection: &Selection, token: &str) -> Result<String, Failed> {
    let all = if library.decisions()?.made.is_empty() { Vec::new() } else { library.standing()? };
    // also what was undone, so that it can be brought back
    let ours = all.iter().filter(|(d, s)| line.decisions.contains(&d.id) || s.stories.contains(&line.id));
    let made = ours.map(|(d, s)| Made {
        id: d.id.clone(),
        words: decision_words(d),
        when: decided_when(d),
        stands: standing_words(d, s),
        undoes: s.undone_by.clone().unwrap_or_else(|| d.id.clone()),
        button: if s.undone_by.is_some() { "Bring back" } else { "Undo" },
    });
    let named = |r: &dateline_story::Report| {
        let outlet = r.article.outlet.as_deref().map(|o| format!(" · {}", shown(o))).unwrap_or_default();
        format!("{}{outlet}", shown(r.article.title.as_deref().unwrap_or("(no title)")))
    };
    let hand = Hand {
        token: token.to_owned(),
        story: line.id.clone(),
        title: shown(&line.title),
        pinned: line.pinned,
        made: made.collect(),
        pages: selection.reports.iter().map(|r| (r.id.clone(), named(r))).collect(),
        others: library.near(line, OFFERED)?.into_iter().map(|(id, title)| (id, shown(&title))).collect(),
    };
    Ok(hand.render()?)
}

/// Takes a form, decides, and shows the story again.
pub(crate) async fn decide(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Result<Redirect, Failed> {
    shelf.keys.check(&headers, &asked.token)?;
    let now = (shelf.clock)();
    let story = shelf
        .decide(move |library| {
            let act = act(library, &id, &asked)?;
            let some = |text: &'_ str| Some(text.to_owned()).filter(|t| !t.trim().is_empty());
            let (by, why) = (some(&asked.by), some(&asked.why));
            library.decide(act, &Deciding { at: &now, by: by.as_deref(), why: why.as_deref() })?;
            library.settle()?;
            Ok(library.story(&id)?.id)
        })
        .await?;
    Ok(Redirect::to(&format!("/story/{}", super::encoded(&story))))
}

fn act(library: &Library, story: &str, asked: &Asked) -> Result<Act, Failed> {
    Ok(match asked.what.as_str() {
        "merge" => library.merging(story, asked.other.trim())?,
        "apart" => library.parting(story, asked.other.trim())?,
        "split" => library.splitting(story, &[asked.page.as_str()])?,
        "rename" => library.naming(story, &asked.title)?,
        "pin" => library.pinning(story, true)?,
        "unpin" => library.pinning(story, false)?,
        "undo" => Act::Undo { undoes: asked.undoes.clone() },
        _ => return Err(Failed::Refused),
    })
}

//! A brief as it is put together: its stories to order and to write of, others to choose from, and how it looks.
//!
//! All is one form. Whatever button is pressed, what was written by then is kept first, so that nothing typed is lost;
//! and of two windows none takes back what the other wrote, because a text is taken only where it was changed here.

use super::decided::{self, Made, listed};
use super::{brief_out, encoded, frame, said};
use crate::error::Failed;
use crate::shelf::Shelf;
use crate::telling;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use dateline_brief::{Counted, shown, story_marks, when_and_how_many, whose};
use dateline_capture::digest;
use dateline_store::{BriefStory, Deciding, Filter, Library, StoryLine};
use dateline_story::Families;
use dateline_story::decisions::{Act, Edit, Kept};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Stories offered at once.
const OFFERED: usize = 12;
/// Stories of the brief that are shown beside the form; the page to print shows all.
const PREVIEWED: usize = 3;
/// Decisions of the brief that are listed.
const LISTED: usize = 40;

/// What may stand in the address: what to look for among the stories.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    since: String,
}

struct Item {
    id: String,
    story: Option<String>,
    headline: String,
    facts: String,
    /// What became of the story since it was put in.
    warning: Option<String>,
    note: String,
    mark: String,
    first: bool,
    last: bool,
}

struct Offer {
    id: String,
    headline: String,
    facts: String,
}

#[derive(Template)]
#[template(path = "builder.html")]
struct Page {
    id: String,
    title: String,
    title_mark: String,
    lead: String,
    lead_mark: String,
    by: String,
    whose: String,
    items: Vec<Item>,
    q: String,
    since: String,
    problem: Option<String>,
    offers: Vec<Offer>,
    more: bool,
    undo: Option<String>,
    made: Vec<Made>,
    preview: String,
    /// Stories that the preview leaves out.
    beyond: usize,
}

pub(crate) async fn page(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let kept = library.brief(&id)?;
            let stories = library.brief_stories(&kept)?;
            let families = library.families()?;
            let offered = offers(library, &stories, &asked, &families);
            let (offers, more, problem) = match offered {
                Ok((offers, more)) => (offers, more, None),
                Err(Failed::Store(e)) => (Vec::new(), false, Some(e.to_string())),
                Err(e) => return Err(e),
            };
            let last = stories.len().saturating_sub(1);
            Ok(Page {
                title_mark: mark(&kept.title),
                lead_mark: mark(&kept.lead),
                by: shown(kept.by.as_deref().unwrap_or_default()),
                whose: whose(kept.by.as_deref()),
                items: stories.iter().enumerate().map(|(i, s)| item(s, i == 0, i == last, &families)).collect(),
                q: asked.q,
                since: asked.since,
                problem,
                offers,
                more,
                undo: (format!("b{}", kept.last.trim_start_matches('d')) != kept.id).then(|| kept.last.clone()),
                made: made(library, &kept)?,
                preview: brief_out::preview(&telling::kept(library, &kept, PREVIEWED)?.brief),
                beyond: stories.len().saturating_sub(PREVIEWED),
                id: kept.id,
                title: kept.title,
                lead: kept.lead,
            })
        })
        .await?;
    frame::set(&page)
}

fn item(s: &BriefStory, first: bool, last: bool, families: &Families) -> Item {
    let mut warnings = Vec::new();
    if s.missing > 0 && s.story.is_some() {
        warnings.push(format!("pages of it that are not in the library now: {}", s.missing));
    }
    if !s.also.is_empty() {
        warnings.push(format!("some of its pages are of another story now: {}", s.also.join(", ")));
    }
    if s.items.len() > 1 {
        warnings.push("put in as several stories, which are one by now".to_owned());
    }
    if s.story.is_none() {
        warnings.push("none of its pages is in the library now; it waits for them and is not told".to_owned());
    }
    Item {
        id: s.items.first().cloned().unwrap_or_default(),
        story: s.story.as_ref().map(|l| l.id.clone()),
        headline: s.story.as_ref().map_or_else(|| s.name().to_owned(), |l| shown(&l.title)),
        facts: s.story.as_ref().map(|l| facts(l, families)).unwrap_or_default(),
        warning: (!warnings.is_empty()).then(|| warnings.join("; ")),
        note: s.note.clone(),
        mark: mark(&s.note),
        first,
        last,
    }
}

fn facts(l: &StoryLine, families: &Families) -> String {
    let outlets = families.count(l.outlets.iter().map(|o| (Some(o.as_str()), None)));
    let counted = Counted { pages: l.articles, outlets, origins: l.origins, speakers: 0 };
    let mut facts = vec![when_and_how_many(l.first.clone().zip(l.last.clone()).as_ref(), &counted)];
    facts.extend(story_marks(l.pinned, l.differ, l.updated));
    facts.join(" · ")
}

/// Stories that fit what is looked for and are not in the brief; the newest where nothing is.
fn offers(
    library: &Library,
    held: &[BriefStory],
    asked: &Asked,
    families: &Families,
) -> Result<(Vec<Offer>, bool), Failed> {
    let held: BTreeSet<&str> = held.iter().filter_map(|s| Some(s.story.as_ref()?.id.as_str())).collect();
    let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let limit = OFFERED + held.len() + 1;
    let filter = Filter { about: some(&asked.q), since: some(&asked.since), limit, ..Filter::default() };
    let mut found = library.stories(&filter)?;
    found.retain(|l| !held.contains(l.id.as_str()));
    let more = found.len() > OFFERED;
    found.truncate(OFFERED);
    let offer = |l: &StoryLine| Offer { id: l.id.clone(), headline: shown(&l.title), facts: facts(l, families) };
    Ok((found.iter().map(offer).collect(), more))
}

fn made(library: &Library, kept: &Kept) -> Result<Vec<Made>, Failed> {
    let all = decided::undone(library)?;
    let of = |act: &Act| matches!(act, Act::Brief { brief, .. } if *brief == kept.id);
    Ok(listed(library, &all, |d, _| of(&d.act), LISTED).0)
}

/// By what a text is known again that went to the browser and comes back.
fn mark(text: &str) -> String {
    digest(text.trim().as_bytes()).get(..16).unwrap_or_default().to_owned()
}

/// Takes the form: keeps what was written, then does what the button says.
pub(crate) async fn change(
    State(shelf): State<Shelf>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Redirect, Failed> {
    let sent: BTreeMap<String, String> = sent.into_iter().collect();
    let token = sent.get("token").cloned().unwrap_or_default();
    let to = shelf
        .settle(&headers, &token, move |library, now| {
            let said = |name: &str| sent.get(name).map_or("", String::as_str).to_owned();
            let kept = library.brief(&id)?;
            let deciding = Deciding { at: now, by: kept.by.as_deref(), why: None };
            let what = said("what");
            let (what, of) = what.split_once(':').unwrap_or((&what, ""));
            if what != "undo" {
                for act in written(library, &kept, &sent)? {
                    library.decide(act, &deciding)?;
                }
            }
            let (act, place) = asked(library, &kept.id, what, of, &said("offered"))?;
            for act in act {
                library.decide(act, &deciding)?;
            }
            let gone = library.brief(&kept.id).is_err();
            let query = match (said("q"), said("since")) {
                (q, since) if q.trim().is_empty() && since.trim().is_empty() => String::new(),
                (q, since) => format!("?q={}&since={}", encoded(q.trim()), encoded(since.trim())),
            };
            Ok(if gone { "/brief".to_owned() } else { format!("/brief/{}{query}{place}", encoded(&kept.id)) })
        })
        .await?;
    Ok(Redirect::to(&to))
}

/// What was written here since the page was sent.
fn written(library: &Library, kept: &Kept, sent: &BTreeMap<String, String>) -> Result<Vec<Act>, Failed> {
    let changed = |name: &str| -> Option<&str> {
        let text = sent.get(name)?;
        let plain = text.replace("\r\n", "\n");
        (sent.get(&format!("was.{name}"))? != &mark(&plain)).then_some(text.as_str())
    };
    let mut acts = Vec::new();
    if let Some(title) = changed("title").and_then(said) {
        acts.push(library.brief_titled(&kept.id, title)?);
    }
    if let Some(lead) = changed("lead") {
        acts.push(library.brief_lead(&kept.id, lead)?);
    }
    for story in library.brief_stories(kept)? {
        let Some(first) = story.items.first() else { continue };
        let Some(text) = changed(&format!("note.{first}")) else { continue };
        acts.push(library.brief_note(&kept.id, first, text)?);
        // what stood under stories that are one by now was shown as one text, and is one from now on
        for other in story.items.iter().skip(1) {
            acts.push(library.brief_note(&kept.id, other, "")?);
        }
    }
    Ok(acts)
}

/// What a button asks for, and where on the page to go on.
fn asked(
    library: &Library,
    brief: &str,
    what: &str,
    of: &str,
    offered: &str,
) -> Result<(Vec<Act>, &'static str), Failed> {
    Ok(match what {
        "save" => (Vec::new(), ""),
        "find" => (Vec::new(), "#choose"),
        "put" => (vec![library.brief_put(brief, of)?], "#choose"),
        "all" => (together(library, brief, offered)?, "#choose"),
        "drop" => (dropped(library, brief, of)?, "#stories"),
        "up" => (vec![library.brief_moved(brief, of, true)?], "#stories"),
        "down" => (vec![library.brief_moved(brief, of, false)?], "#stories"),
        "undo" => (vec![undone(library, brief, of)?], ""),
        "discard" => (vec![library.brief_discarded(brief)?], ""),
        _ => return Err(Failed::Refused),
    })
}

/// All stories that were offered.
fn together(library: &Library, brief: &str, offered: &str) -> Result<Vec<Act>, Failed> {
    let names: BTreeSet<&str> = offered.split(' ').filter(|s| !s.is_empty()).take(OFFERED).collect();
    let mut acts = Vec::new();
    for name in offered.split(' ').filter(|s| names.contains(s)).take(OFFERED) {
        acts.push(library.brief_put(brief, name)?);
    }
    Ok(acts)
}

/// A story left out, with all that put it in.
fn dropped(library: &Library, brief: &str, item: &str) -> Result<Vec<Act>, Failed> {
    let kept = library.brief(brief)?;
    let stories = library.brief_stories(&kept)?;
    let items = stories.into_iter().find(|s| s.items.iter().any(|i| i == item)).map(|s| s.items).unwrap_or_default();
    Ok(items.iter().map(|i| library.brief_dropped(brief, i)).collect::<Result<_, _>>()?)
}

/// A decision about this brief is taken back, or brought back where it was.
fn undone(library: &Library, brief: &str, decision: &str) -> Result<Act, Failed> {
    let all = library.standing()?;
    let Some((d, s)) = all.iter().find(|(d, _)| d.id == decision) else { return Err(Failed::Refused) };
    match &d.act {
        Act::Brief { brief: of, edit } if of == brief && !matches!(edit, Edit::Begin { .. }) => {}
        _ => return Err(Failed::Refused),
    }
    Ok(Act::Undo { undoes: s.undone_by.clone().unwrap_or_else(|| d.id.clone()) })
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn a_text_is_known_again_with_the_line_ends_that_browsers_send() {
        assert_eq!(mark("One.\n\nTwo."), mark(&"One.\r\n\r\nTwo. ".replace("\r\n", "\n")));
        assert_ne!(mark("One."), mark("Two."));
    }
}

//! A person or organisation: what it said and was said about, under which names and offices, where, with whom.

use super::decided::{Made, listed, undone};
use super::spoken::{self, Article, Counted, Story, many, noted};
use super::{encoded, frame, said};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use dateline_brief::{day_words, quoted, said_tags, said_words, shown};
use dateline_draw::Moment;
use dateline_store::{Asking, Deciding, Library, NameOf, Namesake, Profile, RoleOf, Said};
use dateline_story::decisions::{Act, Decision, Persons};
use dateline_text::Span;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Stories and namesakes that are told.
const STORIES: usize = 8;
const NAMESAKES: usize = 30;
/// Sayings along the timeline.
const MOMENTS: usize = 12;

/// What may stand in the address: words of a name, or the key of one; which page of sayings and of articles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    name: String,
    key: String,
    said: usize,
    spoken: usize,
}

/// Someone who may be the same.
struct Doubt {
    other: String,
    to: String,
    why: String,
    key: String,
}

struct Role {
    role: String,
    when: String,
}

struct Row {
    role: String,
    tags: String,
    words: String,
    at: usize,
    to: String,
    article: String,
    title: String,
    facts: String,
}

#[derive(Template)]
#[template(path = "person.html")]
struct Page {
    key: String,
    name: String,
    facts: String,
    forms: Vec<(String, u64)>,
    others: Vec<Counted>,
    doubts: Vec<Doubt>,
    made: Vec<Made>,
    roles: Vec<Role>,
    stories: Vec<Story>,
    all_stories: String,
    timeline: Option<String>,
    said: Vec<Row>,
    said_next: Option<String>,
    spoken: Vec<Article>,
    spoken_next: Option<String>,
    with: Vec<Counted>,
    map: Option<String>,
    search: String,
}

pub(crate) async fn page(State(shelf): State<Shelf>, Query(asked): Query<Asked>) -> Result<Html<String>, Failed> {
    let page = shelf
        .ask(move |library| {
            let (main, others) = meant(library, &asked)?;
            let mut page = set(library, &asked, main.as_ref())?;
            page.others = others.iter().map(namesake).collect();
            Ok(page)
        })
        .await?;
    frame::set(&page)
}

/// Who is meant, and who else bears the name.
fn meant(library: &Library, asked: &Asked) -> Result<(Option<Namesake>, Vec<Namesake>), Failed> {
    if !asked.key.is_empty() {
        return Ok((library.called(&asked.key)?, Vec::new()));
    }
    let mut all = library.namesakes(&asked.name)?.into_iter();
    let main = all.next();
    Ok((main, all.take(NAMESAKES).collect()))
}

fn address(key: &str) -> String {
    format!("/who?key={}", encoded(key))
}

fn namesake(s: &Namesake) -> Counted {
    Counted { words: shown(&s.name), to: address(&s.key), pages: s.pages }
}

fn set(library: &Library, asked: &Asked, main: Option<&Namesake>) -> Result<Page, Failed> {
    let persons = library.persons()?;
    let group = main.map(|m| persons.group(&m.key)).unwrap_or_default();
    let profile = library.profile(&group, asked.said, asked.spoken)?;
    let name =
        main.map_or_else(|| shown(if asked.name.is_empty() { &asked.key } else { &asked.name }), |m| shown(&m.name));
    let kind = main.map_or("", |m| match m.kind {
        NameOf::Person => "person",
        NameOf::Organisation => "organisation",
        NameOf::Speaker => "speaker",
    });
    let (said_pages, spoken_pages) = Library::profile_pages();
    let key = main.map(|m| m.key.clone()).unwrap_or_default();
    let next = |said: usize, spoken: usize, at: &str| format!("{}&said={said}&spoken={spoken}#{at}", address(&key));
    let said_next = profile.sayings > asked.said.saturating_add(1).saturating_mul(said_pages) as u64;
    let spoken_next = profile.pages > asked.spoken.saturating_add(1).saturating_mul(spoken_pages) as u64
        && profile.spoken.len() == spoken_pages;
    let query = phrase(&name);
    let stories = if main.is_some() { stories(library, main, &query)? } else { Vec::new() };
    Ok(Page {
        facts: facts(kind, &profile),
        forms: profile.forms.iter().filter(|(f, _)| shown(f) != name).map(|(f, n)| (shown(f), *n)).collect(),
        others: Vec::new(),
        doubts: doubts(library, main, &group)?,
        made: made(library, &persons, &group)?,
        roles: profile.roles.iter().map(role).collect(),
        stories,
        all_stories: format!("/?about={}", encoded(&format!("person:{query} OR speaker:{query}"))),
        timeline: spoken::timeline("Said when", &moments(&profile), &profile.facts),
        said: profile.said.iter().map(row).collect(),
        said_next: said_next.then(|| next(asked.said.saturating_add(1), asked.spoken, "said")),
        spoken: profile.spoken.iter().map(spoken::article).collect(),
        spoken_next: spoken_next.then(|| next(asked.said, asked.spoken.saturating_add(1), "spoken")),
        with: profile
            .facts
            .with
            .iter()
            .map(|(name, key, n)| Counted { words: shown(name), to: address(key), pages: *n })
            .collect(),
        map: spoken::map("Where", &profile.facts.places),
        search: format!("/search?q={}", encoded(&format!("speaker:{query}"))),
        key,
        name,
    })
}

fn phrase(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '“', '”', '„', '«', '»'], " "))
}

fn stories(library: &Library, main: Option<&Namesake>, query: &str) -> Result<Vec<Story>, Failed> {
    let field = if main.is_some_and(|m| m.kind == NameOf::Person) { "person:" } else { "speaker:" };
    let asking = Asking { query: Some(format!("{field}{query}")), limit: STORIES, ..Asking::default() };
    Ok(library.today(&asking)?.stories.iter().map(spoken::story).collect())
}

fn facts(kind: &str, p: &Profile) -> String {
    let mut parts = vec![kind.to_owned(), many(p.pages, "article", "articles"), many(p.sayings, "saying", "sayings")];
    parts.extend(spoken::days(&p.facts));
    if p.facts.looked_at < p.pages {
        parts.push(format!("the {} articles that were added last are shown", p.facts.looked_at));
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn role(r: &RoleOf) -> Role {
    let days = r
        .days
        .as_ref()
        .map(|(a, b)| if a == b { day_words(a) } else { format!("{} – {}", day_words(a), day_words(b)) });
    let when = [days, Some(many(r.pages, "article", "articles"))].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Role { role: shown(&r.role), when }
}

/// The newest sayings along time.
fn moments(p: &Profile) -> Vec<Moment> {
    let moment = |s: &Said| {
        let whole = s.said.content.iter().copied().reduce(Span::cover)?;
        let date = s.published.as_deref()?.get(..10)?.to_owned();
        let label = said_words(&s.text, &s.said.content, s.said.kind);
        Some(Moment { date, label, href: Some(noted(&s.report, &s.text, whole).0) })
    };
    p.said.iter().filter_map(moment).take(MOMENTS).collect()
}

/// Who may be the same under another name, and is not decided.
fn doubts(library: &Library, main: Option<&Namesake>, group: &BTreeSet<String>) -> Result<Vec<Doubt>, Failed> {
    let Some(main) = main else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    for p in library.possibly(&group.iter().map(String::as_str).collect())? {
        let office = p.office.as_deref().map(|o| format!(", {}", shown(o))).unwrap_or_default();
        out.push(Doubt {
            other: format!("{}{office}", shown(&p.other)),
            to: address(&p.other_key),
            why: format!("{} · {}", p.why.words(), many(p.sayings, "saying", "sayings")),
            key: p.other_key,
        });
    }
    for (other, why, pages) in library.possibly_organisation(&main.key)? {
        out.push(Doubt {
            other: shown(&other.name),
            to: address(&other.key),
            why: format!("{why} · {}", many(pages, "article", "articles")),
            key: other.key,
        });
    }
    Ok(out)
}

/// What was decided of these names, also what was undone.
fn made(library: &Library, persons: &Persons, group: &BTreeSet<String>) -> Result<Vec<Made>, Failed> {
    let ours = |d: &Decision| match &d.act {
        Act::SamePerson { one, other } | Act::OtherPerson { one, other } => [one, other]
            .iter()
            .any(|c| group.contains(&c.key) || persons.group(&c.key).iter().any(|k| group.contains(k))),
        _ => false,
    };
    Ok(listed(library, &undone(library)?, |d, _| ours(d), usize::MAX).0)
}

fn row(s: &Said) -> Row {
    let whole = s.said.content.iter().copied().reduce(Span::cover).unwrap_or_default();
    let (to, at) = noted(&s.report, &s.text, whole);
    let name = shown(&s.speaker.name);
    Row {
        role: s.speaker.role.as_deref().map_or_else(|| name.clone(), |r| format!("{name}, {}", shown(r))),
        tags: said_tags(s.said.class, s.said.kind),
        words: quoted(&said_words(&s.text, &s.said.content, s.said.kind)),
        at,
        to,
        article: format!("/article/{}", s.report),
        title: s.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown),
        facts: spoken::when_where(s.published.as_deref(), s.outlet.as_deref()),
    }
}

/// What a form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answer {
    token: String,
    what: String,
    key: String,
    other: String,
    undoes: String,
    by: String,
    why: String,
}

/// Takes a decision about names, and shows the page again.
pub(crate) async fn decide(
    State(shelf): State<Shelf>,
    headers: HeaderMap,
    Form(asked): Form<Answer>,
) -> Result<Redirect, Failed> {
    let token = asked.token.clone();
    let key = shelf
        .settle(&headers, &token, move |library, now| {
            let act = match asked.what.as_str() {
                "same" => {
                    Act::SamePerson { one: library.name_for(&asked.key)?, other: library.name_for(&asked.other)? }
                }
                "other" => {
                    Act::OtherPerson { one: library.name_for(&asked.key)?, other: library.name_for(&asked.other)? }
                }
                "undo" => Act::Undo { undoes: asked.undoes.clone() },
                _ => return Err(Failed::Refused),
            };
            library.decide(act, &Deciding { at: now, by: said(&asked.by), why: said(&asked.why) })?;
            Ok(asked.key)
        })
        .await?;
    Ok(Redirect::to(&address(&key)))
}

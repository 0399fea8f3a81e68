//! Today: stories by weight and freshness, narrowed by what stands in the address, and what came since the last visit.

use super::{encoded, frame};
use crate::error::Failed;
use crate::shelf::Shelf;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use dateline_brief::{day_words, shown, when_and_how_many};
use dateline_store::{Asking, ErrorKind, Holdings, Library, Notice, Today, TodayOrder, TodayStory, narrowed};
use dateline_story::Families;
use serde::Deserialize;

/// Stories a page shows.
const PAGE: usize = 30;
/// Names of outlets in one line.
const NAMES: usize = 6;
/// Outlets that the form offers.
const OFFERED: usize = 400;
/// The capture that was the last one when the reader marked all as seen.
const SEEN: &str = "dateline-seen";
/// Bytes that this mark has at most.
const LONGEST: usize = 1_000;

/// What may stand in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    about: String,
    /// Name of a query that is kept.
    watch: String,
    place: String,
    person: String,
    outlet: String,
    language: String,
    since: String,
    until: String,
    /// "differ": only stories with figures that differ; "new": only those with something new.
    only: String,
    sort: String,
    from: String,
}

/// A part of the address.
type Part = (&'static str, &'static str, fn(&mut Asked) -> &mut String);

/// What narrows: its name in the address, its label, and where it is kept.
const NARROWING: [Part; 9] = [
    ("about", "about", |a| &mut a.about),
    ("watch", "watch", |a| &mut a.watch),
    ("place", "place", |a| &mut a.place),
    ("person", "person", |a| &mut a.person),
    ("outlet", "outlet", |a| &mut a.outlet),
    ("language", "language", |a| &mut a.language),
    ("since", "since", |a| &mut a.since),
    ("until", "until", |a| &mut a.until),
    ("only", "only", |a| &mut a.only),
];

impl Asked {
    fn order(&self) -> TodayOrder {
        if self.sort == "newest" { TodayOrder::Newest } else { TodayOrder::Weight }
    }

    /// The address of what is asked for, at its first page.
    fn address(&self) -> String {
        let mut own = self.clone();
        let mut parts: Vec<String> = Vec::new();
        for (name, _, value) in NARROWING {
            let value = value(&mut own).trim();
            if !value.is_empty() {
                parts.push(format!("{name}={}", encoded(value)));
            }
        }
        if self.order() == TodayOrder::Newest {
            parts.push("sort=newest".to_owned());
        }
        if parts.is_empty() { "/".to_owned() } else { format!("/?{}", parts.join("&")) }
    }

    fn with(&self, change: impl FnOnce(&mut Asked)) -> String {
        let mut other = self.clone();
        change(&mut other);
        other.address()
    }

    /// What narrows by words, as one query of the search.
    fn query(&self, library: &Library) -> Result<Option<String>, Failed> {
        let outlet = self.outlet.trim();
        let exact = if !outlet.is_empty() && library.is_outlet(outlet)? { "=" } else { "" };
        let fields = [
            ("place:", self.place.trim(), true),
            ("person:", self.person.trim(), true),
            (if exact.is_empty() { "outlet:" } else { "outlet:=" }, outlet, true),
            ("language:", self.language.trim(), false),
            ("after:", self.since.trim(), false),
            ("before:", self.until.trim(), false),
        ];
        let mut query = self.about.trim().to_owned();
        if !self.watch.trim().is_empty() {
            let kept = library.watch(&self.watch)?.query;
            query = if query.is_empty() { kept } else { narrowed(&query, &format!("({kept})")) };
        }
        for (field, value, words) in fields.into_iter().filter(|(_, value, _)| !value.is_empty()) {
            let value = if words { phrase(value) } else { value.split_whitespace().collect::<String>() };
            let own = format!("{field}{value}");
            query = if query.is_empty() { own } else { narrowed(&query, &own) };
        }
        Ok(Some(query).filter(|q| !q.is_empty()))
    }
}

/// Words as one value of the query language.
fn phrase(words: &str) -> String {
    let plain: String =
        words.chars().map(|c| if matches!(c, '"' | '“' | '”' | '„' | '«' | '»') { ' ' } else { c }).collect();
    format!("\"{}\"", dateline_text::squeeze(&plain))
}

/// A thing that narrows the list, with the address without it.
struct Chip {
    label: &'static str,
    value: String,
    without: String,
}

struct Choice {
    label: &'static str,
    to: String,
    chosen: bool,
}

struct Linked {
    words: String,
    to: String,
}

struct Marked {
    words: String,
    class: &'static str,
}

struct Row {
    id: String,
    headline: String,
    marks: Vec<Marked>,
    outlets: String,
    places: Vec<Linked>,
    when: String,
    /// Articles by day, where there are several days.
    spark: String,
    /// Whether it is the first of all.
    leads: bool,
}

/// An outlet of which the latest pages yield less than they did.
struct Strip {
    says: String,
    /// Ids of some of these pages.
    pages: Vec<String>,
}

/// What the form offers and holds.
struct Narrow {
    asked: Asked,
    watches: Vec<String>,
    outlets: Vec<String>,
    languages: Vec<String>,
}

/// What came since the reader marked all as seen.
struct Seen {
    last: String,
    back: String,
    marked: bool,
    only_new: String,
}

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    totals: String,
    disputed: Option<Linked>,
    empty: bool,
    problem: Option<String>,
    chips: Vec<Chip>,
    sorts: Vec<Choice>,
    narrow: Narrow,
    notices: Vec<Strip>,
    seen: Option<Seen>,
    found: String,
    stories: Vec<Row>,
    later: Option<String>,
    next: Option<String>,
}

pub(crate) async fn page(
    State(shelf): State<Shelf>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, Failed> {
    let seen = seen(&headers);
    let page = shelf
        .ask(move |library| {
            let holdings = library.holdings()?;
            let mut page = head(library, &asked, &holdings)?;
            page.seen = holdings.last.clone().map(|last| Seen {
                last,
                back: asked.address(),
                marked: seen.is_some(),
                only_new: asked.with(|a| a.only = "new".to_owned()),
            });
            match found(library, &asked, seen) {
                Ok(today) => fill(library, &mut page, &asked, &today)?,
                Err(Failed::Store(e)) if matches!(e.kind(), ErrorKind::Query(_) | ErrorKind::NotFound { .. }) => {
                    page.problem = Some(e.to_string())
                }
                Err(e) => return Err(e),
            }
            Ok(page)
        })
        .await?;
    frame::set(&page)
}

/// What a form says that marks all as seen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Marking {
    token: String,
    last: String,
    back: String,
}

/// Keeps in a cookie which capture was the last one seen, and shows the list again.
pub(crate) async fn mark(
    State(shelf): State<Shelf>,
    headers: HeaderMap,
    Form(asked): Form<Marking>,
) -> Result<Response, Failed> {
    shelf.keys.check(&headers, &asked.token)?;
    let last = encoded(&asked.last);
    if last.is_empty() || last.len() > LONGEST {
        return Err(Failed::Refused);
    }
    let back = if asked.back.starts_with("/?") { asked.back.as_str() } else { "/" };
    let cookie = format!("{SEEN}={last}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict");
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(back)).into_response())
}

/// The mark that the browser holds.
fn seen(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(HeaderName::from_static("cookie"))?.to_str().ok()?;
    let mine = cookies.split("; ").filter_map(|c| c.split_once('=')).find(|(name, _)| *name == SEEN)?;
    decoded(mine.1)
}

/// A value as [`encoded`] wrote it; `None` for anything else.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = rest.get(2..)?;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok().filter(|t| !t.is_empty())
}

fn found(library: &Library, asked: &Asked, seen: Option<String>) -> Result<Today, Failed> {
    let asking = Asking {
        query: asked.query(library)?,
        disputed: asked.only == "differ",
        seen,
        only_new: asked.only == "new",
        order: asked.order(),
        limit: PAGE,
        from: Some(asked.from.clone()).filter(|f| !f.is_empty()),
    };
    Ok(library.today(&asking)?)
}

/// All but the stories.
fn head(library: &Library, asked: &Asked, holdings: &Holdings) -> Result<Page, Failed> {
    let strip = |n: Notice| Strip { says: shown(&n.to_string()), pages: n.pages };
    let (outlets, languages) = library.outlets_and_languages(OFFERED)?;
    let sort = |label, value: &str, order| Choice {
        label,
        to: asked.with(|a| a.sort = value.to_owned()),
        chosen: asked.order() == order,
    };
    let newest = holdings.newest.as_deref().map(|d| format!("the newest of {}", day_words(d)));
    let mut totals = vec![
        many(holdings.stories, "story", "stories"),
        format!("{} in the library", many(holdings.articles, "article", "articles")),
    ];
    totals.extend(newest);
    let disputed = (holdings.disputed > 0).then(|| Linked {
        words: format!("figures differ in {}", many(holdings.disputed, "story", "stories")),
        to: asked.with(|a| a.only = "differ".to_owned()),
    });
    Ok(Page {
        totals: totals.join(" · "),
        disputed,
        empty: holdings.articles == 0,
        problem: None,
        chips: chips(asked),
        sorts: vec![
            sort("weight and freshness", "", TodayOrder::Weight),
            sort("newest first", "newest", TodayOrder::Newest),
        ],
        narrow: Narrow {
            asked: asked.clone(),
            watches: library.watches()?.into_iter().map(|w| w.name).collect(),
            outlets: outlets.iter().map(|o| shown(o)).collect(),
            languages,
        },
        notices: library.notices()?.into_iter().map(strip).collect(),
        seen: None,
        found: String::new(),
        stories: Vec::new(),
        later: (!asked.from.is_empty()).then(|| asked.address()),
        next: None,
    })
}

fn chips(asked: &Asked) -> Vec<Chip> {
    let mut own = asked.clone();
    let mut out = Vec::new();
    for (name, label, value) in NARROWING {
        let words = shown(value(&mut own).trim());
        if words.is_empty() {
            continue;
        }
        let words = match (name, words.as_str()) {
            ("only", "differ") => "with figures that differ".to_owned(),
            ("only", "new") => "with something new".to_owned(),
            ("since" | "until", day) => day_words(day),
            _ => words,
        };
        out.push(Chip { label, value: words, without: asked.with(|a| value(a).clear()) });
    }
    out
}

fn fill(library: &Library, page: &mut Page, asked: &Asked, today: &Today) -> Result<(), Failed> {
    let families = library.families()?;
    page.found = if page.chips.is_empty() { String::new() } else { many(today.total, "story fits", "stories fit") };
    page.stories = today.stories.iter().map(|s| row(s, asked, &families)).collect();
    if let Some(first) = page.stories.first_mut().filter(|_| asked.from.is_empty()) {
        first.leads = true;
    }
    let and = if asked.address() == "/" { "?" } else { "&" };
    page.next = today.next.as_ref().map(|next| format!("{}{and}from={}", asked.address(), encoded(next)));
    Ok(())
}

/// "1 story", "3 stories".
fn many(n: u64, one: &str, more: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {more}") }
}

fn row(s: &TodayStory, asked: &Asked, families: &Families) -> Row {
    let line = &s.line;
    let outlets = families.count(line.outlets.iter().map(|o| (Some(o.as_str()), None)));
    let counted = dateline_brief::Counted {
        pages: line.articles,
        outlets,
        origins: line.origins,
        speakers: usize::try_from(s.speakers).unwrap_or(usize::MAX),
    };
    let days = line.first.clone().zip(line.last.clone());
    let mut marks = Vec::new();
    if line.pinned {
        marks.push(Marked { words: "pinned".to_owned(), class: "plain" });
    }
    if s.new > 0 {
        marks.push(Marked { words: format!("{} new", s.new), class: "new" });
    }
    if line.differ > 0 {
        marks.push(Marked { words: many(line.differ as u64, "figure differs", "figures differ"), class: "differ" });
    }
    if line.updated > 0 {
        marks.push(Marked { words: many(line.updated as u64, "figure updated", "figures updated"), class: "updated" });
    }
    let place = |p: &String| Linked { words: shown(p), to: asked.with(|a| a.place.clone_from(p)) };
    let headline = shown(&line.title);
    Row {
        id: line.id.clone(),
        headline: if headline.is_empty() { "(no title)".to_owned() } else { headline },
        marks,
        outlets: names(&line.outlets),
        places: s.places.iter().map(place).collect(),
        when: when_and_how_many(days.as_ref(), &counted),
        spark: spark(&s.days),
        leads: false,
    }
}

/// A small picture of the days.
fn spark(days: &[(String, u64)]) -> String {
    let days: Vec<(String, u32)> =
        days.iter().map(|(day, n)| (day.clone(), u32::try_from(*n).unwrap_or(u32::MAX))).collect();
    let picture = if days.len() > 1 { dateline_draw::spark("Articles by day", &days) } else { None };
    picture.map(|p| p.svg).unwrap_or_default()
}

/// The first outlets by name, and how many more.
fn names(outlets: &[String]) -> String {
    let mut all: Vec<String> = outlets.iter().map(|o| shown(o)).collect();
    all.sort();
    all.dedup();
    let more = all.len().saturating_sub(NAMES);
    all.truncate(NAMES);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chip_leads_to_the_same_list_without_it() {
        let asked = Asked {
            place: "Riga & Jūrmala".into(),
            since: "2031-05".into(),
            sort: "newest".into(),
            from: "0.1.2.s1".into(),
            ..Asked::default()
        };
        assert_eq!(asked.address(), "/?place=Riga%20%26%20J%C5%ABrmala&since=2031-05&sort=newest");
        let chips = chips(&asked);
        assert_eq!(chips.len(), 2);
        assert_eq!(chips[0].without, "/?since=2031-05&sort=newest");
        assert_eq!((chips[1].value.as_str(), chips[1].label), ("May 2031", "since"));
    }

    #[test]
    fn a_name_is_one_value_of_a_query_whatever_it_holds() {
        assert_eq!(phrase("The “Quay\" OR x"), "\"The Quay OR x\"");
        for name in ["ab12", "a page, the 2nd; Path=/", "ž"] {
            assert_eq!(decoded(&encoded(name)).as_deref(), Some(name));
        }
        assert_eq!((decoded("%4"), decoded("%zz"), decoded("%ff"), decoded("")), (None, None, None, None));
    }

    #[test]
    fn long_lists_of_outlets_are_cut() {
        let all: Vec<String> = (0..9).map(|i| format!("Quay {i}")).collect();
        assert_eq!(names(&all), "Quay 0, Quay 1, Quay 2, Quay 3, Quay 4, Quay 5 and 3 more");
    }
}

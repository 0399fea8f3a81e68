//! What pages of persons and of places share: sentences with their places, a map, the days.

use super::{at, encoded};
use dateline_brief::{day_words, quoted, shown};
use dateline_draw::{Moment, Place};
use dateline_store::{Facts, PlaceIn, Spoken, TodayStory};
use dateline_text::{CharIndex, Span};

/// An article with sentences that name whom or what was asked for.
pub(crate) struct Article {
    pub(crate) to: String,
    pub(crate) title: String,
    pub(crate) facts: String,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) more: usize,
}

/// One sentence.
pub(crate) struct Sentence {
    pub(crate) words: String,
    pub(crate) by: Option<String>,
    pub(crate) at: usize,
    pub(crate) to: String,
}

/// A link with a count.
pub(crate) struct Counted {
    pub(crate) words: String,
    pub(crate) to: String,
    pub(crate) pages: u64,
}

/// A story in a short list.
pub(crate) struct Story {
    pub(crate) to: String,
    pub(crate) title: String,
    pub(crate) facts: String,
}

/// The address of a place in an article, and the code point at which it begins.
pub(crate) fn noted(report: &str, text: &str, span: Span) -> (String, usize) {
    let chars = CharIndex::new(text).to_chars(text, span);
    (at::address(report, chars), chars[0])
}

/// "14 April 2026 · Quay Post".
pub(crate) fn when_where(published: Option<&str>, outlet: Option<&str>) -> String {
    let day = published.map_or_else(|| "no date".to_owned(), day_words);
    [Some(day), outlet.map(shown)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub(crate) fn article(s: &Spoken) -> Article {
    let sentence = |(span, by): &(Span, Option<String>)| {
        let (to, at) = noted(&s.report, &s.text, *span);
        Sentence { words: quoted(&shown(span.of(&s.text))), by: by.as_deref().map(shown), at, to }
    };
    Article {
        to: format!("/article/{}", s.report),
        title: s.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown),
        facts: when_where(s.published.as_deref(), s.outlet.as_deref()),
        sentences: s.sentences.iter().map(sentence).collect(),
        more: s.total.saturating_sub(s.sentences.len()),
    }
}

pub(crate) fn story(s: &TodayStory) -> Story {
    let line = &s.line;
    let counted = dateline_brief::Counted { pages: line.articles, outlets: 0, origins: line.origins, speakers: 0 };
    let days = line.first.clone().zip(line.last.clone());
    let title = shown(&line.title);
    Story {
        to: format!("/story/{}", encoded(&line.id)),
        title: if title.is_empty() { "(no title)".to_owned() } else { title },
        facts: dateline_brief::when_and_how_many(days.as_ref(), &counted),
    }
}

pub(crate) fn places(all: &[PlaceIn]) -> Vec<Counted> {
    let place = |p: &PlaceIn| Counted { words: shown(&p.name), to: place_address(&p.name), pages: p.pages };
    all.iter().map(place).collect()
}

pub(crate) fn place_address(name: &str) -> String {
    format!("/place?name={}", encoded(name))
}

/// Places on a map; nothing where none is known.
pub(crate) fn map(title: &str, all: &[PlaceIn]) -> Option<String> {
    let place = |p: &PlaceIn| Place {
        label: shown(&p.name),
        lat: p.at.0,
        lon: p.at.1,
        weight: u32::try_from(p.pages).unwrap_or(u32::MAX),
        note: if p.pages == 1 { "in 1 page".to_owned() } else { format!("in {} pages", p.pages) },
        href: Some(place_address(&p.name)),
    };
    // what one page of many names is a remark, or a mistake, and would draw the map out over the world
    let most = all.iter().map(|p| p.pages).max().unwrap_or(0);
    let shown = all.iter().filter(|p| p.pages > 1 || most < 3);
    dateline_draw::map(title, &shown.map(place).collect::<Vec<_>>()).map(|p| p.figure())
}

/// What was said when, over the days of the articles; nothing where all is of one day.
pub(crate) fn timeline(title: &str, moments: &[Moment], facts: &Facts) -> Option<String> {
    let days: Vec<String> =
        facts.days.iter().flat_map(|(day, n)| std::iter::repeat_n(day.clone(), (*n).min(200) as usize)).collect();
    if facts.days.len() < 2 {
        return None;
    }
    dateline_draw::timeline(title, moments, &days).map(|p| p.svg)
}

/// "1 page", "3 pages".
pub(crate) fn many(n: u64, one: &str, more: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {more}") }
}

/// "11 March 2026 – 26 June 2026", of the days of articles.
pub(crate) fn days(facts: &Facts) -> Option<String> {
    let (first, last) = (&facts.days.first()?.0, &facts.days.last()?.0);
    Some(if first == last { day_words(first) } else { format!("{} – {}", day_words(first), day_words(last)) })
}

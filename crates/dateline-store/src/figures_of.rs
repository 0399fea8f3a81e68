//! Which figures are given about something?
//!
//! The words of the index say which articles may have one; their readings say which figures these are. No table of
//! figures is kept: one would cost a tenth of the index for a question that is asked now and then, and newest first a
//! page of answers needs few readings.

use crate::error::Result;
use crate::search::{self, Pattern, tokens};
use crate::{Library, blob};
use dateline_reading::{Attribution, Entity};
use dateline_story::{Report, units};
use dateline_text::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use unicode_normalization::char::is_combining_mark;

/// Articles looked into for one page of answers.
const LOOKED: usize = 400;

/// Which figures are asked for. Nothing is found without words, place, outlet or speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresAsked {
    /// Words: each must stand in the figure's sentence or the headline, one at least in the sentence. A word of four
    /// letters or more also stands for those that begin with it.
    pub about: String,
    /// Only in this unit or one of the same dimension ("USD", "km"); "none" for things counted.
    pub unit: Option<String>,
    /// Only those given by a source with all these words in its name.
    pub speaker: Option<String>,
    /// Only from articles that name this place.
    pub place: Option<String>,
    /// Only from this outlet.
    pub outlet: Option<String>,
    /// Only from articles of this day, month or year or later, ISO 8601.
    pub since: Option<String>,
    /// Only from articles until then, it included.
    pub until: Option<String>,
    /// Also from copies of other articles.
    pub copies: bool,
    /// About how many; an article's are never parted.
    pub limit: usize,
    /// Articles to pass over: [`FiguresFound::next`] of the page before.
    pub from: usize,
}

impl Default for FiguresAsked {
    fn default() -> FiguresAsked {
        FiguresAsked {
            about: String::new(),
            unit: None,
            speaker: None,
            place: None,
            outlet: None,
            since: None,
            until: None,
            copies: false,
            limit: 100,
            from: 0,
        }
    }
}

/// Figures found, the newest articles first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FiguresFound {
    /// The articles that give them.
    pub reports: Vec<Report>,
    /// The story of each, once linked.
    pub stories: Vec<Option<String>>,
    /// Index of the article, and of the figure in its reading.
    pub figures: Vec<(usize, usize)>,
    /// Articles that were looked into for this page.
    pub looked: usize,
    /// Articles that hold the words, all pages together.
    pub total: usize,
    /// Where the next page begins; `None` on the last.
    pub next: Option<usize>,
}

/// What is looked at of an article before it is known to have an answer.
#[derive(Deserialize)]
struct Glance {
    article: GlanceArticle,
    reading: GlanceReading,
}

#[derive(Deserialize)]
struct GlanceArticle {
    title: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct GlanceReading {
    sentences: Vec<Span>,
    figures: Vec<Counted>,
}

/// What is looked at of a figure.
#[derive(Deserialize)]
struct Counted {
    span: Span,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<String>,
    attribution: Option<usize>,
}

/// What is looked at besides where a speaker is asked for.
#[derive(Deserialize)]
struct Speakers {
    reading: SpeakersReading,
}

#[derive(Deserialize)]
struct SpeakersReading {
    attributions: Vec<Attribution>,
    entities: Vec<Entity>,
}

impl Library {
    /// Figures about something, across all stories.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Query`] for a day that is none; [`crate::ErrorKind::Index`].
    pub fn figures_of(&self, asked: &FiguresAsked) -> Result<FiguresFound> {
        let mut out = FiguresFound::default();
        let Some(query) = query(asked)? else { return Ok(out) };
        let wanted = Wanted::of(asked);
        let sql = "SELECT n FROM facets WHERE n IN (SELECT value FROM json_each(?1)) ORDER BY day IS NULL, day DESC, start, n";
        let mut ask = self.db.prepare_cached(sql)?;
        let numbers = search::numbers(self, &query)?;
        let pages: Vec<i64> = ask.query_map([numbers], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        out.total = pages.len();
        let mut ask = self.db.prepare_cached(
            "SELECT report, (SELECT story FROM members WHERE members.n = articles.n ORDER BY story LIMIT 1)
             FROM articles WHERE n = ?1",
        )?;
        let persons = self.persons()?;
        for (i, n) in pages.iter().enumerate().skip(asked.from) {
            if out.figures.len() >= asked.limit.max(1) || out.looked >= LOOKED {
                out.next = Some(i);
                break;
            }
            out.looked += 1;
            let (packed, story): (Vec<u8>, Option<String>) = ask.query_row([n], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let json = blob::open(&packed)?;
            let mut speakers = if wanted.speaker.is_empty() { None } else { Some(blob::read::<Speakers>(&json)?) };
            if let Some(glance) = &mut speakers {
                persons.settle(&mut glance.reading.entities);
            }
            let figures = wanted.figures(&blob::read(&json)?, speakers.as_ref());
            if !figures.is_empty() {
                out.figures.extend(figures.into_iter().map(|f| (out.reports.len(), f)));
                let mut report: Report = blob::read(&json)?;
                persons.settle(&mut report.reading.entities);
                out.reports.push(report);
                out.stories.push(story);
            }
        }
        Ok(out)
    }
}

/// The query for articles that may have such a figure; `None` where nothing narrows it.
fn query(asked: &FiguresAsked) -> Result<Option<String>> {
    let mut parts: Vec<String> = words(&asked.about).map(|w| if is_open(&w) { format!("{w}*") } else { w }).collect();
    let named = [("place", &asked.place), ("outlet", &asked.outlet), ("speaker", &asked.speaker)];
    for (field, name) in named {
        let name: Vec<String> = name.iter().flat_map(|n| words(n)).collect();
        if !name.is_empty() {
            parts.push(format!("{field}:\"{}\"", name.join(" ")));
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    for (field, day) in [("after", &asked.since), ("before", &asked.until)] {
        if let Some(day) = day.as_deref().map(str::trim).filter(|d| !d.is_empty()) {
            search::day_of(day)?;
            parts.push(format!("{field}:{day}"));
        }
    }
    if !asked.copies {
        parts.push("origin:only".to_owned());
    }
    Ok(Some(parts.join(" ")))
}

/// The words of what is asked, small, so that none is read as an operator.
fn words(text: &str) -> impl Iterator<Item = String> {
    let cut = text.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c)));
    cut.filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Whether a word stands for those that begin with it, too.
fn is_open(word: &str) -> bool {
    word.chars().count() >= 4
}

/// What an article's figures must fulfil.
struct Wanted {
    about: Vec<Pattern>,
    unit: Option<String>,
    speaker: Vec<Pattern>,
}

impl Wanted {
    fn of(asked: &FiguresAsked) -> Wanted {
        let patterns = |text: &str| words(text).filter_map(|w| Pattern::of(&w, is_open(&w))).collect();
        Wanted {
            about: patterns(&asked.about),
            unit: asked.unit.as_deref().map(|u| u.trim().to_owned()).filter(|u| !u.is_empty()),
            speaker: patterns(asked.speaker.as_deref().unwrap_or_default()),
        }
    }

    /// Indices of the figures that fulfil it.
    fn figures(&self, page: &Glance, speakers: Option<&Speakers>) -> Vec<usize> {
        let text = page.article.text.as_str();
        let title = held(&self.about, page.article.title.as_deref().unwrap_or_default());
        // figures of one sentence follow each other
        let mut last: Option<(Span, bool)> = None;
        let mut out = Vec::new();
        for (i, figure) in page.reading.figures.iter().enumerate() {
            let counts = figure.value.or(figure.low).or(figure.high).is_some();
            if !counts || !self.fits_unit(figure) || !speakers.is_none_or(|s| self.fits_speaker(figure, text, s)) {
                continue;
            }
            let sentence = sentence(&page.reading.sentences, figure.span);
            let fits = match last {
                Some((same, fits)) if same == sentence => fits,
                _ => self.fits_words(&title, sentence.of(text)),
            };
            last = Some((sentence, fits));
            if fits {
                out.push(i);
            }
        }
        out
    }

    fn fits_words(&self, title: &[bool], sentence: &str) -> bool {
        let here = held(&self.about, sentence);
        let all = here.iter().zip(title).all(|(here, title)| *here || *title);
        all && (here.is_empty() || here.contains(&true))
    }

    fn fits_unit(&self, figure: &Counted) -> bool {
        match (self.unit.as_deref(), figure.unit.as_deref()) {
            (None, _) => true,
            (Some("none"), unit) => unit.is_none(),
            (Some(asked), Some(unit)) => units::dimension(asked).0 == units::dimension(unit).0,
            (Some(_), None) => false,
        }
    }

    fn fits_speaker(&self, figure: &Counted, text: &str, speakers: &Speakers) -> bool {
        let reading = &speakers.reading;
        let Some(said) = figure.attribution.and_then(|a| reading.attributions.get(a)) else { return false };
        let mut names: Vec<&str> = said.source.iter().map(|s| s.of(text)).collect();
        names.extend(said.speaker.and_then(|e| reading.entities.get(e)).map(|e| e.name.as_str()));
        held(&self.speaker, &names.join(" ")).iter().all(|h| *h)
    }
}

/// Which of the patterns stand in the text.
fn held(patterns: &[Pattern], text: &str) -> Vec<bool> {
    if patterns.is_empty() {
        return Vec::new();
    }
    let words = tokens(text);
    patterns.iter().map(|p| (0..words.len()).any(|i| p.fits(&words, i))).collect()
}

/// The sentence around a span; the span itself where there is none.
fn sentence(sentences: &[Span], span: Span) -> Span {
    let at = sentences.partition_point(|s| s.end <= span.start);
    sentences.get(at).copied().filter(|s| s.contains(span)).unwrap_or(span)
}

impl FiguresFound {
    /// The sentence of each figure, in the order of the figures.
    pub fn sentences(&self) -> BTreeMap<(usize, usize), Span> {
        let of = |(r, f): (usize, usize)| -> Option<Span> {
            let reading = &self.reports.get(r)?.reading;
            Some(sentence(&reading.sentences, reading.figures.get(f)?.span))
        };
        self.figures.iter().filter_map(|at| Some((*at, of(*at)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_never_read_as_a_query() {
        let asked = |about: &str, place: &str| {
            let place = Some(place.to_owned()).filter(|p| !p.is_empty());
            query(&FiguresAsked { about: about.to_owned(), place, ..FiguresAsked::default() }).unwrap()
        };
        assert_eq!(asked("ships OR \"cut", "").as_deref(), Some("ships* or cut origin:only"));
        assert_eq!(asked("", "Riga\" OR x:").as_deref(), Some("place:\"riga or x\" origin:only"));
        assert_eq!(asked(" -- ", ""), None);
        let bad = FiguresAsked { about: "x".to_owned(), since: Some("soon".to_owned()), ..FiguresAsked::default() };
        assert!(query(&bad).is_err());
    }

    #[test]
    fn one_word_at_least_stands_beside_the_figure() {
        let wanted = Wanted::of(&FiguresAsked { about: "ferry killed".to_owned(), ..FiguresAsked::default() });
        let title = held(&wanted.about, "Ferry sinks off Testburg");
        assert!(wanted.fits_words(&title, "At least 14 people were killed."));
        assert!(!wanted.fits_words(&title, "It was built for 300 people."));
        assert!(wanted.fits_words(&[false, false], "The ferry's crash killed 14."));
        assert!(!wanted.fits_words(&[true, true], "It carried 40 cars."));
    }
}

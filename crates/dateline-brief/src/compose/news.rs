//! What is new since a day, in lines with their places.

use super::{Desk, Told};
use crate::labels::{self, quoted, said_words};
use crate::model::{NewsLine, NewsPart, NewsSection, Note};
use dateline_story::news::{Denial, News, news};
use dateline_story::{Agreement, FigureItem, Report, Story};
use dateline_text::Span;

/// Lines of a section.
const MOST: usize = 12;

/// The part of a story that tells what is new in it.
pub(super) fn part(desk: &Desk, story: &Story, agreement: &Agreement, told: &[Told], since: &str) -> NewsPart {
    let reports: Vec<&Report> = told.iter().map(|t| t.report).collect();
    let origin = |m: &usize| desk.links.members.get(*m).map_or("", |m| m.origin.as_str());
    let origins: Vec<&str> = story.members.iter().map(origin).collect();
    let new = news(&reports, &origins, agreement, since);
    let number = |i: &usize| told[*i].number;
    NewsPart {
        since: since.to_owned(),
        pages: new.pages.iter().map(number).collect(),
        undated: new.undated.iter().map(number).collect(),
        origins: new.origins.len(),
        sections: sections(&new, told),
    }
}

fn sections(new: &News, told: &[Told]) -> Vec<NewsSection> {
    let changed = new.changed.iter().map(|c| {
        let side = |items: &[FigureItem]| once(items).map(|i| given(i, told)).collect::<Vec<_>>().join(" · ");
        let words = format!(
            "{}: {} → {} ({})",
            crate::shown(&c.counted),
            side(&c.before),
            side(&c.after),
            labels::verdict(c.verdict)
        );
        let notes = once(&c.before).chain(once(&c.after)).map(|i| told[i.report].note(i.span)).collect();
        NewsLine { page: None, words, notes }
    });
    let figures = new.figures.iter().filter_map(|g| {
        let first = g.items.first()?;
        let notes = g.items.iter().map(|i| told[i.report].note(i.span)).collect();
        Some(NewsLine { page: None, words: given(first, told), notes })
    });
    let speakers = new.speakers.iter().filter_map(|s| {
        let page = &told[s.report];
        let a = page.report.reading.attributions.get(s.attribution)?;
        let whole = a.content.iter().copied().reduce(Span::cover)?;
        let role = s.role.as_deref().map(|r| format!(", {}", crate::shown(r))).unwrap_or_default();
        let said = quoted(&said_words(&page.report.article.text, &a.content, a.kind));
        Some(NewsLine {
            page: None,
            words: format!("{}{role}: {said}", crate::shown(&s.name)),
            notes: vec![page.note(whole)],
        })
    });
    let texts = new.origins.iter().map(|o| page_line(o.report, &o.copies, told));
    let copies = new.copies.iter().map(|(copy, of)| NewsLine {
        page: Some(told[*copy].number),
        words: format!("[{}] repeats [{}]", told[*copy].number, told[*of].number),
        notes: Vec::new(),
    });
    let all = [
        ("Changed figures", changed.collect::<Vec<_>>()),
        ("Denials", new.denials.iter().map(|d| denial(d, told)).collect()),
        ("New figures", figures.collect()),
        ("New speakers", speakers.collect()),
        ("New texts", texts.collect()),
        ("New copies", copies.collect()),
    ];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(label, lines)| section(label, lines)).collect()
}

fn section(label: &'static str, mut lines: Vec<NewsLine>) -> NewsSection {
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    NewsSection { label, lines, more }
}

/// The first figure of each value.
fn once(items: &[FigureItem]) -> impl Iterator<Item = &FigureItem> {
    let first = |at: usize| !items[..at].iter().any(|i| i.value == items[at].value);
    items.iter().enumerate().filter(move |(at, _)| first(*at)).map(|(_, i)| i)
}

/// A figure in its page's words, with who gives it.
fn given(item: &FigureItem, told: &[Told]) -> String {
    let words = quoted(&told[item.report].words(item.span));
    match &item.speaker {
        Some(speaker) => format!("{words} ({})", crate::shown(speaker)),
        None => words,
    }
}

fn denial(d: &Denial, told: &[Told]) -> NewsLine {
    let page = &told[d.report];
    let mut words = quoted(&page.words(d.span));
    let mut notes: Vec<Note> = vec![page.note(d.span)];
    if let Some(of) = &d.of {
        let by = of.speaker.as_deref().map(|s| format!("{}: ", crate::shown(s))).unwrap_or_default();
        words = format!("{words} — of {by}{}", quoted(&told[of.report].words(of.span)));
        notes.push(told[of.report].note(of.span));
    }
    NewsLine { page: None, words, notes }
}

fn page_line(page: usize, copies: &[usize], told: &[Told]) -> NewsLine {
    let page = &told[page];
    let mut words = format!("[{}] {}", page.number, quoted(&super::pages::title(page.report)));
    words.extend(page.report.article.outlet.iter().map(|o| format!(" · {}", crate::shown(o))));
    if !copies.is_empty() {
        let numbers: Vec<String> = copies.iter().map(|c| format!("[{}]", told[*c].number)).collect();
        words.push_str(&format!(" · repeated by {}", numbers.join(", ")));
    }
    NewsLine { page: Some(page.number), words, notes: Vec::new() }
}

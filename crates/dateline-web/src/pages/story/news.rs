//! What is new since a day.

use super::Noted;
use super::columns::Pages;
use dateline_brief::{StoryPart, news_line};

/// What is new; nothing where no day was asked for and the story has but one.
pub(super) struct News {
    /// The day, as the form shows it.
    pub(super) since: String,
    pub(super) line: Option<String>,
    /// The new pages.
    pub(super) pages: Vec<(String, Noted)>,
    pub(super) sections: Vec<Section>,
    /// For the table of contents.
    pub(super) count: usize,
}

/// News of one kind.
pub(super) struct Section {
    pub(super) label: &'static str,
    pub(super) lines: Vec<(String, Vec<Noted>)>,
    pub(super) more: usize,
}

impl News {
    pub(super) fn of(part: &StoryPart, pages: &Pages) -> News {
        let Some(news) = &part.news else {
            return News { since: String::new(), line: None, pages: Vec::new(), sections: Vec::new(), count: 0 };
        };
        let page = |n: &usize| {
            let title = pages.line(*n).map(|l| l.title.clone()).unwrap_or_default();
            (title, Noted { label: format!("{} [{n}]", pages.outlet(*n)), to: pages.to(*n) })
        };
        let section = |s: &dateline_brief::NewsSection| Section {
            label: s.label,
            lines: s
                .lines
                .iter()
                .map(|l| (l.words.clone(), l.notes.iter().map(|n| pages.noted(n)).collect()))
                .collect(),
            more: s.more,
        };
        News {
            since: news.since.clone(),
            line: Some(news_line(news)),
            pages: news.pages.iter().map(page).collect(),
            sections: news.sections.iter().map(section).collect(),
            count: news.pages.len().max(1),
        }
    }
}

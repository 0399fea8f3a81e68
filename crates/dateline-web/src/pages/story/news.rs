//! What is new since a day.

use super::Noted;
use super::columns::Pages;
use dateline_brief::{NewsLine, NewsSection, StoryPart, news_line};

/// What is new; nothing where no day was asked for and the story has but one.
pub(super) struct News {
    /// The day, as the form shows it.
    pub(super) since: String,
    pub(super) line: Option<String>,
    /// Whether the reader asked for this day.
    pub(super) asked: bool,
    pub(super) sections: Vec<Section>,
}

/// News of one kind.
pub(super) struct Section {
    pub(super) label: &'static str,
    pub(super) lines: Vec<(String, Vec<Noted>)>,
    pub(super) more: usize,
}

impl News {
    pub(super) fn of(part: &StoryPart, pages: &Pages, asked: bool) -> News {
        let Some(news) = &part.news else {
            return News { since: String::new(), line: None, asked: false, sections: Vec::new() };
        };
        let noted = |l: &NewsLine| (l.words.clone(), l.notes.iter().map(|n| pages.noted(n)).collect());
        let section =
            |s: &NewsSection| Section { label: s.label, lines: s.lines.iter().map(noted).collect(), more: s.more };
        let sections = news.sections.iter().map(section).collect();
        News { since: news.since.clone(), line: Some(news_line(news)), asked, sections }
    }
}

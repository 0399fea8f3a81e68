//! What is new in a story or a storyline since a day.

use super::Noted;
use super::columns::Pages;
use dateline_brief::{NewsLine, NewsSection, StoryPart, news_line};

/// What is new; nothing where no day was asked for and the story has but one.
pub(crate) struct News {
    /// Where the form leads.
    pub(crate) to: String,
    /// The day, as the form shows it.
    pub(crate) since: String,
    pub(crate) line: Option<String>,
    /// Whether the reader asked for this day.
    pub(crate) asked: bool,
    pub(crate) sections: Vec<Section>,
}

/// News of one kind.
pub(crate) struct Section {
    pub(crate) label: &'static str,
    pub(crate) lines: Vec<Line>,
    pub(crate) more: usize,
}

/// One thing that is new: in words, with the address of its page or with its places.
pub(crate) struct Line {
    pub(crate) words: String,
    pub(crate) to: Option<String>,
    pub(crate) notes: Vec<Noted>,
}

impl News {
    /// What a part tells as new; `to` is the page that it stands on.
    pub(crate) fn of(part: &StoryPart, to: String, asked: bool) -> News {
        let Some(news) = &part.news else { return News::none(to) };
        let pages = Pages::of(part);
        let line = |l: &NewsLine| Line {
            words: l.words.clone(),
            to: l.page.map(|page| pages.to(page)),
            notes: l.notes.iter().map(|n| pages.noted(n)).collect(),
        };
        let section =
            |s: &NewsSection| Section { label: s.label, lines: s.lines.iter().map(line).collect(), more: s.more };
        let sections = news.sections.iter().map(section).collect();
        News { to, since: news.since.clone(), line: Some(news_line(news)), asked, sections }
    }

    /// The form alone, for a day to be asked about.
    pub(crate) fn none(to: String) -> News {
        News { to, since: String::new(), line: None, asked: false, sections: Vec::new() }
    }
}

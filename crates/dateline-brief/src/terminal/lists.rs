use super::wrap::Style;
use crate::labels;
use crate::model::{Brief, Note};
use std::fmt::Write;

/// The stories of a brief, one line or two each.
pub fn stories(brief: &Brief, style: Style) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", style.strong(&labels::totals(&brief.summary)));
    if let Some(nothing) = labels::nothing(brief) {
        let _ = writeln!(out, "{nothing}");
    }
    for s in &brief.stories {
        out.push('\n');
        style.paragraph(&mut out, &format!("{:>3}  ", s.number), "     ", &style.strong(&s.headline));
        let mut outlets: Vec<&str> = s.pages.iter().filter_map(|p| p.outlet.as_deref()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let by = if outlets.is_empty() { String::new() } else { format!(" · {}", outlets.join(", ")) };
        let line = format!("{}{by} · {}", labels::story_line(s), s.id);
        style.paragraph(&mut out, "     ", "     ", &style.dim(&line));
    }
    out
}

/// What a person is reported to have said: day, page, words.
#[derive(Debug, Clone)]
pub struct Said {
    /// Day, ISO 8601.
    pub date: Option<String>,
    /// The page's headline.
    pub title: String,
    /// The words.
    pub words: String,
    /// In whose words, and what kind of saying.
    pub tags: String,
    /// Where; page is the number in the list.
    pub note: Note,
}

/// A list of sayings by date.
pub fn said(list: &[Said], style: Style) -> String {
    let mut out = String::new();
    for s in list {
        let day = s.date.as_deref().map_or_else(|| "no date".to_owned(), |d| crate::day_words(crate::dates::day(d)));
        let _ = writeln!(out, "{} · {}", style.strong(&day), s.title);
        let tags = if s.tags.is_empty() { String::new() } else { format!(" ({})", s.tags) };
        let text = format!("“{}”{}", s.words, style.dim(&tags));
        style.paragraph(&mut out, "    ", "    ", &text);
    }
    out
}

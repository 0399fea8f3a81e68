use super::wrap::Style;
use crate::labels;
use crate::model::Counted;
use std::fmt::Write;

/// One story in a list.
#[derive(Debug, Clone)]
pub struct StoryRow {
    /// Its name.
    pub id: String,
    /// Headline.
    pub headline: String,
    /// First and last day.
    pub days: Option<(String, String)>,
    /// How many pages.
    pub pages: usize,
    /// How many independent texts.
    pub origins: usize,
    /// How many outlets, those of one owner counted once.
    pub houses: usize,
    /// Its outlets.
    pub outlets: Vec<String>,
    /// What a reader should know of it first ([`crate::story_marks`]).
    pub marks: Vec<String>,
}

/// A list of stories, two lines each.
pub fn stories(rows: &[StoryRow], style: Style) -> String {
    let mut out = String::new();
    if rows.is_empty() {
        out.push_str("No story matches.\n");
    }
    for s in rows {
        let mut lines = String::new();
        style.paragraph(&mut lines, "", "  ", &crate::shown(&s.headline));
        for line in lines.lines() {
            let _ = writeln!(out, "{}", style.strong(line));
        }
        let counted = Counted { pages: s.pages, outlets: s.houses, origins: s.origins, speakers: 0 };
        let mut facts = vec![s.id.clone(), labels::when_and_how_many(s.days.as_ref(), &counted)];
        facts.extend(s.marks.iter().cloned());
        facts.extend(labels::outlet_names(&s.outlets));
        style.paragraph(&mut out, "  ", "  ", &facts.join(" · "));
    }
    out
}

/// What someone is reported to have said.
#[derive(Debug, Clone)]
pub struct SaidRow {
    /// Day, ISO 8601.
    pub date: Option<String>,
    /// Name and office in that page's words.
    pub speaker: String,
    /// The page's headline.
    pub title: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// The words.
    pub words: String,
    /// In whose words, and what kind of saying.
    pub tags: String,
}

/// A list of sayings in the order given.
pub fn said(rows: &[SaidRow], style: Style) -> String {
    let mut out = String::new();
    let mut head = String::new();
    for s in rows {
        let day = s.date.as_deref().map_or_else(|| "no date".to_owned(), |d| crate::day_words(crate::dates::day(d)));
        let outlet = s.outlet.as_deref().map(|o| format!(" · {o}")).unwrap_or_default();
        let page = format!("{day} · {}{outlet} · {}", s.speaker, s.title);
        if page != head {
            if !head.is_empty() {
                out.push('\n');
            }
            style.paragraph(&mut out, "", "", &style.dim(&page));
            head = page;
        }
        let tags = if s.tags.is_empty() { String::new() } else { format!(" ({})", s.tags) };
        style.paragraph(&mut out, "  ", "    ", &format!("{}{}", labels::quoted(&s.words), style.dim(&tags)));
    }
    out
}

/// One article found by a search.
#[derive(Debug, Clone)]
pub struct HitRow {
    /// Headline.
    pub title: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day, ISO 8601.
    pub date: Option<String>,
    /// Its story's name.
    pub story: Option<String>,
    /// The passage found, in pieces: words, and whether they are what was asked for.
    pub snippet: Vec<(String, bool)>,
}

/// A list of articles found; `total` of all pages, `offset` of this one.
pub fn hits(rows: &[HitRow], total: u64, offset: usize, style: Style) -> String {
    let mut out = String::new();
    let count = labels::count(usize::try_from(total).unwrap_or(usize::MAX), "article", "articles");
    if rows.len() as u64 == total {
        let _ = writeln!(out, "{count}");
    } else {
        let _ = writeln!(out, "{count}, {} to {} shown", offset + rows.len().min(1), offset + rows.len());
    }
    for hit in rows {
        let _ = writeln!(out, "\n{}", style.strong(&hit.title));
        let mut facts: Vec<String> = Vec::new();
        facts.extend(hit.date.as_deref().map(|d| crate::day_words(crate::dates::day(d))));
        facts.extend(hit.outlet.clone());
        facts.extend(hit.story.clone());
        style.paragraph(&mut out, "  ", "  ", &style.dim(&facts.join(" · ")));
        let text: String = hit
            .snippet
            .iter()
            .map(|(words, found)| if *found { style.strong(&crate::shown(words)) } else { keep_gaps(words) })
            .collect();
        style.paragraph(&mut out, "  ", "  ", &text);
    }
    out
}

/// What was found, counted: each kind with its values and how many articles have them.
pub fn facets(kinds: &[(&str, Vec<(String, u64)>)], style: Style) -> String {
    let mut out = String::new();
    for (label, values) in kinds.iter().filter(|(_, values)| !values.is_empty()) {
        let values: Vec<String> = values.iter().map(|(v, n)| format!("{} {n}", crate::shown(v))).collect();
        let _ = writeln!(out, "\n{}", style.strong(label));
        style.paragraph(&mut out, "  ", "  ", &values.join(" · "));
    }
    out
}

/// A piece of a passage, with the white space at its ends that parts it from its neighbours.
fn keep_gaps(words: &str) -> String {
    let gap = |at_end: bool| {
        let edge = if at_end { words.chars().next_back() } else { words.chars().next() };
        if edge.is_some_and(char::is_whitespace) { " " } else { "" }
    };
    format!("{}{}{}", gap(false), crate::shown(words), gap(true))
}

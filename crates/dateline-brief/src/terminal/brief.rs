use super::wrap::Style;
use crate::labels;
use crate::model::{Brief, Note, Saying, StoryPart};
use crate::numbers::value_words;
use std::fmt::Write;

fn note(style: Style, n: &Note) -> String {
    style.dim(&format!("[{}:{}]", n.page, n.span[0]))
}

/// Sets a brief for a terminal.
pub fn brief(brief: &Brief, style: Style) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", style.strong(&labels::totals(&brief.summary)));
    style.paragraph(&mut out, "", "", &labels::scope(&brief.summary));
    if let Some(nothing) = labels::nothing(brief) {
        let _ = writeln!(out, "\n{nothing}");
    }
    for story in &brief.stories {
        story_part(&mut out, story, style);
    }
    for (i, link) in brief.storylines.iter().enumerate() {
        if i == 0 {
            let _ = writeln!(out, "\n{}", style.strong("Storylines"));
        }
        let line = format!("{} → {}: {}", link.from, link.to, labels::storyline(link));
        style.paragraph(&mut out, "  ", "    ", &line);
    }
    out
}

/// Sets what is new in each story, and nothing else of it.
pub fn news(brief: &Brief, style: Style) -> String {
    let mut out = String::new();
    if let Some(nothing) = labels::nothing(brief) {
        let _ = writeln!(out, "{nothing}");
    }
    for story in &brief.stories {
        let head = format!("{} · {}", story.number, story.headline);
        style.paragraph(&mut out, "", "    ", &style.strong(&head));
        let _ = writeln!(out, "    {}", style.dim(&format!("{} · {}", labels::story_line(story), story.id)));
        let named = story.news.iter().flat_map(|n| &n.sections).flat_map(|s| &s.lines).flat_map(|l| &l.notes);
        let named: std::collections::BTreeSet<usize> = named.map(|n| n.page).collect();
        for page in story.pages.iter().filter(|p| named.contains(&p.page)) {
            let text = format!("{} — {}", labels::quoted(&page.title), labels::page_facts(page));
            style.paragraph(&mut out, &format!("  [{}] ", page.page), "      ", &text);
        }
        news_part(&mut out, story, style);
        out.push('\n');
    }
    out
}

fn news_part(out: &mut String, story: &StoryPart, style: Style) {
    let Some(news) = &story.news else { return };
    let _ = writeln!(out, "\n  {}", style.strong(&labels::news_line(news)));
    for section in &news.sections {
        let _ = writeln!(out, "  {}", section.label);
        for line in &section.lines {
            let notes: Vec<String> = line.notes.iter().map(|n| note(style, n)).collect();
            style.paragraph(out, "    ", "      ", &format!("{} {}", line.words, notes.join(" ")));
        }
        if section.more > 0 {
            let _ = writeln!(out, "    {}", style.dim(&format!("{} more", section.more)));
        }
    }
}

fn story_part(out: &mut String, story: &StoryPart, style: Style) {
    out.push('\n');
    let head = format!("{} · {}", story.number, story.headline);
    let mut lines = String::new();
    style.paragraph(&mut lines, "", "    ", &head);
    for line in lines.lines() {
        let _ = writeln!(out, "{}", style.strong(line));
    }
    let _ = writeln!(out, "    {}", style.dim(&format!("{} · {}", labels::story_line(story), story.id)));
    for page in &story.pages {
        let text = format!("{} — {}", labels::quoted(&page.title), labels::page_facts(page));
        style.paragraph(out, &format!("  [{}] ", page.page), "      ", &text);
        for line in page.versions.iter().flat_map(crate::evidence::version) {
            style.paragraph(out, "      ", "        ", &line);
        }
    }
    news_part(out, story, style);
    if let Some(joined) = labels::joined(story) {
        style.paragraph(out, "  Joined by: ", "    ", &joined);
    }
    for other in &story.elsewhere {
        style.paragraph(out, "  Storyline, ", "    ", &labels::elsewhere(other));
    }
    // what is disputed comes first
    if labels::is_disputed(story) {
        figures(out, story, style);
    }
    for speaker in &story.who {
        out.push('\n');
        style.paragraph(out, "  ", "    ", &format!("{}{}", style.strong(&speaker.name), labels::role(speaker)));
        for saying in &speaker.sayings {
            sayings(out, saying, style);
        }
    }
    if story.more_sayings > 0 {
        let _ = writeln!(out, "    {}", style.dim(&format!("{} more", story.more_sayings)));
    }
    if !labels::is_disputed(story) {
        figures(out, story, style);
    }
    if !story.timeline.is_empty() {
        let _ = writeln!(out, "\n  {}", style.strong("Timeline"));
    }
    for m in &story.timeline {
        let line = format!("{} {}", labels::quoted(&m.words), note(style, &m.note));
        style.paragraph(out, &format!("    {:<17} ", crate::day_words(&m.date)), &" ".repeat(22), &line);
    }
    if let Some(kept) = labels::kept_out(story) {
        out.push('\n');
        style.paragraph(out, "  Kept out: ", "    ", &kept);
    }
    for page in &story.pages {
        for n in &page.notes {
            style.paragraph(out, &format!("  Note on [{}]: ", page.page), "    ", &crate::shown(n));
        }
    }
}

fn sayings(out: &mut String, saying: &Saying, style: Style) {
    for (i, c) in saying.cells.iter().enumerate() {
        let tags = labels::saying_tags(saying, c).map(|t| format!(" ({t})")).unwrap_or_default();
        let first = if i == 0 { "    " } else { "    = " };
        style.paragraph(
            out,
            first,
            "      ",
            &format!("{}{} {}", labels::quoted(&c.words), style.dim(&tags), note(style, &c.note)),
        );
    }
}

fn figures(out: &mut String, story: &StoryPart, style: Style) {
    if story.figures.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  {}", style.strong("Figures"));
    for line in &story.figures {
        let verdict = labels::others(line);
        for (i, c) in line.cells.iter().enumerate() {
            let value = value_words(c.value, c.unit.as_deref(), c.modifier);
            let who = labels::giver(c);
            let as_of = c.as_of.as_deref().map(|d| format!(", as of {}", crate::day_words(d))).unwrap_or_default();
            let tail = if i == 0 { format!(" · {verdict}") } else { String::new() };
            let text =
                format!("{} — {who}{as_of}{} {}", labels::quoted(&c.words), style.strong(&tail), note(style, &c.note));
            let gap = " ".repeat(18usize.saturating_sub(super::width_of(&value)));
            style.paragraph(out, &format!("    {value}{gap} "), &" ".repeat(23), &text);
        }
    }
    if story.more_figures > 0 {
        let _ = writeln!(out, "    {}", style.dim(&format!("{} more", story.more_figures)));
    }
}

//! A brief as Markdown (CommonMark with tables).

use crate::escape::markdown as esc;
use crate::labels;
use crate::model::{Brief, Cell, FigureCell, Note, Saying, Speaker, StoryPart, StorylinePart};
use crate::numbers::value_words;
use std::fmt::Write;

/// Sets the brief. Notes like `[3:2501]` name the page by its number and the place by code points of its text.
pub fn markdown(brief: &Brief) -> String {
    let mut out = String::new();
    if let Some(own) = &brief.own {
        let _ = writeln!(out, "# {}\n", esc(&own.title));
    }
    let _ = writeln!(out, "**{}**  \n{}", labels::totals(&brief.summary), esc(&labels::scope(&brief.summary)));
    if let Some(own) = &brief.own {
        let _ = writeln!(out, "\n{}", labels::WHOSE_IS_WHAT);
        own_words(&mut out, &own.lead, own.by.as_deref());
    }
    if let Some(nothing) = labels::nothing(brief) {
        let _ = writeln!(out, "\n{nothing}");
    }
    for story in &brief.stories {
        story_part(&mut out, story);
    }
    for (i, link) in brief.storylines.iter().enumerate() {
        if i == 0 {
            out.push_str("\n## Storylines\n\n");
        }
        storyline(&mut out, link);
    }
    sources(&mut out, brief);
    crate::sources::sealed(out)
}

/// Words of whoever put the brief together, set apart and named as such.
fn own_words(out: &mut String, text: &str, by: Option<&str>) {
    if text.trim().is_empty() {
        return;
    }
    let _ = writeln!(out, "\n> *{}*", esc(&labels::whose(by)));
    for paragraph in text.split("\n\n").filter(|p| !p.trim().is_empty()) {
        let lines: Vec<String> = paragraph.lines().map(|l| format!("> {}", esc(l))).collect();
        let _ = writeln!(out, ">\n{}", lines.join("  \n"));
    }
}

fn note(n: &Note) -> String {
    format!("[{}:{}]", n.page, n.span[0])
}

fn story_part(out: &mut String, story: &StoryPart) {
    let _ = writeln!(out, "\n## {} · {} — {}\n", story.number, esc(&story.headline), labels::story_line(story));
    if !story.own_note.is_empty() {
        out.truncate(out.trim_end().len());
        out.push('\n');
        own_words(out, &story.own_note, story.own_by.as_deref());
        out.push('\n');
    }
    for page in &story.pages {
        let _ = writeln!(
            out,
            "- [{}] {} — {}",
            page.page,
            esc(&labels::quoted(&page.title)),
            esc(&labels::page_facts(page))
        );
        for line in page.versions.iter().flat_map(crate::evidence::version) {
            let _ = writeln!(out, "  - {}", esc(&line));
        }
    }
    news(out, story);
    if let Some(joined) = labels::joined(story) {
        let _ = writeln!(out, "\nJoined by: {}", esc(&joined));
    }
    // what is disputed comes first
    if labels::is_disputed(story) {
        figures(out, story);
        who(out, story);
    } else {
        who(out, story);
        figures(out, story);
    }
    timeline(out, story);
    if let Some(kept) = labels::kept_out(story) {
        let _ = writeln!(out, "\nKept out: {kept}");
    }
    for page in &story.pages {
        for n in &page.notes {
            let _ = writeln!(out, "\nNote on [{}]: {}", page.page, esc(n));
        }
    }
}

fn news(out: &mut String, story: &StoryPart) {
    let Some(news) = &story.news else { return };
    let _ = writeln!(out, "\n### {}", esc(&labels::news_line(news)));
    for section in &news.sections {
        let _ = writeln!(out, "\n**{}**\n", section.label);
        for line in &section.lines {
            let notes: Vec<String> = line.notes.iter().map(note).collect();
            let _ = writeln!(out, "- {} {}", esc(&line.words), notes.join(" "));
        }
        if section.more > 0 {
            let _ = writeln!(out, "- {} more", section.more);
        }
    }
}

fn who(out: &mut String, story: &StoryPart) {
    if story.who.is_empty() {
        return;
    }
    let pages: Vec<usize> = story.pages.iter().map(|p| p.page).collect();
    let side_by_side = pages.len() > 1 && pages.len() <= labels::COLUMNS;
    if side_by_side {
        let heads: Vec<String> = pages.iter().map(|p| format!("[{p}]")).collect();
        let _ = writeln!(out, "\n| who | {} |\n|---|{}", heads.join(" | "), "---|".repeat(pages.len()));
    } else {
        out.push_str("\n| who | said |\n|---|---|\n");
    }
    for speaker in &story.who {
        for (i, saying) in speaker.sayings.iter().enumerate() {
            let name = if i == 0 { name(speaker) } else { String::new() };
            if side_by_side {
                let cells: Vec<String> = pages.iter().map(|p| cells_of(saying, Some(*p))).collect();
                let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
            } else {
                let _ = writeln!(out, "| {name} | {} |", cells_of(saying, None));
            }
        }
    }
    if story.more_sayings > 0 {
        let _ = writeln!(out, "\n{} more.", story.more_sayings);
    }
}

fn name(s: &Speaker) -> String {
    format!("**{}**{}", esc(&s.name), esc(&labels::role(s)))
}

/// The wordings of one page, or of all.
fn cells_of(saying: &Saying, page: Option<usize>) -> String {
    let words: Vec<String> =
        saying.cells.iter().filter(|c| page.is_none_or(|p| c.note.page == p)).map(|c| cell(saying, c)).collect();
    if words.is_empty() { "–".to_owned() } else { words.join(" · ") }
}

fn cell(saying: &Saying, c: &Cell) -> String {
    let tags = labels::saying_tags(saying, c).map(|t| format!(" *({})*", esc(&t))).unwrap_or_default();
    format!("{}{tags} {}", esc(&labels::quoted(&c.words)), note(&c.note))
}

fn figures(out: &mut String, story: &StoryPart) {
    if story.figures.is_empty() {
        return;
    }
    out.push_str(
        "\n| figure | in the page's words | who gives it | as of (page of) | others |\n|---|---|---|---|---|\n",
    );
    for line in &story.figures {
        for (i, c) in line.cells.iter().enumerate() {
            let verdict = if i == 0 { labels::others(line) } else { "" };
            let _ = writeln!(
                out,
                "| {} | {} {} | {} | {} | {verdict} |",
                esc(&value(c)),
                esc(&labels::quoted(&c.words)),
                note(&c.note),
                esc(labels::giver(c)),
                labels::figure_day(c),
            );
        }
    }
    if story.more_figures > 0 {
        let _ = writeln!(out, "\n{} more.", story.more_figures);
    }
}

fn value(c: &FigureCell) -> String {
    value_words(c.value, c.unit.as_deref(), c.modifier)
}

fn timeline(out: &mut String, story: &StoryPart) {
    if story.timeline.is_empty() {
        return;
    }
    out.push_str("\nTimeline\n\n");
    for m in &story.timeline {
        let _ = writeln!(out, "- {}: {} {}", crate::day_words(&m.date), esc(&labels::quoted(&m.words)), note(&m.note));
    }
}

fn storyline(out: &mut String, link: &StorylinePart) {
    let _ = writeln!(out, "- {} → {}: {}", link.from, link.to, esc(&labels::storyline(link)));
}

fn sources(out: &mut String, brief: &Brief) {
    if brief.stories.is_empty() {
        return;
    }
    out.push_str("\n## Pages\n\n");
    for page in brief.stories.iter().flat_map(|s| &s.pages) {
        let from = page.source.as_deref().unwrap_or("no address");
        let source = brief.sources.iter().flat_map(|s| &s.pages).find(|s| s.page == page.page);
        let capture = source.map_or_else(|| page.id.get(..12).unwrap_or(&page.id).to_owned(), labels::capture);
        let outlet = page.outlet.as_deref().map(|o| format!("{} · ", esc(o))).unwrap_or_default();
        let day = page.published.as_deref().map(|d| format!("{} · ", crate::day_words(d))).unwrap_or_default();
        let title = esc(&labels::quoted(&page.title));
        let _ = writeln!(out, "- [{}] {outlet}{title} · {day}{} · {}", page.page, esc(from), esc(&capture));
    }
    let _ = writeln!(out, "\n{}", crate::json::VERSION);
    if let Some(list) = &brief.sources {
        let _ = writeln!(
            out,
            "\n<!-- dateline-sources\n{}\n{} -->",
            commented(&crate::sources::listed(list)),
            crate::sources::unsealed()
        );
    }
}

/// JSON that cannot end a comment, and holds nothing that reads as markup; what is escaped stands in strings alone.
fn commented(json: &str) -> String {
    let mut out = json.to_owned();
    for (mark, code) in [('-', "2d"), ('<', "3c"), ('>', "3e"), ('(', "28"), ('!', "21")] {
        out = out.replace(mark, &format!("\\u00{code}"));
    }
    out
}

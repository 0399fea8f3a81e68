use crate::escape::html as esc;
use crate::labels;
use crate::model::{Brief, Note, Saying, Speaker, StoryPart};
use crate::numbers::value_words;
use crate::pictures;
use std::fmt::Write;

/// Moments and places from which a picture says more than their list.
const MOMENTS: usize = 3;
const PLACES: usize = 2;

/// Where a note points.
pub type ToNote<'a> = &'a dyn Fn(&Note) -> String;
/// Where a page or story number points.
type ToNumber<'a> = &'a dyn Fn(usize) -> String;

/// All notes of a brief.
pub(crate) fn notes(brief: &Brief) -> Vec<Note> {
    let mut out = Vec::new();
    for s in &brief.stories {
        out.extend(s.who.iter().flat_map(|w| &w.sayings).flat_map(|s| &s.cells).map(|c| c.note.clone()));
        out.extend(s.figures.iter().flat_map(|f| &f.cells).map(|c| c.note.clone()));
        out.extend(s.timeline.iter().map(|m| m.note.clone()));
        out.extend(super::evidence::notes(s));
        let news = s.news.iter().flat_map(|n| &n.sections).flat_map(|s| &s.lines);
        out.extend(news.flat_map(|l| l.notes.iter().cloned()));
    }
    out
}

/// One story. `to` gives the address of a noted place, `page` that of a page.
pub fn story(out: &mut String, s: &StoryPart, to: ToNote, page: ToNumber) {
    let _ = writeln!(out, "<section class=\"story\" id=\"s{}\" data-story=\"{}\">", s.number, esc(&s.id));
    let _ = writeln!(out, "<h2><span class=\"number\">{}</span> {}</h2>", s.number, esc(&s.headline));
    let _ = writeln!(out, "<p class=\"facts\">{}</p>", esc(&labels::story_line(s)));
    super::own::note(out, &s.own_note, s.own_by.as_deref());
    out.push_str("<ul class=\"pages\">\n");
    for p in &s.pages {
        let _ = write!(
            out,
            "<li><a href=\"{}\">[{}]</a> {} <span class=\"facts\">{}</span>",
            esc(&page(p.page)),
            p.page,
            esc(&labels::quoted(&p.title)),
            esc(&labels::page_facts(p))
        );
        super::evidence::page(out, s, p, to);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
    news(out, s, to);
    if let Some(joined) = labels::joined(s) {
        let _ = writeln!(out, "<p class=\"joined\"><b>Joined by</b> {}</p>", esc(&joined));
    }
    // what is disputed comes first
    if labels::is_disputed(s) {
        figures(out, s, to);
        who(out, s, to, page);
    } else {
        who(out, s, to, page);
        figures(out, s, to);
    }
    timeline(out, s, to);
    places(out, s);
    lineage(out, s, page);
    if let Some(kept) = labels::kept_out(s) {
        let _ = writeln!(out, "<p class=\"kept\">Kept out: {}</p>", esc(&kept));
    }
    for p in &s.pages {
        for n in &p.notes {
            let _ = writeln!(out, "<p class=\"kept\">Note on [{}]: {}</p>", p.page, esc(&crate::shown(n)));
        }
    }
    out.push_str("</section>\n");
}

fn news(out: &mut String, s: &StoryPart, to: ToNote) {
    let Some(news) = &s.news else { return };
    let _ = writeln!(out, "<section class=\"news\"><h3>{}</h3>", esc(&labels::news_line(news)));
    for section in &news.sections {
        let _ = writeln!(out, "<h4>{}</h4>\n<ul>", section.label);
        for line in &section.lines {
            let notes: Vec<String> = line.notes.iter().map(|n| mark(n, to)).collect();
            let _ = writeln!(out, "<li>{} {}</li>", esc(&line.words), notes.join(" "));
        }
        if section.more > 0 {
            let _ = writeln!(out, "<li>{} more</li>", section.more);
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

pub(super) fn mark(note: &Note, to: ToNote) -> String {
    format!("<a class=\"note\" href=\"{}\">[{}:{}]</a>", esc(&to(note)), note.page, note.span[0])
}

fn who(out: &mut String, s: &StoryPart, to: ToNote, page: ToNumber) {
    if s.who.is_empty() {
        return;
    }
    let pages: Vec<usize> = s.pages.iter().map(|p| p.page).collect();
    let columns: Vec<Option<usize>> = if pages.len() > 1 && pages.len() <= labels::COLUMNS {
        pages.iter().map(|p| Some(*p)).collect()
    } else {
        vec![None]
    };
    out.push_str("<div class=\"wide\"><table class=\"who\"><caption>Who said what</caption>\n<thead><tr><th scope=\"col\">Who</th>");
    for c in &columns {
        match c {
            Some(p) => {
                let _ = write!(out, "<th scope=\"col\"><a href=\"{}\">[{p}]</a></th>", esc(&page(*p)));
            }
            None => out.push_str("<th scope=\"col\">Said</th>"),
        }
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for speaker in &s.who {
        speaker_rows(out, speaker, &columns, to);
    }
    out.push_str("</tbody></table></div>\n");
    if s.more_sayings > 0 {
        let _ = writeln!(out, "<p class=\"kept\">{} more</p>", s.more_sayings);
    }
}

fn speaker_rows(out: &mut String, speaker: &Speaker, columns: &[Option<usize>], to: ToNote) {
    for (i, saying) in speaker.sayings.iter().enumerate() {
        out.push_str("<tr>");
        if i == 0 {
            let _ = write!(
                out,
                "<th scope=\"rowgroup\" rowspan=\"{}\"><b>{}</b>{}</th>",
                speaker.sayings.len(),
                esc(&speaker.name),
                esc(&labels::role(speaker))
            );
        }
        for column in columns {
            let _ = write!(out, "<td>{}</td>", cells(saying, *column, to));
        }
        out.push_str("</tr>\n");
    }
}

fn cells(saying: &Saying, page: Option<usize>, to: ToNote) -> String {
    let mut out = String::new();
    for c in saying.cells.iter().filter(|c| page.is_none_or(|p| c.note.page == p)) {
        let tags = labels::saying_tags(saying, c).map(|t| format!(" <small>({})</small>", esc(&t))).unwrap_or_default();
        let _ = write!(out, "<p>{}{tags} {}</p>", esc(&labels::quoted(&c.words)), mark(&c.note, to));
    }
    if out.is_empty() { "<span class=\"none\">–</span>".to_owned() } else { out }
}

fn figures(out: &mut String, s: &StoryPart, to: ToNote) {
    if s.figures.is_empty() {
        return;
    }
    out.push_str("<div class=\"wide\"><table class=\"figures\"><caption>Figures</caption>\n<thead><tr><th scope=\"col\">Value</th><th scope=\"col\">In the page’s words</th><th scope=\"col\">Who gives it</th><th scope=\"col\">As of (page of)</th><th scope=\"col\">Others</th></tr></thead>\n<tbody>\n");
    for line in &s.figures {
        let verdict = labels::others(line);
        for (i, c) in line.cells.iter().enumerate() {
            let _ = write!(
                out,
                "<tr><td class=\"value\">{}</td><td>{} {}</td><td>{}</td><td>{}</td>",
                esc(&value_words(c.value, c.unit.as_deref(), c.modifier)),
                esc(&labels::quoted(&c.words)),
                mark(&c.note, to),
                esc(labels::giver(c)),
                esc(&labels::figure_day(c)),
            );
            if i == 0 {
                let class = verdict.replace(' ', "-");
                let _ = write!(
                    out,
                    "<td rowspan=\"{}\"><span class=\"verdict {class}\">{verdict}</span></td>",
                    line.cells.len()
                );
            }
            out.push_str("</tr>\n");
        }
    }
    out.push_str("</tbody></table></div>\n");
    if s.more_figures > 0 {
        let _ = writeln!(out, "<p class=\"kept\">{} more</p>", s.more_figures);
    }
}

fn timeline(out: &mut String, s: &StoryPart, to: ToNote) {
    if s.timeline.is_empty() {
        return;
    }
    out.push_str("<h3>Timeline</h3>\n");
    if s.timeline.len() >= MOMENTS
        && let Some(picture) = pictures::timeline(s, to)
    {
        // the list below says the same in words
        let _ = writeln!(out, "<div class=\"pic-figure\">{}</div>", picture.svg);
    }
    out.push_str("<dl class=\"timeline\">\n");
    for m in &s.timeline {
        let _ = writeln!(
            out,
            "<dt><time datetime=\"{}\">{}</time></dt><dd>{} {}</dd>",
            esc(&m.date),
            crate::day_words(&m.date),
            esc(&labels::quoted(&m.words)),
            mark(&m.note, to)
        );
    }
    out.push_str("</dl>\n");
}

/// Who has whose text.
fn lineage(out: &mut String, s: &StoryPart, page: ToNumber) {
    if let Some(picture) = pictures::lineage(s, page) {
        let _ = write!(out, "<h3>Sources</h3>\n{}", picture.figure());
    }
}

/// Where the story is.
fn places(out: &mut String, s: &StoryPart) {
    if s.places.len() >= PLACES
        && let Some(picture) = pictures::map(s, &|_| None)
    {
        let _ = write!(out, "<h3>Where</h3>\n{}", picture.figure());
    }
}

/// How the stories go on; `to` gives the address of a story by its number.
pub fn storylines(out: &mut String, brief: &Brief, to: ToNumber) {
    if brief.storylines.is_empty() {
        return;
    }
    out.push_str("<section class=\"storylines\"><h2>Storylines</h2>\n<ul>\n");
    for l in &brief.storylines {
        let head =
            |n: usize| brief.stories.iter().find(|s| s.number == n).map(|s| s.headline.as_str()).unwrap_or_default();
        let _ = writeln!(
            out,
            "<li><a href=\"{}\">{} · {}</a> → <a href=\"{}\">{} · {}</a><br><span class=\"facts\">{}</span></li>",
            esc(&to(l.from)),
            l.from,
            esc(head(l.from)),
            esc(&to(l.to)),
            l.to,
            esc(head(l.to)),
            esc(&labels::storyline(l))
        );
    }
    out.push_str("</ul></section>\n");
}

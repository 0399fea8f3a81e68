//! A brief as one HTML file: no script, no request to anywhere, every note a link into the page's text below it.

mod evidence;
mod marked;
mod own;
mod parts;

pub use evidence::page as page_evidence;
pub use marked::{marked_blocks, marked_text};
pub(crate) use parts::notes;
pub use parts::{story, storylines};

use crate::escape::html as esc;
use crate::labels;
use crate::model::{Brief, Note};
use dateline_story::Report;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The look of a brief; the web pages use the same.
pub const STYLE: &str = include_str!("../assets/brief.css");

/// The id of the place a note points at.
pub fn anchor(note: &Note) -> String {
    format!("p{}-{}", note.page, note.span[0])
}

/// Sets the brief with the texts of its pages; `reports` by capture id.
pub fn document(brief: &Brief, reports: &BTreeMap<&str, &Report>) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    let title = brief.own.as_ref().map_or_else(|| labels::totals(&brief.summary), |own| crate::shown(&own.title));
    let _ = writeln!(
        out,
        "<title>Brief: {}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>",
        esc(&title),
        dateline_draw::STYLE
    );
    own::header(&mut out, brief);
    out.push_str("<main>\n");
    if let Some(nothing) = labels::nothing(brief) {
        let _ = writeln!(out, "<p>{nothing}</p>");
    }
    let link = |n: &Note| format!("#{}", anchor(n));
    let page = |n: usize| format!("#p{n}");
    for part in &brief.stories {
        story(&mut out, part, &link, &page);
    }
    storylines(&mut out, brief, &|n| format!("#s{n}"));
    texts(&mut out, brief, reports);
    let _ = writeln!(out, "</main>\n<footer><p>{}</p></footer>", crate::json::VERSION);
    if let Some(sources) = &brief.sources {
        let list = crate::sources::listed(sources);
        let _ = writeln!(out, "<div hidden id=\"dateline-sources\">{}</div>", esc(&list));
        let _ = writeln!(out, "<div hidden id=\"dateline-seal\">{}</div>", crate::sources::unsealed());
    }
    out.push_str("</body>\n</html>\n");
    crate::sources::sealed(out)
}

/// The brief without its texts, to stand in a page of ours: `to` gives the address of a noted place, `page` that of an
/// article by its number.
pub fn preview(brief: &Brief, to: &dyn Fn(&Note) -> String, page: &dyn Fn(usize) -> String) -> String {
    let mut out = String::new();
    own::header(&mut out, brief);
    if brief.stories.is_empty() {
        out.push_str("<p class=\"empty\">What it holds will stand here.</p>\n");
    }
    for part in &brief.stories {
        story(&mut out, part, to, page);
    }
    storylines(&mut out, brief, &|n| format!("#s{n}"));
    out
}

/// The texts the notes point into.
fn texts(out: &mut String, brief: &Brief, reports: &BTreeMap<&str, &Report>) {
    let mut notes: BTreeMap<usize, Vec<Note>> = BTreeMap::new();
    for n in parts::notes(brief) {
        notes.entry(n.page).or_default().push(n);
    }
    out.push_str("<section class=\"texts\"><h2>The pages</h2>\n");
    for page in brief.stories.iter().flat_map(|s| &s.pages) {
        let Some(report) = reports.get(page.id.as_str()) else { continue };
        let _ = writeln!(
            out,
            "<article class=\"page\" id=\"p{}\"><h3>[{}] {}</h3>",
            page.page,
            page.page,
            esc(&page.title)
        );
        let from = page.source.as_deref().map(|s| esc(&crate::shown(s))).unwrap_or_default();
        let _ = writeln!(out, "<p class=\"facts\">{} · {from}</p>", esc(&labels::page_facts(page)));
        let source = brief.sources.iter().flat_map(|s| &s.pages).find(|s| s.page == page.page);
        if let Some(capture) = source.map(labels::capture) {
            let _ = writeln!(out, "<p class=\"facts capture\">{}</p>", esc(&capture));
        }
        let mine = notes.remove(&page.page).unwrap_or_default();
        marked_text(out, report, &mine, 4);
        out.push_str("</article>\n");
    }
    out.push_str("</section>\n");
}

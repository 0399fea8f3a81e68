//! Two captures of a page, side by side.

use crate::compose::change_lines;
use crate::escape::html as esc;
use crate::evidence::change_kind;
use crate::model::{ChangeLine, Side};
use crate::terminal::Style;
use dateline_story::{Changes, Report, Trifle, seen};
use serde_json::{Value, json};
use std::fmt::Write;

/// What does not matter, in words.
fn trifle(t: Trifle) -> &'static str {
    match t {
        Trifle::Type => "capitals, marks or spaces",
        Trifle::Updated => "a line that says when it was updated",
        Trifle::Moved => "a sentence moved",
        Trifle::Beside => "parts beside the article",
    }
}

/// "capitals, marks or spaces (2) · parts beside the article (7)"; `None` where there are none.
fn trifles(found: &Changes) -> Option<String> {
    let all: Vec<String> = found.trifles.iter().map(|(t, n)| format!("{} ({n})", trifle(*t))).collect();
    (!all.is_empty()).then(|| all.join(" · "))
}

/// "41c3… of 5 May 2026, 08:10".
fn capture_words(r: &Report) -> String {
    let id = r.id.get(..12).unwrap_or(&r.id);
    seen(r).map_or_else(|| id.to_owned(), |when| format!("{id} of {}", crate::day_words(&when)))
}

/// The changes between two captures, one a line, for a terminal or a file.
pub fn text(old: &Report, new: &Report, found: &Changes, style: Style) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n{}", capture_words(old), capture_words(new));
    for line in change_lines(old, new, found) {
        out.push('\n');
        let head = style.strong(change_kind(line.kind));
        let _ = writeln!(out, "{head}");
        for (mark, side) in [("- ", &line.old), ("+ ", &line.new)] {
            if let Some(side) = side {
                let place = side.span.map(|s| format!(" [{}]", s[0])).unwrap_or_default();
                style.paragraph(&mut out, mark, "  ", &format!("{}{}", side.words, style.dim(&place)));
            }
        }
    }
    if !found.is_substantive() {
        out.push_str("\nNothing changed that matters.\n");
    }
    if let Some(words) = trifles(found) {
        let _ = writeln!(out, "\n{}", style.dim(&format!("also: {words}")));
    }
    out
}

/// The same as one JSON object; spans are code points of either capture's text.
pub fn json(old: &Report, new: &Report, found: &Changes) -> Value {
    let capture = |r: &Report| {
        json!({
            "id": r.id, "url": r.source.url.as_ref().or(r.article.url.as_ref()), "seen": seen(r), "title": r.article.title,
            "published": r.article.published.as_ref().map(|p| &p.value),
        })
    };
    let side = |s: &Option<Side>| s.as_ref().map(|s| json!({"span": s.span, "text": s.words}));
    let changes: Vec<Value> = change_lines(old, new, found)
        .iter()
        .map(|c| json!({"kind": c.kind, "old": side(&c.old), "new": side(&c.new)}))
        .collect();
    let trifles: Vec<Value> = found.trifles.iter().map(|(what, n)| json!({"what": what, "count": n})).collect();
    json!({"old": capture(old), "new": capture(new), "changes": changes, "trifles": trifles})
}

/// The same as a table with both side by side; each side leads to its place in its capture's page.
pub fn html(out: &mut String, old: &Report, new: &Report, found: &Changes) {
    let cell = |id: &str, side: &Option<Side>| match side {
        Some(Side { span: Some([start, end]), words }) => {
            let to = format!("/article/{}?at={start}-{end}#p1-{start}", esc(id));
            format!("{} <a class=\"note\" href=\"{to}\">[{start}]</a>", esc(words))
        }
        Some(side) => esc(&side.words),
        None => "<span class=\"none\">–</span>".to_owned(),
    };
    if found.is_substantive() {
        let _ = writeln!(
            out,
            "<div class=\"wide\"><table class=\"diff\"><thead><tr><th scope=\"col\">Changed</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
            esc(&capture_words(old)),
            esc(&capture_words(new))
        );
        for line in change_lines(old, new, found) {
            let ChangeLine { kind, old: before, new: after } = &line;
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td><del>{}</del></td><td><ins>{}</ins></td></tr>",
                change_kind(*kind),
                cell(&old.id, before),
                cell(&new.id, after)
            );
        }
        out.push_str("</tbody></table></div>\n");
    } else {
        let _ = writeln!(
            out,
            "<p>{} → {}: nothing changed that matters.</p>",
            esc(&capture_words(old)),
            esc(&capture_words(new))
        );
    }
    if let Some(words) = trifles(found) {
        let _ = writeln!(out, "<p class=\"kept\">Also: {}</p>", esc(&words));
    }
}

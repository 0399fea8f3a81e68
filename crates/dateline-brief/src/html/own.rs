//! The head of a brief, and the words of whoever put it together, always named as such.

use crate::escape::html as esc;
use crate::labels;
use crate::model::Brief;
use std::fmt::Write;

/// Title, counts and days; of a brief that someone put together also their own title and opening note.
pub(super) fn header(out: &mut String, brief: &Brief) {
    let (totals, scope) = (labels::totals(&brief.summary), esc(&labels::scope(&brief.summary)));
    let Some(own) = &brief.own else {
        let _ = writeln!(out, "<header><h1>{totals}</h1>\n<p>{scope}</p></header>");
        return;
    };
    let _ = writeln!(out, "<header><h1>{}</h1>\n<p>{totals}<br>{scope}</p>", esc(&crate::shown(&own.title)));
    let _ = writeln!(out, "<p class=\"whose-is-what\">{}</p></header>", labels::WHOSE_IS_WHAT);
    note(out, &own.lead, own.by.as_deref());
}

/// A note in someone's own words; nothing where it says nothing.
pub(super) fn note(out: &mut String, text: &str, by: Option<&str>) {
    if text.trim().is_empty() {
        return;
    }
    let whose = esc(&labels::whose(by));
    let _ = writeln!(out, "<div class=\"own\" role=\"note\" aria-label=\"{whose}\"><p class=\"whose\">{whose}</p>");
    for paragraph in text.split("\n\n").filter(|p| !p.trim().is_empty()) {
        let lines: Vec<String> = paragraph.lines().map(|l| esc(&crate::shown(l))).collect();
        let _ = writeln!(out, "<p>{}</p>", lines.join("<br>"));
    }
    out.push_str("</div>\n");
}

#[cfg(test)]
mod tests {
    use super::note;

    #[test]
    fn own_words_are_named_and_never_markup() {
        let mut out = String::new();
        note(&mut out, "Two <b>lines</b>\nof it.\n\nAnd more.", Some("Ada & Bo"));
        assert!(out.contains("In the words of Ada &amp; Bo"), "{out}");
        assert!(out.contains("<p>Two &lt;b&gt;lines&lt;/b&gt;<br>of it.</p>\n<p>And more.</p>"), "{out}");
        let mut none = String::new();
        note(&mut none, " \n", None);
        assert_eq!(none, "");
    }
}

use super::wrap::Style;
use crate::evidence;
use crate::model::Brief;
use std::fmt::Write;

/// Why each page is in its story: each link with what it rests on, and what speaks most against it.
pub fn why(brief: &Brief, style: Style) -> String {
    let mut out = String::new();
    for story in &brief.stories {
        let _ = writeln!(out, "\n{}", style.strong("Why these pages are one story"));
        if story.why.is_empty() {
            out.push_str("  one page alone\n");
        }
        for w in &story.why {
            style.paragraph(&mut out, "  ", "      ", &evidence::reason(w));
            if let Some(a) = &w.against {
                style.paragraph(&mut out, "      against: ", "        ", &evidence::against(a));
            }
        }
    }
    out
}

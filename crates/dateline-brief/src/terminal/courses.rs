use super::wrap::Style;
use crate::courses::CoursePart;
use crate::labels::quoted;
use std::fmt::Write;

/// Figures over time, one kind of thing after the other; `looked` of `total` articles were looked into.
pub fn courses(parts: &[CoursePart], (looked, total): (usize, usize), style: Style) -> String {
    let mut out = String::new();
    if parts.is_empty() {
        out.push_str(if total == 0 {
            "No article holds these words.\n"
        } else {
            "No figure stands beside these words.\n"
        });
    }
    for part in parts {
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", style.strong(&part.title));
        for row in &part.rows {
            let day =
                row.day.as_deref().map_or_else(|| "no date".to_owned(), |d| crate::day_words(crate::dates::day(d)));
            let mut facts = vec![day, row.value.clone()];
            facts.extend(row.speaker.clone());
            facts.extend(row.outlet.clone());
            facts.extend(row.verdict.map(str::to_owned));
            facts.extend(row.story.clone());
            style.paragraph(&mut out, "  ", "    ", &facts.join(" · "));
            style.paragraph(&mut out, "    ", "    ", &style.dim(&quoted(row.words.concat().trim())));
        }
    }
    if looked < total {
        let _ = writeln!(out, "\n{looked} of {total} articles looked into; --from {looked} goes on");
    }
    out
}

use super::wrap::Style;
use crate::model::Brief;
use crate::pictures::lineage_lines;
use std::fmt::Write;

/// Sets who has whose text, as a tree for each story of which a page repeats another; lines too long for the terminal
/// are cut.
pub fn sources(brief: &Brief, style: Style) -> String {
    let mut out = String::new();
    for story in &brief.stories {
        let tree = lineage_lines(story);
        if tree.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n  {}", style.strong(&format!("Who has whose text · {}", story.number)));
        let width = style.width.saturating_sub(5).max(20);
        for line in tree.lines() {
            let cut: String = line.chars().take(width).collect();
            let dots = if line.chars().count() > width { "…" } else { "" };
            let _ = writeln!(out, "    {cut}{dots}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PageLine, StoryPart};

    #[test]
    fn a_tree_stands_where_a_page_repeats_another() {
        let page = |number: usize, outlet: &str, repeats| PageLine {
            page: number,
            outlet: Some(outlet.to_owned()),
            repeats,
            ..PageLine::default()
        };
        let pages = vec![page(1, "Quay Post", None), page(2, "Wexmouth Mail", Some((1, [97, 42])))];
        let told =
            |pages| Brief { stories: vec![StoryPart { number: 1, pages, ..StoryPart::default() }], ..Brief::default() };
        let style = Style { width: 80, colour: false };
        let text = sources(&told(pages.clone()), style);
        assert!(text.contains("● Quay Post [1]") && text.contains("└─ Wexmouth Mail [2]"), "{text}");
        assert_eq!(sources(&told(pages[..1].to_vec()), style), "");
        assert!(sources(&told(pages), Style { width: 24, colour: false }).lines().all(|l| l.chars().count() <= 26));
    }
}

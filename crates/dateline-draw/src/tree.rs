//! Origins and their copies as lines of text.

use crate::lineage::{Link, Text, rows, told};

/// Depth to which lines are set in.
const DEEP: usize = 12;

/// Origins and their copies as an indented tree, for a terminal: each line ends in a line break.
pub fn lineage_tree(texts: &[Text], links: &[Link]) -> String {
    let rows = rows(texts, links);
    let depth = |i: usize| rows.get(i).map_or(0, |r| r.depth.min(DEEP));
    // for each row and level, whether that level goes on below
    let mut goes_on = [false; DEEP + 2];
    let mut lines: Vec<String> = Vec::with_capacity(rows.len());
    for i in (0..rows.len()).rev() {
        let deep = depth(i);
        let mut line = String::new();
        for level in &goes_on[1..deep.max(1)] {
            line.push_str(if *level { "│  " } else { "   " });
        }
        line.push_str(match deep {
            0 => "● ",
            _ if goes_on[deep] => "├─ ",
            _ => "└─ ",
        });
        goes_on[deep] = true;
        goes_on[deep + 1..].iter_mut().for_each(|l| *l = false);
        line.push_str(&told(&rows[i]));
        line.push('\n');
        lines.push(line);
    }
    lines.reverse();
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::Kind;

    #[test]
    fn branches_close_where_they_end() {
        let text =
            |label: &str, day: &str| Text { label: label.to_owned(), day: Some(day.to_owned()), ..Text::default() };
        let texts = [
            text("A", "2026-04-01"),
            text("B", "2026-04-02"),
            text("C", "2026-04-03"),
            text("D", "2026-04-04"),
            text("E", "2026"),
        ];
        let link = |from, to| Link { from, to, kind: Kind::Edited, note: String::new() };
        let tree = lineage_tree(&texts, &[link(0, 1), link(1, 2), link(0, 3)]);
        let expected = "● E · 2026\n\
                        ● A · 1 Apr 2026\n\
                        ├─ B · 2 Apr 2026 · edited\n\
                        │  └─ C · 3 Apr 2026 · edited\n\
                        └─ D · 4 Apr 2026 · edited\n";
        assert_eq!(tree, expected);
    }

    #[test]
    fn circles_end() {
        let texts = vec![Text::default(); 3];
        let link = |from, to| Link { from, to, ..Link::default() };
        assert_eq!(
            lineage_tree(&texts, &[link(0, 1), link(1, 2), link(2, 0), link(9, 1), link(1, 1)]).lines().count(),
            3
        );
        assert_eq!(lineage_tree(&[], &[]), "");
    }
}

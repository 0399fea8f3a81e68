use super::anchor;
use crate::escape::{html as esc, shown_whole};
use crate::model::Note;
use dateline_article::BlockKind;
use dateline_story::Report;
use dateline_text::{CharIndex, Span};
use std::fmt::Write;

/// The article's text with the noted spans marked, each under the id that [`anchor`] gives.
///
/// Spans that lie inside one another nest; one that begins inside another and ends after it gets its id and no mark of its own.
///
/// The headline is set as a heading of level `title` (1 to 6), headings below it one level deeper.
pub fn marked_text(out: &mut String, report: &Report, notes: &[Note], title: u8) {
    for block in marked_blocks(report, notes, title) {
        out.push_str(&block);
    }
}

/// As [`marked_text`], one string a block.
pub fn marked_blocks(report: &Report, notes: &[Note], title: u8) -> Vec<String> {
    let a = &report.article;
    let index = CharIndex::new(&a.text);
    let mut spans: Vec<(Span, String)> = notes
        .iter()
        .map(|n| (Span::new(index.byte(&a.text, n.span[0]), index.byte(&a.text, n.span[1])), anchor(n)))
        .collect();
    spans.sort_by(|x, y| {
        (x.0.start, std::cmp::Reverse(x.0.end), &x.1).cmp(&(y.0.start, std::cmp::Reverse(y.0.end), &y.1))
    });
    spans.dedup_by(|x, y| x.1 == y.1);
    let below = (title + 1).min(6);
    let set = |b: &dateline_article::Block| {
        let (open, close) = match b.kind {
            BlockKind::Title => (format!("<h{title}>"), format!("</h{title}>")),
            BlockKind::Heading => (format!("<h{below}>"), format!("</h{below}>")),
            BlockKind::ListItem => ("<p class=\"item\">".to_owned(), "</p>".to_owned()),
            BlockKind::Quote => ("<blockquote>".to_owned(), "</blockquote>".to_owned()),
            BlockKind::Paragraph | BlockKind::TableRow => ("<p>".to_owned(), "</p>".to_owned()),
        };
        let mut out = open;
        let from = spans.partition_point(|(s, _)| s.start < b.span.start);
        let here: Vec<&(Span, String)> = spans[from..].iter().take_while(|(s, _)| b.span.holds(s.start)).collect();
        block(&mut out, &a.text, b.span, &here);
        let _ = writeln!(out, "{close}");
        out
    };
    a.blocks.iter().map(set).collect()
}

fn block(out: &mut String, text: &str, block: Span, spans: &[&(Span, String)]) {
    let mut open: Vec<usize> = Vec::new();
    let mut at = block.start;
    let write = |out: &mut String, from: usize, to: usize| {
        let before = Span::new(0, from).of(text).chars().next_back();
        out.push_str(&esc(&shown_whole(Span::new(from, to).of(text), before)));
    };
    for (span, id) in spans {
        while let Some(end) = open.last().copied().filter(|end| *end <= span.start) {
            write(out, at, end);
            out.push_str("</mark>");
            at = end.max(at);
            open.pop();
        }
        write(out, at, span.start);
        at = span.start.max(at);
        let end = span.end.min(block.end);
        if open.last().is_some_and(|outer| *outer < end) {
            let _ = write!(out, "<a id=\"{id}\"></a>");
        } else {
            let _ = write!(out, "<mark id=\"{id}\">");
            open.push(end);
        }
    }
    while let Some(end) = open.pop() {
        write(out, at, end);
        at = end.max(at);
        out.push_str("</mark>");
    }
    write(out, at, block.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_and_never_cross() {
        let text = "He said the port <is> shut.";
        let spans = [
            (Span::new(0, 27), "a".to_owned()),
            (Span::new(8, 16), "b".to_owned()),
            (Span::new(12, 21), "c".to_owned()),
        ];
        let mut out = String::new();
        block(&mut out, text, Span::new(0, 27), &spans.iter().collect::<Vec<_>>());
        assert_eq!(
            out,
            "<mark id=\"a\">He said <mark id=\"b\">the <a id=\"c\"></a>port</mark> &lt;is&gt; shut.</mark>"
        );
    }
}

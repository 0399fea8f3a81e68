//! Pieces of WordprocessingML.

use crate::escape::html as esc;

/// Text for XML: escaped, without what XML cannot hold.
pub(super) fn text(words: &str) -> String {
    let kept: String = words
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n'))
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect();
    esc(&kept)
}

/// Some words in one look, if any: the name of a style of characters.
pub(super) fn run(words: &str, look: Option<&str>) -> String {
    if words.is_empty() {
        return String::new();
    }
    let look = look.map(|l| format!("<w:rPr><w:rStyle w:val=\"{l}\"/></w:rPr>")).unwrap_or_default();
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", text(words))
}

/// A paragraph of runs in a style.
pub(super) fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// A mark that leads to an endnote.
pub(super) fn reference(number: usize) -> String {
    format!("<w:r><w:rPr><w:rStyle w:val=\"Mark\"/></w:rPr><w:endnoteReference w:id=\"{number}\"/></w:r>")
}

/// Twentieths of a point that a table has across.
const ACROSS: usize = 9600;

/// A table; `widths` in hundredths, `head` its first row, a cell any number of paragraphs.
pub(super) fn table(widths: &[usize], head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |i: usize| ACROSS * widths.get(i).copied().unwrap_or(0) / 100;
    let mut out = String::from(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Ledger\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
    );
    for i in 0..widths.len() {
        out.push_str(&format!("<w:gridCol w:w=\"{}\"/>", width(i)));
    }
    out.push_str("</w:tblGrid>");
    let cell = |i: usize, inner: &str| {
        let inner = if inner.is_empty() { paragraph("Cell", "") } else { inner.to_owned() };
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{inner}</w:tc>", width(i))
    };
    out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (i, label) in head.iter().enumerate() {
        out.push_str(&cell(i, &paragraph("Head", &run(label, None))));
    }
    out.push_str("</w:tr>");
    for row in rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (i, inner) in row.iter().enumerate() {
            out.push_str(&cell(i, inner));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out.push_str(&paragraph("Cell", ""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_page_is_markup_or_breaks_the_file() {
        assert_eq!(text("a <w:t> & \u{0}\u{1b}\"b\""), "a &lt;w:t&gt; &amp; &quot;b&quot;");
        assert_eq!(run("", None), "");
    }
}

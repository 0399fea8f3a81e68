//! Text as XML.

use dateline_brief::escape_html;

/// Escapes text for XML, in elements and in attributes between double quotation marks: as for HTML, and characters that
/// XML 1.0 does not know become U+FFFD.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in escape_html(text).chars() {
        match c {
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", c as u32)),
            c if (c as u32) < 0x20 || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_of_a_page_is_markup() {
        assert_eq!(
            escape("</title><script a='x'>&\"\u{1}\n]]>"),
            "&lt;/title&gt;&lt;script a=&#39;x&#39;&gt;&amp;&quot;\u{FFFD}&#10;]]&gt;"
        );
    }
}

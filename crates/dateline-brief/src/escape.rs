//! Nothing from a page is ever markup.

use std::fmt::Write;

/// Words of a page as one line for display: white space runs become one space; marks that would turn the direction
/// of text or hide it, and control characters, are shown by their code, not obeyed.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => {
                let _ = write!(out, "[U+{:04X}]", c as u32);
            }
            '\u{200B}' | '\u{00AD}' | '\u{FEFF}' => {}
            c if c.is_control() => {
                let _ = write!(out, "[U+{:04X}]", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

/// Escapes text for HTML, in elements and in quoted attributes.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Escapes one line of text for Markdown (CommonMark with tables).
pub(crate) fn markdown(text: &str) -> String {
    let text = shown(text);
    let mut out = String::with_capacity(text.len() + 8);
    for (i, c) in text.char_indices() {
        let opens_line = i == 0 && matches!(c, '#' | '+' | '-' | '=' | '>' | '~');
        if opens_line || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '!') {
            out.push('\\');
        }
        if c == '&' {
            out.push_str("&amp;");
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_marks_are_shown_not_obeyed() {
        assert_eq!(shown("Report \u{202e}txt.exe\n\n now"), "Report [U+202E]txt.exe now");
    }

    #[test]
    fn markdown_cannot_open_links_or_markup() {
        assert_eq!(markdown("](javascript:x) ![x](y) <b> |"), "\\](javascript:x) \\!\\[x\\](y) \\<b\\> \\|");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(html("<b a='1'>&\""), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;");
    }
}

//! Nothing from a page is ever markup.

pub use dateline_text::{escaped as html, shown, shown_whole};

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
    fn markdown_cannot_open_links_or_markup() {
        assert_eq!(markdown("](javascript:x) ![x](y) <b> |"), "\\](javascript:x) \\!\\[x\\](y) \\<b\\> \\|");
    }
}

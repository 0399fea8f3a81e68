//! White space folded.

/// The words of a text with one blank between them, none at the ends.
///
/// ```
/// assert_eq!(dateline_text::squeeze(" Two\n\n  words\u{a0}"), "Two words");
/// ```
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The same where control characters part words too: what a person may have pasted, as one line.
///
/// ```
/// assert_eq!(dateline_text::one_line("Two\u{0}words\r\n"), "Two words");
/// ```
pub fn one_line(text: &str) -> String {
    squeeze(&text.replace(char::is_control, " "))
}

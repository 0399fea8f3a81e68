//! Addresses of the web and of mail, and names of files: their parts look like names and are none.

use super::tokens::Shape;
use dateline_text::Word;

/// Endings of files that people send each other.
const FILES: &[&str] = &[
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".txt", ".csv", ".zip", ".jpg", ".jpeg", ".png", ".gif",
    ".html", ".htm", ".php", ".aspx",
];

/// Writes the words that stand in addresses as numbers, which begin no name.
pub(super) fn hide(text: &str, words: &[Word], shapes: &mut [Shape]) {
    let mut end = 0;
    let mut hidden = false;
    for (word, shape) in words.iter().zip(shapes) {
        if word.span.start >= end {
            let rest = text.get(word.span.start..).unwrap_or("");
            let chunk = rest.split(char::is_whitespace).next().unwrap_or("");
            end = word.span.start + chunk.len();
            hidden = is_address(chunk);
        }
        if hidden && *shape != Shape::Mark {
            *shape = Shape::Number;
        }
    }
}

/// Whether a stretch without white space is an address or the name of a file.
fn is_address(chunk: &str) -> bool {
    if !chunk.contains(['.', '/']) || chunk.len() < 6 {
        return false;
    }
    let chunk = chunk.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mail = || chunk.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    chunk.contains("://") || chunk.starts_with("www.") || FILES.iter().any(|f| chunk.ends_with(f)) || mail()
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_and_files_are_told_from_names_with_full_stops() {
        for yes in ["https://example.org/Lake-Union", "www.Example.org,", "<Ada.Brook@example.org>", "(Budget.pdf)"] {
            assert!(is_address(yes), "{yes}");
        }
        for no in ["U.S.", "Example.com", "and/or", "@adabrook", "St.Petersburg", "Co.Ltd."] {
            assert!(!is_address(no), "{no}");
        }
    }
}

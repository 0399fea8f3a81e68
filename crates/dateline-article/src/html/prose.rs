//! How much of a line is running text.

use super::lines::Line;
use crate::BlockKind;

/// Characters of a line that stand in no link.
pub(crate) fn own(line: &Line) -> usize {
    line.chars - line.link_chars
}

/// Characters of running text in a line.
pub(crate) fn prose(line: &Line) -> usize {
    let own = own(line);
    let inner = line.text.contains([',', '，', '、', '،', '。']) || line.text.contains(". ");
    let wide = line.text.chars().next().is_some_and(|c| c >= '\u{2e80}');
    let (long, short) = if wide { (40, 16) } else { (100, 40) };
    // Letters without end are no writing: 65,536 of them in a row are one "word".
    if !wide && line.chars > 40 * line.text.split_whitespace().count() {
        return 0;
    }
    let running = own >= long || (own >= short && (ends_sentence(&line.text) || inner));
    let text = line.level == 0 && line.kind != BlockKind::TableRow;
    if running && text && (line.link_share() < 0.6 || own >= 100) { own * if wide { 2 } else { 1 } } else { 0 }
}

/// Whether a text ends as sentences end.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.ends_with([
        '.', '!', '?', '…', '"', '”', '»', '“', '’', ')', ':', '。', '！', '？', '」', '।', '؟', '۔', '）', '¨', ';',
    ])
}

/// Folds a text to its letters and digits, for comparing.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

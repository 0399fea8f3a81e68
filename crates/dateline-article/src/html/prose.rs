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
    let joined = !wide && line.text.chars().take(8).any(is_joined);
    let (long, short) = match (wide, joined) {
        (true, _) => (40, 16),
        (_, true) => (60, 30),
        _ => (100, 40),
    };
    // Letters without end are no writing: 65,536 of them in a row are one "word".
    if !wide && !joined && line.chars > 40 * line.text.split_whitespace().count() {
        return 0;
    }
    let running = own >= long || (own >= short && (ends_sentence(&line.text) || inner));
    let text = line.level == 0 && line.kind != BlockKind::TableRow;
    if running && text && (line.link_share() < 0.6 || own >= 100) { own * if wide { 2 } else { 1 } } else { 0 }
}

/// Letters of writing that parts phrases, not words, by spaces: Thai, Lao, Burmese, Khmer.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff)
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

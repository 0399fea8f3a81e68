//! Lines that stand under a picture, told by the credit they carry.

use std::sync::OnceLock;

const CREDITS: &str = include_str!("../../data/text/credits.tsv");
/// Longest caption in words; what is longer is a paragraph that happens to name a source.
const LONGEST: usize = 75;

/// What a line is to a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caption {
    /// Describes the picture and credits it.
    Whole,
    /// Credits it and says nothing else; the line beside it describes.
    CreditOnly,
}

struct Tables {
    labels: Vec<&'static str>,
    sources: Vec<&'static str>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let of = |kind: &str| {
            let mut words: Vec<&str> = CREDITS
                .lines()
                .filter_map(|l| l.split_once('\t'))
                .filter(|(k, _)| *k == kind)
                .map(|(_, w)| w)
                .collect();
            words.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
            words
        };
        Tables { labels: of("label"), sources: of("source") }
    })
}

/// Whether a line is a caption, by its credit. `words` is its count of words.
pub(crate) fn caption(line: &str, words: usize) -> Option<Caption> {
    if words > LONGEST || line.len() > 1500 {
        return None;
    }
    let line = line.trim();
    if is_file_photo(line) {
        return Some(Caption::Whole);
    }
    if let Some(inner) = line.strip_prefix(['(', '[']).and_then(|l| l.strip_suffix([')', ']'])) {
        return (words <= 14 && is_credit(inner, true)).then_some(Caption::CreditOnly);
    }
    if let Some((open, inner)) = last_bracket(line) {
        // An agency alone at the end of a paragraph credits the report, not a picture.
        let agency_alone = crate::meta::bylines::agency(inner).is_some();
        let short = !agency_alone || words <= 35 && open > 0;
        return (short && is_credit(inner, true)).then_some(Caption::Whole);
    }
    let one_phrase = words <= 8 && !line.contains(". ");
    if (one_phrase || words <= 14 && starts_as_label(line)) && is_credit(line, false) {
        return Some(Caption::CreditOnly);
    }
    credited_at_end(line).then_some(Caption::Whole)
}

/// "In this Dec. 12, 2025, file photo, made available by the harbour office, …": how agencies open captions.
fn is_file_photo(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("In this ").or_else(|| line.strip_prefix("FILE - ")) else { return false };
    let head: Vec<&str> = rest.split_whitespace().take(9).map(|w| w.trim_end_matches([',', ':'])).collect();
    let shows = head.iter().position(|w| matches!(*w, "photo" | "photograph" | "image" | "picture" | "frame"));
    line.starts_with("FILE - ")
        || shows.is_some_and(|at| {
            at > 0
                && head[..at].iter().any(|w| {
                    w.starts_with(|c: char| c.is_ascii_digit()) || matches!(*w, "file" | "undated" | "handout")
                })
        })
}

/// Whether a line opens with a label of credit and its colon.
fn starts_as_label(line: &str) -> bool {
    let lower = line.to_lowercase();
    tables().labels.iter().any(|l| lower.strip_prefix(l).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

/// The bracket that ends the line: where it opens, and its words.
fn last_bracket(line: &str) -> Option<(usize, &str)> {
    let inner = line.trim_end_matches(['.', ' ', ']']).strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let words = inner.get(open + 1..)?;
    (words.split_whitespace().count() <= 14).then_some((open, words.trim()))
}

/// Whether words are a credit: a label with a name, or a name with a source. `bracketed`: they stand in brackets.
fn is_credit(words: &str, bracketed: bool) -> bool {
    let lower = words.to_lowercase();
    let lower = lower.trim();
    if let Some(rest) = lower.strip_prefix('©').or_else(|| lower.strip_prefix("(c) ")) {
        return !rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && !rest.contains("rights");
    }
    let labelled = tables().labels.iter().any(|label| {
        lower.strip_prefix(label).is_some_and(|rest| {
            let rest = rest.trim_start_matches('.');
            rest.trim_start().starts_with([':', '©', '/', '|'])
                || rest.starts_with("...")
                || (label.contains(" by") || bracketed) && rest.starts_with(' ')
        })
    });
    labelled || ends_in_source(lower, bracketed) || bracketed && is_name_and_source(words)
}

/// "Ada Brook/Harbour Press": two parts of capitalised words with a slash between.
fn is_name_and_source(words: &str) -> bool {
    let Some((name, source)) = words.split_once('/') else { return false };
    let named = |part: &str| {
        let n = part.split_whitespace().count();
        (1..=4).contains(&n) && part.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || w.len() <= 3)
    };
    name.split_whitespace().count() >= 2 && named(name) && named(source)
}

/// Whether lower-case words end in the name of a source after a mark that parts it ("ada brook/afp", "via reuters").
fn ends_in_source(lower: &str, bracketed: bool) -> bool {
    let lower = lower.trim_end_matches(['.', ' ', ')']);
    tables().sources.iter().any(|source| {
        let Some(head) = lower.strip_suffix(source) else { return false };
        if head.trim().is_empty() {
            return bracketed;
        }
        let parted = head.trim_end().ends_with(['/', '|', '-', '–', '—', ',', ':', '©', '·', '\u{2022}'])
            || head.ends_with("via ")
            || head.ends_with("by ")
            || head.trim_end().ends_with(['.', '!', '?', '”']) && head.ends_with(' ');
        parted || bracketed && head.ends_with(' ')
    })
}

/// A credit at the end of a line that describes: "… in Portville. Photo: Ada Brook", "… Ada Brook/AFP", "… © Ada Brook".
fn credited_at_end(line: &str) -> bool {
    let lower = line.to_lowercase();
    let tail_start = lower.char_indices().rev().take(70).last().map_or(0, |(i, _)| i);
    let tail = lower.get(tail_start..).unwrap_or_default();
    // Most lines have none of the marks that every label needs.
    let may = tail.contains([':', '/']) || [" by ", "...", " credit"].iter().any(|m| tail.contains(m));
    let labelled = may
        && tables().labels.iter().any(|label| {
            tail.match_indices(label).any(|(i, _)| {
                let before = tail.get(..i).unwrap_or_default();
                let after = tail.get(i + label.len()..).unwrap_or_default();
                let begins = before.trim_end().ends_with(['.', '|', '–', '—', '!', '?', '"', '”', '/', '-', '·'])
                    && before.ends_with(' ');
                let by = label.ends_with(" by") && after.starts_with(' ');
                begins
                    && (by || after.starts_with([':', '/']) || after.starts_with("...") || after.starts_with(" credit"))
            })
        });
    let named = after_last_sentence(line).is_some_and(|t| is_name_and_source(t.split(',').next().unwrap_or(t)));
    let open_end = !line.trim_end().ends_with(['.', '!', '?', '"', '”', '»']);
    let marked = tail.contains('©') && !tail.contains("© 20");
    labelled || named || open_end && (marked || ends_in_source(&lower, false) && line.split_whitespace().count() >= 4)
}

/// What follows the last whole sentence of a line; none where the line is one sentence or ends with one.
fn after_last_sentence(line: &str) -> Option<&str> {
    let mut last = None;
    let mut before = ' ';
    for (i, c) in line.char_indices() {
        // An initial's full stop ("J. Brook") ends no sentence.
        let ends = matches!(c, '.' | '!' | '?' | '”')
            && (before.is_lowercase() || before.is_numeric() || matches!(before, '.' | '"' | '”' | '»' | ')'));
        if ends && line.get(i + c.len_utf8()..).is_some_and(|rest| rest.starts_with(' ')) {
            last = Some(i + c.len_utf8());
        }
        before = c;
    }
    line.get(last?..).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<Caption> {
        caption(line, line.split_whitespace().count())
    }

    #[test]
    fn captions_are_told_by_their_credit() {
        for line in [
            "Ferries lie in the harbour of Portville, Wednesday, April 19, 2023. (Ada Brook via AP)",
            "A ferry on Jan. 25, 2024. (Ada Brook/POOL/AFP via Getty Images)",
            "Ferries in the harbour (Image: GETTY )",
            "A ferry leaves. Photo: Ada Brook",
            "Ferries in the harbour. Ada Brook/dpa",
            "The mayor opens the new bridge on Monday. AP Photo/Ada Brook, File",
            "Ferries in the harbour of Portville. Getty Images",
            "The mayor speaks in the harbour on Monday. — Picture by Ada Brook",
            "Ein Schiff im Hafen. (Foto: Galerie am Hafen)",
            "In this Dec. 12, 2025, file photo, made available by the harbour office, a ferry leaves.",
        ] {
            assert_eq!(of(line), Some(Caption::Whole), "{line}");
        }
        for line in [
            "(Foto: Galerie am Hafen)",
            "Photo: Ada Brook, AP",
            "© Ada Brook",
            "Bild: SN/APA/ADA BROOK",
            "Ada Brook/Reuters",
            "(AP Photo/Ada Brook)",
            "Photo by Ada Brook",
        ] {
            assert_eq!(of(line), Some(Caption::CreditOnly), "{line}");
        }
    }

    #[test]
    fn paragraphs_are_not_captions() {
        for line in [
            "The mayor said the harbour (the largest of the island) would open again.",
            "The agency AFP reported the closure first.",
            "A source told Reuters.",
            "The photo shows the harbour: it is empty.",
            "© 2024 Harbour Wire",
            "In this town a photo costs 12 crowns, the keeper said.",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(line in "\\PC{0,80}[(©]?\\PC{0,20}\\)?") {
            let _ = of(&line);
        }
    }
}

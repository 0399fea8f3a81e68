//! Whether the words that a brief shows are those of its list.

use super::Patience;
use super::forms::Presented;
use crate::labels::quoted;
use crate::sources::SourceNote;
use dateline_text::squeeze;
use std::collections::BTreeSet;

/// Faults that are told one by one.
const TOLD: usize = 50;
/// Marks of one place that are looked at; a brief of ours has a handful.
const SAME_MARK: usize = 200;

/// In what the brief is not as it was made, in words.
pub(super) fn altered(brief: &Presented, patience: &mut Patience) -> Vec<String> {
    let mut out = Vec::new();
    match brief.seal {
        Some(true) => {}
        Some(false) => out.push("something in it was changed since it was made (its seal is broken)".to_owned()),
        None => out.push("its seal was taken out".to_owned()),
    }
    let mut more = 0;
    let mut tell = |what: String| {
        if out.len() < TOLD { out.push(what) } else { more += 1 }
    };
    for page in &brief.sources.pages {
        if !(patience.allows(brief.words.len()) && brief.words.contains(&squeeze(&quoted(&page.title)))) {
            tell(format!("the title of page {} is not the one in its list: {}", page.page, quoted(&page.title)));
        }
    }
    for note in &brief.sources.notes {
        let Some(shown) = &note.shown else { continue };
        let mark = format!("{}:{}", note.page, note.span[0]);
        if !is_of(shown, note) {
            tell(format!(
                "its list says of [{mark}] that it shows words that are not those of the place: {}",
                quoted(shown)
            ));
        }
        let wanted = squeeze(&quoted(shown));
        let before = brief.shown.get(&mark).map(Vec::as_slice).unwrap_or_default();
        if !before.iter().take(SAME_MARK).any(|b| patience.allows(b.len()) && b.contains(&wanted)) {
            tell(format!("before [{mark}] stand other words than its list has: {}", quoted(shown)));
        }
    }
    let known: BTreeSet<String> = brief.sources.notes.iter().map(|n| format!("{}:{}", n.page, n.span[0])).collect();
    for mark in brief.shown.keys().filter(|m| !known.contains(*m)) {
        tell(format!("[{mark}] is a place that its list does not have"));
    }
    if more > 0 {
        out.push(format!("and {more} more"));
    }
    out
}

/// What joins parts that stand apart.
const GAP: &str = " … ";

/// Whether the words shown are those of the place: the same letters, figures and marks, but for what the setting of a
/// quotation changes (white space, marks of quotation, an opening "that", a comma at the end of a part).
fn is_of(shown: &str, note: &SourceNote) -> bool {
    let words: Vec<String> = note.words.iter().map(|w| crate::shown(w)).collect();
    let (shown, words) = (bare(shown), bare(&words.join(GAP)));
    shown == words || words.strip_prefix("that").is_some_and(|rest| rest == shown)
}

/// Parts without white space, marks of quotation and commas at their ends.
fn bare(words: &str) -> String {
    let mark = |c: &char| c.is_whitespace() || "\"'“”„«»‟‘’‚‹›".contains(*c);
    let part = |p: &str| p.chars().filter(|c| !mark(c)).collect::<String>().trim_end_matches(',').to_owned();
    words.split(GAP).map(part).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_of_a_quotation_is_no_change_and_any_letter_is() {
        let note = |words: &[&str]| SourceNote {
            words: words.iter().map(|w| (*w).to_owned()).collect(),
            ..SourceNote::default()
        };
        assert!(is_of("The port is shut", &note(&["“The port is shut,”"])));
        assert!(is_of("the port  is shut", &note(&["that the port\nis shut"])));
        assert!(is_of("Yes … and soon.", &note(&["“Yes,”", "“and soon.”"])));
        assert!(!is_of("The port is shot", &note(&["“The port is shut,”"])));
        assert!(!is_of("The port is", &note(&["“The port is shut,”"])));
        assert!(!is_of("It is true", &note(&["It is not true"])));
        assert!(!is_of("35 million", &note(&["3.5 million"])));
    }
}

//! Folding: one written form for the many a name or word is typed in.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Letters that Unicode does not take apart but readers do: ł is l, ø is o, đ is d, ß is ss.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ĸ' => "k",
        '’' | '‘' | 'ʼ' | '`' | '´' => "'",
        '–' | '—' | '‑' | '‐' | '−' => "-",
        _ => return None,
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Marks that change how text shows but not what it says: joiners, direction marks, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Folds case, diacritics, dashes, apostrophes and compatibility forms; keeps every other character.
///
/// The Cyrillic й and ё lose their marks too, as readers type them both ways. Serves search and name matching alike.
///
/// ```
/// assert_eq!(dateline_text::fold("Suwałki’s Kasčiūnas – Đà Nẵng"), "suwalki's kasciunas - da nang");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        out.extend(text.chars().map(|c| if c == '`' { '\'' } else { c.to_ascii_lowercase() }));
        return out;
    }
    for c in text.chars() {
        match known(c) {
            Some(of) => out.push_str(of),
            None => {
                out.clear();
                by_the_standard(text, &mut out);
                break;
            }
        }
    }
    out
}

/// What a character becomes whatever stands beside it, for those that most news is written in: looked up, not worked out.
fn known(c: char) -> Option<&'static str> {
    static OF: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
        let of = |c: char| {
            let mut out = String::new();
            by_the_standard(c.encode_utf8(&mut [0; 4]), &mut out);
            out.into()
        };
        KNOWN.iter().flat_map(|range| range.clone().map(of)).collect()
    });
    let mut before = 0;
    for range in KNOWN {
        if range.contains(&c) {
            return OF.get(before + (c as usize - *range.start() as usize)).map(|of| &**of);
        }
        before += *range.end() as usize - *range.start() as usize + 1;
    }
    None
}

/// ASCII and Latin with its marks; Greek and Cyrillic letters; dashes, quotation marks, signs of currency. Marks that
/// stand by themselves are none of them: what becomes of these depends on their order.
const KNOWN: &[RangeInclusive<char>] =
    &['\0'..='\u{2FF}', '\u{370}'..='\u{481}', '\u{48A}'..='\u{52F}', '\u{2000}'..='\u{20CF}'];

fn by_the_standard(text: &str, out: &mut String) {
    for c in text.nfkd() {
        if is_mark(c) || is_invisible(c) {
            continue;
        }
        for low in c.to_lowercase() {
            match plain(low) {
                Some(s) => out.push_str(s),
                None if is_mark(low) => {}
                None => out.push(low),
            }
        }
    }
}

/// The same without a copy of what is folded already, as most words of a text are.
///
/// ```
/// assert!(matches!(dateline_text::folded("harbour"), std::borrow::Cow::Borrowed("harbour")));
/// assert_eq!(dateline_text::folded("Łódź"), "lodz");
/// ```
pub fn folded(text: &str) -> Cow<'_, str> {
    let plain = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase() && b != b'`');
    if plain { Cow::Borrowed(text) } else { Cow::Owned(fold(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_that_do_not_decompose_fold_too() {
        assert_eq!(fold("Łódź, Ærø, Đakovo, Straße"), "lodz, aero, dakovo, strasse");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!((fold("O`Hara"), fold("Đ`Hara")), ("o'hara".into(), "d'hara".into()));
    }

    proptest! {
        #[test]
        fn what_is_looked_up_is_what_is_worked_out(
            text in "[ -~\u{80}-\u{2FF}\u{370}-\u{481}\u{48A}-\u{52F}\u{2000}-\u{20CF}]{0,24}[\u{2E0}-\u{390}\u{470}-\u{490}\u{20C0}-\u{20E0}]{0,3}",
        ) {
            let mut out = String::new();
            by_the_standard(&text, &mut out);
            prop_assert_eq!(fold(&text), out);
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        let once = fold("Kasčiūnas’ Ⅳ ﬁle \u{202e}x");
        assert_eq!(fold(&once), once);
    }
}

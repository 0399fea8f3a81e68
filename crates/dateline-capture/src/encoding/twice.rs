//! Text that was encoded twice: UTF-8 read as windows-1252 or windows-1251 once, and written as UTF-8 again
//! ("cafÃ©", "РњРѕСЃС‚").

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};
use std::sync::LazyLock;

/// Sequences from which a text is looked at more closely.
const LEAST: usize = 3;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twice {
    /// Nothing of the kind.
    No,
    /// Some of it, beside text that is right: to be told, not to be changed.
    Parts,
    /// All of it: start, end (bytes of the text) and the character meant, in order.
    All(Vec<(usize, usize, char)>),
}

/// Looks for text that was encoded twice. Pure and linear; text without the letters that such text consists of costs a
/// search for them.
///
/// ```
/// use dateline_capture::encoding::{Twice, twice};
/// assert!(matches!(twice("Le cafÃ© a Ã©tÃ© fermÃ©."), Twice::All(found) if found.len() == 4));
/// assert_eq!(twice("Le café a été fermé."), Twice::No);
/// ```
pub fn twice(text: &str) -> Twice {
    for page in [&*LATIN, &*CYRILLIC] {
        let found = page.sequences(text);
        if found.len() < LEAST || longest_run(&found) < page.least_run {
            continue;
        }
        let covered: usize =
            found.iter().map(|(start, end, _)| text.get(*start..*end).map_or(0, |s| s.chars().count())).sum();
        let all = text.chars().filter(|c| !c.is_ascii()).count();
        // What is right beside it: a copyright sign, a blank that does not break.
        let rest = all.saturating_sub(covered);
        return if rest * 4 <= found.len() { Twice::All(found) } else { Twice::Parts };
    }
    Twice::No
}

/// How many sequences follow each other at most.
fn longest_run(found: &[(usize, usize, char)]) -> usize {
    found.chunk_by(|a, b| a.1 == b.0).map(<[_]>::len).max().unwrap_or(0)
}

/// A character set of one byte that UTF-8 is taken for.
struct Page {
    /// Characters of the bytes 0x80 to 0xff.
    upper: Vec<char>,
    /// First bytes, in UTF-8, of the characters that stand for the first byte of a sequence.
    leads: &'static [u8],
    /// Sequences that must follow each other somewhere: "Рі" and "Сё" are also words' beginnings.
    least_run: usize,
}

static LATIN: LazyLock<Page> = LazyLock::new(|| Page::new(WINDOWS_1252, &[0xc3], 1));
static CYRILLIC: LazyLock<Page> = LazyLock::new(|| Page::new(WINDOWS_1251, &[0xd0, 0xd1], 3));

impl Page {
    fn new(encoding: &'static Encoding, leads: &'static [u8], least_run: usize) -> Page {
        let bytes: Vec<u8> = (0x80..=0xff).collect();
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        Page { upper: text.chars().collect(), leads, least_run }
    }

    fn byte(&self, c: char) -> Option<u8> {
        let place = self.upper.iter().position(|u| *u == c);
        // Programs that take Latin-1 for what it says leave the control characters of its upper half.
        let control = || u8::try_from(u32::from(c)).ok().filter(|b| (0x80..=0x9f).contains(b));
        place.and_then(|i| u8::try_from(i + 0x80).ok()).or_else(control)
    }

    /// The character that a sequence at this place stands for, and where it ends.
    fn at(&self, text: &str, start: usize) -> Option<(usize, char)> {
        let mut chars = text.get(start..)?.char_indices();
        // Most such letters stand beside ASCII, which is no part of any sequence.
        if chars.clone().nth(1)?.1.is_ascii() {
            return None;
        }
        let first = self.byte(chars.next()?.1)?;
        let more = match first {
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            _ => return None,
        };
        let mut bytes = [first, 0, 0, 0];
        for place in bytes.iter_mut().take(more + 1).skip(1) {
            *place = self.byte(chars.next()?.1).filter(|b| (0x80..=0xbf).contains(b))?;
        }
        let meant = std::str::from_utf8(&bytes[..=more]).ok()?.chars().next()?;
        let end = chars.next().map_or(text.len(), |(i, _)| start + i);
        is_written(meant).then_some((end, meant))
    }

    fn sequences(&self, text: &str) -> Vec<(usize, usize, char)> {
        let mut out = Vec::new();
        let mut past = 0;
        let found: Box<dyn Iterator<Item = usize>> = match self.leads {
            [a, b] => Box::new(memchr::memchr2_iter(*a, *b, text.as_bytes())),
            _ => Box::new(memchr::memchr_iter(self.leads[0], text.as_bytes())),
        };
        for start in found {
            if start < past {
                continue;
            }
            if let Some((end, meant)) = self.at(text, start) {
                out.push((start, end, meant));
                past = end;
            }
        }
        out
    }
}

/// Characters of running text: "É»" is French, not a letter of phonetics encoded twice.
fn is_written(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{24f}' | '\u{370}'..='\u{58f}' | '\u{5d0}'..='\u{6ff}' | '\u{900}'..='\u{1fff}'
        | '\u{2010}'..='\u{2044}' | '\u{20a0}'..='\u{20bf}' | '\u{2100}'..='\u{22ff}' | '\u{3000}'..='\u{d7a3}'
        | '\u{1f300}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as it looks after UTF-8 was taken for another encoding.
    fn mangled(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    fn repaired(text: &str) -> String {
        let Twice::All(found) = twice(text) else { panic!("not seen: {text}") };
        let (mut out, mut at) = (String::new(), 0);
        for (start, end, c) in found {
            out.push_str(&text[at..start]);
            out.push(c);
            at = end;
        }
        out + &text[at..]
    }

    #[test]
    fn what_was_encoded_twice_is_told_from_what_was_not() {
        let texts = [
            ("Le café du port a été fermé après l’orage, dit “Marta”.", WINDOWS_1252),
            ("Źródło podało, że łódź dopłynęła do portu.", WINDOWS_1252),
            ("Мэр города открыл новый мост — первый за 20 лет.", WINDOWS_1251),
            ("Мэр города открыл новый мост через реку.", WINDOWS_1252),
            ("市長は橋を開いた。", WINDOWS_1252),
        ];
        for (text, taken_for) in texts {
            assert_eq!(repaired(&mangled(text, taken_for)), text);
            assert_eq!(twice(text), Twice::No, "{text}");
            assert_eq!(twice(&text.to_uppercase()), Twice::No, "{text}");
        }
    }

    #[test]
    fn parts_are_told_and_left_alone() {
        let text =
            format!("Le café est fermé à Évry, où l’été a été très sec. {}", mangled("été à côté", WINDOWS_1252));
        assert_eq!(twice(&text), Twice::Parts);
        for right in ["«MARCHÉ» «ALIÉNÉ» «DÉGELÉ» «ÉTÉ»", "Сёмга, Рівне, СЇ", "5 × 3 – Ö”, Ä…", ""]
        {
            assert_eq!(twice(right), Twice::No, "{right}");
        }
    }
}

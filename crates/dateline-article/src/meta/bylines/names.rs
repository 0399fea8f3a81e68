//! The shapes of names in a byline: persons, desks, agencies; and how they follow each other.

use super::tables::{agency_at, starts_with_folded, tables};
use dateline_lexicon::months;

/// Longest person's name in words.
const LONGEST_NAME: usize = 5;
/// How many words of a job title are looked through for its noun.
const LONGEST_ROLE: usize = 6;
/// Most names one byline gives; a longer list is a list of something else.
const MOST_NAMES: usize = 20;

/// Small words inside of names, lower case.
const PARTICLES: [&str; 27] = [
    "de", "da", "das", "do", "dos", "del", "della", "der", "den", "di", "du", "van", "von", "bin", "ibn", "bint", "al",
    "el", "la", "le", "ter", "ten", "zu", "af", "av", "y", "vom",
];
/// Words between the last two names.
const ANDS: [&str; 20] = [
    "and", "und", "et", "y", "e", "ed", "i", "en", "och", "og", "ja", "a", "ve", "dan", "и", "та", "й", "és", "with",
    "mit",
];

/// One entry of a byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    Person(String),
    Desk(String),
    Agency { name: String, short: &'static str },
}

/// Names found at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Names {
    pub(super) names: Vec<String>,
    pub(super) wire: Option<&'static str>,
    /// Bytes taken.
    pub(super) end: usize,
}

/// Reads names from the start of `text` for as long as names follow each other.
///
/// An agency alone, or joined to persons by "and", is one of the writers; after a comma or nothing ("…, AP News") it
/// says where they work, and only the wire is kept.
pub(super) fn names_at(text: &str) -> Option<Names> {
    let mut out = Names::default();
    let mut joined_by_and = true;
    let mut at = 0;
    while out.names.len() < MOST_NAMES {
        let rest = text.get(at..)?;
        let Some((entry, taken)) = entry_at(rest) else { break };
        at += taken;
        out.end = at;
        match entry {
            Entry::Person(name) | Entry::Desk(name) => push(&mut out.names, name),
            Entry::Agency { name, short } => {
                out.wire = out.wire.or(Some(short));
                if out.names.is_empty() || joined_by_and {
                    push(&mut out.names, name);
                }
            }
        }
        let Some((taken, and)) = separator_at(text.get(at..)?) else {
            // "Ada Brook The Associated Press": where they work, without a mark between.
            if let Some((taken, short)) = affiliation_at(text.get(at..)?) {
                out.wire = out.wire.or(Some(short));
                out.end = at + taken;
            }
            break;
        };
        joined_by_and = and;
        at += taken;
    }
    (out.end > 0).then_some(out)
}

/// Adds a name that is not there yet.
pub(super) fn push(names: &mut Vec<String>, name: String) {
    if !names.iter().any(|n| n.to_lowercase() == name.to_lowercase()) {
        names.push(name);
    }
}

fn affiliation_at(rest: &str) -> Option<(usize, &'static str)> {
    let trimmed = rest.trim_start();
    let (taken, short) = agency_at(trimmed)?;
    Some((rest.len() - trimmed.len() + taken, short))
}

/// A comma, a word for "and", a bar: bytes taken, and whether it is an "and".
fn separator_at(rest: &str) -> Option<(usize, bool)> {
    let trimmed = rest.trim_start();
    let led = rest.len() - trimmed.len();
    let (mut taken, mut and) = (led, false);
    let mark = trimmed.chars().next()?;
    if matches!(mark, ',' | ';' | '/' | '|' | '&' | '·' | '•' | '、' | '،') {
        taken += mark.len_utf8();
        and = mark == '&';
    } else if led == 0 {
        return None;
    }
    let after = rest.get(taken..)?;
    let after_trimmed = after.trim_start();
    let gap = after.len() - after_trimmed.len();
    for word in ANDS {
        if let Some(n) = starts_with_folded(after_trimmed, word) {
            let tail = after_trimmed.get(n..)?;
            if tail.starts_with(char::is_whitespace) {
                let skipped = tail.len() - tail.trim_start().len();
                return Some((taken + gap + n + skipped, true));
            }
        }
    }
    (taken > led).then_some((taken + gap, and))
}

fn entry_at(text: &str) -> Option<(Entry, usize)> {
    if let Some((taken, short)) = agency_at(text) {
        let name = text.get(..taken)?.to_owned();
        return Some((Entry::Agency { name, short }, taken));
    }
    if let Some(taken) = desk_at(text) {
        return Some((Entry::Desk(text.get(..taken)?.trim().to_owned()), taken));
    }
    let (name, taken) = person_at(text)?;
    Some((Entry::Person(name), taken))
}

/// A word of the text with where it ends.
struct Piece<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// Words parted by single white space, up to the first other mark.
fn pieces(text: &str, most: usize) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while out.len() < most {
        let Some(rest) = text.get(at..) else { break };
        let led = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
        if led == 0 && at > 0 {
            break;
        }
        let start = at + led;
        let Some(rest) = text.get(start..) else { break };
        let mut end = start;
        for (i, c) in rest.char_indices() {
            let inner =
                c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '‑') || ('\u{300}'..='\u{36f}').contains(&c);
            // The full stop of an initial belongs to it, and so does that of "St." and "Jr.".
            let dot = c == '.' && (end - start <= 4) && end > start;
            if !(inner || dot) {
                break;
            }
            end = start + i + c.len_utf8();
        }
        let Some(word) = text.get(start..end).filter(|w| !w.is_empty()) else { break };
        out.push(Piece { text: word, start, end });
        at = end;
    }
    out
}

fn is_capital(word: &str) -> bool {
    let mut letters = word.trim_start_matches(['\'', '’']).chars();
    letters.next().is_some_and(char::is_uppercase)
        || ["al-", "el-", "d'", "d’", "o'", "ash-", "ad-"]
            .iter()
            .any(|p| word.strip_prefix(p).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase))
}

fn lower(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}

fn is_role(word: &str) -> bool {
    tables().roles.contains(lower(word).as_str())
}

/// Whether the word from `start` to `end` of the text cannot be part of a person's name.
fn is_barred(text: &str, word: &Piece<'_>) -> bool {
    let folded = lower(word.text);
    // Months are given names as well in some language or other (Marta, April), so a number must follow.
    let before_number = || {
        let rest = text.get(word.end..).unwrap_or_default().trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit()) && months::month(word.text, None).is_some()
    };
    tables().not_names.contains(folded.as_str())
        || before_number()
        || word.text.chars().count() > 3 && months::weekday(word.text, Some("en")).is_some()
}

/// A person's name at the start of the text, without the job title after it; bytes taken with the title.
fn person_at(text: &str) -> Option<(String, usize)> {
    let words = pieces(text, LONGEST_NAME + LONGEST_ROLE);
    let mut count = 0;
    for (i, word) in words.iter().enumerate().take(LONGEST_NAME) {
        let particle = i > 0 && PARTICLES.contains(&word.text.to_lowercase().as_str());
        let agency = i >= 2 && text.get(word.start..).and_then(agency_at).is_some();
        if agency || is_barred(text, word) && !particle || is_role(word.text) || !(is_capital(word.text) || particle) {
            break;
        }
        if particle || i + 1 == words.len() || !word.text.ends_with('.') || word.text.chars().count() <= 4 {
            count = i + 1;
        }
        // A full stop after a whole word ends the name ("… Ada Brook. She").
        if word.text.ends_with('.') && word.text.chars().filter(|c| c.is_alphabetic()).count() > 3 {
            break;
        }
    }
    while count > 0 && words.get(count - 1).is_some_and(|w| PARTICLES.contains(&w.text)) {
        count -= 1;
    }
    let role = role_after(text, &words, count);
    let (count, end) = match role {
        Some((name_words, end)) => (name_words, end),
        None => (count, words.get(count.checked_sub(1)?)?.end),
    };
    let last = words.get(count.checked_sub(1)?)?;
    let name = once(text.get(words.first()?.start..last.end)?.trim());
    let first = lower(words.first()?.text);
    if tables().cues.iter().any(|c| c.words == first) {
        return None;
    }
    (count >= 2 && name.chars().count() <= 60).then(|| (name.to_owned(), end))
}

/// A name that is written twice in a row (text and label of one link), once.
fn once(name: &str) -> &str {
    let half = name.len() / 2;
    match (name.get(..half), name.get(half + 1..)) {
        (Some(a), Some(b)) if a == b => a,
        _ => name,
    }
}

/// Where a job title follows the name in the same run of words: words of the name, bytes with the title.
fn role_after(text: &str, words: &[Piece<'_>], count: usize) -> Option<(usize, usize)> {
    let noun = words.iter().enumerate().skip(2).find(|(_, w)| is_role(w.text)).map(|(i, _)| i)?;
    // Initials and particles lengthen the name, otherwise it is the first two words.
    let mut name = 2;
    while name < count.min(noun) {
        let before = words.get(name - 1).map_or("", |w| w.text);
        if before.ends_with('.') || PARTICLES.contains(&before.to_lowercase().as_str()) { name += 1 } else { break }
    }
    if count < 2 {
        return None;
    }
    // The last noun of the title: "Political Editor in Chief" would be cut at its first one.
    let last = words.iter().enumerate().skip(noun).take_while(|(i, w)| *i == noun || is_role(w.text)).last()?.1;
    let mut end = last.end;
    if let Some(place) = text.get(end..).and_then(|t| starts_with_folded(t, " in ")) {
        let after = text.get(end + place..)?;
        end += place + pieces(after, 3).iter().take_while(|w| is_capital(w.text)).last().map_or(0, |w| w.end);
    }
    Some((name, end))
}

/// Two to four Han or Hangul characters, which write a whole name without a space.
pub(super) fn han_name_at(text: &str) -> Option<(String, usize)> {
    let han = |c: char| matches!(u32::from(c), 0x4e00..=0x9fff | 0xac00..=0xd7af);
    let end = text.char_indices().find(|&(_, c)| !han(c) && c != '・').map_or(text.len(), |(i, _)| i);
    let name = text.get(..end)?;
    (2..=4).contains(&name.chars().count()).then(|| (name.to_owned(), end))
}

/// A desk at the start of the text ("The Harbour Post news desk"): bytes taken.
fn desk_at(text: &str) -> Option<usize> {
    for start in &tables().desk_starts {
        if let Some(n) = starts_with_folded(text, start) {
            let rest = text.get(n..)?;
            if rest.is_empty() {
                return Some(n);
            }
            let after = pieces(rest, 4);
            if let (true, Some(last)) = (rest.starts_with(' '), after.last()) {
                return Some(n + last.end);
            }
        }
    }
    for (at, word) in pieces(text, 8).into_iter().enumerate() {
        let small = matches!(word.text, "of" | "de" | "for" | "und" | "and");
        let rest = text.get(word.start..)?;
        if at > 0 {
            for desk in &tables().desk_ends {
                if let Some(n) = starts_with_folded(rest, desk)
                    && !rest.get(n..)?.chars().next().is_some_and(char::is_alphanumeric)
                {
                    return Some(word.start + n);
                }
            }
        }
        if word.text == "and" || !(is_capital(word.text) || small && at > 0) {
            return None;
        }
    }
    None
}

/// The outlet a desk belongs to: the desk's name without the words that make it a desk.
pub(super) fn outlet_of_desk(desk: &str) -> Option<&str> {
    for end in &tables().desk_ends {
        let cut = desk.len().checked_sub(end.len())?;
        let (head, tail) = (desk.get(..cut), desk.get(cut..));
        if let (Some(head), Some(tail)) = (head, tail)
            && tail.to_lowercase() == **end
            && head.ends_with(' ')
            && !head.trim().is_empty()
        {
            return Some(head.trim());
        }
    }
    None
}

/// Whether a name as a whole is a desk's: a desk's words alone ("Newsroom") or with the outlet's name beside them.
pub(super) fn is_desk(name: &str) -> bool {
    let name = name.trim();
    let whole = |words: &&'static str| starts_with_folded(name, words) == Some(name.len());
    desk_at(name).is_some_and(|n| n == name.len()) || tables().desk_ends.iter().chain(&tables().desk_starts).any(whole)
}

//! Offices beside names: "Defence Minister Rasa Oak", "Rasa Oak, the defence minister,".

use super::tokens::Tokens;
use dateline_lexicon::names::Role;
use dateline_text::Span;
use std::ops::Range;

/// The words of the office before a person's name that begins at word `first`, and the gender that a form of address
/// there shows.
pub(super) fn before(t: &Tokens, first: usize) -> (Option<Range<usize>>, Option<char>) {
    let mut start = first;
    let mut headed = false;
    let mut gender = None;
    while start > 0 && first - start < 14 {
        let mut b = start - 1;
        if t.text(b) == "." && b > 0 {
            b -= 1;
        }
        if !close(t, b, start) {
            break;
        }
        let link = matches!(t.text(b), "of" | "for" | "and" | "the" | "-" | "’s" | "'s");
        let chain = matches!(t.text(b), "the" | "of") && b > 1 && {
            let before = if t.text(b) == "the" && t.text(b - 1) == "of" { b - 2 } else { b - 1 };
            before < b && t.role(before).is_some()
        };
        match t.role(b) {
            Some(Role::Honorific) => {
                gender = gender.or(t.lexicon.names.role(t.folded(b)).and_then(|r| r.1));
            }
            Some(Role::Head) => headed = true,
            Some(Role::Modifier) => {}
            None if t.is_name(b) && headed && belongs(t, b) => {}
            None if chain => {}
            None if link && headed && b > 0 && t.is_name(b - 1) && t.is_name(b + 1) => {}
            None if matches!(t.text(b), "-" | "’s" | "'s") && headed && b > 0 => {}
            None => break,
        }
        start = b;
    }
    while start < first && matches!(t.text(start), "the" | "’s" | "'s" | "-" | "of" | "and" | "for" | ".") {
        start += 1;
    }
    (headed.then_some(start..first).filter(|r| !r.is_empty()), gender)
}

/// The office before a name that begins at word `first`, parted from it by a comma: "The mayor of Osmund, Rasa Oak, said".
/// The sentence must begin with it, and the name be closed by a comma too.
pub(super) fn introduced(t: &Tokens, first: usize, last: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let comma = first.checked_sub(1).filter(|c| t.text(*c) == "," && t.text(last + 1) == ",")?;
    let start = sentence.start + usize::from(t.folded(sentence.start) == "the");
    let whole = start > sentence.start || t.role(sentence.start).is_some() || belongs(t, sentence.start);
    let short = whole && start < comma && comma - start <= 9;
    let marks = short && (start..comma).any(|i| matches!(t.text(i), "," | ";" | ":" | "(" | "”" | "\""));
    let headed = (start..comma).take(4).any(|i| t.role(i) == Some(Role::Head));
    (short && !marks && headed).then_some(start..comma)
}

/// A nationality, place or short organisation before an office: "Lithuanian", "Kyiv", "NATO".
fn belongs(t: &Tokens, i: usize) -> bool {
    let key = t.folded(i);
    t.lexicon.places.demonym(key).is_some() || t.lexicon.names.known(key).is_some() || t.lexicon.places.is_named(key)
}

fn close(t: &Tokens, from: usize, to: usize) -> bool {
    (from..to).all(|i| t.adjacent(i))
}

/// The office after a name whose last word is `last`: "…, the defence minister,".
pub(super) fn after(t: &Tokens, last: usize, end: usize) -> Option<Range<usize>> {
    let mut at = last + 1;
    if t.text(at) != "," {
        return None;
    }
    at += 1;
    if matches!(t.text(at), "the" | "a" | "an" | "its" | "his" | "her" | "their") {
        at += 1;
    }
    let start = at;
    let mut headed = false;
    while at < end
        && at < start + 16
        && !matches!(t.text(at), "," | "." | ";" | ":" | "who" | "that" | "—" | "–" | "(" | ")" | "”" | "\"")
    {
        headed = headed || t.role(at) == Some(Role::Head) && at < start + 7;
        at += 1;
    }
    let closed = matches!(t.text(at), "," | "." | ";" | "—" | "–");
    (headed && closed).then_some(start..at)
}

/// The span of a range of words.
pub(super) fn span(t: &Tokens, words: &Range<usize>) -> Option<Span> {
    let first = t.words.get(words.start)?.span;
    let last = t.words.get(words.end.checked_sub(1)?)?.span;
    Some(first.cover(last))
}

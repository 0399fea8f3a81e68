//! Who wrote a page: persons, desks and agencies, as its lines and fields name them. Nobody is invented.

mod names;
mod outlets;
mod tables;

#[cfg(test)]
mod tests;

use super::dates;
use crate::WriterKind;
use names::{Names, names_at};
pub(crate) use outlets::{Kinship, kinship};
use std::ops::Range;
use tables::{agency_at, starts_with_folded, tables};

/// A byline is a line of its own, not a paragraph.
const LONGEST_LINE: usize = 240;

/// Who a byline or a field names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Credit {
    /// Persons, desks and agencies named as writers, in order.
    pub(crate) names: Vec<String>,
    /// The agency credited, by its short name ("AP").
    pub(crate) wire: Option<&'static str>,
}

/// What a line says about who wrote the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// The writers.
    Names(Credit),
    /// A cue alone ("By"): the names stand on the lines that follow.
    CueAlone,
}

impl From<Names> for Credit {
    fn from(n: Names) -> Credit {
        Credit { names: n.names, wire: n.wire }
    }
}

/// Reads a line that says by a cue word, a date beside the name or a signature's dash who wrote the page.
///
/// ```text
/// by Ada Brook and The Harbour Post news desk January 26, 2024 10:06 AM 2 min read
/// , 1 November 2024, 16:25 - Ada Brook
/// – Ada Brook and Ben Ode, AP News
/// ```
pub(crate) fn line(text: &str, hint: dates::Hint<'_>) -> Option<Line> {
    let text = text.trim();
    if text.len() > LONGEST_LINE {
        return None;
    }
    if let Some(found) = after_cue(text) {
        return Some(found);
    }
    if let Some(signed) = text.strip_prefix(['–', '—', '-', '―']) {
        let signed = signed.trim_start();
        return whole(signed).filter(|c| !c.names.is_empty()).map(Line::Names);
    }
    if let Some(names) = labelled_inside(text) {
        return Some(Line::Names(Credit { names, wire: None }));
    }
    let found = dates::find_all(text, hint);
    let dated = found.first()?.range.start..found.last()?.range.end;
    beside_date(text, &dated).map(Line::Names)
}

/// Reads a line that is names and nothing else ("Ada Brook", "Ada Brook Political Correspondent", "Ada Brook and AP").
///
/// Only a place beside the page's title or date makes such a line a byline; the caller decides that.
pub(crate) fn bare(text: &str) -> Option<Credit> {
    let text = text.trim();
    if text.len() > 120 {
        return None;
    }
    whole(text)
}

/// Reads a field that holds authors and nothing else ("By Ada Brook, Ben Ode", "Ada Brook; AFP", "ada brook").
pub(crate) fn field(text: &str) -> Credit {
    let mut out = Credit::default();
    let text = text.trim();
    let text = match cue_at(text) {
        Some((n, true)) | Some((n, false)) => text.get(n..).unwrap_or_default(),
        None => text,
    };
    for piece in text.split([';', '|', '\n', '•', '、']) {
        let piece = piece.trim().trim_matches([',', '-', '–']).trim();
        let piece = without_role(piece);
        if piece.is_empty()
            || piece.contains("://")
            || piece.starts_with('@')
            || piece.contains('@') && !piece.contains(' ')
        {
            continue;
        }
        match names_at(piece) {
            Some(found) if closes(piece.get(found.end..).unwrap_or_default()) && !found.names.is_empty() => {
                for name in found.names {
                    names::push(&mut out.names, name);
                }
                out.wire = out.wire.or(found.wire);
            }
            _ => {
                for part in split_loosely(piece) {
                    names::push(&mut out.names, part.to_owned());
                }
            }
        }
    }
    out
}

/// A name in Han or Hangul without the job title before or after it ("홍길동 기자", "记者 张三").
fn without_role(piece: &str) -> &str {
    let Some((first, last)) = piece.split_once(' ') else { return piece };
    let is_name = |t: &str| names::han_name_at(t).is_some_and(|(_, end)| end == t.len());
    let is_role = |t: &str| tables().roles.contains(t.trim_matches([':', '：']));
    if is_role(last) && is_name(first) {
        first
    } else if is_role(first) && is_name(last) {
        last
    } else {
        piece
    }
}

/// Parts of a field whose names have no shape that is known (lower case, initials): parted at "and", and at commas where both sides are whole names.
fn split_loosely(piece: &str) -> Vec<&str> {
    let by_and: Vec<&str> = [" and ", " und ", " & "]
        .iter()
        .fold(vec![piece], |parts, and| parts.into_iter().flat_map(|p| p.split(and)).collect());
    let mut out = Vec::new();
    for part in by_and {
        let commas: Vec<&str> = part.split(", ").collect();
        if commas.iter().all(|p| p.split_whitespace().count() > 1) {
            out.extend(commas.into_iter().map(str::trim));
        } else {
            out.push(part.trim());
        }
    }
    out.retain(|p| !p.is_empty());
    out
}

/// A cue at the start: bytes with the colon and white space after it, and whether it is a label.
fn cue_at(text: &str) -> Option<(usize, bool)> {
    let first = text.chars().next()?.to_lowercase().next()?;
    for cue in tables().cues.iter().filter(|c| c.words.starts_with(first)) {
        let Some(n) = starts_with_folded(text, cue.words) else { continue };
        let rest = text.get(n..)?;
        let after = rest.trim_start_matches([':', ' ', '\u{a0}', '\t', '：']);
        let gap = rest.len() - after.len();
        let colon = rest.trim_start().starts_with([':', '：']);
        // A noun needs its colon, unless it ends in a preposition of its own ("written by").
        let opens = if cue.label { colon || cue.words.contains(' ') && gap > 0 } else { gap > 0 };
        if opens || rest.is_empty() {
            return Some((n + gap, cue.label));
        }
    }
    None
}

fn after_cue(text: &str) -> Option<Line> {
    let (n, _) = cue_at(text)?;
    let rest = text.get(n..)?;
    if rest.is_empty() {
        return Some(Line::CueAlone);
    }
    if let Some(names) = han_names(rest) {
        return Some(Line::Names(Credit { names, wire: None }));
    }
    let found = names_at(rest)?;
    let tail = rest.get(found.end..)?;
    (!found.names.is_empty() && closes(tail)).then(|| Line::Names(found.into()))
}

/// Names after a label inside of a line, in writing that parts nothing by case ("来源：海风日报 作者：林小舟").
fn labelled_inside(text: &str) -> Option<Vec<String>> {
    const LABELS: [&str; 8] = ["作者", "记者", "記者", "文", "撰文", "文字", "글", "기자"];
    let (at, length) = text.char_indices().filter(|(_, c)| matches!(c, ':' | '：')).find_map(|(at, c)| {
        let before = text.get(..at)?.trim_end();
        let label = LABELS.iter().find(|l| before.ends_with(**l))?;
        let open = before.strip_suffix(label)?.chars().next_back().is_none_or(|c| !c.is_alphabetic());
        open.then_some((at, c.len_utf8()))
    })?;
    let rest = text.get(at + length..)?.trim_start();
    let (first, end) = names::han_name_at(rest)?;
    let closed = rest.get(end..)?.chars().next().is_none_or(|c| !c.is_alphabetic());
    closed.then(|| vec![first])
}

/// Names in Han or Hangul characters after a cue, parted by marks. Without a cue any two characters could be a name.
fn han_names(rest: &str) -> Option<Vec<String>> {
    let mut out = Vec::new();
    for part in rest.trim_end_matches([')', '）', '】']).split(['、', ',', '，', ' ', '/']).filter(|p| !p.is_empty())
    {
        let (name, end) = names::han_name_at(part)?;
        if end != part.len() {
            return None;
        }
        out.push(name);
    }
    (!out.is_empty()).then_some(out)
}

/// Whether what follows the names is not the rest of a sentence: nothing, a mark, a number, a date's month or label.
fn closes(tail: &str) -> bool {
    let trimmed = tail.trim_start();
    let Some(c) = trimmed.chars().next() else { return true };
    if matches!(c, '|' | '·' | '•' | '-' | '–' | '—' | '(' | ')' | '/' | '@' | ':') || c.is_numeric() {
        return true;
    }
    if matches!(c, ',' | '.') {
        // ", Frankfurt", ", CNN", ". Updated …": short, or a date.
        let rest = trimmed.get(1..).unwrap_or_default().trim();
        return rest.chars().count() <= 40 || dates::find_in_line(rest, dates::Hint::default()).is_some();
    }
    let word: String = trimmed.chars().take_while(|c| c.is_alphabetic()).collect();
    let lower = word.to_lowercase();
    dateline_lexicon::months::month(&word, None).is_some()
        || dateline_lexicon::months::weekday(&word, None).is_some()
        || tables().not_names.contains(lower.as_str())
        || trimmed.chars().count() <= 30 && agency_at(trimmed).is_none() && !trimmed.ends_with(['.', '!', '?'])
}

/// The whole text is names, perhaps with where they work or from where they write.
fn whole(text: &str) -> Option<Credit> {
    let found = names_at(text)?;
    let tail = text.get(found.end..)?.trim();
    let quiet = tail.is_empty() || tail.chars().all(|c| matches!(c, '.' | ',' | ';' | '|' | '·' | '-' | '–'));
    let place = tail.strip_prefix([',', '–', '-', '·', '|']).is_some_and(|t| {
        let t = t.trim();
        t.split_whitespace().count() <= 3
            && t.chars().next().is_some_and(char::is_uppercase)
            && !t.contains(['.', ':', '!', '?'])
    });
    (quiet || place).then(|| found.into())
}

/// Names before or after the dates of a line, with nothing but marks and labels beside them.
fn beside_date(text: &str, dated: &Range<usize>) -> Option<Credit> {
    let after = text.get(dated.end..)?.trim_start_matches([' ', '-', '–', '—', '|', ',', '·', '•', '/', ':', '.']);
    if let Some(found) = whole(after) {
        return Some(found);
    }
    let before = text.get(..dated.start)?;
    let found = names_at(before)?;
    let between = before.get(found.end..)?.trim();
    let parted = between.is_empty() || between.starts_with(['|', '·', '•', '-', '–', '—', ',', '(', '/']);
    // A sentence that opens with a name and holds a date goes on after it.
    let short = between.split_whitespace().count() <= 6 && text.get(dated.end..)?.split_whitespace().count() <= 10;
    (parted && short && !found.names.is_empty()).then(|| found.into())
}

/// The agency whose report a paragraph is by its opening: "KYIV (AP) —", "Berlin, 5 May (Reuters) -", "PARIS, Reuters –".
/// Behind a place in capitals, capitals in brackets are an agency even where it is not a known one.
pub(crate) fn wire_of_dateline(paragraph: &str) -> Option<&str> {
    let end = paragraph.char_indices().nth(90).map_or(paragraph.len(), |(i, _)| i);
    let head = paragraph.get(..end)?;
    if let Some(open) = head.find('(') {
        let inside = head.get(open + 1..)?;
        let place = head.get(..open)?;
        if let Some((n, short)) = agency_at(inside).or_else(|| unknown_agency(place, inside)) {
            let rest = inside.get(n..)?.strip_prefix(')')?.trim_start();
            let opens = place.split_whitespace().count() <= 8 && !place.contains(['"', '“', '”']);
            return (opens && rest.starts_with(['-', '–', '—', '―', ':'])).then_some(short);
        }
    }
    let dash = head.find(['—', '–', '-']).filter(|&d| d > 1)?;
    let before = head.get(..dash)?.trim_end();
    let start = before.rfind([',', '/']).map_or(0, |i| i + 1);
    let last = before.get(start..)?.trim_start();
    let (n, short) = agency_at(last)?;
    (n == last.len() && before.split_whitespace().count() <= 6).then_some(short)
}

/// Two to six capitals that close their bracket, behind a place whose first word is in capitals too.
fn unknown_agency<'t>(place: &str, inside: &'t str) -> Option<(usize, &'t str)> {
    let short = inside.get(..inside.find(')')?)?;
    let capitals = |t: &str| t.chars().count() >= 2 && t.chars().all(char::is_uppercase);
    let city = place.split([' ', ',']).next()?;
    (capitals(short) && short.chars().count() <= 6 && capitals(city)).then_some((short.len(), short))
}

/// The agency a short line credits and says nothing else: "(AP)", "SDA/abc", "Quelle: dpa", "Source: AFP", "dpa, Reuters".
pub(crate) fn wire_alone(text: &str) -> Option<&'static str> {
    const LABELS: [&str; 8] = ["quelle", "source", "sources", "fuente", "fonte", "źródło", "zdroj", "источник"];
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    if text.chars().count() > 40 {
        return None;
    }
    let labelled = LABELS.iter().find_map(|l| {
        let n = starts_with_folded(text, l)?;
        text.get(n..)?.strip_prefix(':').map(str::trim_start)
    });
    let text = labelled.unwrap_or(text);
    let (n, short) = agency_at(text)?;
    let rest = text.get(n..)?;
    let initials = |t: &str| t.split(['/', ',', '-']).all(|p| p.trim().chars().count() <= 8 && !p.trim().contains(' '));
    (rest.is_empty() || rest.starts_with(['/', ',']) && initials(rest.get(1..)?)).then_some(short)
}

/// The agency whose own name this is, by its short name ("The Associated Press" → "AP").
pub(crate) fn agency(name: &str) -> Option<&'static str> {
    let name = name.trim();
    agency_at(name).filter(|(n, _)| *n == name.len()).map(|(_, short)| short)
}

/// The outlet a desk writes for ("The Harbour Post news desk" → "The Harbour Post").
pub(crate) fn outlet_of_desk(byline: &str) -> Option<&str> {
    names::outlet_of_desk(byline)
}

/// Whether a word is a job title of writers.
pub(crate) fn is_role(word: &str) -> bool {
    tables().roles.contains(word.trim().to_lowercase().as_str())
}

/// Whether a name in a field is an account's and nobody's.
pub(crate) fn is_account(name: &str) -> bool {
    agency_at(name).is_none() && tables::is_account(name)
}

/// What a byline is; `outlets` are the names of the page's outlet, as written or folded.
pub(crate) fn kind<'o>(name: &str, outlets: impl Iterator<Item = &'o str>) -> WriterKind {
    if agency(name).is_some() {
        return WriterKind::Agency;
    }
    match kinship(name, outlets) {
        Kinship::Same => WriterKind::Outlet,
        _ if name.contains('.') && !name.contains(' ') => WriterKind::Outlet,
        Kinship::Part => WriterKind::Desk,
        Kinship::None if names::is_desk(name) => WriterKind::Desk,
        Kinship::None => WriterKind::Person,
    }
}

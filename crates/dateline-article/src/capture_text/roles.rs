//! What each line is by itself and its neighbours, before the body is looked for.

use super::captions::{Caption, caption};
use super::lines::Line;
use super::marks::{Mark, mark};
use crate::meta::{bylines, dates};
use dateline_text::fold;
use std::collections::BTreeSet;

/// Longest line that can be a line of dates.
const LONGEST_DATED: usize = 16;
/// Longest description beside a line that only credits.
const LONGEST_DESCRIPTION: usize = 50;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    Prose,
    /// A short whole sentence ("He declined.").
    ShortSentence,
    /// An entry that begins with a bullet, dash or number.
    Item,
    /// Long enough for a headline, and no sentence.
    Loose,
    /// A few words.
    Short,
    /// Under a picture.
    Caption,
    /// Names who wrote the page.
    Byline,
    /// Dates, perhaps with labels.
    Dated,
    /// Points to another page.
    Teaser,
    /// Stands in the outlet's other captures too.
    Repeated,
    /// Says what it is by its words.
    Mark(Mark),
}

/// Marks the lines that the outlet repeats, those aside that say what they are by their words, and bylines and dates:
/// an outlet's few writers stand on many of its pages.
pub(super) fn mark_repeated(lines: &[Line<'_>], roles: &mut [Role], repeated: &BTreeSet<String>, title: &str) {
    for (line, role) in lines.iter().zip(roles) {
        if !matches!(role, Role::Mark(_) | Role::Byline | Role::Dated)
            && line.text != title
            && repeated.contains(&fold(line.text))
        {
            *role = Role::Repeated;
        }
    }
}

/// The role of every line.
pub(super) fn roles(lines: &[Line<'_>], hint: dates::Hint<'_>) -> Vec<Role> {
    let mut out: Vec<Role> = lines.iter().map(|l| alone(l, hint)).collect();
    describe_pictures(lines, &mut out);
    twice_under_pictures(lines, &mut out);
    beside_promotion(lines, &mut out);
    point_elsewhere(lines, &mut out);
    headline_and_summary(lines, &mut out);
    after_colon(lines, &mut out);
    out
}

fn alone(line: &Line<'_>, hint: dates::Hint<'_>) -> Role {
    if let Some(mark) = mark(line.text, line.words) {
        return Role::Mark(mark);
    }
    if caption(line.text, line.words).is_some() {
        return Role::Caption;
    }
    if line.words <= 30 && bylines::line(line.text, hint).is_some() {
        return Role::Byline;
    }
    if line.words <= LONGEST_DATED && !line.ends_sentence && !dates::find_all(line.text, hint).is_empty() {
        return Role::Dated;
    }
    if line.is_prose() {
        Role::Prose
    } else if is_item(line.text) && line.words >= 2 {
        Role::Item
    } else if line.ends_sentence && line.words >= 2 {
        Role::ShortSentence
    } else if line.words >= 7 {
        Role::Loose
    } else {
        Role::Short
    }
}

/// Whether a line begins as an entry of a list does.
pub(super) fn is_item(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if matches!(first, '•' | '●' | '◦' | '▪' | '■' | '‣' | '·' | '►') {
        return true;
    }
    if matches!(first, '-' | '–' | '*') {
        return text.chars().nth(1).is_some_and(char::is_whitespace);
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    (1..=2).contains(&digits) && {
        let mut rest = text.chars().skip(digits);
        matches!(rest.next(), Some('.' | ')')) && rest.next().is_some_and(char::is_whitespace)
    }
}

/// A line that only credits a picture makes its neighbour in the group the caption.
fn describe_pictures(lines: &[Line<'_>], roles: &mut [Role]) {
    for i in 0..lines.len() {
        let Some(line) = lines.get(i).filter(|l| caption(l.text, l.words) == Some(Caption::CreditOnly)) else {
            continue;
        };
        if roles.get(i) != Some(&Role::Caption) {
            continue;
        }
        let describes = |k: usize, roles: &[Role]| {
            lines.get(k).is_some_and(|l| l.group == line.group && l.words <= LONGEST_DESCRIPTION && l.words >= 3)
                && !matches!(roles.get(k), Some(Role::Mark(_) | Role::Byline | Role::Caption))
        };
        let beside =
            i.checked_sub(1).filter(|&k| describes(k, roles)).or_else(|| Some(i + 1).filter(|&k| describes(k, roles)));
        if let Some(role) = beside.and_then(|k| roles.get_mut(k)) {
            *role = Role::Caption;
        }
    }
}

/// Lines after "read also" that are no running text point to other pages, up to the next paragraph that stands alone.
fn point_elsewhere(lines: &[Line<'_>], roles: &mut [Role]) {
    let mut pointing: Option<usize> = None;
    for i in 0..lines.len() {
        let (Some(line), Some(role)) = (lines.get(i), roles.get(i).copied()) else { continue };
        if role == Role::Mark(Mark::Teaser) {
            // "Read also: Ferries stop" is pointer and label in one.
            pointing = Some(line.group);
            continue;
        }
        let Some(group) = pointing else { continue };
        let same = line.group == group;
        let near = line.group <= group + 6;
        match role {
            Role::Prose | Role::ShortSentence if !same => pointing = None,
            Role::Mark(Mark::Ad | Mark::Share | Mark::Media) => {}
            Role::Mark(_) => pointing = None,
            _ if same || near => {
                if let Some(role) = roles.get_mut(i) {
                    *role = Role::Teaser;
                }
            }
            _ => pointing = None,
        }
    }
}

/// How far apart a caption and its copy stand, in lines.
const COPY_REACH: usize = 8;
/// More paragraphs than this standing twice are an article saved twice, not captions.
const MOST_COPIES: usize = 3;

/// A sentence that stands twice close together is the caption of a picture and of its enlarged view.
fn twice_under_pictures(lines: &[Line<'_>], roles: &mut [Role]) {
    let mut copies: Vec<usize> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if !matches!(roles.get(i), Some(Role::Prose | Role::ShortSentence)) || line.words < 6 {
            continue;
        }
        let near = lines.iter().enumerate().skip(i + 1).take(COPY_REACH);
        if let Some((k, _)) = near.into_iter().find(|(_, other)| other.text == line.text) {
            copies.extend([i, k]);
        }
    }
    if copies.len() > 2 * MOST_COPIES {
        return;
    }
    for i in copies {
        if let Some(role) = roles.get_mut(i) {
            *role = Role::Caption;
        }
    }
}

/// Sentences that go on after a promotion's in one group are the promotion's, unless the whole article is one group.
fn beside_promotion(lines: &[Line<'_>], roles: &mut [Role]) {
    const REACH: usize = 3;
    const LARGE: usize = 8;
    let mut start = 0;
    while let Some(group) = lines.get(start).map(|l| l.group) {
        let end = lines.iter().skip(start).position(|l| l.group != group).map_or(lines.len(), |n| start + n);
        let prose = (start..end).filter(|&i| roles.get(i) == Some(&Role::Prose)).count();
        if prose < LARGE {
            let promos: Vec<usize> = (start..end).filter(|&i| roles.get(i) == Some(&Role::Mark(Mark::Promo))).collect();
            for i in promos.into_iter().flat_map(|p| p..(p + REACH + 1).min(end)) {
                let small = lines.get(i).is_some_and(|l| l.words <= 40);
                if let Some(role) =
                    roles.get_mut(i).filter(|r| small && !matches!(r, Role::Mark(_) | Role::Caption | Role::Byline))
                {
                    *role = Role::Mark(Mark::Promo);
                }
            }
        }
        start = end;
    }
}

/// Headline, a sentence or two, headline, a sentence or two: three times in a row it is a list of other pages.
fn headline_and_summary(lines: &[Line<'_>], roles: &mut [Role]) {
    const LEAST: usize = 3;
    const LONGEST_SUMMARY: usize = 45;
    let loose = |i: usize, roles: &[Role]| {
        roles.get(i) == Some(&Role::Loose) && lines.get(i).is_some_and(|l| !l.text.ends_with(':'))
    };
    let summary = |i: usize, roles: &[Role]| {
        matches!(roles.get(i), Some(Role::Prose | Role::ShortSentence))
            && lines.get(i).is_some_and(|l| l.words <= LONGEST_SUMMARY)
    };
    let mut i = 0;
    while i < lines.len() {
        let (mut at, mut pairs) = (i, 0);
        while loose(at, roles) && summary(at + 1, roles) {
            at += 2;
            pairs += 1;
            // A kicker or label between the entries.
            let small = matches!(roles.get(at), Some(Role::Short | Role::Dated | Role::Byline | Role::Caption));
            at += usize::from(small && loose(at + 1, roles));
        }
        if pairs >= LEAST {
            for role in roles.iter_mut().take(at).skip(i).filter(|r| !matches!(r, Role::Mark(_))) {
                *role = Role::Teaser;
            }
        }
        i = at.max(i + 1);
    }
}

/// Short lines in a row after a line that ends in a colon are the list it announces.
fn after_colon(lines: &[Line<'_>], roles: &mut [Role]) {
    let mut i = 0;
    while i < lines.len() {
        let announces = lines.get(i).is_some_and(|l| l.text.ends_with(':') && l.words >= 3)
            && matches!(roles.get(i), Some(Role::Loose | Role::Prose | Role::Short | Role::ShortSentence));
        i += 1;
        if !announces {
            continue;
        }
        let Some(group) = lines.get(i).map(|l| l.group) else { break };
        while lines.get(i).is_some_and(|l| l.group == group)
            && matches!(roles.get(i), Some(Role::Short | Role::Loose | Role::Item))
        {
            if let Some(role) = roles.get_mut(i) {
                *role = Role::Item;
            }
            i += 1;
        }
    }
}

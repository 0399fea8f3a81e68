//! The run of lines that is the article: the contiguous part of the page whose lines weigh most together.
//!
//! Maximum subsequence segmentation (Pasternack and Roth, "Extracting Article Text from the Web with Maximum
//! Subsequence Segmentation", WWW 2009) over lines instead of tokens, with weights by what a line is.

use super::lines::Line;
use super::marks::Mark;
use super::roles::Role;
use std::ops::Range;

/// The most that one paragraph weighs, so that a single wall of legal text does not outweigh an article.
const MOST: i64 = 60;
/// How much less running text weighs once comments or a feed have begun.
const AFTER_COMMENTS: i64 = 4;
/// Running text (words) before a mark of comments that makes the mark believable.
const BELIEVABLE: usize = 60;

/// The lines from the first to the last of the article's body; `None` where no line is running text.
pub(super) fn best(lines: &[Line<'_>], roles: &[Role]) -> Option<Range<usize>> {
    let weights = weights(lines, roles);
    let (mut best, mut best_sum) = (None, 0);
    let (mut start, mut sum) = (0, 0);
    for (i, weight) in weights.into_iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (i, 0);
        }
        sum += weight;
        if sum > best_sum {
            (best, best_sum) = (Some(start..i + 1), sum);
        }
    }
    best
}

fn weights(lines: &[Line<'_>], roles: &[Role]) -> Vec<i64> {
    let short_in_group = short_per_group(lines, roles);
    let (mut prose, mut divisor) = (0, 1);
    lines
        .iter()
        .zip(roles)
        .map(|(line, role)| {
            if *role == Role::Prose {
                prose += line.words;
            }
            if matches!(role, Role::Mark(Mark::Comments | Mark::Feed)) && prose >= BELIEVABLE {
                divisor = AFTER_COMMENTS;
            }
            let crowd = short_in_group.get(line.group).copied().unwrap_or(0);
            let weight = weight(line, *role, crowd);
            if weight > 0 { weight / divisor } else { weight }
        })
        .collect()
}

/// How many lines of each group are neither sentence nor list entry.
fn short_per_group(lines: &[Line<'_>], roles: &[Role]) -> Vec<usize> {
    let mut out = vec![0; lines.last().map_or(0, |l| l.group + 1)];
    for (line, role) in lines.iter().zip(roles) {
        if matches!(role, Role::Short | Role::Loose)
            && let Some(n) = out.get_mut(line.group)
        {
            *n += 1;
        }
    }
    out
}

fn weight(line: &Line<'_>, role: Role, crowd: usize) -> i64 {
    match role {
        Role::Prose => i64::try_from(line.words).unwrap_or(MOST).min(MOST),
        Role::ShortSentence => 1,
        Role::Item => 1,
        Role::Loose if line.text.ends_with(':') => 3,
        Role::Loose => -6,
        Role::Short if crowd >= 3 => -8,
        Role::Short => -4,
        Role::Caption => -1,
        Role::Byline | Role::Dated => -5,
        Role::Teaser => -5,
        Role::Repeated => -8,
        Role::Mark(Mark::Ad | Mark::Media) => -1,
        Role::Mark(Mark::Share) => -3,
        Role::Mark(Mark::Teaser) => -4,
        Role::Mark(Mark::Promo | Mark::Nav) => -8,
        Role::Mark(Mark::Author) => -40,
        Role::Mark(Mark::End) => -70,
        Role::Mark(Mark::Comments | Mark::Feed) => -100,
    }
}

/// Marks boxes inside of the run that point elsewhere: where paragraphs stand alone, a group that opens with a
/// headline and goes on with a sentence or two is another page's teaser.
pub(super) fn mark_boxes(lines: &[Line<'_>], roles: &mut [Role], run: &Range<usize>) {
    let prose = |i: usize| roles.get(i) == Some(&Role::Prose);
    let alone = |i: usize| {
        let group = lines.get(i).map(|l| l.group);
        let before = i.checked_sub(1).and_then(|k| lines.get(k)).map(|l| l.group);
        before != group && lines.get(i + 1).map(|l| l.group) != group
    };
    let words = |i: usize| lines.get(i).map_or(0, |l| l.words);
    let all: usize = run.clone().filter(|&i| prose(i)).map(words).sum();
    let single: usize = run.clone().filter(|&i| prose(i) && alone(i)).map(words).sum();
    if single * 10 < all * 7 {
        return;
    }
    let mut boxes: Vec<Range<usize>> = Vec::new();
    let mut i = run.start;
    while i < run.end {
        let Some(group) = lines.get(i).map(|l| l.group) else { break };
        let end = (i..lines.len()).find(|&k| lines.get(k).is_none_or(|l| l.group != group)).unwrap_or(lines.len());
        let headline = matches!(roles.get(i), Some(Role::Loose | Role::Short))
            && words(i) >= 4
            && lines.get(i).is_some_and(|l| !l.text.ends_with(':'));
        let texts = (i..end).filter(|&k| prose(k)).count();
        if headline && end - i >= 2 && texts <= 2 && texts > 0 && texts < end - i {
            boxes.push(i..end);
        }
        i = end.max(i + 1);
    }
    for k in boxes.into_iter().flatten() {
        if let Some(role) = roles.get_mut(k).filter(|r| !matches!(r, Role::Mark(_) | Role::Caption)) {
            *role = Role::Teaser;
        }
    }
}

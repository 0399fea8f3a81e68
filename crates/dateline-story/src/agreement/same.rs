//! Whether two figures of different articles are about the same thing: evidence in points, summed.
//!
//! Inside one story a number with several digits is seldom equal by chance, so an equal value speaks for the same thing,
//! the more the more digits it has; the thing counted, what befell it, what is measured and the matter of the two
//! sentences speak for or against. Unequal numbers get no points from their values and must meet stricter rules.

use super::bag::Bag;
use super::subject::Subject;
use crate::link::idf::weight;
use std::collections::BTreeSet;

/// Points from which equal or compatible figures are about the same thing.
const NEEDED: i32 = 500;

/// Points of the evidence; set by hand on invented pages.
mod points {
    /// Equal values by significant digits: one, two, three or more.
    pub(super) const EQUAL: [i32; 3] = [150, 350, 450];
    /// Equal small counts, shares and lengths of time: often equal by chance.
    pub(super) const EQUAL_COMMON: [i32; 3] = [40, 120, 300];
    /// Values that meet: near each other, or only because the words leave room.
    pub(super) const MEET: (i32, i32) = (250, 100);
    /// Heads: the same and special, the same, none named, others.
    pub(super) const HEAD: [i32; 4] = [350, 250, 0, -300];
    /// Other heads of measures: what is read behind a sum of money is less sure.
    pub(super) const OTHER_MEASURED: i32 = -60;
    /// Descriptions: the same, overlapping or missing on one side, others.
    pub(super) const DESCRIBED: [i32; 3] = [100, 40, -250];
    /// What befell those counted, or what is measured: the same, named on one side, others.
    pub(super) const ASPECT: [i32; 3] = [220, -60, -400];
    /// One is said to be a part of something, the other is not.
    pub(super) const PART: i32 = -150;
    /// Shared matter of the sentences: share of the full points.
    pub(super) const MATTER: i32 = 800;
    /// Neither article has another figure of this thing.
    pub(super) const ALONE: i32 = 150;
}

/// How two figures stand to each other as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    Equal,
    Compatible,
    Different,
}

pub(super) fn relation(a: &Subject, b: &Subject) -> Pair {
    let equal = match (a.value, b.value) {
        (Some(x), Some(y)) => (x - y).abs() <= 1e-9 * x.abs().max(y.abs()),
        (None, None) => a.interval == b.interval,
        _ => false,
    };
    if equal && a.modifier == b.modifier {
        Pair::Equal
    } else if equal || a.interval.meets(b.interval) {
        Pair::Compatible
    } else {
        Pair::Different
    }
}

/// How surely two figures are about the same thing, in points; nothing where that is in doubt. `both_alone`: each
/// is the only figure of its thing in its article.
pub(super) fn lines_up(a: &Subject, b: &Subject, both_alone: bool) -> Option<i32> {
    let (_, more_a, each_a) = a.scope;
    let (_, more_b, each_b) = b.scope;
    if a.dimension != b.dimension || more_a != more_b || each_a != each_b {
        return None;
    }
    match relation(a, b) {
        Pair::Different => may_differ(a, b, both_alone).then(|| matter(&a.context, &b.context)),
        Pair::Equal => evidence(a, b, both_alone).map(|p| p + 2000),
        Pair::Compatible => evidence(a, b, both_alone).map(|p| p + 1000),
    }
}

fn matter(a: &Bag, b: &Bag) -> i32 {
    i32::try_from(a.containment(b)).unwrap_or(0) * points::MATTER / 1000
}

/// The points of equal or compatible figures, where they are enough.
fn evidence(a: &Subject, b: &Subject, both_alone: bool) -> Option<i32> {
    let counts = a.dimension.is_empty();
    // the same number of nobody knows what
    if counts && a.role.is_none() && a.head != b.head {
        return None;
    }
    let sum = value(a, b)
        + head(a, b)
        + described(a, b)
        + aspect(a, b)
        + matter(&a.context, &b.context)
        + if a.scope.0 == b.scope.0 { 0 } else { points::PART }
        + if both_alone { points::ALONE } else { 0 };
    (sum >= NEEDED).then_some(sum)
}

fn value(a: &Subject, b: &Subject) -> i32 {
    let common = matches!(a.dimension.as_str(), "time" | "months" | "percent" | "percentage_points" | "ratio");
    let small = a.dimension.is_empty() && a.interval.low.max(b.interval.low) <= 12.0;
    let table = if common || small { &points::EQUAL_COMMON } else { &points::EQUAL };
    match (a.value, b.value) {
        (Some(x), Some(y)) if (x - y).abs() <= 1e-9 * x.abs().max(y.abs()) => {
            table[a.digits.max(b.digits).clamp(1, 3) - 1]
        }
        (Some(x), Some(y)) if !small && !common && (x - y).abs() <= 0.05 * x.abs().max(y.abs()) => points::MEET.0,
        (None, None) if a.interval == b.interval => table[0],
        _ => points::MEET.1,
    }
}

fn head(a: &Subject, b: &Subject) -> i32 {
    match (&a.head, &b.head) {
        (Some(x), Some(y)) if x == y => points::HEAD[usize::from(weight(x) < SPECIAL_HEAD)],
        (Some(_), Some(_)) if a.dimension.is_empty() => points::HEAD[3],
        (Some(_), Some(_)) if names_alike(a, b) => points::HEAD[1],
        (Some(_), Some(_)) => points::OTHER_MEASURED,
        _ => points::HEAD[2],
    }
}

/// Weight from which a head is so special that within one story it names one thing; hundredths of a nat.
const SPECIAL_HEAD: u32 = 330;

/// Whether what two measures measure is named with a common word ("foreign aid bill", "wartime aid").
fn names_alike(a: &Subject, b: &Subject) -> bool {
    let words = |s: &Subject| s.head.iter().chain(&s.qualifiers).cloned().collect::<BTreeSet<_>>();
    words(a).intersection(&words(b)).next().is_some()
}

fn described(a: &Subject, b: &Subject) -> i32 {
    if a.head.is_none() || b.head.is_none() || (a.qualifiers.is_empty() && b.qualifiers.is_empty()) {
        0
    } else if a.qualifiers == b.qualifiers {
        points::DESCRIBED[0]
    } else if a.qualifiers.is_empty() || b.qualifiers.is_empty() || names_alike_by(&a.qualifiers, &b.qualifiers) {
        points::DESCRIBED[1]
    } else if !a.dimension.is_empty() && a.head != b.head && names_alike(a, b) {
        // what heads the one describes the other
        points::DESCRIBED[1]
    } else {
        points::DESCRIBED[2]
    }
}

fn names_alike_by(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.intersection(b).next().is_some()
}

fn aspect(a: &Subject, b: &Subject) -> i32 {
    match (a.role, b.role) {
        (Some(x), Some(y)) if x == y => points::ASPECT[0],
        (Some(_), Some(_)) => points::ASPECT[2],
        (None, None) => 0,
        // people who were killed are not just people
        _ if a.dimension.is_empty() && a.fate_of_people() != b.fate_of_people() => points::ASPECT[2],
        _ => points::ASPECT[1],
    }
}

/// Thresholds of shared matter of unequal numbers, in thousandths of the lighter sentence's weight.
mod needs {
    /// The same thing, on one day; and of different days, where they are only called updated.
    pub(super) const DIFFERENT: (u32, u32) = (420, 330);
    /// The same for those whom the same befell.
    pub(super) const SAME_FATE: (u32, u32) = (330, 250);
    /// Unequal measures whose thing is not named, and unequal shares.
    pub(super) const UNNAMED: u32 = 560;
}

/// Whether unequal numbers are about the same thing in the same respect.
fn may_differ(a: &Subject, b: &Subject, both_alone: bool) -> bool {
    let dated = other_day(a, b);
    if a.scope != b.scope || a.role != b.role || a.qualifiers != b.qualifiers || a.head != b.head {
        return false;
    }
    // those inside the country, and all of them
    if a.extent != b.extent {
        return false;
    }
    if a.is_one_of_many() || ((a.background || b.background) && a.periods != b.periods) {
        return false;
    }
    // a count that moves is told with its day
    let moving = dated && a.role.is_some() && a.dimension.is_empty();
    if apart(&a.places, &b.places) || (!moving && apart(&a.days, &b.days)) {
        return false;
    }
    let level = |(one_day, other_day): (u32, u32)| if dated { other_day } else { one_day };
    let (shared, common) = (a.context.containment(&b.context), a.context.shared(&b.context));
    // a short sentence has few terms to share, but may share them all
    let enough = common >= 3 || (common == 2 && (shared >= 900 || dated));
    match a.dimension.as_str() {
        // headline and opening lines of one story's articles give the one toll
        "" if a.role.is_some() && a.leads && b.leads && a.head.as_deref() == Some("people") => true,
        // a count that moves: the only one of its thing in either article, on another day
        "" if moving && both_alone && (a.moves || b.moves || (common >= 1 && a.fate_of_people().is_none())) => true,
        "" if a.role.is_some() => enough && shared >= level(needs::SAME_FATE),
        "" => enough && a.head.is_some() && shared >= level(needs::DIFFERENT),
        // "20 percent of men" here, "11 percent of men" there: a share is of as many things as there are questions
        "percent" | "percentage_points" => enough && shared >= needs::UNNAMED,
        _ if a.head.is_some() => enough && shared >= level(needs::DIFFERENT),
        _ => enough && shared >= needs::UNNAMED,
    }
}

/// Whether two figures hold for other days: as the sentences say, else as the articles are dated.
pub(super) fn other_day(a: &Subject, b: &Subject) -> bool {
    match (&a.told, &b.told) {
        (Some(x), Some(y)) => x != y,
        _ => a.as_of.is_some() && b.as_of.is_some() && a.as_of != b.as_of,
    }
}

/// Whether the sentences name other places or other days.
pub(super) fn elsewhere(a: &Subject, b: &Subject) -> bool {
    apart(&a.places, &b.places) || apart(&a.days, &b.days)
}

fn apart(x: &BTreeSet<String>, y: &BTreeSet<String>) -> bool {
    !x.is_empty() && !y.is_empty() && x.is_disjoint(y)
}

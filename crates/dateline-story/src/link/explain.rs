//! Why two articles are linked, in words that stand in them.

use crate::link::core::telling;
use crate::link::score::{Weights, features, value};
use crate::link::vectors::{Doc, Entry};
use crate::{Against, Objection, Print, Reason};

/// Terms told of a link.
const TERMS: usize = 6;
/// Words of either side told of a reason against a link.
const LACKING: usize = 4;
/// Thousandths of a logit that a reason against must cost to be told.
const WORTH_TELLING: i64 = 250;
/// Figures told of a link.
const FIGURES: usize = 6;
/// Names told of a link.
const NAMES: usize = 6;

/// Terms that both articles hold, heaviest first, as the first writes them.
pub fn terms(a: &Doc, b: &Doc) -> Vec<String> {
    let other = |term: u32| b.terms.binary_search_by_key(&term, |e| e.term).ok().map(|i| b.terms[i].full);
    let mut shared: Vec<(u16, &str)> = a
        .shown
        .iter()
        .filter_map(|(term, raw)| {
            let own = a.terms.binary_search_by_key(term, |e| e.term).ok()?;
            Some((a.terms[own].full.min(other(*term)?), raw.as_ref()))
        })
        .collect();
    shared.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(y.1)));
    shared.into_iter().take(TERMS).map(|(_, raw)| raw.to_owned()).collect()
}

/// Names that both articles mention, most mentioned first, as the first writes them.
pub fn entities(a: &Print, b: &Print) -> Vec<String> {
    let mut shared: Vec<(u32, &str)> = a
        .names
        .iter()
        .filter(|n| !n.key.is_empty())
        .filter_map(|n| {
            let other = b.names.iter().find(|m| m.key == n.key)?;
            Some((n.mentions + other.mentions, n.name.as_str()))
        })
        .collect();
    shared.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(y.1)));
    shared.dedup_by(|x, y| x.1 == y.1);
    shared.into_iter().take(NAMES).map(|(_, name)| name.to_owned()).collect()
}

/// Figures that tell something and stand in both articles, in the first's order.
fn figures(a: &Print, b: &Print) -> Vec<(f64, Option<String>)> {
    let mut shared: Vec<(f64, Option<String>)> = Vec::new();
    for (value, unit) in &a.figures {
        let same = |(v, u): &(f64, Option<String>)| v.to_bits() == value.to_bits() && u == unit;
        let tells = telling(*value, unit.as_deref()).is_some();
        if tells && b.figures.iter().any(same) && !shared.iter().any(same) {
            shared.push((*value, unit.clone()));
        }
    }
    shared.truncate(FIGURES);
    shared
}

/// What speaks most against a link: of what the two do not share, that which costs the score most.
fn against(a: (&Print, &Doc), b: (&Print, &Doc), weights: &Weights) -> Option<Against> {
    // wording shared weighs nothing in the score, so it need not be measured again
    let found = features(a.1, b.1, 0);
    let cost = |name: &str, lost: i32| -i64::from(weights.of(name)) * i64::from(lost) / 1000;
    let held = |name| cost(name, value(&found, name));
    let costs = [
        (Objection::Answer, held("answer_clash")),
        (Objection::Ahead, held("ahead_clash")),
        (Objection::Days, held("lead_days_apart")),
        (Objection::Figures, held("figures_clash") + held("numbers_clash")),
        (Objection::Apart, held("days") + held("gap_far")),
        (Objection::Again, held("again_clash")),
        (Objection::Names, held("names_clash")),
        (Objection::Lead, -cost("lead_kept", 1000 - value(&found, "lead_kept"))),
    ];
    // the first of equals
    let (what, most) = costs.into_iter().rev().max_by_key(|(_, cost)| *cost)?;
    let (own, other) = match what {
        Objection::Lead => (lacking(a.1, b.1, |e| e.lead), lacking(b.1, a.1, |e| e.lead)),
        Objection::Names => (lacking(a.1, b.1, titled_name), lacking(b.1, a.1, titled_name)),
        Objection::Days => (a.0.lead_dates.clone(), b.0.lead_dates.clone()),
        Objection::Apart => (a.0.published.iter().cloned().collect(), b.0.published.iter().cloned().collect()),
        Objection::Figures | Objection::Answer | Objection::Ahead | Objection::Again => (Vec::new(), Vec::new()),
    };
    (most >= WORTH_TELLING).then_some(Against { what, own, other })
}

/// The heaviest words of the first that the second lacks, by a weight that is 0 where a word does not count, as the first
/// writes them.
fn lacking(a: &Doc, b: &Doc, weight: impl Fn(&Entry) -> u16) -> Vec<String> {
    let held = |doc: &Doc, term: u32| doc.terms.binary_search_by_key(&term, |e| e.term).ok().map(|i| doc.terms[i]);
    let mut out: Vec<(u16, &str)> = a
        .shown
        .iter()
        .filter(|(term, _)| held(b, *term).is_none())
        .filter_map(|(term, raw)| Some((held(a, *term).map(|e| weight(&e)).filter(|w| *w > 0)?, raw.as_ref())))
        .collect();
    out.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(y.1)));
    out.into_iter().take(LACKING).map(|(_, raw)| raw.to_owned()).collect()
}

/// Weight in the title of what is written as a name.
fn titled_name(entry: &Entry) -> u16 {
    if entry.name { entry.title } else { 0 }
}

/// Days between two articles.
pub fn days(a: &Doc, b: &Doc) -> Option<i64> {
    a.days.day().zip(b.days.day()).map(|(x, y)| i64::from((x - y).abs()))
}

/// The reason that links the first article with the second; `probability` in millionths.
pub fn reason(a: (&Print, &Doc), b: (&Print, &Doc), probability: u32, weights: &Weights) -> Reason {
    Reason {
        with: b.0.id.clone(),
        score: f64::from(probability / 1000) / 1000.0,
        terms: terms(a.1, b.1),
        entities: entities(a.0, b.0),
        figures: figures(a.0, b.0),
        days: days(a.1, b.1),
        against: against(a, b, weights),
    }
}

//! Speakers that no page before has words of.

use super::{NewSpeaker, View};
use dateline_reading::{Entity, NameKind, QuoteClass};
use dateline_text::fold;
use std::collections::BTreeSet;

/// The words of a speaker's name, as its key across articles has them.
fn words(entity: &Entity) -> BTreeSet<String> {
    let key = if entity.key.is_empty() { fold(&entity.name) } else { entity.key.clone() };
    key.split_whitespace().map(str::to_owned).collect()
}

/// Whether two names may be one: the same words; of persons a surname alone will do.
fn same(a: &BTreeSet<String>, b: &BTreeSet<String>, kind: NameKind) -> bool {
    a == b || (kind == NameKind::Person && (a.is_subset(b) || b.is_subset(a)))
}

/// Speakers first heard in a new page, in the order of the pages.
pub(super) fn fresh(view: &View) -> Vec<NewSpeaker> {
    let mut heard: Vec<BTreeSet<String>> = Vec::new();
    let mut out = Vec::new();
    // all that is known first: a page without a day may stand anywhere in the order
    let known = view.order.iter().filter(|i| !view.is_new(**i));
    for i in known.chain(view.order.iter().filter(|i| view.is_new(**i))) {
        let Some(report) = view.reports.get(*i) else { continue };
        for (n, a) in report.reading.attributions.iter().enumerate() {
            let Some(entity) = a.speaker.and_then(|s| report.reading.entities.get(s)) else { continue };
            let name = words(entity);
            let says = a.class != QuoteClass::NoComment && matches!(entity.kind, NameKind::Person | NameKind::Org);
            if !says || name.is_empty() || heard.iter().any(|h| same(h, &name, entity.kind)) {
                continue;
            }
            heard.push(name);
            if view.is_new(*i) {
                let (name, role) = (entity.name.clone(), entity.role.clone());
                out.push(NewSpeaker { name, role, report: *i, attribution: n });
            }
        }
    }
    out
}

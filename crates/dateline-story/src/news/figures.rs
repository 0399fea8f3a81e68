//! Figures that are new, and figures that changed.

use super::{Changed, View};
use crate::agreement::interval::Interval;
use crate::agreement::units::dimension;
use crate::{Agreement, FigureGroup, FigureItem, Verdict};

/// Groups that new pages alone give.
pub(super) fn fresh(view: &View, agreement: &Agreement) -> Vec<FigureGroup> {
    let alone = |g: &&FigureGroup| !g.items.is_empty() && g.items.iter().all(|i| view.is_new(i.report));
    agreement.figures.iter().filter(alone).cloned().collect()
}

/// Groups in which a new page gives what no page before it gave: another value where counts were updated, one that
/// cannot hold beside theirs where they differ.
pub(super) fn changed(view: &View, agreement: &Agreement) -> Vec<Changed> {
    let mut out = Vec::new();
    for g in agreement.figures.iter().filter(|g| matches!(g.verdict, Verdict::Updated | Verdict::Differ)) {
        let (after, before): (Vec<&FigureItem>, Vec<&FigureItem>) = g.items.iter().partition(|i| view.is_new(i.report));
        let known = |a: &&&FigureItem| {
            before.iter().any(|b| match g.verdict {
                Verdict::Updated => a.value == b.value,
                _ => meet(view, a, b),
            })
        };
        let after: Vec<FigureItem> = after.iter().filter(|a| !known(a)).map(|a| (*a).clone()).collect();
        if !after.is_empty() && !before.is_empty() {
            let before = before.into_iter().cloned().collect();
            out.push(Changed { counted: g.counted.clone(), verdict: g.verdict, before, after });
        }
    }
    out
}

fn meet(view: &View, a: &FigureItem, b: &FigureItem) -> bool {
    let interval = |i: &FigureItem| {
        let figure = view.reports.get(i.report)?.reading.figures.get(i.figure)?;
        Interval::of(figure, figure.unit.as_deref().map_or(1.0, |u| dimension(u).1))
    };
    interval(a).zip(interval(b)).is_some_and(|(x, y)| x.meets(y))
}

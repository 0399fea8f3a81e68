//! Which decisions hold: all that no later one undoes.

use super::{Act, Decision};
use std::collections::BTreeMap;

/// For each decision the place of the one that undid it; `None` where it holds. Undos that were undone themselves do
/// nothing; of decisions with one id an undo means all that stand before it.
pub fn active(decisions: &[Decision]) -> Vec<Option<usize>> {
    let mut undone: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = vec![None; decisions.len()];
    for (i, d) in decisions.iter().enumerate().rev() {
        out[i] = undone.get(d.id.as_str()).copied();
        if let (None, Act::Undo { undoes }) = (out[i], &d.act) {
            undone.entry(undoes).or_insert(i);
        }
    }
    out
}

//! The user's hand: decisions that win over the machine.
//!
//! A decision names *pages*, not stories: what a story is called, and which pages it holds, changes with the next page
//! and the next version of the rules, the bytes of a page never do. The way: which decisions hold ([`active`]) → what
//! they ask of pages, the later before the earlier ([`constraints`]) → the machine's stories made to fit ([`regroup`])
//! → names, titles, pins ([`settle`]).

mod active;
mod briefs;
mod constraints;
mod persons;
mod regroup;
mod settle;
mod types;
mod watches;

pub use active::active;
pub use briefs::{Edit, Kept, KeptItem, briefs};
pub use persons::Persons;
pub use types::{Act, Called, Decided, Decision, Mark, Side, Standing};
pub use watches::{Watch, watches};

use crate::Links;
use regroup::Machine;

/// Applies decisions, in the order in which they were made, to what the machine linked.
///
/// The outcome depends on the links and the decisions alone: not on the order of the articles, apart from the order of
/// `links.members`. Without decisions the links come back as they are.
pub fn apply(links: &Links, decisions: &[Decision]) -> Decided {
    if decisions.is_empty() {
        return Decided { links: links.clone(), ..Decided::default() };
    }
    let machine = Machine::of(links);
    let holds = active(decisions);
    let sides = constraints::Present::of(&machine, decisions);
    let units = constraints::units(&sides, decisions, &holds);
    let groups = regroup::groups(&machine, &units, links);
    settle::settle(&machine, &groups, links, decisions, &holds, &sides, &units)
}

#[cfg(test)]
mod tests;

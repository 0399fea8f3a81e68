//! Watches: queries that the user keeps, to be told what is new for them.

use super::{Act, Decision, active};

/// A query kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watch {
    /// What the user calls it.
    pub name: String,
    /// What it asks, in the language of search.
    pub query: String,
    /// The decision that made it what it is.
    pub decision: String,
    /// When that was, ISO 8601.
    pub at: String,
}

/// The watches that decisions come to, by name. A later one of the same name takes the place of the earlier.
pub fn watches(decisions: &[Decision]) -> Vec<Watch> {
    let mut out: Vec<Watch> = Vec::new();
    for (d, undone) in decisions.iter().zip(active(decisions)) {
        if undone.is_some() {
            continue;
        }
        match &d.act {
            Act::Watch { name, query } => {
                out.retain(|w| w.name != *name);
                let (decision, at) = (d.id.clone(), d.at.clone());
                out.push(Watch { name: name.clone(), query: query.clone(), decision, at });
            }
            Act::Unwatch { name } => out.retain(|w| w.name != *name),
            _ => {}
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(id: &str, act: Act) -> Decision {
        Decision { id: id.to_owned(), at: "2031-03-04".to_owned(), by: None, why: None, act }
    }

    fn watch(name: &str, query: &str) -> Act {
        Act::Watch { name: name.to_owned(), query: query.to_owned() }
    }

    #[test]
    fn the_last_word_of_a_name_holds_and_can_be_taken_back() {
        let mut all = vec![
            decision("d1", watch("ports", "harbour")),
            decision("d2", watch("cable", "cable NOT drone")),
            decision("d3", watch("ports", "harbour OR quay")),
        ];
        let told = |all: &[Decision]| {
            watches(all).iter().map(|w| format!("{}={}", w.name, w.query)).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(told(&all), "cable=cable NOT drone; ports=harbour OR quay");
        all.push(decision("d4", Act::Unwatch { name: "ports".to_owned() }));
        assert_eq!(told(&all), "cable=cable NOT drone");
        all.push(decision("d5", Act::Undo { undoes: "d4".to_owned() }));
        all.push(decision("d6", Act::Undo { undoes: "d3".to_owned() }));
        assert_eq!(told(&all), "cable=cable NOT drone; ports=harbour");
    }
}

//! Briefs that the user put together: what the decisions about them come to.
//!
//! A brief is called after the decision that began it (d7 began b7), a story in it by the decision that put it there. So
//! what a decision means never depends on what a library holds, and each can be undone alone, in any order.

use super::{Act, Decision, Side, active};
use serde::{Deserialize, Serialize};

/// One change of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// It is begun; its name is made of the decision's.
    Begin {
        /// What it is called, in the user's words.
        title: String,
    },
    /// It is called so.
    Title {
        /// In the user's words.
        title: String,
    },
    /// What stands before its stories.
    Lead {
        /// In the user's words; empty for nothing.
        text: String,
    },
    /// A story comes in, at the end.
    Put {
        /// The story.
        a: Side,
    },
    /// A story is left out.
    Drop {
        /// The decision that put it in.
        item: String,
    },
    /// A story goes to another place.
    Place {
        /// The decision that put it in.
        item: String,
        /// The one that it is to follow; none: it stands first.
        after: Option<String>,
    },
    /// What stands under a story's headline.
    Note {
        /// The decision that put the story in.
        item: String,
        /// In the user's words; empty for nothing.
        text: String,
    },
    /// It is thrown away.
    Discard,
}

impl Edit {
    /// The pages it is about.
    pub fn side_mut(&mut self) -> Option<&mut Side> {
        match self {
            Edit::Put { a } => Some(a),
            _ => None,
        }
    }
}

/// A brief as the decisions have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Its name.
    pub id: String,
    /// What it is called, in the user's words.
    pub title: String,
    /// What stands before its stories, in the user's words.
    pub lead: String,
    /// Its stories, in the user's order.
    pub items: Vec<KeptItem>,
    /// Who began it.
    pub by: Option<String>,
    /// When it was begun, ISO 8601.
    pub begun: String,
    /// When it was changed last.
    pub changed: String,
    /// The decision that did so.
    pub last: String,
}

/// A story of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptItem {
    /// The decision that put it in.
    pub id: String,
    /// The story as it was then.
    pub side: Side,
    /// What the user wrote of it.
    pub note: String,
}

/// The briefs that decisions come to, in the order in which they were begun.
pub fn briefs(decisions: &[Decision]) -> Vec<Kept> {
    let mut out: Vec<Kept> = Vec::new();
    for (d, undone) in decisions.iter().zip(active(decisions)) {
        let Act::Brief { brief, edit } = &d.act else { continue };
        if undone.is_some() {
            continue;
        }
        if let Edit::Begin { title } = edit {
            out.retain(|b| b.id != *brief);
            let (begun, by) = (d.at.clone(), d.by.clone());
            out.push(Kept { id: brief.clone(), title: title.clone(), begun, by, ..Kept::default() });
        }
        if matches!(edit, Edit::Discard) {
            out.retain(|b| b.id != *brief);
        }
        let Some(kept) = out.iter_mut().find(|b| b.id == *brief) else { continue };
        kept.changed.clone_from(&d.at);
        kept.last.clone_from(&d.id);
        kept.apply(&d.id, edit);
    }
    out
}

impl Kept {
    fn apply(&mut self, decision: &str, edit: &Edit) {
        let place = |items: &[KeptItem], id: &str| items.iter().position(|i| i.id == id);
        match edit {
            Edit::Begin { .. } | Edit::Discard => {}
            Edit::Title { title } => self.title.clone_from(title),
            Edit::Lead { text } => self.lead.clone_from(text),
            Edit::Put { a } => {
                self.items.push(KeptItem { id: decision.to_owned(), side: a.clone(), note: String::new() });
            }
            Edit::Drop { item } => self.items.retain(|i| i.id != *item),
            Edit::Note { item, text } => {
                if let Some(at) = place(&self.items, item) {
                    self.items[at].note.clone_from(text);
                }
            }
            Edit::Place { item, after } => {
                let Some(from) = place(&self.items, item) else { return };
                let moved = self.items.remove(from);
                let to = match after {
                    None => 0,
                    // what it was to follow is gone: it stays
                    Some(other) => place(&self.items, other).map_or(from, |at| at + 1),
                };
                self.items.insert(to, moved);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(edits: &[Edit]) -> Vec<Decision> {
        let one = |(i, edit): (usize, &Edit)| Decision {
            id: format!("d{}", i + 1),
            at: format!("2031-03-{:02}", i + 1),
            by: None,
            why: None,
            act: Act::Brief { brief: "b1".to_owned(), edit: edit.clone() },
        };
        edits.iter().enumerate().map(one).collect()
    }

    fn put(page: &str) -> Edit {
        Edit::Put { a: Side { story: None, pages: vec![page.to_owned()] } }
    }

    fn begin() -> Edit {
        Edit::Begin { title: "Harbour".to_owned() }
    }

    fn undo(id: &str, undoes: &str) -> Decision {
        let act = Act::Undo { undoes: undoes.to_owned() };
        Decision { id: id.to_owned(), at: "2031-04-01".to_owned(), by: None, why: None, act }
    }

    fn order(decisions: &[Decision]) -> String {
        let all = briefs(decisions);
        all.iter().flat_map(|b| &b.items).map(|i| i.side.pages[0].as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn stories_are_put_in_ordered_noted_and_left_out() {
        let place =
            |item: &str, after: Option<&str>| Edit::Place { item: item.to_owned(), after: after.map(str::to_owned) };
        let mut all = made(&[begin(), put("a"), put("b"), put("c"), place("d4", None), place("d2", Some("d3"))]);
        assert_eq!(order(&all), "c b a");
        all.push(undo("d7", "d5"));
        assert_eq!(order(&all), "b a c");
        all.push(undo("d8", "d3"));
        assert_eq!(order(&all), "a c");
        let note = Edit::Note { item: "d2".to_owned(), text: "see the minutes".to_owned() };
        let all = made(&[begin(), put("a"), note, Edit::Title { title: "Quay".to_owned() }, put("b")]);
        let brief = &briefs(&all)[0];
        assert_eq!((brief.title.as_str(), brief.items[0].note.as_str()), ("Quay", "see the minutes"));
        assert_eq!((brief.begun.as_str(), brief.changed.as_str()), ("2031-03-01", "2031-03-05"));
        let all = made(&[begin(), put("a"), Edit::Drop { item: "d2".to_owned() }]);
        assert_eq!(order(&all), "");
    }

    #[test]
    fn a_brief_thrown_away_comes_back_with_the_undo() {
        let mut all = made(&[begin(), put("a"), Edit::Discard, put("b")]);
        assert!(briefs(&all).is_empty());
        all.push(undo("d5", "d3"));
        assert_eq!(order(&all), "a b");
    }

    #[test]
    fn lines_say_what_they_said() {
        let lines = made(&[begin(), put("a"), Edit::Discard]);
        for d in &lines {
            let line = serde_json::to_string(d).unwrap();
            assert_eq!(serde_json::from_str::<Decision>(&line).unwrap(), *d, "{line}");
        }
        let line = serde_json::to_string(&lines[1]).unwrap();
        assert!(line.contains(r#""what":"brief","brief":"b1","edit":"put","a":{"pages":["a"]}"#), "{line}");
    }
}

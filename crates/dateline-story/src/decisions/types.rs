use super::Edit;
use crate::Links;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Some pages a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Side {
    /// Name of the story that they were when the decision was made; none for pages named one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The pages' ids (hashes of their bytes).
    pub pages: Vec<String>,
}

/// Someone, or an organisation, as the library knows the name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Called {
    /// The key that is the same across articles.
    pub key: String,
    /// The name, for people who read the decision.
    pub name: String,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Act {
    /// Both report one event.
    #[serde(alias = "same")]
    Merge {
        /// The one; its name stays.
        a: Side,
        /// The other.
        b: Side,
    },
    /// Pages are taken out of a story, and are one of their own.
    Split {
        /// What stays.
        a: Side,
        /// What is taken out.
        b: Side,
    },
    /// No page of the one reports the event of the other.
    #[serde(alias = "not_same")]
    Apart {
        /// The one.
        a: Side,
        /// The other.
        b: Side,
    },
    /// A story is called so.
    Rename {
        /// The story.
        a: Side,
        /// What it is called.
        title: String,
    },
    /// A story stands at the head of the list.
    Pin {
        /// The story.
        a: Side,
    },
    /// It does so no longer.
    Unpin {
        /// The story.
        a: Side,
    },
    /// Two names are one person's, or one organisation's.
    SamePerson {
        /// The one.
        one: Called,
        /// The other.
        other: Called,
    },
    /// They are not.
    OtherPerson {
        /// The one.
        one: Called,
        /// The other.
        other: Called,
    },
    /// An earlier decision holds no longer; to undo an undo brings it back.
    Undo {
        /// Its id.
        undoes: String,
    },
    /// A brief of the user's is begun or changed; no story is touched by it.
    Brief {
        /// Its name.
        brief: String,
        /// How.
        #[serde(flatten)]
        edit: Edit,
    },
    /// A query is kept, to be told what is new for it.
    Watch {
        /// What it is called; an earlier one of the name is no longer.
        name: String,
        /// What it asks.
        query: String,
    },
    /// It is kept no longer.
    Unwatch {
        /// What it was called.
        name: String,
    },
}

impl Act {
    /// The word for it in `decisions.jsonl`.
    pub fn word(&self) -> &'static str {
        match self {
            Act::Merge { .. } => "merge",
            Act::Split { .. } => "split",
            Act::Apart { .. } => "apart",
            Act::Rename { .. } => "rename",
            Act::Pin { .. } => "pin",
            Act::Unpin { .. } => "unpin",
            Act::SamePerson { .. } => "same_person",
            Act::OtherPerson { .. } => "other_person",
            Act::Undo { .. } => "undo",
            Act::Brief { .. } => "brief",
            Act::Watch { .. } => "watch",
            Act::Unwatch { .. } => "unwatch",
        }
    }

    /// The pages whose stories it bears on, as one or two sides.
    pub fn sides(&self) -> Vec<&Side> {
        match self {
            Act::Merge { a, b } | Act::Split { a, b } | Act::Apart { a, b } => vec![a, b],
            Act::Rename { a, .. } | Act::Pin { a } | Act::Unpin { a } => vec![a],
            Act::SamePerson { .. } | Act::OtherPerson { .. } => Vec::new(),
            Act::Undo { .. } | Act::Brief { .. } | Act::Watch { .. } | Act::Unwatch { .. } => Vec::new(),
        }
    }
}

/// One line of `decisions.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its name, by which it can be undone.
    pub id: String,
    /// When, ISO 8601; the caller's clock.
    pub at: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What was decided.
    #[serde(flatten)]
    pub act: Act,
}

/// What the user made of a story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// What it is called.
    pub title: Option<String>,
    /// Whether it stands at the head of the list.
    pub pinned: bool,
    /// Ids of the decisions that hold and name a page of it, in their order.
    pub decisions: Vec<String>,
}

/// How a decision stands now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// The decision that undid it.
    pub undone_by: Option<String>,
    /// A later decision that says the contrary of the same pages and wins over it, in whole or in part.
    pub overridden_by: Option<String>,
    /// Pages it names that are not in the library; for an undo, the decision that is not there.
    pub missing: Vec<String>,
    /// Stories that hold its pages now.
    pub stories: Vec<String>,
}

impl Standing {
    /// Whether nothing is left for it to act on: all pages of one side are missing.
    pub fn is_orphaned(&self, decision: &Decision) -> bool {
        let gone = |s: &&Side| s.pages.iter().all(|p| self.missing.contains(p));
        match &decision.act {
            Act::Undo { .. } => !self.missing.is_empty(),
            act => act.sides().iter().any(gone),
        }
    }
}

/// What the machine linked, as the user decided.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decided {
    /// One membership an article, in the order of the machine's; links between stories.
    pub links: Links,
    /// What the user made of each story that a decision names a page of, by the story's name.
    pub marks: BTreeMap<String, Mark>,
    /// How each decision stands, in their order.
    pub standing: Vec<Standing>,
}

//! A decision of the user's, as a page lists it, with the button that takes it back.

use dateline_brief::{decided_when, decision_words, standing_words};
use dateline_story::decisions::{Decision, Standing};

pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) words: String,
    pub(crate) when: String,
    pub(crate) stands: String,
    pub(crate) undone: bool,
    /// The decision that the button undoes: this one, or the one that undid it.
    pub(crate) undoes: String,
    pub(crate) button: &'static str,
}

impl Made {
    pub(crate) fn of(decision: &Decision, standing: &Standing) -> Made {
        let undone_by = standing.undone_by.clone();
        Made {
            id: decision.id.clone(),
            words: decision_words(decision),
            when: decided_when(decision),
            stands: standing_words(decision, standing),
            undone: undone_by.is_some(),
            button: if undone_by.is_some() { "Bring back" } else { "Undo" },
            undoes: undone_by.unwrap_or_else(|| decision.id.clone()),
        }
    }
}

//! A decision of the user's, as a page lists it, with the button that takes it back.

use crate::error::Failed;
use dateline_brief::{Naming, decided_when, decision_told, shown, standing_words};
use dateline_store::Library;
use dateline_story::decisions::{Act, Decision, Edit, Side, Standing, active};

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

/// All decisions, with what undid each, and nothing else of how they stand: that costs a look at the stories they bear
/// on, and is told of those alone that bear on some.
pub(crate) fn undone(library: &Library) -> Result<Vec<(Decision, Standing)>, Failed> {
    let all = library.decisions()?.made;
    let by = active(&all);
    let undone_by = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|d| d.id.clone());
    let standing: Vec<Standing> =
        by.into_iter().map(|at| Standing { undone_by: undone_by(at), ..Standing::default() }).collect();
    Ok(all.into_iter().zip(standing).collect())
}

/// Decisions as they are listed, the last first, by the names that people read; of those that are `wanted`, no more
/// than `limit`, and how many these are in all.
pub(crate) fn listed(
    library: &Library,
    standing: &[(Decision, Standing)],
    wanted: impl Fn(&Decision, &Standing) -> bool,
    limit: usize,
) -> (Vec<Made>, usize) {
    let names = Names { library, all: standing };
    let all = standing.iter().rev().filter(|(d, s)| wanted(d, s));
    let total = all.clone().count();
    (all.take(limit).map(|(d, s)| made(&names, d, s)).collect(), total)
}

fn made(names: &Names, decision: &Decision, standing: &Standing) -> Made {
    let undone_by = standing.undone_by.clone();
    Made {
        id: decision.id.clone(),
        words: decision_told(decision, names),
        when: decided_when(decision),
        stands: standing_words(decision, standing),
        undone: undone_by.is_some(),
        button: if undone_by.is_some() { "Bring back" } else { "Undo" },
        undoes: undone_by.unwrap_or_else(|| decision.id.clone()),
    }
}

/// Names as the library has them now: headlines of stories and articles, titles of briefs.
struct Names<'l> {
    library: &'l Library,
    all: &'l [(Decision, Standing)],
}

impl Names<'_> {
    fn act(&self, id: &str) -> Option<&Decision> {
        self.all.iter().map(|(d, _)| d).find(|d| d.id == id)
    }
}

impl Naming for Names<'_> {
    fn side(&self, side: &Side) -> Option<String> {
        let story = side.story.as_deref().and_then(|s| self.library.story(s).ok()).map(|line| line.title);
        let page = || self.library.title_of(side.pages.first()?).ok().flatten();
        let title = story.or_else(page).filter(|t| !t.trim().is_empty())?;
        let more = match side.pages.len() {
            n if side.story.is_none() && n > 1 => format!(" and {} more", n - 1),
            _ => String::new(),
        };
        Some(format!("“{}”{more}", shown(&title)))
    }

    fn decision(&self, id: &str) -> Option<String> {
        let decision = self.act(id)?;
        // an undo of an undo is told by its number: what it brings back stands in the list by itself
        (!matches!(decision.act, Act::Undo { .. })).then(|| decision_told(decision, self))
    }

    fn item(&self, id: &str) -> Option<String> {
        match &self.act(id)?.act {
            Act::Brief { edit: Edit::Put { a }, .. } => self.side(a),
            _ => None,
        }
    }

    fn brief(&self, id: &str) -> Option<String> {
        let of = |d: &&(Decision, Standing)| matches!(&d.0.act, Act::Brief { brief, .. } if brief == id);
        let title = self.all.iter().rev().filter(of).find_map(|(d, s)| match &d.act {
            Act::Brief { edit: Edit::Begin { title } | Edit::Title { title }, .. } if s.undone_by.is_none() => {
                Some(title)
            }
            _ => None,
        });
        title.map(|t| format!("“{}”", shown(t)))
    }
}

//! Decisions in words: what was decided, and how it stands.

use crate::shown;
use dateline_story::decisions::{Act, Decision, Edit, Side, Standing};

/// One word for how a decision stands: holds, undone, overridden, orphaned.
pub fn decision_status(decision: &Decision, standing: &Standing) -> &'static str {
    match standing {
        s if s.undone_by.is_some() => "undone",
        s if s.is_orphaned(decision) => "orphaned",
        s if s.overridden_by.is_some() => "overridden",
        _ => "holds",
    }
}

/// How a decision stands, in words.
pub fn standing_words(decision: &Decision, standing: &Standing) -> String {
    let missing = standing.missing.len();
    match decision_status(decision, standing) {
        "undone" => format!("undone by {}", standing.undone_by.as_deref().unwrap_or_default()),
        "orphaned" => format!("orphaned, {missing} of what it names is not in the library"),
        "overridden" => format!("overridden by {}", standing.overridden_by.as_deref().unwrap_or_default()),
        _ if missing > 0 => format!("holds; {missing} of its pages are not in the library"),
        _ => "holds".to_owned(),
    }
}

/// What the things that decisions bear on are called. `None`: by what the decision itself gives.
pub trait Naming {
    /// A story, or pages.
    fn side(&self, _side: &Side) -> Option<String> {
        None
    }

    /// An earlier decision, in words.
    fn decision(&self, _id: &str) -> Option<String> {
        None
    }

    /// What an earlier decision put into a brief.
    fn item(&self, _id: &str) -> Option<String> {
        None
    }

    /// A brief.
    fn brief(&self, _id: &str) -> Option<String> {
        None
    }
}

/// By the names of stories and pages that decisions give.
struct AsGiven;

impl Naming for AsGiven {}

/// A decision in words, with the names that were given.
pub fn decision_words(decision: &Decision) -> String {
    decision_told(decision, &AsGiven)
}

/// A decision in words, with the names that `names` gives.
pub fn decision_told(decision: &Decision, names: &dyn Naming) -> String {
    let side = |s: &Side| names.side(s).unwrap_or_else(|| side(s));
    match &decision.act {
        Act::Merge { a, b } => format!("{} and {} are one story", side(a), side(b)),
        Act::Split { a, b } => format!("{} taken out of {}", side(b), side(a)),
        Act::Apart { a, b } => format!("{} is not {}", side(a), side(b)),
        Act::Rename { a, title } => format!("{} is called “{}”", side(a), shown(title)),
        Act::Pin { a } => format!("{} is pinned", side(a)),
        Act::Unpin { a } => format!("{} is no longer pinned", side(a)),
        Act::SamePerson { one, other } => format!("{} and {} are one", shown(&one.name), shown(&other.name)),
        Act::OtherPerson { one, other } => format!("{} is not {}", shown(&one.name), shown(&other.name)),
        Act::Undo { undoes } => match names.decision(undoes) {
            Some(words) => format!("undone: {words}"),
            None => format!("{} is undone", shown(undoes)),
        },
        Act::Brief { brief, edit } => {
            let name = names.brief(brief).unwrap_or_else(|| shown(brief));
            format!("brief {name}: {}", edit_words(edit, names))
        }
        Act::Watch { name, query } => format!("watch “{}”: {}", shown(name), shown(query)),
        Act::Unwatch { name } => format!("watch “{}” is no longer kept", shown(name)),
    }
}

/// A change of a brief in words.
fn edit_words(edit: &Edit, names: &dyn Naming) -> String {
    let item = |id: &String| names.item(id).unwrap_or_else(|| format!("what {} put in", shown(id)));
    match edit {
        Edit::Begin { title } => format!("begun as “{}”", shown(title)),
        Edit::Title { title } => format!("called “{}”", shown(title)),
        Edit::Lead { text } if text.is_empty() => "its opening note taken out".to_owned(),
        Edit::Lead { .. } => "its opening note written".to_owned(),
        Edit::Put { a } => format!("{} put in", names.side(a).unwrap_or_else(|| side(a))),
        Edit::Drop { item: of } => format!("{} left out", item(of)),
        Edit::Place { item: of, after: None } => format!("{} set first", item(of)),
        Edit::Place { item: of, after: Some(other) } => format!("{} set after {}", item(of), item(other)),
        Edit::Note { item: of, text } if text.is_empty() => format!("the note on {} taken out", item(of)),
        Edit::Note { item: of, .. } => format!("a note written on {}", item(of)),
        Edit::Discard => "thrown away".to_owned(),
    }
}

/// When, by whom and why: "22 November 2026, night desk (one blast)".
pub fn decided_when(decision: &Decision) -> String {
    let day = shown(&crate::day_words(decision.at.get(..10).unwrap_or(&decision.at)));
    let by = decision.by.as_deref().map(|by| format!(", {}", shown(by))).unwrap_or_default();
    let why = decision.why.as_deref().map(|why| format!(" ({})", shown(why))).unwrap_or_default();
    format!("{day}{by}{why}")
}

fn side(side: &Side) -> String {
    let page = |id: &String| shown(id.get(..12).unwrap_or(id));
    match (&side.story, side.pages.as_slice()) {
        (Some(story), _) => format!("story {}", shown(story)),
        (None, [one]) => format!("page {}", page(one)),
        (None, pages) => format!("pages {}", pages.iter().map(page).collect::<Vec<_>>().join(", ")),
    }
}

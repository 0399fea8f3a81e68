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

/// A decision in words, with the names that were given.
pub fn decision_words(decision: &Decision) -> String {
    match &decision.act {
        Act::Merge { a, b } => format!("{} and {} are one story", side(a), side(b)),
        Act::Split { a, b } => format!("{} taken out of {}", side(b), side(a)),
        Act::Apart { a, b } => format!("{} is not {}", side(a), side(b)),
        Act::Rename { a, title } => format!("{} is called “{}”", side(a), shown(title)),
        Act::Pin { a } => format!("{} is pinned", side(a)),
        Act::Unpin { a } => format!("{} is no longer pinned", side(a)),
        Act::SamePerson { one, other } => format!("{} and {} are one", shown(&one.name), shown(&other.name)),
        Act::OtherPerson { one, other } => format!("{} is not {}", shown(&one.name), shown(&other.name)),
        Act::Undo { undoes } => format!("{} is undone", shown(undoes)),
        Act::Brief { brief, edit } => format!("brief {}: {}", shown(brief), edit_words(edit)),
        Act::Watch { name, query } => format!("watch “{}”: {}", shown(name), shown(query)),
        Act::Unwatch { name } => format!("watch “{}” is no longer kept", shown(name)),
    }
}

/// A change of a brief in words.
fn edit_words(edit: &Edit) -> String {
    match edit {
        Edit::Begin { title } => format!("begun as “{}”", shown(title)),
        Edit::Title { title } => format!("called “{}”", shown(title)),
        Edit::Lead { text } if text.is_empty() => "its opening note taken out".to_owned(),
        Edit::Lead { .. } => "its opening note written".to_owned(),
        Edit::Put { a } => format!("{} put in", side(a)),
        Edit::Drop { item } => format!("what {} put in left out", shown(item)),
        Edit::Place { item, after: None } => format!("what {} put in set first", shown(item)),
        Edit::Place { item, after: Some(other) } => {
            format!("what {} put in set after that of {}", shown(item), shown(other))
        }
        Edit::Note { item, text } if text.is_empty() => format!("the note on what {} put in taken out", shown(item)),
        Edit::Note { item, .. } => format!("a note written on what {} put in", shown(item)),
        Edit::Discard => "thrown away".to_owned(),
    }
}

/// When, by whom and why: "2026-11-22, night desk (one blast)".
pub fn decided_when(decision: &Decision) -> String {
    let day = shown(decision.at.get(..10).unwrap_or(&decision.at));
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

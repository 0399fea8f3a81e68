//! What stands in the briefs that the user keeps, and how are they changed?

use crate::decisions::decision;
use crate::error::{ErrorKind, Result, StoreError};
use crate::{Library, StoryLine};
use dateline_story::decisions::{Act, Edit, Kept, briefs};
use std::collections::BTreeMap;

/// Characters of a title, and of a note, that are kept.
const TITLE: usize = 300;
const NOTE: usize = 20_000;

/// A story of a brief as the library has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefStory {
    /// The decisions that put it in; several where stories of the brief were made one since.
    pub items: Vec<String>,
    /// What the user wrote of it.
    pub note: String,
    /// The story that holds most of its pages; `None` where the library holds none of them.
    pub story: Option<StoryLine>,
    /// What it was called when it was put in.
    pub was: Option<String>,
    /// Other stories that hold some of its pages now.
    pub also: Vec<String>,
    /// How many of its pages are not in the library.
    pub missing: usize,
}

impl Library {
    /// All briefs, in the order in which they were begun.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn briefs(&self) -> Result<Vec<Kept>> {
        Ok(briefs(&self.decisions()?.made))
    }

    /// One brief, by its name, or by its title or the beginning of it, whatever the capitals.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`], [`ErrorKind::Ambiguous`], [`ErrorKind::Io`].
    pub fn brief(&self, name: &str) -> Result<Kept> {
        let all = self.briefs()?;
        let wanted = name.trim().to_lowercase();
        let by = |fits: &dyn Fn(&Kept) -> bool| all.iter().filter(|b| fits(b)).cloned().collect::<Vec<_>>();
        let mut found = by(&|b| b.id == wanted);
        if found.is_empty() {
            found = by(&|b| b.title.to_lowercase() == wanted);
        }
        if found.is_empty() && !wanted.is_empty() {
            found = by(&|b| b.title.to_lowercase().starts_with(&wanted));
        }
        match found.len() {
            0 => Err(StoreError::not_found("brief", name)),
            1 => Ok(found.remove(0)),
            count => Err(StoreError::new(ErrorKind::Ambiguous { name: name.to_owned(), count })),
        }
    }

    /// The stories of a brief as they are now, in its order. What was put in as two stories that are one by now stands
    /// once, where the first of them stood; what is two by now goes with most of its pages.
    ///
    /// # Errors
    /// [`ErrorKind::Index`].
    pub fn brief_stories(&self, brief: &Kept) -> Result<Vec<BriefStory>> {
        let mut out: Vec<BriefStory> = Vec::new();
        for item in &brief.items {
            let mut holds: BTreeMap<String, usize> = BTreeMap::new();
            let mut missing = 0;
            for page in &item.side.pages {
                match self.story_of(page) {
                    Ok(story) => *holds.entry(story).or_default() += 1,
                    Err(e) if matches!(e.kind(), ErrorKind::NotFound { .. }) => missing += 1,
                    Err(e) => return Err(e),
                }
            }
            let most = holds.values().max().copied().unwrap_or(0);
            let name = holds.iter().find(|(_, n)| **n == most).map(|(name, _)| name.clone());
            let same = |b: &&mut BriefStory| b.story.as_ref().map(|s| &s.id) == name.as_ref() && name.is_some();
            if let Some(held) = out.iter_mut().find(same) {
                held.items.push(item.id.clone());
                held.missing += missing;
                if !item.note.is_empty() {
                    let gap = if held.note.is_empty() { "" } else { "\n\n" };
                    held.note.push_str(&format!("{gap}{}", item.note));
                }
                continue;
            }
            out.push(BriefStory {
                items: vec![item.id.clone()],
                note: item.note.clone(),
                story: name.as_deref().map(|n| self.story(n)).transpose()?,
                was: item.side.story.clone(),
                also: holds.into_keys().filter(|s| Some(s) != name.as_ref()).collect(),
                missing,
            });
        }
        Ok(out)
    }

    /// A brief is begun; [`Library::decide`] names it after the decision.
    ///
    /// # Errors
    /// [`ErrorKind::Decision`] for a title without words.
    pub fn brief_begun(&self, title: &str) -> Result<Act> {
        Ok(Act::Brief { brief: String::new(), edit: Edit::Begin { title: named(title)? } })
    }

    /// A story comes into a brief, at the end: by its name, or by a page of it.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`], [`ErrorKind::Ambiguous`]; [`ErrorKind::Decision`] where it stands in it.
    pub fn brief_put(&self, brief: &str, story: &str) -> Result<Act> {
        let kept = self.brief(brief)?;
        let a = self.whole(story)?;
        let held = self.brief_stories(&kept)?;
        let is_held = |b: &BriefStory| b.story.as_ref().map(|s| &s.id) == a.story.as_ref();
        if held.iter().any(is_held) {
            let name = a.story.unwrap_or_default();
            return Err(decision(format!("story {name} is in this brief already")));
        }
        Ok(of(kept, Edit::Put { a }))
    }

    /// A brief is called so.
    ///
    /// # Errors
    /// As [`Library::brief_begun`]; [`ErrorKind::NotFound`].
    pub fn brief_titled(&self, brief: &str, title: &str) -> Result<Act> {
        Ok(of(self.brief(brief)?, Edit::Title { title: named(title)? }))
    }

    /// What stands before a brief's stories, in the user's words.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`]; [`ErrorKind::Decision`] where it is too long.
    pub fn brief_lead(&self, brief: &str, text: &str) -> Result<Act> {
        Ok(of(self.brief(brief)?, Edit::Lead { text: note(text)? }))
    }

    /// What stands under a story's headline, in the user's words; `item` is the decision that put the story in.
    ///
    /// # Errors
    /// As [`Library::brief_lead`].
    pub fn brief_note(&self, brief: &str, item: &str, text: &str) -> Result<Act> {
        let (kept, item) = self.brief_item(brief, item)?;
        Ok(of(kept, Edit::Note { item, text: note(text)? }))
    }

    /// A story is left out.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`].
    pub fn brief_dropped(&self, brief: &str, item: &str) -> Result<Act> {
        let (kept, item) = self.brief_item(brief, item)?;
        Ok(of(kept, Edit::Drop { item }))
    }

    /// A story changes its place with the one shown before it, or with the one after it.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`]; [`ErrorKind::Decision`] where it is the first, or the last, already.
    pub fn brief_moved(&self, brief: &str, item: &str, up: bool) -> Result<Act> {
        let (kept, item) = self.brief_item(brief, item)?;
        let shown = self.brief_stories(&kept)?;
        let at = shown.iter().position(|s| s.items.contains(&item)).unwrap_or(0);
        // down is the next one up
        let lower = if up { at } else { at + 1 };
        let pair = lower.checked_sub(1).and_then(|upper| Some((shown.get(upper)?, shown.get(lower)?)));
        let Some((upper, lower)) = pair else {
            let which = if up { "first" } else { "last" };
            return Err(decision(format!("it is the {which} already")));
        };
        let (before, moved) = (upper.items.first(), lower.items.first().cloned().unwrap_or_default());
        let place = kept.items.iter().position(|i| Some(&i.id) == before).unwrap_or(0);
        let after = place.checked_sub(1).and_then(|p| kept.items.get(p)).map(|i| i.id.clone());
        Ok(of(kept, Edit::Place { item: moved, after }))
    }

    /// A brief is thrown away; an undo brings it back.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`].
    pub fn brief_discarded(&self, brief: &str) -> Result<Act> {
        Ok(of(self.brief(brief)?, Edit::Discard))
    }

    fn brief_item(&self, brief: &str, item: &str) -> Result<(Kept, String)> {
        let kept = self.brief(brief)?;
        match kept.items.iter().any(|i| i.id == item) {
            true => Ok((kept, item.to_owned())),
            false => Err(StoreError::not_found("story of this brief", item)),
        }
    }
}

fn of(brief: Kept, edit: Edit) -> Act {
    Act::Brief { brief: brief.id, edit }
}

impl BriefStory {
    /// What the story is called now, or was when it was put in.
    pub fn name(&self) -> &str {
        self.story.as_ref().map(|s| s.id.as_str()).or(self.was.as_deref()).unwrap_or("a story")
    }
}

fn named(title: &str) -> Result<String> {
    let title = dateline_text::one_line(title);
    match title.chars().count() {
        0 => Err(decision("a brief must be called something".to_owned())),
        n if n > TITLE => Err(decision(format!("a title has at most {TITLE} characters; this has {n}"))),
        _ => Ok(title),
    }
}

/// The user's words with line breaks as they are, and no other control characters.
fn note(text: &str) -> Result<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    match kept.chars().count() {
        n if n > NOTE => Err(decision(format!("a note has at most {NOTE} characters; this has {n}"))),
        _ => Ok(kept.trim().to_owned()),
    }
}

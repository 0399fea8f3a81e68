//! From the names that a person gives to the pages a decision is about.

use crate::decisions::decision;
use crate::error::{ErrorKind, Result, StoreError};
use crate::{Library, StoryLine};
use dateline_story::decisions::{Act, Side};
use std::collections::BTreeSet;

impl Library {
    /// Two stories, or pages, report one event. The first story's name stays.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`], [`ErrorKind::Ambiguous`], [`ErrorKind::Index`]; [`ErrorKind::Decision`] where both
    /// are the same.
    pub fn merging(&self, a: &str, b: &str) -> Result<Act> {
        let (a, b) = (self.side(a)?, self.side(b)?);
        if a == b {
            return Err(decision("both are one story already".to_owned()));
        }
        Ok(Act::Merge { a, b })
    }

    /// Two stories, or pages, do not report one event.
    ///
    /// # Errors
    /// As [`Library::merging`].
    pub fn parting(&self, a: &str, b: &str) -> Result<Act> {
        let (mut a, mut b) = (self.side(a)?, self.side(b)?);
        if b.story.is_some() && a.pages.iter().all(|p| b.pages.contains(p)) {
            std::mem::swap(&mut a, &mut b);
        }
        a.pages.retain(|p| !b.pages.contains(p));
        if a.pages.is_empty() {
            return Err(decision("nothing would be kept apart: both are the same pages".to_owned()));
        }
        Ok(Act::Apart { a, b })
    }

    /// Pages are taken out of a story and are one of their own.
    ///
    /// # Errors
    /// As [`Library::merging`]; [`ErrorKind::Decision`] for pages of another story, or where none would stay.
    pub fn splitting(&self, story: &str, pages: &[impl AsRef<str>]) -> Result<Act> {
        let StoryLine { id, .. } = self.story(story)?;
        let all = self.pages_of(&id)?;
        let mut out: BTreeSet<String> = BTreeSet::new();
        for page in pages.iter().map(AsRef::as_ref) {
            let fits: Vec<&String> = all.iter().filter(|p| !page.is_empty() && p.starts_with(page)).collect();
            match fits.as_slice() {
                [one] => drop(out.insert((*one).clone())),
                [] => return Err(decision(format!("no page {page:?} is in story {id}"))),
                many => {
                    return Err(StoreError::new(ErrorKind::Ambiguous { name: page.to_owned(), count: many.len() }));
                }
            }
        }
        let stay: Vec<String> = all.into_iter().filter(|p| !out.contains(p)).collect();
        if stay.is_empty() {
            return Err(decision(format!("these are all pages of story {id}; at least one must stay")));
        }
        let b = Side { story: None, pages: out.into_iter().collect() };
        Ok(Act::Split { a: Side { story: Some(id), pages: stay }, b })
    }

    /// A story is called so.
    ///
    /// # Errors
    /// As [`Library::merging`]; [`ErrorKind::Decision`] for a title without words.
    pub fn naming(&self, story: &str, title: &str) -> Result<Act> {
        let title = dateline_text::one_line(title);
        if title.is_empty() {
            return Err(decision("the title has no words; `undo` takes a title back".to_owned()));
        }
        Ok(Act::Rename { a: self.whole(story)?, title })
    }

    /// A story stands at the head of the list, or does so no longer.
    ///
    /// # Errors
    /// As [`Library::merging`].
    pub fn pinning(&self, story: &str, pinned: bool) -> Result<Act> {
        let a = self.whole(story)?;
        Ok(if pinned { Act::Pin { a } } else { Act::Unpin { a } })
    }

    /// The pages that a name stands for: a story's name (also an earlier one) or its beginning, or a page's id or its
    /// beginning.
    fn side(&self, name: &str) -> Result<Side> {
        match self.story(name) {
            Ok(line) => Ok(Side { pages: self.pages_of(&line.id)?, story: Some(line.id) }),
            Err(e) if matches!(e.kind(), ErrorKind::NotFound { .. }) => {
                Ok(Side { story: None, pages: vec![self.article_id("story or page", name)?] })
            }
            Err(e) => Err(e),
        }
    }

    /// The pages of a story, named itself or by one of them.
    pub(crate) fn whole(&self, name: &str) -> Result<Side> {
        match self.side(name)? {
            Side { story: None, pages } => self.side(&self.story_of(pages.first().map_or("", |p| p))?),
            side => Ok(side),
        }
    }

    /// Ids of the pages of a story (its full name), sorted.
    ///
    /// # Errors
    /// [`ErrorKind::Index`].
    pub fn pages_of(&self, story: &str) -> Result<Vec<String>> {
        let sql = "SELECT captures.id FROM members JOIN captures USING (n) WHERE story = ?1 ORDER BY captures.id";
        let mut ask = self.db.prepare_cached(sql)?;
        Ok(ask.query_map([story], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
}

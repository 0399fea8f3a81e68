//! The story's pictures: where it is, what happened when, and who has the text of whom.

use super::columns::Pages;
use crate::pages::encoded;
use dateline_brief::{StoryPart, pictures};
use dateline_draw::Picture;

/// The places that the pages name on a map, each leading to its page.
pub(super) fn map(part: &StoryPart) -> Option<Picture> {
    pictures::map(part, &|name| Some(format!("/place?name={}", encoded(name))))
}

/// The dated sentences along time, over the days of the pages.
pub(super) fn timeline(part: &StoryPart, pages: &Pages) -> Option<Picture> {
    pictures::timeline(part, &|note| pages.address(note))
}

/// Origins and their copies; nothing where no page repeats another.
pub(super) fn lineage(part: &StoryPart, pages: &Pages) -> Option<Picture> {
    pictures::lineage(part, &|page| pages.to(page))
}

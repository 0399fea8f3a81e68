//! The whole chain on one page: capture → article → reading → story → brief.

use dateline_article::NotAnArticle;
use dateline_brief::{Brief, Desk, compose::Choice};
use dateline_capture::Capture;
use dateline_lexicon::Lexicon;
use dateline_story::{Agreement, Links, Print, Report, Story};
use rayon::prelude::*;

/// Capture → article → reading, kept together as a report.
///
/// # Errors
/// Where the capture holds no article.
pub fn report(capture: &Capture, lexicon: &Lexicon) -> Result<Report, NotAnArticle> {
    let article = dateline_article::find(capture)?;
    let reading = dateline_reading::of(&article, lexicon);
    Ok(Report { id: capture.id.clone(), source: capture.source.clone(), article, reading })
}

/// Prints → links → stories.
pub fn link(prints: &[Print]) -> (Links, Vec<Story>) {
    let links = dateline_story::link(prints);
    let stories = dateline_story::stories(&links, prints);
    (links, stories)
}

/// Reports → links, stories and what each story's articles agree on.
pub struct Linked {
    /// One membership a report.
    pub links: Links,
    /// Members are indices into the reports.
    pub stories: Vec<Story>,
    /// One a story.
    pub agreements: Vec<Agreement>,
}

/// Reports → stories with their agreement.
pub fn stories(reports: &[Report]) -> Linked {
    let prints: Vec<Print> = reports.par_iter().map(Print::of).collect();
    let (links, stories) = link(&prints);
    let agreements = agreements(&stories, reports);
    Linked { links, stories, agreements }
}

/// Each story → what its articles agree on.
pub fn agreements(stories: &[Story], reports: &[Report]) -> Vec<Agreement> {
    stories.par_iter().map(|s| dateline_story::agreement(&members(s, reports))).collect()
}

/// The reports of a story, in the order of its members.
pub fn members<'r>(story: &Story, reports: &'r [Report]) -> Vec<&'r Report> {
    story.members.iter().filter_map(|i| reports.get(*i)).collect()
}

/// Stories → brief.
pub fn brief(reports: &[Report], linked: &Linked, choice: &Choice) -> Brief {
    let desk = Desk { reports, links: &linked.links, stories: &linked.stories, agreements: &linked.agreements };
    dateline_brief::compose(&desk, choice)
}

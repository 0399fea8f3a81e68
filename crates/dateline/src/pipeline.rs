//! The whole chain on one page: capture → article → reading → story → brief.

use dateline_article::{Help, NotAnArticle};
use dateline_brief::{Brief, Desk, compose::Choice};
use dateline_capture::Capture;
use dateline_lexicon::Lexicon;
use dateline_story::{Agreement, Links, Print, Report, Story};
use rayon::prelude::*;

/// Capture → article → reading, kept together as a report.
///
/// `help` is what the user adds to what is shipped: rules for outlets, lines that they repeat.
///
/// # Errors
/// Where the capture holds no article.
pub fn report(capture: &Capture, lexicon: &Lexicon, help: &Help) -> Result<Report, NotAnArticle> {
    let article = dateline_article::find_with(capture, help)?;
    let reading = dateline_reading::of(&article, lexicon);
    Ok(Report { id: capture.id.clone(), source: capture.source.clone(), article, reading })
}

/// Prints → links → stories. Of a page that was captured more than once the latest is in a story.
pub fn link(prints: &[Print]) -> (Links, Vec<Story>) {
    let links = dateline_story::link_versions(prints);
    let stories = dateline_story::stories(&links, prints);
    (links, stories)
}

/// Reports → links → stories.
pub fn link_reports(reports: &[Report]) -> (Links, Vec<Story>) {
    let prints: Vec<Print> = reports.par_iter().map(Print::of).collect();
    link(&prints)
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
    let (links, stories) = link_reports(reports);
    let agreements = dateline_story::agreements(&stories, reports);
    Linked { links, stories, agreements }
}

/// Stories → brief.
pub fn brief(reports: &[Report], linked: &Linked, choice: &Choice) -> Brief {
    let desk = Desk { reports, links: &linked.links, stories: &linked.stories, agreements: &linked.agreements };
    dateline_brief::compose(&desk, choice)
}

//! The whole chain on one page: capture → article → reading → story → brief.

use dateline_article::{Article, NotAnArticle};
use dateline_capture::Capture;
use dateline_lexicon::Lexicon;
use dateline_reading::Reading;
use dateline_story::{Agreement, Links, Print, Report, Story};
use rayon::prelude::*;

/// Capture → article → reading.
pub fn read(capture: &Capture, lexicon: &Lexicon) -> Result<(Article, Reading), NotAnArticle> {
    let article = dateline_article::find(capture)?;
    let reading = dateline_reading::of(&article, lexicon);
    Ok((article, reading))
}

/// Capture → report: the article, what was read in it, and where it came from.
pub fn report(capture: &Capture, lexicon: &Lexicon) -> Result<Report, NotAnArticle> {
    let (article, reading) = read(capture, lexicon)?;
    Ok(Report { id: capture.id.clone(), source: capture.source.clone(), article, reading })
}

/// Reports → links → stories.
pub fn link(reports: &[Report]) -> (Links, Vec<Story>) {
    let prints: Vec<Print> = reports.par_iter().map(Print::of).collect();
    let links = dateline_story::link(&prints);
    let stories = dateline_story::stories(&links, &prints);
    (links, stories)
}

/// Story → agreement of its articles.
pub fn agreement<'r>(story: &Story, reports: &'r [Report]) -> (Agreement, Vec<&'r Report>) {
    let members: Vec<&Report> = story.members.iter().map(|i| &reports[*i]).collect();
    (dateline_story::agreement(&members), members)
}

//! What a story's page holds of long lists, and the pages on which all of one list stands, a portion at a time.

use dateline_brief::{Extent, Speaker, StoryPart};

/// Lines that the story's own page shows of its articles, and of its independent texts.
const FIRST: usize = 30;
/// Lines of a list on a page of its own.
const EACH: usize = 60;
/// Articles of a story that explain themselves on its own page; of a larger one each is asked for by itself, because
/// finding the words takes time for each.
const EXPLAINED: usize = 24;

/// A list of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Figures,
    Who,
    When,
    Sources,
    Articles,
}

impl List {
    /// Its name in the address, which is that of its section too, and what its lines are.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            List::Figures => ("figures", "figures"),
            List::Who => ("who", "sayings"),
            List::When => ("when", "dates"),
            List::Sources => ("sources", "independent texts"),
            List::Articles => ("articles", "articles"),
        }
    }
}

/// Which part of a story is looked at.
pub(super) struct View {
    story: String,
    /// The list that is shown alone; none for the story's own page.
    alone: Option<List>,
    from: usize,
}

/// Where the lines are that are not shown.
pub(super) struct Rest {
    pub(super) says: String,
    /// Address and label.
    pub(super) ways: Vec<(String, String)>,
}

impl View {
    /// As the address says; a list that is not known is none.
    pub(super) fn of(story: &str, list: &str, from: &str) -> View {
        let all = [List::Figures, List::Who, List::When, List::Sources, List::Articles];
        let alone = all.into_iter().find(|l| l.names().0 == list);
        View { story: story.to_owned(), alone, from: from.parse().unwrap_or(0) }
    }

    /// Whether this is the story's own page.
    pub(super) fn is_whole(&self) -> bool {
        self.alone.is_none()
    }

    fn shows(&self, list: List) -> bool {
        self.alone.is_none_or(|alone| alone == list)
    }

    /// How much is told for this view.
    pub(super) fn extent(&self) -> Extent {
        match self.alone {
            Some(List::Figures | List::Who | List::When) => Extent::Whole,
            _ => Extent::Page,
        }
    }

    /// Whether each of so many articles explains itself.
    pub(super) fn explains(&self, articles: usize) -> bool {
        self.is_whole() && articles <= EXPLAINED
    }

    /// Whether a picture of so many articles stands here.
    pub(super) fn pictures(&self, articles: usize) -> bool {
        self.alone == Some(List::Sources) && self.from == 0 || self.is_whole() && articles <= FIRST
    }

    /// Where the evidence of an article is shown, the articles counted from 1.
    pub(super) fn why(&self, article: usize) -> String {
        let from = article.saturating_sub(1) / EACH * EACH;
        let list = if article > FIRST { format!("part=articles&from={from}&") } else { String::new() };
        format!("/story/{}?{list}why={article}#a-{article}", self.story)
    }

    /// Takes out of what was told all that this view does not show; says of figures, sayings and dates where the rest is.
    pub(super) fn cut(&self, part: &mut StoryPart) -> [Option<Rest>; 3] {
        let totals = [
            part.figures.len() + part.more_figures,
            part.who.iter().map(|s| s.sayings.len()).sum::<usize>() + part.more_sayings,
            part.timeline.len() + part.more_moments,
        ];
        self.window(List::Figures, &mut part.figures);
        self.window(List::When, &mut part.timeline);
        match self.alone {
            Some(List::Who) => part.who = sayings(std::mem::take(&mut part.who), self.from, EACH),
            Some(_) => part.who.clear(),
            None => {}
        }
        let shown = [part.figures.len(), part.who.iter().map(|s| s.sayings.len()).sum(), part.timeline.len()];
        if self.alone.is_some() {
            (part.more_figures, part.more_sayings, part.more_moments) = (0, 0, 0);
        }
        let lists = [List::Figures, List::Who, List::When];
        [0, 1, 2].map(|i| self.rest(lists[i], shown[i], totals[i]))
    }

    /// The lines of a list that is complete which this view shows, and where the rest is.
    pub(super) fn lines<T>(&self, list: List, lines: &mut Vec<T>) -> Option<Rest> {
        let total = lines.len();
        self.window(list, lines);
        if self.is_whole() {
            lines.truncate(FIRST);
        }
        self.rest(list, lines.len(), total)
    }

    fn window<T>(&self, list: List, lines: &mut Vec<T>) {
        if !self.shows(list) {
            lines.clear();
        } else if self.alone.is_some() {
            lines.drain(..self.from.min(lines.len()));
            lines.truncate(EACH);
        }
    }

    fn rest(&self, list: List, shown: usize, total: usize) -> Option<Rest> {
        let (name, what) = list.names();
        if !self.shows(list) || shown == total {
            return None;
        }
        let to = |from: usize| {
            let from = if from > 0 { format!("&from={from}") } else { String::new() };
            format!("/story/{}?part={name}{from}", self.story)
        };
        if self.is_whole() {
            return Some(Rest { says: String::new(), ways: vec![(to(0), format!("All {total} {what}"))] });
        }
        let end = self.from + shown;
        let mut ways = Vec::new();
        if self.from > 0 {
            ways.push((to(self.from.saturating_sub(EACH)), "those before".to_owned()));
        }
        if end < total {
            ways.push((to(end), "those after".to_owned()));
        }
        let says = if shown == 0 {
            format!("{total} {what}")
        } else {
            format!("{} to {end} of {total} {what}", self.from + 1)
        };
        Some(Rest { says, ways })
    }
}

/// So many sayings from one on, of all speakers in their order.
fn sayings(who: Vec<Speaker>, from: usize, most: usize) -> Vec<Speaker> {
    let (mut skip, mut left) = (from, most);
    let mut out = Vec::new();
    for mut speaker in who {
        let gone = skip.min(speaker.sayings.len());
        speaker.sayings.drain(..gone);
        skip -= gone;
        speaker.sayings.truncate(left);
        left -= speaker.sayings.len();
        if !speaker.sayings.is_empty() {
            out.push(speaker);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Addresses and lines of each page of a list, from the story's own page on.
    fn walked(lines: usize) -> Vec<(usize, usize)> {
        let mut view = View::of("s1", "", "");
        let mut pages = Vec::new();
        loop {
            let mut shown: Vec<usize> = (0..lines).collect();
            let rest = view.lines(List::Articles, &mut shown);
            pages.push((shown.first().copied().unwrap_or(0), shown.len()));
            let next =
                rest.and_then(|r| r.ways.into_iter().map(|w| w.0).rfind(|to| !to.contains("part=articles&from=0")));
            let Some(next) = next.filter(|_| shown.last() != Some(&(lines - 1))) else { return pages };
            view = View::of("s1", "articles", next.rsplit_once("from=").map_or("", |f| f.1));
        }
    }

    #[test]
    fn every_line_stands_on_some_page() {
        assert_eq!(walked(30), [(0, 30)]);
        assert_eq!(walked(31), [(0, 30), (0, 31)]);
        assert_eq!(walked(150), [(0, 30), (0, 60), (60, 60), (120, 30)]);
    }

    #[test]
    fn a_list_by_itself_brings_nothing_of_the_others() {
        let mut part = StoryPart { more_figures: 40, more_moments: 2, ..StoryPart::default() };
        let [figures, sayings, moments] = View::of("s1", "", "").cut(&mut part);
        assert!(figures.is_some_and(|r| r.ways[0].1 == "All 40 figures") && sayings.is_none() && moments.is_some());
        assert!(View::of("s1", "articles", "").cut(&mut part).iter().all(Option::is_none));
        assert_eq!((part.more_figures, part.more_moments), (0, 0));
    }

    #[test]
    fn an_article_explains_itself_where_it_is_shown() {
        let view = View::of("s1", "", "");
        assert_eq!(view.why(30), "/story/s1?why=30#a-30");
        assert_eq!(view.why(121), "/story/s1?part=articles&from=120&why=121#a-121");
        assert!(view.explains(24) && !view.explains(25));
    }

    #[test]
    fn an_address_that_is_beyond_the_list_shows_how_long_it_is() {
        let view = View::of("s1", "articles", "900");
        let rest = view.lines(List::Articles, &mut (0..70).collect::<Vec<_>>()).expect("a rest");
        assert_eq!((rest.says.as_str(), rest.ways.len()), ("70 articles", 1));
    }
}

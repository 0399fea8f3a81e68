//! The interface's own words: labels, and nothing that speaks about the world.

use crate::model::{
    Brief, Cell, Counted, ElsewherePart, FigureCell, FigureLine, NewsPart, PageLine, Saying, Speaker, StoryPart,
    StorylinePart, Summary,
};
use crate::sources::SourcePage;
use dateline_article::{AsideKind, Fact, Paywall};
use dateline_reading::{QuoteClass, QuoteKind};
use dateline_story::{Relation, SaidAgain, Verdict};
use dateline_text::{Span, fold};
use std::collections::BTreeSet;

/// "1 page", "3 pages".
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// A verdict in a word.
pub fn verdict(v: Verdict) -> &'static str {
    match v {
        Verdict::Agree => "agree",
        Verdict::Compatible => "compatible",
        Verdict::Updated => "updated",
        Verdict::Differ => "differ",
    }
}

/// What stands beside an article.
pub fn aside_label(kind: AsideKind) -> &'static str {
    match kind {
        AsideKind::Caption => "caption",
        AsideKind::Teaser => "teaser",
        AsideKind::FeedItem => "news-feed item",
        AsideKind::Promotion => "promotion",
        AsideKind::Comment => "comment",
        AsideKind::Navigation => "navigation",
        AsideKind::Other => "other",
    }
}

/// A fact that a page tells of its article.
pub fn fact_label(fact: Fact) -> &'static str {
    match fact {
        Fact::Title => "title",
        Fact::Bylines => "authors",
        Fact::Published => "published",
        Fact::Modified => "changed",
        Fact::Outlet => "outlet",
        Fact::Language => "language",
        Fact::Canonical => "address",
        Fact::Section => "section",
        Fact::Wire => "agency",
    }
}

/// That a page keeps its text for subscribers, and where that was read.
pub fn paywall_words(paywall: &Paywall) -> String {
    let what = if paywall.stub { "for subscribers: the opening alone" } else { "for subscribers" };
    format!("{what} ({})", paywall.basis)
}

/// How one story stands to another.
pub fn relation(r: Relation) -> &'static str {
    match r {
        Relation::LaterDevelopment => "later development",
        Relation::RepeatOfClaim => "repeat of a claim",
        Relation::SameSeries => "same series",
    }
}

/// What is said of a saying beside its words, where it is not plain speech.
pub(crate) fn class(c: QuoteClass) -> Option<&'static str> {
    match c {
        QuoteClass::Speech => None,
        QuoteClass::Belief => Some("belief"),
        QuoteClass::Stance => Some("stance"),
        QuoteClass::Label => Some("label"),
        QuoteClass::NoComment => Some("no comment"),
    }
}

/// What is said of words that are not the speaker's own.
pub(crate) fn kind(k: QuoteKind) -> Option<&'static str> {
    match k {
        QuoteKind::Direct => None,
        QuoteKind::Mixed => Some("partly quoted"),
        QuoteKind::Indirect => Some("indirect"),
    }
}

/// Name and role; a source without a name in the page's own words.
pub(crate) fn role(s: &Speaker) -> String {
    match (&s.role, s.named) {
        (Some(role), _) => format!(", {role}"),
        (None, true) => String::new(),
        (None, false) => " (not named)".to_owned(),
    }
}

/// "5 pages · 4 stories · 5 origins · 1 storyline".
pub(crate) fn totals(s: &Summary) -> String {
    let mut parts = vec![
        count(s.pages, "page", "pages"),
        count(s.stories, "story", "stories"),
        count(s.origins, "origin", "origins"),
    ];
    if s.storylines > 0 {
        parts.push(count(s.storylines, "storyline", "storylines"));
    }
    parts.join(" · ")
}

/// Days and outlets, the brief's second line.
pub(crate) fn scope(s: &Summary) -> String {
    let mut parts = Vec::new();
    if let Some(days) = &s.days {
        parts.push(crate::dates::range_words(days));
    }
    if !s.outlets.is_empty() {
        let names: Vec<String> =
            s.outlets.iter().map(|(name, n)| if *n > 1 { format!("{name} ({n})") } else { name.clone() }).collect();
        let houses = if s.families < names.len() && s.families > 0 {
            format!(" ({} houses)", s.families)
        } else {
            String::new()
        };
        parts.push(format!("outlets named on the page{houses}: {}", names.join(", ")));
    }
    if s.unnamed > 0 {
        parts.push(format!("outlet not named: {}", count(s.unnamed, "page", "pages")));
    }
    parts.join(" · ")
}

/// Above words that are neither a page's nor ours.
pub fn whose(by: Option<&str>) -> String {
    match by {
        Some(by) => format!("In the words of {}", crate::shown(by)),
        None => "In the author’s words".to_owned(),
    }
}

/// Below a brief's title: what is whose.
pub(crate) const WHOSE_IS_WHAT: &str = "The title and what is marked as the author’s words are by whoever put this \
    brief together. What stands between quotation marks stands in a page; the rest is names, labels, counts and dates.";

/// By what a capture can be known again.
pub(crate) fn capture(page: &SourcePage) -> String {
    match &page.digest {
        Some(digest) if *digest == page.id => format!("capture sha256:{digest}"),
        Some(digest) => format!("capture {} · sha256:{digest}", crate::shown(&page.id)),
        None => format!("capture {}", crate::shown(&page.id)),
    }
}

/// Day and counts of a story, beside its headline.
pub(crate) fn story_line(s: &StoryPart) -> String {
    let counted = Counted { pages: s.pages.len(), outlets: s.outlets, origins: s.origins, speakers: s.speakers };
    when_and_how_many(s.days.as_ref(), &counted)
}

/// "20 April 2023 · 6 pages · 5 outlets · 2 origins · 3 speakers".
pub fn when_and_how_many(days: Option<&(String, String)>, counted: &Counted) -> String {
    let when = days.map_or_else(|| "no date on the page".to_owned(), crate::dates::range_words);
    let mut parts = vec![when, count(counted.pages, "page", "pages")];
    if counted.pages > 1 {
        if counted.outlets > 0 {
            parts.push(count(counted.outlets, "outlet", "outlets"));
        }
        parts.push(count(counted.origins, "origin", "origins"));
        if counted.speakers > 0 {
            parts.push(count(counted.speakers, "speaker", "speakers"));
        }
    }
    parts.join(" · ")
}

/// Whether the pages of a story contradict each other on a figure: then figures are shown before all else.
pub(crate) fn is_disputed(s: &StoryPart) -> bool {
    s.figures.iter().any(|f| f.verdict == Some(Verdict::Differ))
}

/// "New since 10 March 2026: 2 pages · 1 origin".
pub fn news_line(n: &NewsPart) -> String {
    let since = crate::day_words(&n.since);
    if n.pages.is_empty() {
        return format!("New since {since}: nothing");
    }
    let pages = count(n.pages.len(), "page", "pages");
    let mut out = format!("New since {since}: {pages} · {}", count(n.origins, "origin", "origins"));
    if !n.undated.is_empty() {
        let numbers: Vec<String> = n.undated.iter().map(|p| format!("[{p}]")).collect();
        out.push_str(&format!(" · no day known: {}", numbers.join(", ")));
    }
    out
}

/// What a reader should know of a story first: that it was pinned, and how many of its figures differ or were updated.
pub fn story_marks(pinned: bool, differ: usize, updated: usize) -> Vec<String> {
    let mut marks = Vec::new();
    if pinned {
        marks.push("pinned".to_owned());
    }
    if differ > 0 {
        marks.push(count(differ, "figure differs", "figures differ"));
    }
    if updated > 0 {
        marks.push(count(updated, "figure updated", "figures updated"));
    }
    marks
}

/// In whose words and what kind of saying; empty for plain direct speech.
pub fn said_tags(c: QuoteClass, k: QuoteKind) -> String {
    class(c).into_iter().chain(kind(k)).collect::<Vec<_>>().join("; ")
}

/// Words of a page between marks, for display: double marks inside become single ones, as printers set them.
pub fn quoted(words: &str) -> String {
    let inner = unquoted(words);
    let mut out = String::with_capacity(inner.len() + 6);
    out.push('“');
    let mut before = ' ';
    for c in inner.chars() {
        out.push(match c {
            '“' | '„' | '«' | '‟' => '‘',
            '”' | '»' => '’',
            '"' if before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–') => '‘',
            '"' => '’',
            c => c,
        });
        before = c;
    }
    out.push('”');
    out
}

/// What was said, in the page's words: parts that stand apart joined by " … ", an opening "that" and the marks around
/// the whole left out.
pub fn said_words(text: &str, content: &[Span], kind: QuoteKind) -> String {
    let part = |s: &Span| {
        let words = crate::shown(s.of(text));
        if kind == QuoteKind::Direct { unquoted(&words) } else { words }
    };
    let joined = content.iter().map(part).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" … ");
    unquoted(joined.strip_prefix("that ").unwrap_or(&joined))
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‟')
}

/// The words without the marks around the whole; where marks stand inside too, all stay as the page has them.
pub(crate) fn unquoted(words: &str) -> String {
    let words = words.trim().trim_end_matches(',');
    let bare = words.trim_matches(is_mark);
    let kept = if bare.contains(is_mark) { words } else { bare };
    kept.trim().trim_end_matches(',').to_owned()
}

/// Outlet, authors, date with its basis, credit: what is known of a page.
pub fn page_facts(p: &PageLine) -> String {
    let mut parts = Vec::new();
    if let Some(outlet) = &p.outlet {
        parts.push(outlet.clone());
    }
    if !p.bylines.is_empty() {
        parts.push(p.bylines.join(", "));
    }
    match (&p.published, &p.latest_named) {
        (Some(when), _) => {
            let basis = p.basis.as_deref().map(|b| format!(" ({b})")).unwrap_or_default();
            parts.push(format!("{}{basis}", crate::day_words(when)));
        }
        (None, Some(day)) => parts.push(format!("no date on the page; latest day it names: {}", crate::day_words(day))),
        (None, None) => parts.push("no date on the page".to_owned()),
    }
    if let Some(wire) = &p.wire {
        parts.push(format!("credits {wire}"));
    }
    parts.extend(crate::evidence::shares(p));
    parts.join(" · ")
}

/// "[1] 1 caption · 6 news-feed items (23 February 2024) — [2] 2 teasers"; `None` where nothing was kept out.
pub fn kept_out(s: &StoryPart) -> Option<String> {
    let pages = s.pages.iter().filter(|p| !p.kept_out.is_empty());
    let told: Vec<String> = pages.map(|p| format!("[{}] {}", p.page, kept_out_of(p))).collect();
    (!told.is_empty()).then(|| told.join(" — "))
}

fn kept_out_of(p: &PageLine) -> String {
    let parts: Vec<String> = p
        .kept_out
        .iter()
        .map(|k| {
            let days = k.days.as_ref().map(|d| format!(" ({})", crate::dates::range_words(d))).unwrap_or_default();
            let many = format!("{}s", k.kind);
            format!("{}{days}", count(k.count, &k.kind, &many))
        })
        .collect();
    parts.join(" · ")
}

/// What joins the pages of a story; `None` for a single page.
pub(crate) fn joined(s: &StoryPart) -> Option<String> {
    if s.pages.len() < 2 {
        return None;
    }
    let mut parts = Vec::new();
    if !s.names.is_empty() {
        parts.push(whole_names(&s.names).into_iter().cloned().collect::<Vec<_>>().join(", "));
    }
    if !s.because.is_empty() {
        parts.push(s.because.join(", "));
    }
    if let Some(days) = s.days_apart {
        parts.push(apart(days));
    }
    Some(parts.join(" · "))
}

/// More pages than this and a table's columns are no longer read side by side.
pub(crate) const COLUMNS: usize = 4;

/// What stands beside a wording: the page's cue where it says more than "said", the class, in whose words; `None` for
/// plain direct speech.
pub fn saying_tags(saying: &Saying, cell: &Cell) -> Option<String> {
    let mut tags: Vec<&str> = Vec::new();
    tags.extend(saying.cue.as_deref());
    tags.extend(class(saying.class));
    tags.extend(kind(cell.kind));
    (!tags.is_empty()).then(|| tags.join("; "))
}

/// How the figures of a line stand to each other, or that one page alone gives it.
pub(crate) fn others(line: &FigureLine) -> &'static str {
    line.verdict.map_or("no one else", verdict)
}

/// Who gives a figure.
pub(crate) fn giver(c: &FigureCell) -> &str {
    c.speaker.as_deref().unwrap_or("page's own text")
}

/// "later development · 14 days apart · shared names, shared terms", and of a repeated claim its words in both.
pub(crate) fn storyline(l: &StorylinePart) -> String {
    linked(l.relation, l.days, (&l.names, &l.terms), l.said.as_ref())
}

/// "before: headline (s6a21) · later development · …".
pub(crate) fn elsewhere(e: &ElsewherePart) -> String {
    let side = if e.earlier { "before" } else { "after" };
    let name = e.headline.as_deref().map_or_else(|| e.story.clone(), |h| format!("{h} ({})", e.story));
    let why = crate::shown(&linked(e.relation, e.days, (&e.names, &e.terms), e.said.as_ref()));
    format!("{side}: {name} · {why}")
}

/// The names that are no part of a longer one among them: "Berit Oso" stands for "Berit" too.
pub(crate) fn whole_names(names: &[String]) -> Vec<&String> {
    let words = |name: &String| fold(name).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = names.iter().map(words).collect();
    let is_part = |of: &[String]| {
        let longer = all.iter().filter(|other| other.len() > of.len() && !of.is_empty());
        longer.into_iter().any(|other| other.windows(of.len()).any(|run| run == of))
    };
    names.iter().zip(&all).filter(|(_, of)| !is_part(of)).map(|(name, _)| name).collect()
}

/// Why two stories are of one storyline.
pub fn linked(
    kind: Relation,
    days: Option<i64>,
    (names, terms): (&[String], &[String]),
    said: Option<&SaidAgain>,
) -> String {
    let mut parts = vec![relation(kind).to_owned()];
    parts.extend(days.map(apart));
    let mut seen = BTreeSet::new();
    // a word of a name says no more than the name
    let in_a_name: BTreeSet<String> =
        names.iter().flat_map(|n| fold(n).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    let terms = terms.iter().filter(|t| !in_a_name.contains(&fold(t)));
    let shared = whole_names(names).into_iter().chain(terms).filter(|w| seen.insert(fold(w)));
    parts.push(shared.cloned().collect::<Vec<_>>().join(", "));
    parts.extend(said.map(|s| format!("{}: {}, again {}", s.speaker, quoted(&s.first.1), quoted(&s.again.1))));
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn apart(days: i64) -> String {
    format!("{} apart", count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day", "days"))
}

/// The outlets' names for a line of a list, each once; `None` where no page names one.
pub fn outlet_names(outlets: &[String]) -> Option<String> {
    let names: BTreeSet<String> = outlets.iter().map(|o| crate::shown(o)).collect();
    (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
}

/// The day a figure holds for: as the page says, else the page's own day in parentheses.
pub(crate) fn figure_day(c: &FigureCell) -> String {
    match (&c.as_of, &c.page_day) {
        (Some(day), _) => crate::day_words(day),
        (None, Some(day)) => format!("({})", crate::day_words(day)),
        (None, None) => String::new(),
    }
}

/// What to show where nothing was chosen.
pub(crate) fn nothing(brief: &Brief) -> Option<&'static str> {
    brief.stories.is_empty().then_some("No story matches.")
}

#[cfg(test)]
mod name_tests {
    use super::whole_names;

    #[test]
    fn a_part_of_a_name_is_not_told_beside_it() {
        let names = ["Berit", "Berit Oso", "Oso", "Wexmouth", "East Wexmouth Harbour", "Oso Bay"].map(str::to_owned);
        assert_eq!(whole_names(&names), ["Berit Oso", "East Wexmouth Harbour", "Oso Bay"]);
        assert_eq!(whole_names(&names[..1]), ["Berit"]);
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, unquoted};

    #[test]
    fn marks_around_the_whole_go_and_marks_inside_stay() {
        assert_eq!(unquoted("“The port is shut,”"), "The port is shut");
        assert_eq!(unquoted("a “serious” threat"), "a “serious” threat");
        assert_eq!(unquoted("“We call it ‘empty’ now.”"), "We call it ‘empty’ now.");
        assert_eq!(unquoted("“Yes,” … “and soon.”"), "“Yes,” … “and soon.”");
        assert_eq!(quoted("a \"serious\" threat, “he” said"), "“a ‘serious’ threat, ‘he’ said”");
    }
}

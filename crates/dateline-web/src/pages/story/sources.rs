//! Where the story comes from: the independent texts with their copies and credits, and why each page is in it.

use super::Noted;
use super::columns::Pages;
use super::parts::View;
use dateline_brief::{PageLine, StoryPart, copy_kind, day_words, html, page_facts, quoted, shown};

/// Bytes of evidence that a page holds; where there is more, each article's is asked for by itself.
const EVIDENCE: usize = 24_000;

/// An independent text.
pub(super) struct Origin {
    pub(super) text: Source,
    pub(super) copies: Vec<Source>,
}

/// One page as a source.
pub(super) struct Source {
    pub(super) outlet: String,
    pub(super) page: Noted,
    pub(super) day: String,
    pub(super) credit: Option<String>,
    /// What kind of copy it is, and how much of it stands in the text that it repeats.
    pub(super) copies: Option<String>,
}

/// A page in the list.
pub(super) struct Article {
    pub(super) number: usize,
    pub(super) to: String,
    pub(super) title: String,
    pub(super) facts: String,
    pub(super) evidence: String,
    /// Where the evidence is, if not here.
    pub(super) why: Option<String>,
    pub(super) notes: Vec<String>,
}

pub(super) fn origins(part: &StoryPart, pages: &Pages) -> Vec<Origin> {
    let mut out: Vec<(usize, Origin)> = Vec::new();
    for p in part.pages.iter().filter(|p| !pages.is_copy(p.page)) {
        out.push((p.page, Origin { text: source(p, pages), copies: Vec::new() }));
    }
    for p in part.pages.iter().filter(|p| pages.is_copy(p.page)) {
        let of = pages.original(p.page);
        if let Some((_, origin)) = out.iter_mut().find(|(page, _)| *page == of) {
            origin.copies.push(source(p, pages));
        }
    }
    out.into_iter().map(|(_, o)| o).collect()
}

fn source(p: &PageLine, pages: &Pages) -> Source {
    let copies = p.repeats.map(|(of, [mine, _])| {
        let kind = p.shared.iter().find(|s| s.page == of).map_or("", |s| copy_kind(s.kind));
        format!("{kind} copy, {mine} % of it stands there").trim().to_owned()
    });
    Source {
        outlet: pages.outlet(p.page),
        page: Noted { label: format!("[{}]", p.page), to: pages.to(p.page) },
        day: p.published.as_deref().map_or_else(|| "no date".to_owned(), day_words),
        credit: p.wire.as_deref().map(|w| format!("credits {}", shown(w))),
        copies,
    }
}

/// The pages of the story; `why` is the one whose evidence was asked for, where not all stands on the page.
pub(super) fn articles(out: &mut Vec<Article>, part: &StoryPart, pages: &Pages, (view, why): (&View, Option<usize>)) {
    let all = view.explains(part.pages.len());
    out.extend(part.pages.iter().map(|p| {
        let mut evidence = String::new();
        if all || why == Some(p.page) {
            html::page_evidence(&mut evidence, part, p, &|note| pages.address(note));
        }
        Article {
            number: p.page,
            to: pages.to(p.page),
            title: quoted(&p.title),
            facts: page_facts(p),
            evidence,
            why: None,
            notes: p.notes.iter().map(|n| shown(n)).collect(),
        }
    }));
    if all && out.iter().map(|a| a.evidence.len()).sum::<usize>() <= EVIDENCE {
        return;
    }
    for a in out.iter_mut().filter(|a| !all || !a.evidence.is_empty()) {
        if why == Some(a.number) {
            a.evidence = a.evidence.replacen("<details class=\"evidence\">", "<details class=\"evidence\" open>", 1);
        } else {
            a.evidence.clear();
            a.why = Some(view.why(a.number));
        }
    }
}

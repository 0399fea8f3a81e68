//! Labels for what joins pages and what changed in them: shared wording, reasons for and against, versions.

use crate::labels::{count, quoted};
use crate::model::{ChangeLine, PageLine, SharedLine, VersionLine, WhyLine};
use dateline_story::{Against, ChangeKind, CopyKind, Objection};

/// A kind of copy in words.
pub fn copy_kind(kind: CopyKind) -> &'static str {
    match kind {
        CopyKind::Verbatim => "verbatim",
        CopyKind::Edited => "edited",
        CopyKind::Excerpt => "excerpt",
        CopyKind::Passage => "a passage in common",
        CopyKind::Recapture => "the same page saved again",
        CopyKind::Version => "another version of the page",
    }
}

/// What a change is of, in a word.
pub fn change_kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Headline => "headline",
        ChangeKind::Figure => "figure",
        ChangeKind::Quotation => "quotation",
        ChangeKind::Correction => "correction",
        ChangeKind::Text => "text",
    }
}

/// "repeats [1], verbatim, the earlier of the two (97 % of this text stands there, 95 % of that here)", and the other
/// pages that share wording with it.
pub(crate) fn shares(p: &PageLine) -> Vec<String> {
    let repeated = p.repeats.map(|(of, _)| of);
    let mut out = Vec::new();
    if let Some((of, contained)) = p.repeats {
        let known = p.shared.iter().find(|s| s.page == of);
        let how = known.map(|s| format!(", {}{}", copy_kind(s.kind), which_first(s))).unwrap_or_default();
        out.push(format!("repeats [{of}]{how} ({})", percent(contained)));
    }
    let others = |kind: fn(&SharedLine) -> bool| -> Vec<String> {
        let all = p.shared.iter().filter(|s| Some(s.page) != repeated && kind(s));
        all.map(|s| format!("[{}]", s.page)).collect()
    };
    let passages = others(|s| s.kind == CopyKind::Passage);
    if !passages.is_empty() {
        out.push(format!("a passage in common with {}", passages.join(", ")));
    }
    let cut = others(|s| s.kind == CopyKind::Edited);
    if !cut.is_empty() {
        out.push(format!("shares wording with {}", cut.join(", ")));
    }
    out
}

fn which_first(s: &SharedLine) -> &'static str {
    match s.earlier {
        Some(false) => ", which is earlier",
        Some(true) => ", though this is earlier",
        None => "",
    }
}

fn percent([mine, theirs]: [u32; 2]) -> String {
    format!("{mine} % of this text stands there, {theirs} % of that here")
}

/// "[2] with [1]: 0.93 · names · terms · figures · 1 day apart".
pub(crate) fn reason(w: &WhyLine) -> String {
    let mut parts = vec![format!("[{}] with [{}]: {:.2}", w.page, w.with, w.score)];
    for (label, words) in [("names", &w.names), ("terms", &w.terms), ("figures", &w.figures)] {
        if !words.is_empty() {
            parts.push(format!("{label}: {}", words.join(", ")));
        }
    }
    parts.extend(w.days.map(|d| {
        let days = count(usize::try_from(d.unsigned_abs()).unwrap_or(usize::MAX), "day", "days");
        format!("{days} apart")
    }));
    parts.join(" · ")
}

/// What speaks most against a link, in words.
pub(crate) fn against(a: &Against) -> String {
    let what = match a.what {
        Objection::Lead => "words of title and lead that the other lacks",
        Objection::Apart => "published on other days",
        Objection::Days => "title and lead name other days",
        Objection::Figures => "other figures",
        Objection::Answer => "one answers a claim, the other’s opening knows of no answer",
        Objection::Ahead => "one looks ahead, the other’s opening does not",
        Objection::Again => "one tells of another of a kind, the other’s opening does not",
        Objection::Names => "names in either’s title that the other lacks",
    };
    let side = |words: &[String]| words.iter().map(|w| crate::shown(w)).collect::<Vec<_>>().join(", ");
    match (a.own.is_empty(), a.other.is_empty()) {
        (true, true) => what.to_owned(),
        (false, true) => format!("{what}: {}", side(&a.own)),
        (true, false) => format!("{what}: – / {}", side(&a.other)),
        (false, false) => format!("{what}: {} / {}", side(&a.own), side(&a.other)),
    }
}

/// What one capture of a page changed in the one before it.
pub(crate) fn version(v: &VersionLine) -> Vec<String> {
    let when =
        v.until.as_deref().map(|d| format!(" on {}", crate::day_words(crate::dates::day(d)))).unwrap_or_default();
    if v.changes.is_empty() {
        return vec![format!("saved again{when}, with nothing changed that matters")];
    }
    v.changes.iter().map(|c| format!("this page changed{when}: {}", change(c))).collect()
}

/// "figure “412 passengers” → “397 passengers”".
pub(crate) fn change(c: &ChangeLine) -> String {
    let words = |side: &Option<crate::model::Side>| side.as_ref().map(|s| quoted(&s.words));
    let what = change_kind(c.kind);
    match (words(&c.old), words(&c.new)) {
        (Some(old), Some(new)) => format!("{what} {old} → {new}"),
        (Some(old), None) => format!("{what} taken out: {old}"),
        (None, Some(new)) => format!("{what} added: {new}"),
        (None, None) => what.to_owned(),
    }
}

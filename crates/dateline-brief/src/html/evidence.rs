//! Under each page of a story: why it is here, what wording it shares and where, what its older captures said.

use super::parts::{ToNote, mark};
use crate::escape::html as esc;
use crate::evidence;
use crate::model::{Note, PageLine, SharedLine, StoryPart};
use std::fmt::Write;

/// Shared passages shown of a pair.
const PASSAGES: usize = 6;

/// The places that [`page`] links to.
pub(super) fn notes(story: &StoryPart) -> impl Iterator<Item = Note> + '_ {
    let pairs = story.pages.iter().flat_map(|p| &p.shared);
    pairs.flat_map(|s| longest(s)).flat_map(|[own, other]| [own.clone(), other.clone()])
}

/// The longest passages of a pair, in the order of the text.
fn longest(shared: &SharedLine) -> Vec<&[Note; 2]> {
    let mut all: Vec<&[Note; 2]> = shared.spans.iter().collect();
    all.sort_by_key(|[own, _]| std::cmp::Reverse(own.span[1] - own.span[0]));
    all.truncate(PASSAGES);
    all.sort_by_key(|[own, _]| own.span[0]);
    all
}

/// What is known of a page's membership, folded away: why it is here and what speaks against it, the wording it
/// shares, its older captures. `to` gives the address of a noted place.
pub fn page(out: &mut String, story: &StoryPart, p: &PageLine, to: ToNote) {
    let why: Vec<_> = story.why.iter().filter(|w| w.page == p.page).collect();
    if why.is_empty() && p.shared.is_empty() && p.versions.is_empty() {
        return;
    }
    out.push_str("<details class=\"evidence\"><summary>Why it is here</summary>\n<ul>\n");
    for w in why {
        let _ = write!(out, "<li>{}", esc(&evidence::reason(w)));
        if let Some(a) = &w.against {
            let _ = write!(out, "<br><b>Against</b> {}", esc(&evidence::against(a)));
        }
        out.push_str("</li>\n");
    }
    for s in &p.shared {
        let passages = longest(s);
        let more = s.spans.len() - passages.len();
        let shown: Vec<String> =
            passages.iter().map(|[own, other]| format!("{} = {}", mark(own, to), mark(other, to))).collect();
        let more = if more > 0 { format!(", {more} more") } else { String::new() };
        let _ = writeln!(
            out,
            "<li>Shared wording with [{}], {} ({} %, {} %): {}{more}</li>",
            s.page,
            evidence::copy_kind(s.kind),
            s.contained[0],
            s.contained[1],
            shown.join(", ")
        );
    }
    for line in p.versions.iter().flat_map(evidence::version) {
        let _ = writeln!(out, "<li>{}</li>", esc(&line));
    }
    out.push_str("</ul></details>\n");
}

//! Who wrote it: the names the page gives as authors, and nobody else.
//!
//! Machine-readable fields come first, lines near the headline next. A field that names the outlet itself says
//! little: it stands only where nothing else is found.

use super::times::{AFTER, View, neighbourhood};
use crate::html::lines::Line;
use crate::html::prose::key;
use crate::html::sites::What;
use crate::html::tags::Attr;
use crate::html::zones::Zone;
use crate::meta::ballot::{Ballot, same_words};
use crate::meta::bylines::{self, Credit, Kinship};
use crate::meta::dates::Hint;
use crate::{Choice, Fact};

const META: [&str; 10] = [
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "byl",
    "authors",
    "rnews:author",
];

/// Longest line that is taken for a byline, in characters.
const BYLINE: usize = 120;
/// Most text that an element of bylines holds, in characters.
const MOST_HELD: usize = 400;
/// Most names one article is believed to have.
const MOST: usize = 12;

/// Who wrote the article, and how that was chosen.
pub(crate) struct Authors {
    pub credit: Credit,
    pub choice: Option<Choice>,
}

/// What names weigh, by where they stand.
const RULE: u32 = 1000;
const LINKED: u32 = 100;
const FIELDS: u32 = 90;
const MARKED: u32 = 70;
const SEEN: u32 = 60;
/// The outlet alone, where nobody else is named.
const OUTLET: u32 = 10;
/// Why names in a field are not taken.
const ACCOUNT: &str = "the name of an account, nobody's";
const UNSEEN: &str = "an account of the outlet that no reader sees";

/// The authors in the page's order, and the agency credited. `outlets` are the names of the outlet.
pub(crate) fn of(view: &View<'_, '_>, hint: Hint<'_>, outlets: &[String]) -> Authors {
    let mut ballot = Ballot::new(Fact::Bylines);
    let mut all: Vec<(String, Credit)> = Vec::new();
    let mut fallback = Credit::default();
    let is_site = |text: &str| is_outlet(text, outlets);
    let mut put = |credit: Credit, basis: &str, weight: u32| {
        let (whole, credit) = without_outlets(credit, outlets);
        let names = if credit.names.is_empty() { &whole } else { &credit };
        let value = names.names.join("; ");
        if !credit.names.is_empty() {
            ballot.put(Some(value.clone()), basis, weight);
            all.push((value, credit));
        } else if whole.names.iter().all(|n| is_site(n)) || is_seen(view, &whole) {
            ballot.put(Some(value), basis, OUTLET);
            join(&mut fallback, whole);
        } else {
            ballot.bar(Some(value), basis, UNSEEN);
        }
    };
    let mut accounts: Vec<(String, &'static str)> = Vec::new();
    let mut field_of = |texts: Vec<String>, basis: &'static str| {
        let mut credit = Credit::default();
        for text in &texts {
            if bylines::is_account(text) && !is_site(text) {
                accounts.push((text.clone(), basis));
            } else {
                join(&mut credit, field(text));
            }
        }
        credit
    };
    let ruled = view.selected.of(What::Byline).map(|node| view.tree.text_inside(node)).collect();
    put(field_of(ruled, "site rule"), "site rule", RULE);
    put(
        field_of(view.linked.names("author").into_iter().map(|(name, _)| name).collect(), "json-ld"),
        "json-ld",
        LINKED,
    );
    for name in META {
        put(field_of(view.head.all(name).map(str::to_owned).collect(), "meta"), "meta", FIELDS);
    }
    put(field_of(marked(view), "microdata"), "microdata", MARKED);
    put(visible(view, hint), "byline line", SEEN);
    for (account, basis) in accounts {
        ballot.bar(Some(account), basis, ACCOUNT);
    }
    let choice = ballot.decide(same_words);
    let chosen = choice.as_ref().and_then(|c| all.into_iter().find(|(value, _)| *value == c.value));
    let credit = chosen.map_or(fallback, |(_, credit)| credit);
    Authors { choice: choice.map(|c| Choice { value: credit.names.join("; "), ..c }), credit }
}

/// Whether a name is the outlet's own.
fn is_outlet(name: &str, outlets: &[String]) -> bool {
    bylines::kinship(name, outlets.iter().map(String::as_str)) == Kinship::Same
}

/// A credit as it is, and without the outlet's own names in it.
fn without_outlets(credit: Credit, outlets: &[String]) -> (Credit, Credit) {
    let is_its_own = |name: &String| {
        let key = key(name);
        let longer = |o: &String| {
            let own = self::key(o);
            own.len() >= 5 && key.len() > own.len() && key.starts_with(own.as_str())
        };
        is_outlet(name, outlets) || outlets.iter().any(longer) && bylines::bare(name).is_none()
    };
    let mut rest = credit.clone();
    rest.names.retain(|n| !is_its_own(n));
    rest.names.truncate(MOST);
    for name in &mut rest.names {
        without_outlet(name, &|n: &String| is_outlet(n, outlets));
    }
    (credit, rest)
}

/// Whether a reader of the page sees each of the names.
fn is_seen(view: &View<'_, '_>, credit: &Credit) -> bool {
    let shown = |name: &String| {
        let key = key(name);
        !key.is_empty()
            && view.page.lines.iter().any(|l| l.chars >= key.chars().count() && self::key(&l.text).contains(&key))
    };
    credit.names.iter().all(shown)
}

/// Cuts the outlet off a name: "Ada Brook. The Harbour Post".
fn without_outlet(name: &mut String, is_outlet: &impl Fn(&String) -> bool) {
    let cuts =
        [". ", ", ", " / ", "/", " - ", " – "].iter().filter_map(|mark| name.find(mark).map(|at| (at, mark.len())));
    let found =
        cuts.filter(|(at, n)| *at > 3 && name.get(at + n..).is_some_and(|tail| is_outlet(&tail.to_owned()))).min();
    if let Some((at, _)) = found {
        name.truncate(at);
    }
}

/// Longest name that is taken as it is, in words.
const NAME_WORDS: usize = 8;

/// Reads a field of authors. A name that goes on after what is known of names' shapes is one name all the same,
/// as long as nothing parts it; one with a description after a comma ends there.
fn field(text: &str) -> Credit {
    let text = text.split(" (").next().unwrap_or(text).trim();
    let mut credit = bylines::field(text);
    if let [only] = credit.names.as_mut_slice() {
        let rest = text.strip_prefix(only.as_str()).unwrap_or_default();
        let parts = |c: char| matches!(c, ',' | ';' | '|' | '/' | '–' | '—' | ':' | '、') || c.is_ascii_digit();
        if !rest.is_empty() && !bylines::is_role(rest) && !rest.contains(parts) && text.split_whitespace().count() <= 4
        {
            *only = text.to_owned();
        }
        if only.split_whitespace().count() > NAME_WORDS
            && let Some((name, _)) = only.split_once(',')
        {
            *only = name.trim().to_owned();
        }
    }
    credit.names.retain(|n| n.chars().any(char::is_alphabetic) && (n == text || !bylines::is_account(n)));
    credit
}

/// Adds names that are not there yet.
fn join(credit: &mut Credit, more: Credit) {
    for name in more.names {
        if !credit.names.iter().any(|n| key(n) == key(&name)) {
            credit.names.push(name);
        }
    }
    credit.wire = credit.wire.or(more.wire);
}

/// Texts of elements with `itemprop=author` or `rel=author`: those near the headline, else the first few of the page,
/// where a list of other articles would have many.
fn marked(view: &View<'_, '_>) -> Vec<String> {
    const FEW: usize = 4;
    let tree = view.tree;
    let mut out: Vec<(usize, String)> = Vec::new();
    let comments: Vec<_> = view.page.zones.iter().filter(|z| z.zone == Zone::Comment).collect();
    let mut inside = 0;
    for i in 0..tree.nodes.len() {
        if i < inside {
            continue;
        }
        let is = |attr: Attr| tree.raw_attribute(i, attr).is_some_and(|v| v.split_whitespace().any(|w| w == "author"));
        if (is(Attr::Itemprop) || is(Attr::Rel)) && !comments.iter().any(|z| tree.within(i, z.node)) {
            inside = tree.nodes[i].end as usize;
            let named = tree.inside(i).find(|n| tree.raw_attribute(*n, Attr::Itemprop) == Some("name"));
            let node = named.unwrap_or(i);
            let content = tree.attribute(node, Attr::Content).map(|c| c.into_owned());
            out.push((i, content.unwrap_or_else(|| tree.text_inside(node))));
        }
    }
    out.retain(|(_, text)| text.chars().count() <= BYLINE);
    let near = neighbourhood(view).unwrap_or(0..0);
    let is_near = |node: &usize| near.contains(node);
    if out.iter().any(|(node, _)| is_near(node)) {
        out.retain(|(node, _)| is_near(node));
    } else if out.len() > FEW {
        out.clear();
    }
    out.into_iter().map(|(_, text)| text).collect()
}

/// Names in lines around the headline: after a cue ("By"), beside a date, or alone in an element that says by its
/// class that it is a byline.
fn visible(view: &View<'_, '_>, hint: Hint<'_>) -> Credit {
    let mut out = Credit::default();
    let lines = &view.page.lines;
    let Some(place) = view.place else { return out };
    // An element that says it is a byline and holds a page of text is not.
    let held = |node: usize| -> usize {
        let from = lines.partition_point(|l| l.first < node);
        lines[from..].iter().take_while(|l| view.tree.within(l.first, node)).map(|l| l.chars).sum()
    };
    let zones: Vec<_> =
        view.page.zones.iter().filter(|z| z.zone == Zone::Byline && held(z.node) <= MOST_HELD).collect();
    let in_byline = |line: &Line| zones.iter().any(|z| view.tree.within(line.first, z.node));
    let mut cue = false;
    for line in lines.iter().skip(place + 1).take(AFTER).filter(|l| l.chars <= BYLINE) {
        let read = line.text.split('\n').find_map(|part| bylines::line(part, hint));
        let found = match read {
            Some(bylines::Line::Names(credit)) => Some(credit),
            Some(bylines::Line::CueAlone) => {
                cue = true;
                continue;
            }
            None if cue || in_byline(line) => bylines::bare(&line.text),
            None => None,
        };
        cue = false;
        if let Some(credit) = found {
            join(&mut out, credit);
        }
    }
    out
}

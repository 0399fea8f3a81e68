//! What speaks for and against each kind of name: the words of the candidate and the words around it.

use super::cut::Piece;
use super::tokens::{Shape, Tokens};
use crate::NameKind;
use dateline_lexicon::names::Role;
use dateline_lexicon::places::PlaceKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// What the whole article shows of its candidates, before any is decided.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Keys that stand inside a sentence, not at its beginning: how often.
    pub inside: FxHashMap<String, u32>,
    /// Last words of runs of two and more words that look like persons' names.
    pub surnames: FxHashSet<String>,
    /// Initials of runs of several words ("World Bank Group" → "wbg").
    pub initials: FxHashSet<String>,
    /// Words that the article also writes small.
    pub small: FxHashSet<String>,
}

impl Seen {
    pub fn of(t: &Tokens, pieces: &[Piece]) -> Seen {
        let mut seen = Seen::default();
        for p in pieces {
            if !p.initial {
                *seen.inside.entry(t.key(p.first, p.last)).or_insert(0) += 1;
            }
            if p.last == p.first {
                continue;
            }
            let initials: String =
                (p.first..=p.last).filter(|i| t.is_name(*i)).filter_map(|i| t.folded(i).chars().next()).collect();
            seen.initials.insert(initials);
            let first = t.lexicon.names.person(t.folded(p.first));
            if p.kind.is_none() && p.last - p.first <= 4 && first.given {
                seen.surnames.insert(t.folded(p.last).to_owned());
            }
        }
        for i in 0..t.len() {
            if t.shape(i) == Shape::Lower {
                seen.small.insert(t.folded(i).to_owned());
            }
        }
        seen
    }
}

pub(super) const PLACE_PREPOSITIONS: &[&str] =
    &["in", "at", "near", "outside", "across", "around", "throughout", "toward", "towards", "inside", "within"];
const MOTION: &[&str] =
    &["to", "from", "into", "through", "via", "visit", "visited", "left", "reached", "between", "over"];
pub(super) const SAYING: &[&str] = &[
    "said",
    "says",
    "told",
    "added",
    "wrote",
    "asked",
    "replied",
    "explained",
    "argued",
    "noted",
    "who",
    "whose",
    "announced",
    "tweeted",
    "insisted",
    "warned",
    "claimed",
    "denied",
    "admitted",
    "recalled",
    "thinks",
    "believes",
];
const HUMAN_VERBS: &[&str] = &[
    "was", "is", "has", "had", "will", "would", "also", "did", "does", "went", "came", "took", "made", "got", "became",
    "died",
];
const KIN: &[&str] = &[
    "wife",
    "husband",
    "son",
    "daughter",
    "brother",
    "sister",
    "father",
    "mother",
    "friend",
    "colleague",
    "named",
    "called",
];

/// One piece of evidence, as a row in the table of weights: what was seen, and the word seen there (or `""`).
pub type Evidence<'e> = (&'static str, &'e str);

/// Gathers evidence.
struct Found<'e>(Vec<Evidence<'e>>);

impl<'e> Found<'e> {
    fn push(&mut self, what: &'static str) {
        self.0.push((what, ""));
    }

    fn word(&mut self, what: &'static str, word: &'e str) {
        self.0.push((what, word));
    }
}

/// The evidence for one candidate.
pub(super) fn of<'e>(t: &'e Tokens, seen: &Seen, p: &Piece) -> Vec<Evidence<'e>> {
    let mut found = Found(Vec::with_capacity(32));
    let out = &mut found;
    out.push("always");
    words(t, p, out);
    shapes(t, p, out);
    gazetteer(t, p, out);
    before(t, p, out);
    around(t, p, out);
    after(t, p, out);
    article(t, seen, p, out);
    found.0
}

fn words(t: &Tokens, p: &Piece, out: &mut Found) {
    let names: Vec<usize> = (p.first..=p.last).filter(|i| t.is_name(*i)).collect();
    out.push(match names.len() {
        0 | 1 => "words: 1",
        2 => "words: 2",
        3 => "words: 3",
        _ => "words: 4+",
    });
    let lists = &t.lexicon.names;
    let first = lists.person(t.folded(p.first));
    let last = lists.person(t.folded(p.last));
    let single = p.first == p.last;
    match (single, first.given, last.surname || last.given) {
        (true, true, true) if first.surname => out.push("one: given name and surname"),
        (true, true, _) => out.push("one: given name"),
        (true, false, true) => out.push("one: surname"),
        (true, false, false) => out.push("one: not in the lists"),
        (false, true, true) => out.push("several: given name, surname"),
        (false, true, false) => out.push("several: given name, unknown"),
        (false, false, true) => out.push("several: unknown, surname"),
        (false, false, false) => out.push("several: none in the lists"),
    }
    let common = names.iter().filter(|i| t.is_common(**i)).count();
    if common == names.len() {
        out.push("common words: all");
    } else if common > 0 {
        out.push("common words: some");
    }
    if !p.initial && p.kind.is_none() {
        out.push(match (names.len(), common) {
            (0 | 1, 0) => "inside: one word, not common",
            (0 | 1, _) => "inside: one common word",
            (_, 0) => "inside: several words, none common",
            _ => "inside: several words, some common",
        });
    }
    if names.iter().any(|i| t.role(*i) == Some(Role::Head)) {
        out.push("word: office");
    }
}

fn shapes(t: &Tokens, p: &Piece, out: &mut Found) {
    let single = p.first == p.last;
    match t.shape(p.first) {
        Shape::Upper if single && t.text(p.first).chars().count() <= 5 => out.push("written: short capitals"),
        Shape::Upper if single => out.push("written: long capitals"),
        Shape::Inner => out.push("written: capital inside"),
        Shape::Upper => out.push("written: begins with capitals"),
        _ => {}
    }
    if t.text(p.first).chars().skip(1).any(char::is_uppercase) && t.shape(p.first) == Shape::Capital {
        out.push("written: second capital");
    }
    if !single && (p.first..=p.last).any(|i| t.shape(i) == Shape::Capital && t.text(i).chars().count() == 1) {
        out.push("written: initial");
    }
    if (p.first..=p.last).any(|i| t.text(i) == "&") {
        out.push("written: &");
    }
    if (p.first + 1..p.last).any(|i| t.shape(i) == Shape::Lower) {
        out.push("written: particle");
    }
}

fn gazetteer(t: &Tokens, p: &Piece, out: &mut Found) {
    let found = t.lexicon.places.named(&t.key(p.first, p.last));
    let Some(best) = found.iter().max_by_key(|x| (rank(x.kind), x.population)) else {
        out.push("gazetteer: no");
        let opens = p.last > p.first && t.lexicon.places.is_named(t.folded(p.first));
        if opens {
            out.push("gazetteer: first word");
        }
        return;
    };
    // Towns bear any word's name: "Alliance", "Independence".
    let common =
        (p.first..=p.last).all(|i| t.is_common(i)) && best.kind == PlaceKind::City && best.population < 500_000;
    if common {
        return out.push("gazetteer: town, common word");
    }
    out.push(match (best.kind, best.population) {
        (PlaceKind::Country, _) => "gazetteer: country",
        (PlaceKind::Region, _) => "gazetteer: region",
        (PlaceKind::County, _) => "gazetteer: county",
        (_, 1_000_000..) => "gazetteer: over 1,000,000",
        (_, 100_000..) => "gazetteer: over 100,000",
        (_, 20_000..) => "gazetteer: over 20,000",
        _ => "gazetteer: small",
    });
}

fn rank(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Country => 2,
        PlaceKind::Region => 1,
        _ => 0,
    }
}

/// The very words around and the ends of the words inside: rows for those that were seen often when weights were fitted.
fn around<'e>(t: &'e Tokens, p: &Piece, out: &mut Found<'e>) {
    if let Some((word, kind)) = p.head {
        out.push(if kind == NameKind::Org { "head: organisation" } else { "head: place" });
        out.word("head word", t.folded(word));
    }
    if let Some(b) = p.first.checked_sub(1).filter(|b| t.adjacent(*b)) {
        out.word("word before", if t.folded(b).is_empty() { t.text(b) } else { t.folded(b) });
        if let Some(c) = b.checked_sub(1) {
            out.word("second word before", if t.folded(c).is_empty() { t.text(c) } else { t.folded(c) });
        }
    }
    if !t.ends_line(p.last) {
        let (a, b) = (p.last + 1, p.last + 2);
        out.word("word after", if t.folded(a).is_empty() { t.text(a) } else { t.folded(a) });
        out.word("second word after", if t.folded(b).is_empty() { t.text(b) } else { t.folded(b) });
    }
    if p.first != p.last {
        out.word("first word", t.folded(p.first));
    }
    out.word("last word", t.folded(p.last));
    for (what, length) in [("ending of 2", 2), ("ending of 3", 3), ("ending of 4", 4)] {
        let word = t.folded(p.last);
        if let Some((at, _)) = word.char_indices().rev().nth(length - 1).filter(|(at, _)| *at > 0) {
            out.word(what, &word[at..]);
        }
    }
}

fn before(t: &Tokens, p: &Piece, out: &mut Found) {
    let Some(b) = p.first.checked_sub(1) else {
        out.push("before: nothing");
        return;
    };
    let word = t.folded(b);
    let stop = t.text(b) == "." && b > 0;
    let office = if stop { b - 1 } else { b };
    match t.role(office) {
        Some(Role::Honorific) => return out.push("before: form of address"),
        Some(Role::Head) if !p.initial => return out.push("before: office"),
        _ => {}
    }
    let row = match word {
        "" if p.initial => "before: beginning",
        "" => match t.text(b) {
            "," => "before: comma",
            "(" => "before: bracket",
            "-" | "–" | "—" => "before: dash",
            _ => "before: mark",
        },
        "the" => "before: the",
        "a" | "an" => "before: a",
        "of" => "before: of",
        "by" => "before: by",
        "with" | "for" | "against" | "about" | "on" => "before: with, for",
        "and" | "or" => "before: and",
        w if PLACE_PREPOSITIONS.contains(&w) => "before: in",
        w if MOTION.contains(&w) => "before: to, from",
        w if KIN.contains(&w) => "before: kin",
        w if SAYING.contains(&w) => "before: said",
        _ if t.is_name(b) => "before: name",
        _ => "before: other word",
    };
    out.push(row);
    if p.initial && !word.is_empty() {
        out.push("before: beginning");
    }
}

fn after(t: &Tokens, p: &Piece, out: &mut Found) {
    let a = p.last + 1;
    if t.ends_line(p.last) {
        out.push("after: nothing");
        return;
    }
    let word = t.folded(a);
    let row = match t.text(a) {
        "’s" | "'s" => "after: 's",
        "," => return after_comma(t, a, out),
        "(" => "after: bracket",
        "-" | "–"
            if matches!(t.text(a + 1), "based" | "led" | "backed" | "born" | "controlled" | "held" | "occupied") =>
        {
            "after: -based"
        }
        _ if word.is_empty() => "after: mark",
        _ if SAYING.contains(&word) => "after: said",
        _ if HUMAN_VERBS.contains(&word) => "after: verb",
        _ if t.role(a) == Some(Role::Head) => "after: office",
        _ if t.is_name(a) => "after: name",
        _ if matches!(word, "and" | "or") => "after: and",
        _ => "after: other word",
    };
    out.push(row);
}

fn after_comma(t: &Tokens, comma: usize, out: &mut Found) {
    let next = comma + 1;
    let row = match t.shape(next) {
        Shape::Number => "after: comma, number",
        Shape::Lower if matches!(t.text(next), "a" | "an" | "the" | "who" | "whose" | "his" | "her") => {
            "after: comma, the"
        }
        Shape::Capital | Shape::Upper => {
            let state = t.lexicon.places.abbreviated(t.text(next)).is_some()
                || t.lexicon.places.abbreviated(&format!("{}.", t.text(next))).is_some();
            let upper = t.lexicon.places.named(t.folded(next)).first().is_some_and(|x| x.kind != PlaceKind::City);
            if state || upper { "after: comma, state" } else { "after: comma, name" }
        }
        _ => "after: comma",
    };
    out.push(row);
}

fn article(t: &Tokens, seen: &Seen, p: &Piece, out: &mut Found) {
    let key = t.key(p.first, p.last);
    match seen.inside.get(&key).copied().unwrap_or(0) {
        0 => out.push("article: never inside a sentence"),
        1 if !p.initial => {}
        _ => out.push("article: again inside a sentence"),
    }
    if p.first == p.last {
        if seen.surnames.contains(&key) {
            out.push("article: surname of a full name");
        }
        if seen.initials.contains(&key) && t.shape(p.first) == Shape::Upper {
            out.push("article: initials of a long name");
        }
        if seen.small.contains(&key) {
            out.push("article: also written small");
        }
    }
}

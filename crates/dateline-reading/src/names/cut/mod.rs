//! Cuts the capitalised words of a sentence into candidate names.
//!
//! At each capitalised word the rules are asked in a fixed order, the first that fits takes its words: names listed as
//! a whole, offices (which are no names), names built on a head ("… University", "Ministry of …"), nationalities,
//! places of the gazetteer, and last any run of capitalised words.

mod lands;

use super::tokens::{Shape, Tokens};
use crate::NameKind;
use dateline_lexicon::names::{Kind, Role};
use std::ops::Range;

/// A candidate name.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// First word.
    pub first: usize,
    /// Last word, inclusive.
    pub last: usize,
    /// What it names, where a list or a head says so without doubt.
    pub kind: Option<NameKind>,
    /// The word that heads it ("University") and what such a head mostly names.
    pub head: Option<(usize, NameKind)>,
    /// The rule that cut it.
    pub rule: &'static str,
    /// Whether it is the first word of its sentence.
    pub initial: bool,
}

/// The longest run of words that is taken for one name.
const LONGEST: usize = 9;

pub(super) fn name_kind(kind: Kind) -> NameKind {
    match kind {
        Kind::Org => NameKind::Org,
        Kind::Place => NameKind::Place,
        Kind::Norp => NameKind::Norp,
        Kind::Event => NameKind::Event,
        Kind::Facility => NameKind::Facility,
        Kind::Work => NameKind::Work,
    }
}

/// Cuts one sentence.
pub(super) fn sentence(t: &Tokens, words: Range<usize>) -> Vec<Piece> {
    let mut cutter = Cutter { t, end: words.end, out: Vec::new() };
    let mut at = words.start;
    let mut initial = true;
    while at < words.end {
        if !t.is_name(at) {
            // Quotation marks, dashes and bullets do not end the beginning of a sentence.
            initial = initial && t.shape(at) == Shape::Mark || matches!(t.text(at), "“" | "\"" | ":" | "•" | "‘");
            at += 1;
            continue;
        }
        let next = cutter.at(at, initial).max(at + 1);
        initial = initial && is_article(t.folded(at)) && next == at + 1;
        at = next;
    }
    cutter.out
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an")
}

struct Cutter<'t, 'd> {
    t: &'t Tokens<'d>,
    end: usize,
    out: Vec<Piece>,
}

/// Small words inside persons' and places' names.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "del"
            | "della"
            | "di"
            | "do"
            | "dos"
            | "du"
            | "la"
            | "las"
            | "le"
            | "los"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "bint"
            | "ibn"
            | "el"
            | "al"
            | "ben"
            | "ter"
            | "ten"
            | "zu"
            | "ul"
            | "ad"
            | "e"
            | "y"
    )
}

impl Cutter<'_, '_> {
    fn push(&mut self, first: usize, last: usize, kind: Option<NameKind>, rule: &'static str, initial: bool) -> usize {
        self.out.push(Piece { first, last, kind, head: None, rule, initial });
        last + 1
    }

    /// Takes what begins at word `i`; returns the word to go on with.
    fn at(&mut self, i: usize, initial: bool) -> usize {
        let t = self.t;
        if let Some((last, kind)) = self.known(i, initial) {
            return self.push(i, last, Some(kind), "listed", initial);
        }
        let article =
            is_article(t.folded(i)) && t.shape(i) == Shape::Capital && self.place(i).is_none_or(|last| last == i);
        if article || t.lexicon.names.not_name(t.folded(i)) && t.shape(i) != Shape::Inner {
            return i + 1;
        }
        if let Some(last) = self.abbreviated(i).or_else(|| self.dateline(i, initial)) {
            return self.push(i, last, Some(NameKind::Place), "abbreviation or dateline", initial);
        }
        if !t.english
            && let Some(known) = t.lexicon.names.known_declined(t.folded(i))
        {
            return self.push(i, i, Some(name_kind(known.kind)), "listed, declined", initial);
        }
        if !t.english && t.lexicon.places.declined(t.folded(i)).is_some() {
            return self.push(i, i, Some(NameKind::Place), "country, declined", initial);
        }
        let headed = self.headed(i);
        if !matches!(headed, Some((_, _, NameKind::Place | NameKind::Event | NameKind::Facility)))
            && let Some(last) = self.country(i)
        {
            return self.push(i, last, Some(NameKind::Place), "country", initial);
        }
        if let Some((head, last, kind)) = headed.filter(|(_, last, _)| i < *last) {
            let names = &t.lexicon.names;
            let head_word = if head == i { names.first_head(t.folded(head)) } else { names.last_head(t.folded(head)) };
            let sure = head_word.is_some_and(|h| h.sure);
            let head = Some((head, kind));
            self.out.push(Piece { first: i, last, kind: sure.then_some(kind), head, rule: "head", initial });
            return last + 1;
        }
        let saint = matches!(t.folded(i), "st" | "saint");
        if saint && let Some(last) = self.place(i) {
            return self.push(i, last, Some(NameKind::Place), "gazetteer", initial);
        }
        if let Some(next) = self.office(i).filter(|_| !saint) {
            return next;
        }
        if let Some(last) = self.nationality(i) {
            // "Saudi Arabia", "Western Australia": a place that only begins like a nationality.
            if let Some(longer) = self.place(i).filter(|l| *l > last) {
                let kind = self.is_country(i, longer).then_some(NameKind::Place);
                return self.push(i, longer, kind, "gazetteer", initial);
            }
            return self.push(i, last, Some(NameKind::Norp), "nationality", initial);
        }
        if initial && t.is_common(i) && !self.opens_person(i) {
            return i + 1;
        }
        if let Some(last) = self.place(i) {
            let kind = self.is_country(i, last).then_some(NameKind::Place);
            return self.push(i, last, kind, "gazetteer", initial);
        }
        let last = self.run_end(i);
        self.push(i, last, None, "capitals", initial)
    }

    /// Whether a sentence's first word, common as it is, is a given name before a surname ("Will Smith").
    fn opens_person(&self, i: usize) -> bool {
        let t = self.t;
        t.adjacent(i)
            && t.shape(i + 1) == Shape::Capital
            && t.lexicon.names.person(t.folded(i)).given
            && !t.is_common(i + 1)
            && t.lexicon.names.written(t.folded(i)).0 < 200
    }

    /// The longest listed name that begins here.
    fn known(&self, i: usize, initial: bool) -> Option<(usize, NameKind)> {
        let t = self.t;
        let names = &t.lexicon.names;
        let longest = (i + names.longest_known() + 3).min(self.end).min(i + LONGEST);
        let mut best = None;
        let mut last = i;
        while last < longest {
            if !matches!(t.shape(last), Shape::Lower | Shape::Mark)
                && let Some(known) = names.known(&t.key(i, last))
            {
                best = Some((last, name_kind(known.kind)));
            }
            if t.ends_line(last) {
                break;
            }
            last += 1;
        }
        let (last, kind) = best?;
        if last > i {
            return best;
        }
        if initial && t.is_common(i) {
            return None;
        }
        // "Apple Valley", "Ford Prefect": a listed word that opens a longer name is not the name.
        let goes_on = t.adjacent(i) && t.shape(i + 1) == Shape::Capital && t.role(i + 1).is_none();
        (kind == NameKind::Norp || !goes_on || t.shape(i) == Shape::Upper).then_some((last, kind))
    }

    /// The last of the words that follow `i` without a break and are written as names, "&", "-" and "'s" between them.
    fn extent(&self, i: usize) -> usize {
        let t = self.t;
        let mut last = i;
        while last + 1 < self.end && last < i + LONGEST && t.adjacent(last) {
            let next = last + 1;
            let joins = matches!(t.text(next), "&" | "’s" | "'s" | "-" | "–" | "’" | "'");
            if t.is_name(next) {
                last = next;
            } else if joins && next + 1 < self.end && t.is_name(next + 1) && t.adjacent(next) {
                last = next + 1;
            } else {
                break;
            }
        }
        last
    }

    /// A name built on a head, with the head's word, the last word and the kind: "Ministry of Health", "Walker County", "Battle of Hastings".
    fn headed(&self, i: usize) -> Option<(usize, usize, NameKind)> {
        let t = self.t;
        let names = &t.lexicon.names;
        let extent = self.extent(i);
        let mut found = None;
        for q in i + 1..=extent {
            if !t.is_name(q) {
                continue;
            }
            let office = t.role(q) == Some(Role::Head) && !matches!(t.text(q + 1), "’s" | "'s");
            if office && names.last_head(t.folded(q)).is_none() {
                break;
            }
            if let Some(head) = names.last_head(t.folded(q)) {
                found = Some((q, name_kind(head.kind)));
            }
        }
        if let Some((q, kind)) = found {
            let first_role = matches!(t.role(i), Some(Role::Head | Role::Honorific));
            if first_role && q > i + 1 && !matches!(t.text(i + 1), "’s" | "'s") || self.nationality(i).is_some() {
                return None;
            }
            return Some((q, self.extend_of(q, kind), kind));
        }
        let kind = name_kind(names.first_head(t.folded(i))?.kind);
        let last = self.extend_of(i, kind);
        if last > i {
            return Some((i, last, kind));
        }
        let named =
            matches!(kind, NameKind::Place | NameKind::Facility) && extent > i && t.adjacent(i) && t.is_name(i + 1);
        named.then(|| (i, self.run_end(i), kind))
    }

    /// Extends a head by "of …" or "for …", and inside it by "and …".
    fn extend_of(&self, head: usize, kind: NameKind) -> usize {
        let t = self.t;
        let place = matches!(kind, NameKind::Place | NameKind::Facility);
        if place && t.lexicon.names.first_head(t.folded(head)).is_none() {
            return head;
        }
        let link = match t.text(head + 1) {
            "of" | "for" | "on" | "against" => head + 1,
            _ => return head,
        };
        let object = if t.text(link + 1) == "the" { link + 2 } else { link + 1 };
        if object >= self.end
            || !t.is_name(object)
            || self.broken(head, object)
            || t.lexicon.names.not_name(t.folded(object))
            || matches!(t.role(object), Some(Role::Head | Role::Honorific)) && t.is_name(object + 1)
        {
            return head;
        }
        let mut last = self.extent_plain(object);
        let second =
            t.text(head + 1) == "for" && t.text(last + 1) == "of" && last + 2 < self.end && t.is_name(last + 2);
        if second && !self.broken(last, last + 2) && self.plain_noun(last) {
            last = self.extent_plain(last + 2);
        }
        while matches!(t.text(last + 1), "and" | "&" | ",")
            && last + 2 < self.end
            && t.is_name(last + 2)
            && !self.broken(last, last + 2)
            && self.plain_noun(last)
            && self.plain_noun(last + 2)
        {
            last = self.extent_plain(last + 2);
        }
        last
    }

    /// Words of an institution's field ("Health", "Foreign Affairs"): not a person, place or nationality.
    fn plain_noun(&self, i: usize) -> bool {
        let t = self.t;
        let (low, _) = t.lexicon.names.written(t.folded(i));
        (low > 0 || t.role(i) == Some(Role::Modifier)) && self.nationality(i).is_none()
    }

    fn extent_plain(&self, i: usize) -> usize {
        let t = self.t;
        let mut last = i;
        while last + 1 < self.end
            && t.adjacent(last)
            && t.is_name(last + 1)
            && last < i + 4
            && t.role(last + 1) != Some(Role::Head)
        {
            last += 1;
        }
        last
    }

    fn broken(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| !self.t.adjacent(i))
    }

    /// Skips an office ("Deputy Prime Minister", "Secretary of State"); forms of address too.
    fn office(&self, i: usize) -> Option<usize> {
        let t = self.t;
        let mut at = i;
        let mut headed = false;
        loop {
            let fits = match t.role(at) {
                Some(Role::Head | Role::Honorific) => {
                    headed = true;
                    true
                }
                Some(Role::Modifier) => at == i || t.adjacent(at - 1) || t.text(at - 1) == ".",
                None => false,
            };
            if !fits || at >= self.end || !(t.is_name(at) || at > i) {
                break;
            }
            at += 1;
            if t.text(at) == "." {
                at += 1;
            }
            let link = if matches!(t.text(at), "of" | "for" | "and") { at + 1 } else { at };
            let link = if link > at && t.text(link) == "the" { link + 1 } else { link };
            if link > at && t.is_name(link) && t.role(link).is_some() {
                at = link;
            }
        }
        (headed && at > i).then_some(at)
    }

    /// The end of a run of capitalised words, with particles, initials and hyphens inside.
    fn run_end(&self, i: usize) -> usize {
        let t = self.t;
        let mut last = i;
        while last + 1 < self.end && last < i + LONGEST && t.adjacent(last) {
            let next = last + 1;
            if t.is_name(next) && !self.parts(next) {
                last = next;
            } else if let Some(joined) = self.joined(last) {
                last = joined;
            } else {
                break;
            }
        }
        last
    }

    /// Whether a capitalised word inside a run opens something else: an office, a nationality, a day.
    fn parts(&self, i: usize) -> bool {
        let t = self.t;
        let names = &t.lexicon.names;
        let person = names.person(t.folded(i));
        match t.role(i) {
            Some(Role::Head) if !person.surname => return true,
            Some(Role::Modifier | Role::Honorific | Role::Head)
                if self.office(i).is_some_and(|n| n < self.end && t.is_name(n)) =>
            {
                return true;
            }
            _ => {}
        }
        let previous_given = names.person(t.folded(i - 1)).given;
        (names.not_name(t.folded(i)) || self.nationality(i).is_some()) && !previous_given
    }

    /// The word up to which a small joiner after `last` carries the run on.
    fn joined(&self, last: usize) -> Option<usize> {
        let t = self.t;
        let next = last + 1;
        let initial = t.text(last).chars().count() == 1 || matches!(t.folded(last), "st" | "mt" | "ft" | "jr" | "sr");
        if t.text(next) == "." && initial {
            let after = t.is_name(next + 1) && t.adjacent(next) && next + 1 < self.end;
            return Some(if after { next + 1 } else { next });
        }
        if matches!(t.text(next), "&") && t.is_name(next + 1) && next + 1 < self.end {
            return Some(next + 1);
        }
        if matches!(t.text(next), "-" | "–") && next + 1 < self.end && t.adjacent(next) {
            let after = next + 1;
            let syllable = t.shape(after) == Shape::Lower && !t.is_common(after) && t.shape(last) == Shape::Capital;
            let article = matches!(t.folded(last), "al" | "el" | "ul" | "abu" | "ibn" | "bin");
            let double = t.is_name(after) && (article || !(self.is_land(last) && self.is_land(after)));
            return (syllable || double).then_some(after);
        }
        let mut at = next;
        while at < self.end && at < next + 3 && t.shape(at) == Shape::Lower && is_particle(t.folded(at)) {
            at += 1;
        }
        (at > next && at < self.end && t.is_name(at) && !self.broken(last, at)).then_some(at)
    }
}

//! Places and nationalities among the capitalised words.

use super::{Cutter, is_particle};
use crate::names::tokens::Shape;
use dateline_lexicon::places::PlaceKind;

impl Cutter<'_, '_> {
    /// A state abbreviated as newsrooms do ("Calif.", "N.C."), its full stop included.
    pub(super) fn abbreviated(&self, i: usize) -> Option<usize> {
        let t = self.t;
        let places = &t.lexicon.places;
        let stop = i + 1 < self.end
            && t.text(i + 1) == "."
            && t.span(i, i + 1).is_some_and(|s| !s.of(t.doc.text).contains(' '));
        if stop && t.span(i, i + 1).is_some_and(|s| places.abbreviated(s.of(t.doc.text)).is_some()) {
            // A short form that is a common word or name of its own counts after a town only.
            let town = i > 1 && t.text(i - 1) == "," && t.is_name(i - 2);
            return (town || !matches!(t.folded(i), "miss" | "wash" | "mass" | "ore" | "kan" | "del" | "ill" | "ind"))
                .then_some(i + 1);
        }
        let dotted = t.text(i).contains('.');
        let town = i > 1 && t.text(i - 1) == "," && t.is_name(i - 2) && t.shape(i) == Shape::Upper;
        ((dotted || town) && places.abbreviated(t.text(i)).is_some()).then_some(i)
    }

    /// The place before a report's first words: "HUDSON — ", "RIGA, Latvia (…) – ".
    pub(super) fn dateline(&self, i: usize, initial: bool) -> Option<usize> {
        let t = self.t;
        if !initial || t.shape(i) != Shape::Upper || t.folded(i).chars().count() < 4 {
            return None;
        }
        let last = (i..self.end.min(i + 3)).take_while(|w| t.shape(*w) == Shape::Upper).last()?;
        let mark = matches!(t.text(last + 1), "—" | "–" | "-" | "," | "(" | ":");
        (mark && t.lexicon.places.is_named(&t.key(i, last))).then_some(last)
    }

    /// A country that stands before something else with capitals: "U.S. Senators", "China Meteorological Agency".
    pub(super) fn country(&self, i: usize) -> Option<usize> {
        let t = self.t;
        let last = (i..self.end.min(i + 4))
            .take_while(|w| t.is_name(*w) && (*w == i || t.adjacent(*w - 1)))
            .filter(|last| t.lexicon.places.is_named(&t.key(i, *last)))
            .last()?;
        let top = t.lexicon.places.named(&t.key(i, last)).into_iter().next()?;
        let goes_on = t.adjacent(last) && t.is_name(last + 1) && last + 1 < self.end;
        (goes_on && top.kind == PlaceKind::Country && self.is_country(i, last)).then_some(last)
    }

    /// The longest nationality that begins here.
    pub(super) fn nationality(&self, i: usize) -> Option<usize> {
        let t = self.t;
        let places = &t.lexicon.places;
        for length in (0..3).rev() {
            let last = i + length;
            if last < self.end
                && t.shape(last) != Shape::Mark
                && (length == 0 || !self.broken(i, last))
                && places.demonym(&t.key(i, last)).is_some()
            {
                return Some(last);
            }
        }
        None
    }

    /// The longest place of the gazetteer that begins here and that is not the beginning of something else.
    pub(super) fn place(&self, i: usize) -> Option<usize> {
        let t = self.t;
        let mut best = None;
        let mut last = i;
        while last < self.end && last < i + 6 {
            let inner = t.shape(last) == Shape::Lower;
            if !inner && t.shape(last) != Shape::Mark && t.lexicon.places.is_named(&t.key(i, last)) {
                best = Some(last);
            }
            if t.text(last) == ","
                || !t.adjacent(last)
                || inner
                    && !(is_particle(t.folded(last)) || matches!(t.text(last), "of" | "and" | "the" | "upon" | "on"))
            {
                break;
            }
            last += 1;
        }
        let last = best?;
        let next = last + 1;
        let goes_on = next < self.end && t.adjacent(last) && t.is_name(next);
        let apart = t.role(next).is_some()
            || self.nationality(next).is_some()
            || t.lexicon.names.not_name(t.folded(next))
            || t.lexicon.names.known(t.folded(next)).is_some();
        let particle = is_particle(t.folded(next)) && t.shape(next) == Shape::Lower && t.is_name(next + 1);
        (!(goes_on || particle) || apart).then_some(last)
    }

    /// Whether the words name a country or, in several words, a region, and cannot be a person's name ("Chad", "Jordan").
    pub(super) fn is_country(&self, first: usize, last: usize) -> bool {
        let t = self.t;
        if first == last
            && (t.lexicon.names.person(t.folded(first)).given && !self.is_well_known(first) || t.is_common(first))
        {
            return false;
        }
        let top = t.lexicon.places.named(&t.key(first, last)).into_iter().next();
        top.is_some_and(|p| p.kind == PlaceKind::Country || p.kind == PlaceKind::Region && last > first)
    }

    /// Countries that parents seldom name children after, though lists of given names hold them.
    pub(super) fn is_well_known(&self, i: usize) -> bool {
        matches!(
            self.t.folded(i),
            "china" | "india" | "france" | "israel" | "ireland" | "italy" | "germany" | "us" | "uk"
        )
    }

    /// Whether the word alone names a country, a large city or a nationality.
    pub(super) fn is_land(&self, i: usize) -> bool {
        let t = self.t;
        let first = t.lexicon.places.named(t.folded(i)).into_iter().next();
        let large =
            first.is_some_and(|p| matches!(p.kind, PlaceKind::Country | PlaceKind::Region) || p.population > 300_000);
        large || self.nationality(i).is_some()
    }
}

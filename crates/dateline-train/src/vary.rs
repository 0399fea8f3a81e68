//! Copies of a text with other names, and in other cases of letters, so that contexts are learnt and not our names.

use crate::gold::{Gold, Kinds, only};
use crate::maths::Chance;
use dateline_article::Article;
use dateline_lexicon::Lexicon;
use dateline_lexicon::names::key;
use dateline_lexicon::places::PlaceKind;
use dateline_reading::NameKind;
use dateline_text::{Span, WordKind, words};
use std::collections::BTreeMap;

/// Names to choose from.
pub struct Pool {
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    surnames: Vec<&'static str>,
    towns: Vec<&'static str>,
    countries: Vec<String>,
}

impl Pool {
    /// The lexicon's names of one word.
    pub fn of(lexicon: &Lexicon) -> Pool {
        let mut pool = Pool { women: vec![], men: vec![], surnames: vec![], towns: vec![], countries: vec![] };
        let plain = |n: &str| n.chars().count() > 2 && n.chars().all(char::is_alphabetic);
        for name in lexicon.names.persons().filter(|n| plain(n)) {
            let known = lexicon.names.person(name);
            match known.gender {
                Some('f') => pool.women.push(name),
                Some('m') => pool.men.push(name),
                _ => {}
            }
            if known.surname {
                pool.surnames.push(name);
            }
        }
        pool.towns = lexicon.places.town_names().filter(|n| plain(n)).collect();
        pool.countries =
            lexicon.places.country_names().filter(|n| n.is_ascii() && plain(n)).map(str::to_owned).collect();
        pool.countries.sort_unstable();
        pool
    }

    fn surname(&self, chance: &mut Chance) -> String {
        let one = self.surnames[chance.below(self.surnames.len())];
        // Every second one is in no list, as in life.
        if chance.below(2) == 0 {
            return title(one);
        }
        let other = self.surnames[chance.below(self.surnames.len())];
        let half = |n: &str| n.chars().count().div_ceil(2);
        let made: String = one.chars().take(half(one)).chain(other.chars().skip(half(other))).collect();
        title(&made)
    }
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn in_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
}

/// What each word of the text's names becomes.
fn plan(gold: &Gold, lexicon: &Lexicon, pool: &Pool, chance: &mut Chance) -> BTreeMap<String, String> {
    let text = gold.article.text.as_str();
    let mut plan: BTreeMap<String, String> = BTreeMap::new();
    let letters = |w: &str| w.chars().count() > 2 && w.chars().all(|c| c.is_alphabetic() || c == '-');
    for (span, kinds) in &gold.names {
        let written = span.of(text);
        let all: Vec<&str> =
            words(written).into_iter().filter(|w| w.kind == WordKind::Letters).map(|w| w.of(written)).collect();
        let name = |w: &&&str| letters(w) && w.starts_with(char::is_uppercase);
        if *kinds == only(NameKind::Person) {
            for (i, word) in all.iter().enumerate().filter(|(_, w)| name(w)) {
                let known = lexicon.names.person(&key(word));
                let given = i + 1 < all.len() || known.given && !known.surname;
                let other = match (given, known.gender) {
                    (false, _) => pool.surname(chance),
                    (true, Some('f')) => title(pool.women[chance.below(pool.women.len())]),
                    (true, _) => title(pool.men[chance.below(pool.men.len())]),
                };
                plan.entry(word.to_lowercase()).or_insert(other);
            }
        } else if *kinds & only(NameKind::Place) != 0
            && let [word] = all.as_slice()
            && name(&word)
        {
            let country = lexicon.places.named(&key(word)).first().is_some_and(|p| p.kind == PlaceKind::Country);
            // Countries go with their peoples' names: half of them stay.
            if country && chance.below(2) == 0 {
                continue;
            }
            let other = match chance.below(3) {
                _ if country => title(&pool.countries[chance.below(pool.countries.len())]),
                0 => pool.surname(chance),
                _ => title(pool.towns[chance.below(pool.towns.len())]),
            };
            plan.entry(word.to_lowercase()).or_insert(other);
        } else if *kinds == only(NameKind::Org)
            && let [word] = all.as_slice()
            && in_capitals(word)
            && !word.contains('.')
        {
            let other = word.chars().map(|_| char::from(b'A' + chance.below(26) as u8)).collect();
            plan.entry(word.to_lowercase()).or_insert(other);
        }
    }
    plan
}

/// A copy in which persons, places and initials have other names, the same in every place.
pub fn renamed(gold: &Gold, lexicon: &Lexicon, pool: &Pool, chance: &mut Chance) -> Gold {
    let plan = plan(gold, lexicon, pool, chance);
    let text = gold.article.text.as_str();
    let mut edits: Vec<(Span, String)> = Vec::new();
    for (span, kinds) in &gold.names {
        // Works and events keep their words: they are seldom made of the names beside them.
        if *kinds & (only(NameKind::Norp) | only(NameKind::Work)) != 0 {
            continue;
        }
        for word in words(span.of(text)) {
            let place = word.span.shift(span.start);
            if let Some(other) = plan.get(&place.of(text).to_lowercase()) {
                let other = if in_capitals(place.of(text)) { other.to_uppercase() } else { other.clone() };
                edits.push((place, other));
            }
        }
    }
    replace(gold, &edits)
}

/// A copy in small letters, or in capitals.
pub fn recased(gold: &Gold, capitals: bool) -> Gold {
    let turn = |c: char| {
        let mut other: Box<dyn Iterator<Item = char>> =
            if capitals { Box::new(c.to_uppercase()) } else { Box::new(c.to_lowercase()) };
        match (other.next(), other.next()) {
            (Some(o), None) if o.len_utf8() == c.len_utf8() => o,
            _ => c,
        }
    };
    let text: String = gold.article.text.chars().map(turn).collect();
    let article = Article { text, ..gold.article.clone() };
    Gold { article, weight: gold.weight / 4.0, ..gold.clone() }
}

/// A copy with some spans of the text replaced, names and blocks moved along.
fn replace(gold: &Gold, edits: &[(Span, String)]) -> Gold {
    let old = gold.article.text.as_str();
    let mut text = String::with_capacity(old.len());
    // Old and new ends of what was copied or replaced.
    let mut ends = vec![(0, 0)];
    let mut at = 0;
    for (span, other) in edits {
        text.push_str(old.get(at..span.start).unwrap_or(""));
        ends.push((span.start, text.len()));
        text.push_str(other);
        ends.push((span.end, text.len()));
        at = span.end;
    }
    text.push_str(old.get(at..).unwrap_or(""));
    let moved = |byte: usize| {
        let i = ends.partition_point(|(o, _)| *o <= byte).saturating_sub(1);
        ends[i].1 + (byte - ends[i].0)
    };
    // A space put in at the end of a name is not part of it.
    let shift = |s: Span| Span::new(moved(s.start), moved(s.end)).trim(&text);
    let names: Vec<(Span, Kinds)> = gold.names.iter().map(|(s, k)| (shift(*s), *k)).collect();
    let mut blocks = gold.article.blocks.clone();
    for block in &mut blocks {
        block.span = shift(block.span);
    }
    let copy = Article { text, blocks, ..gold.article.clone() };
    Gold { article: copy, names, ..gold.clone() }
}

/// A copy as some feeds give their text: each mark parted from the words around it by a space.
pub fn parted(gold: &Gold) -> Gold {
    let text = gold.article.text.as_str();
    let mut edits = Vec::new();
    for pair in words(text).windows(2).filter(|p| p[0].span.end == p[1].span.start) {
        if pair.iter().any(|w| w.kind == WordKind::Mark) {
            edits.push((Span::new(pair[0].span.end, pair[0].span.end), " ".to_owned()));
        }
    }
    replace(gold, &edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::article;

    fn sample() -> Gold {
        let text = "Ada Brook met Omar Dell in Lagos. Brook left for LAGOS.";
        let mut at = 0;
        let mut name = |words: &str, kind| {
            let start = at + text[at..].find(words).expect("is there");
            at = start + words.len();
            (Span::new(start, at), only(kind))
        };
        let names = vec![
            name("Ada Brook", NameKind::Person),
            name("Omar Dell", NameKind::Person),
            name("Lagos", NameKind::Place),
            name("Brook", NameKind::Person),
            name("LAGOS", NameKind::Place),
        ];
        Gold { id: "x".to_owned(), article: article(text), names, loose: false, narrow: false, weight: 1.0 }
    }

    #[test]
    fn one_name_becomes_one_other_name() {
        let lexicon = Lexicon::shipped();
        let copy = renamed(&sample(), &lexicon, &Pool::of(&lexicon), &mut Chance::new(5));
        let names: Vec<&str> = copy.names.iter().map(|(s, _)| s.of(&copy.article.text)).collect();
        assert_ne!(names[0], "Ada Brook");
        assert_eq!(names[0].rsplit(' ').next(), Some(names[3]));
        assert_eq!(names[2].to_uppercase(), names[4]);
        assert!(copy.article.text.contains(" left for ") && copy.article.blocks[0].span.end == copy.article.text.len());
    }

    #[test]
    fn cases_and_marks_change_and_names_stay_where_they_are() {
        let small = recased(&sample(), false);
        assert_eq!(small.names[0].0.of(&small.article.text), "ada brook");
        let apart = parted(&sample());
        assert!(apart.article.text.ends_with("LAGOS ."));
        assert_eq!(apart.names[4].0.of(&apart.article.text), "LAGOS");
    }
}

//! Attributions without a verb of their own: "according to", "as reported by", colons, dashes, nouns.

use super::content::Setting;
use super::hits::{Hit, class_of};
use super::phrases::Range;
use super::tag::Tag;
use super::verbs::{Mood, Sentence};
use crate::{Confidence, QuoteClass};
use dateline_lexicon::quotes::{Grammar, form};

/// All attributions of one sentence that these patterns find.
pub fn by_patterns(s: &Sentence, opens_paragraph: bool) -> Vec<Hit> {
    let mut out = Vec::new();
    for i in s.lo..s.hi {
        match s.low(i) {
            "according" if s.is(i + 1, Grammar::To) => out.extend(according_to(s, i)),
            "as" => out.extend(as_reported(s, i)),
            "in" if i == s.lo => out.extend(in_words(s)),
            _ => {}
        }
        out.extend(noun(s, i));
    }
    if opens_paragraph {
        out.extend(colon(s));
    }
    out.extend(dash(s));
    out
}

fn hit(source: Vec<Range>, cue: Range, content: Vec<Range>, rule: &'static str) -> Hit {
    Hit {
        source,
        cue,
        content,
        extra: Vec::new(),
        class: QuoteClass::Speech,
        quotes: true,
        confidence: Confidence::High,
        rule,
    }
}

/// "According to X, …", "…, according to X", "…, according to X, …".
fn according_to(s: &Sentence, at: usize) -> Option<Hit> {
    let from = at + 2;
    let mut end = s.phrase_with_appositive(from);
    if s.tag(end) != Tag::Comma && end < s.sentence_end() {
        // what looked like an appositive was the clause
        end = s.phrase_after(from);
    }
    if end <= from {
        return None;
    }
    let cue = (at, at + 2);
    let source = vec![(from, end)];
    let before = s.before(at);
    let opens =
        before.is_none_or(|b| s.is(b, Grammar::Coordinator) || s.is(b, Grammar::Subordinator) || s.low(b) == "that");
    let comma = (end..s.hi.min(end + 24)).find(|i| s.tag(*i) == Tag::Comma);
    if opens || before.is_some_and(|b| s.tag(b) == Tag::Of(Grammar::Adverb)) && before == Some(s.lo) {
        let start = comma? + 1;
        let stop = s.content_end(start, Setting::default(), false);
        return (stop > start).then(|| hit(source, cue, vec![(start, stop)], "according to"));
    }
    let b = before?;
    let left = if matches!(s.tag(b), Tag::Comma | Tag::Dash) { b } else { at };
    let mut content = vec![(left_start(s, left), left)];
    if s.tag(end) == Tag::Comma && s.tag(b) == Tag::Comma {
        let rest = end + 1;
        let goes_on = rest < s.sentence_end() && !s.is(rest, Grammar::Relative) && s.forms(rest) & form::ING == 0;
        if goes_on && s.finite_in(rest, s.hi.min(rest + 30)).is_some() && !s.is(rest, Grammar::Subordinator) {
            let stop = s.content_end(rest, Setting::default(), false);
            if s.finite_in(s.lo, left).is_none() || s.is_finite(rest) {
                content.push((rest, stop));
            }
        }
    }
    Some(hit(source, cue, content, "according to"))
}

/// Where content that ends at `left` begins: the sentence, or after a semicolon.
fn left_start(s: &Sentence, left: usize) -> usize {
    (s.lo..left).rev().find(|i| s.tag(*i) == Tag::Semicolon).map_or(s.lo, |i| i + 1)
}

/// "In his words, …", "In the mayor's view, …", at the head of a sentence.
fn in_words(s: &Sentence) -> Option<Hit> {
    let noun = (s.lo + 1..s.hi.min(s.lo + 10)).find(|i| matches!(s.low(*i), "words" | "view" | "opinion"))?;
    if s.tag(noun + 1) != Tag::Comma {
        return None;
    }
    let source = owner(s, noun)?;
    let from = noun + 2;
    let end = s.content_end(from, Setting::default(), false);
    (end > from).then(|| hit(vec![source], (s.lo, noun + 1), vec![(from, end)], "in words"))
}

/// "As reported by X, …", "as X put it, …", "…, as X said".
fn as_reported(s: &Sentence, at: usize) -> Option<Hit> {
    let opens = at == s.lo;
    let after_comma = s.before(at).is_some_and(|b| s.tag(b) == Tag::Comma);
    if !opens && !after_comma {
        return None;
    }
    let speaks = |i: usize| s.speech_cue(i);
    let (source, cue, end) = if speaks(at + 1) && s.low(at + 2) == "by" {
        let end = s.phrase_with_appositive(at + 3).min(s.phrase_after(at + 3).max(at + 4));
        ((at + 3, end), (at, at + 3), end)
    } else {
        let verb = s.finite_in(at + 1, at + 12).filter(|v| speaks(*v) || s.low(*v) == "put")?;
        let head = s.group(verb).map_or(verb, |g| g.head);
        let verb_cue = (verb..verb + 4).find(|v| speaks(*v) || s.low(*v) == "put").unwrap_or(head);
        let start = s.group(verb_cue).map_or(verb, |g| g.start);
        let source = s.subject_before(start).filter(|p| p.0 > at)?;
        let end = s.skip_adjuncts(if s.low(verb_cue + 1) == "it" || s.low(verb_cue + 1) == "out" {
            verb_cue + 2
        } else {
            verb_cue + 1
        });
        (source, (start, verb_cue + 1), end)
    };
    if source.1 <= source.0 || !(s.tag(end) == Tag::Comma || end >= s.sentence_end()) {
        return None;
    }
    let content = if opens {
        let from = end + 1;
        (from, s.content_end(from, Setting::default(), false))
    } else {
        (left_start(s, at - 1), at - 1)
    };
    (content.1 > content.0 + 1).then(|| hit(vec![source], cue, vec![content], "as reported"))
}

/// Words in capitals before a colon that name nobody.
pub(super) const NOTICES: &[&str] = &[
    "clarification",
    "correction",
    "update",
    "updated",
    "note",
    "breaking",
    "watch",
    "read",
    "related",
    "editor",
    "exclusive",
    "video",
    "notes",
    "photos",
    "warning",
    "disclaimer",
    "contact",
    "source",
    "sources",
    "opinion",
    "analysis",
    "live",
    "more",
];

/// "Poll: Most want it", "Ann Oak: “No”": a short source, a colon, and what it says, at the head of a paragraph.
fn colon(s: &Sentence) -> Option<Hit> {
    let at = (s.lo..s.hi.min(s.lo + 14)).find(|i| s.tag(*i) == Tag::Colon)?;
    let source = (s.lo, at);
    let end = s.sentence_end();
    if at == s.lo || at + 1 >= end || s.finite_in(s.lo, at).is_some() || s.tag(s.lo) == Tag::Quote {
        return None;
    }
    let quoted = s.tag(at + 1) == Tag::Quote;
    // "https://…", "[more](…": an address, not words
    let spaced = s.tokens[at + 1].span.start > s.tokens[at].span.end;
    if !quoted && (!spaced || (s.lo..at).any(|i| s.tag(i) == Tag::Open)) {
        return None;
    }
    let shouts =
        (s.lo..at).all(|i| s.tag(i) == Tag::Mark || s.tag(i) == Tag::Name && s.tokens[i].shouts) && at - s.lo <= 4;
    let role = (s.lo..at).any(|i| s.tables.source(s.low(i)).is_some() || s.is(i, Grammar::Title));
    let names = (s.lo..at).filter(|i| s.tag(*i) == Tag::Name).count();
    let all_names = (s.lo..at).all(|i| matches!(s.tag(i), Tag::Name | Tag::Mark | Tag::Of(Grammar::Title)));
    let person = all_names && (2..=4).contains(&names) || role && names + 1 >= (at - s.lo) / 2;
    let spoken = names == 1 && at == s.lo + 1 && s.is(at + 1, Grammar::Subject);
    let short = role && at - s.lo <= 3 || spoken;
    let headline = s.tokens.len() == s.hi && s.lo == 0 && s.tokens.last().is_some_and(|t| t.tag != Tag::Stop);
    let speaks =
        shouts && at + 4 < end || quoted && (names > 0 || role) || (person || short) && (s.title_case || headline);
    if !speaks || (s.lo..at).any(|i| NOTICES.contains(&s.low(i))) {
        return None;
    }
    let mut h =
        hit(vec![source], (at, at + 1), vec![(at + 1, end)], if quoted || shouts { "colon" } else { "headline" });
    if !quoted && !shouts {
        h.confidence = Confidence::Medium;
    }
    Some(h)
}

/// "“…” ― Ann Oak", "Troops have left – minister".
fn dash(s: &Sentence) -> Option<Hit> {
    let end = s.sentence_end();
    let at = (s.lo.max(end.saturating_sub(24))..end).rev().find(|i| s.tag(*i) == Tag::Dash)?;
    if at + 1 >= end {
        return None;
    }
    let source = (at + 1, end);
    let named = (at + 1..end).all(|i| {
        matches!(s.tag(i), Tag::Name | Tag::Mark | Tag::Word | Tag::Comma | Tag::Number | Tag::Of(Grammar::Title))
    });
    if at == s.lo {
        let quote = at.checked_sub(1).filter(|q| s.tokens[*q].tag == Tag::Quote)?;
        let signed = named && s.tag(at + 1) == Tag::Name && end - at <= 8;
        return signed.then(|| hit(vec![source], (at, at + 1), vec![(quote, at)], "dash"));
    }
    let quoted = s.tag(s.lo) == Tag::Quote && at == s.lo + 1;
    let role = (at + 1..end).any(|i| s.tables.source(s.low(i)).is_some() || s.is(i, Grammar::Title));
    let headline = s.tokens.len() == s.hi && s.lo == 0 && s.tokens.last().is_some_and(|t| t.tag != Tag::Stop);
    let led = headline
        && at - s.lo <= 6
        && !quoted
        && s.finite_in(s.lo, at).is_none()
        && (s.lo..at).any(|i| s.tables.source(s.low(i)).is_some());
    if led && !role && s.finite_in(at, end).is_some() {
        return Some(hit(vec![(s.lo, at)], (at, at + 1), vec![(at + 1, end)], "dash"));
    }
    let says = end - at <= 10
        && s.finite_in(at, end).is_none()
        && (quoted && s.tag(at + 1) == Tag::Name || headline && role && named && s.finite_in(s.lo, at).is_some());
    says.then(|| hit(vec![source], (at, at + 1), vec![(s.lo, at)], "dash"))
}

/// "X's claim that …", "his promise to …", "growing concern that …".
fn noun(s: &Sentence, at: usize) -> Option<Hit> {
    if !matches!(s.tag(at), Tag::Word) {
        return None;
    }
    let noun = s.tables.noun(s.low(at))?;
    if s.group(at).is_some_and(|g| g.mood == Mood::Finite || g.mood == Mood::Infinitive) {
        return None;
    }
    let fits = |f: &str| noun.frames.iter().any(|x| x == f);
    let next = at + 1;
    let that =
        s.low(next) == "that" && fits("that") && s.finite_in(next + 1, next + 30).is_some() && !s.is_finite(next + 1);
    let owner = owner(s, at);
    let class = class_of(noun.class);
    if that {
        let source: Vec<Range> = owner.into_iter().collect();
        let end = s.content_end(next, Setting { fronted: true, relative: false }, false);
        let start = source.first().map_or(at, |_| at);
        return Some(Hit { class, ..hit(source, (start, next), vec![(next, end)], "noun") });
    }
    let owner = owner?;
    let phrase = s.is(next, Grammar::To) && fits("to") && s.forms(s.skip_adverbs(next + 1)) & form::BASE != 0
        || s.is(next, Grammar::Preposition) && fits(s.low(next));
    if !phrase {
        return None;
    }
    let (cue_end, from) = if s.is(next, Grammar::To) { (next, next) } else { (next + 1, next + 1) };
    let end = s.content_end(from, Setting::default(), true);
    let end = (from + 1..end).find(|i| s.is_finite(*i) && s.is(next, Grammar::Preposition)).unwrap_or(end);
    (end > from).then(|| Hit {
        class,
        confidence: Confidence::Medium,
        ..hit(vec![owner], (at, cue_end), vec![(from, end)], "noun of")
    })
}

/// The possessor of the noun at `at`: "Oak's", "his".
fn owner(s: &Sentence, at: usize) -> Option<Range> {
    let mut i = at;
    for _ in 0..4 {
        i = s.before(i)?;
        if s.is(i, Grammar::Possessive) {
            if s.low(i) != "'s" {
                return Some((i, i + 1));
            }
            return s.phrase_before(i);
        }
        if !matches!(s.tag(i), Tag::Word | Tag::Name | Tag::Number | Tag::Of(Grammar::Adverb)) {
            return None;
        }
    }
    None
}

//! Choosing among a page's statements of one fact: each weighs something, the heaviest is taken, and the next is
//! kept so that the choice can be looked at.

use crate::{Based, Choice, Fact, RunnerUp};

/// A statement of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Statement {
    value: String,
    basis: String,
    weight: u32,
    /// Why it cannot be taken, whatever it weighs.
    barred: Option<&'static str>,
}

/// The statements of one fact.
#[derive(Debug, Clone)]
pub(crate) struct Ballot {
    fact: Fact,
    all: Vec<Statement>,
}

/// How two values of a fact are told apart.
pub(crate) type Same = fn(&str, &str) -> bool;

impl Ballot {
    /// No statements yet.
    pub(crate) fn new(fact: Fact) -> Ballot {
        Ballot { fact, all: Vec::new() }
    }

    /// Adds a statement, if there is one. Of equal weights the first one added wins.
    pub(crate) fn put(&mut self, value: Option<String>, basis: &str, weight: u32) {
        let Some(value) = value.filter(|v| !v.is_empty()) else { return };
        self.all.push(Statement { value, basis: basis.to_owned(), weight, barred: None });
    }

    /// Adds a statement that cannot be taken, with the reason.
    pub(crate) fn bar(&mut self, value: Option<String>, basis: &str, why: &'static str) {
        let Some(value) = value.filter(|v| !v.is_empty()) else { return };
        self.all.push(Statement { value, basis: basis.to_owned(), weight: 0, barred: Some(why) });
    }

    /// Whether nothing was said that can be taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.iter().all(|s| s.barred.is_some())
    }

    /// The heaviest statement and the one after it.
    pub(crate) fn decide(self, same: Same) -> Option<Choice> {
        let mut all = self.all;
        // Stable: of equal weights the first added stays first.
        all.sort_by_key(|s| (s.barred.is_some(), std::cmp::Reverse(s.weight)));
        let mut all = all.into_iter();
        let best = all.next().filter(|s| s.barred.is_none())?;
        let rest: Vec<Statement> = all.collect();
        let other = rest.iter().find(|s| !same(&s.value, &best.value));
        let runner_up = other.or(rest.first()).map(|s| RunnerUp {
            why: why(s, &best, same(&s.value, &best.value)),
            value: s.value.clone(),
            basis: s.basis.clone(),
        });
        Some(Choice { fact: self.fact, value: best.value, basis: best.basis, runner_up })
    }
}

fn why(second: &Statement, best: &Statement, agrees: bool) -> String {
    if let Some(barred) = second.barred {
        return barred.to_owned();
    }
    let weighs = format!("weighs {}, what was taken {}", second.weight, best.weight);
    if agrees { format!("says the same; {weighs}") } else { weighs }
}

/// The same words, letters and digits alone compared.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let bare = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    bare(a) == bare(b)
}

/// The same day.
pub(crate) fn same_day(a: &str, b: &str) -> bool {
    let n = a.len().min(b.len()).min(10);
    a.get(..n) == b.get(..n)
}

/// The same address but for its scheme, "www." and a slash at its end.
pub(crate) fn same_address(a: &str, b: &str) -> bool {
    fn bare(url: &str) -> &str {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
    }
    bare(a) == bare(b)
}

/// What was chosen, as a value with its basis.
pub(crate) fn based(choice: Option<&Choice>) -> Option<Based> {
    choice.map(|c| Based { value: c.value.clone(), basis: c.basis.clone() })
}

/// What came beside the bytes goes before what the page says; that becomes the runner-up.
pub(crate) fn given(fact: Fact, value: String, read: Option<Choice>, same: Same) -> Choice {
    let runner_up = read.map(|r| RunnerUp {
        why: if same(&r.value, &value) { "says the same" } else { "what was given with the capture goes first" }
            .to_owned(),
        value: r.value,
        basis: r.basis,
    });
    Choice { fact, value, basis: "given".to_owned(), runner_up }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot(rows: &[(&str, &str, u32)]) -> Ballot {
        let mut out = Ballot::new(Fact::Published);
        for (value, basis, weight) in rows {
            out.put(Some((*value).to_owned()), basis, *weight);
        }
        out
    }

    #[test]
    fn the_runner_up_is_the_best_that_says_something_else() {
        let rows = [("2026-03-02", "url", 50), ("2026-03-01T10:00", "json-ld", 100), ("2026-03-01", "meta", 90)];
        let found = ballot(&rows).decide(same_day).unwrap();
        assert_eq!((found.value.as_str(), found.basis.as_str()), ("2026-03-01T10:00", "json-ld"));
        let second = found.runner_up.unwrap();
        assert_eq!((second.value.as_str(), second.why.as_str()), ("2026-03-02", "weighs 50, what was taken 100"));
    }

    #[test]
    fn where_all_agree_the_runner_up_says_so() {
        let rows = [("2026-03-01T10:00", "json-ld", 100), ("2026-03-01", "meta", 90)];
        let second = ballot(&rows).decide(same_day).unwrap().runner_up.unwrap();
        assert_eq!(second.why, "says the same; weighs 90, what was taken 100");
        assert_eq!(ballot(&rows[..1]).decide(same_day).unwrap().runner_up, None);
    }

    #[test]
    fn a_barred_statement_is_never_taken_and_keeps_its_reason() {
        let mut all = ballot(&[]);
        all.bar(Some("2031-01-01".to_owned()), "meta", "younger than the capture");
        assert_eq!(all.clone().decide(same_day), None);
        all.put(Some("2026-03-01".to_owned()), "url", 1);
        let second = all.decide(same_day).unwrap().runner_up.unwrap();
        assert_eq!(second.why, "younger than the capture");
    }

    #[test]
    fn addresses_are_the_same_without_scheme_and_slash() {
        assert!(same_address("https://www.harbour.example/a/", "http://harbour.example/a"));
        assert!(!same_address("https://harbour.example/a", "https://harbour.example/b"));
    }
}

//! The order of what is found, and the mark that leads from one page of it to the next.

use super::rank::Weights;
use super::{Order, QueryError};
use std::cmp::Ordering;

/// What decides a page's place in the order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Key {
    /// BM25; 0 where the order does not ask for it.
    pub(crate) score: f64,
    /// 20240126.
    pub(crate) day: Option<i64>,
    /// The first 60 bits of the id.
    pub(crate) start: i64,
}

impl Key {
    /// Which of two comes first. The better score, then the newer day (undated last), then the lesser id.
    pub(crate) fn order(&self, other: &Key, order: Order) -> Ordering {
        let undated = self.day.is_none().cmp(&other.day.is_none());
        let by_day = match order {
            Order::Oldest => self.day.cmp(&other.day),
            _ => other.day.cmp(&self.day),
        };
        other.score.total_cmp(&self.score).then(undated).then(by_day).then(self.start.cmp(&other.start))
    }
}

/// Where a result goes on: after this key, with these weights.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cursor {
    pub(crate) key: Key,
    pub(crate) weights: Option<Weights>,
}

fn name(order: Order) -> &'static str {
    match order {
        Order::Relevance => "r",
        Order::Newest => "n",
        Order::Oldest => "o",
    }
}

impl Cursor {
    /// As one word of letters, digits and dots.
    pub(crate) fn written(&self, order: Order) -> String {
        let Key { score, day, start } = self.key;
        let mut out = format!("{}.{:x}.{}.{start:x}", name(order), score.to_bits(), day.unwrap_or_default());
        if let Some(w) = &self.weights {
            let all = [w.articles, w.length].into_iter().chain(w.holding.iter().copied());
            out.extend(all.map(|n| format!(".{n:x}")));
        }
        out
    }

    /// Reads it; it must be of this order, and weigh so many words.
    pub(crate) fn read(text: &str, order: Order, words: Option<usize>) -> Result<Cursor, QueryError> {
        let wrong = || {
            let why = "the place to go on from does not belong to this search; begin again with its first page";
            QueryError::new(0, why)
        };
        let read = || -> Option<Cursor> {
            let mut parts = text.split('.');
            if parts.next()? != name(order) {
                return None;
            }
            let hex = |part: &str| u64::from_str_radix(part, 16).ok();
            let score = f64::from_bits(hex(parts.next()?)?);
            let day = parts.next()?.parse().ok().filter(|d| *d >= 0)?;
            let start = i64::from_str_radix(parts.next()?, 16).ok()?;
            let rest: Option<Vec<u64>> = parts.map(hex).collect();
            let rest = rest?;
            let weights = match (rest.as_slice(), words) {
                ([], None) => None,
                ([articles, length, holding @ ..], Some(words)) if holding.len() == words => {
                    Some(Weights { articles: *articles, length: *length, holding: holding.to_vec() })
                }
                _ => return None,
            };
            let key = Key { score: Some(score).filter(|s| s.is_finite())?, day: Some(day).filter(|d| *d > 0), start };
            Some(Cursor { key, weights })
        };
        read().ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mark_comes_back() {
        let weights = Weights { articles: 12, length: 3000, holding: vec![3, 0] };
        let key = Key { score: 1.25, day: None, start: 77 };
        let cursor = Cursor { key, weights: Some(weights) };
        let text = cursor.written(Order::Relevance);
        assert_eq!(Cursor::read(&text, Order::Relevance, Some(2)), Ok(cursor));
        assert!(Cursor::read(&text, Order::Newest, Some(2)).is_err());
        assert!(Cursor::read(&text, Order::Relevance, Some(1)).is_err());
    }

    proptest! {
        #[test]
        fn no_mark_breaks_it(text in "[rno.0-9a-f-]{0,40}|\\PC{0,20}") {
            let _ = Cursor::read(&text, Order::Relevance, Some(1));
            let _ = Cursor::read(&text, Order::Newest, None);
        }
    }
}

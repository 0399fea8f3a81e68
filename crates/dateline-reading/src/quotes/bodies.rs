//! Which body "the ministry" or "the company" is: the one named before it whose name has the word.

use super::speakers::Field;
use crate::NameKind;
use dateline_text::Span;

/// Mentions looked at before "the ministry".
const MENTIONS_BACK: usize = 120;

/// What companies are called when their kind is not part of their name.
const COMPANIES: &[&str] = &["company", "firm", "manufacturer", "operator", "maker", "retailer", "airline", "carmaker"];

/// Ends of names that only companies have.
const FORMS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "plc",
    "llc",
    "llp",
    "ag",
    "gmbh",
    "bv",
    "nv",
    "sa",
    "spa",
    "ab",
    "oy",
    "as",
    "holdings",
    "holding",
    "group",
    "airlines",
    "airways",
    "motors",
    "industries",
];

impl Field<'_> {
    /// "the ministry": the body named last, outside of quotation marks, whose name has the word; "the company": the
    /// body named last that is one by its name's form.
    pub(super) fn body_called(&self, source: Span, low: &str) -> Option<usize> {
        let rest = low.strip_prefix("the ")?;
        let words: Vec<&str> = rest.split_whitespace().collect();
        let head = *words.last()?;
        if words.len() > 2 || !head.chars().all(char::is_alphabetic) || head.len() < 3 {
            return None;
        }
        let company = COMPANIES.contains(&head);
        let end = self.seen.partition_point(|s| s.at.start < source.start);
        let named = self.seen[..end].iter().rev().take(MENTIONS_BACK);
        let fits = |entity: usize| {
            let e = &self.reading.entities[entity];
            std::iter::once(&e.name).chain(&e.aliases).any(|name| {
                let parts = || name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
                let suffix =
                    || FORMS.contains(&name.rsplit(' ').next().unwrap_or("").to_lowercase().replace('.', "").as_str());
                name.contains(' ') && (company && suffix() || words.iter().all(|w| parts().any(|p| p == *w)))
            })
        };
        named.filter(|s| !s.quoted && self.kind(s.entity) == NameKind::Org).find(|s| fits(s.entity)).map(|s| s.entity)
    }
}

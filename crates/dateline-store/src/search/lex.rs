//! A query's signs and words, with their places.

use super::QueryError;
use super::ast::{Condition, Field, Lack, Words};
use super::words::Pattern;
use crate::day;

/// Words, phrases and operators in one query.
const MOST: usize = 256;

/// One piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sign {
    Open,
    Close,
    Or,
    And,
    Not,
    Condition(Condition),
}

/// The pieces of a query, each with the code points before it. Marks that are no words ("&", "…") are left out.
pub(crate) fn signs(text: &str) -> Result<Vec<(usize, Sign)>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut cut = Cut { chars: &chars, at: 0 };
    let mut out = Vec::new();
    while let Some(c) = cut.next() {
        let start = cut.at;
        let sign = match c {
            c if c.is_whitespace() => {
                cut.at += 1;
                continue;
            }
            '(' | ')' => {
                cut.at += 1;
                Some(if c == '(' { Sign::Open } else { Sign::Close })
            }
            '-' if cut.chars.get(start + 1).is_some_and(|c| !c.is_whitespace() && *c != '-') => {
                cut.at += 1;
                Some(Sign::Not)
            }
            _ => cut.word()?,
        };
        out.extend(sign.map(|s| (start, s)));
        if out.len() > MOST {
            return Err(QueryError::new(start, format!("a query holds {MOST} words at most; leave some out")));
        }
    }
    Ok(out)
}

struct Cut<'q> {
    chars: &'q [char],
    at: usize,
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»')
}

impl Cut<'_> {
    fn next(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take(&mut self, c: char) -> bool {
        let is = self.next() == Some(c);
        self.at += usize::from(is);
        is
    }

    /// Up to a blank, a parenthesis or a quotation mark.
    fn plain(&mut self) -> String {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || opens(c);
        let plain: String = self.chars[self.at..].iter().take_while(|c| !ends(**c)).collect();
        self.at += plain.chars().count();
        plain
    }

    /// What stands between quotation marks; the opening one is next.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let open = self.at;
        let inside: String = self.chars[open + 1..].iter().take_while(|c| !closes(**c)).collect();
        self.at = open + 1 + inside.chars().count() + 1;
        if self.at > self.chars.len() {
            return Err(QueryError::new(open, "this quotation mark is never closed; write another after the phrase"));
        }
        Ok(inside)
    }

    /// A word, phrase, operator or field; nothing where there is no letter in it.
    fn word(&mut self) -> Result<Option<Sign>, QueryError> {
        let start = self.at;
        if self.next().is_some_and(opens) {
            return self.words(Field::Any, start, start);
        }
        let plain = self.plain();
        match plain.as_str() {
            "OR" | "|" => return Ok(Some(Sign::Or)),
            "AND" | "&" => return Ok(Some(Sign::And)),
            "NOT" => return Ok(Some(Sign::Not)),
            _ => {}
        }
        let named = plain.split_once(':').filter(|(name, _)| name.chars().all(char::is_alphabetic) && !name.is_empty());
        let Some((name, value)) = named.filter(|(_, value)| !value.starts_with('/')) else {
            self.at = start;
            return self.words(Field::Any, start, start);
        };
        let after_colon = start + name.chars().count() + 1;
        let name = name.to_lowercase();
        let nothing = value.is_empty() && !self.next().is_some_and(opens);
        let field = match name.as_str() {
            "title" => Field::Title,
            "text" => Field::Text,
            "said" => Field::Said,
            "speaker" | "who" => Field::Speaker,
            "person" => Field::Person,
            "place" => Field::Place,
            "outlet" => Field::Outlet,
            "language" | "lang" | "story" | "after" | "since" | "before" | "until" | "date" | "on" | "origin" => {
                if nothing {
                    return Err(self.follows(&name, start));
                }
                self.at = after_colon;
                return self.fact(&name).map(Some);
            }
            // "Re: bridge" is two words.
            _ if nothing => {
                self.at = start;
                return self.words(Field::Any, start, start);
            }
            _ => {
                let why = format!(
                    "there is no field {name:?}; the fields are title, said, speaker, person, place, outlet, \
                     language, story, after, before, date and origin. To look for the words, write \"{plain}\" in \
                     quotation marks"
                );
                return Err(QueryError::new(start, why));
            }
        };
        if nothing {
            return Err(self.follows(&name, start));
        }
        self.at = after_colon;
        self.words(field, start, after_colon)
    }

    /// Why nothing can be looked for in a field.
    fn follows(&self, name: &str, start: usize) -> QueryError {
        if self.next() == Some('(') {
            let why = format!("write the field before each word: ({name}:a OR {name}:b)");
            return QueryError::new(self.at, why);
        }
        QueryError::new(
            start,
            format!("nothing follows {name}:; write what to look for right after it, without a blank"),
        )
    }

    /// Words of a field that begin here.
    fn words(&mut self, field: Field, start: usize, from: usize) -> Result<Option<Sign>, QueryError> {
        let exact = field.is_name() && self.take('=');
        let quoted = self.next().is_some_and(opens);
        let (text, prefix) = if quoted {
            let text = self.quoted()?;
            (text, self.take('*'))
        } else {
            let typed = self.plain();
            let text = typed.trim_end_matches('*');
            if let Some(star) = text.chars().position(|c| c == '*') {
                let why = "a star stands for the end of a word; write it there and nowhere else";
                return Err(QueryError::new(self.at - typed.chars().count() + star, why));
            }
            (text.to_owned(), typed.ends_with('*'))
        };
        if field == Field::Outlet && !exact && !quoted && text == "none" {
            return Ok(Some(Sign::Condition(Condition::None(Lack::Outlet))));
        }
        if Pattern::of(&text, prefix).is_some() {
            let prefix = prefix && !exact;
            return Ok(Some(Sign::Condition(Condition::Words(Words { field, text, quoted, prefix, exact }))));
        }
        match (field, prefix, quoted) {
            (Field::Any, false, false) => Ok(None),
            (Field::Any, true, _) => {
                Err(QueryError::new(start, "a star needs the beginning of a word before it, such as harb*"))
            }
            _ => Err(QueryError::new(from, "no letter or digit stands here; write a word to look for")),
        }
    }

    /// A condition that is no words.
    fn fact(&mut self, name: &str) -> Result<Sign, QueryError> {
        let at = self.at;
        let value = if self.next().is_some_and(opens) { self.quoted()? } else { self.plain() };
        let simple = value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        Ok(Sign::Condition(match name {
            "language" | "lang" if value == "none" => Condition::None(Lack::Language),
            "language" | "lang" if simple && !value.is_empty() => Condition::Language(value.to_lowercase()),
            "language" | "lang" => {
                return Err(QueryError::new(at, "write the language's tag, such as language:en or language:lt"));
            }
            "story" if simple && !value.is_empty() => Condition::Story(value),
            "story" => {
                return Err(QueryError::new(at, "write the story's name as `stories` lists it, or its beginning"));
            }
            "origin" if value.to_lowercase() == "only" => Condition::OnlyOrigin,
            "origin" => {
                return Err(QueryError::new(
                    at,
                    "only origin:only is known: each independent text once, its copies left out",
                ));
            }
            "date" | "on" if value == "none" => Condition::None(Lack::Date),
            _ if value.len() > 10 || day::first(&value).is_none() => {
                return Err(QueryError::new(at, format!("{value:?} is no date; write 2024, 2024-01 or 2024-01-26")));
            }
            "after" | "since" => Condition::After(value),
            "before" | "until" => Condition::Before(value),
            _ => Condition::On(value),
        }))
    }
}

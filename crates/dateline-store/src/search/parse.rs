//! From a query as typed to its tree.
//!
//! ```text
//! any   = all { OR all }
//! all   = part { [AND] part }
//! part  = { NOT | - } ( "(" any ")" | condition )
//! ```

use super::QueryError;
use super::ast::{Expr, Leaf};
use super::lex::{Sign, signs};

/// Parentheses and NOTs inside each other.
const DEEPEST: usize = 24;

/// Understands a query.
pub(crate) fn parse(text: &str) -> Result<Expr, QueryError> {
    let signs = signs(text)?;
    let mut parser = Parser { signs: &signs, at: 0, end: text.chars().count() };
    if signs.is_empty() {
        return Err(QueryError::new(0, "there is no word to look for; write one"));
    }
    let whole = parser.any(0)?;
    match parser.next() {
        Some((place, _)) => {
            Err(QueryError::new(place, "this parenthesis closes nothing; leave it out, or open one before it"))
        }
        None => Ok(whole),
    }
}

struct Parser<'s> {
    signs: &'s [(usize, Sign)],
    at: usize,
    end: usize,
}

impl<'s> Parser<'s> {
    fn next(&self) -> Option<(usize, &'s Sign)> {
        self.signs.get(self.at).map(|(place, sign)| (*place, sign))
    }

    fn place(&self) -> usize {
        self.next().map_or(self.end, |(place, _)| place)
    }

    fn take(&mut self, sign: &Sign) -> bool {
        let is = self.next().is_some_and(|(_, s)| s == sign);
        self.at += usize::from(is);
        is
    }

    fn any(&mut self, depth: usize) -> Result<Expr, QueryError> {
        let mut parts = vec![self.all(depth, "OR")?];
        while self.take(&Sign::Or) {
            parts.push(self.all(depth, "OR")?);
        }
        Ok(one_or(parts, Expr::Or))
    }

    fn all(&mut self, depth: usize, operator: &str) -> Result<Expr, QueryError> {
        let mut parts = vec![self.part(depth, operator)?];
        loop {
            match self.next() {
                None | Some((_, Sign::Or | Sign::Close)) => return Ok(one_or(parts, Expr::And)),
                Some((_, Sign::And)) => {
                    self.at += 1;
                    parts.push(self.part(depth, "AND")?);
                }
                Some(_) => parts.push(self.part(depth, "AND")?),
            }
        }
    }

    /// One condition or group. `operator` is what asks for it.
    fn part(&mut self, depth: usize, operator: &str) -> Result<Expr, QueryError> {
        let start = self.place();
        let Some((place, sign)) = self.next() else {
            // The operator that nothing follows stands last.
            let place = self.signs.last().map_or(self.end, |(place, _)| *place);
            let why = format!("{} needs a word after it; add one, or leave it out", self.named(operator));
            return Err(QueryError::new(place, why));
        };
        self.at += 1;
        match sign {
            Sign::Condition(condition) => Ok(Expr::Leaf(Leaf { condition: condition.clone(), position: place })),
            Sign::Not | Sign::Open if depth == DEEPEST => {
                Err(QueryError::new(place, "too many parentheses or NOTs inside each other; leave some out"))
            }
            Sign::Not => Ok(Expr::Not(Box::new(self.part(depth + 1, "NOT")?))),
            Sign::Open => {
                if self.take(&Sign::Close) {
                    return Err(QueryError::new(place, "nothing stands in these parentheses; leave them out"));
                }
                if self.next().is_none() {
                    return Err(unclosed(place));
                }
                let inside = self.any(depth + 1)?;
                if self.take(&Sign::Close) { Ok(inside) } else { Err(unclosed(place)) }
            }
            Sign::Or | Sign::And => {
                let name = if *sign == Sign::Or { "OR" } else { "AND" };
                let why = format!("{name} needs a word before it; add one, or write \"{name}\" to look for the word");
                Err(QueryError::new(start, why))
            }
            Sign::Close => {
                let why = "a word is missing before this parenthesis; add one, or leave the parenthesis out";
                Err(QueryError::new(start, why))
            }
        }
    }

    fn named<'a>(&self, operator: &'a str) -> &'a str {
        match self.signs.last() {
            Some((_, Sign::Or)) => "OR",
            Some((_, Sign::And)) => "AND",
            Some((_, Sign::Not)) => "NOT",
            _ => operator,
        }
    }
}

fn unclosed(place: usize) -> QueryError {
    QueryError::new(place, "this parenthesis is never closed; close it, or leave it out")
}

fn one_or(mut parts: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    match (parts.len(), parts.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            parts.extend(last);
            many(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn printed(text: &str) -> String {
        parse(text).unwrap().to_string()
    }

    #[test]
    fn queries_become_trees() {
        assert_eq!(printed("Suwałki  gap"), "Suwałki gap");
        assert_eq!(printed("a AND b OR c d"), "a b OR c d");
        assert_eq!(printed("a (b OR c) -d"), "a (b OR c) NOT d");
        assert_eq!(printed("NOT (a b) OR \"c d\"*"), "NOT (a b) OR \"c d\"*");
        assert_eq!(printed("“road is open” & speaker:“Jo Roe” | x"), "\"road is open\" speaker:\"Jo Roe\" OR x");
        assert_eq!(
            printed("who:roe since:2024 until:2024-02 on:2024-01-26 lang:LT"),
            "speaker:roe after:2024 before:2024-02 date:2024-01-26 language:lt"
        );
        assert_eq!(
            printed("outlet:=\"The Post\" outlet:none Outlet:\"none\" origin:ONLY"),
            "outlet:=\"The Post\" outlet:none outlet:\"none\" origin:only"
        );
        assert_eq!(
            printed("Riga – Vilnius 10:30 https://a.example Re: x"),
            "Riga Vilnius 10:30 https://a.example Re: x"
        );
        assert_eq!(printed("NOT a"), "NOT a");
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (query, place, words) in [
            ("ab \"cd", 3, "never closed"),
            ("ab (cd", 3, "never closed"),
            ("ab (", 3, "never closed"),
            ("ab) cd", 2, "closes nothing"),
            ("ab ()", 3, "nothing stands"),
            ("ab OR", 3, "OR needs a word after it"),
            ("ab AND", 3, "AND needs a word after it"),
            ("ab NOT", 3, "NOT needs a word after it"),
            ("OR ab", 0, "OR needs a word before it"),
            ("a OR OR b", 5, "OR needs a word before it"),
            ("(a OR) b", 5, "a word is missing"),
            ("żó after:yesterday", 9, "is no date"),
            ("date:2024-13", 5, "is no date"),
            ("& ...", 0, "needs a word"),
            ("…", 0, "no word to look for"),
            ("", 0, "no word to look for"),
            ("a outlet:", 2, "nothing follows outlet:"),
            ("a outlet: b", 2, "nothing follows outlet:"),
            ("title:(a OR b)", 6, "before each word"),
            ("autor:smith", 0, "no field \"autor\""),
            ("a w*rd", 3, "a star stands for the end"),
            ("a *", 2, "a star needs the beginning"),
            ("a \"...\"", 2, "no letter or digit"),
            ("story:", 0, "nothing follows story:"),
            ("origin:all", 7, "only origin:only"),
        ] {
            let e = parse(query).unwrap_err();
            assert_eq!(e.position, place, "{query}: {e}");
            assert!(e.reason.contains(words), "{query}: {e}");
        }
        assert!(parse(&"(".repeat(1000)).is_err() && parse(&"NOT ".repeat(1000)).is_err());
        assert!(parse(&"a ".repeat(1000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_understood_or_refused_and_what_is_printed_means_the_same(
            text in "[a-zż\"“»()*: =-]{0,60}|\\PC{0,60}|(OR |AND |NOT |a |b\\* |東京 |title:|said:|place:|outlet:=|date:2024|\\(|\\)|-|\"){0,20}"
        ) {
            match parse(&text) {
                Ok(tree) => {
                    let printed = tree.to_string();
                    let again = parse(&printed);
                    prop_assert_eq!(again.as_ref(), Ok(&tree), "{} became {}", text, printed);
                }
                Err(e) => prop_assert!(e.position <= text.chars().count()),
            }
        }
    }
}

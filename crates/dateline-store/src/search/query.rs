//! The query language, into an FTS5 expression over folded words.

use crate::day;
use dateline_text::fold;
use rusqlite::ToSql;
use std::fmt;

/// Parentheses inside parentheses.
const DEEPEST: usize = 24;
/// Words, phrases and operators in one query.
const LONGEST: usize = 256;

/// A query that cannot be understood: where, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Code points before the place.
    pub position: usize,
    /// Why, in words.
    pub reason: String,
}

impl QueryError {
    pub(crate) fn new(position: usize, reason: impl Into<String>) -> QueryError {
        QueryError { position, reason: reason.into() }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the query cannot be understood at character {}: {}", self.position + 1, self.reason)
    }
}

impl std::error::Error for QueryError {}

/// Words that are to be marked in what is found: one, or several in a row; the last may be the start of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) words: Vec<String>,
    pub(crate) prefix: bool,
}

/// A query understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    fts: Option<String>,
    after: Option<String>,
    before: Option<String>,
    terms: Vec<Term>,
}

impl Query {
    /// SQL that gives `n` (and `rank` where there are words) of the articles that fit; its parameters are [`Query::named`].
    pub(crate) fn source(&self) -> String {
        let mut narrow = Vec::new();
        if self.after.is_some() {
            narrow.push("day >= :after");
        }
        if self.before.is_some() {
            narrow.push("day <= :before");
        }
        let days = if narrow.is_empty() {
            String::new()
        } else {
            // The plus keeps SQLite from asking the index of words once for each day's article.
            format!("+n IN (SELECT n FROM articles WHERE {})", narrow.join(" AND "))
        };
        match (&self.fts, days.is_empty()) {
            (Some(_), true) => "SELECT rowid AS n, rank FROM words WHERE words MATCH :fts".to_owned(),
            (Some(_), false) => {
                format!("SELECT n, rank FROM (SELECT rowid AS n, rank FROM words WHERE words MATCH :fts) WHERE {days}")
            }
            (None, true) => "SELECT n FROM articles".to_owned(),
            (None, false) => format!("SELECT n FROM articles WHERE {days}"),
        }
    }

    /// Parameters of [`Query::source`].
    pub(crate) fn named(&self) -> Vec<(&'static str, &dyn ToSql)> {
        let all = [(":fts", &self.fts), (":after", &self.after), (":before", &self.before)];
        all.into_iter().filter(|(_, v)| v.is_some()).map(|(k, v)| (k, v as &dyn ToSql)).collect()
    }

    pub(crate) fn has_words(&self) -> bool {
        self.fts.is_some()
    }

    pub(crate) fn terms(&self) -> &[Term] {
        &self.terms
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    /// Field, words, whether quoted, whether it ends with a star.
    Words {
        field: Option<&'static str>,
        text: String,
        prefix: bool,
    },
    After(String),
    Before(String),
}

/// Understands a query.
pub(crate) fn parse(text: &str) -> Result<Query, QueryError> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, end: text.chars().count(), query: Query::default() };
    let fts = parser.any(0, false)?;
    if let Some((position, _)) = parser.tokens.get(parser.at) {
        return Err(QueryError::new(*position, "this closing parenthesis closes nothing"));
    }
    let mut query = parser.query;
    query.fts = fts;
    if query.fts.is_none() && query.after.is_none() && query.before.is_none() {
        return Err(QueryError::new(0, "no word to look for"));
    }
    Ok(query)
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, QueryError> {
    let mut out = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let c = chars[at];
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let token = match c {
            '(' | ')' => {
                at += 1;
                if c == '(' { Token::Open } else { Token::Close }
            }
            '-' if chars.get(at + 1).is_some_and(|c| !c.is_whitespace() && *c != '-') => {
                at += 1;
                Token::Not
            }
            _ => word(&chars, &mut at)?,
        };
        out.push((start, token));
        if out.len() > LONGEST {
            return Err(QueryError::new(start, format!("more than {LONGEST} words")));
        }
    }
    Ok(out)
}

/// A phrase up to its closing quotation mark, or to the end.
fn quoted(chars: &[char], at: &mut usize) -> Result<String, QueryError> {
    let open = *at;
    let close = |c: char| matches!(c, '"' | '”' | '“' | '«' | '»');
    let inside: String = chars[open + 1..].iter().take_while(|c| !close(**c)).collect();
    *at = open + 1 + inside.chars().count() + 1;
    if *at > chars.len() {
        return Err(QueryError::new(open, "this quotation mark is never closed"));
    }
    Ok(inside)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«')
}

/// A word, phrase, operator or field.
fn word(chars: &[char], at: &mut usize) -> Result<Token, QueryError> {
    let start = *at;
    if is_quote(chars[start]) {
        let text = quoted(chars, at)?;
        return Ok(Token::Words { field: None, text, prefix: star(chars, at) });
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
    let plain: String = chars[start..].iter().take_while(|c| !ends(**c)).collect();
    *at = start + plain.chars().count();
    match plain.as_str() {
        "OR" | "|" => return Ok(Token::Or),
        "AND" | "&" => return Ok(Token::And),
        "NOT" => return Ok(Token::Not),
        _ => {}
    }
    let Some((name, value)) = plain.split_once(':') else { return Ok(unquoted(None, &plain)) };
    let field = match name.to_lowercase().as_str() {
        "title" => "title",
        "text" => "text",
        "outlet" => "outlet",
        "speaker" | "who" => "speaker",
        name @ ("after" | "since" | "before" | "until") => {
            let after = matches!(name, "after" | "since");
            let day = if after { day::first(value) } else { day::last(value) };
            let day = day.ok_or_else(|| {
                QueryError::new(start, format!("{value:?} is no date; write 2024, 2024-01 or 2024-01-26"))
            })?;
            return Ok(if after { Token::After(day) } else { Token::Before(day) });
        }
        _ => return Ok(unquoted(None, &plain)),
    };
    if value.is_empty() {
        if !chars.get(*at).is_some_and(|c| is_quote(*c)) {
            return Err(QueryError::new(start, format!("nothing follows {name}:")));
        }
        let text = quoted(chars, at)?;
        return Ok(Token::Words { field: Some(field), text, prefix: star(chars, at) });
    }
    Ok(unquoted(Some(field), value))
}

fn star(chars: &[char], at: &mut usize) -> bool {
    let star = chars.get(*at) == Some(&'*');
    *at += usize::from(star);
    star
}

fn unquoted(field: Option<&'static str>, text: &str) -> Token {
    Token::Words { field, text: text.trim_end_matches('*').to_owned(), prefix: text.ends_with('*') }
}

struct Parser<'t> {
    tokens: &'t [(usize, Token)],
    at: usize,
    end: usize,
    query: Query,
}

impl Parser<'_> {
    fn position(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(p, _)| *p)
    }

    fn next_is(&mut self, token: &Token) -> bool {
        let is = self.tokens.get(self.at).is_some_and(|(_, t)| t == token);
        self.at += usize::from(is);
        is
    }

    /// Alternatives: `a OR b`. `hidden` where what is found must not be marked (after NOT).
    fn any(&mut self, depth: usize, hidden: bool) -> Result<Option<String>, QueryError> {
        let mut parts: Vec<String> = Vec::new();
        loop {
            let before = self.at;
            parts.extend(self.all(depth, hidden)?);
            let place = self.position();
            if !self.next_is(&Token::Or) {
                break;
            }
            if before == self.at - 1 {
                return Err(QueryError::new(place, "OR needs a word before it"));
            }
            if self.at == self.tokens.len() {
                return Err(QueryError::new(place, "OR needs a word after it"));
            }
        }
        Ok(join(parts, " OR "))
    }

    /// Words that must all fit, and, after NOT, words that must not.
    fn all(&mut self, depth: usize, hidden: bool) -> Result<Option<String>, QueryError> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        let mut first_not = None;
        loop {
            let place = self.position();
            if self.next_is(&Token::And) {
                continue;
            }
            let not = self.next_is(&Token::Not);
            match self.one(depth, hidden || not)? {
                Some(Some(part)) if not => {
                    first_not.get_or_insert(place);
                    unwanted.push(part);
                }
                Some(part) => wanted.extend(part),
                None if not => return Err(QueryError::new(place, "NOT needs a word after it")),
                None => break,
            }
        }
        match (join(wanted, " AND "), join(unwanted, " OR "), first_not) {
            (Some(yes), Some(no), _) => Ok(Some(format!("({yes}) NOT ({no})"))),
            (None, Some(_), Some(place)) => Err(QueryError::new(place, "NOT needs a word to look for before it")),
            (yes, ..) => Ok(yes),
        }
    }

    /// One word, phrase or group; the inner `None` where it holds nothing that can be looked for ("&").
    fn one(&mut self, depth: usize, hidden: bool) -> Result<Option<Option<String>>, QueryError> {
        let place = self.position();
        let Some((_, token)) = self.tokens.get(self.at) else { return Ok(None) };
        match token {
            Token::Close | Token::Or | Token::And | Token::Not => return Ok(None),
            _ => self.at += 1,
        }
        match token {
            Token::Open => {
                if depth == DEEPEST {
                    return Err(QueryError::new(place, "too many parentheses inside each other"));
                }
                let inside = self.any(depth + 1, hidden)?;
                if !self.next_is(&Token::Close) {
                    return Err(QueryError::new(place, "this parenthesis is never closed"));
                }
                Ok(Some(inside.map(|i| format!("({i})"))))
            }
            Token::After(day) | Token::Before(day) => {
                if depth > 0 || hidden {
                    let why = "after: and before: hold for the whole query; write them outside of parentheses and NOT";
                    return Err(QueryError::new(place, why));
                }
                let slot =
                    if matches!(token, Token::After(_)) { &mut self.query.after } else { &mut self.query.before };
                *slot = Some(day.clone());
                Ok(Some(None))
            }
            Token::Words { field, text, prefix } => {
                let words = words(text);
                if words.is_empty() {
                    return Ok(Some(None));
                }
                let field_of = field.map(|f| format!("{f} : ")).unwrap_or_default();
                let star = if *prefix { " *" } else { "" };
                let fts = format!("{field_of}\"{}\"{star}", words.join(" "));
                if !hidden && field.is_none_or(|f| f == "title" || f == "text") {
                    self.query.terms.push(Term { words, prefix: *prefix });
                }
                Ok(Some(Some(fts)))
            }
            _ => Ok(None),
        }
    }
}

fn join(parts: Vec<String>, with: &str) -> Option<String> {
    if parts.is_empty() { None } else { Some(parts.join(with)) }
}

/// The folded words of a text as the index splits them: runs of letters and digits.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fts(text: &str) -> String {
        parse(text).unwrap().fts.unwrap_or_default()
    }

    #[test]
    fn queries_become_expressions_over_folded_words() {
        assert_eq!(fts("Suwałki gap"), "\"suwalki\" AND \"gap\"");
        assert_eq!(fts("“Suwałki Gap” OR corridor*"), "\"suwalki gap\" OR \"corridor\" *");
        assert_eq!(
            fts("bridge -(road OR rail) & speaker:Doe"),
            "(\"bridge\" AND speaker : \"doe\") NOT ((\"road\" OR \"rail\"))"
        );
        assert_eq!(fts("outlet:\"Testburg Post\" NOT x"), "(outlet : \"testburg post\") NOT (\"x\")");
        assert_eq!(fts("vice-president's re: x:y"), "\"vice president s\" AND \"re\" AND \"x y\"");
        let q = parse("bridge after:2024 before:2024-02").unwrap();
        assert_eq!((q.after.as_deref(), q.before.as_deref()), (Some("2024-01-01"), Some("2024-02-31")));
        assert_eq!(parse("a NOT b title:c").unwrap().terms.len(), 2);
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let place = |t: &str| parse(t).unwrap_err().position;
        assert_eq!(place("ab \"cd"), 3);
        assert_eq!(place("ab (cd"), 3);
        assert_eq!(place("ab) cd"), 2);
        assert_eq!(place("NOT ab"), 0);
        assert_eq!(place("ab OR"), 3);
        assert_eq!(place("OR ab"), 0);
        assert_eq!(place("żó after:yesterday"), 3);
        assert_eq!(place("(after:2024)"), 1);
        assert_eq!(place("& ..."), 0);
        assert_eq!(place("outlet:"), 0);
        assert!(parse(&"(".repeat(1000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_understood_or_refused(text in "[a-zż\"“()*: -]{0,60}|\\PC{0,60}|(OR |NOT |a |\\(|\\)|-|\"){0,20}") {
            let db = rusqlite::Connection::open_in_memory().unwrap();
            db.execute_batch("CREATE VIRTUAL TABLE words USING fts5 (title, text, outlet, speaker, content = '')").unwrap();
            if let Ok(Query { fts: Some(fts), .. }) = parse(&text) {
                let found: rusqlite::Result<i64> =
                    db.query_row("SELECT count(*) FROM words WHERE words MATCH ?1", [&fts], |r| r.get(0));
                prop_assert!(found.is_ok(), "{text:?} became {fts:?}: {found:?}");
            }
        }
    }
}

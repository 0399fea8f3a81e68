//! What a query says, as a tree, and how it is written.

use std::fmt;

/// A query or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expr {
    /// All of these, two at least.
    And(Vec<Expr>),
    /// Any of these, two at least.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// One condition.
    Leaf(Leaf),
}

/// One condition, and where in the query it stands.
#[derive(Debug, Clone, Eq)]
pub(crate) struct Leaf {
    pub(crate) condition: Condition,
    /// Code points before it; says nothing of what it means.
    pub(crate) position: usize,
}

impl PartialEq for Leaf {
    fn eq(&self, other: &Leaf) -> bool {
        self.condition == other.condition
    }
}

/// What a page must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// It holds these words here.
    Words(Words),
    /// It has none of this.
    None(Lack),
    /// It is in this language.
    Language(String),
    /// It belongs to this story.
    Story(String),
    /// It is of this day or later, day, month or year as typed.
    After(String),
    /// It is of this day or earlier.
    Before(String),
    /// It is of this day, month or year.
    On(String),
    /// It speaks for its origin: no earlier or fuller copy of the same text is in its story.
    OnlyOrigin,
}

/// What a page may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    Outlet,
    Language,
    Date,
}

/// Words, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) field: Field,
    pub(crate) text: String,
    /// Typed between quotation marks.
    pub(crate) quoted: bool,
    /// The last is the beginning of a word.
    pub(crate) prefix: bool,
    /// The name is this and no more (`outlet:="The Post"`).
    pub(crate) exact: bool,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// Title and text.
    Any,
    Title,
    Text,
    /// What someone is reported to have said.
    Said,
    /// Names of those who are reported to have said something.
    Speaker,
    Person,
    Place,
    Outlet,
}

impl Field {
    fn written(self) -> &'static str {
        match self {
            Field::Any => "",
            Field::Title => "title:",
            Field::Text => "text:",
            Field::Said => "said:",
            Field::Speaker => "speaker:",
            Field::Person => "person:",
            Field::Place => "place:",
            Field::Outlet => "outlet:",
        }
    }

    /// Whether what is looked for is a name rather than running text.
    pub(crate) fn is_name(self) -> bool {
        matches!(self, Field::Speaker | Field::Person | Field::Place | Field::Outlet)
    }
}

impl Expr {
    /// Its conditions, except those that must not hold.
    pub(crate) fn wanted(&self) -> Vec<&Leaf> {
        match self {
            Expr::And(all) | Expr::Or(all) => all.iter().flat_map(Expr::wanted).collect(),
            Expr::Not(_) => Vec::new(),
            Expr::Leaf(leaf) => vec![leaf],
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (exact, star) = (if self.exact { "=" } else { "" }, if self.prefix { "*" } else { "" });
        let mark = if self.quoted { "\"" } else { "" };
        write!(f, "{}{exact}{mark}{}{mark}{star}", self.field.written(), self.text)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Words(words) => words.fmt(f),
            Condition::None(Lack::Outlet) => f.write_str("outlet:none"),
            Condition::None(Lack::Language) => f.write_str("language:none"),
            Condition::None(Lack::Date) => f.write_str("date:none"),
            Condition::Language(tag) => write!(f, "language:{tag}"),
            Condition::Story(name) => write!(f, "story:{name}"),
            Condition::After(day) => write!(f, "after:{day}"),
            Condition::Before(day) => write!(f, "before:{day}"),
            Condition::On(day) => write!(f, "date:{day}"),
            Condition::OnlyOrigin => f.write_str("origin:only"),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, all: &[Expr], between: &str, bare: fn(&Expr) -> bool| {
            for (i, part) in all.iter().enumerate() {
                f.write_str(if i == 0 { "" } else { between })?;
                if bare(part) { write!(f, "{part}")? } else { write!(f, "({part})")? }
            }
            Ok(())
        };
        match self {
            Expr::And(all) => list(f, all, " ", |p| matches!(p, Expr::Leaf(_) | Expr::Not(_))),
            Expr::Or(all) => list(f, all, " OR ", |p| !matches!(p, Expr::Or(_))),
            Expr::Not(inner) => match **inner {
                Expr::And(_) | Expr::Or(_) => write!(f, "NOT ({inner})"),
                _ => write!(f, "NOT {inner}"),
            },
            Expr::Leaf(leaf) => leaf.condition.fmt(f),
        }
    }
}

//! What a table is made of.

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text in UTF-8.
    Text,
    /// A whole number, 64 bits with sign.
    Int,
    /// A number, IEEE 754 with 64 bits.
    Float,
    /// Yes or no.
    Bool,
}

impl Type {
    /// Its name in the documentation.
    pub fn name(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Int => "integer",
            Type::Float => "number",
            Type::Bool => "true/false",
        }
    }
}

/// A column: its name and type never change; columns may be added at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Type of its cells; each may be empty.
    pub kind: Type,
    /// What stands in it, in words.
    pub about: &'static str,
}

/// A column of text, for the tables' lists.
pub(crate) const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Type::Text, about }
}

pub(crate) const fn int(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Type::Int, about }
}

pub(crate) const fn float(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Type::Float, about }
}

pub(crate) const fn yes(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Type::Bool, about }
}

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing is known.
    #[default]
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Yes or no.
    Bool(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Cell {
        Cell::Text(text.clone())
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Cell {
        Cell::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Cell {
    fn from(x: f64) -> Cell {
        Cell::Float(x)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Cell {
        Cell::Bool(yes)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

/// A form that takes a table row by row.
pub trait TableWriter {
    /// Writes a row: one cell a column, in their order.
    ///
    /// # Errors
    /// Where the output cannot be written.
    fn row(&mut self, cells: Vec<Cell>) -> std::io::Result<()>;

    /// Writes what must stand at the end; gives how many rows were written.
    ///
    /// # Errors
    /// Where the output cannot be written.
    fn finish(self: Box<Self>) -> std::io::Result<u64>;
}

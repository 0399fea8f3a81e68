//! JSON Lines: an article as `dateline read --json` prints it, or the rows of a table as objects.

use crate::Page;
use crate::cell::{Cell, Column, TableWriter};
use dateline_brief::json::{VERSION, one_line, read_line};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Writes one line an article, the same that `dateline read --json` prints for its page.
///
/// # Errors
/// Where the output cannot be written.
pub fn article(out: &mut dyn Write, page: &Page) -> io::Result<()> {
    let report = page.report;
    let mut line = read_line(&report.id, &report.source, Ok((&report.article, &report.reading)));
    if page.version != VERSION {
        // it was read by another version than this one
        line["version"] = Value::from(page.version);
    }
    writeln!(out, "{}", one_line(&line))
}

/// Writes a table as one object a row.
#[derive(Debug)]
pub struct JsonlWriter<W> {
    out: W,
    columns: &'static [Column],
    rows: u64,
}

impl<W: Write> JsonlWriter<W> {
    /// A writer of a table with these columns.
    pub fn new(out: W, columns: &'static [Column]) -> JsonlWriter<W> {
        JsonlWriter { out, columns, rows: 0 }
    }
}

impl<W: Write> TableWriter for JsonlWriter<W> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        let value = |cell: Cell| match cell {
            Cell::Null => Value::Null,
            Cell::Text(text) => Value::from(text),
            Cell::Int(n) => Value::from(n),
            Cell::Float(x) => Value::from(x),
            Cell::Bool(yes) => Value::from(yes),
        };
        let row: Map<String, Value> =
            self.columns.iter().zip(cells).map(|(c, cell)| (c.name.to_owned(), value(cell))).collect();
        writeln!(self.out, "{}", one_line(&Value::Object(row)))?;
        self.rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.out.flush()?;
        Ok(self.rows)
    }
}

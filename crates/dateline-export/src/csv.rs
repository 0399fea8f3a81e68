//! CSV (RFC 4180) that no spreadsheet takes for formulas.

use crate::cell::{Cell, Column, TableWriter};
use std::io::{self, Write};

/// The mark set before a cell of text that a spreadsheet could take for a formula, and before one that starts with
/// the mark itself: whoever takes one away from every cell that starts with it has the text as it was.
pub const GUARD: char = '\'';

/// Writes a table as CSV: comma, CRLF, quotation marks where needed, a first line of names. An unknown value is an
/// empty cell, empty text is `""`.
#[derive(Debug)]
pub struct CsvWriter<W> {
    out: W,
    rows: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the line of names; before it, where asked for, the byte order mark by which some programs know UTF-8.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn new(mut out: W, columns: &[Column], bom: bool) -> io::Result<CsvWriter<W>> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
        out.write_all(names.join(",").as_bytes())?;
        out.write_all(b"\r\n")?;
        Ok(CsvWriter { out, rows: 0 })
    }
}

impl<W: Write> TableWriter for CsvWriter<W> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.out.write_all(b",")?;
            }
            match cell {
                Cell::Null => {}
                Cell::Text(text) => self.out.write_all(field(text).as_bytes())?,
                Cell::Int(n) => write!(self.out, "{n}")?,
                Cell::Float(x) if x.is_finite() => write!(self.out, "{x}")?,
                Cell::Float(_) => {}
                Cell::Bool(yes) => write!(self.out, "{yes}")?,
            }
        }
        self.out.write_all(b"\r\n")?;
        self.rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.out.flush()?;
        Ok(self.rows)
    }
}

/// Text as one field.
fn field(text: &str) -> String {
    let guard = needs_guard(text);
    let quote = text.is_empty() || text.contains(['"', ',', '\r', '\n', ';', '\t']) || text.trim() != text;
    let mut out = String::with_capacity(text.len() + 4);
    if quote {
        out.push('"');
    }
    if guard {
        out.push(GUARD);
    }
    if quote {
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
    out
}

/// Whether a program could take the text for a formula, or its own first mark for a guard. White space, control
/// characters and marks of no width before the first sign are looked through, as programs that trim do.
fn needs_guard(text: &str) -> bool {
    if text.starts_with([GUARD, '\t', '\r', '\n']) {
        return true;
    }
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}')
    };
    // with the full-width and small forms, and the minus sign, which some programs read as the plain ones
    let opens = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '\u{2212}' | '|' | '%'
        )
    };
    text.trim_start_matches(unseen).starts_with(opens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::text;
    use proptest::prelude::*;

    /// Reads CSV back, as RFC 4180 has it, and takes the guards away.
    fn parse(csv: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let (mut quoted, mut chars) = (false, csv.chars().peekable());
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted && chars.peek() == Some(&'\n') => {
                    chars.next();
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                c => cell.push(c),
            }
        }
        rows
    }

    fn unguarded(cell: &str) -> &str {
        cell.strip_prefix(GUARD).unwrap_or(cell)
    }

    fn written(rows: &[Vec<Cell>], bom: bool) -> String {
        let mut out = Vec::new();
        let mut writer = Box::new(CsvWriter::new(&mut out, &[text("a", ""), text("b", "")], bom).unwrap());
        rows.iter().for_each(|r| writer.row(r.clone()).unwrap());
        assert_eq!(writer.finish().unwrap(), rows.len() as u64);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn fields_are_as_rfc_4180_has_them() {
        let row = vec![Cell::from("a \"b\",\nc"), Cell::Null];
        assert_eq!(written(&[row], false), "a,b\r\n\"a \"\"b\"\",\nc\",\r\n");
        assert_eq!(written(&[vec![Cell::from(-2.5), Cell::from("")]], true), "\u{feff}a,b\r\n-2.5,\"\"\r\n");
    }

    #[test]
    fn no_text_is_a_formula() {
        for bad in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\n=1",
            "  =cmd|' /C calc'!A0",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{200b}\u{3000}＝1+1",
            "＋1",
            "－1",
            "＠x",
            "'=1",
        ] {
            let csv = written(&[vec![Cell::from(bad), Cell::Null]], false);
            let cell = &parse(&csv)[1][0];
            assert_eq!(cell.strip_prefix(GUARD), Some(bad), "{bad:?}");
        }
        for plain in ["Rain = wet", "3-4", "a@b", "“=”"] {
            assert!(!needs_guard(plain), "{plain}");
        }
    }

    proptest! {
        #[test]
        fn whoever_takes_the_guard_away_has_the_text(cells in proptest::collection::vec("[=+@'\",;\r\n\t ＝a-]{0,8}|\\PC{0,12}", 2)) {
            let csv = written(&[cells.iter().map(Cell::from).collect()], false);
            let rows = parse(&csv);
            prop_assert_eq!(rows.len(), 2);
            let back: Vec<&str> = rows[1].iter().map(|c| unguarded(c)).collect();
            prop_assert_eq!(&back, &cells);
            for cell in &rows[1] {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
                prop_assert!(!cell.starts_with(['\t', '\r']));
            }
        }
    }
}

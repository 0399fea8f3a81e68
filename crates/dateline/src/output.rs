//! Standard output and the terminal: width, colour, and lines for people on standard error.

use dateline_brief::terminal::Style;
use std::io::{Error, IsTerminal, Result, Stdout, Write};

/// Columns where the terminal does not say.
const DEFAULT_WIDTH: usize = 100;
/// Lines longer than this are hard to read, however wide the terminal.
const MOST_WIDTH: usize = 120;

/// How standard output wants its text: as wide as the terminal, coloured only on one.
pub fn style() -> Style {
    let term = console::Term::stdout();
    let width = term.size_checked().map_or(DEFAULT_WIDTH, |(_, columns)| usize::from(columns));
    Style { width: width.min(MOST_WIDTH), colour: console::colors_enabled() && std::io::stdout().is_terminal() }
}

/// Whether a person looks at standard output.
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Standard output. All that is written there goes through here: `print!` panics where a reader has gone.
pub struct Out(Stdout);

/// Standard output, line by line; a `BufWriter` makes long outputs cheap.
pub fn out() -> Out {
    Out(std::io::stdout())
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.write(bytes).map_err(named)
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush().map_err(named)
    }
}

/// Says of a failure that it was standard output's; its kind stays.
fn named(e: Error) -> Error {
    Error::new(e.kind(), format!("cannot write standard output: {e}"))
}

/// One line on standard output.
///
/// # Errors
/// Where it cannot be written; a closed pipe (`dateline stories | head`) is one, and is no failure to `main`.
pub fn line(text: &str) -> Result<()> {
    writeln!(out(), "{text}")
}

/// Some lines on standard output.
///
/// # Errors
/// As [`line`].
pub fn text(text: &str) -> Result<()> {
    write!(out(), "{text}")
}

/// One line on standard error.
pub fn say(line: &str) {
    eprintln!("dateline: {line}");
}

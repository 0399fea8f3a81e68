//! Whether what a brief quotes still stands in the captures it came from.
//!
//! A brief carries the list of its sources ([`crate::sources`]). [`read`] takes it out of a file in any of the forms we
//! write, with the words that the file shows; [`verify`] holds the list against the captures, and the words shown
//! against the list. Files may come from anyone: sizes are capped, and nothing in them makes this fail otherwise than
//! with a reason.

mod forms;
mod held;
mod markup;
mod shown;
mod whole_words;

pub use forms::{Form, NotABrief, Presented, read};
pub use held::{Held, PageCheck, Placed, Status, verify};

pub(crate) use forms::{DOCX_LIST, docx_words};

/// How much may still be looked through for one brief. A brief of ours needs a small part of it; a list that was made
/// to take for ever runs out of it.
#[derive(Debug)]
struct Patience(u64);

impl Patience {
    /// Bytes that are looked through at most.
    const MOST: u64 = 8 << 30;

    /// Whether so many bytes more may be looked through.
    fn allows(&mut self, bytes: usize) -> bool {
        let left = self.0.checked_sub(bytes as u64 + 64);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// What came of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Its form.
    pub form: Form,
    /// Program and rules that made it.
    pub version: String,
    /// Its pages.
    pub pages: Vec<PageCheck>,
    /// Its places, in the order of its list.
    pub places: Vec<Placed>,
    /// In what the brief is not as it was made, in words; empty where it is.
    pub altered: Vec<String>,
}

impl Verified {
    /// How many places are so.
    pub fn count(&self, status: Status) -> usize {
        self.places.iter().filter(|p| p.status == status).count()
    }

    /// Whether every quotation stands in its capture and the brief is as it was made.
    pub fn holds(&self) -> bool {
        let stands = |p: &Placed| matches!(p.status, Status::Stands | Status::Elsewhere);
        self.altered.is_empty() && self.places.iter().all(stands) && self.pages.iter().all(|p| p.why.is_none())
    }
}

#[cfg(test)]
mod tests;

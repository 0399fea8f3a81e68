//! Libraries of any size: lines and pages made from a sample, many rounds of it.

use crate::pages::{self, Page};
use crate::perturb::{Vocabulary, day_in_round};
use anyhow::Result;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Articles of a sample, to be repeated in rounds.
pub struct Sample {
    lines: Vec<Value>,
    vocabulary: Vocabulary,
}

fn text<'v>(line: &'v Value, field: &str) -> &'v str {
    line[field].as_str().unwrap_or_default()
}

impl Sample {
    /// Reads JSON Lines with `text`, `title`, `published`, `language`, `outlet`, `url`; plain or gzipped.
    ///
    /// # Errors
    /// Where the file cannot be read, or a line is no JSON.
    pub fn open(path: &Path) -> Result<Sample> {
        let raw = pages::bytes(path)?;
        let lines = raw.split(|b| *b == b'\n').filter(|l| !l.is_empty());
        let lines = lines.map(|l| Ok(serde_json::from_slice(l)?)).collect::<Result<Vec<Value>>>()?;
        let vocabulary = Vocabulary::of(lines.iter().map(|l| (text(l, "language"), text(l, "text"))));
        Ok(Sample { lines, vocabulary })
    }

    /// Article `n` of the endless row of rounds, as a line of `add --jsonl`.
    pub fn line(&self, n: usize) -> Value {
        let (round, line) = (n / self.lines.len(), &self.lines[n % self.lines.len()]);
        let language = text(line, "language");
        json!({
            "id": format!("n{n:07}"),
            "language": language,
            "published": day_in_round(text(line, "published"), round),
            "outlet": line["outlet"],
            "url": format!("{}?round={round}", text(line, "url")),
            "title": self.vocabulary.in_round(language, text(line, "title"), round),
            "text": self.vocabulary.in_round(language, text(line, "text"), round),
        })
    }

    /// Lines `from..to`, one object a line.
    pub fn lines(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for n in from..to {
            let _ = writeln!(out, "{}", self.line(n));
        }
        out
    }
}

/// Saved pages of a folder, to be repeated in rounds: only what stands between tags is changed.
pub struct Pages {
    pages: Vec<Page>,
    vocabulary: Vocabulary,
}

impl Pages {
    /// Pages of folders, as [`pages::of`] finds them.
    ///
    /// # Errors
    /// Those of [`pages::of`].
    pub fn open(folders: &[&Path]) -> Result<Pages> {
        let mut all = Vec::new();
        for folder in folders {
            all.extend(pages::of(folder)?);
        }
        let texts: Vec<String> = all.iter().map(|p| String::from_utf8_lossy(&p.bytes).into_owned()).collect();
        let runs = texts.iter().flat_map(|t| runs(t).filter(|r| r.1).map(|r| ("", r.0)));
        let vocabulary = Vocabulary::of(runs);
        Ok(Pages { pages: all, vocabulary })
    }

    /// Page `n` of the endless row of rounds; the first round is the pages as they are.
    pub fn page(&self, n: usize) -> Vec<u8> {
        let (round, page) = (n / self.pages.len(), &self.pages[n % self.pages.len()]);
        if round == 0 {
            return page.bytes.clone();
        }
        let whole = String::from_utf8_lossy(&page.bytes);
        let changed = |(run, is_text): (&str, bool)| {
            if is_text { self.vocabulary.in_round("", run, round) } else { run.to_owned() }
        };
        runs(&whole).map(changed).collect::<String>().into_bytes()
    }
}

/// A page in pieces, each with whether it is text between tags; scripts and styles are none.
fn runs(page: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = page;
    let mut closing: Option<&str> = None;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_tag = rest.starts_with('<') || closing.is_some();
        let end = match closing.take() {
            Some(end) => rest.find(end).unwrap_or(rest.len()),
            None if is_tag => rest.find('>').map_or(rest.len(), |i| i + 1),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        closing = if piece.starts_with("<script") {
            Some("</script")
        } else if piece.starts_with("<style") {
            Some("</style")
        } else {
            None
        };
        rest = after;
        Some((piece, !is_tag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_between_tags_is_text() {
        let page = "<p class=x>Rain</p><script>let a = '<p>';</script>fell<style>p{}</style>";
        let text: Vec<&str> = runs(page).filter(|r| r.1).map(|r| r.0).collect();
        assert_eq!(text, ["Rain", "fell"]);
        assert_eq!(runs(page).map(|r| r.0).collect::<String>(), page);
    }
}

//! Pages into the library: the one way that `dateline add` and the page "Add pages" both go.

use crate::help::{self, MADE_BY};
use crate::library;
use crate::progress::Progress;
use crate::stream::{self, Input};
use anyhow::Result;
use dateline_article::Help;
use dateline_capture::{Capture, CaptureError, digest};
use dateline_lexicon::Lexicon;
use dateline_store::{AddCounts, Library, Notice, Outcome, Stamp};
use std::path::Path;

/// New articles after which they are linked, at the least, so that stories appear while a long run goes on.
const STEP: u64 = 1024;
/// The same as a share of the articles that are linked: each linking regroups what the new articles hang together with,
/// which is much of a large library. Steps that grow with it keep the whole of a run near linear.
const STEP_OF: u64 = 2;

/// What is told while pages are added, one thing at a time.
pub enum Told<'a> {
    /// Something about the library, in a line.
    Says(String),
    /// No capture came of an input.
    Failed(&'a CaptureError),
    /// The library holds this page.
    Known(&'a Capture),
    /// A page that is new to the library, and what was read in it.
    New(&'a Capture, &'a Outcome),
}

/// What pages are read by.
struct Reader {
    lexicon: Lexicon,
    help: Help,
}

/// A run that adds pages. Until it is dropped nobody else writes to the library.
pub struct Adding<'a> {
    shelf: Library,
    reader: Reader,
    version: String,
    now: String,
    progress: Progress,
    tell: &'a mut dyn FnMut(Told),
    counts: AddCounts,
    /// Captures that were read and are not kept yet, and of how many inputs they came: they are kept while the next are
    /// read.
    waiting: (Vec<(Capture, Outcome)>, u64),
    /// Articles that were in the library before, and of the new ones those that are linked.
    before: u64,
    linked: u64,
}

/// What a run came to.
pub struct Done {
    /// What became of the captures.
    pub pages: AddCounts,
    /// Stories of the library now.
    pub stories: u64,
    /// Outlets that look as if their pages had changed.
    pub notices: Vec<Notice>,
}

impl<'a> Adding<'a> {
    /// Opens the library of a folder, or makes one; finishes what an earlier run did not.
    ///
    /// # Errors
    /// Where another process writes to it, or it cannot be used.
    pub fn start(dir: &Path, progress: Progress, tell: &'a mut dyn FnMut(Told)) -> Result<Adding<'a>> {
        let mut shelf = Library::create(dir)?;
        for repair in shelf.repaired() {
            tell(Told::Says(format!(
                "{}: the last record was not finished when an earlier run stopped; {} bytes were cut off, nothing \
                 else is lost",
                repair.file, repair.bytes
            )));
        }
        if let Some(bytes) = shelf.cut_decision() {
            tell(Told::Says(format!("decisions.jsonl: the last line was not finished; {bytes} bytes were cut off")));
        }
        let progress = progress.shown_in(dir, None);
        upgrade(&mut shelf, tell)?;
        let help::Library { help, version } = help::of_library(dir)?;
        let reader = Reader { lexicon: Lexicon::shipped(), help };
        let (now, counts) = (library::now(), AddCounts::default());
        let waiting = Default::default();
        let mut adding = Adding { shelf, reader, version, now, progress, tell, counts, waiting, before: 0, linked: 0 };
        adding.finish_pending()?;
        adding.before = adding.shelf.counts()?.articles;
        Ok(adding)
    }

    /// Adds captures, in their order; `place` names where they come from.
    ///
    /// # Errors
    /// Those of the store. What was added before stays.
    pub fn take(&mut self, captures: impl Iterator<Item = Input>, place: &str) -> Result<()> {
        stream::batches(captures, |batch| {
            self.add(batch, place)?;
            if self.counts.added >= self.linked + STEP.max((self.before + self.linked) / STEP_OF) {
                self.keep(Vec::new(), 0, place)?;
                library::link(&mut self.shelf)?;
                self.linked = self.counts.added;
            }
            Ok(())
        })?;
        self.keep(Vec::new(), 0, place)
    }

    /// Links what is new, and tells what all came to.
    ///
    /// # Errors
    /// Those of the store. What was added stays, and the next run links it.
    pub fn end(mut self) -> Result<Done> {
        if self.shelf.has_unlinked()? || self.shelf.linked_by()?.as_deref() != Some(MADE_BY) {
            self.progress.says("linking");
            library::link(&mut self.shelf)?;
        }
        let stories = self.shelf.counts()?.stories;
        self.progress.end();
        if let Some(older) = library::older(&self.shelf, &self.version)? {
            (self.tell)(Told::Says(older));
        }
        Ok(Done { pages: self.counts, stories, notices: self.shelf.notices()? })
    }

    /// Pages that an earlier run stored and could not read before it was stopped.
    fn finish_pending(&mut self) -> Result<()> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        for id in self.shelf.pending()? {
            match self.shelf.capture(&id) {
                Ok(capture) => {
                    bytes += capture.bytes.len();
                    batch.push(capture);
                }
                // One damaged record must not keep all others out; it stays pending, and `rebuild` and this tell of it.
                Err(e) => (self.tell)(Told::Says(e.to_string())),
            }
            if batch.len() >= stream::BATCH || bytes >= stream::BATCH_BYTES {
                self.keep(std::mem::take(&mut batch), 0, "")?;
                bytes = 0;
            }
        }
        self.keep(batch, 0, "")?;
        self.keep(Vec::new(), 0, "")
    }

    fn add(&mut self, batch: Vec<Input>, place: &str) -> Result<()> {
        let inputs = batch.len() as u64;
        let mut new: Vec<Capture> = Vec::new();
        let mut errors: Vec<CaptureError> = Vec::new();
        for input in batch {
            match input {
                Ok(capture) => match self.known(&capture, &new)? {
                    None => new.push(capture),
                    Some(true) => {
                        self.counts.known += 1;
                        (self.tell)(Told::Known(&capture));
                    }
                    Some(false) => errors.push(CaptureError::taken(capture)),
                },
                Err(e) => errors.push(e),
            }
        }
        for e in &errors {
            (self.tell)(Told::Failed(e));
        }
        self.shelf.note_failures(&errors, &Stamp { now: &self.now, version: &self.version })?;
        self.keep(new, inputs, place)
    }

    /// Whether the library holds a capture, or is about to, and if so whether with the same bytes: an id of the giver's
    /// own is not made from them, and two files may both count from 1. `beside` are those of the same batch.
    fn known(&self, capture: &Capture, beside: &[Capture]) -> Result<Option<bool>> {
        let own = capture.id != digest(&capture.bytes);
        let mut waiting = self.waiting.0.iter().map(|(c, _)| c).chain(beside);
        if let Some(waiting) = waiting.find(|c| c.id == capture.id) {
            return Ok(Some(!own || waiting.bytes == capture.bytes));
        }
        if !self.shelf.known(&capture.id)? {
            return Ok(None);
        }
        Ok(Some(!own || self.shelf.capture(&capture.id)?.bytes == capture.bytes))
    }

    /// Reads captures, which came of so many inputs, while those that were read before are kept.
    fn keep(&mut self, captures: Vec<Capture>, inputs: u64, place: &str) -> Result<()> {
        if !captures.is_empty() {
            self.shelf.recollect();
        }
        let (waiting, of) = std::mem::take(&mut self.waiting);
        let (shelf, reader) = (&mut self.shelf, &self.reader);
        let stamp = Stamp { now: &self.now, version: &self.version };
        let (kept, outcomes) = rayon::join(
            || if waiting.is_empty() { Ok(AddCounts::default()) } else { shelf.add(&waiting, &stamp) },
            || library::read(&captures, &reader.lexicon, &reader.help),
        );
        self.counts += kept?;
        // Only now: what progress counts is kept.
        if of > 0 {
            self.progress.more(of, place);
        }
        for (capture, outcome) in captures.iter().zip(&outcomes) {
            (self.tell)(Told::New(capture, outcome));
        }
        self.waiting = (captures.into_iter().zip(outcomes).collect(), inputs);
        Ok(())
    }
}

impl Drop for Adding<'_> {
    /// A run that failed works no more either.
    fn drop(&mut self) {
        self.progress.end();
    }
}

/// What another version linked is linked anew before anything comes to it, so that what changes by that can be told.
fn upgrade(shelf: &mut Library, tell: &mut dyn FnMut(Told)) -> Result<()> {
    let before = shelf.linked_by()?;
    if before.is_some_and(|by| by != MADE_BY) {
        shelf.relink(MADE_BY, library::link)?;
        if shelf.changes()?.is_some_and(|c| !c.changed.is_empty()) {
            tell(Told::Says(
                "the stories were linked anew by other rules than before; `dateline changes` tells what that changed"
                    .to_owned(),
            ));
        }
    }
    Ok(())
}

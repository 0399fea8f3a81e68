//! What a check finds.

/// What kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// Bytes of a capture file that can no longer be read as the record that they were.
    DamagedRecord,
    /// A record that can be read, and is not what its digests were made of.
    AlteredRecord,
    /// A record that this program did not write, in a file that it names.
    ForeignRecord,
    /// A file among the captures that is not one of the library's.
    ForeignFile,
    /// A capture file that the index knows and that is gone.
    MissingFile,
    /// A capture file that ends before the records which the index knows.
    CutOffFile,
    /// An end that was never finished.
    UnfinishedEnd,
    /// A page that is kept twice.
    Doubled,
    /// A page that is kept and not in the index.
    NotIndexed,
    /// A page that the index knows and that no file holds.
    NotKept,
    /// A page that the index looks for in the wrong place.
    Misplaced,
    /// No index, or one that cannot be used.
    NoIndex,
    /// The index's file is damaged.
    DamagedIndex,
    /// A row of the index that refers to one that is not there.
    Dangling,
    /// A page whose state in the index cannot be.
    WrongStatus,
    /// A page that was kept and not yet read.
    Pending,
    /// A stored reading that cannot be unpacked, or is that of another page.
    DamagedReading,
    /// Rows that do not follow from the readings, links and decisions.
    NotDerived,
    /// Words to search by that are not those of the article.
    WrongWords,
    /// An article that is in no story.
    NotLinked,
    /// A line of decisions that cannot be read, or was never finished.
    UnreadDecision,
    /// A decision about pages or decisions that are not there.
    OrphanedDecision,
    /// A decision's name that is given twice, or left out.
    DecisionNames,
    /// The file of decisions is gone.
    NoDecisions,
    /// A file that an interrupted command left behind.
    StrayFile,
}

impl FindingKind {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        use FindingKind as F;
        match self {
            F::DamagedRecord => "damaged_record",
            F::AlteredRecord => "altered_record",
            F::ForeignRecord => "foreign_record",
            F::ForeignFile => "foreign_file",
            F::MissingFile => "missing_file",
            F::CutOffFile => "cut_off_file",
            F::UnfinishedEnd => "unfinished_end",
            F::Doubled => "doubled",
            F::NotIndexed => "not_indexed",
            F::NotKept => "not_kept",
            F::Misplaced => "misplaced",
            F::NoIndex => "no_index",
            F::DamagedIndex => "damaged_index",
            F::Dangling => "dangling",
            F::WrongStatus => "wrong_status",
            F::Pending => "pending",
            F::DamagedReading => "damaged_reading",
            F::NotDerived => "not_derived",
            F::WrongWords => "wrong_words",
            F::NotLinked => "not_linked",
            F::UnreadDecision => "unread_decision",
            F::OrphanedDecision => "orphaned_decision",
            F::DecisionNames => "decision_names",
            F::NoDecisions => "no_decisions",
            F::StrayFile => "stray_file",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// What is wrong, in words.
    pub what: String,
    /// The file within the library's folder.
    pub file: Option<String>,
    /// Byte offset in it; for `decisions.jsonl` the line, from 1.
    pub offset: Option<u64>,
    /// The page's id, or the decision's, where known.
    pub id: Option<String>,
    /// What to do.
    pub todo: String,
}

/// What makes the index again.
const REBUILD: &str = "`dateline rebuild` makes the index again from the captures";

impl Finding {
    pub(super) fn new(kind: FindingKind, what: impl Into<String>) -> Finding {
        Finding { kind, what: what.into(), file: None, offset: None, id: None, todo: REBUILD.to_owned() }
    }

    /// In `index.db`.
    pub(super) fn index(kind: FindingKind, what: impl Into<String>) -> Finding {
        Finding::new(kind, what).file("index.db")
    }

    pub(super) fn file(mut self, file: impl Into<String>) -> Finding {
        self.file = Some(file.into());
        self
    }

    pub(super) fn at(mut self, offset: u64) -> Finding {
        self.offset = Some(offset);
        self
    }

    pub(super) fn id(mut self, id: &str) -> Finding {
        self.id = Some(id.to_owned());
        self
    }

    pub(super) fn todo(mut self, todo: impl Into<String>) -> Finding {
        self.todo = todo.into();
        self
    }
}

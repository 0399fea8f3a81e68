//! The library folder: captures and decisions, which are the truth, and an index that can be made again from them.
//!
//! ```text
//! my-desk/
//!   captures/2026-11.warc.gz   every page as it came
//!   decisions.jsonl            what the user decided
//!   index.db                   derived: readings, stories, words
//! ```
//!
//! One file here for one question asked of the library. The only crate with SQL; it analyses nothing: readings are made
//! elsewhere and handed in, and linking is asked of `dateline-story`.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use dateline_capture::{Capture, Payload, Source};
//! use dateline_store::{Filter, Library, Outcome, Paging, Stamp};
//! use dateline_story::Report;
//!
//! let dir = tempfile::tempdir()?;
//! let mut library = Library::create(dir.path())?; // or `open(dir, Mode::Write)`, or `Mode::Read`
//! let page = Capture::new(b"Rain fell in Testburg.".to_vec(), Payload::Text, Source::default());
//! let mut report = Report {
//!     id: page.id.clone(),
//!     source: page.source.clone(),
//!     article: Default::default(),
//!     reading: Default::default(),
//! };
//! report.article.text = "Rain fell in Testburg.".to_owned();
//! let stamp = Stamp { now: "2026-11-21T10:00:00Z", version: "dateline 0.1.0" };
//! let counts = library.add(&[(page.clone(), Outcome::Article(Box::new(report)))], &stamp)?;
//! assert_eq!((counts.added, counts.known), (1, 0));
//!
//! library.link("dateline 0.1.0")?; // what was read and is not linked yet
//!
//! for story in library.stories(&Filter::default())? {
//!     println!("{} {}", story.id, story.title);
//! }
//! let found = library.search("testburg", &Paging::default())?;
//! assert_eq!((found.total, found.hits[0].id.as_str()), (1, page.id.as_str()));
//! assert_eq!(library.capture(&page.id)?, page);
//! # Ok(())
//! # }
//! ```

mod add;
mod blob;
mod briefs;
mod capture;
mod captures_of;
mod changes;
mod check;
mod counts;
mod day;
mod days_of;
mod deciding;
mod deciding_persons;
mod decisions;
mod error;
mod export;
mod failures;
mod families;
mod figures_beside;
mod figures_of;
mod known;
mod library;
mod linking;
mod lock;
mod memberships;
mod migrations;
mod mounts;
mod notices;
mod overview;
mod pages_of;
mod pending;
mod person;
mod place_of;
mod possibly;
mod possibly_org;
mod prepared;
mod put_links;
mod rebuild;
mod reports;
mod search;
mod selection;
mod settling;
mod stories;
mod storyline_of;
mod storylines;
mod swap;
mod titles;
mod today;
mod verdicts;
mod versions;
mod watches;
mod who;
mod work;

pub use add::{AddCounts, Outcome, Stamp};
pub use briefs::BriefStory;
pub use captures_of::PageVersion;
pub use changes::{Changes, Kinds, StoryChange};
pub use check::{Checked, Checking, Finding, FindingKind, Told};
pub use counts::Counts;
pub use decisions::{Deciding, Decisions};
pub use error::{ErrorKind, StoreError};
pub use export::{Exported, Headed, Placed, Snapshot, Waiting, Wanted};
pub use failures::{Failure, FailureKind};
pub use figures_of::{FiguresAsked, FiguresFound};
pub use library::{Library, Mode};
pub use lock::Holder;
pub use mounts::network_file_system;
pub use notices::{Notice, NoticeKind};
pub use overview::{MonthLine, OutletLine};
pub use pages_of::{Facts, PlaceIn, Spoken};
pub use person::{NameOf, Namesake, Profile, RoleOf};
pub use place_of::PlaceProfile;
pub use possibly::Possibly;
pub use rebuild::Rebuilt;
pub use search::{Facet, Facets, Found, Hit, Order, Paging, QueryError, Snippet, narrowed};
pub use selection::Selection;
pub use stories::{Filter, StoryLine};
pub use storyline_of::{Joined, StorylineTold};
pub use storylines::StorylineLine;
pub use today::{Asking, Holdings, Today, TodayOrder, TodayStory};
pub use versions::Older;
pub use watches::{WatchStory, Watched};
pub use who::Said;
pub use work::{Progress, Work, end_progress, tell_progress, work};

//! Pictures of what a library holds: plain data in, SVG out. No queries, no analysis, no clock, no file.
//!
//! | function | shows |
//! | --- | --- |
//! | [`map`] | places on outlines of land and countries, zoomed to their extent |
//! | [`timeline`] | what happened when, and when it was reported |
//! | [`lineage`], [`lineage_tree`] | origins and their copies by time; the same for a terminal |
//! | [`spark`], [`spark_blocks`] | how much on which day, in the size of a word; the same for a terminal |
//! | [`course`] | a figure's values over time, who gives them, and how they stand to each other |
//!
//! The same data gives the same bytes. Labels never overlap: what has no room keeps its mark and stands in the words,
//! which every picture carries ([`Picture::words`]). All text may be hostile: it is escaped, cut where it is long, and
//! marks that turn its direction are shown, not obeyed. An address that a caller hands in becomes a link only where it
//! is relative or of the web. Pictures hold classes and no styles; [`STYLE`] gives the look, light and dark.
//!
//! A picture with links in it is a group with a name (`role="group"`), one without is an image (`role="img"`), since
//! what is inside an image cannot be reached by keyboard. Where a phone needs another layout both are there, and the
//! style sheet shows one.
//!
//! ```
//! use dateline_draw::{Place, map};
//!
//! let place = |label: &str, lat, lon, weight| Place {
//!     label: label.to_owned(),
//!     lat,
//!     lon,
//!     weight,
//!     note: format!("named in {weight} pages"),
//!     href: Some(format!("/search?q=place:{label}")),
//! };
//! let picture = map("Where it happens", &[place("Riga", 56.95, 24.11, 3), place("Tallinn", 59.44, 24.75, 1)]);
//! let picture = picture.expect("there is a place to show");
//! assert!(picture.svg.starts_with("<svg") && picture.svg.contains("Tallinn"));
//! let html = picture.figure(); // <figure>: the picture, and folded away the same in words
//! assert!(html.contains("named in 3 pages"));
//! ```
//!
//! ```
//! use dateline_draw::{Kind, Link, Text, lineage, lineage_tree, spark_blocks};
//!
//! let text = |outlet: &str, day: &str, credit: Option<&str>| Text {
//!     label: outlet.to_owned(),
//!     day: Some(day.to_owned()),
//!     credit: credit.map(str::to_owned),
//!     ..Text::default()
//! };
//! let texts = [text("Baltic Wire", "2026-04-03T08:10", None), text("Ledger", "2026-04-03T11:00", Some("Baltic Wire"))];
//! let links = [Link { from: 0, to: 1, kind: Kind::Verbatim, note: "97 %".to_owned() }];
//! assert!(lineage("Sources", &texts, &links).is_some());
//! assert_eq!(
//!     lineage_tree(&texts, &links),
//!     "● Baltic Wire · 3 Apr 2026, 08:10\n└─ Ledger (Baltic Wire) · 3 Apr 2026, 11:00 · verbatim, 97 %\n"
//! );
//! assert_eq!(spark_blocks(&[("2026-04-03".to_owned(), 1), ("2026-04-05".to_owned(), 4)], 20), "▂ █");
//! ```

mod axis;
mod course;
mod label;
mod lineage;
mod map;
mod picture;
mod spark;
mod svg;
mod timeline;
mod tree;
mod when;

pub use course::{Bound, Mark, Value, course};
pub use lineage::{Kind, Link, Text, lineage};
pub use map::{Place, map};
pub use picture::{Picture, STYLE};
pub use spark::{spark, spark_blocks};
pub use timeline::{Moment, timeline};
pub use tree::lineage_tree;

//! What a library holds, in the forms that other programs read.
//!
//! Writers are fed one article or story at a time and hold no more than one story (Parquet: one group of rows), so
//! that a library of any size can be written. None looks at a clock: the same articles give the same bytes. Every row,
//! feature, event and annotation names the article, the span in code points of its text, the exact words there, and the
//! rule that found them.
//!
//! Nothing of a page can become markup in a feed, a property in a calendar or a formula in a table.

mod annotations;
mod atom;
mod cell;
mod csv;
mod dates;
mod fact;
mod geojson;
mod ics;
mod jsonl;
mod names;
mod page;
mod parquet;
mod tables;
mod xml;

pub use annotations::Annotations;
pub use atom::{AtomWriter, latest};
pub use cell::{Cell, Column, TableWriter, Type};
pub use csv::{CsvWriter, GUARD};
pub use geojson::GeoJsonWriter;
pub use ics::IcsWriter;
pub use jsonl::{JsonlWriter, article};
pub use page::{Page, Place, StoryHead};
pub use parquet::ParquetWriter;
pub use tables::{TABLES, Table, articles, facts, members, stories};

//! Stories as text that people and programs read: pure strings, no queries.

pub mod json;

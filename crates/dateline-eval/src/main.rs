//! Scores each stage against gold data; not shipped.
fn main() {}

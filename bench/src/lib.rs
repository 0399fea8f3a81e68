//! What the benchmarks share: a clock of processor time, pages from a folder, the engines, the measure of main text.

pub mod clock;
pub mod engines;
pub mod http;
pub mod measure;
pub mod pages;
pub mod perturb;
pub mod scale;

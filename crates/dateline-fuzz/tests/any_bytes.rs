//! The targets with bytes from proptest: any, those of files that are whole with changes, and pieces of the grammar.
//!
//! The same bytes each time. `DATELINE_FUZZ_CASES=100000 DATELINE_FUZZ_SEED=1 cargo test -p dateline-fuzz page` runs one
//! of them for longer, with others.

mod pieces;

use dateline_fuzz::TARGETS;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fmt;

/// Cases of a run that asks for no other number.
const CASES: u32 = 96;

/// Bytes that a failure shows as one would write them.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Bytes for a target.
fn bytes(name: &str) -> impl Strategy<Value = Bytes> {
    let (files, pieces) = (pieces::files(name), pieces::pieces(name));
    let some = prop::collection::vec(any::<u8>(), 0..600);
    let grammar = prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|parts| parts.concat());
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..4u8);
    let changed =
        (prop::sample::select(files), prop::collection::vec(change, 0..12)).prop_map(|(mut file, changes)| {
            for (place, byte, how) in changes {
                let at = place.index(file.len() + 1);
                match how {
                    0 if at < file.len() => file[at] = byte,
                    1 => file.insert(at, byte),
                    2 => file.truncate(at.max(file.len() / 4)),
                    _ => drop(file.drain(at..(at + usize::from(byte)).min(file.len()))),
                }
            }
            file
        });
    prop_oneof![1 => some, 3 => changed, 3 => grammar].prop_map(Bytes)
}

fn run(name: &str) {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u32>().ok());
    let cases = number("DATELINE_FUZZ_CASES").unwrap_or(CASES);
    let mut seed = [7; 32];
    seed[..4].copy_from_slice(&number("DATELINE_FUZZ_SEED").unwrap_or(0).to_le_bytes());
    let (_, target) = TARGETS.iter().find(|(n, _)| *n == name).expect("a target of this name");
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let done = runner.run(&bytes(name), |bytes| {
        target(&bytes.0);
        Ok(())
    });
    if let Err(e) = done {
        panic!("{name}: {e}");
    }
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test] fn $name() { run(stringify!($name)); })*

        #[test]
        fn no_target_is_left_out() {
            let here = [$(stringify!($name)),*];
            assert_eq!(TARGETS.iter().map(|(n, _)| *n).collect::<Vec<_>>(), here);
        }
    };
}

targets!(page text feed warc date query decisions mail pdf packed json_lines);

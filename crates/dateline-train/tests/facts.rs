//! Times and figures keep their quality on the tenth of the corpus that nothing is learnt from.

use dateline_lexicon::Lexicon;
use dateline_train::{corpus, facts};
use std::path::Path;

/// F1 in thousandths, relaxed and with value, a little under what was measured (METHOD.md).
const TIMES: (u32, u32) = (905, 840);
const FIGURES: (u32, u32) = (865, 750);

#[test]
fn times_and_figures_keep_their_quality_on_articles_apart() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/corpus");
    let all = corpus::read(&folder).expect("the corpus keeps its format");
    let test: Vec<_> = all.into_iter().filter(corpus::Marked::is_test).collect();
    let found = facts::score(&test, &Lexicon::shipped());
    assert!(found.times.relaxed() >= TIMES.0 && found.times.value() >= TIMES.1, "times fell: {}", found.times);
    assert!(
        found.figures.relaxed() >= FIGURES.0 && found.figures.value() >= FIGURES.1,
        "figures fell: {}",
        found.figures
    );
}

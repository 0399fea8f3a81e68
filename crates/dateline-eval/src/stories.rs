//! BCubed of stories (Bagga and Baldwin 1998).

use crate::input;
use anyhow::Result;
use dateline_story::Links;
use dateline_story::tuning::{Weights, link_with};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Precision, recall and F1 of a grouping against gold.
pub fn bcubed<G: Ord + Clone, P: Ord + Clone>(gold: &[G], found: &[P]) -> (f64, f64, f64) {
    let n = gold.len().max(1) as f64;
    let mut of_gold: BTreeMap<G, f64> = BTreeMap::new();
    let mut of_found: BTreeMap<P, f64> = BTreeMap::new();
    let mut both: BTreeMap<(G, P), f64> = BTreeMap::new();
    for (g, p) in gold.iter().zip(found) {
        *of_gold.entry(g.clone()).or_default() += 1.0;
        *of_found.entry(p.clone()).or_default() += 1.0;
        *both.entry((g.clone(), p.clone())).or_default() += 1.0;
    }
    let precision = both.iter().map(|((_, p), c)| c * c / of_found[p]).sum::<f64>() / n;
    let recall = both.iter().map(|((g, _), c)| c * c / of_gold[g]).sum::<f64>() / n;
    let sum = precision + recall;
    (precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
}

/// Stories of a linking, article by article.
pub fn found(links: &Links) -> Vec<String> {
    links.members.iter().map(|m| m.story.clone()).collect()
}

/// Scores the shipped linker on each file and on all together.
pub fn run(files: &[PathBuf]) -> Result<()> {
    let (mut all_prints, mut all_gold) = (Vec::new(), Vec::new());
    for file in files {
        let gold = input::gold(file)?;
        let prints = input::prints(&gold)?;
        let clusters: Vec<String> = gold.into_iter().map(|g| g.cluster).collect();
        report(&file.to_string_lossy(), &clusters, &dateline_story::link(&prints));
        all_prints.extend(prints);
        all_gold.extend(clusters);
    }
    report("all", &all_gold, &dateline_story::link(&all_prints));
    Ok(())
}

fn report(what: &str, gold: &[String], links: &Links) {
    let (p, r, f) = bcubed(gold, &found(links));
    println!("{what:<70} P {p:.3} R {r:.3} F1 {f:.3}");
}

/// Links the articles of all files together; one JSON object an article, then one a link between stories.
pub fn link(files: &[PathBuf], weights: Option<&Path>) -> Result<()> {
    let weights = match weights {
        Some(path) => Weights::parse(&std::fs::read_to_string(path)?),
        None => Weights::shipped().clone(),
    };
    let mut gold = Vec::new();
    for file in files {
        gold.extend(input::gold(file)?);
    }
    let prints = input::prints(&gold)?;
    let start = std::time::Instant::now();
    let links = link_with(&prints, &weights);
    eprintln!("{} articles linked in {:.2} s", prints.len(), start.elapsed().as_secs_f64());
    for member in &links.members {
        println!("{}", serde_json::to_string(member)?);
    }
    for line in &links.storylines {
        println!("{}", serde_json::to_string(line)?);
    }
    Ok(())
}

//! Fits the logistic of the linker: iteratively reweighted least squares with a ridge, each gold file weighing alike,
//! and says how the weights fare on each file when fitted on the others only.

use crate::input;
use crate::stories::{bcubed, found};
use anyhow::Result;
use dateline_story::Print;
use dateline_story::tuning::{FEATURES, Features, Weights, evidence, link_with};
use std::path::{Path, PathBuf};

const N: usize = FEATURES.len();
/// Newton steps; the likelihood is flat to the last digit shipped well before.
const STEPS: usize = 30;

/// One gold file, read.
struct Set {
    name: String,
    prints: Vec<Print>,
    gold: Vec<String>,
    pairs: Vec<(Features, bool)>,
}

/// Fits on all files and prints the table; what it is worth goes to stderr.
pub fn run(files: &[PathBuf], ridge: f64) -> Result<()> {
    let sets: Vec<Set> = files.iter().map(|f| read(f)).collect::<Result<_>>()?;
    for held in 0..sets.len() {
        let rest: Vec<&Set> = sets.iter().enumerate().filter(|(i, _)| *i != held).map(|(_, s)| s).collect();
        if rest.is_empty() {
            continue;
        }
        let mut weights = fit(&rest, ridge);
        weights.join = best_join(&rest, &weights);
        eprintln!("held out: join {} {}", weights.join, score(&sets[held], &weights));
    }
    let all: Vec<&Set> = sets.iter().collect();
    let mut weights = fit(&all, ridge);
    weights.join = best_join(&all, &weights);
    for set in &sets {
        eprintln!("fitted: {}", score(set, &weights));
    }
    println!(
        "# Weights of the linker's logistic, in thousandths; join: mean probability from which groups join, in millionths."
    );
    print!("{}", weights.table());
    Ok(())
}

fn read(file: &Path) -> Result<Set> {
    let rows = input::gold(file)?;
    let prints = input::prints(&rows)?;
    let gold: Vec<String> = rows.into_iter().map(|g| g.cluster).collect();
    let pairs: Vec<(Features, bool)> =
        evidence(&prints).into_iter().map(|((a, b), f)| (f, gold[a] == gold[b])).collect();
    let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let same = pairs.iter().filter(|p| p.1).count();
    let mut sizes: std::collections::BTreeMap<&str, usize> = Default::default();
    gold.iter().for_each(|g| *sizes.entry(g).or_default() += 1);
    let wanted: usize = sizes.values().map(|n| n * (n - 1) / 2).sum();
    eprintln!("{name}: {} articles, {} candidate pairs, {same} of {wanted} same", gold.len(), pairs.len());
    Ok(Set { name, prints, gold, pairs })
}

fn score(set: &Set, weights: &Weights) -> String {
    let (p, r, f) = bcubed(&set.gold, &found(&link_with(&set.prints, weights)));
    format!("{:<20} P {p:.3} R {r:.3} F1 {f:.3}", set.name)
}

/// The bar for joining that serves the mean of the sets best.
fn best_join(sets: &[&Set], weights: &Weights) -> u32 {
    let mean = |join: u32| {
        let w = Weights { join, ..weights.clone() };
        sets.iter().map(|s| bcubed(&s.gold, &found(&link_with(&s.prints, &w))).2).sum::<f64>() / sets.len() as f64
    };
    let mut best = (0.0, 0);
    for join in (100_000..=700_000).step_by(50_000) {
        let f = mean(join);
        eprintln!("  join {join}: {f:.4}");
        if f > best.0 {
            best = (f, join);
        }
    }
    best.1
}

/// Weights of greatest penalised likelihood.
fn fit(sets: &[&Set], ridge: f64) -> Weights {
    let mut beta = [0.0; N];
    for _ in 0..STEPS {
        let (gradient, hessian) = derivatives(sets, &beta, ridge);
        let step = solve(hessian, gradient);
        let largest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
        for (b, s) in beta.iter_mut().zip(step) {
            *b += s;
        }
        if largest < 1e-6 {
            break;
        }
    }
    Weights { logistic: beta.map(|b| (b * 1000.0).round() as i32), join: 300_000 }
}

/// Gradient and negative Hessian of the log-likelihood. Every set has the same say, as the mix of sets is chance.
fn derivatives(sets: &[&Set], beta: &[f64; N], ridge: f64) -> ([f64; N], [[f64; N]; N]) {
    let mut gradient = [0.0; N];
    let mut hessian = [[0.0; N]; N];
    for set in sets {
        let weight = 1000.0 / set.gold.len().max(1) as f64;
        for (features, same) in &set.pairs {
            let x = features.map(|f| f64::from(f) / 1000.0);
            let z: f64 = x.iter().zip(beta).map(|(x, b)| x * b).sum();
            let p = 1.0 / (1.0 + (-z).exp());
            let (error, curve) = (weight * (f64::from(u8::from(*same)) - p), weight * p * (1.0 - p));
            for i in 0..N {
                gradient[i] += error * x[i];
                for j in 0..N {
                    hessian[i][j] += curve * x[i] * x[j];
                }
            }
        }
    }
    for i in 1..N {
        gradient[i] -= ridge * beta[i];
        hessian[i][i] += ridge;
    }
    hessian[0][0] += 1e-6;
    (gradient, hessian)
}

/// Solves a system of linear equations by Gaussian elimination with pivots.
fn solve(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let pivot = (i..N).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        if a[i][i].abs() < 1e-12 {
            continue;
        }
        for row in i + 1..N {
            let factor = a[row][i] / a[i][i];
            let above = a[i];
            for (cell, over) in a[row].iter_mut().zip(above).skip(i) {
                *cell -= factor * over;
            }
            b[row] -= factor * b[i];
        }
    }
    let mut x = [0.0; N];
    for i in (0..N).rev() {
        let rest: f64 = (i + 1..N).map(|j| a[i][j] * x[j]).sum();
        x[i] = if a[i][i].abs() < 1e-12 { 0.0 } else { (b[i] - rest) / a[i][i] };
    }
    x
}

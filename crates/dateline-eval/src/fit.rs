//! Fits the logistic of the linker: iteratively reweighted least squares with a ridge, each gold file weighing alike.
//! Says how the weights fare where half of the events are held out, alone and mixed, and where a whole file is.

use crate::input;
use crate::stories::bcubed;
use anyhow::Result;
use dateline_story::tuning::{Bars, FEATURES, Features, Published, Weights, evidence, group};
use rayon::prelude::*;
use std::path::PathBuf;

const N: usize = FEATURES.len();
/// Newton steps; the likelihood is flat to the last digit shipped well before.
const STEPS: usize = 30;

/// All gold articles together, as a library holds them.
#[derive(Default)]
struct Gold {
    /// Names of the files.
    files: Vec<String>,
    /// Event of each article.
    event: Vec<String>,
    /// File of each article.
    file: Vec<usize>,
    /// Half in which its storyline is: events easily confused are held out together.
    half: Vec<usize>,
    /// When it was published.
    days: Vec<Published>,
    /// Candidates.
    pairs: Vec<Pair>,
}

/// Two candidates.
struct Pair {
    at: (usize, usize),
    features: Features,
    same: bool,
}

/// Which articles are looked at.
type Part<'p> = &'p (dyn Fn(usize) -> bool + Sync);

/// Fits on all files and prints the table; what it is worth goes to stderr.
pub fn run(files: &[PathBuf], ridge: f64) -> Result<()> {
    let gold = read(files)?;
    let mut halves = 0.0;
    for half in 0..2 {
        let weights = fit(&gold, &|i| gold.half[i] != half, ridge);
        halves += report(&gold, "half held out", &weights, &|i| gold.half[i] == half) / 2.0;
    }
    eprintln!("mean of halves: {halves:.4}");
    for held in 0..gold.files.len() {
        let weights = fit(&gold, &|i| gold.file[i] != held, ridge);
        eprintln!("file held out: {}", line(&gold, &gold.files[held], &weights, &|i| gold.file[i] == held).0);
    }
    let weights = fit(&gold, &|_| true, ridge);
    report(&gold, "fitted", &weights, &|_| true);
    println!(
        "# Weights of the linker's logistic, in thousandths; join: mean probability from which groups join, in millionths."
    );
    print!("{}", weights.table());
    Ok(())
}

fn read(files: &[PathBuf]) -> Result<Gold> {
    let mut gold = Gold::default();
    let mut rows = Vec::new();
    for (i, file) in files.iter().enumerate() {
        gold.files.push(file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default());
        for row in input::gold(file)? {
            gold.half.push(
                row.storyline
                    .as_ref()
                    .unwrap_or(&row.cluster)
                    .bytes()
                    .fold(7_usize, |h, b| h.wrapping_mul(31) ^ usize::from(b))
                    / 64
                    % 2,
            );
            gold.event.push(row.cluster.clone());
            gold.file.push(i);
            rows.push(row);
        }
    }
    let found = evidence(&input::prints(&rows)?);
    gold.days = found.days;
    let same = |at: (usize, usize)| gold.event[at.0] == gold.event[at.1];
    gold.pairs = found.pairs.into_iter().map(|(at, features)| Pair { at, features, same: same(at) }).collect();
    eprintln!(
        "{} articles, {} candidate pairs, {} same",
        rows.len(),
        gold.pairs.len(),
        gold.pairs.iter().filter(|p| p.same).count()
    );
    Ok(gold)
}

/// Prints the candidates of all files, a line a pair: ids, whether of one event, features in thousandths.
pub fn pairs(files: &[PathBuf]) -> Result<()> {
    let mut rows = Vec::new();
    for file in files {
        rows.extend(input::gold(file)?);
    }
    let found = evidence(&input::prints(&rows)?);
    println!("a\tb\tsame\t{}", FEATURES.join("\t"));
    for ((a, b), features) in found.pairs {
        let same = u8::from(rows[a].cluster == rows[b].cluster);
        let values: Vec<String> = features.iter().map(ToString::to_string).collect();
        println!("{}\t{}\t{same}\t{}", rows[a].id, rows[b].id, values.join("\t"));
    }
    Ok(())
}

/// Precision, recall and F1 of one part, by each bar for joining.
fn outcomes(gold: &Gold, weights: &Weights, part: Part<'_>, bars: &[Bars]) -> Vec<(f64, f64, f64)> {
    let members: Vec<usize> = (0..gold.event.len()).filter(|i| part(*i)).collect();
    let mut place = vec![usize::MAX; gold.event.len()];
    members.iter().enumerate().for_each(|(n, i)| place[*i] = n);
    let inside = |p: &&Pair| part(p.at.0) && part(p.at.1);
    let scored: Vec<((usize, usize), Features)> =
        gold.pairs.iter().filter(inside).map(|p| ((place[p.at.0], place[p.at.1]), p.features)).collect();
    let events: Vec<&str> = members.iter().map(|i| gold.event[*i].as_str()).collect();
    let days: Vec<Published> = members.iter().map(|i| gold.days[*i]).collect();
    bars.par_iter().map(|bar| bcubed(&events, &group(&days, &scored, weights, *bar))).collect()
}

fn line(gold: &Gold, what: &str, weights: &Weights, part: Part<'_>) -> (String, f64) {
    let (p, r, f) = outcomes(gold, weights, part, &[weights.bars])[0];
    (format!("{what:<20} P {p:.3} R {r:.3} F1 {f:.3}"), f)
}

/// Each file, and all mixed but the last, and all; gives the F1 of the mix.
fn report(gold: &Gold, what: &str, weights: &Weights, part: Part<'_>) -> f64 {
    for (i, file) in gold.files.iter().enumerate() {
        eprintln!("{what}: {}", line(gold, file, weights, &|a| part(a) && gold.file[a] == i).0);
    }
    let mix = line(gold, "mix without the last", weights, &|a| part(a) && gold.file[a] + 1 < gold.files.len());
    eprintln!("{what}: {}", mix.0);
    eprintln!("{what}: {} join {} {}", line(gold, "mix", weights, part).0, weights.bars.join, weights.bars.join_groups);
    mix.1
}

/// Weights of greatest penalised likelihood on a part, and the bar for joining that groups it best.
fn fit(gold: &Gold, part: Part<'_>, ridge: f64) -> Weights {
    let hand = |feature: &str| BY_HAND.iter().find(|(name, _)| *name == feature).map(|(_, weight)| *weight);
    let mut free = FEATURES.map(|f| hand(f).is_none());
    let mut beta = newton(gold, part, ridge, &free);
    while let Some(wrong) = worst(&beta) {
        free[wrong] = false;
        beta = newton(gold, part, ridge, &free);
    }
    let by_hand = |(i, b): (usize, &f64)| hand(FEATURES[i]).unwrap_or((b * 1000.0).round() as i32);
    let mut logistic = [0; N];
    logistic.iter_mut().zip(beta.iter().enumerate().map(by_hand)).for_each(|(to, b)| *to = b);
    let mut weights = Weights { logistic, bars: Bars { join: 1, join_groups: 1, contrast: CONTRAST } };
    weights.bars = best_bars(gold, &weights, part);
    weights
}

/// The feature whose weight most contradicts what it can mean: sharing does not speak against one event, nor days
/// apart for it. Such weights come of chance in the gold and would not carry over.
fn worst(beta: &[f64; N]) -> Option<usize> {
    let against = |i: &usize| {
        let sign = match FEATURES[*i] {
            "bias" | "short" | "undated" | "two_languages" => 0.0,
            "days" | "day_clash" | "gap_far" | "numbers_clash" | "figures_clash" | "lead_days_apart"
            | "answer_clash" | "ahead_clash" | "again_clash" | "names_clash" => -1.0,
            _ => 1.0,
        };
        beta[*i] * sign
    };
    (0..N).filter(|i| against(i) < -1e-9).min_by(|a, b| against(a).total_cmp(&against(b)))
}

/// Newton's method over the features that are free to weigh something.
fn newton(gold: &Gold, part: Part<'_>, ridge: f64, free: &[bool; N]) -> [f64; N] {
    let mut beta = [0.0; N];
    for _ in 0..STEPS {
        let (mut gradient, mut hessian) = derivatives(gold, part, &beta, ridge);
        for i in (0..N).filter(|i| !free[*i]) {
            gradient[i] = 0.0;
            (0..N).for_each(|j| (hessian[i][j], hessian[j][i]) = (0.0, 0.0));
            hessian[i][i] = 1.0;
        }
        let step = solve(hessian, gradient);
        let largest = step.iter().fold(0.0_f64, |m, s| m.max(s.abs()));
        beta.iter_mut().zip(step).for_each(|(b, s)| *b += s);
        if largest < 1e-6 {
            break;
        }
    }
    beta
}

/// Features whose weights are set by hand, and these weights: the English gold has next to no denial beside its claim,
/// few previews of a day beside reports of it (what it has gives about half of this weight), and no pair in two
/// languages. Of two languages names alone can be shared, and names tell a matter, not its event.
const BY_HAND: [(&str, i32); 3] = [("answer_clash", -2000), ("ahead_clash", -1000), ("two_languages", -700)];
/// Gap, in thousandths of a logit, that keeps two tight groups apart. Set by hand: the gold has few such events.
const CONTRAST: u32 = 2000;
/// Overlap in thousandths from which a pair is a hard one, and what it weighs against an easy one: nearly all
/// candidates are of different matters, while what must be told apart is of one.
const HARD: (i32, f64) = (250, 10.0);

/// F1 that may be given up for a stricter bar: a wrong merge costs a reader more than a missed one.
const GIVEN_UP: f64 = 0.0075;

/// The bars for joining that serve the mix of all files, with the last file and without: as a library holds them,
/// events in each other's way. Of those near the best, the strictest for groups.
fn best_bars(gold: &Gold, weights: &Weights, part: Part<'_>) -> Bars {
    let groups = |join| {
        let bars = move |join_groups| Bars { join, join_groups, contrast: CONTRAST };
        (400_000..=600_000).step_by(50_000).map(bars)
    };
    let bars: Vec<Bars> = (100_000..=250_000).step_by(50_000).flat_map(groups).collect();
    let with = outcomes(gold, weights, part, &bars);
    let without = outcomes(gold, weights, &|i| part(i) && gold.file[i] + 1 < gold.files.len(), &bars);
    let mean: Vec<f64> = with.iter().zip(without).map(|(a, b)| (a.2 + b.2) / 2.0).collect();
    let most = mean.iter().fold(0.0_f64, |m, f| m.max(*f));
    let near = bars.iter().zip(&mean).filter(|(_, f)| **f >= most - GIVEN_UP).map(|(b, _)| *b);
    near.max_by_key(|b| (b.join_groups, std::cmp::Reverse(b.join))).unwrap_or(Bars {
        join: 1,
        join_groups: 1,
        contrast: CONTRAST,
    })
}

/// Gradient and negative Hessian of the log-likelihood. Every file has the same say, as their sizes are chance.
fn derivatives(gold: &Gold, part: Part<'_>, beta: &[f64; N], ridge: f64) -> ([f64; N], [[f64; N]; N]) {
    let mut sizes = vec![0.0; gold.files.len()];
    gold.file.iter().enumerate().filter(|(i, _)| part(*i)).for_each(|(_, f)| sizes[*f] += 1.0);
    let overlap = FEATURES.iter().position(|f| *f == "overlap").unwrap_or(0);
    let mut gradient = [0.0; N];
    let mut hessian = [[0.0; N]; N];
    for pair in gold.pairs.iter().filter(|p| part(p.at.0) && part(p.at.1)) {
        let hard = if pair.features[overlap] > HARD.0 { HARD.1 } else { 1.0 };
        let say = hard * (500.0 / sizes[gold.file[pair.at.0]] + 500.0 / sizes[gold.file[pair.at.1]]);
        let x = pair.features.map(|f| f64::from(f) / 1000.0);
        let z: f64 = x.iter().zip(beta).map(|(x, b)| x * b).sum();
        let p = 1.0 / (1.0 + (-z).exp());
        let (error, curve) = (say * (f64::from(u8::from(pair.same)) - p), say * p * (1.0 - p));
        for i in 0..N {
            gradient[i] += error * x[i];
            for j in 0..N {
                hessian[i][j] += curve * x[i] * x[j];
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

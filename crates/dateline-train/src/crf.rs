//! Learns the weights of a linear chain: maximum likelihood by AdaGrad, where gold may leave several labels open.

use crate::maths::{Chance, exp};
use dateline_reading::names::learning::{LABELS, Model, OUTSIDE, may_follow};
use rustc_hash::FxHashMap;

/// Words in a row with the labels that each may have.
#[derive(Debug, Clone)]
pub struct Example {
    /// The features of each word.
    pub features: Vec<Vec<u32>>,
    /// A bit for each label that gold allows, by word.
    pub allowed: Vec<u64>,
    /// How much it weighs.
    pub weight: f32,
    /// The text that it, or the text that it is a copy of, stands in.
    pub source: u32,
}

/// How the weights are learnt.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Times that all examples are gone through.
    pub rounds: usize,
    /// First step.
    pub rate: f32,
    /// Pull of each weight to 0.
    pub ridge: f32,
    /// Features seen in fewer texts are left out; copies of a text count as one.
    pub least_texts: u32,
    /// Whole steps of the model in a weight of 1.
    pub scale: f32,
    /// Rows whose greatest step is below this are left out of the file.
    pub least_step: i32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { rounds: 14, rate: 0.07, ridge: 4e-3, least_texts: 2, scale: 24.0, least_step: 2 }
    }
}

type Row = [f32; LABELS];
/// A factor for each pair of labels; 0 where the second may not follow the first.
type Follow = [Row; LABELS];

/// How many examples pass before the weights of labels in a row take effect.
const BATCH: usize = 16;

struct Learner {
    settings: Settings,
    rows: Vec<Row>,
    squares: Vec<Row>,
    follow: Follow,
    follow_squares: Follow,
    /// Powers of `follow`.
    factors: Follow,
    gradient: Follow,
}

/// Learns from examples and gives the bytes of the model's file.
pub fn learn(examples: &[Example], settings: Settings) -> Vec<u8> {
    // In how many texts, and in which last: examples come text by text.
    let mut seen: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for (f, source) in examples.iter().flat_map(|e| e.features.iter().flatten().map(|f| (*f, e.source))) {
        let (texts, last) = seen.entry(f).or_insert((0, u32::MAX));
        *texts += u32::from(*last != source);
        *last = source;
    }
    let mut hashes: Vec<u32> = seen.iter().filter(|(_, (n, _))| *n >= settings.least_texts).map(|(f, _)| *f).collect();
    hashes.sort_unstable();
    let index: FxHashMap<u32, u32> = hashes.iter().zip(0..).map(|(f, i)| (*f, i)).collect();
    let coded: Vec<Coded> = examples.iter().map(|e| Coded::of(e, &index)).collect();
    let mut learner = Learner {
        settings,
        rows: vec![[0.0; LABELS]; hashes.len()],
        squares: vec![[1.0; LABELS]; hashes.len()],
        follow: [[0.0; LABELS]; LABELS],
        follow_squares: [[1.0; LABELS]; LABELS],
        factors: [[0.0; LABELS]; LABELS],
        gradient: [[0.0; LABELS]; LABELS],
    };
    let mut order: Vec<usize> = (0..coded.len()).collect();
    let mut chance = Chance::new(1);
    for _ in 0..settings.rounds {
        chance.shuffle(&mut order);
        for batch in order.chunks(BATCH) {
            learner.factor();
            for i in batch {
                learner.take_in(&coded[*i]);
            }
            learner.step_follow();
        }
    }
    learner.model(&hashes)
}

/// An example with features by their row.
struct Coded {
    features: Vec<Vec<u32>>,
    allowed: Vec<u64>,
    weight: f32,
}

impl Coded {
    fn of(e: &Example, index: &FxHashMap<u32, u32>) -> Coded {
        let rows = |word: &Vec<u32>| word.iter().filter_map(|f| index.get(f).copied()).collect();
        Coded { features: e.features.iter().map(rows).collect(), allowed: e.allowed.clone(), weight: e.weight }
    }
}

impl Learner {
    fn factor(&mut self) {
        for a in 0..LABELS {
            for b in 0..LABELS {
                self.factors[a][b] = if may_follow(a, b) { exp(f64::from(self.follow[a][b])) as f32 } else { 0.0 };
            }
        }
    }

    /// One step along the gradient of one example's likelihood.
    fn take_in(&mut self, e: &Coded) {
        let mut scores: Vec<Row> = Vec::with_capacity(e.features.len());
        for word in &e.features {
            let mut sum = [0.0_f32; LABELS];
            for row in word {
                for (s, w) in sum.iter_mut().zip(&self.rows[*row as usize]) {
                    *s += w;
                }
            }
            let top = sum.iter().copied().fold(f32::MIN, f32::max);
            scores.push(sum.map(|s| exp(f64::from(s - top)) as f32));
        }
        let all = vec![u64::MAX; e.allowed.len()];
        let Some(free) = self.marginals(&scores, &all, -e.weight) else { return };
        let Some(gold) = self.marginals(&scores, &e.allowed, e.weight) else { return };
        for ((word, free), gold) in e.features.iter().zip(free).zip(gold) {
            let mut error = [0.0_f32; LABELS];
            let mut most = 0.0_f32;
            for ((e, f), g) in error.iter_mut().zip(free).zip(gold) {
                *e = f - g;
                most = most.max(e.abs());
            }
            if most < 1e-3 {
                continue;
            }
            let Settings { rate, ridge, .. } = self.settings;
            for row in word {
                let (weights, squares) = (&mut self.rows[*row as usize], &mut self.squares[*row as usize]);
                for ((w, s), g) in weights.iter_mut().zip(squares).zip(&error) {
                    let step = e.weight * (g + ridge * *w);
                    *s += step * step;
                    *w -= rate * step / s.sqrt();
                }
            }
        }
    }

    /// How probable each label of each word is, among the allowed ones; adds to the gradient of labels in a row what
    /// speaks for them, times `sign`. `None` where nothing allowed is possible.
    fn marginals(&mut self, scores: &[Row], allowed: &[u64], sign: f32) -> Option<Vec<Row>> {
        let mut forward: Vec<Row> = Vec::with_capacity(scores.len());
        let mut last = [0.0; LABELS];
        last[OUTSIDE] = 1.0;
        for (score, mask) in scores.iter().zip(allowed) {
            let mut next = [0.0_f32; LABELS];
            for (a, p) in last.iter().enumerate().filter(|(_, p)| **p > 0.0) {
                for (n, f) in next.iter_mut().zip(&self.factors[a]) {
                    *n += p * f;
                }
            }
            for (l, (n, s)) in next.iter_mut().zip(score).enumerate() {
                *n = if mask & (1 << l) == 0 { 0.0 } else { *n * s };
            }
            let total: f32 = next.iter().sum();
            if total <= 0.0 {
                return None;
            }
            last = next.map(|n| n / total);
            forward.push(last);
        }
        let mut after = [0.0_f32; LABELS];
        for (a, f) in after.iter_mut().zip(&self.factors) {
            *a = f[OUTSIDE];
        }
        let mut out = vec![[0.0; LABELS]; scores.len()];
        for t in (0..scores.len()).rev() {
            let mut both = [0.0_f32; LABELS];
            for ((b, f), a) in both.iter_mut().zip(&forward[t]).zip(&after) {
                *b = f * a;
            }
            let total: f32 = both.iter().sum();
            if total <= 0.0 {
                return None;
            }
            out[t] = both.map(|b| b / total);
            if t + 1 == scores.len() {
                for (g, b) in self.gradient.iter_mut().zip(&out[t]) {
                    g[OUTSIDE] += sign * b;
                }
            }
            // What follows, seen from the word before.
            let mut ahead = [0.0_f32; LABELS];
            for (l, a) in ahead.iter_mut().enumerate() {
                *a = if allowed[t] & (1 << l) == 0 { 0.0 } else { scores[t][l] * after[l] };
            }
            let mut start = [0.0; LABELS];
            start[OUTSIDE] = 1.0;
            let before = if t == 0 { &start } else { &forward[t - 1] };
            let mut sum = 0.0;
            let mut earlier = [0.0_f32; LABELS];
            for (a, e) in earlier.iter_mut().enumerate() {
                *e = self.factors[a].iter().zip(&ahead).map(|(f, x)| f * x).sum();
                sum += before[a] * *e;
            }
            if sum <= 0.0 {
                return None;
            }
            for (a, p) in before.iter().enumerate().filter(|(_, p)| **p > 0.0) {
                let share = sign * p / sum;
                for ((g, f), x) in self.gradient[a].iter_mut().zip(&self.factors[a]).zip(&ahead) {
                    *g += share * f * x;
                }
            }
            let scale: f32 = earlier.iter().copied().fold(0.0, f32::max);
            after = earlier.map(|e| e / scale);
        }
        Some(out)
    }

    fn step_follow(&mut self) {
        let Settings { rate, ridge, .. } = self.settings;
        for a in 0..LABELS {
            for b in 0..LABELS {
                let step = -self.gradient[a][b] + ridge * self.follow[a][b];
                self.follow_squares[a][b] += step * step;
                self.follow[a][b] -= rate * step / self.follow_squares[a][b].sqrt();
                self.gradient[a][b] = 0.0;
            }
        }
    }

    fn model(&self, hashes: &[u32]) -> Vec<u8> {
        let Settings { scale, least_step, .. } = self.settings;
        let whole = |row: &Row| row.map(|w| (w * scale).round().clamp(-127.0, 127.0) as i8);
        let follow = self.follow.each_ref().map(whole);
        let rows: Vec<(u32, [i8; LABELS])> = hashes
            .iter()
            .zip(&self.rows)
            .map(|(hash, row)| (*hash, whole(row)))
            .filter(|(_, row)| row.iter().any(|w| i32::from(w.unsigned_abs()) >= least_step))
            .collect();
        Model::write(&follow, &rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_reading::names::learning::{Part, label};

    #[test]
    fn what_is_shown_is_learnt_and_what_is_left_open_follows_it() {
        let (first, last, only) = (label(0, Part::First), label(0, Part::Last), label(2, Part::Only));
        let example = |features: &[u32], allowed: &[u64]| Example {
            features: features.iter().map(|f| vec![*f]).collect(),
            allowed: allowed.to_vec(),
            weight: 1.0,
            source: features[0],
        };
        let mut examples = vec![example(&[1, 2, 3], &[1 << first, 1 << last, 1]); 8];
        examples.extend(vec![example(&[3, 4], &[1, 1 << only]); 8]);
        // Open: place or organisation; the examples above decide.
        examples.extend([4, 5].map(|_| example(&[3, 1], &[1, 1])));
        examples.extend(vec![example(&[4], &[1 << only | 1 << label(1, Part::Only)]); 8]);
        let bytes = learn(&examples, Settings::default());
        assert_eq!(bytes, learn(&examples, Settings::default()));
        let model = Model::new(&bytes).expect("a model");
        let best = |features: &[u32]| model.best(&features.iter().map(|f| model.scores(&[*f])).collect::<Vec<_>>());
        assert_eq!(best(&[1, 2, 3]), [first, last, OUTSIDE]);
        assert_eq!(best(&[4]), [only]);
    }
}

//! The weights of the tagger, and the best labels by them.

use super::labels::{LABELS, OUTSIDE, is_open, may_follow};

/// First bytes of a model's file.
const MAGIC: &[u8; 4] = b"DLN1";
/// Bytes of one row: the feature's hash and a weight for each label.
const ROW: usize = 4 + LABELS;
/// Where the rows begin: after the first bytes, their number, and the weights of one label after another.
const ROWS: usize = 8 + LABELS * LABELS;
/// Score of what must not be; far below any sum of weights, far above overflow.
const NEVER: i32 = i32::MIN / 4;

/// Sums of weights, one for each label.
pub type Scores = [i32; LABELS];

/// Weights for features and for labels in a row; all are whole numbers from -127 to 127.
#[derive(Debug)]
pub struct Model<'b> {
    bytes: &'b [u8],
    /// Hash and row at the place that the hash points to, or at the first free one after it; row 0 is free.
    slots: Vec<(u32, u32)>,
    shift: u32,
    follow: Vec<Scores>,
}

impl<'b> Model<'b> {
    /// Reads a model's file: `DLN1`, the number of rows (4 bytes, little-endian), a byte for each pair of labels, then
    /// the rows, each a hash (4 bytes) and a signed byte for each label. `None` where the bytes are no such file.
    pub fn new(bytes: &'b [u8]) -> Option<Model<'b>> {
        let rows = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
        let size = ROWS.checked_add(ROW.checked_mul(usize::try_from(rows).ok()?)?)?;
        if !bytes.starts_with(MAGIC) || bytes.len() != size {
            return None;
        }
        let bits = (2 * rows.max(8)).next_power_of_two().trailing_zeros();
        let mut model = Model { bytes, slots: vec![(0, 0); 1 << bits], shift: 32 - bits, follow: Vec::new() };
        for row in 0..rows {
            let at = ROWS + ROW * row as usize;
            let hash = u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
            let mut slot = model.slot(hash);
            while model.slots[slot].1 != 0 {
                slot = (slot + 1) & (model.slots.len() - 1);
            }
            model.slots[slot] = (hash, row + 1);
        }
        for a in 0..LABELS {
            let weights = bytes.get(8 + a * LABELS..8 + (a + 1) * LABELS)?;
            let mut scores = [NEVER; LABELS];
            for (b, w) in weights.iter().enumerate().filter(|(b, _)| may_follow(a, *b)) {
                scores[b] = i32::from(w.cast_signed());
            }
            model.follow.push(scores);
        }
        Some(model)
    }

    /// Writes the file that [`Model::new`] reads. `follow` and rows must be in the labels' order.
    pub fn write(follow: &[[i8; LABELS]; LABELS], rows: &[(u32, [i8; LABELS])]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(u32::try_from(rows.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend(follow.iter().flatten().map(|w| w.cast_unsigned()));
        for (hash, weights) in rows {
            out.extend(hash.to_le_bytes());
            out.extend(weights.iter().map(|w| w.cast_unsigned()));
        }
        out
    }

    fn slot(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0x9e37_79b1) >> self.shift) as usize
    }

    /// Adds the weights of a feature.
    fn add(&self, feature: u32, scores: &mut Scores) {
        let mut slot = self.slot(feature);
        loop {
            let (hash, row) = self.slots[slot];
            if row == 0 {
                return;
            }
            if hash == feature {
                let at = ROWS + ROW * (row as usize - 1) + 4;
                let Some(weights) = self.bytes.get(at..at + LABELS) else { return };
                for (s, w) in scores.iter_mut().zip(weights) {
                    *s += i32::from(w.cast_signed());
                }
                return;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// What the features of one word say for each label.
    pub fn scores(&self, features: &[u32]) -> Scores {
        let mut out = [0; LABELS];
        for f in features {
            self.add(*f, &mut out);
        }
        out
    }

    /// The labels of a stretch of words that together score highest (Viterbi); words outside of names lie around it.
    pub fn best(&self, words: &[Scores]) -> Vec<usize> {
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(words.len());
        let mut so_far = [NEVER; LABELS];
        so_far[OUTSIDE] = 0;
        for word in words {
            let mut next = [NEVER; LABELS];
            let mut from = [0_u8; LABELS];
            for (a, (score, follow)) in so_far.iter().zip(&self.follow).enumerate() {
                if *score <= NEVER / 2 {
                    continue;
                }
                for b in 0..LABELS {
                    let sum = score + follow[b];
                    let better = sum > next[b];
                    next[b] = if better { sum } else { next[b] };
                    from[b] = if better { a as u8 } else { from[b] };
                }
            }
            for (n, w) in next.iter_mut().zip(word) {
                *n += w;
            }
            // The best stays 0, so that no stretch is long enough to overflow.
            let top = next.iter().copied().max().unwrap_or(0);
            for n in next.iter_mut().filter(|n| **n > NEVER / 2) {
                *n = (*n - top).max(NEVER / 2 + 1);
            }
            back.push(from);
            so_far = next;
        }
        for (label, score) in so_far.iter_mut().enumerate() {
            *score += self.follow[label][OUTSIDE].max(NEVER / 2);
            if is_open(label) {
                *score = NEVER;
            }
        }
        let mut at = (0..LABELS).fold(0, |best, l| if so_far[l] > so_far[best] { l } else { best });
        let mut out = vec![OUTSIDE; words.len()];
        for (label, from) in out.iter_mut().zip(&back).rev() {
            *label = at;
            at = usize::from(from[at]);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::{Part, label};
    use super::*;

    #[test]
    fn a_model_reads_what_it_wrote_and_closes_its_names() {
        let mut row = [0; LABELS];
        row[label(0, Part::First)] = 9;
        let mut other = [0; LABELS];
        other[label(0, Part::Last)] = 5;
        let bytes = Model::write(&[[0; LABELS]; LABELS], &[(7, row), (3, other)]);
        let model = Model::new(&bytes).expect("what was written is read");
        let scores = [model.scores(&[7]), model.scores(&[3]), model.scores(&[99])];
        assert_eq!(model.best(&scores), [label(0, Part::First), label(0, Part::Last), OUTSIDE]);
        assert_eq!(model.best(&scores[..1]), [OUTSIDE], "a name of two words does not end after one");
        assert!(model.best(&[]).is_empty());
    }

    #[test]
    fn broken_files_are_no_model() {
        let bytes = Model::write(&[[0; LABELS]; LABELS], &[]);
        assert!(Model::new(&bytes).is_some());
        assert!(Model::new(&bytes[1..]).is_none() && Model::new(&[]).is_none());
        assert!(Model::new(&bytes[..bytes.len() - 1]).is_none());
    }
}

//! Sets of pages, by their numbers: one bit a page.

/// Numbers from here on are no page's: a damaged index must not fill the memory.
const LAST: usize = 1 << 31;

/// Some pages of a library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pages {
    bits: Vec<u64>,
}

impl Pages {
    pub(crate) fn insert(&mut self, n: i64) {
        let Some(n) = usize::try_from(n).ok().filter(|n| *n < LAST) else { return };
        if self.bits.len() <= n / 64 {
            self.bits.resize(n / 64 + 1, 0);
        }
        self.bits[n / 64] |= 1 << (n % 64);
    }

    pub(crate) fn contains(&self, n: i64) -> bool {
        let at = |n: usize| self.bits.get(n / 64).is_some_and(|b| b & (1 << (n % 64)) != 0);
        usize::try_from(n).is_ok_and(at)
    }

    pub(crate) fn and(&mut self, other: &Pages) {
        self.bits.truncate(other.bits.len());
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a &= b);
    }

    pub(crate) fn or(&mut self, other: &Pages) {
        self.bits.resize(self.bits.len().max(other.bits.len()), 0);
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a |= b);
    }

    pub(crate) fn minus(&mut self, other: &Pages) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a &= !b);
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.bits.iter().map(|b| b.count_ones() as usize).sum()
    }

    /// Their numbers, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.bits.iter().enumerate().flat_map(|(i, bits)| {
            let mut bits = *bits;
            std::iter::from_fn(move || {
                let low = bits.trailing_zeros() as usize;
                bits &= bits.checked_sub(1)?;
                Some((i * 64 + low) as i64)
            })
        })
    }

    /// Their numbers as a JSON list, as SQL's `json_each` takes it.
    pub(crate) fn json(&self) -> String {
        json(self.iter())
    }
}

impl FromIterator<i64> for Pages {
    fn from_iter<T: IntoIterator<Item = i64>>(all: T) -> Pages {
        let mut pages = Pages::default();
        all.into_iter().for_each(|n| pages.insert(n));
        pages
    }
}

/// Numbers as a JSON list.
pub(crate) fn json(all: impl IntoIterator<Item = i64>) -> String {
    let all: Vec<String> = all.into_iter().map(|n| n.to_string()).collect();
    format!("[{}]", all.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_sets() {
        let of = |all: &[i64]| Pages::from_iter(all.iter().copied());
        let (mut a, b) = (of(&[1, 64, 200]), of(&[64, 65]));
        assert_eq!((a.len(), a.json().as_str()), (3, "[1,64,200]"));
        assert!(a.contains(64) && !a.contains(65) && !a.contains(-1) && !a.contains(1 << 40));
        let mut both = a.clone();
        both.and(&b);
        assert_eq!(both.json(), "[64]");
        a.minus(&b);
        assert_eq!(a.json(), "[1,200]");
        a.or(&b);
        assert_eq!(a.json(), "[1,64,65,200]");
        assert_eq!(of(&[-5, i64::MAX]).len(), 0);
    }
}

//! Numbers kept small: what the linker remembers of each article lies in the index, and must not outgrow the text.

/// Appends a number, seven bits a byte, least first.
pub fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number off the front; `None` where there is none.
pub fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The same, where it fits.
pub fn take32(bytes: &mut &[u8]) -> Option<u32> {
    u32::try_from(take(bytes)?).ok()
}

/// Pairs of a key and the place of an article, sorted, as differences; places from the least of them on.
pub fn pairs(sorted: &[(u32, u32)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(sorted.len() * 4);
    let base = sorted.iter().map(|(_, place)| *place).min().unwrap_or(0);
    put(&mut out, base.into());
    let (mut key, mut place) = (0, base);
    for (k, p) in sorted {
        put(&mut out, u64::from(k - key));
        if *k != key {
            place = base;
        }
        put(&mut out, u64::from(p - place));
        (key, place) = (*k, *p);
    }
    out
}

/// What [`pairs`] was given; ends early where the bytes are damaged.
pub fn unpaired(mut bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let base = take32(&mut bytes).unwrap_or(0);
    let (mut key, mut place) = (0u32, base);
    std::iter::from_fn(move || {
        let step = take32(&mut bytes)?;
        if step != 0 {
            place = base;
        }
        key = key.checked_add(step)?;
        place = place.checked_add(take32(&mut bytes)?)?;
        Some((key, place))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pairs_come_back(mut all in proptest::collection::vec((0..9u32, any::<u32>()), 0..40), wide in any::<u32>()) {
            all.push((wide, wide));
            all.sort_unstable();
            prop_assert_eq!(unpaired(&pairs(&all)).collect::<Vec<_>>(), all);
        }

        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            prop_assert!(unpaired(&bytes).count() <= bytes.len());
        }
    }
}

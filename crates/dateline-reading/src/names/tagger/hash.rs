//! Hashes of words and features: the same on every machine, so that a model's rows can be named by them.

/// One value mixed into a hash (the round of MurmurHash3).
pub(super) const fn mix(hash: u32, value: u32) -> u32 {
    let value = value.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    (hash ^ value).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64)
}

/// The end of a hash, so that every bit hangs on every value.
pub(super) const fn finish(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    let hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

/// The hash of a word (FNV-1a). Never 0, which stands for no word.
pub(super) fn word(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    finish(hash).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_stay_what_they_are() {
        assert_eq!(word("harbour"), word("harbour"));
        assert_ne!(word("harbour"), word("harbours"));
        assert_ne!(finish(mix(mix(7, 1), 2)), finish(mix(mix(7, 2), 1)));
    }
}

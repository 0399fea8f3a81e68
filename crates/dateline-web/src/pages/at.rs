//! A place in an article, as it stands in an address: the code points of its words, "2501-2530".

/// The address of the article with these words marked.
pub(crate) fn address(article: &str, [start, end]: [usize; 2]) -> String {
    format!("/article/{article}?at={start}-{end}#p1-{start}")
}

/// The code points that "2501-2530" names; `None` for anything else, and for no letter.
pub(crate) fn read(at: &str) -> Option<[usize; 2]> {
    let (start, end) = at.split_once('-')?;
    let span = [start.parse().ok()?, end.parse().ok()?];
    (span[0] < span[1]).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        assert_eq!(address("a1", [2501, 2530]), "/article/a1?at=2501-2530#p1-2501");
        assert_eq!(read("2501-2530"), Some([2501, 2530]));
        for wrong in ["", "7", "7-", "7-7", "9-7", "-7-9", "a-b"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}

//! Lines that were broken to fit a width, joined again.

/// Width from which a line is long enough to have been broken, in bytes: mail breaks at 72 to 78.
const LEAST_WIDTH: usize = 55;
/// Widest line that mail programs break to (RFC 5322, 2.1.1 asks for 78).
const MOST_WIDTH: usize = 100;

/// Plain text of mail with the lines of each paragraph joined, in bytes of any encoding that is ASCII's heir. Breaks
/// become blanks of the same length, so that places stay what they were.
///
/// A line is joined to the next where the writer's program says so (`flowed`: it ends in a blank), or where it is
/// about as long as the text's lines are and the next is neither blank nor the start of something: an entry of a list, a
/// quotation, a rule. Text with long lines was not broken, and stays.
pub(crate) fn lines(mut bytes: Vec<u8>, flowed: bool) -> Vec<u8> {
    if memchr::memchr(0, &bytes).is_some() {
        return bytes;
    }
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', &bytes).collect();
    let line = |bytes: &[u8], i: usize| {
        let start = if i == 0 { 0 } else { ends[i - 1] + 1 };
        let end = ends.get(i).copied().unwrap_or(bytes.len());
        (start, end)
    };
    let width = |text: &[u8]| text.trim_ascii_end().iter().filter(|b| **b & 0xc0 != 0x80).count();
    let widths: Vec<usize> = (0..=ends.len()).map(|i| line(&bytes, i)).map(|(s, e)| width(&bytes[s..e])).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let broken = (LEAST_WIDTH..=MOST_WIDTH).contains(&widest);
    for (i, own) in widths.iter().enumerate().take(ends.len()) {
        let (start, end) = line(&bytes, i);
        let (next_start, next_end) = line(&bytes, i + 1);
        let (text, next) = (&bytes[start..end], &bytes[next_start..next_end]);
        let unfinished = text.strip_suffix(b"\r").unwrap_or(text).ends_with(b" ") && !text.starts_with(b"-- ");
        let first_word = next.iter().take_while(|b| !b.is_ascii_whitespace()).count();
        // The next word would not have fitted: that is why the line ends here.
        let full = broken && own + 1 + first_word > widest;
        let joins = flowed && unfinished || full && !starts_something(next) && !text.trim_ascii().is_empty();
        if joins && !next.trim_ascii().is_empty() {
            let from = if text.ends_with(b"\r") { end - 1 } else { end };
            bytes[from..=end].fill(b' ');
        }
    }
    bytes
}

/// Whether a line starts an entry, a quotation or a rule rather than going on with a sentence.
fn starts_something(line: &[u8]) -> bool {
    let word = line.iter().take_while(|b| !b.is_ascii_whitespace()).count();
    let first = &line[..word];
    let numbered = first.len() < 5 && first.ends_with(b".") && first[..first.len() - 1].iter().all(u8::is_ascii_digit);
    let mark = matches!(line.first(), Some(b'*' | b'-' | b'>' | b'#' | b'=' | b'_' | b'|' | b' ' | b'\t'));
    mark || numbered || line.starts_with("•".as_bytes()) || line.starts_with("–".as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str, flowed: bool) -> String {
        let out = lines(text.as_bytes().to_vec(), flowed);
        assert_eq!(out.len(), text.len());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn paragraphs_that_were_broken_are_whole_again() {
        let text = "HARBOUR NEWS\n\nThe harbour office of Testburg said on Friday that the northern\r\n\
                    pier would stay shut until the inspectors had seen the roof of it\nand the crane.\n\
                    * an entry of a list\n* another\n\nEnd";
        let want = "HARBOUR NEWS\n\nThe harbour office of Testburg said on Friday that the northern  \
                    pier would stay shut until the inspectors had seen the roof of it and the crane.\n\
                    * an entry of a list\n* another\n\nEnd";
        assert_eq!(joined(text, false), want);
    }

    #[test]
    fn flowed_text_joins_where_it_says_so_and_long_lines_stay() {
        assert_eq!(joined("one \ntwo\nthree\n-- \nsig", true), "one  two\nthree\n-- \nsig");
        let long = format!("{}\nShort line\n{}", "word ".repeat(60), "more ".repeat(50));
        assert_eq!(joined(&long, false), long);
        assert_eq!(joined("", false), "");
        assert_eq!(joined("\n\n", true), "\n\n");
    }
}

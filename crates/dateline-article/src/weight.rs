//! What showing a page would cost a browser: some hundred kilobytes of tags that never close are enough to stop one.
//!
//! Follows, roughly, how browsers build their tree: which elements are open, and which elements of wording (`b`, `font`)
//! are opened anew in each block because they were never closed.

use crate::html::Tag;

/// Elements inside one another. Browsers keep at most 512 levels, at a cost that grows with the square of what they were
/// given; few pages of news have a hundred.
const DEEPEST: usize = 1_000;
/// Elements of wording that are opened anew, all together.
const MOST_AGAIN: usize = 500_000;
/// Of equal elements of wording that are open, browsers open so many anew.
const EQUAL: usize = 3;

/// Counts what a browser would have to build, tag by tag.
#[derive(Debug, Default)]
pub(crate) struct Weight {
    /// What is open, innermost last: the element, and a number made from its name.
    open: Vec<(Tag, u32)>,
    /// Elements of wording that were not closed: the name's number, and one made from the whole tag.
    wording: Vec<(u32, u32)>,
    again: usize,
    heavy: bool,
}

impl Weight {
    /// Whether it is more than a browser should be given.
    pub(crate) fn is_heavy(&self) -> bool {
        self.heavy
    }

    /// A start tag: its name, the whole of it, and whether it ends in "/>".
    pub(crate) fn opens(&mut self, tag: Tag, name: &str, whole: &str, closed: bool) {
        if tag.is_block() {
            self.again = self.again.saturating_add(self.wording.len());
            self.heavy |= self.again > MOST_AGAIN;
        }
        if tag == Tag::A {
            // a link ends the one before
            self.closes(tag, name);
        }
        if let Some(ended) = self.ended_by(tag) {
            self.open.truncate(ended);
        }
        let drawing = || self.open.iter().any(|(t, _)| matches!(t, Tag::Svg | Tag::Math));
        if self.heavy || tag.is_void() || is_transparent(tag) || closed && drawing() {
            return;
        }
        let name = number(name);
        if is_wording(tag) {
            let whole = number(whole);
            let mut equal = self.wording.iter().enumerate().filter(|(_, w)| w.1 == whole);
            if let (Some((first, _)), Some(_)) = (equal.next(), equal.nth(EQUAL - 2)) {
                self.wording.remove(first);
            }
            self.wording.push((name, whole));
        }
        self.open.push((tag, name));
        self.heavy |= self.open.len() > DEEPEST || self.wording.len() > DEEPEST;
    }

    /// The element that a start tag ends, with all that stands in it: `<p>` the paragraph before, `<td>` the cell.
    fn ended_by(&self, tag: Tag) -> Option<usize> {
        use Tag::*;
        let last = |wanted: &dyn Fn(Tag) -> bool, stop: &dyn Fn(Tag) -> bool| {
            let found = self.open.iter().rposition(|(t, _)| wanted(*t) || stop(*t))?;
            wanted(self.open.get(found)?.0).then_some(found)
        };
        match tag {
            Li => last(&|t| t == Li, &|t| t.is_scope() || matches!(t, Ul | Ol | Menu)),
            Dd | Dt => last(&|t| matches!(t, Dd | Dt), &|t| t.is_scope() || t == Dl),
            t if rank(t) > 0 => {
                let table = last(&|t| t == Table, &|t| t == Template)?;
                let inside = self.open.iter().skip(table + 1);
                inside.clone().position(|(o, _)| rank(*o) >= rank(t)).map(|n| table + 1 + n)
            }
            t if t.closes_p() => last(&|t| t == P, &|t| t.is_scope()),
            _ => None,
        }
    }

    /// An end tag.
    pub(crate) fn closes(&mut self, tag: Tag, name: &str) {
        let name = number(name);
        if is_wording(tag)
            && let Some(last) = self.wording.iter().rposition(|w| w.0 == name)
        {
            self.wording.remove(last);
        }
        let Some(at) = self.open.iter().rposition(|(_, n)| *n == name) else { return };
        let mut above = self.open.iter().skip(at + 1).map(|(t, _)| *t);
        // what an end tag does not reach out of
        let held = match tag {
            t if rank(t) > 0 => above.any(|t| t == Tag::Table),
            t if t.is_scope() => false,
            t if t.is_block() => above.any(Tag::is_scope),
            _ => above.any(Tag::is_block),
        };
        match held {
            // what else is open of wording is opened anew
            false if is_wording(tag) => {
                let again: Vec<(Tag, u32)> = self.open.drain(at..).skip(1).filter(|(t, _)| is_wording(*t)).collect();
                self.open.extend(again);
            }
            false => self.open.truncate(at),
            // ends without what stands in it
            true if is_wording(tag) => drop(self.open.remove(at)),
            true => {}
        }
    }
}

/// Elements of wording, which a browser opens anew in the next block where they were not closed.
fn is_wording(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, A | B | Code | Em | Font | I | S | Small | Strike | Strong | Tt | U)
}

/// Elements of which a page has one, and those that stand in one another by others alone.
fn is_transparent(tag: Tag) -> bool {
    matches!(tag, Tag::Html | Tag::Head | Tag::Body | Tag::Option | Tag::Optgroup)
}

/// How far inside a table its parts stand; 0 for what is none.
fn rank(tag: Tag) -> u8 {
    use Tag::*;
    match tag {
        Caption | Colgroup | Tbody | Tfoot | Thead => 1,
        Tr => 2,
        Td | Th => 3,
        _ => 0,
    }
}

/// FNV-1a, 32 bits, of letters in lower case: two names of one number cost a wrong count, no more.
fn number(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |h: u32, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use dateline_capture::{Capture, Payload, Source};

    fn heavy(html: &str) -> bool {
        let capture = Capture::new(html.as_bytes().to_vec(), Payload::Html, Source::default());
        let saved = crate::saved(&capture, None).unwrap();
        saved.heavy
    }

    #[test]
    fn what_never_closes_is_heavy() {
        for part in [
            "<div>",
            "<DIV>",
            "<table><tr><td>",
            "<b><i><a>",
            "<span>",
            "<x-y/>",
            "<b><div></b>",
            "<span><div></span>",
            "<div><table><tr><td></div>",
            "<svg>",
        ] {
            assert!(heavy(&part.repeat(3_000)), "{part}");
        }
        let fonts: String = (0..900).map(|n| format!("<font color={n}>")).collect();
        assert!(heavy(&format!("<p>{fonts}{}", "<p>x".repeat(3_000))), "wording opened anew in each paragraph");
    }

    #[test]
    fn long_pages_are_not() {
        let cells = "<tr><td><font color=red><b>never closed<td><div><p>nor this".repeat(3_000);
        assert!(!heavy(&format!("<table>{cells}</table>")));
        for part in [
            "<p>text <b>bold</b>",
            "<div><p>text</div>",
            "<ul><li>one<li>two</ul>",
            "<table><tr><td>a<td>b<tr><td>c</table>",
            "<br><img src=a><hr>",
            "<p><b>never closed",
            "<ul><li><b>never closed<li><i>nor this</ul>",
            "<dl><dt><b>never closed<dd><i>nor this</dl>",
            "<svg><path d=\"M0 0\"/><g/></svg>",
            "<div><span>never closed</div>",
            "<b><span>never closed</b>",
            "<b><i>crossed</b></i>",
            "<a href=x>one <a href=x>two",
            "text </div></b></table>",
        ] {
            assert!(!heavy(&part.repeat(3_000)), "{part}");
        }
    }
}

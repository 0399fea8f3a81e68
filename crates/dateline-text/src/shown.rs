//! Words of a page made fit for display: one line, nothing hidden, nothing obeyed, never markup.

use std::fmt::Write;

/// How a character of a page is shown.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    Plain,
    /// A place where a line may be broken, and marks of the file: nothing is lost without them.
    Left,
    /// What would turn the direction of text, hide it, or fill space without being seen: by its code, not obeyed.
    Coded,
}

/// `before` is the character before it. The characters are those of Unicode's Bidi_Control, of its
/// Default_Ignorable_Code_Point without the selectors of variants, and its controls.
fn look(c: char, before: Option<char>) -> Look {
    match c {
        '\u{00AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Look::Left,
        // joiners belong to the writing of Persian, of India's scripts and of emoji; between Latin letters they hide
        '\u{200C}' | '\u{200D}' => match before {
            Some(b) if !b.is_ascii() && !look_alone(b) => Look::Plain,
            _ => Look::Coded,
        },
        c if look_alone(c) => Look::Coded,
        _ => Look::Plain,
    }
}

fn look_alone(c: char) -> bool {
    matches!(c,
        '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'
            ..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || (c.is_control() && !c.is_whitespace())
}

fn put(out: &mut String, c: char, before: Option<char>) {
    match look(c, before) {
        Look::Plain => out.push(c),
        Look::Left => {}
        Look::Coded => {
            let _ = write!(out, "[U+{:04X}]", c as u32);
        }
    }
}

/// Words of a page as one line for display: white space runs become one space; marks that would turn the direction
/// of text or hide it, and control characters, are shown by their code, not obeyed.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut before = None;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
                gap = false;
            }
            put(&mut out, c, before);
        }
        before = Some(c);
    }
    out
}

/// As [`shown`], but white space stays as it is; `before` is the character before the text.
pub fn shown_whole(text: &str, before: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = before;
    for c in text.chars() {
        put(&mut out, c, before);
        before = Some(c);
    }
    out
}

/// Escapes text for HTML and XML, in elements and in quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_marks_are_shown_not_obeyed() {
        assert_eq!(shown("Report \u{202e}txt.exe\n\n now"), "Report [U+202E]txt.exe now");
        assert_eq!(shown_whole("a \u{2066}b\u{2069}\n", None), "a [U+2066]b[U+2069]\n");
    }

    #[test]
    fn what_hides_is_shown_and_what_belongs_to_a_script_stays() {
        assert_eq!(shown("pay\u{200d}ment \u{e0041}\u{3164}\u{7}"), "pay[U+200D]ment [U+E0041][U+3164][U+0007]");
        assert_eq!(shown("soft\u{ad}ly \u{feff}here"), "softly here");
        let kept = "می\u{200c}خواهم 👩\u{200d}🚀 ❤\u{fe0f}";
        assert_eq!(shown(kept), kept);
        assert_eq!(shown("\u{202e}\u{200d}x"), "[U+202E][U+200D]x");
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(escaped("<b a='1'>&\""), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;");
    }
}

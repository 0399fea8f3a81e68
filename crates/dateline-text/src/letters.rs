//! What is a letter or a number: the standard's answer, without its search for what news is mostly written in.

/// Whether a character is a letter or digit, as [`char::is_alphanumeric`] says; that one searches a table for all that
/// is not ASCII, which every Cyrillic letter and every curly quotation mark of a text would pay for.
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        // Latin with its marks, Greek, Cyrillic
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2C1}' => true,
        '\u{3A3}'..='\u{3F5}' | '\u{3F7}'..='\u{481}' | '\u{48A}'..='\u{52F}' => true,
        // the space that does not break and its neighbours; dashes and quotation marks
        '\u{80}'..='\u{A9}' | '\u{2010}'..='\u{2069}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Whether a character is a digit or another number, as [`char::is_numeric`] says, with the same short ways.
pub fn is_numeric(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_digit(),
        '\u{C0}'..='\u{65F}' | '\u{2000}'..='\u{206F}' => false,
        _ => c.is_numeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_of_every_character_what_the_standard_says() {
        assert!(('\0'..=char::MAX).all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
        assert!(('\0'..=char::MAX).all(|c| is_numeric(c) == c.is_numeric()));
    }
}

//! One page a file.

pub(crate) mod add;
pub(crate) mod added;
pub(crate) mod article;
pub(crate) mod at;
pub(crate) mod brief_out;
pub(crate) mod briefs;
pub(crate) mod builder;
pub(crate) mod capture;
pub(crate) mod decided;
pub(crate) mod facts;
pub(crate) mod figures;
pub(crate) mod frame;
pub(crate) mod hand;
pub(crate) mod library;
pub(crate) mod login;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod search;
pub(crate) mod spoken;
pub(crate) mod story;
pub(crate) mod storyline;
pub(crate) mod storylines;
pub(crate) mod today;
pub(crate) mod watches;

/// The ways of the head: address and label, in the order of a day's work. No two labels begin with one letter: the
/// script goes there by `g` and it.
pub(crate) const WAYS: &[(&str, &str)] = &[
    ("/", "Today"),
    ("/figures", "Figures"),
    ("/search", "Search"),
    ("/watch", "Watches"),
    ("/brief", "Briefs"),
    ("/library", "Library"),
    ("/add", "Add"),
];

/// What a field says, where it says something.
pub(crate) fn said(field: &str) -> Option<&str> {
    Some(field).filter(|f| !f.trim().is_empty())
}

/// A value for an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn addresses_carry_any_name() {
        assert_eq!(encoded("Kasčiūnas & son"), "Kas%C4%8Di%C5%ABnas%20%26%20son");
    }
}

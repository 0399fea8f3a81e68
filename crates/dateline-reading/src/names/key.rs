//! Keys: one written form for the many that newsrooms give a name, the same in every article.

use dateline_lexicon::names::key as folded_key;
pub use dateline_lexicon::names::sound;

/// The key of a person: "surname given" by sound. A surname alone gives the surname alone, an initial its letter, so
/// that a reader of keys can hold "kascunas" and "kascunas l" as compatible with "kascunas laurinas" where it wishes to.
///
/// ```
/// use dateline_reading::names::person_key;
/// assert_eq!(person_key("Volodymyr Zelensky"), person_key("Volodymyr Zelenskyy"));
/// assert_ne!(person_key("Vladimir Zelensky"), person_key("Volodymyr Zelensky"));
/// ```
pub fn person_key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((last, given)) = words.split_last() else { return String::new() };
    let mut out = sound(last);
    for word in given {
        let word = sound(word.trim_end_matches('.'));
        if !word.is_empty() {
            out.push(' ');
            out.push_str(&word);
        }
    }
    out
}

/// Whether two person keys can be one person's: same surname, and given names of which one is absent, or an initial of
/// the other, or the same. Never joins two different given names.
pub fn compatible(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.split(' '), b.split(' '));
    if a.next() != b.next() {
        return false;
    }
    match (a.next(), b.next()) {
        (Some(x), Some(y)) => x == y || (x.len() == 1 || y.len() == 1) && x.chars().next() == y.chars().next(),
        _ => true,
    }
}

/// The key of a name that is no person's: folded, without "the".
pub fn name_key(name: &str) -> String {
    let key = folded_key(name);
    let key = key.strip_prefix("the ").unwrap_or(&key);
    headed(key).unwrap_or_else(|| key.to_owned())
}

/// "defence ministry" and "lithuanian defence ministry" as "ministry of defence", "lithuanian ministry of defence":
/// newsrooms write either. Only where one word stands before the head, else it cannot be told what belongs to whom.
fn headed(key: &str) -> Option<String> {
    let (rest, head) = key.rsplit_once(' ')?;
    let matter = MATTERS.iter().find(|m| rest == **m || rest.strip_suffix(**m).is_some_and(|r| r.ends_with(' ')))?;
    let whose = rest.strip_suffix(matter).map(str::trim_end).filter(|w| !w.is_empty());
    let spelled = if *matter == "defense" { "defence" } else { matter };
    (head == "ministry").then(|| match whose {
        Some(whose) => format!("{whose} {head} of {spelled}"),
        None => format!("{head} of {spelled}"),
    })
}

/// What ministries are of, in one word or a fixed phrase; the longer first.
const MATTERS: &[&str] = &[
    "foreign affairs",
    "public health",
    "agriculture",
    "culture",
    "defence",
    "defense",
    "economy",
    "education",
    "energy",
    "environment",
    "finance",
    "health",
    "industry",
    "information",
    "interior",
    "justice",
    "labour",
    "tourism",
    "trade",
    "transport",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_give_one_key() {
        for (a, b) in [
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelenskiy", "Volodymyr Zelenski"),
            ("Laurynas Kasčiūnas", "Laurynas Kasciunas"),
            ("Sergei Lavrov", "Sergey Lavrov"),
        ] {
            assert_eq!(person_key(a), person_key(b), "{a} / {b}");
        }
    }

    #[test]
    fn a_ministry_has_one_key_however_it_is_written() {
        assert_eq!(name_key("the Defence Ministry"), name_key("Ministry of Defence"));
        assert_eq!(name_key("Lithuanian Defense Ministry"), "lithuanian ministry of defence");
        assert_eq!(name_key("Ministry of Sound"), "ministry of sound");
        assert_eq!(name_key("Red Ministry"), "red ministry");
    }

    #[test]
    fn different_given_names_stay_apart() {
        let (a, b) = (person_key("Vladimir Petrenko"), person_key("Volodymyr Petrenko"));
        assert_ne!(a, b);
        assert!(!compatible(&a, &b));
        assert!(compatible(&a, &person_key("Petrenko")));
        assert!(compatible(&a, &person_key("V. Petrenko")));
    }
}

//! Which outlet a page is from, in its own words; none where it does not say.

use super::bylines;

/// Ends of company names that are not part of the outlet's.
const COMPANY: [&str; 27] = [
    "inc",
    "inc.",
    "ltd",
    "ltd.",
    "llc",
    "limited",
    "plc",
    "gmbh",
    "gmbh & co",
    "gmbh & co. kg",
    "gmbh & co kg",
    "ag",
    "a/s",
    "as",
    "ab",
    "s.a.",
    "sa",
    "s.r.o.",
    "a.s.",
    "s.p.a.",
    "bv",
    "b.v.",
    "corp",
    "corp.",
    "company",
    "pty",
    "pty ltd",
];
/// What follows the name on a copyright line.
const RIGHTS: [&str; 14] = [
    "all rights",
    "alle rechte",
    "tous droits",
    "todos los derechos",
    "todos os direitos",
    "tutti i diritti",
    "wszelkie prawa",
    "všechna práva",
    "все права",
    "усі права",
    "sva prava",
    "toate drepturile",
    "minden jog",
    "tüm hakları",
];

/// The outlet a desk among the bylines writes for.
pub(crate) fn from_bylines(names: &[String]) -> Option<String> {
    names.iter().find_map(|n| bylines::outlet_of_desk(n)).map(str::to_owned)
}

/// The owner on a line of copyright with a year ("© 2024 The Harbour Post. All rights reserved.").
///
/// A photograph's credit has no year, so it names no outlet.
pub(crate) fn from_copyright(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > 200 {
        return None;
    }
    let mark = line.find('©').map(|i| i + '©'.len_utf8()).or_else(|| {
        let lower = line.to_ascii_lowercase();
        lower.find("copyright").map(|i| i + 9).or_else(|| lower.find("(c)").map(|i| i + 3))
    })?;
    let mut rest = line.get(mark..)?.trim_start();
    for sign in ["©", "(c)", "(C)", "copyright", "Copyright", "by"] {
        rest = rest.strip_prefix(sign).unwrap_or(rest).trim_start();
    }
    let years =
        rest.find(|c: char| !(c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '.' | ':')));
    let (years, name) = rest.split_at(years.unwrap_or(rest.len()));
    let year_first = years.chars().filter(char::is_ascii_digit).count() >= 4;
    let name = if year_first { name } else { before_year(rest)? };
    tidy(name)
}

/// The name before a year: "© The Harbour Post 2024".
fn before_year(rest: &str) -> Option<&str> {
    let digits = rest.find(|c: char| c.is_ascii_digit())?;
    let year = rest.get(digits..)?.get(..4)?;
    let plausible = year.starts_with("19") || year.starts_with("20");
    (plausible && year.bytes().all(|b| b.is_ascii_digit())).then(|| rest.get(..digits)).flatten()
}

/// The name up to the end of its sentence, without the company's form.
fn tidy(name: &str) -> Option<String> {
    let name = name.trim().trim_start_matches(['-', '–', '|', ',', '.', ' ']);
    let name = name.strip_prefix("by ").unwrap_or(name);
    let lower = name.to_lowercase();
    let same_bytes = lower.len() == name.len();
    let rights = RIGHTS.iter().filter_map(|r| lower.find(r)).min().filter(|_| same_bytes).unwrap_or(name.len());
    let name = name.get(..rights)?;
    // an address or a second owner may follow a comma; "The Tide, Inc." is taken care of below
    let stop = name.find(['|', '·', '•', '–', ';', ',']).unwrap_or(name.len());
    let stop = name.find(". ").filter(|&i| i > 3).map_or(stop, |i| i.min(stop));
    let mut name = name.get(..stop)?.trim().trim_end_matches(['.', ',', '-']).trim();
    while let Some(shorter) = COMPANY.iter().find_map(|c| strip_end(name, c)) {
        name = shorter;
    }
    let words = name.split_whitespace().count();
    let named = name
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase() && c.is_alphabetic());
    ((1..=6).contains(&words) && named && name.chars().count() >= 2).then(|| name.to_owned())
}

fn strip_end<'n>(name: &'n str, end: &str) -> Option<&'n str> {
    let cut = name.len().checked_sub(end.len())?;
    let head = name.get(..cut)?;
    let matches = name.get(cut..)?.eq_ignore_ascii_case(end) && head.ends_with([' ', ',']);
    let head = head.trim_end_matches([' ', ',']);
    (matches && !head.is_empty()).then_some(head)
}

/// Parts a page's window title into headline and outlet, where `headline` (as the page shows it) is its start.
///
/// "Ferries stop - The Harbour Post" with the headline "Ferries stop" gives "The Harbour Post".
pub(crate) fn from_window_title(window: &str, headline: &str) -> Option<String> {
    let (window, headline) = (window.trim(), headline.trim());
    let rest = window.strip_prefix(headline)?.trim_start();
    let name = rest.strip_prefix(['|', '-', '–', '—', '·', '•', '»', ':', '*', '/'])?;
    // Sections come first, the outlet last: "Ferries stop | World | The Harbour Post".
    let last = [" | ", " - ", " – ", " — ", " · ", " * "]
        .iter()
        .fold(name, |part, mark| part.rsplit(mark).next().unwrap_or(part));
    tidy(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copyright_lines() {
        for (line, name) in [
            ("©2024 Harbour Wire. Use Our Words. All Rights Reserved. Portville", Some("Harbour Wire")),
            ("© 2024 The Harbour Post", Some("The Harbour Post")),
            ("Copyright © 2019-2024 Harbour Media GmbH & Co. KG", Some("Harbour Media")),
            ("© The Harbour Post 2024. All rights reserved", Some("The Harbour Post")),
            ("Copyright © 2024 Harbour Post Ltd, Quay Street, Portville. Terms", Some("Harbour Post")),
            ("© 2024 Harbour Post, Inc. All rights reserved", Some("Harbour Post")),
            ("© Ada Brook", None),
            ("Photo © Ada Brook / Agency", None),
            ("© 2024", None),
            ("© 2024 all rights reserved", None),
        ] {
            assert_eq!(from_copyright(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn window_titles() {
        assert_eq!(
            from_window_title("Ferries stop - The Harbour Post", "Ferries stop").as_deref(),
            Some("The Harbour Post")
        );
        assert_eq!(
            from_window_title("Ferries stop | World | Harbour.example", "Ferries stop").as_deref(),
            Some("Harbour.example")
        );
        assert_eq!(from_window_title("Ferries stop", "Ferries stop"), None);
        assert_eq!(from_window_title("Something else", "Ferries stop"), None);
    }

    #[test]
    fn desks_name_their_outlet() {
        let names = ["Ada Brook".to_owned(), "The Harbour Post news desk".to_owned()];
        assert_eq!(from_bylines(&names).as_deref(), Some("The Harbour Post"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(line in "(©|Copyright )?\\PC{0,60}") {
            let _ = from_copyright(&line);
            let _ = from_window_title(&line, "a");
        }
    }
}

//! What must hold of every picture, whatever it is given.

use dateline_draw::*;

const LABELS: [&str; 6] = [
    "</svg><script>alert(1)</script>",
    "\u{202e}gnp.exe\u{2066}",
    "\" onload=\"alert(1)",
    "]]>&#0;\u{0}\u{FFFF}\u{1b}[31m",
    "日本の漁船が沈没した日本の漁船が沈没した",
    "",
];

fn label(i: usize) -> String {
    match i % 7 {
        6 => "long ".repeat(2_000),
        k => LABELS[k].to_owned(),
    }
}

fn date(i: usize) -> String {
    match i % 5 {
        0 => format!("20{:02}", i % 30),
        1 => format!("2026-{:02}", i % 14),
        2 => format!("2026-04-{:02}T{:02}:{:02}+02:00", i % 31, i % 25, i % 60),
        3 => label(i),
        _ => format!("{:04}-01-{:02}", i * 37 % 10_000, i % 33),
    }
}

fn address(i: usize) -> Option<String> {
    ["javascript:alert(1)", "/article/a?at=1-2#p1-1", "data:text/html,<script>", "\"><script>"]
        .get(i % 5)
        .map(|a| (*a).to_owned())
}

/// Every picture of so many hostile things.
fn all(n: usize) -> Vec<Picture> {
    let places: Vec<Place> = (0..n)
        .map(|i| Place {
            label: label(i),
            lat: [(i % 181) as f64 - 90.0, f64::NAN, f64::INFINITY][i % 11 % 3 * usize::from(i % 11 < 3)],
            lon: (i * 77) as f64 - 1e4,
            weight: (i * 31 % 17) as u32,
            note: label(i + 1),
            href: address(i),
        })
        .collect();
    let moments: Vec<Moment> = (0..n).map(|i| Moment { date: date(i), label: label(i), href: address(i) }).collect();
    let texts: Vec<Text> = (0..n)
        .map(|i| Text {
            label: label(i),
            day: (i % 3 > 0).then(|| date(i)),
            credit: (i % 2 > 0).then(|| label(i + 2)),
            note: label(i + 3),
            href: address(i),
        })
        .collect();
    let kinds = [Kind::Verbatim, Kind::Edited, Kind::Excerpt, Kind::Passage, Kind::Recapture, Kind::Version];
    let links: Vec<Link> = (0..n)
        .map(|i| Link { from: i * 7 % (n + 2), to: i * 3 % (n + 2), kind: kinds[i % 6], note: label(i) })
        .collect();
    let values: Vec<Value> = (0..n)
        .map(|i| Value {
            day: Some(date(i)),
            value: [14.0, -3.5, 1e17, f64::NAN, 1e300, 0.0][i % 6],
            range: (i % 4 == 0).then_some((f64::NEG_INFINITY, i as f64)),
            bound: [Bound::Exact, Bound::About, Bound::AtLeast, Bound::AtMost][i % 4],
            label: label(i),
            words: label(i + 1),
            outlet: Some(label(i + 2)),
            series: (i % 2 > 0).then(|| label(i)),
            giver: Some(label(i + 3)),
            mark: [Mark::Alone, Mark::Agrees, Mark::Compatible, Mark::Updated, Mark::Differs][i % 5],
            href: address(i),
        })
        .collect();
    let days: Vec<(String, u32)> = (0..n).map(|i| (date(i), (i * 13) as u32)).collect();
    let published: Vec<String> = (0..n).map(date).collect();
    let title = label(n);
    let made = [
        map(&title, &places),
        timeline(&title, &moments, &published),
        lineage(&title, &texts, &links),
        spark(&title, &days),
        course(&title, &values),
    ];
    assert!(lineage_tree(&texts, &links).lines().count() == n);
    assert!(spark_blocks(&days, 40).chars().count() <= 40);
    made.into_iter().flatten().collect()
}

#[test]
fn pictures_are_whole_small_and_the_same_again() {
    assert!(all(0).is_empty());
    for n in [1, 2, 3, 7, 40, 1000] {
        let pictures = all(n);
        assert_eq!(pictures, all(n));
        assert!(n < 7 || pictures.len() == 5, "{n}: {}", pictures.len());
        for picture in pictures {
            assert!(picture.svg.len() < 300_000, "{n}: {} bytes of {}", picture.svg.len(), &picture.svg[..60]);
            well_formed(&picture.svg);
            well_formed(&picture.words);
            well_formed(&picture.figure());
        }
    }
}

/// Balanced elements, no markup of a label's, no style, no handler, no program as an address, no number that is none.
fn well_formed(markup: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a stray > in {}", &rest[..at]);
        let end = rest[at..].find('>').map(|e| at + e).expect("a tag ends");
        let tag = &rest[at + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.trim_matches('/').split([' ', '/']).next().unwrap_or_default();
        assert!(NAMES.contains(&name), "an element {name:?}");
        attributes(tag);
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?} left open");
    assert!(!markup.contains('\u{202e}') && !markup.contains('\u{0}') && !markup.contains('\u{1b}'));
}

const NAMES: [&str; 30] = [
    "svg", "title", "desc", "g", "a", "path", "rect", "circle", "text", "figure", "details", "summary", "ol", "ul",
    "li", "p", "span", "time", "table", "thead", "tbody", "tr", "th", "td", "em", "b", "i", "div", "br", "caption",
];

fn attributes(tag: &str) {
    for (i, part) in tag.split('"').enumerate() {
        if i % 2 == 0 {
            let name = part.trim().trim_end_matches('=');
            assert!(!name.contains("style") && !name.split(' ').any(|n| n.starts_with("on")), "{tag}");
        } else {
            assert!(!part.starts_with("javascript") && !part.starts_with("data:"), "{tag}");
        }
    }
    if let Some(d) = tag.split(" d=\"").nth(1) {
        assert!(!d.contains("NaN") && !d.contains("inf"), "{tag}");
    }
}

use super::*;

fn names_of(text: &str) -> Option<(Vec<String>, Option<&'static str>)> {
    match line(text, dates::Hint::default())? {
        Line::Names(c) => Some((c.names, c.wire)),
        Line::CueAlone => Some((vec!["…".to_owned()], None)),
    }
}

#[test]
fn lines_that_name_their_writers() {
    for (text, names, wire) in [
        (
            "by Ada Brook and The Harbour Post news desk January 26, 2024 10:06 AM 2 min read",
            &["Ada Brook", "The Harbour Post news desk"][..],
            None,
        ),
        ("– Ada Brook and Ben Ode, AP News", &["Ada Brook", "Ben Ode"], Some("AP")),
        (", 1 November 2024, 16:25 - Ada Brook", &["Ada Brook"], None),
        ("By Ada Brook, Ben Ode and Cy Dahl", &["Ada Brook", "Ben Ode", "Cy Dahl"], None),
        ("By Ada Brook, News Reporter", &["Ada Brook"], None),
        ("By Ada Brook | Harbour News", &["Ada Brook"], None),
        ("By Ada Brook and Ben Ode The Associated Press", &["Ada Brook", "Ben Ode"], Some("AP")),
        ("By Associated Press", &["Associated Press"], Some("AP")),
        ("By Ada Brook and AP", &["Ada Brook", "AP"], Some("AP")),
        ("BY ADA BROOK", &["ADA BROOK"], None),
        ("Von Jörg Brücke, Zürich", &["Jörg Brücke"], None),
        ("Von: Jörg Brücke", &["Jörg Brücke"], None),
        ("Von Jörg Brücke 09.09.2025, 14:55 Uhr", &["Jörg Brücke"], None),
        ("Par Anne de la Tour", &["Anne de la Tour"], None),
        ("Por Marta Ruiz-Peña", &["Marta Ruiz-Peña"], None),
        ("Автор: Иван Петров", &["Иван Петров"], None),
        ("Author of the article: Ada Brook", &["Ada Brook"], None),
        ("Ada Brook 24.04.2024, 19:35 Uhr", &["Ada Brook"], None),
        ("Ada Brook · Harbour News · Posted: Aug 08, 2024 4:00 AM EDT", &["Ada Brook"], None),
        ("Harbour Staff - April 15, 2025", &["Harbour Staff"], None),
        ("作者：张伟", &["张伟"], None),
        ("By", &["…"], None),
    ] {
        let want = (names.iter().map(|n| (*n).to_owned()).collect(), wire);
        assert_eq!(names_of(text), Some(want), "{text}");
    }
}

#[test]
fn sentences_and_captions_name_nobody() {
    for text in [
        "By Monday the harbour was open again.",
        "By Ada Brook had hoped for better weather.",
        "Von der Leyen sprach am Montag in Brüssel über den Hafen und die Fähren.",
        "Ada Brook said on January 26, 2024 that the ferries to the islands would run again before the end of the week.",
        "Ferries in the harbour on January 26, 2024. (Ben Ode via AP)",
        "– The harbour is closed.",
        "Por favor, lea más",
        "Author",
        "Text",
        "",
    ] {
        let found = names_of(text);
        assert!(found.is_none() || found == Some((vec!["…".to_owned()], None)), "{text}: {found:?}");
    }
    assert_eq!(names_of("Text"), Some((vec!["…".to_owned()], None)));
}

#[test]
fn bare_names() {
    let of = |text| bare(text).map(|c| c.names);
    assert_eq!(of("Ada Brook"), Some(vec!["Ada Brook".to_owned()]));
    assert_eq!(of("Ada Brook Political Correspondent"), Some(vec!["Ada Brook".to_owned()]));
    assert_eq!(of("Ada Brook Travel News Reporter"), Some(vec!["Ada Brook".to_owned()]));
    assert_eq!(of("Ada Brook Redakteurin"), Some(vec!["Ada Brook".to_owned()]));
    assert_eq!(of("Ada Brook and AP"), Some(vec!["Ada Brook".to_owned(), "AP".to_owned()]));
    for none in [
        "Read More",
        "Sign In",
        "Harbour News",
        "The harbour is closed",
        "Politics",
        "January 2024",
        "Share this article",
    ] {
        assert_eq!(of(none), None, "{none}");
    }
}

#[test]
fn fields_of_authors() {
    let of = |text| field(text).names;
    assert_eq!(of("By Ada Brook"), ["Ada Brook"]);
    assert_eq!(of("Ada Brook, Ben Ode and Cy Dahl"), ["Ada Brook", "Ben Ode", "Cy Dahl"]);
    assert_eq!(of("Ada Brook; Ben Ode"), ["Ada Brook", "Ben Ode"]);
    assert_eq!(of("ada brook"), ["ada brook"]);
    assert_eq!(of("https://news.example/ada"), Vec::<String>::new());
    assert_eq!(of("Ada Brook | ada brook"), ["Ada Brook"]);
    assert_eq!(field("AFP"), Credit { names: vec!["AFP".to_owned()], wire: Some("AFP") });
}

#[test]
fn wires() {
    assert_eq!(wire_of_dateline("KYIV, Ukraine (AP) — The harbour"), Some("AP"));
    assert_eq!(wire_of_dateline("PARIS, Jan 5 (Reuters) - The harbour"), Some("Reuters"));
    assert_eq!(wire_of_dateline("BERLIN, dpa – Der Hafen"), Some("dpa"));
    assert_eq!(wire_of_dateline("The harbour (AP photo) — closed"), None);
    assert_eq!(wire_of_dateline("The minister told Reuters - again - that the harbour was closed"), None);
    assert_eq!(wire_of_dateline("PORTVILLE, Freedonia (QPA) — The harbour"), Some("QPA"));
    assert_eq!(wire_of_dateline("The minister (EU) — who had come"), None);
    assert_eq!(wire_of_dateline("NATO (EU and all) — who had come"), None);
    assert_eq!(wire_alone("(AP)"), Some("AP"));
    assert_eq!(wire_alone("SDA/abc"), Some("Keystone-SDA"));
    assert_eq!(wire_alone("Quelle: dpa"), Some("dpa"));
    assert_eq!(wire_alone("AP reporters saw it"), None);
    assert_eq!(agency("The Associated Press"), Some("AP"));
    assert_eq!(outlet_of_desk("The Harbour Post news desk"), Some("The Harbour Post"));
    assert_eq!(outlet_of_desk("Ada Brook"), None);
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "\\PC{0,80}") {
        let _ = line(&text, dates::Hint::default());
        let _ = bare(&text);
        let _ = field(&text);
        let _ = wire_of_dateline(&text);
        let _ = wire_alone(&text);
    }
}

#[test]
fn desks_agencies_and_the_outlet_are_told_from_persons() {
    use crate::WriterKind::{Agency, Desk, Outlet, Person};
    for (name, want) in [
        ("Ada Brook", Person),
        ("Newsroom", Desk),
        ("The Harbour Post news desk", Desk),
        ("Redaktion Hafenblatt", Desk),
        ("AFP", Agency),
        ("Associated Press", Agency),
        ("The Harbour Post", Outlet),
        ("harbourpost.example", Outlet),
        ("Harbour Post Portville", Desk),
    ] {
        assert_eq!(kind(name, ["The Harbour Post"].into_iter()), want, "{name}");
    }
}

#[test]
fn job_titles_beside_names_without_spaces_are_no_part_of_them() {
    assert_eq!(field("홍길동 기자").names, ["홍길동"]);
    assert_eq!(field("记者 张三").names, ["张三"]);
}

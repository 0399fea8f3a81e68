use super::*;

fn in_language(text: &str, language: &str) -> Option<String> {
    parse(text, Hint { language: Some(language), url: None })
}

#[test]
fn machine_forms_keep_what_they_give() {
    for (text, iso) in [
        ("2024-01-26T10:06:00+02:00", "2024-01-26T10:06:00+02:00"),
        ("2024-01-26T10:06:00.000Z", "2024-01-26T10:06:00Z"),
        ("2024-01-26 10:06:00", "2024-01-26T10:06:00"),
        ("2024-01-26T10:06+0200", "2024-01-26T10:06+02:00"),
        ("2024-01-26T10:06", "2024-01-26T10:06"),
        ("2024-01-26", "2024-01-26"),
        ("2024-01", "2024-01"),
        ("2024", "2024"),
        ("20240126", "2024-01-26"),
        ("1706263560", "2024-01-26T10:06:00Z"),
        ("1706263560000", "2024-01-26T10:06:00Z"),
        ("Fri, 26 Jan 2024 10:06:00 GMT", "2024-01-26T10:06:00Z"),
        ("Fri, 26 Jan 2024 10:06:00 -0500", "2024-01-26T10:06:00-05:00"),
        ("Fri Jan 26 10:06:00 +0000 2024", "2024-01-26T10:06:00+00:00"),
        ("2024/01/26 10:06", "2024-01-26T10:06"),
    ] {
        assert_eq!(parse(text, Hint::default()).as_deref(), Some(iso), "{text}");
    }
}

#[test]
fn written_forms_of_many_languages() {
    for (text, language, iso) in [
        ("January 26, 2024 10:06 AM", "en", "2024-01-26T10:06"),
        ("Jan. 5, 2024", "en", "2024-01-05"),
        ("20 April 2023 Thursday 04:25", "en", "2023-04-20T04:25"),
        (", 1 November 2024, 16:25 - Ada Brook", "en", "2024-11-01T16:25"),
        ("Updated 1:39 am EST, Wednesday, November 20, 2019", "en", "2019-11-20T01:39-05:00"),
        ("Nov. 19, 2019 8:03 am ET", "en", "2019-11-19T08:03"),
        ("June 3rd, 2021 at 5 p.m.", "en", "2021-06-03T17"),
        ("3rd of June 2021", "en", "2021-06-03"),
        ("26-Jan-2024", "en", "2024-01-26"),
        ("26.01.2024", "de", "2024-01-26"),
        ("26.01.24, 10:06 Uhr", "de", "2024-01-26T10:06"),
        ("Donnerstag, 05. Juni 2025 15.44 Uhr", "de", "2025-06-05T15:44"),
        ("le 1er mars 2024 à 16h05", "fr", "2024-03-01T16:05"),
        ("26 de enero de 2024", "es", "2024-01-26"),
        ("26 gennaio 2024 alle 10:06", "it", "2024-01-26T10:06"),
        ("26 de janeiro de 2024 às 10h06", "pt", "2024-01-26T10:06"),
        ("26 stycznia 2024, godz. 10:06", "pl", "2024-01-26T10:06"),
        ("26. ledna 2024", "cs", "2024-01-26"),
        ("26 января 2024 г., 10:06", "ru", "2024-01-26T10:06"),
        ("26 січня 2024 року", "uk", "2024-01-26"),
        ("2024. január 26. 10:06", "hu", "2024-01-26T10:06"),
        ("2024 m. sausio 26 d.", "lt", "2024-01-26"),
        ("2024. gada 26. janvāris", "lv", "2024-01-26"),
        ("26.1.2024 klo 10.06", "fi", "2024-01-26T10:06"),
        ("26. tammikuuta 2024", "fi", "2024-01-26"),
        ("26 Ocak 2024", "tr", "2024-01-26"),
        ("26 Ιανουαρίου 2024", "el", "2024-01-26"),
        ("26 januari 2024", "sv", "2024-01-26"),
        ("2024年1月26日", "ja", "2024-01-26"),
        ("2024년 1월 26일 10:06", "ko", "2024-01-26T10:06"),
        ("26 tháng 1, 2024", "vi", "2024-01-26"),
        ("٢٦ يناير ٢٠٢٤", "ar", "2024-01-26"),
        ("26 كانون الثاني 2024", "ar", "2024-01-26"),
        ("26 जनवरी 2024", "hi", "2024-01-26"),
        ("26 בינואר 2024", "he", "2024-01-26"),
        ("26 มกราคม 2567", "th", "2024-01-26"),
        ("April 2023", "en", "2023-04"),
    ] {
        assert_eq!(in_language(text, language).as_deref(), Some(iso), "{text}");
    }
}

#[test]
fn day_and_month_are_told_apart_by_evidence_only() {
    let at = |text: &str, language, url| parse(text, Hint { language, url });
    assert_eq!(at("26/01/2024", None, None).as_deref(), Some("2024-01-26"));
    assert_eq!(at("01/26/2024", None, None).as_deref(), Some("2024-01-26"));
    assert_eq!(at("05/06/2024", Some("en-US"), None).as_deref(), Some("2024-05-06"));
    assert_eq!(at("05/06/2024", Some("en-GB"), None).as_deref(), Some("2024-06-05"));
    assert_eq!(at("05/06/2024", Some("fr"), None).as_deref(), Some("2024-06-05"));
    assert_eq!(at("05/06/2024", Some("en"), Some("https://news.example.co.uk/a")).as_deref(), Some("2024-06-05"));
    assert_eq!(at("Wednesday 05/06/2024", Some("en"), None).as_deref(), Some("2024-06-05"));
    assert_eq!(at("Monday 05/06/2024", Some("en"), None).as_deref(), Some("2024-05-06"));
    assert_eq!(
        at("05/06/2024", Some("en"), None).as_deref(),
        Some("2024"),
        "nothing decides, so only the year is sure"
    );
}

#[test]
fn impossible_dates_say_why() {
    let why = |text| parse_or_why(text, Hint::default()).unwrap_err();
    assert_eq!(why("2024-13-45"), Refused::NoSuchDay);
    assert_eq!(why("2023-02-29"), Refused::NoSuchDay);
    assert_eq!(why("31 April 2024"), Refused::NoSuchDay);
    assert_eq!(why("9999-12-31"), Refused::AbsurdYear);
    assert_eq!(why("0001-01-01T00:00:00"), Refused::AbsurdYear);
    assert_eq!(why("9999"), Refused::AbsurdYear);
    assert_eq!(why("1970-01-01T00:00:00Z"), Refused::Epoch);
    assert_eq!(why("yesterday"), Refused::Unknown);
    assert_eq!(why(""), Refused::Unknown);
    assert_eq!(why("Jan. 5"), Refused::Unknown, "no year is written");
}

#[test]
fn finds_dates_inside_of_lines() {
    let line = "by Ada Brook and The Harbour Post news desk January 26, 2024 10:06 AM 2 min read";
    let found = find_in_line(line, Hint::default()).unwrap();
    assert_eq!(&line[found.range], "January 26, 2024 10:06 AM");
    assert_eq!(found.iso, "2024-01-26T10:06");
    let line = "Published: 5 January 2024 | Updated: 6 January 2024, 08:15";
    let all: Vec<String> = find_all(line, Hint::default()).into_iter().map(|f| f.iso).collect();
    assert_eq!(all, ["2024-01-05", "2024-01-06T08:15"]);
    for none in [
        "In 2023 and 2024",
        "call 020 7946 0018",
        "version 1.2.3.4",
        "may 20 of us leave?",
        "74 settlements",
        "10:06 AM",
        "1,000.5",
    ] {
        assert_eq!(find_in_line(none, Hint::default()), None, "{none}");
    }
}

#[test]
fn addresses_carry_dates() {
    for (url, iso) in [
        ("https://news.example/world/2024/01/26/ferry-stops", Some("2024-01-26")),
        ("https://news.example/2024-01-26-ferry-stops.html", Some("2024-01-26")),
        ("https://news.example/world/2024/jan/26/ferry-stops", Some("2024-01-26")),
        ("https://news.example/a/20240126/ferry", Some("2024-01-26")),
        ("https://news.example/2024/01/ferry-stops", Some("2024-01")),
        ("https://news.example/2024/13/ferry-stops", None),
        ("https://news.example/ferry-20-stops-2024", None),
        ("https://news.example/article/14848164", None),
    ] {
        assert_eq!(from_url(url).as_deref(), iso, "{url}");
    }
}

#[test]
fn days_and_weekdays() {
    assert_eq!(weekday_of("2023-04-19T10:00"), Some(3));
    assert_eq!(days_after("2023-04-30", 1).as_deref(), Some("2023-05-01"));
    assert_eq!(days_after("9999-12-31", 1), None);
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "\\PC{0,60}", language in proptest::option::of("[a-z]{2}")) {
        let hint = Hint { language: language.as_deref(), url: None };
        let _ = parse(&text, hint);
        for found in find_all(&text, hint) {
            proptest::prop_assert!(text.get(found.range).is_some());
        }
        let _ = from_url(&text);
    }

    #[test]
    fn never_panics_on_date_like_text(text in "[0-9:/. -]{0,30}(jan|may|mai|am|pm|uhr|年|T|Z|\\+)?[0-9:/. +-]{0,20}") {
        let _ = parse(&text, Hint::default());
        let _ = find_all(&text, Hint::default());
        let _ = from_url(&format!("https://a.example/{text}"));
    }
}

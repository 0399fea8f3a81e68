//! Every form of one small story, against files that were read by eye. `BLESS=1` writes them anew.

use dateline_article::{Article, Based, Block, BlockKind, Choice, Fact};
use dateline_capture::Source;
use dateline_export::{
    Annotations, AtomWriter, CsvWriter, GeoJsonWriter, IcsWriter, JsonlWriter, Page, ParquetWriter, Place, StoryHead,
    TABLES, Table, TableWriter, latest,
};
use dateline_reading::{
    Attribution, Confidence, Coordinates, Entity, Figure, Mention, Modifier, NameKind, QuoteClass, QuoteKind, Reading,
    Time, TimeKind,
};
use dateline_story::{Membership, Report};
use dateline_text::Span;
use serde_json::json;
use std::path::Path;

const VERSION: &str = "dateline 0.1.0";

/// The first place of some words in a text.
fn find(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    Span::new(start, start + words.len())
}

fn entity(name: &str, kind: NameKind, place: Option<Coordinates>) -> Entity {
    Entity {
        name: name.into(),
        kind,
        aliases: Vec::new(),
        role: (kind == NameKind::Person).then(|| "harbour master".into()),
        role_span: None,
        place,
        key: name.to_lowercase(),
        gender: None,
    }
}

fn reading(text: &str) -> Reading {
    let at = |words: &str| find(text, words);
    let place = Coordinates { lat: -4.05, lon: 39.67, gazetteer_id: Some("186301".into()), country: Some("KE".into()) };
    let name =
        |words: &str, kind, entity| Mention { span: at(words), kind, entity: Some(entity), rule: "tagger".into() };
    let mut sentences: Vec<Span> = Vec::new();
    let mut from = 0;
    for (i, c) in text.char_indices() {
        if c == '.' || c == '\n' && i > from {
            sentences.push(Span::new(from, i + c.len_utf8()).trim(text));
            from = i + 1;
        }
    }
    sentences.retain(|s| !s.is_empty());
    Reading {
        sentences,
        mentions: vec![name("Mombasa", NameKind::Place, 1), name("Żofia Ngala", NameKind::Person, 0)],
        entities: vec![entity("Żofia Ngala", NameKind::Person, None), entity("Mombasa", NameKind::Place, Some(place))],
        times: vec![
            Time {
                span: at("on 19 February"),
                kind: TimeKind::Date,
                value: "2026-02-19".into(),
                rule: "day month".into(),
            },
            Time { span: at("in March"), kind: TimeKind::Date, value: "2026-03".into(), rule: "month".into() },
            Time { span: at("recently"), kind: TimeKind::Date, value: "PAST_REF".into(), rule: "vague".into() },
        ],
        figures: vec![Figure {
            span: at("at least 14"),
            value: None,
            low: Some(14.0),
            high: None,
            unit: None,
            modifier: Modifier::AtLeast,
            counted: Some(at("boats")),
            attribution: Some(0),
            as_of: None,
            rule: "number".into(),
        }],
        attributions: vec![Attribution {
            source: vec![at("Żofia Ngala")],
            cue: vec![at("said")],
            content: vec![at("“We lost at least 14 boats"), at("and = one pier”")],
            kind: QuoteKind::Direct,
            class: QuoteClass::Speech,
            speaker: Some(0),
            confidence: Confidence::High,
            rule: "quote, cue, source".into(),
        }],
        governments: Vec::new(),
    }
}

fn report(id: &str, title: &str, outlet: &str, published: &str) -> Report {
    let text = format!(
        "{title}\n\nThe storm came to Mombasa on 19 February; boats sank, and more may sink in March. “We lost at least \
         14 boats,” said Żofia Ngala, “and = one pier”, as others did recently."
    );
    let article = Article {
        title: Some(title.into()),
        outlet: Some(outlet.into()),
        published: Some(Based { value: published.into(), basis: "json-ld".into() }),
        url: Some(format!("https://{}.test/storm?a=1&b=<2>", outlet.to_lowercase().replace(' ', "-"))),
        blocks: vec![Block { kind: BlockKind::Title, span: Span::new(0, title.len()), capture: (0, title.len()) }],
        choices: vec![Choice { fact: Fact::Title, value: title.into(), basis: "h1".into(), runner_up: None }],
        text,
        ..Article::default()
    };
    let reading = reading(&article.text);
    let source = Source { captured: Some("2026-02-21T08:00:00Z".into()), ..Source::default() };
    Report { id: id.into(), source, article, reading }
}

/// The one story, with what the writers are fed.
struct World {
    reports: Vec<Report>,
    memberships: Vec<Membership>,
}

impl World {
    fn new() -> World {
        let reports = vec![
            report(&"a1".repeat(32), "=HYPERLINK(\"x\") </title>", "Harbour Post", "2026-02-20"),
            report("given, not a digest", "Storm; 14 boats, lost", "The Ledger", "2026-02-20T18:30+02:00"),
        ];
        // as the library keeps it, so that fields may be added
        let membership = |report: &Report, with: &Report| -> Membership {
            let reason = json!({
                "with": with.id, "score": 0.75, "terms": ["boat", "storm"], "entities": ["Mombasa"], "days": 0,
            });
            let kept = json!({
                "id": report.id, "story": "sa1a1", "storyline": "la1a1", "origin": "oa1a1", "copies": [],
                "because": [reason],
            });
            serde_json::from_value(kept).unwrap()
        };
        let memberships = vec![membership(&reports[0], &reports[1]), membership(&reports[1], &reports[0])];
        World { reports, memberships }
    }

    fn pages(&self) -> Vec<Page<'_>> {
        let place = |(position, membership)| Place {
            story: "sa1a1",
            storyline: "la1a1",
            title: "Storm at Mombasa",
            position,
            membership,
        };
        let places = (0..).zip(&self.memberships).map(place);
        self.reports.iter().zip(places).map(|(report, p)| Page { report, version: VERSION, place: Some(p) }).collect()
    }

    fn rows(&self, table: &Table) -> Vec<Vec<dateline_export::Cell>> {
        let pages = self.pages();
        match table.name {
            "articles" => pages.iter().map(dateline_export::articles::row).collect(),
            "facts" => pages.iter().flat_map(dateline_export::facts::rows).collect(),
            "members" => pages.iter().filter_map(dateline_export::members::row).collect(),
            _ => self.with_story(|s| vec![dateline_export::stories::row(s)]),
        }
    }

    fn with_story<T>(&self, f: impl FnOnce(&StoryHead) -> T) -> T {
        let outlets = ["Harbour Post".to_owned(), "The Ledger".to_owned()];
        let published = ["2026-02-20".to_owned(), "2026-02-20T18:30+02:00".to_owned()];
        f(&StoryHead {
            id: "sa1a1",
            storyline: "la1a1",
            title: "Storm at Mombasa",
            headline: Some("=HYPERLINK(\"x\") </title>"),
            first: Some("2026-02-20"),
            last: Some("2026-02-20"),
            articles: 2,
            origins: 1,
            outlets: &outlets,
            pinned: false,
            decisions: &["d1".to_owned()],
            differ: 0,
            updated: 1,
            lead: self.reports.first(),
            published: &published,
            version: VERSION,
        })
    }
}

fn table(world: &World, table: &Table, writer: impl FnOnce(&mut Vec<u8>) -> Box<dyn TableWriter + '_>) -> Vec<u8> {
    let rows = world.rows(table);
    let mut out = Vec::new();
    let mut writer = writer(&mut out);
    let count = rows.len() as u64;
    rows.into_iter().for_each(|r| writer.row(r).unwrap());
    assert_eq!(writer.finish().unwrap(), count);
    out
}

fn check(name: &str, got: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, got).unwrap();
    }
    let wanted = std::fs::read(&path).unwrap_or_default();
    assert_eq!(String::from_utf8_lossy(got), String::from_utf8_lossy(&wanted), "{name}");
}

#[test]
fn tables_are_as_they_were_read_by_eye() {
    let world = World::new();
    for t in TABLES {
        check(
            &format!("{}.csv", t.name),
            &table(&world, t, |o| Box::new(CsvWriter::new(o, t.columns, false).unwrap())),
        );
        check(&format!("{}.jsonl", t.name), &table(&world, t, |o| Box::new(JsonlWriter::new(o, t.columns))));
    }
}

#[test]
fn stories_places_and_days_are_as_they_were_read_by_eye() {
    let world = World::new();
    let mut out = Vec::new();
    let mut places = GeoJsonWriter::new(&mut out).unwrap();
    world.pages().iter().for_each(|p| places.page(p).unwrap());
    assert_eq!(places.finish().unwrap(), (1, 2));
    check("places.geojson", &out);

    let mut out = Vec::new();
    let mut days = IcsWriter::new(&mut out).unwrap();
    world.pages().iter().for_each(|p| days.page(p).unwrap());
    assert_eq!(days.finish().unwrap(), (2, 4), "the vague date is none; each sentence is told once with both pages");
    check("timeline.ics", &out);

    let mut out = Vec::new();
    let newest = latest(["2026-02-20", "2026-02-20T18:30+02:00"].into_iter());
    let mut feed = AtomWriter::new(&mut out, "storm", &newest).unwrap();
    world.with_story(|s| feed.story(s)).unwrap();
    assert_eq!(feed.finish().unwrap(), 1);
    check("stories.atom", &out);

    let mut out = Vec::new();
    let mut facts = Annotations::new(&mut out, "").unwrap();
    world.pages().iter().for_each(|p| facts.page(p).unwrap());
    assert_eq!(facts.finish().unwrap(), 14);
    serde_json::from_slice::<serde_json::Value>(&out).unwrap();
    check("facts.jsonld", &out);
}

#[test]
fn parquet_holds_the_same_rows() {
    use dateline_export::Cell;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let world = World::new();
    for t in TABLES {
        let bytes = table(&world, t, |o| Box::new(ParquetWriter::new(o, t.name, t.columns, VERSION).unwrap()));
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let cell = |f: &Field| match f {
            Field::Str(s) => Cell::from(s),
            Field::Long(n) => Cell::Int(*n),
            Field::Double(x) => Cell::Float(*x),
            Field::Bool(b) => Cell::Bool(*b),
            _ => Cell::Null,
        };
        let rows: Vec<Vec<Cell>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, f)| cell(f)).collect())
            .collect();
        assert_eq!(rows, world.rows(t), "{}", t.name);
    }
}

#[test]
fn every_row_has_one_cell_a_column_and_the_exact_words() {
    use dateline_export::Cell;
    let world = World::new();
    for t in TABLES {
        for row in world.rows(t) {
            assert_eq!(row.len(), t.columns.len(), "{}", t.name);
            let cell = |name: &str| t.columns.iter().position(|c| c.name == name).map(|i| row[i].clone());
            let (Some(Cell::Text(id)), Some(Cell::Int(start)), Some(Cell::Int(end)), Some(Cell::Text(words))) =
                (cell("id"), cell("start"), cell("end"), cell("words"))
            else {
                panic!("{}: a row that does not say where it stands: {row:?}", t.name)
            };
            let text = &world.reports.iter().find(|r| r.id == id).unwrap().article.text;
            let there: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
            assert_eq!(there, words, "{}", t.name);
        }
    }
}

//! `dateline check` against a library that was damaged on purpose, in as many ways as there are rows in the table.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use support::damage::{Desk, OLDER, Seed, gzip, replace};
use support::{examples, json_lines};

/// What it takes to have everything again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mend {
    /// `rebuild`; nothing is left to find.
    Rebuild,
    /// `rebuild` and the lost pages added again; nothing is left to find.
    Again,
    /// The same, and the damaged bytes in the capture file are told of for ever.
    Scar,
    /// No command: the user decides.
    Hand,
}
use Mend::{Again, Hand, Rebuild, Scar};

struct Case {
    name: &'static str,
    damage: fn(&Desk, &mut Seed),
    finds: &'static str,
    mend: Mend,
}

const fn case(name: &'static str, finds: &'static str, mend: Mend, damage: fn(&Desk, &mut Seed)) -> Case {
    Case { name, damage, finds, mend }
}

const IDS: &str = "SELECT id FROM captures ORDER BY n";
const ARTICLES: &str = "SELECT CAST(n AS TEXT) FROM articles ORDER BY n";

const CASES: &[Case] = &[
    case("a bit of a compressed page flips", "damaged_record", Scar, |desk, seed| {
        let file = desk.path("captures").join(OLDER);
        let members = desk.members(&file);
        let (from, to) = members[seed.below(members.len() - 1)];
        let at = from + 12 + seed.below(to - from - 20);
        desk.edit(&file, |b| b[at] ^= 1 << seed.below(8));
    }),
    case("a bit of a checksum flips", "damaged_record", Scar, |desk, seed| {
        let file = desk.newer();
        let members = desk.members(&file);
        let (_, to) = members[seed.below(members.len() - 1)];
        desk.edit(&file, |b| b[to - 8 + seed.below(4)] ^= 0x10);
    }),
    case("a record's digest is another", "altered_record", Scar, |desk, _| {
        desk.rewrite_last(&desk.newer(), |r| replace(r, "Digest: sha256:", "Digest: sha256:0"));
    }),
    case("a page is rewritten and packed well", "altered_record", Scar, |desk, seed| {
        desk.rewrite_last(&desk.newer(), |r| {
            let at = r.len() - 5 - seed.below(200);
            r[at] = if r[at] == b'#' { b'+' } else { b'#' };
        });
    }),
    case("what is known beside a page is rewritten", "altered_record", Hand, |desk, _| {
        desk.rewrite_last(&desk.newer(), |r| replace(r, "\"path\":\"", "\"path\":\"elsewhere/"));
    }),
    case("the last record is cut off", "cut_off_file", Again, |desk, seed| {
        let file = desk.newer();
        let (from, to) = *desk.members(&file).last().expect("a page");
        desk.edit(&file, |b| b.truncate(from + 1 + seed.below(to - from - 1)));
    }),
    case("an older file is cut off", "cut_off_file", Again, |desk, seed| {
        let file = desk.path("captures").join(OLDER);
        let members = desk.members(&file);
        let (from, to) = members[1 + seed.below(members.len() - 2)];
        desk.edit(&file, |b| b.truncate(from + 1 + seed.below(to - from - 1)));
    }),
    case("a capture file is gone", "missing_file", Again, |desk, _| {
        fs::remove_file(desk.path("captures").join(OLDER)).expect("removed");
    }),
    case("a page is there twice", "doubled", Hand, |desk, seed| {
        let file = desk.newer();
        let members = desk.members(&file);
        let (from, to) = members[seed.below(members.len())];
        desk.edit(&file, |b| b.extend_from_within(from..to));
    }),
    case("garbage lies between two records", "damaged_record", Scar, |desk, seed| {
        let file = desk.newer();
        let members = desk.members(&file);
        let (_, to) = members[seed.below(members.len() - 1)];
        let garbage: Vec<u8> = (0..40 + seed.below(100)).map(|_| seed.below(250) as u8).collect();
        desk.edit(&file, |b| drop(b.splice(to..to, garbage)));
    }),
    case("an end was never finished", "unfinished_end", Rebuild, |desk, seed| {
        let file = desk.newer();
        let (from, to) = desk.members(&file)[0];
        let half = from..to - 1 - seed.below((to - from) / 2);
        desk.edit(&file, |b| b.extend_from_within(half));
    }),
    case("another program's file has one of our names", "foreign_record", Hand, |desk, _| {
        let record =
            "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Hello.\r\n\r\n";
        fs::write(desk.path("captures/2023-01.warc.gz"), gzip(record.as_bytes())).expect("written");
    }),
    case("another file lies among the captures", "foreign_file", Hand, |desk, _| {
        fs::write(desk.path("captures/old desk.zip"), "PK").expect("written");
    }),
    case("two pages' places are swapped in the index", "misplaced", Rebuild, |desk, seed| {
        let a = desk.pick("SELECT id FROM captures ORDER BY n LIMIT 14", seed);
        let b = desk.pick("SELECT id FROM captures ORDER BY n LIMIT 100 OFFSET 14", seed);
        desk.sql(&format!(
            "CREATE TEMP TABLE t AS SELECT id, file, offset, length FROM captures WHERE id IN ('{a}', '{b}');
             UPDATE captures SET (file, offset, length) =
                 (SELECT file, offset, length FROM t WHERE t.id = iif(captures.id = '{a}', '{b}', '{a}'))
             WHERE id IN ('{a}', '{b}')"
        ));
    }),
    case("a page's length is wrong in the index", "misplaced", Rebuild, |desk, seed| {
        let id = desk.pick(IDS, seed);
        desk.sql(&format!("UPDATE captures SET length = length - 1 WHERE id = '{id}'"));
    }),
    case("a page is not in the index", "not_indexed", Rebuild, |desk, seed| {
        let id = desk.pick(IDS, seed);
        desk.sql(&format!("DELETE FROM captures WHERE id = '{id}'"));
    }),
    case("the index has a page that was never kept", "not_kept", Rebuild, |desk, _| {
        desk.sql(
            "INSERT INTO captures (id, file, offset, length, status, reason, added, version)
             SELECT 'feed', file, offset + 7, length, 'unreadable', 'so', added, version FROM captures LIMIT 1",
        );
    }),
    case("an article's row is gone", "wrong_status", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!("DELETE FROM articles WHERE n = {n}"));
    }),
    case("a page's state is wrong", "wrong_status", Rebuild, |desk, seed| {
        let id = desk.pick(IDS, seed);
        desk.sql(&format!("UPDATE captures SET status = 'not_article', reason = 'so' WHERE id = '{id}'"));
    }),
    case("a page waits to be read", "pending", Rebuild, |desk, seed| {
        let id = desk.pick(IDS, seed);
        desk.sql(&format!(
            "DELETE FROM articles WHERE n = (SELECT n FROM captures WHERE id = '{id}');
             UPDATE captures SET status = 'pending' WHERE id = '{id}'"
        ));
    }),
    case("a title is another", "not_derived", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!("UPDATE articles SET title = 'x' || title WHERE n = {n}"));
    }),
    case("a page's address is another", "not_derived", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!("UPDATE articles SET address = 'other.test' || coalesce(address, '') WHERE n = {n}"));
    }),
    case("a bit of a stored reading flips", "damaged_reading", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        let at = 20 + seed.below(200);
        desk.sql(&format!(
            "UPDATE articles SET report = CAST(substr(report, 1, {at}) || x'00ff' || substr(report, {at} + 3) AS BLOB)
             WHERE n = {n}"
        ));
    }),
    case("a stored reading is another's", "damaged_reading", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!("UPDATE articles SET report = (SELECT report FROM articles WHERE n <> {n}) WHERE n = {n}"));
    }),
    case("an attribution is gone", "not_derived", Rebuild, |desk, seed| {
        let n = desk.pick("SELECT DISTINCT CAST(n AS TEXT) FROM said ORDER BY n", seed);
        desk.sql(&format!(
            "DELETE FROM said WHERE n = {n} AND attribution = (SELECT max(attribution) FROM said WHERE n = {n})"
        ));
    }),
    case("a speaker's names are others", "not_derived", Rebuild, |desk, seed| {
        let s = desk.pick("SELECT CAST(s AS TEXT) FROM speakers ORDER BY s", seed);
        desk.sql(&format!("UPDATE speakers SET words = ' nobody ' WHERE s = {s}"));
    }),
    case("an article's words are gone", "wrong_words", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!("DELETE FROM words WHERE rowid = {n}"));
    }),
    case("words are there of no article", "wrong_words", Rebuild, |desk, seed| {
        let n = 1000 + seed.below(1000);
        desk.sql(&format!("INSERT INTO words (rowid, title) VALUES ({n}, 'rain')"));
    }),
    case("an article's words are others", "wrong_words", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!(
            "DELETE FROM words WHERE rowid = {n}; INSERT INTO words (rowid, text) VALUES ({n}, 'rain fell')"
        ));
    }),
    case("an article is in no story", "not_linked", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!("DELETE FROM members WHERE n = {n}"));
    }),
    case("a story is gone", "dangling", Rebuild, |desk, seed| {
        let id = desk.pick("SELECT id FROM stories ORDER BY id", seed);
        desk.sql(&format!("DELETE FROM stories WHERE id = '{id}'"));
    }),
    case("a story counts wrongly", "not_derived", Rebuild, |desk, seed| {
        let id = desk.pick("SELECT id FROM stories ORDER BY id", seed);
        desk.sql(&format!("UPDATE stories SET origins = origins + 1 WHERE id = '{id}'"));
    }),
    case("there is a story without pages", "not_derived", Rebuild, |desk, _| {
        desk.sql(
            "INSERT INTO stories (id, storyline, title, articles, origins, outlets) VALUES ('s0', 'l0', 'x', 1, 1, '')",
        );
    }),
    case("a story's name leads nowhere", "not_derived", Rebuild, |desk, seed| {
        let digits = desk.pick("SELECT digits FROM names ORDER BY digits", seed);
        desk.sql(&format!("DELETE FROM names WHERE digits = '{digits}'"));
    }),
    case("a story is judged wrongly", "not_derived", Rebuild, |desk, seed| {
        let pages = desk.pick("SELECT pages FROM verdicts ORDER BY pages", seed);
        desk.sql(&format!("UPDATE verdicts SET differ = differ + 1 WHERE pages = '{pages}'"));
    }),
    case("what an outlet's pages yield is wrong", "not_derived", Rebuild, |desk, seed| {
        let n = desk.pick(ARTICLES, seed);
        desk.sql(&format!("UPDATE yields SET letters = letters + 1 WHERE n = {n}"));
    }),
    case("readings of a version are counted wrongly", "not_derived", Rebuild, |desk, _| {
        desk.sql("UPDATE versions SET readings = readings - 1");
    }),
    case("there is a notice of nothing", "not_derived", Rebuild, |desk, _| {
        desk.sql("INSERT INTO notices VALUES ('post.test', 0, '{}')");
    }),
    case("stories are linked that are not", "not_derived", Rebuild, |desk, _| {
        desk.sql("INSERT INTO storylines SELECT later, earlier, link FROM storylines LIMIT 1");
    }),
    case("a page of the index's file is empty", "", Rebuild, |desk, seed| {
        desk.edit(&desk.path("index.db"), |b| {
            let size = usize::from(u16::from_be_bytes([b[16], b[17]]));
            let page = 1 + seed.below(b.len() / size - 1);
            b[page * size..(page + 1) * size].fill(0);
        });
    }),
    case("the index's file is cut off", "", Rebuild, |desk, seed| {
        desk.edit(&desk.path("index.db"), |b| b.truncate(4096 * (1 + seed.below(20))));
    }),
    case("the index is no index", "no_index", Rebuild, |desk, _| {
        desk.edit(&desk.path("index.db"), |b| b[..100].fill(b'?'));
    }),
    case("the index is gone", "no_index", Rebuild, |desk, _| {
        fs::remove_file(desk.path("index.db")).expect("removed");
    }),
    case("the index is another library's", "misplaced", Rebuild, |desk, _| {
        let other = tempfile::tempdir().expect("a folder");
        let other = Desk { dir: other.path().join("other") };
        other.succeed(&["add", examples().join("pages/harbour-post").to_str().expect("readable")]);
        fs::copy(other.path("index.db"), desk.path("index.db")).expect("copied");
        other.succeed(&["rebuild"]);
    }),
    case("the last decision was never finished", "unread_decision", Hand, |desk, seed| {
        desk.edit(&desk.path("decisions.jsonl"), |b| b.truncate(b.len() - 2 - seed.below(20)));
    }),
    case("a decision cannot be read", "unread_decision", Hand, |desk, _| {
        desk.edit(&desk.path("decisions.jsonl"), |b| replace(b, "\"what\":\"rename\"", "\"what\":\"re"));
    }),
    case("a decision is missing", "decision_names", Hand, |desk, seed| {
        let skip = 1 + seed.below(2);
        desk.edit(&desk.path("decisions.jsonl"), |b| {
            let text = String::from_utf8_lossy(b).into_owned();
            let left = text.lines().enumerate().filter(|(i, _)| *i != skip).map(|(_, l)| format!("{l}\n"));
            *b = left.collect::<String>().into_bytes();
        });
    }),
    case("two decisions have one name", "decision_names", Hand, |desk, _| {
        desk.edit(&desk.path("decisions.jsonl"), |b| replace(b, "\"id\":\"d3\"", "\"id\":\"d2\""));
    }),
    case("a decision is about nothing that is there", "orphaned_decision", Hand, |desk, _| {
        let line = "{\"id\":\"d6\",\"at\":\"2031-02-03\",\"what\":\"pin\",\"a\":{\"pages\":[\"beef\"]}}\n";
        desk.edit(&desk.path("decisions.jsonl"), |b| b.extend(line.bytes()));
    }),
    case("the decisions are gone", "no_decisions", Hand, |desk, _| {
        fs::remove_file(desk.path("decisions.jsonl")).expect("removed");
    }),
    case("a rebuild was stopped", "stray_file", Rebuild, |desk, _| {
        fs::copy(desk.path("index.db"), desk.path("index.db.new")).expect("copied");
    }),
];

/// Kinds of findings, after a check that ended as it should.
fn found(desk: &Desk, args: &[&str]) -> BTreeSet<String> {
    let (code, out, errors) = desk.run(&[&["check", "--json"], args].concat());
    let lines = json_lines(&out);
    let kinds: BTreeSet<String> = lines.iter().filter_map(|l| l["finding"].as_str().map(str::to_owned)).collect();
    assert_eq!(code, i32::from(!kinds.is_empty()), "{out}{errors}");
    let last = lines.last().expect("a summary");
    assert_eq!(last["findings"].as_u64(), Some(lines.len() as u64 - 1), "{out}");
    for line in lines.iter().filter(|l| l["finding"].is_string()) {
        assert!(line["todo"].as_str().is_some_and(|t| !t.is_empty()) && line["file"].is_string(), "{line}");
    }
    kinds
}

/// What the library answers.
fn answers(desk: &Desk) -> String {
    let ask = |c: &str| desk.succeed(&c.split(' ').collect::<Vec<_>>());
    let stories = ask("stories --json");
    let each: String = json_lines(&stories)
        .iter()
        .filter_map(|s| s["story"].as_str())
        .map(|id| ask(&format!("story {id} --json")))
        .collect();
    let more =
        ["decisions --json", "search --json the", "new --json --since 2026", "who --json Lauringsoo", "brief --json"];
    stories + &each + &more.map(ask).concat()
}

fn try_case(case: &Case, whole: &Desk, told: &str, seed: u64) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let desk = whole.copy(&folder.path().join("desk"));
    (case.damage)(&desk, &mut Seed(seed));
    let kinds = found(&desk, &[]);
    let right = if case.finds.is_empty() { !kinds.is_empty() } else { kinds.contains(case.finds) };
    if !right {
        return Err(format!("found {kinds:?}"));
    }
    if case.mend == Hand {
        return Ok(());
    }
    desk.succeed(&["rebuild"]);
    if case.mend != Rebuild {
        desk.succeed(&["add", examples().join("pages").to_str().unwrap_or_default()]);
    }
    let left = found(&desk, &[]);
    let scars = ["damaged_record", "altered_record"].map(str::to_owned);
    if !left.iter().all(|k| case.mend == Scar && scars.contains(k)) {
        return Err(format!("after mending, found {left:?}"));
    }
    if answers(&desk) == told { Ok(()) } else { Err("after mending, it answers otherwise".to_owned()) }
}

#[test]
fn a_whole_library_gives_no_finding_and_each_damage_is_found_and_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = Desk::make(&folder.path().join("desk"));
    assert_eq!(found(&whole, &[]), BTreeSet::new());
    assert_eq!(found(&whole, &["--quick"]), BTreeSet::new());
    let told = answers(&whole);
    let trial = |i: usize| try_case(&CASES[i], &whole, &told, 0x1234_5678 + i as u64).err();
    let of_thread = |first: usize| -> Vec<String> {
        let mine = (first..CASES.len()).step_by(2);
        mine.filter_map(|i| trial(i).map(|why| format!("{}: {why}", CASES[i].name))).collect()
    };
    let wrong = std::thread::scope(|s| {
        let other = s.spawn(|| of_thread(1));
        let mut wrong = of_thread(0);
        wrong.extend(other.join().expect("it ends"));
        wrong
    });
    support::report("damages", &wrong);
    assert!(CASES.len() >= 20);
    assert_eq!(found(&whole, &[]), BTreeSet::new(), "a check changes nothing");
}

#[test]
fn a_check_without_a_library_says_so() {
    let (code, _, errors) = Desk { dir: Path::new("/nowhere/at/all").to_owned() }.run(&["check"]);
    assert_eq!(code, 2);
    assert!(errors.contains("no library is here"), "{errors}");
}

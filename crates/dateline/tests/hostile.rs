//! Hostile files must come out as their manifest says, and neither crash nor hang the program.
//!
//! The files come from a script that lies beside the repository on the machines that have it; elsewhere the
//! test says so and passes. What a browser would do is not seen here: of pages with scripts in them, the brief
//! made of them is searched for markup that is not ours.

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use support::Ended;

/// The sentence of each of the two paragraphs that most of the pages have.
const PARAGRAPH: &str =
    "Lithuanian Defence Minister Laurynas Kasčiūnas said on Friday that 74 settlements were under control";

/// The script, looked for in a folder `shared` beside any folder above this crate.
fn script() -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|a| a.join("shared/hostile/hostile_corpus.py"))
        .find(|p| p.is_file())
}

#[test]
fn hostile_files_come_out_as_their_manifest_says() {
    let Some(script) = script() else {
        eprintln!("skipped: no shared/hostile/hostile_corpus.py beside the repository");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = Command::new("python3").arg(&script).arg(folder.path()).output();
    if !made.as_ref().is_ok_and(|m| m.status.success()) {
        eprintln!("skipped: {} did not run: {made:?}", script.display());
        return;
    }
    let manifest = std::fs::read_to_string(folder.path().join("manifest.json")).expect("the script writes a manifest");
    let manifest: Vec<Value> = serde_json::from_str(&manifest).expect("a list of cases");
    let mut wrong = Vec::new();
    let mut held = 0;
    for case in &manifest {
        let (name, expect) = (case["file"].as_str().unwrap_or(""), case["expect"].as_str().unwrap_or(""));
        match Case::run(folder.path(), name).and_then(|c| c.check()) {
            Ok(()) => held += 1,
            Err(why) => wrong.push(format!("{name}: {why} (should be: {expect})")),
        }
    }
    eprintln!("{held} of {} hostile files came out as the manifest says", manifest.len());
    together(folder.path(), &mut wrong);
    support::report("hostile files", &wrong);
}

type Checked = Result<(), String>;

fn all(checks: impl IntoIterator<Item = Checked>) -> Checked {
    checks.into_iter().collect()
}

fn must(holds: bool, why: impl Into<String>) -> Checked {
    if holds { Ok(()) } else { Err(why.into()) }
}

/// A hostile file, and what `read --json` said of it.
struct Case {
    file: PathBuf,
    name: String,
    lines: Vec<Value>,
    ended: Ended,
}

impl Case {
    /// Reads the file. What holds for all of them is checked at once.
    fn run(folder: &Path, name: &str) -> Result<Case, String> {
        let file = folder.join(name);
        let path = file.to_str().ok_or("no readable path")?;
        let ended = support::run_within(&["read", "--json", path], Duration::from_secs(20));
        all([
            must(!ended.timed_out, "still running after 20 s"),
            must(matches!(ended.code, Some(0 | 1)), format!("exit {:?}", ended.code)),
            must(!ended.stderr.contains("panicked"), "a panic"),
            must(!ended.stdout.contains("root:x:0:0"), "reads a file of this machine"),
        ])
        .map_err(|why| format!("{why}: {}", ended.stderr.lines().next().unwrap_or("")))?;
        let lines: Result<Vec<Value>, _> = ended.stdout.lines().map(serde_json::from_str).collect();
        let lines = lines.map_err(|e| format!("a line that is not JSON: {e}"))?;
        must(!lines.is_empty(), "nothing is said of it")?;
        let unexplained =
            lines.iter().find(|l| l["status"] != "article" && l["reason"].as_str().is_none_or(str::is_empty));
        must(unexplained.is_none(), "a page left out without a reason")?;
        Ok(Case { file, name: name.to_owned(), lines, ended })
    }

    /// Against the manifest. A file that is not known here is wrong: someone has to say what must come of it.
    fn check(&self) -> Checked {
        match self.name.as_str() {
            "xss_jsonld.html" => all([self.paragraphs(), self.dateless("JSON-LD"), self.harmless()]),
            "csv_formula.html" => all([self.paragraphs(), self.says("\"=cmd|' /C calc'!A0\" said @SUM(1+1)")]),
            "md_injection.html" => all([self.paragraphs(), self.harmless()]),
            "rtl_override.html" => {
                all([self.paragraphs(), self.says("Speaker \u{202e}evil\u{202c}"), self.places(), self.harmless()])
            }
            name if name.starts_with("xss_") => all([self.paragraphs(), self.harmless()]),
            "nul_bytes.html" => all([self.paragraphs(), self.spans()]),
            "utf16le.html" => self.paragraphs(),
            "win1251_mislabelled.html" => all([self.says("Министр обороны Литвы"), self.notes("character set")]),
            "surrogate_utf8.html" => Ok(()),
            "deep_div.html" | "deep_table.html" | "many_attrs.html" | "formatting_quadratic.html" => self.within(5.0),
            "unclosed_quote.txt" | "regex_bomb.txt" => self.within(1.0),
            "one_line_20mb.txt" => self.refused("limit"),
            "empty.html" => all([self.refused("empty"), must(self.ended.code == Some(1), "exit code 0")]),
            "not_html.html" => self.refused("not text"),
            "bomb_512mb.html.gz" => all([self.refused("limit"), self.under(100)]),
            "bomb_nested.gz" => self.refused("one layer"),
            "feed_billion_laughs.xml" => {
                all([self.short(), must(!self.ended.stdout.contains("lollol"), "entities expanded")])
            }
            "feed_quadratic_blowup.xml" => self.short(),
            "feed_xxe_file.xml" => must(!self.ended.stdout.contains("root:"), "an entity read a file"),
            "feed_xxe_http.xml" => self.refused("feed"),
            "feed_js_link.xml" => self.links(),
            "feed_ssrf.xml" => must(self.lines.len() == 12, format!("{} items of 12", self.lines.len())),
            "feed_future_dates.xml" => self.days(),
            "warc_good.warc.gz" => self.pages(5, None),
            "warc_truncated.warc.gz" | "warc_corrupt_member.warc.gz" => self.pages(4, Some("at byte")),
            "warc_huge_length.warc" => all([self.pages(1, Some("at byte")), self.under(300)]),
            "warc_negative_length.warc" => self.refused("Content-Length"),
            "warc_gzip_bomb_payload.warc.gz" => self.refused("limit"),
            "warc_chunked_bad.warc" => self.refused("chunk"),
            "warc_revisit.warc" => all([self.status("not_article"), self.reason("revisit")]),
            "path_traversal_name.json" => self.status("error"),
            _ => Err("no expectation is written down for it".to_owned()),
        }
    }

    fn first(&self) -> &Value {
        &self.lines[0]
    }

    fn text(&self) -> &str {
        self.first()["article"]["text"].as_str().unwrap_or("")
    }

    fn status(&self, want: &str) -> Checked {
        must(self.first()["status"] == want, format!("status {}", self.first()["status"]))
    }

    fn reason(&self, words: &str) -> Checked {
        let reason = self.first()["reason"].as_str().unwrap_or("");
        must(reason.contains(words), format!("the reason is {reason:?}"))
    }

    /// Recorded as one failure that says why.
    fn refused(&self, why: &str) -> Checked {
        all([self.status("error"), self.reason(why), must(self.lines.len() == 1, "more than one line")])
    }

    fn says(&self, words: &str) -> Checked {
        must(self.text().contains(words), format!("the text lacks {words:?}"))
    }

    fn notes(&self, words: &str) -> Checked {
        let notes = &self.first()["article"]["notes"];
        let noted = notes.as_array().is_some_and(|n| n.iter().any(|n| n.as_str().is_some_and(|n| n.contains(words))));
        must(noted, format!("the notes are {notes}"))
    }

    /// Both paragraphs of the page are its text, and nothing of a script is.
    fn paragraphs(&self) -> Checked {
        let n = self.text().matches(PARAGRAPH).count();
        let script = self.text().contains("window.PWNED")
            && self.name != "xss_html_entity_script.html"
            && self.name != "xss_title.html";
        all([must(n == 2, format!("{n} of the two paragraphs")), must(!script, "a script in the text")])
    }

    /// No date is made up, and the notes say what was left out.
    fn dateless(&self, words: &str) -> Checked {
        let published = &self.first()["article"]["published"];
        all([must(published.is_null(), format!("dated {published}")), self.notes(words)])
    }

    /// Every span lies inside the text and shows what it says.
    fn spans(&self) -> Checked {
        let text: Vec<char> = self.text().chars().collect();
        let mentions = self.first()["mentions"].as_array().cloned().unwrap_or_default();
        let shown = |m: &Value| {
            let (from, to) = (m["span"][0].as_u64()? as usize, m["span"][1].as_u64()? as usize);
            text.get(from..to).filter(|w| !w.is_empty() && w[0] != ' ')
        };
        all([
            must(!mentions.is_empty(), "no names found"),
            must(mentions.iter().all(|m| shown(m).is_some()), "a span outside of the text"),
        ])
    }

    /// Each paragraph's bytes in the capture are its words.
    fn places(&self) -> Checked {
        let bytes = std::fs::read(&self.file).map_err(|e| e.to_string())?;
        let text: Vec<char> = self.text().chars().collect();
        for block in self.first()["article"]["blocks"].as_array().into_iter().flatten() {
            let at = |v: &Value, i: usize| v[i].as_u64().unwrap_or(0) as usize;
            let (span, capture) = (&block["span"], &block["capture"]);
            let words: String = text.get(at(span, 0)..at(span, 1)).unwrap_or_default().iter().collect();
            let source = bytes.get(at(capture, 0)..at(capture, 1)).unwrap_or_default();
            // Spaces of no width are no part of the text.
            let source = String::from_utf8_lossy(source).replace('\u{200b}', "");
            must(source.contains(&words), format!("the place of {words:?} shows other words"))?;
        }
        Ok(())
    }

    /// A brief of the file, in each form, holds no markup but ours, no address to load and no turned text.
    fn harmless(&self) -> Checked {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        for form in ["html", "md", "txt"] {
            let out = folder.path().join(format!("brief.{form}"));
            let args = ["brief", self.file.to_str().unwrap_or(""), "-o", out.to_str().unwrap_or("")];
            let ended = support::run_within(&args, Duration::from_secs(20));
            must(ended.code == Some(0), format!("brief: exit {:?}: {}", ended.code, ended.stderr))?;
            let text = std::fs::read_to_string(&out).map_err(|e| e.to_string())?;
            must(!text.contains('\u{202e}'), format!("brief.{form} turns text"))?;
            let bad = match form {
                "html" => foreign(&text),
                "md" => ["](javascript:", "![x](", "<script", "<img", "<b>"]
                    .iter()
                    .find(|b| text.contains(**b))
                    .map(|b| (*b).to_owned()),
                _ => None,
            };
            must(bad.is_none(), format!("brief.{form} lets {} through", bad.unwrap_or_default()))?;
        }
        Ok(())
    }

    fn within(&self, seconds: f64) -> Checked {
        let mut best = self.ended.seconds;
        // Other programs share the machine: the best of three tries counts.
        for _ in 0..2 {
            if best > seconds {
                let path = self.file.to_str().unwrap_or("");
                best = best.min(support::run_within(&["read", "--json", path], Duration::from_secs(20)).seconds);
            }
        }
        must(best <= seconds, format!("took {best:.1} s"))
    }

    /// Memory at its highest, where the system tells.
    fn under(&self, megabytes: u64) -> Checked {
        let peak = self.ended.peak_kib.unwrap_or(0) / 1024;
        must(peak < megabytes, format!("{peak} MB of memory"))
    }

    /// What is printed does not grow with what entities would unfold to.
    fn short(&self) -> Checked {
        must(self.ended.stdout.len() < 100_000, format!("{} bytes printed", self.ended.stdout.len()))
    }

    /// Links are of the web or left out.
    fn links(&self) -> Checked {
        let bad = self.lines.iter().filter_map(|l| l["source"]["url"].as_str()).find(|u| !u.starts_with("http"));
        must(bad.is_none(), format!("the link {bad:?}"))
    }

    /// Days that cannot be are unknown, with a note; those that can are kept as written.
    fn days(&self) -> Checked {
        must(self.lines.len() == 6, format!("{} items of 6", self.lines.len()))?;
        for (i, line) in self.lines.iter().enumerate() {
            let (day, notes) = (line["article"]["published"].as_str(), &line["article"]["notes"]);
            let (real, noted) = ([3, 4].contains(&i), notes.as_array().is_some_and(|n| !n.is_empty()));
            let right =
                if real { day.is_some_and(|d| d.starts_with("2024-03-31T02:30:00")) } else { day.is_none() && noted };
            must(right, format!("item {i} is dated {day:?}, notes {notes}"))?;
        }
        Ok(())
    }

    /// So many articles, and what is lost is named with its place.
    fn pages(&self, articles: usize, lost: Option<&str>) -> Checked {
        let n = self.lines.iter().filter(|l| l["status"] == "article").count();
        let named = |words: &str| {
            self.lines.iter().any(|l| l["status"] == "error" && l["reason"].as_str().is_some_and(|r| r.contains(words)))
        };
        all([
            must(n == articles, format!("{n} pages of {articles}")),
            must(lost.is_none_or(named), "what is lost is not named"),
            must(lost.is_some() || self.lines.len() == articles, "something else beside the pages"),
        ])
    }
}

/// The first tag of a page that could act, load or lead elsewhere.
fn foreign(html: &str) -> Option<String> {
    const TAGS: [&str; 12] = [
        "script", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "math", "template", "noscript",
    ];
    html.split('<').skip(1).find_map(|rest| {
        let tag = rest.split('>').next()?.to_lowercase();
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        let acts = tag.split_whitespace().skip(1).any(|a| a.starts_with("on") && a.contains('='));
        let leads = ["javascript:", "data:text", "127.0.0.1", "evil.invalid"].iter().any(|b| tag.contains(b));
        (TAGS.contains(&name.as_str()) || acts || leads).then(|| format!("<{tag}>"))
    })
}

#[test]
fn markup_that_could_act_is_seen() {
    for bad in ["<p onclick=x>", "<IMG src=x>", "<a href=\"javascript:x\">", "<a class=b onmouseover='x'>", "<script>"]
    {
        assert!(foreign(bad).is_some(), "{bad}");
    }
    for good in ["<p>on=1</p>", "<a href=\"#p1\">", "&lt;script&gt;", "<mark class=\"on\">"] {
        assert_eq!(foreign(good), None, "{good}");
    }
}

/// The whole folder into a library, and a brief of it: the good pages are kept, nothing hostile gets out, and no
/// name from inside a file becomes a path.
fn together(files: &Path, wrong: &mut Vec<String>) {
    let around = tempfile::tempdir().expect("a temporary folder");
    let library = around.path().join("desk/library");
    let library = library.to_str().expect("a readable path");
    let files = files.to_str().expect("a readable path");
    let limit = Duration::from_secs(60);
    for args in [
        &["add", "--library", library, files][..],
        &["stories", "--library", library],
        &["search", "--library", library, "Litauen OR \"Vilnius\" -x*"],
        &["who", "--library", library, "Kasčiūnas"],
        &["failures", "--library", library],
        &["brief", files],
    ] {
        let e = support::run_within(args, limit);
        let what = args.first().copied().unwrap_or("");
        if e.timed_out || !matches!(e.code, Some(0 | 1)) || e.stderr.contains("panicked") {
            wrong.push(format!("{what}: exit {:?}: {}", e.code, e.stderr.lines().next_back().unwrap_or("")));
        }
        for bad in ["root:x:0:0", "\u{202e}"] {
            if e.stdout.contains(bad) {
                wrong.push(format!("{what}: lets {bad:?} through"));
            }
        }
        if what == "brief" {
            for bad in ["<script", "<img", "](javascript:"] {
                if e.stdout.contains(bad) {
                    wrong.push(format!("brief: lets {bad:?} through"));
                }
            }
        }
    }
    let beside = std::fs::read_dir(around.path().join("desk")).map_or(0, Iterator::count);
    if beside != 1 {
        wrong.push(format!("{beside} files beside the library, which alone should be there"));
    }
}

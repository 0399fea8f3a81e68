//! The file of decisions, line by line.

use super::{Check, Finding, FindingKind};
use crate::decisions::{path, read};
use crate::error::Result;
use dateline_story::decisions::{Act, Decision, active};
use rusqlite::Connection;
use std::collections::BTreeMap;

const FILE: &str = "decisions.jsonl";

pub(super) fn check(check: &mut Check, db: Option<&Connection>) -> Result<()> {
    let file = path(check.dir);
    if !file.exists() {
        let todo =
            "put it back from a copy; without one the decisions are lost, and `dateline add` starts the file anew";
        let finding = Finding::new(FindingKind::NoDecisions, "the file of decisions is gone").file(FILE).todo(todo);
        check.found(finding);
        return Ok(());
    }
    let bytes = read(&file)?;
    let lines = bytes.split(|b| *b == b'\n').count();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let (mut made, mut places, mut last) = (Vec::new(), Vec::new(), 0);
    for (i, line) in bytes.split(|b| *b == b'\n').enumerate() {
        let at = i as u64 + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Decision>(line) {
            Ok(decision) => {
                check.done.decisions += 1;
                names(check, &decision, at, &mut last, &seen);
                seen.entry(decision.id.clone()).or_insert(at);
                made.push(decision);
                places.push(at);
            }
            Err(_) if i + 1 == lines && check.writing => {}
            Err(_) if i + 1 == lines => {
                let todo = "the next `dateline add` cuts it off; that decision was not acknowledged";
                check.found(unread("the last line was never finished", at).todo(todo));
            }
            Err(e) => {
                let what = format!("no decision that this program knows: {e}");
                check.found(unread(&what, at).todo("it does nothing; put the line right by hand, or leave it"));
            }
        }
    }
    let undone = active(&made);
    let mut db = db;
    for ((decision, at), undone) in made.iter().zip(places).zip(undone) {
        // what was undone need not find its pages
        if undone.is_none() {
            let mut done = false;
            check.part("the pages that decisions name", |c| {
                orphaned(c, db, decision, at, &seen)?;
                done = true;
                Ok(())
            })?;
            db = db.filter(|_| done);
        }
    }
    Ok(())
}

fn unread(what: &str, line: u64) -> Finding {
    Finding::new(FindingKind::UnreadDecision, what).file(FILE).at(line)
}

/// Decisions are called d1, d2, … in the order of their lines.
fn names(check: &mut Check, decision: &Decision, at: u64, last: &mut u64, seen: &BTreeMap<String, u64>) {
    let mut tell = |what: String, todo: &str| {
        let finding = Finding::new(FindingKind::DecisionNames, what).file(FILE).at(at).id(&decision.id);
        check.found(finding.todo(todo));
    };
    if let Some(first) = seen.get(&decision.id) {
        tell(
            format!("{} is also the name of the decision in line {first}", decision.id),
            "both hold; `undo` takes back the later: give one another name by hand, or take the copy out",
        );
        return;
    }
    let Some(number) = decision.id.strip_prefix('d').and_then(|n| n.parse::<u64>().ok()) else { return };
    if number > last.saturating_add(1) {
        let gone =
            if number == *last + 2 { "a line is".to_owned() } else { format!("{} lines are", number - *last - 1) };
        tell(
            format!("{gone} missing before it: the decision before it is d{last}"),
            "put the file back from a copy; what was decided there does not hold",
        );
    }
    *last = number.max(*last);
}

/// Pages and decisions that it names and that are not there.
fn orphaned(
    check: &mut Check,
    db: Option<&Connection>,
    decision: &Decision,
    at: u64,
    seen: &BTreeMap<String, u64>,
) -> Result<()> {
    let what = match (&decision.act, db) {
        (Act::Undo { undoes }, _) if seen.get(undoes).is_none_or(|line| *line > at) => {
            format!("it undoes {undoes}, which is not before it")
        }
        (act, Some(db)) => {
            let mut ask = db.prepare_cached("SELECT 1 FROM captures WHERE id = ?1 AND status = 'article'")?;
            let mut pages: Vec<&String> = act.sides().iter().flat_map(|s| &s.pages).collect();
            let named = pages.len();
            let mut gone = Vec::new();
            for page in pages.drain(..) {
                if !ask.exists([page])? {
                    gone.push(page.as_str());
                }
            }
            if gone.is_empty() {
                return Ok(());
            }
            format!("{} of the {named} pages that it names are not in the library: {}", gone.len(), gone.join(", "))
        }
        _ => return Ok(()),
    };
    let todo = "it waits for them; `dateline add` them again, or `dateline undo` it";
    let finding = Finding::new(FindingKind::OrphanedDecision, what).file(FILE).at(at).id(&decision.id);
    check.found(finding.todo(todo));
    Ok(())
}

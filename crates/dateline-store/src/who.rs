//! What did this person say?

use crate::add::words_of;
use crate::error::Result;
use crate::{Library, blob};
use dateline_reading::{Attribution, Entity};
use dateline_story::Report;
use rusqlite::params;
use std::collections::BTreeSet;

/// One thing a person is reported to have said, with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The article's id.
    pub report: String,
    /// Index into that article's attributions.
    pub attribution: usize,
    /// The speaker's key, the same across articles.
    pub key: String,
    /// The speaker as that article names and describes him or her.
    pub speaker: Entity,
    /// The attribution; its spans are byte offsets into `text`.
    pub said: Attribution,
    /// The article's text.
    pub text: String,
    /// The article's headline.
    pub title: Option<String>,
    /// The article's outlet.
    pub outlet: Option<String>,
    /// The article's date, ISO 8601, as precise as known.
    pub published: Option<String>,
    /// The article's address.
    pub url: Option<String>,
}

impl Said {
    /// The words that were said, parts that stand apart joined by " … ".
    pub fn words(&self) -> String {
        self.said.content.iter().map(|s| s.of(&self.text)).collect::<Vec<_>>().join(" … ")
    }
}

impl Library {
    /// All that speakers of this name said, by date (undated last), then article, then place in it. Every word of
    /// the name must be one of the speaker's, whatever its accents, case and order: "kasciunas" finds Laurynas
    /// Kasčiūnas.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn who(&self, name: &str) -> Result<Vec<Said>> {
        let words = words_of([name]);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let speakers: Vec<(i64, String)> = {
            let narrow = vec!["instr(words, ?)"; words.split(' ').count()].join(" AND ");
            let mut ask =
                self.db.prepare_cached(&format!("SELECT s, key FROM speakers WHERE {narrow} ORDER BY key"))?;
            let words = words.split(' ').map(|w| format!(" {w} "));
            ask.query_map(rusqlite::params_from_iter(words), |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?
        };
        let speakers = self.with_their_other_names(speakers)?;
        let mut found: Vec<(Option<String>, Said)> = Vec::new();
        for (s, key) in speakers {
            let mut ask = self.db.prepare_cached(
                "SELECT attribution, day, report FROM said JOIN articles USING (n) WHERE s = ?1 AND latest IS NULL ORDER BY n, attribution",
            )?;
            let mut rows = ask.query(params![s])?;
            // Rows of one article follow each other, and its report is unpacked once.
            let mut last: Option<(Vec<u8>, Report)> = None;
            while let Some(row) = rows.next()? {
                let blob = row.get_ref(2)?.as_blob().unwrap_or_default();
                if last.as_ref().is_none_or(|(b, _)| b != blob) {
                    last = Some((blob.to_vec(), blob::unpack(blob)?));
                }
                let Some((_, report)) = &last else { continue };
                found.extend(said(report, row.get(0)?, &key).map(|s| (row.get(1).unwrap_or(None), s)));
            }
        }
        found.sort_by(|(a, x), (b, y)| {
            let order = |day: &Option<String>, s: &Said| (day.is_none(), day.clone(), s.report.clone(), s.attribution);
            order(a, x).cmp(&order(b, y))
        });
        Ok(found.into_iter().map(|(_, s)| s).collect())
    }

    /// These speakers, and those of whom the user decided that they are one of them, by key.
    fn with_their_other_names(&self, mut speakers: Vec<(i64, String)>) -> Result<Vec<(i64, String)>> {
        let persons = self.persons()?;
        if persons.is_empty() {
            return Ok(speakers);
        }
        let mut ask = self.db.prepare_cached("SELECT s, key FROM speakers WHERE key = ?1")?;
        let keys: BTreeSet<String> = speakers.iter().flat_map(|(_, key)| persons.group(key)).collect();
        for key in keys {
            speakers
                .extend(ask.query_map([&key], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        speakers.sort_by(|a, b| a.1.cmp(&b.1));
        speakers.dedup();
        Ok(speakers)
    }

    /// The speakers that are reported most often, as key, a name and how many attributions; ties by key.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Index`].
    pub fn speakers(&self, limit: usize) -> Result<Vec<(String, u64)>> {
        let mut ask = self.db.prepare_cached(
            "SELECT key, count(*) FROM said JOIN speakers USING (s) GROUP BY s ORDER BY 2 DESC, 1 LIMIT ?1",
        )?;
        let rows = ask.query_map([limit as i64], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

pub(crate) fn said(report: &Report, attribution: usize, key: &str) -> Option<Said> {
    let said = report.reading.attributions.get(attribution)?;
    Some(Said {
        report: report.id.clone(),
        attribution,
        key: key.to_owned(),
        speaker: report.reading.entities.get(said.speaker?)?.clone(),
        said: said.clone(),
        text: report.article.text.clone(),
        title: report.article.title.clone(),
        outlet: report.article.outlet.clone(),
        published: report.article.published.as_ref().map(|p| p.value.clone()),
        url: report.article.url.clone(),
    })
}

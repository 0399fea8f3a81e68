//! Places as GeoJSON (RFC 7946): where the articles of a story speak of, and in which words.

use crate::page::{Page, Text, published, url};
use dateline_brief::json::VERSION;
use dateline_reading::Coordinates;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One place of a story, while its articles come in.
#[derive(Debug)]
struct Found {
    at: Coordinates,
    names: Vec<String>,
    pages: usize,
    mentions: Vec<Value>,
}

/// The story whose articles come in.
#[derive(Debug, Default)]
struct Story {
    id: String,
    storyline: String,
    title: String,
    places: BTreeMap<String, Found>,
}

/// Writes one point a place of a story, with every mention of it.
#[derive(Debug)]
pub struct GeoJsonWriter<W> {
    out: W,
    story: Story,
    features: u64,
    mentions: u64,
}

impl<W: Write> GeoJsonWriter<W> {
    /// Starts the collection.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn new(mut out: W) -> io::Result<GeoJsonWriter<W>> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"generator\":{},\"features\":[", json!(VERSION))?;
        Ok(GeoJsonWriter { out, story: Story::default(), features: 0, mentions: 0 })
    }

    /// Takes the next article; articles of one story follow each other. One without a story is passed over.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn page(&mut self, page: &Page) -> io::Result<()> {
        let Some(place) = page.place else { return Ok(()) };
        if self.story.id != place.story {
            self.write_story()?;
            self.story = Story {
                id: place.story.to_owned(),
                storyline: place.storyline.to_owned(),
                title: place.title.to_owned(),
                places: BTreeMap::new(),
            };
        }
        let (report, text) = (page.report, Text::of(page.report));
        let mut here: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (i, m) in report.reading.mentions.iter().enumerate() {
            let Some(entity) = m.entity.and_then(|e| report.reading.entities.get(e)) else { continue };
            let Some(at) = &entity.place else { continue };
            let key = at.gazetteer_id.clone().unwrap_or_else(|| format!("{} {} {}", at.lat, at.lon, entity.name));
            let found = self.story.places.entry(key.clone()).or_insert_with(|| Found {
                at: at.clone(),
                names: Vec::new(),
                pages: 0,
                mentions: Vec::new(),
            });
            if !found.names.contains(&entity.name) {
                found.names.push(entity.name.clone());
            }
            let quoted = text.at(m.span);
            here.entry(key).or_default().push(json!({
                "id": report.id, "start": quoted.span[0], "end": quoted.span[1], "words": quoted.words,
                "rule": m.rule, "government": report.reading.governments.binary_search(&i).is_ok(),
                "outlet": report.article.outlet, "published": published(report), "url": url(report),
            }));
        }
        for (key, mentions) in here {
            if let Some(found) = self.story.places.get_mut(&key) {
                found.pages += 1;
                found.mentions.extend(mentions);
            }
        }
        Ok(())
    }

    fn write_story(&mut self) -> io::Result<()> {
        let story = std::mem::take(&mut self.story);
        for (key, place) in story.places {
            let feature = json!({
                "type": "Feature",
                "id": format!("{}/{key}", story.id),
                "geometry": {"type": "Point", "coordinates": [place.at.lon, place.at.lat]},
                "properties": {
                    "name": place.names.first(), "names": place.names, "country": place.at.country,
                    "gazetteer_id": place.at.gazetteer_id, "story": story.id, "storyline": story.storyline,
                    "title": story.title, "pages": place.pages, "mentions": place.mentions,
                },
            });
            let before = if self.features == 0 { "\n" } else { ",\n" };
            write!(self.out, "{before}{feature}")?;
            self.features += 1;
            self.mentions += place.mentions.len() as u64;
        }
        Ok(())
    }

    /// Ends the collection; gives how many features, and how many mentions in them, were written.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn finish(mut self) -> io::Result<(u64, u64)> {
        self.write_story()?;
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok((self.features, self.mentions))
    }
}

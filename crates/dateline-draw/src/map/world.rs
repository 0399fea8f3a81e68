//! Outlines of land and lines between countries, read from the shipped bytes and drawn for a view.

use super::clip::{Edges, pieces, ring, simplified};
use super::view::View;
use std::fmt::Write;
use std::sync::OnceLock;

/// What `scripts/build_world.py` made. Outlines begin in [−180, 180) degrees east and go on beyond.
static BYTES: &[u8] = include_bytes!("../../data/world.bin");

/// Degrees of longitude from which the coarser outlines are used.
const COARSE_FROM: f64 = 95.0;
/// Bytes of outlines on a picture; finer detail goes until they fit.
const MOST_BYTES: usize = 26_000;
/// Detail that is left out at first, in units of the picture.
const REACH: f64 = 0.45;
/// Room around the picture in which outlines go on, so that their cut edges are not seen.
const BLEED: f64 = 8.0;
/// Units of the outlines to one of the picture.
const FINE: f64 = 10.0;

type Line = Vec<(f64, f64)>;

/// Outlines of one scale: degrees east and north, with the extent of each (west, south, east, north).
#[derive(Debug, Default)]
struct Outlines {
    land: Vec<(Edges, Line)>,
    borders: Vec<(Edges, Line)>,
}

/// The two scales, coarser first.
fn scales() -> &'static [Outlines; 2] {
    static SCALES: OnceLock<[Outlines; 2]> = OnceLock::new();
    SCALES.get_or_init(|| {
        let mut bytes = BYTES.iter();
        [Outlines::read(&mut bytes), Outlines::read(&mut bytes)]
    })
}

impl Outlines {
    /// The bytes are ours; where they end early, what was read until there is all.
    fn read(bytes: &mut std::slice::Iter<u8>) -> Outlines {
        let units = number(bytes).max(1) as f64;
        let mut lines = || -> Vec<(Edges, Line)> { (0..number(bytes)).map(|_| line(bytes, units)).collect() };
        Outlines { land: lines(), borders: lines() }
    }
}

/// A country's name, and where it may stand.
pub(super) struct Country {
    pub name: &'static str,
    /// Middle of its largest part, degrees east and north.
    pub lon: f64,
    pub lat: f64,
    /// How wide and how high that is in degrees.
    pub wide: f64,
    pub tall: f64,
}

/// Countries, the largest first.
pub(super) fn countries() -> impl Iterator<Item = Country> {
    include_str!("../../data/countries.tsv").lines().filter_map(|row| {
        let mut cells = row.split('\t');
        let mut degrees = || cells.next()?.parse::<f64>().ok();
        let (lon, lat, wide, tall) = (degrees()?, degrees()?, degrees()?, degrees()?);
        Some(Country { name: cells.next()?, lon, lat, wide, tall })
    })
}

/// Whether this is the name of a country, as the outlines have it.
pub(super) fn is_country(name: &str) -> bool {
    let name = dateline_text::fold(name.trim());
    countries().any(|c| dateline_text::fold(c.name) == name)
}

fn number(bytes: &mut std::slice::Iter<u8>) -> u64 {
    let mut value = 0u64;
    for shift in (0..63).step_by(7) {
        let Some(byte) = bytes.next() else { break };
        value |= u64::from(byte & 127) << shift;
        if byte & 128 == 0 {
            break;
        }
    }
    value
}

fn line(bytes: &mut std::slice::Iter<u8>, units: f64) -> (Edges, Line) {
    let step = |bytes: &mut std::slice::Iter<u8>| {
        let n = number(bytes);
        (n >> 1) as i64 ^ -((n & 1) as i64)
    };
    let (mut x, mut y) = (0, 0);
    let mut extent = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    let mut points = Vec::new();
    for _ in 0..number(bytes) {
        x += step(bytes);
        y += step(bytes);
        let (lon, lat) = (x as f64 / units, y as f64 / units);
        extent = [extent[0].min(lon), extent[1].min(lat), extent[2].max(lon), extent[3].max(lat)];
        points.push((lon, lat));
    }
    (extent, points)
}

/// Draws land and the lines between countries as far as they are seen.
pub(super) fn outlines(out: &mut String, view: &View) {
    let scale = &scales()[usize::from(view.across() < COARSE_FROM)];
    let edges = [-BLEED, -BLEED, view.width + BLEED, view.height + BLEED];
    let mut land: Vec<Line> = Vec::new();
    let mut borders: Vec<Line> = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let place =
            |(lon, lat): &(f64, f64)| ((lon + turn - view.west) * view.per_lon, (view.north - lat) * view.per_lat);
        let seen = |[west, south, east, north]: &Edges| {
            let (left, top) = place(&(*west, *north));
            let (right, bottom) = place(&(*east, *south));
            right >= edges[0] && left <= edges[2] && bottom >= edges[1] && top <= edges[3]
        };
        for (_, points) in scale.land.iter().filter(|(extent, _)| seen(extent)) {
            land.push(ring(&points.iter().map(place).collect::<Line>(), edges));
        }
        for (_, points) in scale.borders.iter().filter(|(extent, _)| seen(extent)) {
            borders.extend(pieces(&points.iter().map(place).collect::<Line>(), edges));
        }
    }
    let mut reach = REACH;
    let (shapes, lines) = loop {
        let shapes = path(&land, reach, true);
        let lines = path(&borders, reach, false);
        if shapes.len() + lines.len() <= MOST_BYTES || reach > 20.0 {
            break (shapes, lines);
        }
        reach *= 1.4;
    };
    let small = 1.0 / FINE;
    let _ = write!(
        out,
        "<g transform=\"scale({small})\"><path class=\"pic-land\" fill-rule=\"evenodd\" d=\"{shapes}\"/><path class=\"pic-border\" d=\"{lines}\"/></g>"
    );
}

/// Lines as the data of a path, in whole units, each point by its distance from the one before.
fn path(lines: &[Line], reach: f64, closed: bool) -> String {
    let mut out = String::new();
    for points in lines {
        let mut points: Vec<(i64, i64)> = simplified(points, reach)
            .iter()
            .map(|(x, y)| ((x * FINE).round() as i64, (y * FINE).round() as i64))
            .collect();
        points.dedup();
        if points.len() < if closed { 3 } else { 2 } {
            continue;
        }
        let (mut x, mut y) = (0, 0);
        for (i, (px, py)) in points.iter().enumerate() {
            match i {
                0 => {
                    let _ = write!(out, "M{px} {py}");
                }
                _ => {
                    let _ = write!(
                        out,
                        "{}{}{}{}",
                        if i == 1 {
                            "l"
                        } else if px - x >= 0 {
                            " "
                        } else {
                            ""
                        },
                        px - x,
                        if py - y >= 0 { " " } else { "" },
                        py - y
                    );
                }
            }
            (x, y) = (*px, *py);
        }
        if closed {
            out.push('z');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_bytes_are_whole() {
        let [coarse, fine] = scales();
        assert_eq!((coarse.land.len(), coarse.borders.len()), (126, 326));
        assert_eq!((fine.land.len(), fine.borders.len()), (1420, 362));
        for (extent, points) in scales().iter().flat_map(|s| s.land.iter().chain(&s.borders)) {
            assert!(extent[0] >= -180.0 && extent[2] < 540.0 && extent[1] >= -90.0 && extent[3] <= 90.0);
            assert!(points.len() >= 2);
        }
        // and read to the last byte
        let mut bytes = BYTES.iter();
        [Outlines::read(&mut bytes), Outlines::read(&mut bytes)].iter().for_each(|s| assert!(!s.land.is_empty()));
        assert_eq!(bytes.len(), 0);
    }
}

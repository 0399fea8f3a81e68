//! Places on outlines of land and countries.

mod clip;
mod view;
mod world;

use crate::label::{Rect, Taken, shortened, width as text_width};
use crate::picture::Picture;
use crate::svg::{self, Frame, num};
use std::fmt::Write;
use view::View;

/// Places drawn; of more, those of least weight stand in the words alone.
const MOST_DRAWN: usize = 40;
/// Places told in words.
const MOST_TOLD: usize = 200;
/// How much wider the names of countries are set than other words: in spaced capitals.
const SPACED: f64 = 1.45;
/// Columns of a label.
const LABEL: usize = 26;

/// A place to show.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// Its name.
    pub label: String,
    /// Degrees north; places beyond the poles are left out.
    pub lat: f64,
    /// Degrees east, in any turn of the globe.
    pub lon: f64,
    /// How much of the story is there: size of its mark, and whose label comes first.
    pub weight: u32,
    /// What is known of it in words ("named in 3 pages").
    pub note: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Sizes of one of the two sets of labels: for a page, and for a phone, where the picture is half as large.
struct Set {
    class: &'static str,
    size: f64,
    radius: f64,
}

const SETS: [Set; 2] =
    [Set { class: "pic-wide", size: 13.0, radius: 4.0 }, Set { class: "pic-narrow", size: 25.0, radius: 7.5 }];

/// Places on outlines of land and countries, zoomed to their extent, across the 180th meridian where that is shorter.
/// Labels stand where there is room, the heaviest places first; the others have numbers, and all stand in the words
/// under theirs. Countries are named by the map itself, and marked only where there is no other place. `None` where no place can be drawn.
pub fn map(title: &str, places: &[Place]) -> Option<Picture> {
    let mut order: Vec<&Place> = places.iter().filter(|p| p.lat.abs() <= 90.0 && p.lon.is_finite()).collect();
    order.sort_by(|a, b| {
        (b.weight, &a.label).cmp(&(a.weight, &b.label)).then(a.lat.total_cmp(&b.lat)).then(a.lon.total_cmp(&b.lon))
    });
    // a country has its name on the map, not a point in the middle of it; unless nothing else is to be shown
    let points: Vec<(usize, &Place)> =
        order.iter().copied().enumerate().filter(|(_, p)| !world::is_country(&p.label)).collect();
    let all = || order.iter().copied().enumerate().collect();
    let mut drawn: Vec<(usize, &Place)> = if points.is_empty() { all() } else { points };
    drawn.truncate(MOST_DRAWN);
    let view = View::of(&drawn.iter().map(|(_, p)| (p.lon, p.lat)).collect::<Vec<_>>())?;
    let mut inner = String::new();
    let _ = write!(inner, "<rect class=\"pic-sea\" width=\"{}\" height=\"{}\"/>", num(view.width), num(view.height));
    world::outlines(&mut inner, &view);
    for set in &SETS {
        marks(&mut inner, set, &drawn, &view);
    }
    let summary = summary(&order);
    let links = drawn.iter().any(|(_, p)| svg::href(p.href.as_deref()).is_some());
    let frame = Frame { class: "pic-map", width: view.width, height: view.height, title, summary: &summary, links };
    Some(Picture { title: svg::one_line(title), svg: frame.around(&inner), words: words(&order), summary })
}

fn summary(order: &[&Place]) -> String {
    let named: Vec<String> = order.iter().take(5).map(|p| svg::one_line(&p.label)).collect();
    let more = match order.len().saturating_sub(named.len()) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!(
        "Map with {}: {}{more}.",
        if order.len() == 1 { "one place".to_owned() } else { format!("{} places", order.len()) },
        named.join(", ")
    )
}

/// The marks with their labels, and numbers where a label has no room.
fn marks(out: &mut String, set: &Set, places: &[(usize, &Place)], view: &View) {
    let heaviest = places.iter().map(|(_, p)| p.weight).max().unwrap_or(1).max(1);
    let points: Vec<((f64, f64), f64)> = places
        .iter()
        .map(|(_, p)| {
            let share = f64::from(p.weight) / f64::from(heaviest);
            (view.point(p.lon, p.lat), set.radius * (0.75 + 0.75 * share.sqrt()))
        })
        .collect();
    let page = Rect { x: 2.0, y: 2.0, width: view.width - 4.0, height: view.height - 4.0 };
    let mut taken = Taken::default();
    for (point, radius) in &points {
        taken.hold(Rect::around(*point, *radius));
    }
    let mut labels = String::new();
    let mut dots = String::new();
    for ((i, place), (point, radius)) in places.iter().zip(&points) {
        let name = shortened(&place.label, LABEL);
        let number = (i + 1).to_string();
        let at = spot(&mut taken, &page, (&name, set.size), (*point, *radius)).map(|s| (s, &name, "pic-label"));
        let at = at.or_else(|| {
            let size = set.size * 0.85;
            spot(&mut taken, &page, (&number, size), (*point, *radius)).map(|s| (s, &number, "pic-number"))
        });
        if let Some(((at, anchor), words, class)) = at {
            svg::text(&mut labels, class, at, anchor, words);
        }
        let said =
            [place.label.as_str(), place.note.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>();
        svg::linked(&mut dots, place.href.as_deref(), &said.join(": "), &svg::dot("pic-dot", *point, *radius));
    }
    let mut countries = String::new();
    countries_named(&mut countries, set, view, (&mut taken, &page));
    let _ = write!(out, "<g class=\"{}\">{countries}{dots}{labels}</g>", set.class);
}

/// Names of countries where they have room on their land and beside what the map is about.
fn countries_named(out: &mut String, set: &Set, view: &View, (taken, page): (&mut Taken, &Rect)) {
    const STEPS: [(f64, f64); 9] = [
        (0.0, 0.0),
        (0.0, 1.0),
        (0.0, -1.0),
        (-1.0, 0.0),
        (1.0, 0.0),
        (-1.0, 1.0),
        (1.0, 1.0),
        (-1.0, -1.0),
        (1.0, -1.0),
    ];
    let size = set.size * 0.8;
    for country in world::countries().filter(|c| view.sees(c.lon, c.lat)) {
        let (wide, tall) = (country.wide * view.per_lon, country.tall * view.per_lat);
        if text_width(country.name, size * SPACED) > wide {
            continue;
        }
        let (x, y) = view.point(country.lon, country.lat);
        let free = STEPS.iter().map(|(dx, dy)| (x + dx * wide * 0.2, y + dy * tall * 0.2)).find(|at| {
            let room = Rect::of_text(country.name, size * SPACED, *at, "middle");
            room.within(page) && taken.take(&[room])
        });
        if let Some(at) = free {
            svg::text(out, "pic-country", at, "middle", country.name);
        }
    }
}

/// Room for a label beside its mark: right, left, above, below, then the corners.
fn spot(
    taken: &mut Taken,
    page: &Rect,
    (words, size): (&str, f64),
    ((x, y), radius): ((f64, f64), f64),
) -> Option<((f64, f64), &'static str)> {
    let gap = radius + size * 0.25;
    let (low, high) = (y + gap + size * 0.75, y - gap);
    let slant = gap * 0.6;
    let spots = [
        ((x + gap, y + size * 0.33), "start"),
        ((x - gap, y + size * 0.33), "end"),
        ((x, high), "middle"),
        ((x, low), "middle"),
        ((x + slant, high), "start"),
        ((x + slant, low), "start"),
        ((x - slant, high), "end"),
        ((x - slant, low), "end"),
    ];
    spots.into_iter().find(|(at, anchor)| {
        let room = Rect::of_text(words, size, *at, anchor);
        room.within(page) && taken.take(&[room])
    })
}

fn words(order: &[&Place]) -> String {
    let mut out = String::from("<ol class=\"pic-places\">\n");
    for place in order.iter().take(MOST_TOLD) {
        let note = svg::text_of(&place.note);
        let gap = if note.is_empty() { "" } else { " <span class=\"pic-note\">" };
        let end = if note.is_empty() { "" } else { "</span>" };
        let _ = writeln!(out, "<li>{}{gap}{note}{end}</li>", svg::anchor(place.href.as_deref(), &place.label));
    }
    out.push_str("</ol>\n");
    if order.len() > MOST_TOLD {
        let _ = writeln!(out, "<p>{} more</p>", order.len() - MOST_TOLD);
    }
    out
}

#[cfg(test)]
mod tests;

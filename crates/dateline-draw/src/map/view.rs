//! Which part of the globe is shown, and where a place lies on it.

use crate::svg::WIDE;

/// Heights that a map may have.
const HEIGHTS: (f64, f64) = (280.0, 420.0);
/// Least height of what is shown, in degrees: a place alone must be recognisable by the coasts around it.
const LEAST: f64 = 6.0;
/// Room around the outermost places, as a share of the extent on each side.
const MARGIN: f64 = 0.2;
/// Places beyond are drawn at this latitude.
const POLE: f64 = 86.0;
/// Where more degrees of latitude are seen, land is drawn as it is wide at 35°.
const TALL: f64 = 70.0;

/// A window on the globe: plate carrée, longitudes shortened as they are in the middle of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    /// Degrees east of its left edge, in [−180, 180).
    pub west: f64,
    /// Degrees north of its upper edge.
    pub north: f64,
    /// Units a degree of latitude, and of longitude.
    pub per_lat: f64,
    pub per_lon: f64,
    pub width: f64,
    pub height: f64,
}

impl View {
    /// The window that holds these points (longitude, latitude).
    pub(super) fn of(points: &[(f64, f64)]) -> Option<View> {
        let (west, wide) = narrowest(points.iter().map(|p| turned(p.0)).collect())?;
        let lats = points.iter().map(|p| p.1.clamp(-POLE, POLE));
        let (south, north) = lats.fold((f64::MAX, f64::MIN), |(s, n), lat| (s.min(lat), n.max(lat)));
        let middle = (south + north) / 2.0;
        let tall = ((north - south) * (1.0 + 2.0 * MARGIN)).max(LEAST);
        let lean = if tall > TALL { 35f64 } else { middle }.to_radians().cos().max(0.2);
        let across = (wide * (1.0 + 2.0 * MARGIN) * lean).max(LEAST * 1.6).min(360.0 * lean);
        let height = (WIDE * tall / across).clamp(HEIGHTS.0, HEIGHTS.1).round();
        // of the two extents the one that needs the smaller measure decides
        let per_lat = (WIDE / across).min(height / tall).max(WIDE / (360.0 * lean));
        let per_lon = per_lat * lean;
        let seen = height / per_lat;
        let north = (middle + seen / 2.0).min(90.0).max(-90.0 + seen.min(180.0));
        let west = turned(west + wide / 2.0 - WIDE / per_lon / 2.0);
        let whole = per_lon * 360.0 <= WIDE + 1e-6;
        let west = if whole { -180.0 } else { west };
        Some(View { west, north, per_lat, per_lon, width: WIDE, height: height.min(180.0 * per_lat) })
    }

    /// Degrees of longitude that are seen.
    pub(super) fn across(&self) -> f64 {
        self.width / self.per_lon
    }

    /// Whether a place lies in the window.
    pub(super) fn sees(&self, lon: f64, lat: f64) -> bool {
        let (x, y) = self.point(lon, lat);
        (0.0..self.width).contains(&x) && (0.0..self.height).contains(&y)
    }

    /// Where a place lies.
    pub(super) fn point(&self, lon: f64, lat: f64) -> (f64, f64) {
        let east = (turned(lon) - self.west).rem_euclid(360.0);
        (east * self.per_lon, (self.north - lat.clamp(-POLE, POLE)) * self.per_lat)
    }
}

/// A longitude in [−180, 180).
pub(super) fn turned(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

/// The shortest arc that holds all longitudes: its western end, and how long it is.
fn narrowest(mut lons: Vec<f64>) -> Option<(f64, f64)> {
    lons.sort_by(f64::total_cmp);
    let (first, last) = (*lons.first()?, *lons.last()?);
    let mut widest = (first + 360.0 - last, first);
    for pair in lons.windows(2) {
        if let [a, b] = pair
            && b - a > widest.0 + 1e-9
        {
            widest = (b - a, *b);
        }
    }
    Some((widest.1, 360.0 - widest.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_its_points() {
        let worlds: [&[(f64, f64)]; 7] = [
            &[(25.3, 54.7)],
            &[(24.1, 56.9), (25.3, 54.7), (24.75, 59.4)],
            &[(178.4, -18.1), (-171.8, -13.8)],
            &[(-74.0, 40.7), (139.7, 35.7), (18.4, -33.9)],
            &[(15.6, 78.2), (-68.3, -54.8)],
            &[(0.0, 90.0)],
            &[(0.0, -90.0), (120.0, 0.0), (-120.0, 0.0)],
        ];
        for points in worlds {
            let view = View::of(points).unwrap();
            for (lon, lat) in points {
                let (x, y) = view.point(*lon, *lat);
                assert!(
                    (0.0..=view.width).contains(&x) && (0.0..=view.height).contains(&y),
                    "{points:?} {view:?} {x} {y}"
                );
            }
            assert!(
                view.across() <= 360.0 + 1e-6
                    && view.north <= 90.0
                    && view.north - view.height / view.per_lat >= -90.0 - 1e-6,
                "{view:?}"
            );
            assert!((100.0..=HEIGHTS.1).contains(&view.height), "{view:?}");
        }
    }

    #[test]
    fn the_shorter_way_crosses_the_180th_meridian() {
        let view = View::of(&[(178.4, -18.1), (-171.8, -13.8)]).unwrap();
        assert!(view.across() < 40.0, "{view:?}");
        let (fiji, samoa) = (view.point(178.4, -18.1), view.point(-171.8, -13.8));
        assert!(fiji.0 < samoa.0);
    }
}

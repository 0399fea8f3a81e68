//! Units: what can be compared with what, and how much one is in the other.

/// Units by dimension with their size in its base unit. Money is not converted: rates change from day to day.
/// Sizes: the International System of Units (BIPM), the international yard and pound agreement of 1959.
const UNITS: &[(&str, &str, f64)] = &[
    ("km", "length", 1000.0),
    ("m", "length", 1.0),
    ("cm", "length", 0.01),
    ("mm", "length", 0.001),
    ("mi", "length", 1609.344),
    ("nmi", "length", 1852.0),
    ("ft", "length", 0.3048),
    ("yd", "length", 0.9144),
    ("in", "length", 0.0254),
    ("km2", "area", 1e6),
    ("m2", "area", 1.0),
    ("mi2", "area", 2_589_988.110_336),
    ("ft2", "area", 0.092_903_04),
    ("ha", "area", 1e4),
    ("acre", "area", 4_046.856_422_4),
    ("kg", "mass", 1.0),
    ("g", "mass", 0.001),
    ("t", "mass", 1000.0),
    ("lb", "mass", 0.453_592_37),
    ("oz", "mass", 0.028_349_523_125),
    ("l", "volume", 0.001),
    ("gal", "volume", 0.003_785_411_784),
    ("barrels", "volume", 0.158_987_294_928),
    ("m3", "volume", 1.0),
    ("km/h", "speed", 1.0),
    ("mph", "speed", 1.609_344),
    ("kn", "speed", 1.852),
    ("seconds", "time", 1.0),
    ("minutes", "time", 60.0),
    ("hours", "time", 3600.0),
    ("days", "time", 86_400.0),
    ("weeks", "time", 604_800.0),
    ("months", "months", 1.0),
    ("years", "months", 12.0),
    ("decades", "months", 120.0),
    ("centuries", "months", 1200.0),
    ("percentage_points", "percentage_points", 1.0),
    ("basis_points", "percentage_points", 0.01),
];

/// Dimension of a unit and its size in the dimension's base unit; a unit not listed stands for itself.
///
/// ```
/// use dateline_story::units::convert;
/// assert_eq!(convert(1.0, "mi", "km"), Some(1.609344));
/// assert_eq!(convert(1.0, "USD", "EUR"), None);
/// ```
pub fn dimension(unit: &str) -> (&str, f64) {
    UNITS.iter().find(|(code, ..)| *code == unit).map_or((unit, 1.0), |(_, dimension, size)| (*dimension, *size))
}

/// A value in another unit of the same dimension.
pub fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
    let ((a, size_a), (b, size_b)) = (dimension(from), dimension(to));
    (a == b).then(|| value * size_a / size_b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_writers_mean_by_one_length_is_near() {
        let miles = convert(200.0, "mi", "km").unwrap_or(0.0);
        assert!((miles - 321.87).abs() < 0.01);
        assert_eq!(convert(72.0, "hours", "days"), Some(3.0));
        assert_eq!(convert(1.0, "km", "km2"), None);
    }
}

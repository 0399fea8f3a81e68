//! What a figure leaves open: the interval that its words and its rounding cover.

use dateline_reading::{Figure, Modifier};

/// How far above "at least N" a count may lie that the same writer would still call so. A reporter who knows of 38
/// dead does not write "at least 28"; measured on pairs of dated reports labelled by hand, a third holds both ways.
const OPEN_END: f64 = 1.34;
/// How far "about N" may lie off.
const ABOUT: f64 = 0.10;

/// A closed interval in the base unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// What the figure covers; `size` is its unit in the base unit. Nothing for a figure without number.
    pub(crate) fn of(figure: &Figure, size: f64) -> Option<Interval> {
        let spread = |v: f64| rounding(v, figure.unit.is_some());
        let (low, high) = match (figure.value, figure.low, figure.high) {
            (Some(v), ..) => match figure.modifier {
                Modifier::AtLeast | Modifier::MoreThan => (v - spread(v), v * OPEN_END),
                Modifier::AtMost | Modifier::LessThan => (v / OPEN_END, v + spread(v)),
                Modifier::About => (v * (1.0 - ABOUT) - spread(v), v * (1.0 + ABOUT) + spread(v)),
                Modifier::Exact | Modifier::Between => (v - spread(v), v + spread(v)),
            },
            (None, Some(low), Some(high)) => (low, high),
            (None, Some(low), None) => (low, low * OPEN_END),
            (None, None, Some(high)) => (high / OPEN_END, high),
            (None, None, None) => return None,
        };
        Some(Interval { low: low * size, high: high * size })
    }

    /// Whether both may hold.
    pub(crate) fn meets(self, other: Interval) -> bool {
        self.low <= other.high * (1.0 + 1e-9) && other.low <= self.high * (1.0 + 1e-9)
    }
}

/// Half of the last place that is written: "61 billion" says 60.5 to 61.5. Small whole counts are exact, and at least
/// two places are taken as meant ("20,000" is 19,500 to 20,500).
fn rounding(v: f64, measured: bool) -> f64 {
    if v == 0.0 || (!measured && v.abs() < 1000.0 && v.fract() == 0.0) {
        return 0.0;
    }
    let mut place = 10f64.powf(v.abs().log10().floor());
    let tail = |p: f64| (v / p - (v / p).round()).abs() > 1e-6;
    let mut places = 1;
    while places < 9 && (places < 2 || tail(place)) {
        place /= 10.0;
        places += 1;
    }
    // a whole number below 100 with a unit is written to the unit
    place / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, modifier: Modifier, unit: Option<&str>) -> Figure {
        Figure {
            span: dateline_text::Span::new(0, 1),
            value: Some(value),
            low: None,
            high: None,
            unit: unit.map(str::to_owned),
            modifier,
            counted: None,
            attribution: None,
            as_of: None,
            rule: String::new(),
        }
    }

    fn meet(a: Figure, b: Figure) -> bool {
        match (Interval::of(&a, 1.0), Interval::of(&b, 1.0)) {
            (Some(a), Some(b)) => a.meets(b),
            _ => false,
        }
    }

    #[test]
    fn rounding_covers_the_finer_figure() {
        let usd = |v, m| figure(v, m, Some("USD"));
        assert!(meet(usd(61e9, Modifier::Exact), usd(60.8e9, Modifier::Exact)));
        assert!(meet(usd(3e9, Modifier::MoreThan), usd(3.12e9, Modifier::Exact)));
        assert!(!meet(usd(5.8, Modifier::Exact), usd(5.58, Modifier::Exact)));
    }

    #[test]
    fn counts_of_the_dead_are_exact_and_at_least_ends_somewhere() {
        let n = |v, m| figure(v, m, None);
        assert!(!meet(n(14.0, Modifier::Exact), n(17.0, Modifier::Exact)));
        assert!(!meet(n(28.0, Modifier::AtLeast), n(38.0, Modifier::Exact)));
        assert!(meet(n(20.0, Modifier::MoreThan), n(26.0, Modifier::AtLeast)));
        assert!(meet(n(400.0, Modifier::MoreThan), n(400.0, Modifier::Exact)));
    }
}

//! Values in words, as a ledger sets them.

use dateline_reading::Modifier;

/// Value, unit and modifier as a ledger shows them: `≥ 14`, `65,000,000,000 USD`, `≈ 1,000 km2`.
pub fn value_words(value: Option<f64>, unit: Option<&str>, modifier: Modifier) -> String {
    let Some(value) = value else {
        return String::new();
    };
    let sign = match modifier {
        Modifier::Exact | Modifier::Between => "",
        Modifier::About => "≈ ",
        Modifier::AtLeast => "≥ ",
        Modifier::MoreThan => "> ",
        Modifier::AtMost => "≤ ",
        Modifier::LessThan => "< ",
    };
    let number = grouped(rounded(value));
    match unit {
        Some("percent") => format!("{sign}{number} %"),
        Some(unit) => format!("{sign}{number} {unit}"),
        None => format!("{sign}{number}"),
    }
}

/// Significant digits of a converted value.
const DIGITS: i32 = 4;

/// A value as exact as it was said: conversion of units must not add digits.
fn rounded(value: f64) -> f64 {
    let text = format!("{value}");
    let converted = text.split_once('.').is_some_and(|(_, fraction)| fraction.len() > 4);
    if value == 0.0 || !value.is_finite() || !converted {
        return value;
    }
    let places = DIGITS - 1 - value.abs().log10().floor() as i32;
    // through the decimal text, so that no binary remainder shows
    if places <= 0 {
        return value.round();
    }
    format!("{value:.*}", places.unsigned_abs().min(12) as usize).parse().unwrap_or(value)
}

/// Digits in groups of three; long powers of ten as million, billion, trillion.
fn grouped(value: f64) -> String {
    for (size, word) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        if value.abs() >= size && (value / size * 1000.0).fract().abs() < 1e-6 {
            return format!("{} {word}", value / size);
        }
    }
    let whole = format!("{}", value.trunc().abs());
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 && whole.len() > 4 {
            out.push(',');
        }
        out.push(c);
    }
    if value < 0.0 {
        out.insert(0, '−');
    }
    let text = format!("{value}");
    if let Some((_, fraction)) = text.split_once('.') {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_in_a_ledger() {
        assert_eq!(value_words(Some(65e9), Some("USD"), Modifier::Exact), "65 billion USD");
        assert_eq!(value_words(Some(14.0), None, Modifier::AtLeast), "≥ 14");
        assert_eq!(value_words(Some(12345.5), None, Modifier::About), "≈ 12,345.5");
        assert_eq!(value_words(Some(7.5), Some("percent"), Modifier::Exact), "7.5 %");
        assert_eq!(value_words(Some(59.545728000000004), Some("km"), Modifier::About), "≈ 59.55 km");
        assert_eq!(value_words(Some(1303.5686400000002), Some("km"), Modifier::Exact), "1304 km");
        assert_eq!(value_words(Some(0.0031), Some("percent"), Modifier::Exact), "0.0031 %");
        assert_eq!(value_words(None, None, Modifier::Exact), "");
    }
}

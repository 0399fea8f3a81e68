//! Room for labels: how wide words are, and what is taken.

use unicode_width::UnicodeWidthChar;

/// Width of a column (half an ideograph) in parts of the size of type: above the mean of the usual sans-serif faces,
/// so that what fits here fits there.
const COLUMN: f64 = 0.59;

/// Columns of a text on a screen.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// How wide a line is set in type of this size.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    columns(text) as f64 * COLUMN * size
}

/// The text in at most so many columns, cut behind a word where one ends late enough.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let text = crate::svg::one_line(text);
    if columns(&text) <= most {
        return text;
    }
    let mut end = 0;
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used + 1 > most {
            break;
        }
        end = at + c.len_utf8();
    }
    let cut = text.get(..end).unwrap_or_default();
    let word = cut.rfind(' ').filter(|at| columns(cut.get(..*at).unwrap_or_default()) * 5 >= most * 3);
    let cut = word.and_then(|at| cut.get(..at)).unwrap_or(cut);
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':', '–']))
}

/// The words of a label that fit into so much room.
pub(crate) fn fitted(text: &str, size: f64, room: f64) -> String {
    shortened(text, (room / (COLUMN * size)).max(4.0) as usize)
}

/// An upright rectangle on the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub(crate) fn meets(&self, other: &Rect) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    pub(crate) fn within(&self, other: &Rect) -> bool {
        self.x >= other.x
            && self.y >= other.y
            && self.x + self.width <= other.x + other.width
            && self.y + self.height <= other.y + other.height
    }

    /// The room around a point.
    pub(crate) fn around((x, y): (f64, f64), reach: f64) -> Rect {
        Rect { x: x - reach, y: y - reach, width: 2.0 * reach, height: 2.0 * reach }
    }

    /// The room of a line of text with its baseline at `y`; `anchor` as in SVG.
    pub(crate) fn of_text(words: &str, size: f64, (x, y): (f64, f64), anchor: &str) -> Rect {
        let width = width(words, size);
        let x = match anchor {
            "end" => x - width,
            "middle" => x - width / 2.0,
            _ => x,
        };
        Rect { x, y: y - size * 0.85, width, height: size * 1.1 }
    }
}

/// The rooms that are taken on a picture.
#[derive(Debug, Default)]
pub(crate) struct Taken(Vec<Rect>);

impl Taken {
    /// Takes rooms that are free, all or none; says whether they were.
    pub(crate) fn take(&mut self, rooms: &[Rect]) -> bool {
        let free = rooms.iter().all(|room| !self.0.iter().any(|t| t.meets(room)));
        if free {
            self.0.extend_from_slice(rooms);
        }
        free
    }

    /// Takes a room whether it is free or not.
    pub(crate) fn hold(&mut self, room: Rect) {
        self.0.push(room);
    }

    #[cfg(test)]
    pub(crate) fn rooms(&self) -> &[Rect] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_behind_a_word() {
        assert_eq!(shortened("The cable was cut in the night", 20), "The cable was cut…");
        assert_eq!(shortened("Riga", 20), "Riga");
        assert_eq!(shortened(&"x".repeat(50), 10).chars().count(), 10);
        assert_eq!(shortened("北京北京北京北京", 9), "北京北京…");
    }

    #[test]
    fn what_is_taken_is_not_given_again() {
        let mut taken = Taken::default();
        assert!(taken.take(&[Rect { x: 0.0, y: 0.0, width: 10.0, height: 10.0 }]));
        assert!(!taken.take(&[Rect { x: 9.0, y: 9.0, width: 10.0, height: 10.0 }]));
        assert!(taken.take(&[Rect { x: 10.0, y: 0.0, width: 10.0, height: 10.0 }]));
    }
}

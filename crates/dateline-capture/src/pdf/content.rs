//! Which letters stand where on a page: the text operators of content streams (ISO 32000-1, 9.4), with a budget.

use hayro_font::hayro_cmap::BfString;
use hayro_font::hayro_syntax::content::TypedIter;
use hayro_font::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_font::hayro_syntax::object::dict::keys::{MATRIX, RESOURCES, SUBTYPE};
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_font::hayro_syntax::page::{Page, Resources};
use hayro_font::kurbo::Affine;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, UNITS_PER_EM};
use std::sync::Arc;

/// Operators of one document. The densest page of a newspaper has twenty thousand.
const MAX_OPERATORS: usize = 20_000_000;
/// Letters of one document.
const MAX_LETTERS: usize = 5_000_000;
/// Forms within forms.
const MAX_NESTING: usize = 12;
/// Graphics states that are kept.
const MAX_STATES: usize = 256;

/// A letter and its place, in the page's units, y upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    /// Where it ends.
    pub(super) end: f64,
    /// The height of its font.
    pub(super) size: f64,
}

/// Reads pages, one after another.
pub(super) struct Reader<'a> {
    fonts: FontCache<'a>,
    resolver: FontResolverFn,
    cmaps: CMapResolverFn,
    operators: usize,
    known: usize,
    unknown: usize,
}

/// What a text operator depends on (9.3).
#[derive(Clone)]
struct State<'a> {
    ctm: Affine,
    font: Option<Font<'a>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// The matrices of a text object.
#[derive(Clone, Copy, Default)]
struct Place {
    now: Affine,
    line: Affine,
}

impl Place {
    fn next(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.now = self.line;
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new() -> Reader<'a> {
        let resolver: FontResolverFn = Arc::new(|query: &FontQuery| {
            let font = match query {
                FontQuery::Standard(font) => *font,
                FontQuery::Fallback(query) => query.pick_standard_font(),
            };
            Some(font.get_font_data())
        });
        let cmaps: CMapResolverFn = Arc::new(|_| None);
        Reader { fonts: FontCache::new(), resolver, cmaps, operators: 0, known: 0, unknown: 0 }
    }

    /// Whether the budget is used up: what follows is not read.
    pub(super) fn spent(&self) -> bool {
        self.operators > MAX_OPERATORS || self.known + self.unknown > MAX_LETTERS
    }

    /// Letters that were read, and letters whose font does not say which they are.
    pub(super) fn letters(&self) -> (usize, usize) {
        (self.known, self.unknown)
    }

    /// The letters of a page, in the order in which they are drawn.
    pub(super) fn page(&mut self, page: &Page<'a>) -> Vec<Letter> {
        let mut out = Vec::new();
        let state = State {
            ctm: Affine::IDENTITY,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.run(page.typed_operations(), page.resources(), state, 0, &mut out);
        out
    }

    fn run(
        &mut self,
        mut operators: TypedIter<'_>,
        resources: &Resources<'a>,
        mut state: State<'a>,
        depth: usize,
        out: &mut Vec<Letter>,
    ) {
        let mut saved: Vec<State<'a>> = Vec::new();
        let mut place = Place::default();
        while let Some(op) = operators.next() {
            self.operators += 1;
            if self.spent() {
                return;
            }
            match op {
                Op::SaveState(_) if saved.len() < MAX_STATES => saved.push(state.clone()),
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(t) => state.ctm *= matrix([t.0, t.1, t.2, t.3, t.4, t.5]),
                Op::BeginText(_) => place = Place::default(),
                Op::CharacterSpacing(n) => state.letter_space = n.0.as_f64(),
                Op::WordSpacing(n) => state.word_space = n.0.as_f64(),
                Op::HorizontalScaling(n) => state.scale = n.0.as_f64() / 100.0,
                Op::TextLeading(n) => state.leading = n.0.as_f64(),
                Op::TextRise(n) => state.rise = n.0.as_f64(),
                Op::TextFont(f) => {
                    let dict = resources.get_font(f.0);
                    state.font = dict.and_then(|d| self.fonts.font(&d, &self.resolver, &self.cmaps));
                    state.size = f.1.as_f64();
                }
                Op::NextLine(n) => place.next(n.0.as_f64(), n.1.as_f64()),
                Op::NextLineAndSetLeading(n) => {
                    state.leading = -n.1.as_f64();
                    place.next(n.0.as_f64(), n.1.as_f64());
                }
                Op::SetTextMatrix(t) => {
                    let m = matrix([t.0, t.1, t.2, t.3, t.4, t.5]);
                    place = Place { now: m, line: m };
                }
                Op::NextLineUsingLeading(_) => place.next(0.0, -state.leading),
                Op::ShowText(s) => self.show(s.0.as_bytes(), &state, &mut place, out),
                Op::NextLineAndShowText(s) => {
                    place.next(0.0, -state.leading);
                    self.show(s.0.as_bytes(), &state, &mut place, out);
                }
                Op::ShowTextWithParameters(s) => {
                    state.word_space = s.0.as_f64();
                    state.letter_space = s.1.as_f64();
                    place.next(0.0, -state.leading);
                    self.show(s.2.as_bytes(), &state, &mut place, out);
                }
                Op::ShowTexts(s) => self.show_all(s.0, &state, &mut place, out),
                Op::XObject(x) if depth < MAX_NESTING => {
                    if let Some(form) = resources.get_x_object(x.0) {
                        self.form(&form, resources, &state, depth + 1, out);
                    }
                }
                _ => {}
            }
        }
    }

    /// A form: a content stream with resources of its own, drawn in the place of an operator.
    fn form(
        &mut self,
        form: &Stream<'a>,
        outer: &Resources<'a>,
        state: &State<'a>,
        depth: usize,
        out: &mut Vec<Letter>,
    ) {
        let dict = form.dict();
        let is_form = dict.get::<Name<'_>>(SUBTYPE).is_some_and(|n| n.as_str() == "Form");
        let Some(data) = is_form.then(|| form.decoded_data().ok()).flatten() else { return };
        // Unpacking costs too, even where the form holds nothing.
        self.operators += 1 + data.len() / 64;
        let own = dict.get::<Dict<'a>>(RESOURCES).map(Resources::new);
        let mut state = state.clone();
        if let Some(m) = dict.get::<Array<'_>>(MATRIX) {
            let numbers: Vec<f64> = m.iter::<Number>().map(|n| n.as_f64()).take(6).collect();
            if let Ok(numbers) = <[f64; 6]>::try_from(numbers) {
                state.ctm *= Affine::new(numbers);
            }
        }
        self.run(TypedIter::new(&data), own.as_ref().unwrap_or(outer), state, depth, out);
    }

    fn show_all(&mut self, parts: &Array<'_>, state: &State<'a>, place: &mut Place, out: &mut Vec<Letter>) {
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::String(s) => self.show(s.as_bytes(), state, place, out),
                Object::Number(n) => {
                    let by = -n.as_f64() / f64::from(UNITS_PER_EM) * state.size;
                    let horizontal = state.font.as_ref().is_none_or(Font::is_horizontal);
                    let by = if horizontal { (by * state.scale, 0.0) } else { (0.0, by) };
                    place.now *= Affine::translate(by);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8], state: &State<'a>, place: &mut Place, out: &mut Vec<Letter>) {
        let Some(font) = &state.font else {
            self.unknown += bytes.len();
            return;
        };
        let em = f64::from(UNITS_PER_EM);
        let mut at = 0;
        while at < bytes.len() && !self.spent() {
            let (code, length) = font.read_code(bytes, at);
            at += length.max(1);
            let advance = font.code_advance(code);
            let word = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let wide = (advance.x / em * state.size + state.letter_space + word) * state.scale;
            let by = if font.is_horizontal() {
                (wide, 0.0)
            } else {
                (0.0, advance.y / em * state.size + state.letter_space + word)
            };
            let page = state.ctm * place.now;
            let [a, b, c, d, x, y] = (page * Affine::translate((0.0, state.rise))).as_coeffs();
            let drawn = advance.x / em * state.size * state.scale;
            place.now *= Affine::translate(by);
            let Some(text) = letter(font, code) else {
                self.unknown += 1;
                continue;
            };
            self.known += 1;
            // Text that runs up or down the page's side is no line of it.
            let upright = b.abs() <= a.abs() / 4.0;
            let size = state.size.abs() * c.hypot(d);
            if upright && [x, y, size, drawn].iter().all(|n| n.is_finite()) {
                out.push(Letter { text, x, y, end: x + drawn * a, size });
            }
        }
    }
}

/// The characters that a code stands for.
fn letter(font: &Font<'_>, code: u32) -> Option<String> {
    let meant = match font.glyph(font.map_code(code), code) {
        FontGlyph::Outline(glyph) => glyph.as_unicode(),
        FontGlyph::Type3(glyph) => glyph.as_unicode(),
    };
    match meant? {
        BfString::Char(c) => Some(c.to_string()),
        BfString::String(s) => Some(s),
    }
}

fn matrix(n: [Number; 6]) -> Affine {
    Affine::new(n.map(|n| n.as_f64()))
}

//! Cutting rings and lines at the edges of a window, and leaving out what is too fine to see.

/// Corners of a window: left, top, right, bottom.
pub(super) type Edges = [f64; 4];

type Point = (f64, f64);

/// What of a ring lies in the window (Sutherland and Hodgman's way: edge after edge). Parts that are joined by the
/// ring stay joined along the edge, so the window must be larger than what is shown.
pub(super) fn ring(points: &[Point], edges: Edges) -> Vec<Point> {
    let mut kept = points.to_vec();
    for side in 0..4 {
        let mut next = Vec::with_capacity(kept.len() + 8);
        let Some(mut before) = kept.last().copied() else { return kept };
        for point in &kept {
            match (inside(before, side, edges), inside(*point, side, edges)) {
                (true, true) => next.push(*point),
                (true, false) => next.push(crossing(before, *point, side, edges)),
                (false, true) => next.extend([crossing(before, *point, side, edges), *point]),
                (false, false) => {}
            }
            before = *point;
        }
        kept = next;
    }
    kept
}

/// The pieces of a line that come into the window, each with the first point outside on either end.
pub(super) fn pieces(points: &[Point], [left, top, right, bottom]: Edges) -> Vec<Vec<Point>> {
    let mut out: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let [a, b] = pair else { continue };
        let apart = a.0.max(b.0) < left || a.0.min(b.0) > right || a.1.max(b.1) < top || a.1.min(b.1) > bottom;
        if apart {
            open = false;
            continue;
        }
        match out.last_mut().filter(|_| open) {
            Some(piece) => piece.push(*b),
            None => out.push(vec![*a, *b]),
        }
        open = true;
    }
    out
}

fn inside((x, y): Point, side: usize, [left, top, right, bottom]: Edges) -> bool {
    match side {
        0 => x >= left,
        1 => y >= top,
        2 => x <= right,
        _ => y <= bottom,
    }
}

fn crossing(a: Point, b: Point, side: usize, edges: Edges) -> Point {
    let edge = edges[side];
    if side.is_multiple_of(2) {
        (edge, a.1 + (b.1 - a.1) * (edge - a.0) / (b.0 - a.0))
    } else {
        (a.0 + (b.0 - a.0) * (edge - a.1) / (b.1 - a.1), edge)
    }
}

/// Leaves out points that lie nearer than `reach` to the line between those that stay (Douglas and Peucker's way, with
/// a stack of our own).
pub(super) fn simplified(points: &[Point], reach: f64) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut stays = vec![false; points.len()];
    let last = points.len() - 1;
    (stays[0], stays[last]) = (true, true);
    let mut spans = vec![(0, last)];
    // a ring's ends meet: the first cut is at the point farthest from them
    while let Some((from, to)) = spans.pop() {
        let farthest = (from + 1..to).map(|i| (i, off(points[i], points[from], points[to]))).fold(
            None,
            |best: Option<(usize, f64)>, next| if best.is_none_or(|b| next.1 > b.1) { Some(next) } else { best },
        );
        if let Some((at, far)) = farthest
            && far > reach
        {
            stays[at] = true;
            spans.extend([(from, at), (at, to)]);
        }
    }
    points.iter().zip(stays).filter(|(_, stays)| *stays).map(|(p, _)| *p).collect()
}

/// How far a point lies from a stretch of line.
fn off(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let long = dx * dx + dy * dy;
    let along = if long > 0.0 { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / long).clamp(0.0, 1.0) } else { 0.0 };
    (p.0 - a.0 - along * dx).hypot(p.1 - a.1 - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Edges = [0.0, 0.0, 10.0, 10.0];

    #[test]
    fn rings_end_at_the_edge() {
        let square = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)];
        let mut cut = ring(&square, WINDOW);
        cut.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(cut, [(0.0, 0.0), (0.0, 5.0), (5.0, 0.0), (5.0, 5.0)]);
        assert!(ring(&[(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], WINDOW).is_empty());
        assert!(ring(&[], WINDOW).is_empty());
    }

    #[test]
    fn lines_leave_and_come_back() {
        let line = [(-1.0, 5.0), (5.0, 5.0), (20.0, 5.0), (30.0, 5.0), (30.0, 6.0), (5.0, 6.0)];
        assert_eq!(pieces(&line, WINDOW).len(), 2);
    }

    #[test]
    fn what_is_too_fine_goes() {
        let line = [(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (3.0, 4.0), (4.0, 0.0)];
        assert_eq!(simplified(&line, 0.5), [(0.0, 0.0), (2.0, 0.0), (3.0, 4.0), (4.0, 0.0)]);
    }
}

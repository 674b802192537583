//! Where the names of a network stand: Fruchterman and Reingold's forces (1991), begun on a spiral, so that the same network
//! always gives the same picture.

/// A point of the plane.
pub(super) type Point = (f64, f64);

const ROUNDS: usize = 400;
/// How much all is drawn to the middle, so that parts without a tie between them stay on one sheet.
const GRAVITY: f64 = 0.14;

/// Places for `n` names, in a plane of about 1 by 1.
pub(super) fn layout(n: usize, edges: &[(usize, usize, f64)]) -> Vec<Point> {
    let mut points: Vec<Point> = (0..n).map(|at| spiral(at, n)).collect();
    let ideal = (1.0 / n.max(1) as f64).sqrt() * 0.8;
    let most = edges.iter().map(|edge| edge.2).fold(0.0, f64::max);
    for round in 0..ROUNDS {
        let heat = 0.1 * (1.0 - round as f64 / ROUNDS as f64);
        let pushes = pushes(&points, edges, ideal, most);
        for (point, (x, y)) in points.iter_mut().zip(pushes) {
            let length = x.hypot(y).max(f64::MIN_POSITIVE);
            let step = length.min(heat) / length;
            *point = (point.0 + x * step, point.1 + y * step);
        }
    }
    points
}

/// The place of a seed in a sunflower: no two are alike, and none lie on one line.
fn spiral(at: usize, n: usize) -> Point {
    const GOLDEN: f64 = 2.399_963_229_728_653;
    let radius = 0.5 * ((at as f64 + 0.5) / n as f64).sqrt();
    let angle = at as f64 * GOLDEN;
    (radius * angle.cos(), radius * angle.sin())
}

fn pushes(points: &[Point], edges: &[(usize, usize, f64)], ideal: f64, most: f64) -> Vec<Point> {
    let mut pushes = vec![(0.0, 0.0); points.len()];
    for (n, one) in points.iter().enumerate() {
        for (m, other) in points.iter().enumerate().skip(n + 1) {
            let (x, y) = (one.0 - other.0, one.1 - other.1);
            let squared = (x * x + y * y).max(1e-9);
            let force = ideal * ideal / squared;
            pushes[n].0 += x * force;
            pushes[n].1 += y * force;
            pushes[m].0 -= x * force;
            pushes[m].1 -= y * force;
        }
    }
    for (from, to, weight) in edges {
        let (one, other) = (points[*from], points[*to]);
        let (x, y) = (one.0 - other.0, one.1 - other.1);
        // The strongest tie pulls as Fruchterman and Reingold have it, the weakest at half that.
        let force = x.hypot(y) / ideal * (0.5 + 0.5 * weight / most);
        pushes[*from].0 -= x * force;
        pushes[*from].1 -= y * force;
        pushes[*to].0 += x * force;
        pushes[*to].1 += y * force;
    }
    for (push, point) in pushes.iter_mut().zip(points) {
        push.0 -= point.0 * GRAVITY / ideal;
        push.1 -= point.1 * GRAVITY / ideal;
    }
    pushes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tied_stands_closer_than_what_is_not() {
        let edges = [
            (0, 1, 5.0),
            (1, 2, 5.0),
            (0, 2, 5.0),
            (3, 4, 5.0),
            (4, 5, 5.0),
            (3, 5, 5.0),
        ];
        let points = layout(6, &edges);
        let between =
            |a: usize, b: usize| (points[a].0 - points[b].0).hypot(points[a].1 - points[b].1);
        for (a, b, _) in edges {
            for (c, d) in [(0, 3), (1, 4), (2, 5)] {
                assert!(between(a, b) < between(c, d), "{points:?}");
            }
        }
        assert_eq!(points, layout(6, &edges));
    }
}

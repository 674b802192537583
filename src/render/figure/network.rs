//! A network: names as discs, the larger the more articles speak of them, coloured by kind, ties as lines between them.

use super::canvas::{Anchor, Canvas, fitted, width_of};
use super::labels::{Labels, Point};
use super::{LEFT, WIDTH, forces};
use crate::render::picture::{Ties, grouped};

const SIZE: f64 = 12.5;

/// The kinds that have a colour of their own; all others share the last.
const KINDS: [&str; 7] = [
    "person",
    "organization",
    "location",
    "group",
    "facility",
    "event",
    "law",
];

/// The class that colours a kind.
fn colour(kind: &str) -> usize {
    let place = KINDS.iter().position(|known| *known == kind);
    place.unwrap_or(KINDS.len())
}

pub(super) fn draw(ties: &Ties) -> Canvas {
    let high = (300.0 + ties.nodes.len() as f64 * 9.0).min(640.0);
    let legend = 30.0;
    let mut canvas = Canvas::new(WIDTH, high + legend);
    let most = ties
        .nodes
        .iter()
        .map(|node| node.weight)
        .fold(1.0, f64::max);
    let radius = |weight: f64| 4.5 + 15.0 * (weight / most).sqrt();
    let points = forces::layout(ties.nodes.len(), &ties.edges);
    let mut points = spread(
        &points,
        [70.0, legend + 24.0, WIDTH - 70.0, high + legend - 24.0],
    );
    let radii: Vec<f64> = ties.nodes.iter().map(|node| radius(node.weight)).collect();
    part(&mut points, &radii);
    let strongest = ties.edges.iter().map(|edge| edge.2).fold(1.0, f64::max);
    for (from, to, weight) in &ties.edges {
        let width = 0.8 + 4.2 * weight / strongest;
        canvas.stroke("tie", points[*from], points[*to], width);
    }
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| ties.nodes[*b].weight.total_cmp(&ties.nodes[*a].weight));
    let mut labels = Labels::new([4.0, legend, WIDTH - 4.0, high + legend - 4.0], SIZE);
    for n in &order {
        let node = &ties.nodes[*n];
        let radius = radius(node.weight);
        let class = format!("node s{}", colour(&node.kind));
        let tip = format!("{}: {}", node.name, grouped(node.weight));
        canvas.circle(&class, points[*n], radius, &tip);
        labels.keep_off(points[*n], radius);
    }
    for n in order {
        let node = &ties.nodes[n];
        let point = Point {
            at: points[n],
            radius: radius(node.weight),
            name: &fitted(&node.name, SIZE, WIDTH * 0.3),
            class: "name",
            must: true,
        };
        labels.write(&mut canvas, &point);
    }
    kinds(&mut canvas, ties);
    canvas
}

/// The points stretched to fill a frame.
fn spread(points: &[(f64, f64)], frame: [f64; 4]) -> Vec<(f64, f64)> {
    let scale = |values: Vec<f64>, from: f64, to: f64| {
        let least = values.iter().copied().fold(f64::MAX, f64::min);
        let most = values.iter().copied().fold(f64::MIN, f64::max);
        let span = (most - least).max(1e-6);
        let place = move |value: f64| from + (value - least) / span * (to - from);
        values.into_iter().map(place).collect::<Vec<f64>>()
    };
    let xs = scale(points.iter().map(|p| p.0).collect(), frame[0], frame[2]);
    let ys = scale(points.iter().map(|p| p.1).collect(), frame[1], frame[3]);
    xs.into_iter().zip(ys).collect()
}

/// Moves discs that cover each other apart, a little at a time.
fn part(points: &mut [(f64, f64)], radii: &[f64]) {
    const BETWEEN: f64 = 8.0;
    for _ in 0..50 {
        for n in 0..points.len() {
            for m in n + 1..points.len() {
                let (x, y) = (points[m].0 - points[n].0, points[m].1 - points[n].1);
                let away = x.hypot(y).max(0.01);
                let lack = radii[n] + radii[m] + BETWEEN - away;
                if lack > 0.0 {
                    let (x, y) = (x / away * lack / 2.0, y / away * lack / 2.0);
                    points[n] = (points[n].0 - x, points[n].1 - y);
                    points[m] = (points[m].0 + x, points[m].1 + y);
                }
            }
        }
    }
}

/// Which colour is which kind, of those that are there.
fn kinds(canvas: &mut Canvas, ties: &Ties) {
    let mut x = LEFT + 6.0;
    let mut there: Vec<(usize, &str)> = ties
        .nodes
        .iter()
        .filter(|node| !node.kind.is_empty())
        .map(|node| {
            let place = colour(&node.kind);
            (place, KINDS.get(place).copied().unwrap_or("other"))
        })
        .collect();
    there.sort_unstable();
    there.dedup();
    for (place, kind) in there {
        canvas.circle(&format!("node s{place}"), (x, 12.0), 6.0, "");
        canvas.text("label", (x + 12.0, 16.5), Anchor::Start, kind);
        x += width_of(kind, 13.0) + 36.0;
    }
}

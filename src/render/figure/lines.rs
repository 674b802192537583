//! Lines: series side by side along time, told apart by colour, by dashes and by the names in the legend.

use super::axes::{self, Frame};
use super::canvas::{Anchor, Canvas, fitted, width_of};
use super::{LEFT, N_COLOURS, WIDTH};
use crate::render::picture::{Lines, grouped};

/// So many points have room for a mark each.
const MOST_MARKED: usize = 40;

pub(super) fn draw(lines: &Lines) -> Canvas {
    const HIGH: f64 = 270.0;
    let legend = legend(lines);
    let below = legend.last().map_or(0.0, |(_, (_, y), _)| y + 14.0);
    let mut canvas = Canvas::new(WIDTH, below + HIGH + 40.0);
    let values = lines.series.iter().flat_map(|(_, values)| values);
    let steps = axes::steps(values.copied().fold(0.0, f64::max));
    let frame = Frame {
        left: LEFT + axes::room(&steps),
        top: below + 12.0,
        right: WIDTH - 24.0,
        bottom: below + 12.0 + HIGH,
    };
    axes::side(&mut canvas, frame, &steps);
    let n_steps = lines.labels.len().saturating_sub(1).max(1) as f64;
    let is_single = lines.labels.len() == 1;
    let x = |n: usize| {
        let part = if is_single { 0.5 } else { n as f64 / n_steps };
        frame.left + 8.0 + part * (frame.right - frame.left - 16.0)
    };
    let top = steps.last().copied().unwrap_or(1.0);
    let y = |value: f64| frame.bottom - value / top * (frame.bottom - frame.top);
    for (n, (name, values)) in lines.series.iter().enumerate() {
        let colour = n % N_COLOURS;
        let points: Vec<(f64, f64)> = values
            .iter()
            .enumerate()
            .map(|(n, value)| (x(n), y(*value)))
            .collect();
        canvas.path(&format!("line l{colour}"), &points);
        if values.len() <= MOST_MARKED {
            for ((point, value), label) in points.iter().zip(values).zip(&lines.labels) {
                let tip = format!("{name}, {label}: {}", grouped(*value));
                canvas.circle(&format!("mark s{colour}"), *point, 3.2, &tip);
            }
        }
    }
    let labels: Vec<&str> = lines.labels.iter().map(String::as_str).collect();
    axes::foot(&mut canvas, frame, &labels, x);
    for (n, (name, (left, at), _)) in legend.iter().enumerate() {
        let colour = n % N_COLOURS;
        let points = [(*left, at - 4.5), (left + 24.0, at - 4.5)];
        canvas.path(&format!("line l{colour}"), &points);
        canvas.text("label", (left + 31.0, *at), Anchor::Start, name);
    }
    canvas
}

/// The names of the series with their sums, where they stand, and how wide they are.
fn legend(lines: &Lines) -> Vec<(String, (f64, f64), f64)> {
    const SIZE: f64 = 13.0;
    let (mut x, mut y) = (LEFT, 16.0);
    let mut placed = Vec::new();
    for (name, values) in &lines.series {
        let sum = grouped(values.iter().sum());
        let words = format!("{} ({sum})", fitted(name, SIZE, WIDTH * 0.6));
        let width = width_of(&words, SIZE) + 55.0;
        if x > LEFT && x + width > WIDTH {
            (x, y) = (LEFT, y + 22.0);
        }
        placed.push((words, (x, y), width));
        x += width;
    }
    placed
}

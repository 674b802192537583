//! Bars: lying, with a label each, or standing along time.

use super::axes::{self, Frame, SMALL};
use super::canvas::{Anchor, Canvas, fitted, width_of};
use super::{LEFT, WIDTH};
use crate::render::picture::{are_times, grouped};

/// So many columns have room for their numbers above them.
const MOST_NUMBERED: usize = 18;

pub(super) fn draw(bars: &[(String, f64)]) -> Canvas {
    let labels: Vec<&str> = bars.iter().map(|(label, _)| label.as_str()).collect();
    if are_times(&labels) && bars.len() > 1 {
        standing(bars, &labels)
    } else {
        lying(bars)
    }
}

fn lying(bars: &[(String, f64)]) -> Canvas {
    const ROW: f64 = 26.0;
    const THICK: f64 = 16.0;
    const SIZE: f64 = 13.0;
    let mut canvas = Canvas::new(WIDTH, bars.len() as f64 * ROW + 8.0);
    let widths = bars.iter().map(|(label, _)| width_of(label, SIZE));
    let labels = widths.fold(0.0, f64::max).min(WIDTH * 0.4);
    let numbers = bars
        .iter()
        .map(|(_, value)| width_of(&grouped(*value), SIZE));
    let numbers = numbers.fold(0.0, f64::max);
    let left = LEFT + labels + 10.0;
    let room = WIDTH - left - numbers - 24.0;
    let most = bars.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    for (n, (label, value)) in bars.iter().enumerate() {
        let middle = n as f64 * ROW + ROW / 2.0 + 4.0;
        let length = (value.max(0.0) / most * room).max(if *value > 0.0 { 1.0 } else { 0.0 });
        let at = (left - 10.0, middle + 4.5);
        let label = fitted(label, SIZE, labels + 1.0);
        canvas.text("label", at, Anchor::End, &label);
        canvas.rect("bar", (left, middle - THICK / 2.0), (length, THICK), "");
        let at = (left + length + 7.0, middle + 4.5);
        canvas.text("value", at, Anchor::Start, &grouped(*value));
    }
    canvas.line("axis", (left, 4.0), (left, bars.len() as f64 * ROW + 4.0));
    canvas
}

fn standing(bars: &[(String, f64)], labels: &[&str]) -> Canvas {
    const HEIGHT: f64 = 280.0;
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let most = bars.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    let steps = axes::steps(most);
    let frame = Frame {
        left: LEFT + axes::room(&steps),
        top: 22.0,
        right: WIDTH - 16.0,
        bottom: HEIGHT - 30.0,
    };
    axes::side(&mut canvas, frame, &steps);
    let per = (frame.right - frame.left) / bars.len() as f64;
    let thick = (per * 0.74).min(56.0);
    let top = steps.last().copied().unwrap_or(1.0);
    let x = |n: usize| frame.left + (n as f64 + 0.5) * per;
    for (n, (label, value)) in bars.iter().enumerate().filter(|(_, bar)| bar.1 > 0.0) {
        let high = value / top * (frame.bottom - frame.top);
        let at = (x(n) - thick / 2.0, frame.bottom - high);
        let tip = format!("{label}: {}", grouped(*value));
        canvas.rect("bar", at, (thick, high), &tip);
        let number = grouped(*value);
        if bars.len() <= MOST_NUMBERED && width_of(&number, SMALL) < per - 2.0 {
            let at = (x(n), frame.bottom - high - 5.0);
            canvas.text("value", at, Anchor::Middle, &number);
        }
    }
    axes::foot(&mut canvas, frame, labels, x);
    canvas
}

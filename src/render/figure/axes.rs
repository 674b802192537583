//! Scales: round numbers up the side, months and years along the foot.

use super::canvas::{Anchor, Canvas, width_of};
use crate::render::picture::grouped;

/// The size of what stands at axes.
pub(super) const SMALL: f64 = 12.0;

/// The part of a sheet inside its axes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Round steps from nothing to at least `most`; articles are counted by whole ones.
pub(super) fn steps(most: f64) -> Vec<f64> {
    const ABOUT: f64 = 4.0;
    let rough = (most / ABOUT).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0];
    let step = times.into_iter().find(|times| times * power >= rough);
    let step = (step.unwrap_or(10.0) * power).max(1.0);
    let n = (most / step).ceil().max(1.0) as usize;
    (0..=n).map(|n| n as f64 * step).collect()
}

/// Draws a scale of `steps` with a line for each across the frame.
pub(super) fn side(canvas: &mut Canvas, frame: Frame, steps: &[f64]) {
    let top = steps.last().copied().unwrap_or(1.0);
    for step in steps {
        let y = frame.bottom - step / top * (frame.bottom - frame.top);
        let class = if *step == 0.0 { "axis" } else { "grid" };
        canvas.line(class, (frame.left, y), (frame.right, y));
        let at = (frame.left - 8.0, y + 4.0);
        canvas.text("tick", at, Anchor::End, &grouped(*step));
    }
}

/// How much room the numbers of a scale take.
pub(super) fn room(steps: &[f64]) -> f64 {
    let widths = steps.iter().map(|step| width_of(&grouped(*step), SMALL));
    widths.fold(0.0, f64::max) + 14.0
}

/// Writes as many of the labels below their places as can be read.
pub(super) fn foot(canvas: &mut Canvas, frame: Frame, labels: &[&str], x: impl Fn(usize) -> f64) {
    let Some(chosen) = chosen(labels, frame.right - frame.left) else {
        return;
    };
    for (n, label) in chosen {
        canvas.line("axis", (x(n), frame.bottom), (x(n), frame.bottom + 4.0));
        let at = (x(n), frame.bottom + 19.0);
        canvas.text("tick", at, Anchor::Middle, label);
    }
}

/// Which labels are written: every first, third, sixth … month of a year, or years that are round, so that they have room.
fn chosen<'a>(labels: &[&'a str], width: f64) -> Option<Vec<(usize, &'a str)>> {
    let are_months = labels.first()?.len() == 7;
    let per = width / labels.len() as f64;
    let all = if are_months {
        [1, 2, 3, 6, 12, 24, 60, 120, 240].as_slice()
    } else {
        [1, 2, 5, 10, 20, 50, 100, 200].as_slice()
    };
    let number = |label: &str| -> usize {
        let parts: Vec<usize> = label
            .split('-')
            .filter_map(|part| part.parse().ok())
            .collect();
        match parts[..] {
            [year, month] => year * 12 + month - 1,
            [year] => year,
            _ => 0,
        }
    };
    for step in all {
        let are_years = are_months && *step >= 12;
        let wide = if are_months && !are_years { 64.0 } else { 44.0 };
        let kept: Vec<(usize, &str)> = labels
            .iter()
            .enumerate()
            .filter(|(_, label)| number(label).is_multiple_of(*step))
            .map(|(n, label)| (n, if are_years { &label[..4] } else { label }))
            .collect();
        if per * *step as f64 >= wide || kept.len() <= 1 {
            let ends = || vec![(0, labels[0])];
            return Some(if kept.is_empty() { ends() } else { kept });
        }
    }
    Some(vec![(0, labels[0])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_reach_the_top() {
        for (most, expected) in [
            (1.0, vec![0.0, 1.0]),
            (3.0, vec![0.0, 1.0, 2.0, 3.0]),
            (7.0, vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (1_100.0, vec![0.0, 500.0, 1_000.0, 1_500.0]),
        ] {
            assert_eq!(steps(most), expected, "{most}");
        }
    }

    #[test]
    fn labels_that_have_no_room_are_left_out() {
        let months: Vec<String> = (0..36)
            .map(|n| format!("{}-{:02}", 2014 + n / 12, n % 12 + 1))
            .collect();
        let months: Vec<&str> = months.iter().map(String::as_str).collect();
        let words = |width| {
            chosen(&months, width)
                .unwrap()
                .iter()
                .map(|(_, l)| *l)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            words(400.0),
            [
                "2014-01", "2014-07", "2015-01", "2015-07", "2016-01", "2016-07"
            ]
        );
        assert_eq!(words(200.0), ["2014", "2015", "2016"]);
    }
}

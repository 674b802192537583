//! The network's steps: what a sentence's slopes ask of its weights.

use super::random::Random;
use crate::extract::ner::decode::Row;
use crate::extract::ner::labels::LANES;
use crate::extract::ner::net::{HIDDEN, Hidden, INPUTS, Input, Net, SPAN};
use crate::extract::ner::words::REACH;

/// The network, its slopes and the squares that AdaGrad divides by.
#[derive(Debug)]
pub struct Learner {
    /// The weights.
    pub net: Net,
    slopes: Net,
    squares: Net,
    sums: Vec<Hidden>,
}

fn blank(value: f32) -> Net {
    Net {
        first: vec![[value; HIDDEN]; SPAN * INPUTS],
        start: [value; HIDDEN],
        second: vec![[value; LANES]; HIDDEN],
    }
}

impl Learner {
    /// Small random weights.
    #[must_use]
    pub fn new(random: &mut Random) -> Self {
        let mut net = blank(0.0);
        for weight in net.first.iter_mut().flatten() {
            *weight = 0.3 * (2.0 * random.part() - 1.0);
        }
        for weight in net.second.iter_mut().flatten() {
            *weight = 0.1 * (2.0 * random.part() - 1.0);
        }
        Self {
            net,
            slopes: blank(0.0),
            squares: blank(1e-4),
            sums: Vec::new(),
        }
    }

    /// Adds the network's scores for a sentence of words; `mask` scales hidden units, 0 for those that sit out.
    pub fn forward(
        &mut self,
        inputs: &[&Input],
        edge: &Input,
        mask: &Hidden,
        emissions: &mut [Row],
    ) {
        self.sums.clear();
        self.sums.resize(inputs.len(), self.net.start);
        for place in 0..SPAN {
            let outside = self.net.share(place, edge);
            for (n, input) in inputs.iter().enumerate() {
                let share = self.net.share(place, input);
                // The word at `n` stands `place - REACH` from the token at `n - (place - REACH)`.
                if let Some(sums) = (n + REACH)
                    .checked_sub(place)
                    .and_then(|at| self.sums.get_mut(at))
                {
                    add(sums, &share);
                }
            }
            for (at, sums) in self.sums.iter_mut().enumerate() {
                let n = (at + place).wrapping_sub(REACH);
                if n >= inputs.len() {
                    add(sums, &outside);
                }
            }
        }
        for (sums, emission) in self.sums.iter_mut().zip(emissions) {
            for (sum, mask) in sums.iter_mut().zip(mask) {
                *sum = sum.max(0.0) * mask;
            }
            self.net.add_scores(sums, emission);
        }
    }

    /// Notes the slopes of a token.
    pub fn backward(
        &mut self,
        inputs: &[&Input],
        edge: &Input,
        mask: &Hidden,
        at: usize,
        slope: &Row,
    ) {
        let mut hidden = [0.0; HIDDEN];
        for unit in 0..HIDDEN {
            let sum = self.sums[at][unit];
            if sum > 0.0 {
                let mut total = 0.0;
                for ((noted, weight), slope) in self.slopes.second[unit]
                    .iter_mut()
                    .zip(&self.net.second[unit])
                    .zip(slope)
                {
                    *noted += sum * slope;
                    total += weight * slope;
                }
                hidden[unit] = total * mask[unit];
            }
        }
        add(&mut self.slopes.start, &hidden);
        for place in 0..SPAN {
            let n = (at + place).wrapping_sub(REACH);
            let input = inputs.get(n).copied().unwrap_or(edge);
            let rows = &mut self.slopes.first[place * INPUTS..(place + 1) * INPUTS];
            for (row, value) in rows.iter_mut().zip(input) {
                if *value != 0.0 {
                    for (noted, slope) in row.iter_mut().zip(&hidden) {
                        *noted += value * slope;
                    }
                }
            }
        }
    }

    /// Takes the step that the noted slopes ask for, and forgets them.
    pub fn step(&mut self, rate: f32) {
        let groups = [
            (
                self.net.first.as_flattened_mut(),
                self.slopes.first.as_flattened_mut(),
                self.squares.first.as_flattened_mut(),
            ),
            (
                &mut self.net.start[..],
                &mut self.slopes.start[..],
                &mut self.squares.start[..],
            ),
            (
                self.net.second.as_flattened_mut(),
                self.slopes.second.as_flattened_mut(),
                self.squares.second.as_flattened_mut(),
            ),
        ];
        for (weights, slopes, squares) in groups {
            for ((weight, slope), square) in weights.iter_mut().zip(slopes.iter_mut()).zip(squares)
            {
                *square += *slope * *slope;
                *weight -= rate * *slope / square.sqrt();
                *slope = 0.0;
            }
        }
    }
}

fn add(sums: &mut Hidden, share: &Hidden) {
    for (sum, share) in sums.iter_mut().zip(share) {
        *sum += share;
    }
}

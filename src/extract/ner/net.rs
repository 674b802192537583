//! The small network beside the features: word vectors of a window, one hidden layer, a score for each label. Because its first
//! layer is a sum over the window, a word's share of it is computed once for each distinct word of a document.

use super::decode::Row;
use super::words::{Case, REACH};

/// Numbers of a word vector.
pub const DIMENSIONS: usize = 100;

/// A vector is kept as so many codes,
pub const PARTS: usize = 25;

/// each of them for so many of its numbers,
pub const PART: usize = DIMENSIONS / PARTS;

/// each of them one of so many.
pub const CODES: usize = 256;

/// Numbers that describe a word: its vector, its case, and whether it has a vector.
pub const INPUTS: usize = DIMENSIONS + 8;

/// Units of the hidden layer.
pub const HIDDEN: usize = 64;

/// Places of the window.
pub const SPAN: usize = 2 * REACH + 1;

/// What describes a word.
pub type Input = [f32; INPUTS];

/// A hidden layer's sums.
pub type Hidden = [f32; HIDDEN];

/// The weights.
#[derive(Debug, Clone)]
pub struct Net {
    /// By place in the window and input.
    pub first: Vec<Hidden>,
    /// Where the hidden sums start.
    pub start: Hidden,
    /// By hidden unit.
    pub second: Vec<Row>,
}

/// Describes a word to the network.
#[must_use]
pub fn input(vector: Option<[f32; DIMENSIONS]>, case: Case) -> Input {
    let mut input = [0.0; INPUTS];
    if let Some(vector) = vector {
        input[..DIMENSIONS].copy_from_slice(&vector);
    } else {
        input[DIMENSIONS + 7] = 1.0;
    }
    input[DIMENSIONS + case as usize] = 1.0;
    input
}

impl Net {
    /// Numbers in all.
    pub const SIZE: usize = SPAN * INPUTS * HIDDEN + HIDDEN + HIDDEN * super::labels::LANES;

    /// A word's share of the hidden layer at a place of the window.
    #[must_use]
    pub fn share(&self, place: usize, input: &Input) -> Hidden {
        let mut sums = [0.0; HIDDEN];
        for (weights, value) in self.first[place * INPUTS..(place + 1) * INPUTS]
            .iter()
            .zip(input)
        {
            if *value != 0.0 {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += value * weight;
                }
            }
        }
        sums
    }

    /// Adds the scores that a hidden layer's sums give.
    pub fn add_scores(&self, sums: &Hidden, scores: &mut Row) {
        for (sum, weights) in sums.iter().zip(&self.second) {
            // Half of the units are silent, none can tell which: adding nothing is cheaper than asking.
            let sum = sum.max(0.0);
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += sum * weight;
            }
        }
    }

    /// Reads the numbers in the order of the fields.
    #[must_use]
    pub fn from_numbers(numbers: &[f32]) -> Option<Self> {
        if numbers.len() != Self::SIZE {
            return None;
        }
        let (first, rest) = numbers.split_at(SPAN * INPUTS * HIDDEN);
        let (start, second) = rest.split_at(HIDDEN);
        let rows = |numbers: &[f32]| numbers.as_chunks::<HIDDEN>().0.to_vec();
        Some(Self {
            first: rows(first),
            start: rows(start)[0],
            second: second.as_chunks().0.to_vec(),
        })
    }
}

//! The trained model: its bytes, its labels, and how a sentence is decoded with them (Viterbi).
//!
//! The bytes: `MFNER1\n`, the transitions as i8 rows by previous label, then the
//! table of features as i8 rows. Scores are sums of small integers, so decoding is exact and the same everywhere.

use thiserror::Error;

use super::features::N_ROWS;

/// The classes of the training data that the model tells apart.
pub const CLASSES: [&str; 8] = [
    "Person",
    "Organization",
    "Location",
    "Facility",
    "NORP",
    "Product",
    "Misc",
    "Date",
];

/// Outside, then begin and inside of each class.
pub const N_LABELS: usize = 1 + 2 * CLASSES.len();

const MAGIC: &[u8] = b"MFNER1\n";

/// The model's bytes are not a model of this program.
#[derive(Debug, Error)]
#[error(
    "the recognizer's model is damaged or of another version: expected {expected} bytes after its mark, found {found}"
)]
pub struct ModelError {
    expected: usize,
    found: usize,
}

/// A model, borrowed from its bytes.
#[derive(Debug, Clone)]
pub struct Model {
    transitions: [[i32; N_LABELS]; N_LABELS],
    weights: &'static [u8],
}

/// A decoded sentence: a label for each token, and by how much it beat the best other label there, in units of weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The best sequence of labels.
    pub labels: Vec<usize>,
    /// For each token, the margin to the runner-up.
    pub margins: Vec<i32>,
}

impl Model {
    /// Reads a model; nothing is copied but the transitions.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let expected = N_LABELS * N_LABELS + N_ROWS * N_LABELS;
        let body = bytes.strip_prefix(MAGIC).unwrap_or_default();
        if body.len() != expected {
            return Err(ModelError {
                expected,
                found: body.len(),
            });
        }
        let (head, weights) = body.split_at(N_LABELS * N_LABELS);
        let mut transitions = [[0; N_LABELS]; N_LABELS];
        for (n, byte) in head.iter().enumerate() {
            transitions[n / N_LABELS][n % N_LABELS] = i32::from(byte.cast_signed());
        }
        Ok(Self {
            transitions,
            weights,
        })
    }

    /// The labels of a sentence, given the feature rows of its tokens.
    #[must_use]
    pub fn decode(&self, rows: &[Vec<u32>]) -> Decoded {
        let emissions: Vec<[i32; N_LABELS]> = rows.iter().map(|rows| self.emission(rows)).collect();
        viterbi(&emissions, &self.transitions)
    }

    fn emission(&self, rows: &[u32]) -> [i32; N_LABELS] {
        let mut scores = [0; N_LABELS];
        for row in rows {
            let start = *row as usize * N_LABELS;
            for (score, weight) in scores
                .iter_mut()
                .zip(&self.weights[start..start + N_LABELS])
            {
                *score += i32::from(weight.cast_signed());
            }
        }
        scores
    }
}

/// The bytes of a model: weights scaled so that the largest fits an i8.
#[cfg(feature = "train")]
#[must_use]
pub fn to_bytes(transitions: &[f32], weights: &[f32]) -> Vec<u8> {
    let largest = transitions
        .iter()
        .chain(weights)
        .fold(0_f32, |max, weight| max.max(weight.abs()));
    // Few weights are near the largest; letting those saturate leaves the others more steps.
    let scale = 127.0 / (largest * 0.5).max(f32::MIN_POSITIVE);
    let quantized =
        |weight: &f32| ((weight * scale).round().clamp(-127.0, 127.0) as i8).cast_unsigned();
    MAGIC
        .iter()
        .copied()
        .chain(transitions.iter().chain(weights).map(quantized))
        .collect()
}

/// Whether a label may follow another: inside continues its own class only.
#[must_use]
pub fn may_follow(before: usize, label: usize) -> bool {
    let is_inside = label > 0 && label.is_multiple_of(2);
    !is_inside || before == label || before + 1 == label
}

/// The best sequence under the scores, and the margins of its labels over the others at the same token.
pub fn viterbi<T>(emissions: &[[T; N_LABELS]], transitions: &[[T; N_LABELS]; N_LABELS]) -> Decoded
where
    T: Copy + PartialOrd + std::ops::Add<Output = T> + Default + Into<f64>,
{
    let mut best: Vec<[T; N_LABELS]> = Vec::with_capacity(emissions.len());
    let mut from: Vec<[usize; N_LABELS]> = Vec::with_capacity(emissions.len());
    for (n, emission) in emissions.iter().enumerate() {
        let mut scores = *emission;
        let mut back = [0; N_LABELS];
        for label in 0..N_LABELS {
            let before = best.get(n.wrapping_sub(1));
            let mut top: Option<(T, usize)> = None;
            for previous in 0..N_LABELS {
                let is_reachable = match n {
                    0 => previous == 0,
                    _ => from[n - 1][previous] != usize::MAX,
                };
                if !is_reachable || !may_follow(previous, label) {
                    continue;
                }
                let score = before.map_or_else(T::default, |before| before[previous])
                    + transitions[previous][label];
                if top.is_none_or(|(best, _)| score > best) {
                    top = Some((score, previous));
                }
            }
            match top {
                Some((score, previous)) => {
                    scores[label] = scores[label] + score;
                    back[label] = previous;
                }
                // An inside label at the very start: nothing leads to it, and nothing follows from it.
                None => back[label] = usize::MAX,
            }
        }
        best.push(scores);
        from.push(back);
    }
    trace_back(emissions, &best, &from)
}

fn trace_back<T>(
    emissions: &[[T; N_LABELS]],
    best: &[[T; N_LABELS]],
    from: &[[usize; N_LABELS]],
) -> Decoded
where
    T: Copy + PartialOrd + Into<f64>,
{
    let mut labels = vec![0; best.len()];
    let mut next: Option<usize> = None;
    for n in (0..best.len()).rev() {
        let label = next.unwrap_or_else(|| {
            let mut top = 0;
            for label in 1..N_LABELS {
                if from[n][label] != usize::MAX && best[n][label] > best[n][top] {
                    top = label;
                }
            }
            top
        });
        labels[n] = label;
        next = Some(from[n][label]);
    }
    let margin = |(n, label): (usize, &usize)| {
        let own: f64 = emissions[n][*label].into();
        let others = (0..N_LABELS)
            .filter(|other| other != label)
            .map(|other| emissions[n][other].into());
        (own - others.fold(f64::MIN, f64::max)) as i32
    };
    let margins = labels.iter().enumerate().map(margin).collect();
    Decoded { labels, margins }
}

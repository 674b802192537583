//! The trained model: its bytes and what is read from them in place.
//!
//! The bytes: `MFNER3\n` and a zero; the number of bytes of each section as u32; the sections, in the order of [`Section`].
//! All numbers are little-endian.

use std::sync::Arc;

use thiserror::Error;

use super::decode::{Factors, Row, Transitions, bar};
use super::labels::{LANES, N_LABELS};
use super::lexicon::Lexicon;
use super::net::Net;
use super::shares::{Memory, Shares};
use super::table::Table;
use super::words::Word;

pub(crate) const MAGIC: &[u8; 8] = b"MFNER3\n\0";

/// The parts of a model's bytes, in order.
#[derive(Debug, Clone, Copy)]
pub enum Section {
    /// f32: what a weight's step is worth, then the transitions.
    Numbers,
    /// The table of features: where buckets start.
    FeatureStarts,
    /// The table of features: prints.
    FeaturePrints,
    /// i8 rows, a label each; padding.
    Weights,
    /// f32: the network.
    Net,
    /// f32: the share of right names by estimated probability.
    Calibration,
    /// The lexicon: where buckets of words start.
    WordStarts,
    /// Prints of words.
    WordPrints,
    /// The clusters of each word.
    Clusters,
    /// The code of each word's vector.
    Codes,
    /// f32: what the codes stand for.
    Book,
    /// Where buckets of phrases start.
    PhraseStarts,
    /// Prints of phrases.
    PhrasePrints,
    /// The kinds of each phrase.
    Kinds,
}

/// Bytes behind the last row of weights, so that each row can be read as one of all lanes.
pub(crate) const PADDING: usize = LANES - N_LABELS;

/// How many sections there are.
pub(crate) const N_SECTIONS: usize = Section::Kinds as usize + 1;

/// How many of them, at the end, are the lexicon.
#[cfg(feature = "train")]
pub(crate) const N_LEXICON: usize = N_SECTIONS - Section::WordStarts as usize;

/// The sections of the lexicon of a model, to train another with it.
#[cfg(feature = "train")]
pub fn lexicon_of(bytes: &'static [u8]) -> Result<Vec<Vec<u8>>, ModelError> {
    let sections = sections(bytes)?;
    Ok(sections[N_SECTIONS - N_LEXICON..]
        .iter()
        .map(|section| section.to_vec())
        .collect())
}

/// The model's bytes are not a model of this program.
#[derive(Debug, Error)]
#[error("the recognizer's model is damaged or of another version: {0}")]
pub struct ModelError(&'static str);

/// A model, borrowed from its bytes.
#[derive(Debug, Clone)]
pub struct Model {
    /// What is known of words and phrases.
    pub lexicon: Lexicon,
    /// Scores from label to label.
    pub transitions: Transitions,
    /// The same as factors.
    pub factors: Factors,
    /// What one step of a weight is worth.
    pub step: f32,
    /// The network.
    pub net: Net,
    /// What frequent words add.
    pub memory: Memory,
    /// What the edge of a sentence adds.
    pub edge: Arc<Shares>,
    features: Table,
    weights: &'static [u8],
    calibration: Vec<f32>,
}

impl Model {
    /// Reads a model; no weights are copied.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let sections = sections(bytes)?;
        let section = |section: Section| sections[section as usize];
        let table = |starts: Section, prints: Section| Table::new(section(starts), section(prints));
        let numbers = floats(section(Section::Numbers));
        let Some((step, scores)) = numbers.split_first() else {
            return Err(ModelError("it has no transitions"));
        };
        if scores.len() != N_LABELS * N_LABELS {
            return Err(ModelError("its labels are others"));
        }
        let mut transitions = [[0.0; LANES]; LANES];
        for (n, score) in scores.iter().enumerate() {
            transitions[n / N_LABELS][n % N_LABELS] = *score;
        }
        bar(&mut transitions);
        let features = table(Section::FeatureStarts, Section::FeaturePrints);
        let weights = section(Section::Weights);
        if weights.len() != features.len() * N_LABELS + PADDING {
            return Err(ModelError("its weights are cut off"));
        }
        let mut model = Self {
            lexicon: Lexicon::new(
                table(Section::WordStarts, Section::WordPrints),
                section(Section::Clusters),
                table(Section::PhraseStarts, Section::PhrasePrints),
                section(Section::Kinds),
                section(Section::Codes),
                floats(section(Section::Book)),
            ),
            factors: Factors::new(&transitions),
            transitions,
            step: *step,
            memory: Memory::default(),
            edge: Arc::new(Shares::blank()),
            net: Net::from_numbers(&floats(section(Section::Net)))
                .ok_or(ModelError("its network is cut off"))?,
            features,
            weights,
            calibration: floats(section(Section::Calibration)),
        };
        model.edge = Arc::new(Shares::new(&model, &Word::default()));
        Ok(model)
    }

    /// Adds the weights of features to the sums. `rows` is room to work in.
    #[inline]
    pub fn add(&self, keys: &[u64], rows: &mut Vec<usize>, sums: &mut [i16; LANES]) {
        rows.clear();
        rows.extend(keys.iter().filter_map(|key| self.features.find(*key)));
        // Rows lie far apart. In a loop without branches the processor fetches the next while it adds one.
        for row in rows {
            let start = *row * N_LABELS;
            // The lanes behind the last label are never looked at; with them, the sum is a vector's.
            if let Some(weights) = self.weights[start..].first_chunk::<LANES>() {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i16::from(weight.cast_signed());
                }
            }
        }
    }

    /// Sums of weights as scores.
    #[must_use]
    pub fn scores(&self, sums: &[i16; LANES]) -> Row {
        sums.map(|sum| f32::from(sum) * self.step)
    }

    /// The share of right names among those that the model gives this probability.
    #[must_use]
    pub fn calibrated(&self, probability: f32) -> f32 {
        let Some(last) = self
            .calibration
            .len()
            .checked_sub(1)
            .filter(|last| *last > 0)
        else {
            return probability;
        };
        let place = probability.clamp(0.0, 1.0) * last as f32;
        let low = (place as usize).min(last - 1);
        let part = place - low as f32;
        self.calibration[low] * (1.0 - part) + self.calibration[low + 1] * part
    }
}

fn sections(bytes: &'static [u8]) -> Result<[&'static [u8]; N_SECTIONS], ModelError> {
    let body = bytes
        .strip_prefix(MAGIC)
        .ok_or(ModelError("its mark is missing"))?;
    let (lengths, mut rest) = body
        .split_at_checked(4 * N_SECTIONS)
        .ok_or(ModelError("it is cut off"))?;
    let mut sections: [&'static [u8]; N_SECTIONS] = [&[]; N_SECTIONS];
    for (section, length) in sections.iter_mut().zip(lengths.chunks_exact(4)) {
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]);
        (*section, rest) = rest
            .split_at_checked(length as usize)
            .ok_or(ModelError("it is cut off"))?;
    }
    Ok(sections)
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect()
}

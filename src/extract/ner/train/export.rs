//! Writes a model's bytes: the features that matter most with their weights as small integers, and the other sections.

use super::corpus::Corpus;
use super::crf::Weights;
use super::vectors;
use crate::extract::ner::decode::Row;
use crate::extract::ner::labels::N_LABELS;
use crate::extract::ner::model::{MAGIC, N_LEXICON, N_SECTIONS, Section};
use crate::extract::ner::table;

/// Features of a model: keys and weights.
#[derive(Debug, Default)]
pub struct Kept {
    keys: Vec<u64>,
    rows: Vec<Row>,
}

impl Kept {
    /// What one step of a weight is worth.
    fn step(&self) -> f32 {
        let weights = self.rows.iter().flatten();
        let largest = weights.fold(0_f32, |max, weight| max.max(weight.abs()));
        // Few weights are near the largest; letting those saturate leaves the others more steps.
        (largest * 0.6 / 127.0).max(f32::MIN_POSITIVE)
    }

    fn quantized(&self, step: f32) -> impl Iterator<Item = [u8; N_LABELS]> {
        let number = move |weight: f32| (weight / step).round().clamp(-127.0, 127.0) as i8;
        self.rows
            .iter()
            .map(move |row| std::array::from_fn(|label| number(row[label]).cast_unsigned()))
    }
}

/// The sections of the lexicon, from word vectors and phrases (hash and kinds).
#[must_use]
pub fn lexicon(vectors: &vectors::Kept, phrases: &[(u64, u8)]) -> Vec<Vec<u8>> {
    let keys: Vec<u64> = vectors.words.iter().map(|word| word.0).collect();
    let (word_starts, word_prints, words) = table::build(&keys);
    let keys: Vec<u64> = phrases.iter().map(|(phrase, _)| *phrase).collect();
    let (phrase_starts, phrase_prints, order) = table::build(&keys);
    let words = || words.iter().map(|n| &vectors.words[*n]);
    vec![
        word_starts,
        word_prints,
        words()
            .flat_map(|word| word.1)
            .flat_map(u16::to_le_bytes)
            .collect(),
        words().flat_map(|word| word.2).collect(),
        floats(vectors.book.iter()),
        phrase_starts,
        phrase_prints,
        order.iter().map(|n| phrases[*n].1).collect(),
    ]
}

/// The `n` features of a corpus that matter most.
#[must_use]
pub fn best(corpus: &Corpus, weights: &Weights, n: usize) -> Kept {
    let worth = |id: &usize| {
        let largest = weights.rows[*id]
            .iter()
            .fold(0_f32, |max, weight| max.max(weight.abs()));
        largest * (corpus.counts[*id] as f32).powf(0.25)
    };
    let mut kept: Vec<usize> = (0..corpus.keys.len()).collect();
    kept.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.cmp(b)));
    kept.truncate(n);
    Kept {
        keys: kept.iter().map(|id| corpus.keys[*id]).collect(),
        rows: kept.iter().map(|id| weights.rows[*id]).collect(),
    }
}

/// The bytes of a model with these features.
#[must_use]
pub fn to_bytes(
    kept: &Kept,
    weights: &Weights,
    lexicon: &[Vec<u8>],
    calibration: &[f32],
) -> Vec<u8> {
    let step = kept.step();
    let rows: Vec<_> = kept.quantized(step).collect();
    let (starts, prints, order) = table::build(&kept.keys);
    let transitions = weights.transitions[..N_LABELS]
        .iter()
        .flat_map(|row| &row[..N_LABELS]);
    let net = &weights.net;
    let net = net
        .first
        .iter()
        .flatten()
        .chain(&net.start)
        .chain(net.second.iter().flatten());
    let mut sections = vec![Vec::new(); N_SECTIONS];
    sections[Section::Numbers as usize] = floats(std::iter::once(&step).chain(transitions));
    sections[Section::FeatureStarts as usize] = starts;
    sections[Section::FeaturePrints as usize] = prints;
    sections[Section::Weights as usize] = order.iter().flat_map(|n| rows[*n]).collect();
    sections[Section::Net as usize] = floats(net);
    sections[Section::Calibration as usize] = floats(calibration.iter());
    sections.truncate(N_SECTIONS - N_LEXICON);
    sections.extend(lexicon.iter().cloned());
    let mut bytes = MAGIC.to_vec();
    bytes.extend(
        sections
            .iter()
            .flat_map(|section| (section.len() as u32).to_le_bytes()),
    );
    bytes.extend(sections.iter().flatten());
    bytes
}

fn floats<'a>(numbers: impl Iterator<Item = &'a f32>) -> Vec<u8> {
    numbers.flat_map(|number| number.to_le_bytes()).collect()
}

//! Writes a model's bytes: the features with their weights as small integers, and the other sections.

use super::corpus::Corpus;
use super::crf::Weights;
use super::vectors;
use crate::extract::ner::decode::Row;
use crate::extract::ner::labels::N_LABELS;
use crate::extract::ner::model::{MAGIC, N_LEXICON, N_SECTIONS, PADDING, Section};
use crate::extract::ner::table;

/// What one step of a weight is worth.
fn step(rows: &[Row]) -> f32 {
    let weights = rows.iter().flatten();
    let largest = weights.fold(0_f32, |max, weight| max.max(weight.abs()));
    // Few weights are near the largest; letting those saturate leaves the others more steps.
    (largest * 0.6 / 127.0).max(f32::MIN_POSITIVE)
}

fn quantized(row: &Row, step: f32) -> [u8; N_LABELS] {
    let number = |weight: f32| (weight / step).round().clamp(-127.0, 127.0) as i8;
    std::array::from_fn(|label| number(row[label]).cast_unsigned())
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

/// The bytes of a model with the features of a corpus.
#[must_use]
pub fn to_bytes(
    corpus: &Corpus,
    weights: &Weights,
    lexicon: &[Vec<u8>],
    calibration: &[f32],
) -> Vec<u8> {
    let step = step(&weights.rows);
    let (starts, prints, order) = table::build(&corpus.keys);
    let rows = order.iter().map(|id| quantized(&weights.rows[*id], step));
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
    sections[Section::Weights as usize] = rows.flatten().chain([0; PADDING]).collect();
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

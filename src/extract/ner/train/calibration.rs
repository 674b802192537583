//! How often a name is right that the model gives some probability: measured on documents that it did not learn from.

use super::corpus::Prepared;
use crate::extract::ner::decode::{Factors, Lattice, Row, Transitions, viterbi};
use crate::extract::ner::labels::names;

/// The curve has so many steps.
const STEPS: usize = 20;

/// How far around a point of the curve names are counted at the upper end; at the lower end, where there are few, twice as far.
const WIDTH: f32 = 0.04;

/// Names that were found, how likely the model thought them, and whether they are right.
#[derive(Debug, Default)]
pub struct Tried {
    found: Vec<(f32, bool)>,
}

/// Adds the names that the scores of a document's tokens give.
pub fn try_document(
    document: &Prepared,
    scores: &[Row],
    transitions: &Transitions,
    tried: &mut Tried,
) {
    let model = Factors::new(transitions);
    let mut lattice = Lattice::default();
    for sentence in &document.tokens.sentences {
        let rows = &scores[sentence.clone()];
        let gold = document.labels[sentence.clone()].iter();
        let gold: Vec<usize> = gold.map(|label| usize::from(*label)).collect();
        let gold = names(&gold);
        lattice.fill(rows, &model);
        for name in names(&viterbi(rows, transitions)) {
            let is_right = gold.contains(&name);
            tried
                .found
                .push((lattice.probability(&name, &model), is_right));
        }
    }
}

/// The share of right names at each of `STEPS + 1` probabilities; it never falls.
#[must_use]
pub fn curve(tried: &Tried) -> Vec<f32> {
    let mut highest = 0.0_f32;
    let share = |step: usize| {
        let at = step as f32 / STEPS as f32;
        // Ten names that are right as often as the model says keep thinly populated parts of the curve quiet.
        let (mut right, mut all) = (10.0 * at, 10.0);
        let near = |probability: f32| (probability - at).abs() <= WIDTH * (2.0 - at);
        for (_, is_right) in tried.found.iter().filter(|found| near(found.0)) {
            all += 1.0;
            right += f32::from(u8::from(*is_right));
        }
        highest = highest.max(right / all);
        highest
    };
    (0..=STEPS).map(share).collect()
}

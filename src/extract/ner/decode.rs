//! The best sequence of labels for a sentence (Viterbi), and how likely each of its names is (forward-backward).

use super::labels::{LANES, N_LABELS, Name, may_end, may_follow, may_start, of_name};

/// A score for each label; lanes behind the last label stay unused.
pub type Row = [f32; LANES];

/// Scores from label to label.
pub type Transitions = [Row; LANES];

/// The score of what may not be.
const NEVER: f32 = -1e4;

/// Bars transitions that the labels do not allow.
pub fn bar(transitions: &mut Transitions) {
    for (before, row) in transitions.iter_mut().enumerate() {
        for (label, score) in row.iter_mut().enumerate() {
            if before >= N_LABELS || label >= N_LABELS || !may_follow(before, label) {
                *score = NEVER;
            }
        }
    }
}

fn start_scores(transitions: &Transitions) -> Row {
    let mut row = transitions[0];
    for (label, score) in row.iter_mut().enumerate().take(N_LABELS) {
        if !may_start(label) {
            *score = NEVER;
        }
    }
    row
}

/// The best labels of a sentence.
#[must_use]
pub fn viterbi(emissions: &[Row], transitions: &Transitions) -> Vec<usize> {
    let Some(first) = emissions.first() else {
        return Vec::new();
    };
    let mut best = start_scores(transitions);
    for (score, emission) in best.iter_mut().zip(first) {
        *score += emission;
    }
    let mut back: Vec<[u32; LANES]> = Vec::with_capacity(emissions.len());
    for emission in &emissions[1..] {
        let mut top = [f32::MIN; LANES];
        let mut from = [0_u32; LANES];
        for before in 0..N_LABELS {
            let (score, row) = (best[before], &transitions[before]);
            for label in 0..LANES {
                let candidate = score + row[label];
                let is_better = candidate > top[label];
                top[label] = if is_better { candidate } else { top[label] };
                from[label] = if is_better {
                    before as u32
                } else {
                    from[label]
                };
            }
        }
        for (score, emission) in top.iter_mut().zip(emission) {
            *score += emission;
        }
        best = top;
        back.push(from);
    }
    let mut label = 0;
    for other in 1..N_LABELS {
        if may_end(other) && best[other] > best[label] {
            label = other;
        }
    }
    let mut labels = vec![label; emissions.len()];
    for (at, from) in back.iter().enumerate().rev() {
        label = from[label] as usize;
        labels[at] = label;
    }
    labels
}

/// What forward-backward needs of a model: its transitions as factors.
#[derive(Debug, Clone)]
pub struct Factors {
    start: Row,
    /// By label before, then label.
    pub steps: Transitions,
    /// The same the other way round.
    turned: Transitions,
}

impl Factors {
    /// Of transitions whose impossible ones are barred.
    #[must_use]
    pub fn new(transitions: &Transitions) -> Self {
        let steps = transitions.map(|row| row.map(f32::exp));
        let mut turned = [[0.0; LANES]; LANES];
        for (before, row) in steps.iter().enumerate() {
            for (label, factor) in row.iter().enumerate() {
                turned[label][before] = *factor;
            }
        }
        Self {
            start: start_scores(transitions).map(f32::exp),
            steps,
            turned,
        }
    }
}

/// Forward and backward sums of a sentence, scaled so that their product at a token is the distribution of its label.
#[derive(Debug, Clone, Default)]
pub struct Lattice {
    /// Sums up to and with a token.
    pub forward: Vec<Row>,
    /// Sums behind a token.
    pub backward: Vec<Row>,
    /// The emissions as factors, each divided by the scale of its token.
    pub factors: Vec<Row>,
}

impl Lattice {
    /// Fills the lattice for a sentence.
    pub fn fill(&mut self, emissions: &[Row], model: &Factors) {
        self.forward.clear();
        self.factors.clear();
        for emission in emissions {
            let top = emission[..N_LABELS]
                .iter()
                .copied()
                .fold(f32::MIN, f32::max);
            let mut factors = [0.0; LANES];
            for (factor, score) in factors.iter_mut().zip(emission).take(N_LABELS) {
                *factor = (score - top).max(-60.0).exp();
            }
            let mut sums = [0.0; LANES];
            match self.forward.last() {
                None => sums = model.start,
                Some(last) => {
                    for (before, sum) in last.iter().enumerate().take(N_LABELS) {
                        for (target, step) in sums.iter_mut().zip(&model.steps[before]) {
                            *target += sum * step;
                        }
                    }
                }
            }
            for (sum, factor) in sums.iter_mut().zip(&factors) {
                *sum *= factor;
            }
            let scale = 1.0 / sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            self.forward.push(sums.map(|sum| sum * scale));
            self.factors.push(factors.map(|factor| factor * scale));
        }
        self.fill_backward(model);
    }

    fn fill_backward(&mut self, model: &Factors) {
        let n = self.forward.len();
        self.backward.clear();
        self.backward.resize(n, [0.0; LANES]);
        let Some(last) = self.forward.last() else {
            return;
        };
        let mut row = [0.0; LANES];
        let mut reachable = 0.0;
        for label in (0..N_LABELS).filter(|label| may_end(*label)) {
            row[label] = 1.0;
            reachable += last[label];
        }
        let row = row.map(|one| one / reachable.max(f32::MIN_POSITIVE));
        self.backward[n - 1] = row;
        for at in (0..n - 1).rev() {
            let mut sums = [0.0; LANES];
            for label in 0..N_LABELS {
                let behind = self.backward[at + 1][label] * self.factors[at + 1][label];
                for (target, step) in sums.iter_mut().zip(&model.turned[label]) {
                    *target += behind * step;
                }
            }
            self.backward[at] = sums;
        }
    }

    /// The probability of a name, its bounds and class.
    #[must_use]
    pub fn probability(&self, name: &Name, model: &Factors) -> f32 {
        let mut labels = of_name(name);
        let Some(mut label) = labels.next() else {
            return 0.0;
        };
        let mut probability = self.forward[name.tokens.start][label];
        for (at, next) in (name.tokens.start + 1..).zip(labels) {
            probability *= model.steps[label][next] * self.factors[at][next];
            label = next;
        }
        probability * self.backward[name.tokens.end - 1][label]
    }
}

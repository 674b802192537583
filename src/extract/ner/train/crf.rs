//! A linear-chain conditional random field and its network, trained by AdaGrad on one sentence after the other, with L2 and
//! feature dropout.

use std::ops::Range;

use super::corpus::{Corpus, FORM};
use super::random::Random;
use super::slopes::Learner;
use crate::extract::ner::decode::{Factors, Lattice, Row, Transitions, bar};
use crate::extract::ner::labels::{LANES, N_LABELS};
use crate::extract::ner::net::{HIDDEN, Hidden, Input, Net, input};
use crate::extract::ner::words::Case;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: usize,
    /// The first step's length; it falls to nothing in a straight line.
    pub rate: f32,
    /// The weight of the squared weights.
    pub l2: f32,
    /// The share of features that a step does not see.
    pub dropout: f32,
    /// The network's first step's length.
    pub net_rate: f32,
    /// The share of hidden units that sit out.
    pub net_dropout: f32,
    /// The share of tokens that are learnt from as words never met before: without their forms.
    pub blind: f32,
}

/// Trained weights: a row for each feature, transitions, and the network.
#[derive(Debug, Clone)]
pub struct Weights {
    /// By feature.
    pub rows: Vec<Row>,
    /// By label before, then label; barred.
    pub transitions: Transitions,
    /// The network.
    pub net: Net,
}

/// Differences that a step does not bother with.
const CLOSE: f32 = 0.003;

const SEED: u64 = 20_240_101;

/// Trains on a corpus; it is left with the `n_features` features that matter most.
#[must_use]
pub fn train(mut corpus: Corpus, settings: &Settings, n_features: usize) -> (Corpus, Weights) {
    let mut trainer = Trainer::new(&corpus, settings);
    let mut order: Vec<usize> = (0..corpus.sentences.len()).collect();
    let n_steps = (settings.epochs * order.len()) as f32;
    let mut step = 0.0;
    for _ in 0..settings.epochs {
        trainer.random.shuffle(&mut order);
        for n in &order {
            trainer.step(&corpus, &corpus.sentences[*n], 1.0 - step / n_steps);
            step += 1.0;
        }
    }
    trainer.keep_best(&mut corpus, n_features);
    trainer.weights.net = trainer.learner.net;
    (corpus, trainer.weights)
}

struct Trainer<'a> {
    settings: &'a Settings,
    weights: Weights,
    squares: Vec<Row>,
    transition_squares: Transitions,
    random: Random,
    seen: Vec<u32>,
    ends: Vec<usize>,
    scores: Vec<Row>,
    lattice: Lattice,
    learner: Learner,
    edge: Input,
}

impl<'a> Trainer<'a> {
    fn new(corpus: &Corpus, settings: &'a Settings) -> Self {
        let mut random = Random(SEED);
        let learner = Learner::new(&mut random);
        let mut transitions = [[0.0; LANES]; LANES];
        bar(&mut transitions);
        Self {
            weights: Weights {
                rows: vec![[0.0; LANES]; corpus.keys.len()],
                transitions,
                net: learner.net.clone(),
            },
            settings,
            squares: vec![[1e-6; LANES]; corpus.keys.len()],
            transition_squares: [[1e-6; LANES]; LANES],
            random,
            seen: Vec::new(),
            ends: Vec::new(),
            scores: Vec::new(),
            lattice: Lattice::default(),
            learner,
            edge: input(None, Case::default()),
        }
    }

    /// Drops all but the `n` features that matter most.
    fn keep_best(&mut self, corpus: &mut Corpus, n: usize) {
        let worth = |id: &usize| {
            let weights = self.weights.rows[*id].iter();
            let largest = weights.fold(0_f32, |max, weight| max.max(weight.abs()));
            largest * (corpus.counts[*id] as f32).powf(0.25)
        };
        let mut kept: Vec<usize> = (0..corpus.keys.len()).collect();
        kept.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.cmp(b)));
        kept.truncate(n);
        kept.sort_unstable();
        self.weights.rows = kept.iter().map(|id| self.weights.rows[*id]).collect();
        corpus.keep(&kept);
    }

    /// A step on one sentence; `part` of the first rate is left.
    fn step(&mut self, corpus: &Corpus, tokens: &Range<usize>, part: f32) {
        self.score(corpus, tokens.clone());
        let inputs: Vec<&Input> = tokens
            .clone()
            .map(|at| &corpus.inputs[corpus.words[at] as usize])
            .collect();
        let mask = self.mask();
        self.learner
            .forward(&inputs, &self.edge, &mask, &mut self.scores);
        let model = Factors::new(&self.weights.transitions);
        self.lattice.fill(&self.scores, &model);
        let mut start = 0;
        for (n, at) in tokens.clone().enumerate() {
            let gold = corpus.labels[at] as usize;
            let mut slope = self.lattice.forward[n];
            for (slope, backward) in slope.iter_mut().zip(&self.lattice.backward[n]) {
                *slope *= backward;
            }
            slope[gold] -= 1.0;
            if slope[gold] < -CLOSE {
                self.learner.backward(&inputs, &self.edge, &mask, n, &slope);
                self.step_rows(corpus, start..self.ends[n], &slope, part);
            }
            start = self.ends[n];
        }
        self.learner.step(self.settings.net_rate * part);
        self.step_transitions(&corpus.labels[tokens.clone()], &model, part);
    }

    fn mask(&mut self) -> Hidden {
        let share = self.settings.net_dropout;
        let mut mask = [1.0 / (1.0 - share); HIDDEN];
        for unit in &mut mask {
            if self.random.part() < share {
                *unit = 0.0;
            }
        }
        mask
    }

    fn score(&mut self, corpus: &Corpus, tokens: Range<usize>) {
        self.seen.clear();
        self.ends.clear();
        self.scores.clear();
        let dropout = self.settings.dropout;
        for at in tokens {
            let mut sums = [0.0; LANES];
            let is_blind = self.random.part() < self.settings.blind;
            for feature in &corpus.features[corpus.starts[at]..corpus.starts[at + 1]] {
                if self.random.part() < dropout || is_blind && feature & FORM != 0 {
                    continue;
                }
                let id = feature & !FORM;
                self.seen.push(id);
                for (sum, weight) in sums.iter_mut().zip(&self.weights.rows[id as usize]) {
                    *sum += weight;
                }
            }
            self.ends.push(self.seen.len());
            self.scores.push(sums.map(|sum| sum / (1.0 - dropout)));
        }
    }

    fn step_rows(&mut self, corpus: &Corpus, seen: Range<usize>, slope: &Row, part: f32) {
        let rate = self.settings.rate * part;
        let scale = 1.0 / (1.0 - self.settings.dropout);
        for id in &self.seen[seen] {
            let id = *id as usize;
            let decay = self.settings.l2 / corpus.counts[id] as f32;
            let weights = self.weights.rows[id].iter_mut();
            for ((weight, square), slope) in weights.zip(&mut self.squares[id]).zip(slope) {
                let slope = slope * scale + decay * *weight;
                *square += slope * slope;
                *weight -= rate * slope / square.sqrt();
            }
        }
    }

    fn step_transitions(&mut self, labels: &[u8], model: &Factors, part: f32) {
        let mut slopes: Transitions = [[0.0; LANES]; LANES];
        let lattice = &self.lattice;
        for n in 1..labels.len() {
            let mut behind = lattice.factors[n];
            for (behind, backward) in behind.iter_mut().zip(&lattice.backward[n]) {
                *behind *= backward;
            }
            for (before, slopes) in slopes.iter_mut().enumerate().take(N_LABELS) {
                let sum = lattice.forward[n - 1][before];
                if sum < 1e-6 {
                    continue;
                }
                let steps = model.steps[before].iter().zip(&behind);
                for (slope, (step, behind)) in slopes.iter_mut().zip(steps) {
                    *slope += sum * step * behind;
                }
            }
            slopes[labels[n - 1] as usize][labels[n] as usize] -= 1.0;
        }
        let rows = self
            .weights
            .transitions
            .iter_mut()
            .zip(&mut self.transition_squares);
        for ((row, squares), slopes) in rows.zip(&slopes) {
            for ((weight, square), slope) in row.iter_mut().zip(squares).zip(slopes) {
                // Those that are barred stay so.
                if *weight > -1e3 {
                    *square += slope * slope;
                    *weight -= self.settings.rate * part * slope / square.sqrt();
                }
            }
        }
    }
}

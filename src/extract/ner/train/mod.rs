//! Trains the recognizer from token-tag files and word vectors. Deterministic: the same files give the same bytes.

pub mod calibration;
pub mod corpus;
pub mod crf;
pub mod export;
pub mod gold;
pub mod headlines;
pub mod means;
pub mod phrases;
pub mod random;
pub mod score;
pub mod slopes;
pub mod spellings;
pub mod vectors;

use std::thread;

use anyhow::Context;

use self::calibration::{Tried, curve, try_document};
use self::corpus::{Corpus, Prepared};
use self::crf::{Settings, Weights};
use self::export::to_bytes;
use self::gold::Gold;
use super::features::all_keys;
use super::lexicon::Lexicon;
use super::model::Model;
use super::recognize::scores;

/// Confidence is measured on every so-manieth document, with a model that did not learn from it.
const KEPT_BACK: usize = 4;

/// Rarer features are left out.
const RARE: u32 = 2;

/// The share of short sentences that are shown as headlines.
const HEADLINES: f32 = 0.04;

/// The share of abbreviations that are shown with points.
const POINTS: f32 = 0.4;

/// How the model is trained.
const SETTINGS: Settings = Settings {
    epochs: 24,
    rate: 0.05,
    l2: 0.1,
    dropout: 0.7,
    net_rate: 0.02,
    net_dropout: 0.2,
    blind: 0.0,
};

/// What to learn from.
#[derive(Debug)]
struct Lesson<'a> {
    prepared: Vec<Prepared>,
    lexicon: &'a [Vec<u8>],
    n_features: usize,
    settings: Settings,
}

/// The model's bytes, trained on `documents` with a lexicon's sections; at most `n_features` features are kept. Two threads.
pub fn train(
    documents: &[Gold],
    lexicon: &[Vec<u8>],
    n_features: usize,
    epochs: Option<usize>,
) -> anyhow::Result<Vec<u8>> {
    let mut lesson = Lesson {
        prepared: Vec::new(),
        lexicon,
        n_features,
        settings: Settings {
            epochs: epochs.unwrap_or(SETTINGS.epochs),
            ..SETTINGS
        },
    };
    let (nothing, untrained) = lesson.learn(|_| true);
    let known = lesson.model(&nothing, &untrained)?.lexicon;
    let prepared = documents.iter().enumerate().map(|(n, gold)| {
        let gold = spellings::vary(&spellings::part_places(gold), n, POINTS);
        Prepared::new(&headlines::vary(&gold, n, HEADLINES), &known)
    });
    lesson.prepared = prepared.collect();
    let (whole, curve) = thread::scope(|scope| {
        let whole = scope.spawn(|| lesson.learn(|_| true));
        let curve = lesson.measure(documents, &known);
        (whole.join(), curve)
    });
    let (corpus, weights) = whole.ok().context("a thread of the training failed")?;
    Ok(to_bytes(&corpus, &weights, lexicon, &curve?))
}

impl Lesson<'_> {
    fn learn(&self, is_chosen: impl Fn(usize) -> bool) -> (Corpus, Weights) {
        let mut corpus = Corpus::default();
        for (n, document) in self.prepared.iter().enumerate() {
            if is_chosen(n) {
                corpus.add(document, |sentence, at, keys| {
                    all_keys(&document.document, sentence, at, keys);
                });
            }
        }
        corpus.drop_rare(RARE);
        crf::train(corpus, &self.settings, self.n_features)
    }

    fn model(&self, corpus: &Corpus, weights: &Weights) -> anyhow::Result<Model> {
        // A model is read in place, and the trainer ends soon.
        let bytes = to_bytes(corpus, weights, self.lexicon, &[]).leak();
        Ok(Model::from_bytes(bytes)?)
    }

    /// The curve of confidence.
    fn measure(&self, documents: &[Gold], known: &Lexicon) -> anyhow::Result<Vec<f32>> {
        let is_kept_back = |n: usize| n % KEPT_BACK == 1;
        let (corpus, weights) = self.learn(|n| !is_kept_back(n));
        let model = self.model(&corpus, &weights)?;
        let mut tried = Tried::default();
        let kept_back = documents.iter().enumerate();
        for (_, gold) in kept_back.filter(|(n, _)| is_kept_back(*n)) {
            // As it is printed, without made headlines.
            let document = Prepared::new(&spellings::part_places(gold), known);
            let scores = scores(&model, &document.document, &document.tokens);
            try_document(&document, &scores, &model.transitions, &mut tried);
        }
        Ok(curve(&tried))
    }
}

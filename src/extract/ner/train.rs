//! Trains the model from token-tag files: an averaged structured perceptron (Collins 2002), deterministic.

use super::features::{N_ROWS, rows};
use super::model::{CLASSES, N_LABELS, to_bytes, viterbi};
use crate::text::token::tokenize;

/// A document rendered as text, with its names as byte spans and classes (indices into [`CLASSES`]).
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// The text: one sentence a line.
    pub text: String,
    /// Start, end (bytes) and class of each name.
    pub names: Vec<(usize, usize, usize)>,
}

/// Reads `token<TAB>tag` lines with BIO tags; `-DOCSTART-` opens a document, an empty line ends a sentence.
#[must_use]
pub fn read_tsv(tsv: &str) -> Vec<Gold> {
    let mut documents: Vec<Gold> = Vec::new();
    let mut glued = true;
    for line in tsv.lines() {
        if line.starts_with("-DOCSTART-") {
            documents.push(Gold::default());
            continue;
        }
        let Some(document) = documents.last_mut() else {
            continue;
        };
        let Some((token, tag)) = line
            .split_once('\t')
            .filter(|(token, _)| !token.trim().is_empty())
        else {
            if !document.text.is_empty() && !document.text.ends_with('\n') {
                document.text.push('\n');
            }
            glued = true;
            continue;
        };
        if !glued && !hugs_left(token) {
            document.text.push(' ');
        }
        glued = matches!(token, "(" | "[" | "{" | "“" | "‘" | "$" | "£" | "€" | "#");
        let start = document.text.len();
        document.text.push_str(token);
        note(document, start, tag.trim());
    }
    documents
}

fn hugs_left(token: &str) -> bool {
    matches!(
        token,
        "." | ","
            | ";"
            | ":"
            | "!"
            | "?"
            | "%"
            | ")"
            | "}"
            | "]"
            | "’"
            | "”"
            | "'s"
            | "’s"
            | "n't"
            | "n’t"
            | "'re"
            | "’re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
    )
}

fn note(document: &mut Gold, start: usize, tag: &str) {
    let end = document.text.len();
    let Some((position, class)) = tag.split_once('-') else {
        return;
    };
    let Some(class) = CLASSES.iter().position(|known| *known == class) else {
        return;
    };
    match document.names.last_mut() {
        Some(last) if position == "I" && last.2 == class => last.1 = end,
        _ => document.names.push((start, end, class)),
    }
}

struct Sentence {
    rows: Vec<Vec<u32>>,
    labels: Vec<usize>,
}

fn sentences(gold: &Gold) -> Vec<Sentence> {
    let tokens = tokenize(&gold.text);
    let all = rows(&gold.text, &tokens);
    let mut labels = vec![0; tokens.ranges.len()];
    for (start, end, class) in &gold.names {
        let mut inside = 0;
        for (label, range) in labels.iter_mut().zip(&tokens.ranges) {
            if range.start >= *start && range.end <= *end {
                *label = 1 + 2 * class + inside;
                inside = 1;
            }
        }
    }
    let cut = |range: &std::ops::Range<usize>| Sentence {
        rows: all[range.clone()].to_vec(),
        labels: labels[range.clone()].to_vec(),
    };
    tokens.sentences.iter().map(cut).collect()
}

/// Weights with their running sum, so that the average over all steps costs one pass at the end.
struct Averaged {
    now: Vec<f32>,
    sum: Vec<f32>,
}

impl Averaged {
    fn new(size: usize) -> Self {
        Self {
            now: vec![0.0; size],
            sum: vec![0.0; size],
        }
    }

    fn add(&mut self, at: usize, amount: f32, step: f32) {
        self.now[at] += amount;
        self.sum[at] += amount * step;
    }

    fn average(self, steps: f32) -> Vec<f32> {
        self.now
            .iter()
            .zip(&self.sum)
            .map(|(now, sum)| now - sum / steps)
            .collect()
    }
}

/// Trains on `documents` for `epochs` passes in a fixed pseudo-random order; the model's bytes.
#[must_use]
pub fn train(documents: &[Gold], epochs: usize, mut progress: impl FnMut(usize, usize)) -> Vec<u8> {
    let sentences: Vec<Sentence> = documents.iter().flat_map(sentences).collect();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut weights = Averaged::new(N_ROWS * N_LABELS);
    let mut transitions = Averaged::new(N_LABELS * N_LABELS);
    let (mut seed, mut step) = (20_240_101_u64, 1.0_f32);
    for epoch in 0..epochs {
        shuffle(&mut order, &mut seed);
        let mut n_wrong = 0;
        for n in &order {
            let sentence = &sentences[*n];
            let guess = decode(sentence, &weights.now, &transitions.now);
            n_wrong += guess
                .iter()
                .zip(&sentence.labels)
                .filter(|(a, b)| a != b)
                .count();
            update(&mut weights, &mut transitions, sentence, &guess, step);
            step += 1.0;
        }
        progress(epoch, n_wrong);
    }
    to_bytes(&transitions.average(step), &weights.average(step))
}

fn decode(sentence: &Sentence, weights: &[f32], transitions: &[f32]) -> Vec<usize> {
    let emission = |rows: &Vec<u32>| {
        let mut scores = [0.0_f32; N_LABELS];
        for row in rows {
            let start = *row as usize * N_LABELS;
            for (score, weight) in scores.iter_mut().zip(&weights[start..start + N_LABELS]) {
                *score += weight;
            }
        }
        scores
    };
    let emissions: Vec<[f32; N_LABELS]> = sentence.rows.iter().map(emission).collect();
    let mut table = [[0.0; N_LABELS]; N_LABELS];
    for (n, weight) in transitions.iter().enumerate() {
        table[n / N_LABELS][n % N_LABELS] = *weight;
    }
    viterbi(&emissions, &table).labels
}

fn update(
    weights: &mut Averaged,
    transitions: &mut Averaged,
    sentence: &Sentence,
    guess: &[usize],
    step: f32,
) {
    let (mut gold_before, mut guess_before) = (0, 0);
    for ((rows, gold), guess) in sentence.rows.iter().zip(&sentence.labels).zip(guess) {
        if gold != guess {
            for row in rows {
                weights.add(*row as usize * N_LABELS + gold, 1.0, step);
                weights.add(*row as usize * N_LABELS + guess, -1.0, step);
            }
        }
        if (gold_before, gold) != (guess_before, guess) {
            transitions.add(gold_before * N_LABELS + gold, 1.0, step);
            transitions.add(guess_before * N_LABELS + guess, -1.0, step);
        }
        (gold_before, guess_before) = (*gold, *guess);
    }
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for n in (1..order.len()).rev() {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(n, (*seed >> 33) as usize % (n + 1));
    }
}

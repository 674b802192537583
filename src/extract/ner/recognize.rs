//! Runs the model over a document: what a single word adds is summed once for each distinct word, pairs for each token, then
//! each sentence gets its best labels.

use std::ops::Range;
use std::sync::Arc;

use super::decode::{Lattice, Row, viterbi};
use super::document::Document;
use super::features::token_keys;
use super::labels::{LANES, Name, names};
use super::model::Model;
use super::net::SPAN;
use super::shares::{Shares, Sums};
use super::words::REACH;
use crate::text::token::Tokens;

/// A name and how likely it is right.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its tokens and class.
    pub name: Name,
    /// The model's own probability, not yet calibrated.
    pub probability: f32,
}

/// Longer documents are taken in parts of about so many tokens, so that memory stays bounded.
const MAX_TOKENS: usize = 20_000;

/// The names of a document, in order.
#[must_use]
pub fn recognize(model: &Model, text: &str, tokens: &Tokens) -> Vec<Found> {
    if tokens.ranges.len() <= MAX_TOKENS {
        return recognize_part(model, text, tokens);
    }
    let mut found = Vec::new();
    let mut sentences = &tokens.sentences[..];
    while let Some(first) = sentences.first() {
        let is_near = |sentence: &Range<usize>| sentence.end <= first.start + MAX_TOKENS;
        let n = sentences.partition_point(is_near).max(1);
        let end = sentences[n - 1].end;
        let moved =
            |sentence: &Range<usize>| sentence.start - first.start..sentence.end - first.start;
        let part = Tokens {
            ranges: tokens.ranges[first.start..end].to_vec(),
            sentences: sentences[..n].iter().map(moved).collect(),
        };
        for mut one in recognize_part(model, text, &part) {
            let place = &mut one.name.tokens;
            *place = place.start + first.start..place.end + first.start;
            found.push(one);
        }
        sentences = &sentences[n..];
    }
    found
}

fn recognize_part(model: &Model, text: &str, tokens: &Tokens) -> Vec<Found> {
    let document = Document::new(text, tokens, &model.lexicon);
    let scores = scores(model, &document, tokens);
    let (mut lattice, mut found) = (Lattice::default(), Vec::new());
    for sentence in &tokens.sentences {
        add_names(
            model,
            &scores[sentence.clone()],
            sentence.start,
            &mut lattice,
            &mut found,
        );
    }
    found
}

/// The scores of each token's labels.
#[must_use]
pub fn scores(model: &Model, document: &Document, tokens: &Tokens) -> Vec<Row> {
    let shares = Shares::of_document(model, document);
    let (mut keys, mut rows) = (Vec::new(), Vec::new());
    let mut scores = Vec::with_capacity(document.ids.len());
    for (number, sentence) in tokens.sentences.iter().enumerate() {
        for at in sentence.clone() {
            let mut sums: Sums = [0; LANES];
            let mut hidden = model.net.start;
            for place in 0..SPAN {
                let share = share_at(document, &shares, &model.edge, sentence, at + place);
                for (sum, more) in sums.iter_mut().zip(&share.sums[place]) {
                    *sum += more;
                }
                for (sum, more) in hidden.iter_mut().zip(&share.hidden[place]) {
                    *sum += more;
                }
            }
            keys.clear();
            token_keys(document, (number, sentence), at, &mut keys);
            model.add(&keys, &mut rows, &mut sums);
            let mut row = model.scores(&sums);
            model.net.add_scores(&hidden, &mut row);
            scores.push(row);
        }
    }
    scores
}

fn share_at<'a>(
    document: &Document,
    shares: &'a [Arc<Shares>],
    edge: &'a Shares,
    sentence: &Range<usize>,
    place: usize,
) -> &'a Shares {
    let at = place.wrapping_sub(REACH);
    if sentence.contains(&at) {
        &shares[document.ids[at] as usize]
    } else {
        edge
    }
}

/// The names of a sentence with their probabilities.
fn add_names(
    model: &Model,
    scores: &[Row],
    start: usize,
    lattice: &mut Lattice,
    found: &mut Vec<Found>,
) {
    let names = names(&viterbi(scores, &model.transitions));
    if names.is_empty() {
        return;
    }
    lattice.fill(scores, &model.factors);
    for name in names {
        let probability = lattice.probability(&name, &model.factors);
        let tokens = name.tokens.start + start..name.tokens.end + start;
        found.push(Found {
            name: Name { tokens, ..name },
            probability,
        });
    }
}

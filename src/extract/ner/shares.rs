//! What a word adds to the scores at each place of the window in which it is seen. Frequent words are remembered from document
//! to document.

use std::sync::{Arc, Mutex, PoisonError};

use super::document::{ByHash, Document};
use super::labels::LANES;
use super::model::Model;
use super::net::{HIDDEN, Hidden, SPAN};
use super::words::{REACH, Word};

/// Sums of weights.
pub type Sums = [i16; LANES];

/// So many words are remembered, in about 25 MB: the first ones, among which are all the frequent ones.
const MAX_REMEMBERED: usize = 16_000;

/// What a word adds.
#[derive(Debug)]
pub struct Shares {
    /// To the sums of weights, by place.
    pub sums: [Sums; SPAN],
    /// To the network's hidden layer, by place.
    pub hidden: [Hidden; SPAN],
}

/// The words that are remembered.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<ByHash<Arc<Shares>>>>);

impl Shares {
    /// Of nothing.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            sums: [[0; LANES]; SPAN],
            hidden: [[0.0; HIDDEN]; SPAN],
        }
    }

    /// Of a word.
    #[must_use]
    pub fn new(model: &Model, word: &Word) -> Self {
        let input = word.input(&model.lexicon);
        let mut shares = Self::blank();
        let (mut keys, mut rows) = (Vec::new(), Vec::new());
        for place in 0..SPAN {
            keys.clear();
            if place == REACH {
                word.own_keys(&mut keys);
            } else {
                word.neighbour_keys(place as isize - REACH as isize, &mut keys);
            }
            model.add(&keys, &mut rows, &mut shares.sums[place]);
            shares.hidden[place] = model.net.share(place, &input);
        }
        shares
    }

    /// Of each distinct word of a document.
    #[must_use]
    pub fn of_document(model: &Model, document: &Document) -> Vec<Arc<Self>> {
        // The lock is not held while shares are worked out.
        let known: Vec<Option<Arc<Self>>> = {
            let memory = model
                .memory
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let words = document.words.iter();
            words.map(|word| memory.get(&word.exact).cloned()).collect()
        };
        let mut new = Vec::new();
        let mut shares = Vec::with_capacity(known.len());
        for (word, known) in document.words.iter().zip(known) {
            shares.push(known.unwrap_or_else(|| {
                let shares = Arc::new(Self::new(model, word));
                new.push((word.exact, Arc::clone(&shares)));
                shares
            }));
        }
        if !new.is_empty() {
            let mut memory = model
                .memory
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let room = MAX_REMEMBERED.saturating_sub(memory.len());
            memory.extend(new.into_iter().take(room));
        }
        shares
    }
}

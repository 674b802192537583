//! Training documents as numbered features and labels.

use std::collections::hash_map::Entry;
use std::ops::Range;

use super::gold::Gold;
use crate::extract::ner::document::{ByHash, Document};
use crate::extract::ner::labels::{Name, of_name};
use crate::extract::ner::lexicon::Lexicon;
use crate::extract::ner::net::Input;
use crate::extract::ner::words::Word;
use crate::text::token::{Tokens, tokenize};

/// A document made ready.
#[derive(Debug)]
pub struct Prepared {
    /// Its tokens and sentences.
    pub tokens: Tokens,
    /// Its words and runs.
    pub document: Document,
    /// The label of each token.
    pub labels: Vec<u8>,
}

impl Prepared {
    /// Prepares a document.
    #[must_use]
    pub fn new(gold: &Gold, lexicon: &Lexicon) -> Self {
        let tokens = tokenize(&gold.text);
        Self {
            document: Document::new(&gold.text, &tokens, lexicon),
            labels: labels(gold, &tokens),
            tokens,
        }
    }
}

/// Documents as features, one token behind the other.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The key of each feature that is kept.
    pub keys: Vec<u64>,
    /// How often each is seen.
    pub counts: Vec<u32>,
    /// The features of all tokens.
    pub features: Vec<u32>,
    /// Where each token's features start; one more at the end.
    pub starts: Vec<usize>,
    /// The label of each token.
    pub labels: Vec<u8>,
    /// What the network sees of each distinct word.
    pub inputs: Vec<Input>,
    /// The distinct word of each token.
    pub words: Vec<u32>,
    /// Tokens of each sentence.
    pub sentences: Vec<Range<usize>>,
    index: ByHash<u32>,
}

impl Corpus {
    /// Adds a document; `keys_of` gives the features of a token by the number of its sentence, the sentence and its place.
    pub fn add(
        &mut self,
        prepared: &Prepared,
        mut keys_of: impl FnMut((usize, &Range<usize>), usize, &mut Vec<u64>),
    ) {
        let first = self.labels.len();
        let base = self.inputs.len() as u32;
        let document = &prepared.document;
        self.inputs.extend(document.words.iter().map(Word::input));
        self.words.extend(document.ids.iter().map(|id| base + id));
        self.labels.extend(&prepared.labels);
        let mut keys = Vec::new();
        for (number, sentence) in prepared.tokens.sentences.iter().enumerate() {
            for at in sentence.clone() {
                keys.clear();
                keys_of((number, sentence), at, &mut keys);
                self.starts.push(self.features.len());
                for key in &keys {
                    let id = self.id_of(*key);
                    self.features.push(id);
                }
            }
            self.sentences
                .push(first + sentence.start..first + sentence.end);
        }
    }

    fn id_of(&mut self, key: u64) -> u32 {
        match self.index.entry(key) {
            Entry::Occupied(entry) => {
                self.counts[*entry.get() as usize] += 1;
                *entry.get()
            }
            Entry::Vacant(entry) => {
                self.keys.push(key);
                self.counts.push(1);
                *entry.insert(self.keys.len() as u32 - 1)
            }
        }
    }

    /// Leaves out features seen fewer than `rare` times; nothing is added afterwards.
    #[must_use]
    pub fn without_rare(mut self, rare: u32) -> Self {
        self.index = ByHash::default();
        let mut kept = vec![u32::MAX; self.keys.len()];
        let mut n = 0;
        for (id, new) in kept.iter_mut().enumerate() {
            if self.counts[id] >= rare {
                *new = n as u32;
                self.keys[n] = self.keys[id];
                self.counts[n] = self.counts[id];
                n += 1;
            }
        }
        self.keys.truncate(n);
        self.counts.truncate(n);
        self.starts.push(self.features.len());
        let mut features = Vec::with_capacity(self.features.len());
        for at in 0..self.labels.len() {
            let range = self.starts[at]..self.starts[at + 1];
            self.starts[at] = features.len();
            let ids = self.features[range].iter().map(|id| kept[*id as usize]);
            features.extend(ids.filter(|id| *id != u32::MAX));
        }
        self.starts[self.labels.len()] = features.len();
        self.features = features;
        self
    }
}

fn labels(gold: &Gold, tokens: &Tokens) -> Vec<u8> {
    let mut labels = vec![0; tokens.ranges.len()];
    for (bytes, class) in &gold.names {
        let start = tokens
            .ranges
            .partition_point(|token| token.start < bytes.start);
        let end = tokens
            .ranges
            .partition_point(|token| token.end <= bytes.end);
        // A name does not cross a sentence's end, whatever the annotators thought of it.
        let sentence = tokens
            .sentences
            .partition_point(|sentence| sentence.end <= start);
        let end = tokens
            .sentences
            .get(sentence)
            .map_or(end, |sentence| end.min(sentence.end));
        if start >= end {
            continue;
        }
        let name = Name {
            tokens: start..end,
            class: *class,
        };
        for (label, of_name) in labels[start..end].iter_mut().zip(of_name(&name)) {
            *label = of_name as u8;
        }
    }
    labels
}

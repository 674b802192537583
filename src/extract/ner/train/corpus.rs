//! Training documents as numbered features and labels.

use std::collections::hash_map::Entry;
use std::ops::Range;

use super::gold::Gold;
use crate::extract::ner::document::{ByHash, Document};
use crate::extract::ner::labels::{Name, of_name};
use crate::extract::ner::lexicon::Lexicon;
use crate::extract::ner::net::Input;
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
    /// What the network sees of each of its words.
    pub inputs: Vec<Input>,
}

impl Prepared {
    /// Prepares a document.
    #[must_use]
    pub fn new(gold: &Gold, lexicon: &Lexicon) -> Self {
        let tokens = tokenize(&gold.text);
        let document = Document::new(&gold.text, &tokens, lexicon);
        let inputs = document.words.iter().map(|word| word.input(lexicon));
        Self {
            inputs: inputs.collect(),
            labels: labels(gold, &tokens),
            document,
            tokens,
        }
    }
}

/// Marks a feature that tells which word it is, as against what kind of word.
pub const FORM: u32 = 1 << 31;

/// Documents as features, one token behind the other.
#[derive(Debug)]
pub struct Corpus {
    /// The key of each feature that is kept.
    pub keys: Vec<u64>,
    /// How often each is seen.
    pub counts: Vec<u32>,
    /// The features of all tokens, some with [`FORM`].
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

impl Default for Corpus {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            counts: Vec::new(),
            features: Vec::new(),
            starts: vec![0],
            labels: Vec::new(),
            inputs: Vec::new(),
            words: Vec::new(),
            sentences: Vec::new(),
            index: ByHash::default(),
        }
    }
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
        self.inputs.extend(&prepared.inputs);
        self.words.extend(document.ids.iter().map(|id| base + id));
        self.labels.extend(&prepared.labels);
        let mut keys = Vec::new();
        for (number, sentence) in prepared.tokens.sentences.iter().enumerate() {
            for at in sentence.clone() {
                keys.clear();
                keys_of((number, sentence), at, &mut keys);
                let forms = document.word(at).form_keys();
                for key in &keys {
                    let is_form = forms.contains(key);
                    let id = self.id_of(*key);
                    self.features.push(if is_form { id | FORM } else { id });
                }
                self.starts.push(self.features.len());
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

    /// Leaves out features seen fewer than `rare` times.
    pub fn drop_rare(&mut self, rare: u32) {
        let ids = 0..self.keys.len();
        let kept: Vec<usize> = ids.filter(|id| self.counts[*id] >= rare).collect();
        self.keep(&kept);
    }

    /// Keeps these features, in rising order, under new numbers; no document is added afterwards.
    pub fn keep(&mut self, kept: &[usize]) {
        self.index = ByHash::default();
        let mut numbers = vec![u32::MAX; self.keys.len()];
        for (new, id) in kept.iter().enumerate() {
            numbers[*id] = new as u32;
        }
        self.keys = kept.iter().map(|id| self.keys[*id]).collect();
        self.counts = kept.iter().map(|id| self.counts[*id]).collect();
        let mut n = 0;
        let mut start = 0;
        for end in self.starts.iter_mut().skip(1) {
            for at in start..*end {
                let feature = self.features[at];
                let new = numbers[(feature & !FORM) as usize];
                if new != u32::MAX {
                    self.features[n] = new | feature & FORM;
                    n += 1;
                }
            }
            (start, *end) = (*end, n);
        }
        self.features.truncate(n);
        self.features.shrink_to_fit();
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

//! What the model knows of words and phrases beyond its training articles: clusters of words that are used alike, and places,
//! people and bodies of the world by name. Read in place.

use super::hash::mix;
use super::net::{CODES, DIMENSIONS, PART, PARTS};
use super::table::Table;

/// Levels of clusters to a word, from coarse to fine.
pub const N_LEVELS: usize = 4;

/// A phrase has at most this many words.
pub const MAX_PHRASE: usize = 5;

/// The tables of words and phrases.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    words: Table,
    clusters: &'static [u8],
    phrases: Table,
    kinds: &'static [u8],
    codes: &'static [u8],
    book: Vec<f32>,
}

impl Lexicon {
    /// The tables inside the model's bytes: clusters are `N_LEVELS` little-endian 16-bit numbers a word, kinds a byte a phrase.
    #[must_use]
    pub fn new(
        words: Table,
        clusters: &'static [u8],
        phrases: Table,
        kinds: &'static [u8],
        codes: &'static [u8],
        book: Vec<f32>,
    ) -> Self {
        Self {
            words,
            clusters,
            phrases,
            kinds,
            codes,
            book,
        }
    }

    /// The row of a word by its hash.
    #[must_use]
    pub fn row(&self, word: u64) -> Option<usize> {
        self.words.find(word)
    }

    /// The clusters of the word of a row, counted from 1.
    #[must_use]
    pub fn clusters(&self, row: usize) -> [u16; N_LEVELS] {
        let mut clusters = [0; N_LEVELS];
        let size = 2 * N_LEVELS;
        if let Some(bytes) = self.clusters.get(row * size..(row + 1) * size) {
            for (cluster, pair) in clusters.iter_mut().zip(bytes.chunks_exact(2)) {
                *cluster = u16::from_le_bytes([pair[0], pair[1]]);
            }
        }
        clusters
    }

    /// The vector of the word of a row.
    #[must_use]
    pub fn vector(&self, row: usize) -> Option<[f32; DIMENSIONS]> {
        let codes = self.codes.get(row * PARTS..(row + 1) * PARTS)?;
        let mut vector = [0.0; DIMENSIONS];
        for (part, code) in codes.iter().enumerate() {
            let start = (part * CODES + usize::from(*code)) * PART;
            vector[part * PART..(part + 1) * PART]
                .copy_from_slice(self.book.get(start..start + PART)?);
        }
        Some(vector)
    }

    /// The set of kinds (bits) of a phrase by the hashes of its words.
    #[must_use]
    pub fn kinds(&self, phrase: u64) -> u8 {
        let row = self.phrases.find(phrase);
        row.and_then(|row| self.kinds.get(row).copied())
            .unwrap_or_default()
    }
}

/// The hash of a phrase, word by word.
#[must_use]
pub fn extend_phrase(phrase: u64, word: u64) -> u64 {
    mix(phrase ^ 0x5bd1_e995, word)
}

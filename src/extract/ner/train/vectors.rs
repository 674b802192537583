//! Word vectors from a file, and what the model keeps of them: clusters from coarse to fine, and a code of a few bytes a word
//! from which its vector is rebuilt (product quantization).

use std::collections::HashMap;

use anyhow::{Context, bail};
use serde::Deserialize;

use super::means::{assign, k_means};
use crate::extract::ner::hash;
use crate::extract::ner::lexicon::N_LEVELS;
use crate::extract::ner::net::{CODES, DIMENSIONS, PART, PARTS};
use crate::text::normalize::fold_marks;

/// How many clusters there are at each level.
const LEVELS: [usize; N_LEVELS] = [64, 256, 1024, 4096];

/// Frequent words decide where the clusters lie.
const N_FREQUENT: usize = 30_000;

/// The length that vectors are brought to.
const LENGTH: f32 = 3.0;

/// Words and vectors, the most frequent first.
#[derive(Debug, Default)]
pub struct Vectors {
    words: Vec<String>,
    numbers: Vec<f32>,
}

/// What the model keeps.
#[derive(Debug, Default)]
pub struct Kept {
    /// The hash of each word, its clusters (from 1) and its code.
    pub words: Vec<(u64, [u16; N_LEVELS], [u8; PARTS])>,
    /// For each part, the numbers that each code stands for.
    pub book: Vec<f32>,
}

#[derive(Deserialize)]
struct Json {
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

impl Vectors {
    /// Reads a file: lines of a word and its numbers (as GloVe writes them), or JSON with `words` and `vectors`.
    pub fn read(bytes: &[u8], n_words: usize) -> anyhow::Result<Self> {
        let mut vectors = Self::default();
        if bytes.starts_with(b"{") {
            let json: Json =
                serde_json::from_slice(bytes).context("reading word vectors as JSON")?;
            for word in json.words.iter().take(n_words) {
                if let Some(numbers) = json.vectors.get(word) {
                    vectors.add(word, numbers);
                }
            }
        } else {
            for line in String::from_utf8_lossy(bytes).lines().take(n_words) {
                let mut parts = line.split(' ');
                let word = parts.next().unwrap_or_default();
                let numbers: Vec<f32> = parts.filter_map(|part| part.parse().ok()).collect();
                vectors.add(word, &numbers);
            }
        }
        if vectors.words.len() < LEVELS[N_LEVELS - 1] {
            bail!(
                "too few word vectors of {DIMENSIONS} numbers: {}",
                vectors.words.len()
            );
        }
        vectors.even_out();
        Ok(vectors)
    }

    fn add(&mut self, word: &str, numbers: &[f32]) {
        if numbers.len() >= DIMENSIONS && !word.contains(' ') {
            self.words.push(fold_marks(word));
            self.numbers.extend(&numbers[..DIMENSIONS]);
        }
    }

    /// Moves the mean to zero and brings all vectors to one length.
    fn even_out(&mut self) {
        let mut mean = [0.0; DIMENSIONS];
        for vector in self.numbers.as_chunks::<DIMENSIONS>().0 {
            for (sum, number) in mean.iter_mut().zip(vector) {
                *sum += number / self.words.len() as f32;
            }
        }
        for vector in self.numbers.as_chunks_mut::<DIMENSIONS>().0 {
            for (number, mean) in vector.iter_mut().zip(&mean) {
                *number -= mean;
            }
            let length = vector
                .iter()
                .map(|number| number * number)
                .sum::<f32>()
                .sqrt();
            for number in vector {
                *number *= LENGTH / length.max(f32::MIN_POSITIVE);
            }
        }
    }

    /// Clusters and codes.
    #[must_use]
    pub fn compress(&self) -> Kept {
        let n = self.words.len();
        let mut kept = Kept::default();
        for word in &self.words {
            kept.words
                .push((hash::text(word), [0; N_LEVELS], [0; PARTS]));
        }
        let frequent = n.min(N_FREQUENT) * DIMENSIONS;
        for (level, k) in LEVELS.into_iter().enumerate() {
            let means = k_means(&self.numbers[..frequent], DIMENSIONS, k, 6);
            for (word, cluster) in
                kept.words
                    .iter_mut()
                    .zip(assign(&self.numbers, DIMENSIONS, &means))
            {
                word.1[level] = cluster as u16 + 1;
            }
        }
        for part in 0..PARTS {
            let vectors = self.numbers.as_chunks::<DIMENSIONS>().0.iter();
            let numbers: Vec<f32> = vectors
                .flat_map(|vector| vector[part * PART..(part + 1) * PART].iter().copied())
                .collect();
            let means = k_means(&numbers[..n.min(N_FREQUENT) * PART], PART, CODES, 10);
            for (word, code) in kept.words.iter_mut().zip(assign(&numbers, PART, &means)) {
                word.2[part] = code as u8;
            }
            kept.book.extend(means);
        }
        kept
    }
}

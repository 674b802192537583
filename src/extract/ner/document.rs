//! A document as the features see it: its distinct words, the runs of capitalized words, and how each word is used elsewhere
//! in it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::hash::mix;
use super::lexicon::{Lexicon, MAX_PHRASE, extend_phrase};
use super::words::{Case, Word};
use crate::text::token::Tokens;

/// As many neighbours of a word elsewhere are looked at.
const MAX_NEIGHBOURS: usize = 5;

/// Hashes are hashed already.
#[derive(Debug, Default, Clone, Copy)]
pub struct Passing(u64);

impl Hasher for Passing {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0, u64::from(*byte));
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A map by hashes of words.
pub type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Passing>>;

/// How a word is used in the document.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    /// Bit 0: in lower case; bit 1: capitalized inside a sentence; bit 2: capitalized among words in lower case.
    pub bits: u64,
    /// Words before and behind it, folded.
    pub before: Vec<u64>,
    /// Words behind it.
    pub after: Vec<u64>,
    /// The longest run it stands in.
    pub longest: Range<usize>,
    /// Where it stands there.
    pub place: usize,
}

/// A tokenized document.
#[derive(Debug)]
pub struct Document {
    /// The distinct words.
    pub words: Vec<Word>,
    /// The word of each token.
    pub ids: Vec<u32>,
    /// For each token, the run of capitalized words that it stands in; empty for most.
    pub runs: Vec<Range<u32>>,
    /// For each token, what phrases of the lexicon it stands in: 8 kinds by 4 positions, as bits.
    pub phrases: Vec<u32>,
    /// Usage by folded word.
    pub usage: ByHash<Usage>,
    /// Runs by their initials.
    pub acronyms: ByHash<Range<u32>>,
    /// For each sentence: 0, or 1 where most words are capitalized, 2 where they are in capitals.
    pub headline: Vec<u8>,
}

impl Document {
    /// Describes a document.
    #[must_use]
    pub fn new(text: &str, tokens: &Tokens, lexicon: &Lexicon) -> Self {
        let mut index: HashMap<&str, u32, BuildHasherDefault<Passing>> = HashMap::default();
        let mut words: Vec<Word> = Vec::new();
        let ids = tokens
            .ranges
            .iter()
            .map(|range| {
                let word = &text[range.clone()];
                *index.entry(word).or_insert_with(|| {
                    words.push(Word::new(word, lexicon));
                    words.len() as u32 - 1
                })
            })
            .collect();
        let mut document = Self {
            words,
            ids,
            runs: vec![0..0; tokens.ranges.len()],
            phrases: vec![0; tokens.ranges.len()],
            usage: ByHash::default(),
            acronyms: ByHash::default(),
            headline: Vec::new(),
        };
        for sentence in &tokens.sentences {
            document.find_runs(sentence);
            document.find_phrases(sentence, lexicon);
            let headline = document.headline_of(sentence);
            document.headline.push(headline);
            document.note_usage(sentence, headline);
        }
        document
    }

    /// The word of a token.
    #[must_use]
    pub fn word(&self, at: usize) -> &Word {
        &self.words[self.ids[at] as usize]
    }

    fn headline_of(&self, sentence: &Range<usize>) -> u8 {
        let (mut n_words, mut n_capital, mut n_upper) = (0, 0, 0);
        for at in sentence.clone() {
            match self.word(at).case {
                Case::Lower => n_words += 1,
                Case::Capital | Case::Mixed => {
                    n_words += 1;
                    n_capital += 1;
                }
                Case::Upper => {
                    n_words += 1;
                    n_capital += 1;
                    n_upper += 1;
                }
                _ => {}
            }
        }
        if n_words < 4 || n_capital * 10 < n_words * 6 {
            0
        } else if n_upper * 10 > n_words * 7 {
            2
        } else {
            1
        }
    }

    fn find_runs(&mut self, sentence: &Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            if !self.word(at).case.is_capital() {
                at += 1;
                continue;
            }
            let (start, mut end) = (at, at + 1);
            let mut next = at + 1;
            while next < sentence.end && next - end <= 2 {
                let word = self.word(next);
                if word.case.is_capital() {
                    end = next + 1;
                } else if !word.joins {
                    break;
                }
                next += 1;
            }
            for run in &mut self.runs[start..end] {
                *run = start as u32..end as u32;
            }
            at = end;
        }
    }

    fn find_phrases(&mut self, sentence: &Range<usize>, lexicon: &Lexicon) {
        for start in sentence.clone() {
            if !self.word(start).case.is_capital() {
                continue;
            }
            let mut phrase = 0;
            for end in start..sentence.end.min(start + MAX_PHRASE) {
                phrase = extend_phrase(phrase, self.word(end).lower);
                let kinds = u32::from(lexicon.kinds(phrase));
                if kinds == 0 {
                    continue;
                }
                for at in start..=end {
                    let position = match (at == start, at == end) {
                        (true, true) => 3,
                        (true, false) => 0,
                        (false, true) => 2,
                        (false, false) => 1,
                    };
                    self.phrases[at] |= kinds << (8 * position);
                }
            }
        }
    }

    fn note_usage(&mut self, sentence: &Range<usize>, headline: u8) {
        for at in sentence.clone() {
            let word = &self.words[self.ids[at] as usize];
            let usage = self.usage.entry(word.lower).or_default();
            let is_capital = word.case.is_capital();
            usage.bits |= match (is_capital, at == sentence.start, headline) {
                (false, _, _) => 1,
                (true, false, 0) => 2,
                _ => 4,
            };
            if !is_capital {
                continue;
            }
            let note = |list: &mut Vec<u64>, at: usize| {
                let word = &self.words[self.ids[at] as usize].lower;
                if list.len() < MAX_NEIGHBOURS && !list.contains(word) {
                    list.push(*word);
                }
            };
            if at > sentence.start {
                note(&mut usage.before, at - 1);
            }
            if at + 1 < sentence.end {
                note(&mut usage.after, at + 1);
            }
            let run = self.runs[at].start as usize..self.runs[at].end as usize;
            if headline == 0 && run.len() > usage.longest.len() {
                usage.place = at - run.start;
                usage.longest = run;
            }
        }
        if headline == 0 {
            self.note_acronyms(sentence);
        }
    }

    fn note_acronyms(&mut self, sentence: &Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            let run = self.runs[at].clone();
            let (start, end) = (run.start as usize, run.end as usize);
            if end < start + 2 {
                at += 1;
                continue;
            }
            let mut initials = String::new();
            for word in (start..end).map(|at| self.word(at)) {
                if word.case.is_capital() {
                    initials.push(word.initial);
                }
            }
            if initials.len() >= 2 {
                self.acronyms
                    .entry(super::hash::text(&initials))
                    .or_insert(run);
            }
            at = end;
        }
    }
}

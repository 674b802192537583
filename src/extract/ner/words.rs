//! What can be told of a word by itself, once for each distinct word of a document: its forms, shape, affixes, lists and
//! clusters; and the features that these make of the word itself and for its neighbours.

use std::borrow::Cow;

use super::hash::{key, mix, text};
use super::lexicon::{Lexicon, N_LEVELS};
use super::net::{Input, input};
use crate::extract::lists::{Class, class_of};
use crate::text::normalize::fold_marks;

/// How far a word is seen as a neighbour.
pub const REACH: usize = 2;

/// Affixes of up to this many characters.
const AFFIXES: usize = 5;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Case {
    /// No letters, no digits.
    #[default]
    Mark,
    /// Begins with a digit.
    Digit,
    /// Begins with a small letter, or one of a script that has no case.
    Lower,
    /// A capital, then small letters.
    Capital,
    /// Capitals only, at least two.
    Upper,
    /// Capitals inside.
    Mixed,
}

impl Case {
    /// Whether the word begins with a capital.
    #[must_use]
    pub fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Upper | Self::Mixed)
    }
}

/// A distinct word of a document.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// The folded form.
    pub lower: u64,
    /// The form as printed.
    pub exact: u64,
    /// Its letters and digits by class.
    pub shape: u64,
    /// The shape, repetitions left out.
    pub brief: u64,
    /// How it is written.
    pub case: Case,
    /// Its last three letters.
    pub suffix: u64,
    /// Its word clusters from coarse to fine; 0 where it has none.
    pub clusters: [u64; N_LEVELS],
    /// What the lists know it as.
    pub list: u64,
    /// Whether it may stand inside a name of capitalized words: "of", "and".
    pub joins: bool,
    /// Its first letter, folded.
    pub initial: char,
    /// Its place in the lexicon.
    row: Option<usize>,
    prefixes: [u64; AFFIXES],
    suffixes: [u64; AFFIXES],
}

impl Word {
    /// Describes a word.
    #[must_use]
    pub fn new(word: &str, lexicon: &Lexicon) -> Self {
        // "U. S." is a way to print "U.S.".
        let word = &*if word.contains(' ') {
            Cow::Owned(word.replace(' ', ""))
        } else {
            Cow::Borrowed(word)
        };
        let lower = fold_marks(word);
        let list = class_of(word);
        let case = case(word);
        let (shape, brief) = shape(word);
        let hash = text(&lower);
        let row = lexicon.row(hash);
        let (mut prefixes, mut suffixes) = ([0; AFFIXES], [0; AFFIXES]);
        for n in 1..=AFFIXES {
            if let Some((end, _)) = lower.char_indices().nth(n - 1) {
                let end = end + lower[end..].chars().next().map_or(0, char::len_utf8);
                prefixes[n - 1] = text(&lower[..end]);
            }
            if let Some((start, _)) = lower.char_indices().rev().nth(n - 1) {
                suffixes[n - 1] = text(&lower[start..]);
            }
        }
        Self {
            lower: hash,
            exact: text(word),
            shape,
            brief,
            case,
            suffix: if suffixes[2] == 0 { hash } else { suffixes[2] },
            clusters: row.map_or([0; N_LEVELS], |row| lexicon.clusters(row).map(u64::from)),
            list: if list == Class::None { 0 } else { list as u64 },
            joins: matches!(
                lower.as_str(),
                "of" | "and"
                    | "for"
                    | "the"
                    | "de"
                    | "da"
                    | "do"
                    | "del"
                    | "la"
                    | "al"
                    | "el"
                    | "bin"
                    | "-"
                    | "'s"
                    | "’s"
                    | "&"
                    | "."
            ),
            initial: lower.chars().next().unwrap_or(' '),
            row,
            prefixes,
            suffixes,
        }
    }

    /// What the network sees of it.
    #[must_use]
    pub fn input(&self, lexicon: &Lexicon) -> Input {
        input(self.row.and_then(|row| lexicon.vector(row)), self.case)
    }

    /// Features of the word itself.
    pub fn own_keys(&self, keys: &mut Vec<u64>) {
        let case = self.case as u64;
        keys.extend([
            key(1, self.lower, 0),
            key(2, self.exact, 0),
            key(3, self.shape, 0),
            key(4, self.brief, 0),
            key(5, self.list, case),
        ]);
        for n in 0..AFFIXES {
            if self.prefixes[n] != 0 {
                keys.push(key(10 + n as u64, self.prefixes[n], case));
            }
            if self.suffixes[n] != 0 {
                keys.push(key(20 + n as u64, self.suffixes[n], case));
            }
        }
        for (n, cluster) in self.clusters.iter().enumerate() {
            keys.push(key(30 + n as u64, *cluster, case));
        }
    }

    /// Those of the word's own features that tell which word it is.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn form_keys(&self) -> [u64; 6] {
        let case = self.case as u64;
        [
            key(1, self.lower, 0),
            key(2, self.exact, 0),
            key(13, self.prefixes[3], case),
            key(14, self.prefixes[4], case),
            key(23, self.suffixes[3], case),
            key(24, self.suffixes[4], case),
        ]
    }

    /// Features of the word for a token that stands `offset` before it (negative: behind it).
    pub fn neighbour_keys(&self, offset: isize, keys: &mut Vec<u64>) {
        let template = 100 + 20 * offset.unsigned_abs() as u64 + 10 * u64::from(offset < 0);
        keys.extend([
            key(template, self.lower, 0),
            key(template + 1, self.brief, 0),
            key(template + 2, self.list, 0),
            key(template + 3, self.clusters[1], self.case as u64),
            key(template + 4, self.clusters[2], 0),
        ]);
        if offset.unsigned_abs() == 1 {
            keys.extend([
                key(template + 5, self.suffix, self.case as u64),
                key(template + 6, self.clusters[0], self.case as u64),
                key(template + 7, self.clusters[3], 0),
            ]);
        }
    }
}

fn case(word: &str) -> Case {
    let Some(first) = word.chars().next() else {
        return Case::Mark;
    };
    if first.is_numeric() {
        return Case::Digit;
    }
    if !first.is_alphabetic() {
        return Case::Mark;
    }
    let (mut n_upper, mut n_lower) = (0, 0);
    for c in word.chars() {
        n_upper += usize::from(c.is_uppercase());
        n_lower += usize::from(c.is_lowercase());
    }
    match (first.is_uppercase(), n_upper, n_lower) {
        (true, 1, _) => Case::Capital,
        (true, _, 0) => Case::Upper,
        (_, 0, _) => Case::Lower,
        _ => Case::Mixed,
    }
}

fn shape(word: &str) -> (u64, u64) {
    let (mut shape, mut brief, mut last) = (17, 17, ' ');
    for c in word.chars().take(24) {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_numeric() => 'd',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        shape = mix(shape, class as u64);
        if class != last {
            brief = mix(brief, class as u64);
        }
        last = class;
    }
    (shape, brief)
}

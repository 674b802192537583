//! What the model sees of a token, as rows of its weight table: words, shapes, affixes, lists, neighbours, and how the word
//! is used elsewhere in the document.

use std::collections::HashMap;
use std::ops::Range;

use super::super::lists::class_of;
use crate::text::token::Tokens;

/// Rows of the weight table; a power of two.
pub const N_ROWS: usize = 1 << 19;

/// What does not depend on a word's neighbours, computed once for each distinct word of a document.
#[derive(Debug, Clone, Default)]
struct Word {
    lower: u32,
    shape: u32,
    short_shape: u32,
    suffix: u32,
    class: u32,
    own_rows: Vec<u32>,
    is_capitalized: bool,
}

/// For each token of a document, in order, its feature rows.
#[must_use]
pub fn rows(text: &str, tokens: &Tokens) -> Vec<Vec<u32>> {
    let mut index: HashMap<&str, usize> = HashMap::new();
    let mut words: Vec<Word> = Vec::new();
    let ids: Vec<usize> = tokens
        .ranges
        .iter()
        .map(|range| {
            let word = &text[range.clone()];
            *index.entry(word).or_insert_with(|| {
                words.push(describe(word));
                words.len() - 1
            })
        })
        .collect();
    let usage = usage(&words, &ids, &tokens.sentences);
    let mut rows = Vec::with_capacity(ids.len());
    for sentence in &tokens.sentences {
        for at in sentence.clone() {
            rows.push(rows_of(&words, &ids, &usage, sentence, at));
        }
    }
    rows
}

/// How a word is used in the document, by folded word: bit 0, in lower case; bit 1, capitalized inside a sentence.
fn usage(words: &[Word], ids: &[usize], sentences: &[Range<usize>]) -> HashMap<u32, u32> {
    let mut usage: HashMap<u32, u32> = HashMap::new();
    for sentence in sentences {
        for at in sentence.clone() {
            let word = &words[ids[at]];
            let bit = match (word.is_capitalized, at == sentence.start) {
                (false, _) => 1,
                (true, false) => 2,
                (true, true) => 0,
            };
            *usage.entry(word.lower).or_default() |= bit;
        }
    }
    usage
}

fn rows_of(
    words: &[Word],
    ids: &[usize],
    usage: &HashMap<u32, u32>,
    sentence: &Range<usize>,
    at: usize,
) -> Vec<u32> {
    let edge = Word::default();
    let word = |offset: isize| {
        let n = at.wrapping_add_signed(offset);
        if sentence.contains(&n) {
            &words[ids[n]]
        } else {
            &edge
        }
    };
    let (before2, before, here, after, after2) = (word(-2), word(-1), word(0), word(1), word(2));
    let is_first = u32::from(at == sentence.start);
    let use_elsewhere = usage.get(&here.lower).copied().unwrap_or_default();
    let mut rows = here.own_rows.clone();
    rows.extend([
        row(20, before.lower, 0),
        row(21, after.lower, 0),
        row(22, before2.lower, 0),
        row(23, after2.lower, 0),
        row(24, before.lower, here.lower),
        row(25, here.lower, after.lower),
        row(26, before.short_shape, here.short_shape),
        row(27, here.short_shape, after.short_shape),
        row(
            28,
            mix(before.short_shape, here.short_shape),
            after.short_shape,
        ),
        row(29, before.suffix, here.short_shape),
        row(30, after.suffix, here.short_shape),
        row(31, before.class, here.class),
        row(32, here.class, after.class),
        row(33, is_first, here.shape),
        row(34, use_elsewhere, mix(is_first, here.short_shape)),
        row(35, before.lower, here.short_shape),
        row(36, after.lower, here.short_shape),
        row(37, mix(before2.lower, before.lower), here.short_shape),
        row(38, mix(after.lower, after2.lower), here.short_shape),
        row(
            39,
            mix(before2.short_shape, before.short_shape),
            mix(here.short_shape, mix(after.short_shape, after2.short_shape)),
        ),
    ]);
    rows
}

fn describe(word: &str) -> Word {
    let lower = word.to_lowercase();
    let mut shape = 17;
    let mut short_shape = 17;
    let mut last = ' ';
    for c in word.chars().take(24) {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_numeric() => 'd',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        shape = mix(shape, class as u32);
        if class != last {
            short_shape = mix(short_shape, class as u32);
        }
        last = class;
    }
    let characters: Vec<char> = lower.chars().take(40).collect();
    let affix = |part: &[char]| part.iter().fold(7, |hash, c| mix(hash, *c as u32));
    let tail = |n: usize| affix(&characters[characters.len().saturating_sub(n)..]);
    let (lower, class) = (hash(&lower), class_of(word) as u32);
    let mut own_rows = vec![
        row(1, lower, 0),
        row(2, shape, 0),
        row(3, short_shape, 0),
        row(4, class, 0),
        row(5, hash(word), 0),
        row(6, class, short_shape),
    ];
    for n in 1..=4.min(characters.len()) {
        own_rows.push(row(6 + n as u32, tail(n), short_shape));
        own_rows.push(row(11 + n as u32, affix(&characters[..n]), short_shape));
    }
    Word {
        lower,
        shape,
        short_shape,
        suffix: tail(3),
        class,
        own_rows,
        is_capitalized: word.starts_with(char::is_uppercase),
    }
}

fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn mix(a: u32, b: u32) -> u32 {
    (a.rotate_left(5) ^ b).wrapping_mul(0x9e37_79b1)
}

fn row(template: u32, a: u32, b: u32) -> u32 {
    let mixed = mix(mix(template.wrapping_mul(0x85eb_ca6b), a), b);
    (mixed ^ (mixed >> 15)) & (N_ROWS as u32 - 1)
}

//! What the model sees of a token beside the words themselves: pairs of words, the run of capitalized words around it, phrases
//! of the lexicon, and how the word is used elsewhere in the document.

use std::ops::Range;

use super::document::Document;
use super::hash::{key, mix};
#[cfg(feature = "train")]
use super::words::REACH;
use super::words::{Case, Word};

/// Features of a token, apart from those of single words. `sentence` is the sentence's number and tokens.
pub fn token_keys(
    document: &Document,
    sentence: (usize, &Range<usize>),
    at: usize,
    keys: &mut Vec<u64>,
) {
    let (number, sentence) = sentence;
    let edge = Word::default();
    let word = |offset: isize| {
        let n = at.wrapping_add_signed(offset);
        if sentence.contains(&n) {
            document.word(n)
        } else {
            &edge
        }
    };
    let (before, here, after) = (word(-1), word(0), word(1));
    if !is_lively(before) && !is_lively(here) && !is_lively(after) {
        return;
    }
    pairs(word(-2), before, here, after, word(2), keys);
    let is_first = u64::from(at == sentence.start);
    let headline = u64::from(document.headline[number]);
    keys.push(key(60, is_first, here.shape));
    keys.push(key(61, headline, here.brief));
    keys.push(key(62, headline, mix(here.list, is_first)));
    phrase_keys(document, sentence, at, keys);
    run_keys(document, sentence, at, keys);
    usage_keys(document, at, is_first, keys);
}

fn is_lively(word: &Word) -> bool {
    word.case.is_capital() || word.case == Case::Digit
}

fn pairs(
    before2: &Word,
    before: &Word,
    here: &Word,
    after: &Word,
    after2: &Word,
    keys: &mut Vec<u64>,
) {
    keys.extend([
        key(40, before.lower, here.lower),
        key(41, here.lower, after.lower),
        key(42, before.brief, here.brief),
        key(43, here.brief, after.brief),
        key(44, mix(before.brief, here.brief), after.brief),
        key(45, before.list, here.list),
        key(46, here.list, after.list),
        key(47, before.lower, here.brief),
        key(48, after.lower, here.brief),
        key(49, mix(before2.lower, before.lower), here.brief),
        key(50, mix(after.lower, after2.lower), here.brief),
        key(
            51,
            mix(before2.brief, before.brief),
            mix(here.brief, mix(after.brief, after2.brief)),
        ),
        key(
            52,
            mix(before.clusters[1], before.case as u64),
            mix(here.clusters[1], here.case as u64),
        ),
        key(
            53,
            mix(here.clusters[1], here.case as u64),
            mix(after.clusters[1], after.case as u64),
        ),
        key(
            54,
            mix(before.clusters[1], here.case as u64),
            after.clusters[1],
        ),
        key(
            55,
            before.clusters[2],
            mix(here.clusters[0], here.case as u64),
        ),
        key(
            56,
            after.clusters[2],
            mix(here.clusters[0], here.case as u64),
        ),
        key(57, before.lower, here.clusters[1]),
        key(58, after.lower, here.clusters[1]),
    ]);
}

fn phrase_keys(document: &Document, sentence: &Range<usize>, at: usize, keys: &mut Vec<u64>) {
    for offset in [0_isize, -1, 1] {
        let n = at.wrapping_add_signed(offset);
        if !sentence.contains(&n) {
            continue;
        }
        let mut bits = document.phrases[n];
        if offset == 0 {
            keys.push(key(70, u64::from(bits), document.word(at).case as u64));
        }
        while bits != 0 {
            keys.push(key(
                (73 + offset) as u64,
                u64::from(bits.trailing_zeros()),
                1,
            ));
            bits &= bits - 1;
        }
    }
}

fn run_keys(document: &Document, sentence: &Range<usize>, at: usize, keys: &mut Vec<u64>) {
    let run = document.runs[at].start as usize..document.runs[at].end as usize;
    if run.is_empty() {
        return;
    }
    let (first, last) = (document.word(run.start), document.word(run.end - 1));
    let from_start = (at - run.start).min(3) as u64;
    let from_end = (run.end - 1 - at).min(3) as u64;
    let place = mix(from_start, from_end);
    keys.extend([
        key(75, place, 0),
        key(76, last.lower, mix(from_end, 0)),
        key(77, last.clusters[1], place),
        key(78, last.list, place),
        key(79, first.lower, from_start),
        key(80, first.clusters[1], place),
        key(81, first.list, place),
        key(82, last.clusters[2], from_end.min(1)),
    ]);
    if run.start > sentence.start {
        let before = document.word(run.start - 1);
        keys.extend([
            key(83, before.lower, from_start),
            key(84, before.clusters[2], from_start),
            key(85, before.clusters[1], place),
        ]);
    }
    if run.end < sentence.end {
        let after = document.word(run.end);
        keys.extend([
            key(86, after.lower, from_end),
            key(87, after.clusters[2], from_end),
            key(88, after.clusters[1], place),
        ]);
    }
}

fn usage_keys(document: &Document, at: usize, is_first: u64, keys: &mut Vec<u64>) {
    let here = document.word(at);
    let Some(usage) = document.usage.get(&here.lower) else {
        return;
    };
    keys.push(key(63, usage.bits, mix(is_first, here.brief)));
    if !here.case.is_capital() {
        return;
    }
    for word in &usage.before {
        keys.push(key(64, *word, 0));
    }
    for word in &usage.after {
        keys.push(key(65, *word, 0));
    }
    let run = document.runs[at].len();
    if usage.longest.len() > run {
        let place = usage.place.min(3) as u64;
        let from_end = (usage.longest.len() - 1 - usage.place).min(3) as u64;
        let (first, last) = (
            document.word(usage.longest.start),
            document.word(usage.longest.end - 1),
        );
        keys.extend([
            key(90, mix(place, from_end), run.min(2) as u64),
            key(91, last.lower, from_end),
            key(92, last.clusters[1], from_end),
            key(93, first.list, place),
            key(94, first.clusters[1], place),
        ]);
    }
    if here.case == Case::Upper
        && let Some(run) = document.acronyms.get(&here.lower)
    {
        let (first, last) = (
            document.word(run.start as usize),
            document.word(run.end as usize - 1),
        );
        keys.extend([
            key(95, 0, 0),
            key(96, last.lower, 0),
            key(97, last.clusters[1], 0),
            key(98, first.list, last.list),
            key(99, first.clusters[1], 0),
        ]);
    }
}

/// All features of a token, as training wants them.
#[cfg(feature = "train")]
pub fn all_keys(
    document: &Document,
    sentence: (usize, &Range<usize>),
    at: usize,
    keys: &mut Vec<u64>,
) {
    document.word(at).own_keys(keys);
    let edge = Word::default();
    for offset in (-(REACH as isize)..=REACH as isize).filter(|offset| *offset != 0) {
        let n = at.wrapping_add_signed(offset);
        let word = if sentence.1.contains(&n) {
            document.word(n)
        } else {
            &edge
        };
        word.neighbour_keys(offset, keys);
    }
    token_keys(document, sentence, at, keys);
}

//! Words as full-text search sees them, for what the index itself cannot do: scripts written without spaces, and marking hits.
//!
//! In those scripts every letter is a term of its own here, and the index holds pairs of neighbours (`東京 京都`): a word of two
//! letters, the commonest there, is then one look-up, and a longer one a phrase.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::normalize::fold;

/// A word, or a letter of a script without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its letters, folded.
    pub folded: String,
    /// Whether it is a letter of a script without spaces.
    pub is_letter: bool,
}

/// Whether words of that script stand without spaces between them, or, in Hangul, with endings that grow on them.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' // Thai
        | '\u{e81}'..='\u{eff}' // Lao
        | '\u{1000}'..='\u{1049}' // Burmese
        | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' // Hangul
        | '\u{1780}'..='\u{17d3}' // Khmer
        | '々' | '〇' | '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309a}' | '\u{30a1}'..='\u{30fa}' | 'ー' // Kana
        | '\u{3105}'..='\u{318e}' // Bopomofo, Hangul
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' // Han
        | '\u{ff66}'..='\u{ff9f}' // Kana of half width
    )
}

/// Whether the text holds a letter of such a script.
#[must_use]
pub fn has_unspaced(text: &str) -> bool {
    text.chars().any(is_unspaced)
}

/// How many words a text has. In scripts without spaces, where they cannot be told apart, every character counts as one.
#[must_use]
pub fn n_words(text: &str) -> usize {
    let spaced = || text.split_whitespace().count();
    // Korean puts spaces between its words.
    let is_word = |c: char| is_unspaced(c) && !is_hangul(c) && !is_combining_mark(c);
    if text.is_ascii() || !text.contains(is_word) {
        return spaced();
    }
    let mut n = 0;
    let mut is_within = false;
    for c in text.chars() {
        if is_word(c) {
            n += 1;
            is_within = false;
        } else if c.is_alphanumeric() || is_combining_mark(c) {
            n += usize::from(!is_within && !is_combining_mark(c));
            is_within |= !is_combining_mark(c);
        } else if c.is_whitespace() {
            is_within = false;
        }
    }
    n
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7ff}')
}

/// The terms of a text, in order.
#[must_use]
pub fn terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut word: Option<usize> = None;
    let close = |word: &mut Option<usize>, end: usize, terms: &mut Vec<Term>| {
        if let Some(start) = word.take() {
            terms.push(Term {
                range: start..end,
                folded: fold(&text[start..end]),
                is_letter: false,
            });
        }
    };
    for (at, c) in text.char_indices() {
        if is_unspaced(c) {
            close(&mut word, at, &mut terms);
            terms.push(Term {
                range: at..at + c.len_utf8(),
                folded: std::iter::once(c).nfkc().collect(),
                is_letter: true,
            });
        } else if c.is_alphanumeric() {
            word.get_or_insert(at);
        } else if !is_combining_mark(c) {
            close(&mut word, at, &mut terms);
        }
    }
    close(&mut word, text.len(), &mut terms);
    terms
}

/// What the index of such scripts holds of a text: tokens parted by spaces.
#[must_use]
pub fn indexed(text: &str) -> String {
    tokens(text).join(" ")
}

/// What a phrase is in that index, and whether its last token is only the beginning of one.
#[must_use]
pub fn asked(phrase: &str) -> (String, bool) {
    let composed: String = phrase.nfkc().collect();
    let terms = terms(&composed);
    let mut tokens = tokens(phrase);
    let ends_in_letter = terms.last().is_some_and(|last| last.is_letter);
    if !ends_in_letter {
        return (tokens.join(" "), false);
    }
    // More of the run may follow in the text, so its last letter does not stand by itself there.
    let [.., before, last] = terms.as_slice() else {
        return (tokens.join(" "), true);
    };
    if before.is_letter && before.range.end == last.range.start {
        tokens.pop();
        (tokens.join(" "), false)
    } else {
        (tokens.join(" "), true)
    }
}

fn tokens(text: &str) -> Vec<String> {
    let composed: String = text.nfkc().collect();
    let terms = terms(&composed);
    let pair = |n: usize| {
        let (term, next) = (&terms[n], terms.get(n + 1));
        let neighbour = next
            .filter(|next| next.is_letter && next.range.start == term.range.end && term.is_letter);
        neighbour.map_or_else(
            || term.folded.clone(),
            |next| format!("{}{}", term.folded, next.folded),
        )
    };
    (0..terms.len()).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_indexed_as_pairs_and_its_last_letter() {
        for (text, index) in [
            ("東京大学", "東京 京大 大学 学"),
            ("東京、大学", "東京 京 大学 学"),
            ("新iPhone発売", "新 iphone 発売 売"),
            ("3月11日", "3 月 11 日"),
            ("서울에서", "서울 울에 에서 서"),
            ("ﾆｭｰｽ", "ニュ ュー ース ス"),
            ("Élan vital", "elan vital"),
        ] {
            assert_eq!(indexed(text), index, "{text}");
        }
    }

    #[test]
    fn words_are_counted_and_characters_where_there_are_none() {
        for (text, n) in [
            ("The ferry — it sailed.", 5),
            ("L’été à Rome", 3),
            ("東京大学は3月、開校。", 9),
            ("新iPhone発売", 4),
            ("서울에서 만났다", 2),
            ("ปิดท่าเรือ", 7),
            ("", 0),
        ] {
            assert_eq!(n_words(text), n, "{text}");
        }
    }

    #[test]
    fn any_part_of_a_run_is_a_phrase_of_pairs() {
        for (phrase, asked_for, is_beginning) in [
            ("東京", "東京", false),
            ("東京大学", "東京 京大 大学", false),
            ("学", "学", true),
            ("3月", "3 月", true),
            ("東京 大学", "東京 京 大学", false),
            ("toyota", "toyota", false),
        ] {
            assert_eq!(
                asked(phrase),
                (asked_for.to_owned(), is_beginning),
                "{phrase}"
            );
        }
    }
}

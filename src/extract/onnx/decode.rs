//! Labels of words to names.

use std::ops::Range;

use super::labels::{Class, Label, Position};

/// A word with its likeliest label.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Its label.
    pub(super) label: Label,
    /// The label's probability.
    pub(super) probability: f32,
}

/// A name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Its class.
    pub(super) class: Class,
    /// The mean of its words' probabilities.
    pub(super) probability: f32,
}

/// The names of a text whose words are labelled. Labels that fit no scheme, as models give them, are read as meant: an
/// inside without a begin begins. No name goes on in the next line.
pub(super) fn names(text: &str, words: &[Word]) -> Vec<Name> {
    let mut names: Vec<(Name, usize)> = Vec::new();
    let mut is_open = false;
    for word in words {
        let Some((position, class)) = word.label else {
            is_open = false;
            continue;
        };
        let begins = matches!(position, Position::Begin | Position::Whole);
        match names.last_mut() {
            Some((name, n_words))
                if is_open
                    && !begins
                    && name.class == class
                    && !text[name.range.end..word.range.start].contains('\n') =>
            {
                name.range.end = word.range.end;
                name.probability += word.probability;
                *n_words += 1;
            }
            _ => names.push((
                Name {
                    range: word.range.clone(),
                    class,
                    probability: word.probability,
                },
                1,
            )),
        }
        is_open = matches!(position, Position::Begin | Position::Inside);
    }
    names
        .into_iter()
        .map(|(name, n_words)| Name {
            probability: name.probability / n_words as f32,
            ..name
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::labels::labels;
    use super::*;

    #[test]
    fn names_are_read_from_labels_of_any_scheme() {
        for (marked, expected) in [
            ("B-PER I-PER O B-LOC", "a b|d"),
            ("I-PER I-PER O I-LOC", "a b|d"),
            ("B-PER B-PER I-PER O", "a|b c"),
            ("B-PER L-PER U-PER U-LOC", "a b|c|d"),
            ("B-PER E-PER I-PER S-LOC", "a b|c|d"),
            ("PER PER LOC O", "a b|c"),
            ("B-PER I-LOC O O", "a|b"),
        ] {
            let text = "a b c d";
            let marks: Vec<String> = marked.split(' ').map(str::to_owned).collect();
            let words: Vec<Word> = labels(&marks)
                .unwrap()
                .into_iter()
                .enumerate()
                .map(|(n, label)| Word {
                    range: 2 * n..2 * n + 1,
                    label,
                    probability: 0.5,
                })
                .collect();
            let found = names(text, &words).into_iter();
            let found: Vec<&str> = found.map(|name| &text[name.range]).collect();
            assert_eq!(found.join("|"), expected, "{marked}");
        }
    }
}

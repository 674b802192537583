//! The word that was probably meant, whatever its case and accents.

use super::normalize::fold;
use crate::domain::likeness;

/// The candidate that is most like `word`, if one is like it at all.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = candidates.into_iter().map(|word| (fold(word), word));
    likeness::nearest(&fold(word), folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_none() {
        let words = ["name", "n_articles", "published_at"];
        for (word, meant) in [
            ("nam", Some("name")),
            ("Nmae", Some("name")),
            ("n_article", Some("n_articles")),
            ("publishedat", Some("published_at")),
            ("zzzz", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), meant, "{word}");
        }
    }
}

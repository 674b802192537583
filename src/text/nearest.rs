//! The word that was probably meant, among those that there are.

use super::normalize::fold;

/// Below this, a suggestion would be a guess.
const MIN_LIKENESS: f64 = 0.6;

/// The candidate that is most like `word`, if one is like it at all.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    candidates
        .into_iter()
        .map(|candidate| {
            let likeness = strsim::normalized_damerau_levenshtein(&word, &fold(candidate));
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= MIN_LIKENESS)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| candidate)
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

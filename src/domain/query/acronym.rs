//! Acronyms, which papers print with points or without: `U.S.`, `US`.

/// More letters make a word that somebody typed in capitals.
const MOST_LETTERS: usize = 5;

/// Both forms of an acronym: `US` and `U.S`, the last point of which no index holds.
pub(super) fn forms(word: &str) -> Option<(String, String)> {
    let pointed: Vec<&str> = word.strip_suffix('.').unwrap_or(word).split('.').collect();
    let letters: Vec<char> = match pointed.as_slice() {
        [plain] if plain.len() == word.len() => plain.chars().collect(),
        parts => {
            let single = |part: &&str| part.len() == 1;
            if parts.len() < 2 || !parts.iter().all(single) {
                return None;
            }
            parts.concat().chars().collect()
        }
    };
    let is_acronym =
        (2..=MOST_LETTERS).contains(&letters.len()) && letters.iter().all(char::is_ascii_uppercase);
    let points = letters.iter().map(char::to_string).collect::<Vec<_>>();
    is_acronym.then(|| (letters.iter().collect(), points.join(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_have_two_forms_and_other_words_one() {
        for (word, plain) in [
            ("US", Some("US")),
            ("U.S.", Some("US")),
            ("U.S", Some("US")),
            ("U.S.A.", Some("USA")),
            ("NATO", Some("NATO")),
            ("A", None),
            ("A.", None),
            ("HARBOUR", None),
            ("us", None),
            ("u.s.", None),
            ("US.", None),
            ("U.S.-led", None),
            ("G7", None),
            ("..", None),
            ("", None),
        ] {
            let forms = forms(word);
            assert_eq!(
                forms.as_ref().map(|(plain, _)| plain.as_str()),
                plain,
                "{word}"
            );
        }
        assert_eq!(forms("USA").unwrap().1, "U.S.A");
    }
}

//! How like two words or names are: the one measure behind every "did you mean". Whoever asks folds case and accents first.

/// Below this, a suggestion would be a guess: one slip in four letters is near, at the end of a name too.
pub const NEAR: f64 = 0.74;

/// What the end of a longer name loses against the whole of a name.
const END_OF_NAME: f64 = 0.01;

/// The share of letters that need no change, a swap of neighbours being one change; 1 where words are the same.
#[must_use]
pub fn likeness(asked: &str, known: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(asked, known)
}

/// The same for a name, of which people may know only the end: "Thacher" is like "Margaret Thatcher".
#[must_use]
pub fn likeness_of_name(asked: &str, known: &str) -> f64 {
    let ends = known.match_indices(' ').map(|(at, _)| &known[at + 1..]);
    ends.map(|end| likeness(asked, end) - END_OF_NAME)
        .fold(likeness(asked, known), f64::max)
}

/// The known word that was probably meant, if one is near; each comes after the form in which it is compared.
#[must_use]
pub fn nearest<'a, K: AsRef<str>>(
    asked: &str,
    known: impl Iterator<Item = (K, &'a str)>,
) -> Option<&'a str> {
    known
        .map(|(key, known)| (likeness(asked, key.as_ref()), known))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_names_are_not() {
        for (asked, known, is_near) in [
            ("titel", "title", true),
            ("ozei", "david osei", true),
            ("davide osei", "david osei", true),
            ("thacher", "margaret thatcher", true),
            ("harbor courier", "harbour courier", true),
            ("merkl", "merkel", true),
            ("osei", "david", false),
            ("paris", "perth", false),
            ("", "osei", false),
        ] {
            assert_eq!(likeness_of_name(asked, known) >= NEAR, is_near, "{asked}");
        }
        assert!(likeness_of_name("osei", "osei") > likeness_of_name("osei", "david osei"));
    }
}

//! Folds names and texts to what is compared: case, accents, quotes and possessives aside.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Forms of address and rank that stand before a name and are no part of it; folded.
const FORMS_OF_ADDRESS: [&str; 24] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "reverend",
    "hon",
    "sen",
    "senator",
    "rep",
    "gov",
    "gen",
    "col",
    "sgt",
    "lt",
    "capt",
];

/// Lower case, no accents, compatibility forms folded (`Ｋyodo` is `kyodo`).
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A name without what the sentence around it adds: `the Bank's` is `Bank`, `Mr. Roe` is `Roe`.
#[must_use]
pub fn bare_name(name: &str) -> &str {
    let mut bare = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '”' | ',' | ';' | ':')
    });
    for possessive in ["'s", "’s", "'S", "’S"] {
        bare = bare.strip_suffix(possessive).unwrap_or(bare);
    }
    bare = bare.trim_end_matches(['\'', '’']);
    while let Some((first, rest)) = bare.split_once(char::is_whitespace) {
        let word = fold(first);
        let word = word.trim_end_matches('.');
        if word != "the" && !FORMS_OF_ADDRESS.contains(&word) {
            break;
        }
        bare = rest.trim_start();
    }
    bare
}

/// The name as an entity's list of names shows it: [`bare_name`], or all of it where nothing else is left.
#[must_use]
pub fn printed_name(name: &str) -> &str {
    let bare = bare_name(name);
    if bare.is_empty() { name } else { bare }
}

/// The key under which an entity of that name is known: words of letters and digits, folded, joined by one space;
/// full stops vanish (`U.S.` is `us`), every other mark parts words. Falls back to the folded text where no letter is left.
#[must_use]
pub fn name_key(name: &str) -> String {
    let folded = fold(bare_name(name));
    let mut key = String::with_capacity(folded.len());
    let mut word_ended = false;
    for c in folded.chars() {
        if c.is_alphanumeric() {
            if word_ended && !key.is_empty() {
                key.push(' ');
            }
            word_ended = false;
            key.push(c);
        } else if !matches!(c, '.' | '\'' | '’') {
            word_ended = true;
        }
    }
    if key.is_empty() { folded } else { key }
}

/// The words of a text, folded and joined by one space, so that only another word, number or sum makes another text:
/// letter case, wrapping, quotation marks and dashes do not.
#[must_use]
pub fn words_key(text: &str) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.len());
    let mut word_ended = false;
    let mut characters = folded.chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let joins_digits = matches!(c, '.' | ',' | ':' | '/') && before.is_numeric();
        let is_minus = matches!(c, '-' | '−') && before.is_whitespace();
        let is_sign = matches!(c, '%' | '$' | '€' | '£' | '¥' | '§' | '+' | '&' | '@');
        if c.is_alphanumeric() || is_sign || (joins_digits || is_minus) && next.is_numeric() {
            if word_ended && !key.is_empty() {
                key.push(' ');
            }
            word_ended = false;
            key.push(if c == '−' { '-' } else { c });
        } else if !matches!(c, '.' | '\'' | '’') {
            word_ended = true;
        }
        before = c;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_key() {
        for (name, key) in [
            ("Antony Blinken", "antony blinken"),
            ("ANTONY BLINKEN’S", "antony blinken"),
            ("Mr. Blinken", "blinken"),
            ("the United Nations", "united nations"),
            ("U.S.", "us"),
            ("Lim Sung-nam", "lim sung nam"),
            ("São Paulo", "sao paulo"),
            ("O'Neill", "oneill"),
            ("$$$", "$$$"),
        ] {
            assert_eq!(name_key(name), key, "{name}");
        }
    }

    #[test]
    fn only_another_word_or_number_makes_another_key() {
        for (one, other) in [
            ("The U.S. won’t “pay”.", "the US won't\n\"pay\""),
            ("Ålesund — Tuesday", "Alesund - Tuesday"),
            ("It cost $3.50, he said", "It cost $3.50 he said"),
        ] {
            assert_eq!(words_key(one), words_key(other));
        }
        for (one, other) in [
            ("3.5 million", "35 million"),
            ("1,000 men", "1 000 men"),
            ("$5", "€5"),
            ("5%", "5"),
            ("at -3 degrees", "at 3 degrees"),
            ("Dr Holm left", "Mr Holm left"),
        ] {
            assert_ne!(words_key(one), words_key(other));
        }
    }
}

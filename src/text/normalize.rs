//! Folds names and texts to what is compared: case, accents, quotes and possessives aside.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

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

/// Lower case and base letters: accents go, as do forms that are the same letter (`Ｋyodo` is `kyodo`), and letters that Unicode
/// does not decompose become what people type for them (`Økland` is `okland`, `Straße` is `strasse`). Marks that make another
/// letter, as in Kana and in the scripts of India, stay.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare = text.nfkd().filter(|c| !is_accent(*c));
    let mut folded = String::with_capacity(text.len());
    for c in bare.flat_map(char::to_lowercase) {
        match LETTERS.binary_search_by_key(&c, |(letter, _)| *letter) {
            _ if c.is_ascii() => folded.push(c),
            Ok(n) => folded.push_str(LETTERS[n].1),
            Err(_) => folded.push(c),
        }
    }
    if is_nfc(&folded) {
        return folded;
    }
    folded.nfc().collect()
}

/// Lower case, no marks: what models were trained on and what stored fingerprints were made of, so it must never change.
/// Everything else is compared by [`fold`].
#[must_use]
pub fn fold_marks(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a mark is an accent, a point or a vowel sign that people leave out.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{2b9}'..='\u{2bf}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        | '\u{711}' | '\u{730}'..='\u{74a}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{a78c}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Letters without a decomposition, and what stands for them; sorted.
const LETTERS: [(char, &str); 32] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ĸ', "k"),
    ('ł', "l"),
    ('ŋ', "n"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ƀ', "b"),
    ('ƈ', "c"),
    ('ƌ', "d"),
    ('ƒ', "f"),
    ('ƙ', "k"),
    ('ƚ', "l"),
    ('ƥ', "p"),
    ('ƭ', "t"),
    ('ƴ', "y"),
    ('ƶ', "z"),
    ('ǝ', "e"),
    ('ȷ', "j"),
    ('ɇ', "e"),
    ('ɉ', "j"),
    ('ɓ', "b"),
    ('ɖ', "d"),
    ('ɗ', "d"),
    ('ə', "e"),
    ('ɨ', "i"),
];

/// The other way to write a name with umlauts or with Danish letters: `Müller` is also `Mueller`, `Ålborg` also `Aalborg`. None
/// where it has no such letter.
#[must_use]
pub fn spelled_out(name: &str) -> Option<String> {
    let composed: String = name.nfc().collect();
    let has_such = |c: char| matches!(c, 'ä' | 'ö' | 'ü' | 'å' | 'ø' | 'Ä' | 'Ö' | 'Ü' | 'Å' | 'Ø');
    if !composed.contains(has_such) {
        return None;
    }
    let mut spelled = String::with_capacity(composed.len() + 4);
    for c in composed.chars() {
        match c {
            'ä' => spelled.push_str("ae"),
            'ö' | 'ø' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'å' => spelled.push_str("aa"),
            'Ä' => spelled.push_str("Ae"),
            'Ö' | 'Ø' => spelled.push_str("Oe"),
            'Ü' => spelled.push_str("Ue"),
            'Å' => spelled.push_str("Aa"),
            c => spelled.push(c),
        }
    }
    Some(spelled)
}

/// The most pairs of vowels in a name that are read as umlauts; names with more are too rare for what they cost.
const MAX_PAIRS: usize = 3;

/// The other way round: a name in every way in which it may be written with umlauts, `Müller` for `Mueller`. Guesses: `poet`
/// gives `pöt`, so what is found by one must be compared by [`spelled_out`].
#[must_use]
pub fn umlauted(name: &str) -> Vec<String> {
    let pair = |at: usize| {
        let letter = match name.get(at..at + 2)? {
            "ae" => 'ä',
            "oe" => 'ö',
            "ue" => 'ü',
            "aa" => 'å',
            "Ae" | "AE" => 'Ä',
            "Oe" | "OE" => 'Ö',
            "Ue" | "UE" => 'Ü',
            "Aa" | "AA" => 'Å',
            _ => return None,
        };
        Some((at, letter))
    };
    let mut pairs: Vec<(usize, char)> = Vec::new();
    for (at, letter) in (0..name.len()).filter_map(pair) {
        let is_free = pairs.last().is_none_or(|(last, _)| last + 2 <= at);
        if is_free && pairs.len() < MAX_PAIRS {
            pairs.push((at, letter));
        }
    }
    let replaced = |chosen: usize| {
        let mut written = name.to_owned();
        for (n, (at, letter)) in pairs.iter().enumerate().rev() {
            if chosen & (1 << n) != 0 {
                written.replace_range(*at..at + 2, letter.encode_utf8(&mut [0; 4]));
            }
        }
        written
    };
    (1..1 << pairs.len()).rev().map(replaced).collect()
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
    key_of(fold(bare_name(name)))
}

fn key_of(folded: String) -> String {
    let mut key = String::with_capacity(folded.len());
    let mut word_ended = false;
    for c in folded.chars() {
        if c.is_alphanumeric() || is_combining_mark(c) {
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
    let folded = fold_marks(text);
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
            ("Pål ØKLAND", "pal okland"),
            ("Wałęsa Łódź", "walesa lodz"),
            ("Đặng Straße", "dang strasse"),
            ("Æthel Þórður", "aethel thordur"),
            ("Lebœuf", "leboeuf"),
            ("Işık İnönü", "isik inonu"),
            ("Oʻahu Ħamrun", "oahu hamrun"),
            ("ﬁnale Ｋyodo", "finale kyodo"),
            ("Йордан Ёлкин", "иордан елкин"),
            ("がん", "がん"),
            ("राम", "राम"),
            ("서울", "서울"),
            ("مُحَمَّد", "محمد"),
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

    #[test]
    fn the_folded_letters_are_sorted() {
        assert!(LETTERS.is_sorted_by_key(|(letter, _)| *letter));
    }

    #[test]
    fn umlauts_are_spelled_out_and_back() {
        for (name, spelled) in [
            ("Müller", "Mueller"),
            ("Ålborg", "Aalborg"),
            ("Neuenmüller", "Neuenmueller"),
        ] {
            assert_eq!(spelled_out(name).unwrap(), spelled);
            assert!(umlauted(spelled).iter().any(|written| written == name));
        }
        assert_eq!(spelled_out("Sørensen").unwrap(), "Soerensen");
        assert_eq!(spelled_out("Muller"), None);
        assert_eq!(umlauted("harbour"), Vec::<String>::new());
    }
}

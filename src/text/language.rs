//! Which language a text is written in, by its letters and trigrams (`whatlang`).

use isolang::Language;
use whatlang::detect;

/// Fewer words than this tell a script at most.
const MIN_WORDS: usize = 20;

/// A long text is known by its beginning.
const MAX_BYTES: usize = 400;

/// The ISO 639-1 code (639-3 where there is none of two letters) of the text's language; none where it is too short or too
/// mixed to tell.
#[must_use]
pub fn language_of(text: &str) -> Option<String> {
    let head = &text[..text.floor_char_boundary(MAX_BYTES)];
    if is_plainly_english(head) {
        return Some("en".to_owned());
    }
    let found = detect(head)?;
    let is_long = head.split_whitespace().nth(MIN_WORDS).is_some();
    // Scripts without spaces have few "words", but give themselves away by their letters.
    let is_sure = found.is_reliable() && (is_long || !head.is_ascii() && found.confidence() >= 1.0);
    is_sure.then(|| code(found.lang().code()))
}

/// Whether the commonest English words say it: most articles are English, and comparing a text with the trigrams of seventy
/// languages costs as much as all the rest of reading it.
fn is_plainly_english(text: &str) -> bool {
    let (mut n_articles, mut n_others) = (0, 0);
    for word in text.split_whitespace() {
        match word {
            "the" | "The" => n_articles += 1,
            "of" | "and" | "that" | "with" => n_others += 1,
            _ => {}
        }
    }
    n_articles >= 2 && n_others >= 2
}

/// A declared code such as `en-GB`, `EN` or `eng` as this program writes it; none where it names no language.
#[must_use]
pub fn declared(code: &str) -> Option<String> {
    let primary = code.split(['-', '_']).next()?.trim().to_lowercase();
    let known = match primary.len() {
        2 => Language::from_639_1(&primary),
        _ => Language::from_639_3(&primary),
    };
    known.map(name)
}

fn code(iso_639_3: &str) -> String {
    // The library tells Mandarin from its script; archives say Chinese.
    let iso_639_3 = if iso_639_3 == "cmn" { "zho" } else { iso_639_3 };
    Language::from_639_3(iso_639_3).map_or_else(|| iso_639_3.to_owned(), name)
}

fn name(language: Language) -> String {
    language
        .to_639_1()
        .unwrap_or_else(|| language.to_639_3())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_texts() {
        for (text, language) in [
            (
                "The ferry between the two towns sailed again on Monday, three weeks after the storm had torn up its quay, the harbour said.",
                Some("en"),
            ),
            (
                "Die Fähre zwischen den beiden Städten fuhr am Montag wieder, drei Wochen nachdem der Sturm den Kai zerstört hatte, sagte der Hafen.",
                Some("de"),
            ),
            (
                "Le bac entre les deux villes a repris lundi, trois semaines après que la tempête eut détruit son quai, a déclaré hier la capitainerie du port.",
                Some("fr"),
            ),
            (
                "三週間前の嵐で岸壁が壊れた二つの町を結ぶフェリーが月曜日に運航を再開したと港が発表した。",
                Some("ja"),
            ),
            (
                "Паром между двумя городами снова пошёл в понедельник, через три недели после того, как шторм разрушил его причал, сообщил порт города.",
                Some("ru"),
            ),
            ("USD 1.20 GBP 3.40 EUR 2", None),
            ("", None),
        ] {
            assert_eq!(language_of(text).as_deref(), language, "{text}");
        }
    }

    #[test]
    fn declared_codes_are_written_one_way() {
        for (code, language) in [
            ("en-GB", Some("en")),
            ("DE", Some("de")),
            ("eng", Some("en")),
            ("qq", None),
        ] {
            assert_eq!(declared(code).as_deref(), language, "{code}");
        }
    }
}

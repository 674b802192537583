//! What a site puts around an article and people copy along with it: banners, share buttons, cookie lines.

/// Words of which a line of furniture has one.
const VOCABULARY: [&str; 34] = [
    "share this",
    "share on",
    "follow us",
    "sign up",
    "subscribe",
    "newsletter",
    "cookie",
    "cookies",
    "advertisement",
    "advertising",
    "sponsored",
    "banner",
    "read more",
    "related articles",
    "related stories",
    "related topics",
    "more on this story",
    "all rights reserved",
    "copyright",
    "©",
    "privacy policy",
    "terms of use",
    "terms of service",
    "skip to",
    "log in",
    "sign in",
    "print this",
    "email this",
    "comments",
    "click here",
    "download the app",
    "most read",
    "back to top",
    "continue reading",
];

/// A line longer than this, in words, is a sentence of somebody's.
const MAX_WORDS: usize = 18;

/// Whether a paragraph is furniture: a short line with a word of the trade, and, but for legal lines, no sentence.
pub(super) fn is_furniture(paragraph: &str) -> bool {
    let folded = paragraph.to_lowercase();
    let is_rule = !paragraph.chars().any(char::is_alphanumeric);
    let is_short = paragraph.split_whitespace().count() <= MAX_WORDS;
    let is_sentence = paragraph.ends_with(['.', '”', '"']) && paragraph.contains([',', '“', '"']);
    is_rule
        || is_short && !is_sentence && VOCABULARY.iter().any(|word| contains_words(&folded, word))
}

fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !is_word(text[..at].chars().next_back())
            && !is_word(text[at + words.len()..].chars().next())
    })
}

/// Takes furniture off both ends.
pub(super) fn trim(paragraphs: &mut Vec<String>) {
    while paragraphs
        .last()
        .is_some_and(|paragraph| is_furniture(paragraph))
    {
        paragraphs.pop();
    }
    let n_leading = paragraphs
        .iter()
        .take_while(|paragraph| is_furniture(paragraph))
        .count();
    paragraphs.drain(..n_leading);
}

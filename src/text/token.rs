//! Cuts a body into tokens and sentences, by rules for news English. Byte ranges; code points are the caller's business.

use std::ops::Range;

/// A sentence is cut after this many tokens, so that a text without a full stop stays cheap.
const MAX_SENTENCE_TOKENS: usize = 250;

/// Abbreviations whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 40] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "Sgt", "Capt", "Rev",
    "Hon", "St", "Mt", "Ft", "Jr", "Sr", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept",
    "Sep", "Oct", "Nov", "Dec", "vs", "No", "Inc", "Corp", "Co", "Ltd", "Adm", "Maj",
];

/// The tokens of a text and where its sentences begin.
#[derive(Debug, Default)]
pub struct Tokens {
    /// Byte ranges, in order.
    pub ranges: Vec<Range<usize>>,
    /// Ranges of indices into `ranges`, none empty.
    pub sentences: Vec<Range<usize>>,
}

/// Cuts `text`: words, numbers, abbreviations such as `U.S.` and `U. S.`, and every other mark by itself; `'s` is split off.
#[must_use]
pub fn tokenize(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    let mut first = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            let rest = &text[at..];
            let gap = rest.len() - rest.trim_start().len();
            if rest[..gap].contains('\n') || tokens.ranges.len() - first >= MAX_SENTENCE_TOKENS {
                close(&mut tokens, &mut first);
            }
            at += gap;
            continue;
        }
        if c.is_alphanumeric()
            && first < tokens.ranges.len()
            && ends_sentence(text, &tokens.ranges[first..], at)
        {
            close(&mut tokens, &mut first);
        }
        let end = at + token_length(&text[at..], c);
        tokens.ranges.push(at..end);
        at = end;
    }
    close(&mut tokens, &mut first);
    tokens
}

fn close(tokens: &mut Tokens, first: &mut usize) {
    if *first < tokens.ranges.len() {
        tokens.sentences.push(*first..tokens.ranges.len());
        *first = tokens.ranges.len();
    }
}

fn token_length(rest: &str, c: char) -> usize {
    if matches!(c, '\'' | '’') {
        let after = &rest[c.len_utf8()..];
        let is_possessive =
            after.starts_with(['s', 'S']) && !after[1..].starts_with(char::is_alphanumeric);
        return c.len_utf8() + usize::from(is_possessive);
    }
    if !c.is_alphanumeric() {
        return c.len_utf8();
    }
    let abbreviation = dotted_letters(rest);
    if abbreviation > 0 {
        return abbreviation;
    }
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((n, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let joins = match c {
            '\'' | '’' => next.is_some_and(char::is_alphabetic) && !is_possessive_at(&rest[n..]),
            '.' | ',' => {
                next.is_some_and(|next| next.is_ascii_digit())
                    && rest[..n].ends_with(|c: char| c.is_ascii_digit())
            }
            _ => c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c),
        };
        if !joins {
            break;
        }
        end = n + c.len_utf8();
    }
    end
}

fn is_possessive_at(rest: &str) -> bool {
    let after = rest.trim_start_matches(['\'', '’']);
    after.starts_with(['s', 'S']) && !after[1..].starts_with(char::is_alphanumeric)
}

/// The length of `U.S.`, `U. S.` or `a.m.` at the start of `rest`; 0 where there is none. Two letters at least, capitals where
/// they are spaced.
fn dotted_letters(rest: &str) -> usize {
    let mut end = 0;
    let mut n_letters = 0;
    loop {
        let is_spaced = n_letters > 0 && rest[end..].starts_with(' ');
        let start = end + usize::from(is_spaced);
        let mut characters = rest[start..].chars();
        let (Some(letter), Some('.')) = (characters.next(), characters.next()) else {
            break;
        };
        if !letter.is_alphabetic() || is_spaced && !letter.is_uppercase() {
            break;
        }
        end = start + letter.len_utf8() + 1;
        n_letters += 1;
    }
    if n_letters >= 2 { end } else { 0 }
}

/// Whether the tokens so far end a sentence before the word at byte `at`.
fn ends_sentence(text: &str, sentence: &[Range<usize>], at: usize) -> bool {
    let mut last = sentence.len();
    while last > 0
        && matches!(
            &text[sentence[last - 1].clone()],
            "\"" | "”" | "’" | "'" | ")" | "]" | "»" | "“" | "‘" | "„" | "«" | "(" | "["
        )
    {
        last -= 1;
    }
    if last == 0
        || !text[..at].ends_with(char::is_whitespace)
            && !text[..at].ends_with(['"', '“', '‘', '„', '«', '(', '[', '\''])
    {
        return false;
    }
    let next_is_lower = text[at..].starts_with(char::is_lowercase);
    match &text[sentence[last - 1].clone()] {
        "!" | "?" => !next_is_lower,
        "." => {
            let before = if last > 1 {
                &text[sentence[last - 2].clone()]
            } else {
                ""
            };
            let is_initial = before.chars().count() == 1 && before.starts_with(char::is_uppercase);
            !next_is_lower && !is_initial && !ABBREVIATIONS.contains(&before)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Vec<&str>> {
        let tokens = tokenize(text);
        let words = |sentence: &Range<usize>| {
            tokens.ranges[sentence.clone()]
                .iter()
                .map(|r| &text[r.clone()])
                .collect()
        };
        tokens.sentences.iter().map(words).collect()
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        assert_eq!(
            cut("Mr. O'Hara's U.S. trip cost 3.5 million. It ended."),
            [
                vec![
                    "Mr", ".", "O'Hara", "'s", "U.S.", "trip", "cost", "3.5", "million", "."
                ],
                vec!["It", "ended", "."]
            ]
        );
    }

    #[test]
    fn spaced_initials_are_one_word() {
        assert_eq!(
            cut("The U. S. envoy met J. K. Roe. Then a. b. left."),
            [
                vec!["The", "U. S.", "envoy", "met", "J. K.", "Roe", "."],
                vec!["Then", "a", ".", "b", ".", "left", "."]
            ]
        );
    }

    #[test]
    fn lines_end_sentences_and_hyphens_part_words() {
        assert_eq!(
            cut("Lim Sung-nam\nSeoul"),
            [vec!["Lim", "Sung", "-", "nam"], vec!["Seoul"]]
        );
    }
}

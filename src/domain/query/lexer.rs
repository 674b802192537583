//! Cuts a query into tokens. Words keep their marks (`U.S.`, `O'Neill`, `state-run`): the index parts them as it parts texts.

use std::ops::Range;

use super::QueryError;

/// A token and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `-` before what is to be left out.
    Minus,
    /// `NEAR`, before its bracket.
    Near,
    /// `title:`, without its colon.
    Field(String),
    /// A word with all its marks.
    Word(String),
    /// What stood between quotation marks.
    Quoted(String),
    /// `*` right behind a quotation.
    Star,
}

/// Quotation marks that open a phrase, each with those that close it.
const QUOTES: [(char, &str); 6] = [
    ('"', "\""),
    ('“', "”\""),
    ('„', "“”\""),
    ('«', "»"),
    ('「', "」"),
    ('『', "』"),
];

pub(super) fn tokens(query: &str) -> Result<Vec<Token>, QueryError> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        let what = match c {
            c if c.is_whitespace() || c == '\0' => continue,
            '(' => What::Open,
            ')' => What::Close,
            '*' if is_behind_quotation(&tokens, start) => What::Star,
            '-' if query[at..]
                .starts_with(|c: char| c.is_alphanumeric() || c == '(' || is_opening(c)) =>
            {
                What::Minus
            }
            c if is_opening(c) => {
                let (text, end) = quotation(query, start, c)?;
                at = end;
                What::Quoted(text)
            }
            _ => {
                let length = word_length(&query[start..]);
                let word = &query[start..start + length];
                let (what, used) = classified(word);
                at = start + used;
                what
            }
        };
        tokens.push(Token {
            what,
            at: start..at,
        });
    }
    Ok(tokens)
}

fn is_behind_quotation(tokens: &[Token], at: usize) -> bool {
    tokens
        .last()
        .is_some_and(|last| matches!(last.what, What::Quoted(_)) && last.at.end == at)
}

fn is_opening(c: char) -> bool {
    QUOTES.iter().any(|(open, _)| *open == c)
}

/// The text of a quotation and where it ends, its mark included.
fn quotation(query: &str, start: usize, open: char) -> Result<(String, usize), QueryError> {
    let closing = QUOTES
        .iter()
        .find(|(mark, _)| *mark == open)
        .map_or("\"", |(_, closing)| closing);
    let from = start + open.len_utf8();
    let end = query[from..]
        .find(|c| closing.contains(c))
        .map(|n| from + n);
    let Some(end) = end else {
        return Err(QueryError {
            at: start..from,
            problem: "this quotation mark is never closed".into(),
            meant: Some(format!(
                "{}{}",
                query.trim_end(),
                closing.chars().next().unwrap_or('"')
            )),
        });
    };
    let length = query[end..].chars().next().map_or(0, char::len_utf8);
    Ok((query[from..end].to_owned(), end + length))
}

fn word_length(rest: &str) -> usize {
    rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '\0') || is_opening(c))
        .unwrap_or(rest.len())
}

/// What a word is, and how much of it was taken: a field ends at its colon.
fn classified(word: &str) -> (What, usize) {
    let what = match word {
        "AND" => What::And,
        "OR" => What::Or,
        "NOT" => What::Not,
        // The blank in "NEAR (a b)" is a slip; where no bracket follows, the parser says what is meant.
        "NEAR" => What::Near,
        _ => match word.split_once(':') {
            Some((name, value)) if is_field(name) && !value.starts_with("//") => {
                return (What::Field(name.to_owned()), name.len() + 1);
            }
            _ => What::Word(word.to_owned()),
        },
    };
    (what, word.len())
}

/// Whether that may be meant as a field: a time of day (10:30) or an address (https://…) is not.
fn is_field(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

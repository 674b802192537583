//! Titles as printed before a person: "Deputy Secretary of State Antony Blinken", and behind one, between commas.

use crate::domain::analysis::{Kind, Mention, Role};
use crate::domain::span::Span;
use crate::extract::lists::{Class, class_of};

/// A title of more words than this is a sentence that went astray.
const MAX_WORDS: usize = 9;

pub(super) fn find(body: &str, mentions: &[Mention]) -> Vec<Role> {
    if mentions.iter().all(|mention| mention.kind != Kind::Person) {
        return Vec::new();
    }
    let characters: Vec<char> = body.chars().collect();
    let people = mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.kind == Kind::Person);
    people
        .filter_map(|(n, mention)| {
            let span = before(&characters, mention.span.start)
                .or_else(|| behind(&characters, mention.span.end))?;
            let title = characters[span.start..span.end].iter().collect();
            Some(Role {
                mention: n,
                span,
                title,
            })
        })
        .collect()
}

/// The capitalized words (and "of", "and", "for") that lead up to `end`, if a title is among them.
fn before(characters: &[char], end: usize) -> Option<Span> {
    let mut edge = end;
    while edge > 0 && characters[edge - 1] == ' ' {
        edge -= 1;
    }
    let (mut start, mut at, mut has_title) = (None, edge, false);
    for _ in 0..MAX_WORDS {
        let word_start = (0..at)
            .rev()
            .take_while(|n| characters[*n].is_alphabetic() || characters[*n] == '-')
            .last();
        let Some(word_start) = word_start else { break };
        let word: String = characters[word_start..at].iter().collect();
        let is_title = class_of(&word) == Class::Title;
        if word.starts_with(char::is_uppercase) || is_title {
            start = Some(word_start);
            has_title |= is_title;
        } else if start.is_none() || !matches!(word.as_str(), "of" | "and" | "for" | "the") {
            break;
        }
        if word_start == 0 || characters[word_start - 1] != ' ' {
            break;
        }
        at = word_start - 1;
    }
    start
        .filter(|_| has_title && edge < end)
        .map(|start| Span { start, end: edge })
}

/// ", first vice minister of foreign affairs," behind a name, if it opens near a title and is short.
fn behind(characters: &[char], start: usize) -> Option<Span> {
    let rest = characters.get(start..)?;
    if rest.first() != Some(&',') || rest.get(1) != Some(&' ') {
        return None;
    }
    let length = rest[2..]
        .iter()
        .take(90)
        .position(|c| matches!(c, ',' | '.' | ';' | '\n'))?;
    let title: String = rest[2..2 + length].iter().collect();
    let words: Vec<&str> = title.split(' ').collect();
    let names_title = words
        .iter()
        .take(5)
        .any(|word| class_of(word) == Class::Title);
    (words.len() <= MAX_WORDS && names_title).then_some(Span {
        start: start + 2,
        end: start + 2 + length,
    })
}

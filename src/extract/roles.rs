//! Titles as printed next to a person: before one ("Deputy Secretary of State Antony Blinken"), behind one between commas
//! ("Anne Dahl, the union's leader,"), and as what one is introduced by ("its leader, Anne Dahl"). Precision first.

use crate::domain::analysis::{Kind, Mention, Role};
use crate::domain::span::Span;
use crate::extract::lists::{Class, class_of};

/// A title of more words than this is a sentence that went astray.
const MAX_WORDS: usize = 9;

/// What one may be besides holding a title.
const FUNCTIONS: [&str; 34] = [
    "leader",
    "head",
    "chief",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "founder",
    "co-founder",
    "owner",
    "author",
    "coach",
    "captain",
    "analyst",
    "economist",
    "lawyer",
    "attorney",
    "director",
    "manager",
    "executive",
    "chairwoman",
    "chairperson",
    "editor",
    "historian",
    "researcher",
    "scientist",
    "striker",
    "goalkeeper",
    "farmer",
    "teacher",
    "pilot",
    "organizer",
    "activist",
    "negotiator",
    "candidate",
];

/// Small words before a title that are part of it: a shadow chancellor is no chancellor.
const GRADES: &str = "former deputy vice first acting chief executive prime senior assistant managing general foreign finance \
    interim outgoing then shadow opposition ex retired union party police state federal defence defense interior trade energy \
    agriculture transport health education justice labour labor industry economy environment culture sports home lead press \
    company council committee board market research oil bank team club junior";

/// Capitalized words that open a sentence and no title.
const OPENERS: [&str; 35] = [
    "Earlier",
    "Later",
    "Their",
    "His",
    "Her",
    "Its",
    "Our",
    "My",
    "This",
    "When",
    "After",
    "But",
    "The",
    "As",
    "While",
    "If",
    "On",
    "In",
    "Since",
    "And",
    "Then",
    "Meanwhile",
    "Although",
    "Before",
    "Both",
    "With",
    "For",
    "Like",
    "Because",
    "Under",
    "Unlike",
    "By",
    "At",
    "Yet",
    "That",
];

/// Words of a clause, which no title holds.
const CLAUSE_WORDS: [&str; 37] = [
    "who", "whom", "whose", "which", "that", "where", "when", "while", "said", "says", "told",
    "was", "is", "were", "are", "has", "had", "have", "met", "will", "would", "but", "after",
    "before", "because", "said", "he", "she", "they", "it", "also", "not", "as", "with",
    "resigned", "arrived", "became",
];

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
            let edge = n
                .checked_sub(1)
                .map_or(0, |last| match mentions[last].kind {
                    Kind::Person => mentions[last].span.end,
                    _ => 0,
                });
            let span = before(&characters, edge, mention.span.start)
                .or_else(|| behind(&characters, mention.span.end))
                .or_else(|| introducing(&characters, mention.span.start))?;
            let title = characters[span.start..span.end].iter().collect();
            Some(Role {
                mention: n,
                span,
                title,
            })
        })
        .collect()
}

fn is_title(word: &str) -> bool {
    if is_address(word) {
        return false;
    }
    let bare = word.trim_end_matches(|c: char| !c.is_alphabetic());
    class_of(bare) == Class::Title || FUNCTIONS.contains(&bare.to_lowercase().as_str())
}

/// "Mr" and "Mrs" are how a person is addressed, not what they are.
fn is_address(title: &str) -> bool {
    matches!(
        title.trim_end_matches('.'),
        "Mr" | "Mrs" | "Ms" | "Miss" | "Dr" | "Sir" | "Dame" | "Lady" | "Lord"
    )
}

/// The capitalized words (and "of", "and", "for") that lead up to `end`, if a title is among them.
fn before(characters: &[char], from: usize, end: usize) -> Option<Span> {
    let mut edge = end;
    while edge > 0 && characters[edge - 1] == ' ' {
        edge -= 1;
    }
    let (mut start, mut at, mut has_title) = (None, edge, false);
    for _ in 0..MAX_WORDS {
        let word_start = (from.min(at)..at)
            .rev()
            .take_while(|n| characters[*n].is_alphabetic() || characters[*n] == '-')
            .last();
        let Some(word_start) = word_start else { break };
        let word: String = characters[word_start..at].iter().collect();
        // The end of something else, as in "R&B singer", or the opening of a sentence.
        let is_cut = word_start > 0
            && !characters[word_start - 1].is_whitespace()
            && !matches!(characters[word_start - 1], '"' | '“' | '(' | '—');
        // "Trade and Industry Secretary", but "the Red Cross and actor …".
        let is_seam =
            word == "and" && start.is_some_and(|start: usize| characters[start].is_lowercase());
        if OPENERS.contains(&word.as_str()) || is_cut || is_seam {
            break;
        }
        let is_title = is_title(&word);
        let is_grade = start.is_some() && GRADES.split_whitespace().any(|grade| grade == word);
        if word.starts_with(char::is_uppercase) || is_title || is_grade {
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
        .map(|start| without_address(characters, start, edge))
        .filter(|span| {
            let title: String = characters[span.start..span.end].iter().collect();
            // "A spokesman for Mr Dahl" is somebody else.
            let is_anothers = [" for", " and", " of", " the"]
                .iter()
                .any(|end| title.ends_with(end));
            !is_anothers && !is_address(&title)
        })
}

/// "Stock Exchange chairman Sir": the address belongs to the name.
fn without_address(characters: &[char], start: usize, mut end: usize) -> Span {
    while let Some(gap) = (start..end).rev().find(|n| characters[*n] == ' ') {
        let last: String = characters[gap + 1..end].iter().collect();
        if !is_address(&last) {
            break;
        }
        end = gap;
    }
    Span { start, end }
}

/// ", first vice minister of foreign affairs," behind a name, an age between them allowed.
fn behind(characters: &[char], start: usize) -> Option<Span> {
    let mut at = start;
    loop {
        if characters.get(at..at + 2)? != [',', ' '] {
            return None;
        }
        at += 2;
        let age = characters[at..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        if age == 0 {
            break;
        }
        at += age;
    }
    let length = characters[at..]
        .iter()
        .take(90)
        .position(|c| matches!(c, ',' | '.' | ';' | '\n' | '"' | '”' | '('))?;
    phrase(characters, at, at + length)
}

/// "said its leader, Anne Dahl": the words from the last "its" or "the" to the comma before the name.
fn introducing(characters: &[char], end: usize) -> Option<Span> {
    let comma = end.checked_sub(2)?;
    if characters[comma..end] != [',', ' '] {
        return None;
    }
    let clause: String = characters[comma.saturating_sub(70)..comma].iter().collect();
    let clause = clause
        .rsplit(['.', ',', ';', '\n', '"', '”', '('])
        .next()
        .unwrap_or_default();
    let opening = [" its ", " the ", " their ", " his ", " her ", " our "]
        .iter()
        .filter_map(|word| Some(clause.rfind(word)? + word.len()))
        .max()?;
    // "the minister of the interior": the first "the" whose next words hold the title.
    let opening = clause[..opening]
        .trim_end()
        .strip_suffix("the")
        .and_then(|head| head.trim_end().strip_suffix(" of"))
        .and_then(|head| Some(head.rfind(" the ")? + 5))
        .unwrap_or(opening);
    let start = comma - clause[opening..].chars().count();
    phrase(characters, start, comma)
}

/// A phrase that names a function: a title among its first words, no clause.
fn phrase(characters: &[char], mut start: usize, end: usize) -> Option<Span> {
    let mut text: String = characters[start..end].iter().collect();
    for article in ["the ", "a ", "an ", "its ", "their ", "his ", "her "] {
        if let Some(rest) = text.strip_prefix(article) {
            start += article.len();
            text = rest.to_owned();
            break;
        }
    }
    let words: Vec<&str> = text.split(' ').collect();
    let titled = words.iter().take(6).position(|word| is_title(word))?;
    let is_clause = words
        .iter()
        .any(|word| CLAUSE_WORDS.contains(&word.to_lowercase().as_str()));
    // "in Oslo for the president": what comes before the title are words that describe it, not a preposition.
    let strays = words[..titled].iter().any(|word| {
        matches!(
            *word,
            "in" | "on" | "at" | "for" | "to" | "from" | "by" | "of" | "and" | "or" | "the"
        )
    });
    (words.len() <= MAX_WORDS && !is_clause && !strays && !is_address(&text))
        .then_some(Span { start, end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::analysis::Origin;

    /// The titles of "Kari Dahl" in a body.
    fn titles(body: &str) -> Vec<String> {
        let at = body.find("Kari Dahl").unwrap();
        let start = body[..at].chars().count();
        let mention = Mention {
            span: Span {
                start,
                end: start + 9,
            },
            text: "Kari Dahl".into(),
            kind: Kind::Person,
            sentence: 0,
            confidence: 1.0,
            origin: Origin::Model,
        };
        find(body, &[mention])
            .into_iter()
            .map(|role| role.title)
            .collect()
    }

    #[test]
    fn what_is_printed_next_to_a_person_is_their_title() {
        for (body, title) in [
            (
                "Vice Foreign Minister Kari Dahl spoke.",
                "Vice Foreign Minister",
            ),
            (
                "South Korean President Kari Dahl spoke.",
                "South Korean President",
            ),
            ("When President Kari Dahl spoke", "President"),
            (
                "They asked former union leader Kari Dahl.",
                "former union leader",
            ),
            (
                "They asked shadow chancellor Kari Dahl.",
                "shadow chancellor",
            ),
            ("Bank chairman Dame Kari Dahl spoke.", "Bank chairman"),
            ("He saw the Red Cross and actress Kari Dahl.", "actress"),
            ("He saw R&B singer Kari Dahl.", "singer"),
            (
                "Trade and Industry Secretary Kari Dahl spoke.",
                "Trade and Industry Secretary",
            ),
            (
                "Kari Dahl, first vice minister of foreign affairs, spoke.",
                "first vice minister of foreign affairs",
            ),
            ("Kari Dahl, the union's leader, spoke.", "union's leader"),
            (
                "Kari Dahl, 45, a spokeswoman for the board, spoke.",
                "spokeswoman for the board",
            ),
            ("\"No,\" said its leader, Kari Dahl.", "leader"),
            (
                "They met the minister of transport, Kari Dahl, in Oslo.",
                "minister of transport",
            ),
        ] {
            assert_eq!(titles(body), [title], "{body}");
        }
    }

    #[test]
    fn what_others_are_is_no_title_of_theirs() {
        for body in [
            "Kari Dahl, who met the president, spoke.",
            "Kari Dahl, after the minister left, spoke.",
            "Kari Dahl, in a letter to the director, spoke.",
            "Mr. Kari Dahl spoke.",
            "Earlier Mr Kari Dahl spoke.",
            "The president left. Kari Dahl spoke.",
            "In Oslo, Kari Dahl spoke.",
            "A spokesman for Mr Kari Dahl said so.",
            "The Prime Minister and Mr Kari Dahl spoke.",
            "Kari Dahl, became longest-serving chancellor, they say.",
        ] {
            assert_eq!(titles(body), Vec::<String>::new(), "{body}");
        }
    }
}

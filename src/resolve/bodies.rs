//! Which shorter name of an organization stands for which fuller one: acronyms, shortenings, former names.

use std::collections::HashMap;

use super::known;
use super::names::{Names, endings, openings};
use super::words::{is_generic, is_head};
use crate::domain::analysis::{Kind, Mention};
use crate::domain::entity::NameOrigin;
use crate::text::normalize::name_key;

/// What stands between two names of one thing, the first of which is its name today.
const FORMERLY: [&str; 12] = [
    "formerly",
    "formerly known as",
    "formerly called",
    "formerly named",
    "previously known as",
    "previously called",
    "previously",
    "once known as",
    "once called",
    "also known as",
    "better known as",
    "known until recently as",
];

/// The same, the second of which is its name today.
const NOW: [&str; 8] = [
    "now",
    "now called",
    "now known as",
    "now named",
    "since renamed",
    "renamed",
    "which is now called",
    "which was renamed",
];

pub(super) fn link(characters: &[char], mentions: &[Mention], names: &mut Names) {
    for (n, pair) in mentions.windows(2).enumerate() {
        let between: String = characters
            .get(pair[0].span.end..pair[1].span.start)
            .unwrap_or_default()
            .iter()
            .take(40)
            .collect();
        let closes = characters.get(pair[1].span.end) == Some(&')');
        link_bracketed(names, n, pair, &between, closes);
        link_renamed(names, n, &between);
    }
    link_initials(names);
    link_shortened(names);
}

/// "Acquisition and Cross-Servicing Agreement (ACSA)", "ACSA (the Acquisition …)": the letters stand for the name beside
/// them, whatever kind the recognizer gave the letters.
fn link_bracketed(names: &mut Names, n: usize, pair: &[Mention], between: &str, closes: bool) {
    let opens = matches!(
        between.trim_matches([' ', '"', '“', '”']),
        "(" | "(the" | "(or" | ", or" | ", or the"
    );
    if !opens || between.contains('(') && !closes {
        return;
    }
    let (first, second) = (names.of_mention[n], names.of_mention[n + 1]);
    let (full, short) = if is_acronym_of(&pair[1].text, &pair[0].text) {
        (first, second)
    } else if is_acronym_of(&pair[0].text, &pair[1].text) {
        (second, first)
    } else {
        return;
    };
    let key = names.list[short].key.clone();
    for (other, name) in names.list.iter_mut().enumerate() {
        if other != full && name.key == key && name.stands_for.is_none() {
            name.stands_for = Some(full);
            name.origin = NameOrigin::Acronym;
        }
    }
}

/// "Equinor, formerly Statoil".
fn link_renamed(names: &mut Names, n: usize, between: &str) {
    let words = between.trim_matches(|c: char| !c.is_alphabetic());
    if words.is_empty() || !between.trim_start().starts_with([',', '(']) {
        return;
    }
    let (first, second) = (names.of_mention[n], names.of_mention[n + 1]);
    let (today, once) = if FORMERLY.contains(&words) {
        (first, second)
    } else if NOW.contains(&words) {
        (second, first)
    } else {
        return;
    };
    let may = |n: usize| !matches!(names.list[n].kind, Kind::Location | Kind::Group);
    let is_one_kind = names.list[today].kind == names.list[once].kind
        || names.list[today].kind != Kind::Person && names.list[once].kind != Kind::Person;
    if today != once
        && is_one_kind
        && may(today)
        && may(once)
        && names.list[once].stands_for.is_none()
    {
        names.list[once].stands_for = Some(today);
    }
}

/// Whether the letters of `short` open words of `full`, in order: `ACSA` of "Acquisition and Cross-Servicing Agreement".
fn is_acronym_of(short: &str, full: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_like_one = letters.len() >= 2
        && letters.iter().filter(|c| c.is_uppercase()).count() * 2 > letters.len();
    let mut initials = full
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase);
    is_like_one
        && full.contains(' ')
        && letters
            .iter()
            .flat_map(|c| c.to_lowercase())
            .all(|letter| initials.any(|initial| initial == letter))
}

/// Three letters or more, never in brackets, that are exactly the initials of one body of the article.
fn link_initials(names: &mut Names) {
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, name) in names.list.iter().enumerate() {
        if matches!(name.kind, Kind::Organization | Kind::Law | Kind::Event)
            && name.key.contains(' ')
        {
            let initials = |skips: bool| -> String {
                name_key(name.best())
                    .split(' ')
                    .filter(|word| {
                        !skips || !matches!(*word, "of" | "and" | "the" | "for" | "in" | "on")
                    })
                    .filter_map(|word| word.chars().next())
                    .collect()
            };
            let (all, main) = (initials(false), initials(true));
            if all != main {
                by_initials.entry(all).or_default().push(n);
            }
            by_initials.entry(main).or_default().push(n);
        }
    }
    for name in &mut names.list {
        let is_letters = name.is_capitals() && !name.key.contains(' ') && name.key.len() >= 3;
        if name.stands_for.is_some()
            || !is_letters
            || known::find(&name.key, true, Vec::new).is_some()
        {
            continue;
        }
        if let Some([one]) = by_initials.get(&name.key).map(Vec::as_slice) {
            name.stands_for = Some(*one);
            name.origin = NameOrigin::Acronym;
        }
    }
}

/// "Toyota" of "Toyota Industries", "Foreign Ministry" of "Chinese Foreign Ministry": of the only body that it fits.
fn link_shortened(names: &mut Names) {
    let mut fuller: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, name) in names.list.iter().enumerate() {
        if name.kind != Kind::Organization {
            continue;
        }
        for opening in openings(&name.key) {
            fuller.entry(opening.to_owned()).or_default().push(n);
        }
        for ending in endings(&name.key).filter(|ending| ending.contains(' ')) {
            let nation = name.key[..name.key.len() - ending.len()].trim_end();
            if known::is_of_a_country(nation) {
                fuller.entry(ending.to_owned()).or_default().push(n);
            }
        }
    }
    for n in 0..names.list.len() {
        let name = &names.list[n];
        let words: Vec<&str> = name.key.split(' ').collect();
        let is_whole = words.iter().all(|word| is_generic(word))
            && !fuller.get(&name.key).is_some_and(|found| {
                found
                    .iter()
                    .all(|whole| names.list[*whole].key.ends_with(&name.key))
            })
            || words.last().is_some_and(|word| is_head(word))
                && fuller.get(&name.key).is_some_and(|found| {
                    found
                        .iter()
                        .any(|whole| names.list[*whole].key.starts_with(&name.key))
                });
        let may_be = matches!(name.kind, Kind::Organization | Kind::Product | Kind::Other)
            && name.stands_for.is_none()
            && !is_whole
            && known::find(&name.key, true, Vec::new).is_none()
            && !known::is_of_a_country(&name.key);
        let Some(found) = fuller.get(&name.key).filter(|_| may_be) else {
            continue;
        };
        let longest = found
            .iter()
            .copied()
            .max_by_key(|whole| names.list[*whole].key.len());
        let is_one = longest.is_some_and(|longest| {
            found.len() <= 20
                && found.iter().all(|whole| {
                    *whole == longest
                        || names.list[longest].key.starts_with(&names.list[*whole].key)
                })
        });
        if is_one {
            names.list[n].stands_for = longest;
        }
    }
}

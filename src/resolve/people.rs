//! Which shorter name of a person stands for which fuller one.

use std::collections::HashMap;

use super::names::{Names, endings, openings};
use super::words::{Gender, gender_of_name, is_family_first};
use crate::domain::analysis::Kind;

/// The fuller names of people by what they open and end with.
#[derive(Debug, Default)]
struct Parts {
    family: HashMap<String, Vec<usize>>,
    given: HashMap<String, Vec<usize>>,
}

/// Links parts of names to the one fuller name that fits. Returns, for names that fit several people, which.
pub(super) fn link(names: &mut Names) -> HashMap<usize, Vec<usize>> {
    let parts = parts(names);
    let mut open = HashMap::new();
    for n in 0..names.list.len() {
        if names.list[n].kind != Kind::Person || names.list[n].stands_for.is_some() {
            continue;
        }
        let key = names.list[n].key.clone();
        let fuller = |by: &HashMap<String, Vec<usize>>| {
            fullest(names, by.get(&key).map_or(&[][..], Vec::as_slice))
        };
        // A family name is what news calls people by; a given name counts only where nobody is called so by family.
        let mut candidates = fuller(&parts.family);
        if candidates.is_empty() {
            candidates = fuller(&parts.given);
        }
        if candidates.is_empty() {
            candidates = abbreviated(names, n, &parts);
        }
        match candidates[..] {
            [] => {}
            [one] => names.list[n].stands_for = Some(one),
            _ => {
                open.insert(n, candidates);
            }
        }
    }
    open
}

fn parts(names: &Names) -> Parts {
    let mut parts = Parts::default();
    for (n, name) in names.list.iter().enumerate() {
        // A headline in capitals may hold more than the name: "MARIA LINDQVIST RESIGNS".
        if name.kind != Kind::Person || name.is_capitals() && name.key.contains(' ') {
            continue;
        }
        let (mut family, mut given): (Vec<&str>, Vec<&str>) =
            (endings(&name.key).collect(), openings(&name.key).collect());
        if is_family_first(name.best()) {
            std::mem::swap(&mut family, &mut given);
        }
        // "Martin Luther King" of "Martin Luther King Jr": all but the suffix is the whole name.
        if let Some((whole, "jr" | "sr" | "ii" | "iii")) = name.key.rsplit_once(' ') {
            family.push(whole);
            family.extend(endings(whole));
        }
        for part in family {
            parts.family.entry(part.to_owned()).or_default().push(n);
        }
        for part in given {
            parts.given.entry(part.to_owned()).or_default().push(n);
        }
    }
    parts
}

/// Of several fuller names only those that are not themselves parts of another: of "Park Geun" and "Park Geun-hye" the latter.
fn fullest(names: &Names, candidates: &[usize]) -> Vec<usize> {
    let is_part_of = |part: usize, whole: usize| {
        let (part, whole) = (&names.list[part].key, &names.list[whole].key);
        part != whole
            && (openings(whole).any(|opening| opening == part)
                || endings(whole).any(|ending| ending == part)
                || is_abbreviation(part, whole))
    };
    // An article does not name a hundred people of one name; a hostile text may.
    let candidates = &candidates[..candidates.len().min(100)];
    let mut fullest: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|part| !candidates.iter().any(|whole| is_part_of(*part, *whole)))
        .collect();
    fullest.dedup();
    fullest
}

/// "S. Ortiz" and "Samuel Ortiz" of "Samuel L. Ortiz": the same family name, and given names that don't differ.
fn abbreviated(names: &Names, n: usize, parts: &Parts) -> Vec<usize> {
    let key = &names.list[n].key;
    let Some(last) = endings(key).next() else {
        return Vec::new();
    };
    let same_family = parts.family.get(last).map_or(&[][..], Vec::as_slice);
    let longer: Vec<usize> = same_family
        .iter()
        .copied()
        .filter(|other| *other != n && is_abbreviation(key, &names.list[*other].key))
        .collect();
    fullest(names, &longer)
}

fn is_abbreviation(short: &str, long: &str) -> bool {
    let (short_words, long_words): (Vec<&str>, Vec<&str>) =
        (short.split(' ').collect(), long.split(' ').collect());
    if short.len() >= long.len() || short_words.len() < 2 {
        return false;
    }
    let alike = |a: &str, b: &str| a == b || a.len() == 1 && b.starts_with(a);
    let mut rest = long_words.iter();
    short_words.last() == long_words.last()
        && alike(short_words[0], long_words[0])
        && short_words
            .iter()
            .all(|word| rest.any(|other| alike(word, other)))
}

/// Which of several people a form of address or a title before a bare name tells: "Mrs Harlow", "Judge Reyes".
pub(super) fn told_apart(names: &Names, mention: usize, candidates: &[usize]) -> Option<usize> {
    let lead = &names.leads[mention];
    if let Some(title) = &lead.title {
        let mut holders = candidates
            .iter()
            .filter(|n| names.list[**n].title.as_ref() == Some(title));
        if let (Some(one), None) = (holders.next(), holders.next()) {
            return Some(*one);
        }
    }
    let wanted = lead.gender?;
    let gender = |n: usize| -> Option<Gender> {
        let name = &names.list[n];
        name.gender.or_else(|| gender_of_name(&name.key))
    };
    let mut fitting = candidates.iter().filter(|n| gender(**n) == Some(wanted));
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Some(*one),
        (None, _) => {
            let mut untold = candidates.iter().filter(|n| gender(**n).is_none());
            let one = untold.next()?;
            untold.next().is_none().then_some(*one)
        }
        _ => None,
    }
}

//! Mentions to entities: which names of an article mean the same thing. Pure, one article at a time, so that the order in
//! which articles arrive cannot change what results; across the archive `(kind, key)` is an entity's identity.

pub mod watchlist;

use std::collections::{BTreeSet, HashMap};

use crate::domain::analysis::{Analysis, Kind, Mention};
use crate::domain::entity::{Alias, EntityInArticle, NameOrigin, Resolution};
use crate::text::normalize::{bare_name, name_key};

/// Tells for each mention of an article which entity it means.
///
/// Chains, from the surest sign to the weakest: the same key; an acronym in brackets behind its full name; for people, a
/// part of a name ("Blinken") of the only fuller name in the article that ends or begins with it.
#[must_use]
pub fn resolve(body: &str, analysis: &Analysis) -> Resolution {
    let mut names: Vec<Name> = distinct_names(&analysis.mentions);
    link_acronyms(body, &analysis.mentions, &mut names);
    link_parts_of_names(&mut names);
    let mut resolution = Resolution::default();
    let mut entity_by_name: HashMap<usize, usize> = HashMap::new();
    let index: HashMap<(Kind, String), usize> = names
        .iter()
        .enumerate()
        .map(|(n, name)| ((name.kind, name.key.clone()), n))
        .collect();
    for mention in &analysis.mentions {
        let Some(own) = index.get(&(mention.kind, name_key(&mention.text))).copied() else {
            continue;
        };
        let full = names[own].stands_for.unwrap_or(own);
        let entity = *entity_by_name.entry(full).or_insert_with(|| {
            resolution.entities.push(entity_of(&names, full));
            resolution.entities.len() - 1
        });
        resolution.entity_of.push(entity);
    }
    resolution
}

/// A name as the article uses it, in all its printed forms.
#[derive(Debug)]
struct Name {
    kind: Kind,
    key: String,
    printed: BTreeSet<String>,
    origin: NameOrigin,
    /// The index of the fuller name that this one is short for.
    stands_for: Option<usize>,
}

fn distinct_names(mentions: &[Mention]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut index: HashMap<(Kind, String), usize> = HashMap::new();
    for mention in mentions {
        let key = name_key(&mention.text);
        let n = *index.entry((mention.kind, key.clone())).or_insert_with(|| {
            names.push(Name {
                kind: mention.kind,
                key,
                printed: BTreeSet::new(),
                origin: NameOrigin::Text,
                stands_for: None,
            });
            names.len() - 1
        });
        let bare = bare_name(&mention.text);
        let printed = if bare.is_empty() {
            mention.text.as_str()
        } else {
            bare
        };
        names[n].printed.insert(printed.to_owned());
    }
    names
}

/// "Acquisition and Cross-Servicing Agreement (ACSA)": the bracketed letters stand for the name before them, whatever kind
/// the recognizer gave the letters.
fn link_acronyms(body: &str, mentions: &[Mention], names: &mut [Name]) {
    let characters: Vec<char> = if mentions.is_empty() {
        Vec::new()
    } else {
        body.chars().collect()
    };
    for pair in mentions.windows(2) {
        let [full, short] = pair else { continue };
        let between = characters
            .get(full.span.end..short.span.start)
            .unwrap_or_default();
        let is_bracketed = between.iter().collect::<String>().trim() == "("
            && characters.get(short.span.end) == Some(&')');
        if !is_bracketed || !is_acronym_of(&short.text, &full.text) {
            continue;
        }
        let Some(target) = position(names, full.kind, &name_key(&full.text)) else {
            continue;
        };
        let key = name_key(&short.text);
        for (n, name) in names.iter_mut().enumerate() {
            if n != target && name.key == key {
                name.stands_for = Some(target);
                name.origin = NameOrigin::Acronym;
            }
        }
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
        && letters
            .iter()
            .flat_map(|c| c.to_lowercase())
            .all(|letter| initials.any(|initial| initial == letter))
}

/// "Blinken" is Antony Blinken where no other Blinken is named; two people with one surname leave it alone.
fn link_parts_of_names(names: &mut [Name]) {
    for n in 0..names.len() {
        if names[n].kind != Kind::Person || names[n].stands_for.is_some() {
            continue;
        }
        let fuller: Vec<usize> = (0..names.len())
            .filter(|other| *other != n && names[*other].kind == Kind::Person)
            .filter(|other| is_part(&names[n].key, &names[*other].key))
            .collect();
        // "Park" beside "Park Geun" and "Park Geun-hye": the longest, if the others are parts of it.
        let Some(longest) = fuller
            .iter()
            .copied()
            .max_by_key(|other| names[*other].key.len())
        else {
            continue;
        };
        let all_one = fuller
            .iter()
            .all(|other| *other == longest || is_part(&names[*other].key, &names[longest].key));
        if all_one {
            names[n].stands_for = Some(longest);
        }
    }
    for n in 0..names.len() {
        // Chains end at the fullest name; parts are shorter than what they stand for, so this ends.
        while let Some(next) = names[n].stands_for.and_then(|full| names[full].stands_for) {
            if next == n {
                break;
            }
            names[n].stands_for = Some(next);
        }
    }
}

/// Whether the words of `part` open or close the words of `whole`.
fn is_part(part: &str, whole: &str) -> bool {
    part.len() < whole.len()
        && (whole
            .strip_suffix(part)
            .is_some_and(|rest| rest.ends_with(' '))
            || whole
                .strip_prefix(part)
                .is_some_and(|rest| rest.starts_with(' ')))
}

fn position(names: &[Name], kind: Kind, key: &str) -> Option<usize> {
    names
        .iter()
        .position(|name| name.kind == kind && name.key == key)
}

fn entity_of(names: &[Name], full: usize) -> EntityInArticle {
    let mut aliases: Vec<Alias> = names
        .iter()
        .enumerate()
        .filter(|(n, name)| *n == full || name.stands_for == Some(full))
        .flat_map(|(_, name)| {
            name.printed.iter().map(|printed| Alias {
                name: printed.clone(),
                key: name.key.clone(),
                origin: name.origin,
            })
        })
        .collect();
    aliases.sort();
    aliases.dedup_by(|a, b| a.name == b.name);
    EntityInArticle {
        kind: names[full].kind,
        key: names[full].key.clone(),
        name: names[full].printed.first().cloned().unwrap_or_default(),
        aliases,
    }
}

#[cfg(test)]
mod tests;

//! Mentions to entities: which names of an article mean the same thing. Pure, one article at a time, so that the order in
//! which articles arrive cannot change what results; across the archive `(kind, key)` is an entity's identity.

mod bodies;
mod decoded;
mod known;
mod names;
mod people;
pub mod watchlist;
mod words;

use std::collections::HashMap;

use crate::domain::analysis::{Analysis, Kind};
use crate::domain::entity::{Alias, EntityInArticle, Resolution};
use crate::text::normalize::name_key;

use names::Names;

/// Tells for each mention of an article which entity it means.
///
/// Chains, from the surest sign to the weakest: the same key; an acronym in brackets behind its full name, a former name
/// beside today's; for people, a part of the only fuller name that fits; for bodies, a shortening of the only one that fits.
/// What the tables know goes by its known name. What fits several is left alone.
#[must_use]
pub fn resolve(body: &str, analysis: &Analysis) -> Resolution {
    if analysis.mentions.is_empty() {
        return Resolution::default();
    }
    let characters: Vec<char> = body.chars().collect();
    let mut names = Names::collect(&characters, &analysis.mentions);
    bodies::link(&characters, &analysis.mentions, &mut names);
    let open = people::link(&mut names);
    close_chains(&mut names);
    entities(&names, &open)
}

/// Makes every name stand for the end of its chain. A ring, which only a hostile text gives, is cut.
fn close_chains(names: &mut Names) {
    for n in 0..names.list.len() {
        let mut end = n;
        let mut steps = 0;
        while let Some(next) = names.list[end].stands_for.filter(|next| *next != n) {
            end = next;
            steps += 1;
            if steps > 8 {
                break;
            }
        }
        names.list[n].stands_for = (end != n).then_some(end);
    }
}

fn entities(names: &Names, open: &HashMap<usize, Vec<usize>>) -> Resolution {
    let mut resolution = Resolution::default();
    let mut by_name: HashMap<usize, usize> = HashMap::new();
    let mut by_identity: HashMap<(Kind, String), usize> = HashMap::new();
    let mut aliases: Vec<Vec<Alias>> = Vec::new();
    for (mention, own) in names.of_mention.iter().copied().enumerate() {
        let told = open
            .get(&own)
            .and_then(|candidates| people::told_apart(names, mention, candidates));
        let full = names.list[told.unwrap_or(own)]
            .stands_for
            .or(told)
            .unwrap_or(own);
        let entity = *by_name.entry(full).or_insert_with(|| {
            let entity = entity_of(names, full);
            let identity = (entity.kind, entity.key.clone());
            *by_identity.entry(identity).or_insert_with(|| {
                resolution.entities.push(entity);
                aliases.push(Vec::new());
                resolution.entities.len() - 1
            })
        });
        let name = &names.list[own];
        aliases[entity].extend(name.printed.keys().map(|printed| Alias {
            name: printed.clone(),
            key: name_key(printed),
            origin: name.origin,
        }));
        resolution.entity_of.push(entity);
        if aliases[entity].len() > 200 {
            tidy(&mut aliases[entity]);
        }
    }
    for (entity, mut aliases) in resolution.entities.iter_mut().zip(aliases) {
        tidy(&mut aliases);
        entity.aliases = aliases;
    }
    resolution
}

fn tidy(aliases: &mut Vec<Alias>) {
    aliases.sort();
    aliases.dedup_by(|a, b| a.name == b.name);
}

/// The entity of a full name: a known one, or one of its own.
fn entity_of(names: &Names, full: usize) -> EntityInArticle {
    let name = &names.list[full];
    let may_be_known = matches!(name.kind, Kind::Location | Kind::Organization | Kind::Group);
    if may_be_known {
        let countries = || {
            let others = names.list.iter().map(|other| other.key.as_str());
            known::countries_of(others.filter(|key| *key != name.key))
        };
        let printed = name_key(name.best());
        let found = [printed.as_str(), &name.key]
            .into_iter()
            .filter_map(|key| known::find(key, name.is_capitals(), countries))
            .find(|known| known.kind == name.kind);
        if let Some(known) = found {
            return known.entity();
        }
    }
    EntityInArticle {
        kind: name.kind,
        key: name.key.clone(),
        name: name.best().to_owned(),
        aliases: Vec::new(),
        facts: None,
    }
}

#[cfg(test)]
mod tests;

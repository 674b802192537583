//! Which entity a command means by a name, or who may be meant.

use anyhow::{Context, Result, anyhow, bail};

use super::progress::note;
use crate::domain::analysis::Kind;
use crate::domain::records::Value;
use crate::store::{Named, Store};

/// So many names are told where one is not known.
const MAX_NAMES: usize = 6;

/// An entity as messages name it.
pub(super) fn described(entity: &Named) -> String {
    format!("{} ({} {})", entity.name, entity.kind.as_str(), entity.id)
}

/// `person:Bergen` is a name with its kind.
fn kind_and_name(asked: &str) -> (Option<Kind>, &str) {
    let parts = asked.split_once(':');
    let with_kind = parts.and_then(|(word, name)| Some((Kind::from_word(word)?, name.trim())));
    with_kind.map_or((None, asked), |(kind, name)| (Some(kind), name))
}

/// The entity that is meant, or who might be.
pub(super) fn find(store: &Store, asked: &str) -> Result<Named> {
    if let Ok(id) = asked.parse() {
        return store
            .read(|reader| reader.entity_numbered(id))?
            .with_context(|| {
                format!("there is no entity {id}; `microfiche entity list` gives the numbers")
            });
    }
    let (kind, name) = kind_and_name(asked);
    let mut found = store.read(|reader| reader.entities_named(name))?;
    found.retain(|entity| kind.is_none_or(|kind| entity.kind == kind));
    let n_main = found.iter().filter(|entity| entity.is_main).count();
    if n_main == 1 || found.len() == 1 {
        return Ok(found.swap_remove(0));
    }
    if let Some(first) = found.first() {
        let candidates: Vec<String> = found
            .iter()
            .map(|entity| {
                format!(
                    "{} {}:{} ({} articles)",
                    entity.id,
                    entity.kind.as_str(),
                    entity.name,
                    entity.n_articles
                )
            })
            .collect();
        bail!(
            "several are called {name:?}: {}; say which by number or kind, as in {} or {}:{name}",
            candidates.join(", "),
            first.id,
            first.kind.as_str()
        );
    }
    Err(unknown(store, name)?)
}

fn unknown(store: &Store, name: &str) -> Result<anyhow::Error> {
    let mut like = store.read(|reader| reader.entities_called(name))?;
    let near = store.read(|reader| reader.names_near(name, MAX_NAMES))?;
    let called = like.rows.iter_mut().map(|row| row.swap_remove(2));
    let called = called.filter_map(|name| name.as_text().map(str::to_owned));
    let mut names: Vec<String> = Vec::new();
    for name in called.chain(near) {
        if !names.contains(&name) && names.len() < MAX_NAMES {
            names.push(name);
        }
    }
    Ok(if names.is_empty() {
        anyhow!("nobody and nothing is called {name:?} here")
    } else {
        anyhow!(
            "nobody and nothing is called exactly {name:?} here; did you mean {}?",
            names.join(", ")
        )
    })
}

/// The rows of [`crate::store::Reader::entities_called`] of a kind.
fn called(store: &Store, name: &str, kind: Option<Kind>) -> Result<Vec<Vec<Value>>> {
    let mut rows = store.read(|reader| reader.entities_called(name))?.rows;
    rows.retain(|row| kind.is_none_or(|kind| row[1].as_text() == Some(kind.as_str())));
    Ok(rows)
}

/// Up to three that go by longer names with this one in them and are in more articles: "Blair" is also an entity of its own.
fn fuller(store: &Store, name: &str, kind: Option<Kind>, taken: &Named) -> Result<Vec<Vec<Value>>> {
    let mut rows = called(store, name, kind)?;
    rows.retain(|row| {
        row[3].as_integer() > Some(i64::from(taken.n_articles))
            && row[2].as_text() != Some(&taken.name)
    });
    rows.truncate(3);
    Ok(rows)
}

/// A row of [`crate::store::Reader::entities_called`] in words.
fn candidate(row: &[Value]) -> String {
    let n_articles = row[3].as_integer().unwrap_or_default();
    format!(
        "{} ({}, {n_articles} articles)",
        text(&row[2]),
        text(&row[1])
    )
}

fn text(value: &Value) -> &str {
    value.as_text().unwrap_or_default()
}

/// The entity that a report is about. A main name that several bear is taken for the one that most articles mention, and the
/// others are named; an alias or a part of several names is asked back.
pub(super) fn meant(store: &Store, asked: &str, kind: Option<Kind>) -> Result<i64> {
    let (written, name) = kind_and_name(asked);
    let kind = written.or(kind);
    if name.parse::<i64>().is_ok() {
        return Ok(find(store, name)?.id);
    }
    let mut named = store.read(|reader| reader.entities_named(name))?;
    named.retain(|entity| kind.is_none_or(|kind| entity.kind == kind));
    if let Some(main) = named.iter().position(|entity| entity.is_main) {
        let first = named.remove(main);
        for other in &named {
            note(&format!(
                "also called so: {}; choose with --kind or its number",
                described(other)
            ));
        }
        let mut fuller = fuller(store, name, kind, &first)?;
        fuller.retain(|row| {
            named
                .iter()
                .all(|told| row[0].as_integer() != Some(told.id))
        });
        for row in fuller {
            note(&format!(
                "more articles name {}; write the full name",
                candidate(&row)
            ));
        }
        return Ok(first.id);
    }
    let partly = called(store, name, kind)?;
    match partly.as_slice() {
        [] => Err(unknown(store, name)?),
        [only] => {
            note(&format!(
                "{name:?} is taken to mean {} ({})",
                text(&only[2]),
                text(&only[1])
            ));
            Ok(only[0].as_integer().unwrap_or_default())
        }
        several => {
            let candidates: Vec<String> = several.iter().map(|row| candidate(row)).collect();
            bail!(
                "several go by {name:?}: {}; write the full name",
                candidates.join("; ")
            )
        }
    }
}

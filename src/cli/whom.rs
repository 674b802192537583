//! Which entity a command means by a name, or who may be meant.

use anyhow::{Context, Result, anyhow, bail};

use crate::domain::analysis::Kind;
use crate::domain::records::Value;
use crate::store::{Named, Store};

/// An entity as messages name it.
pub(super) fn described(entity: &Named) -> String {
    format!("{} ({} {})", entity.name, entity.kind.as_str(), entity.id)
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
    let with_kind = asked
        .split_once(':')
        .and_then(|(word, name)| Some((Kind::from_word(word)?, name.trim())));
    let name = with_kind.map_or(asked, |(_, name)| name);
    let mut found = store.read(|reader| reader.entities_named(name))?;
    if let Some((kind, _)) = with_kind {
        found.retain(|entity| entity.kind == kind);
    }
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
    let names = store.read(|reader| reader.names_like(name))?;
    let called = like.rows.iter_mut().map(|row| row.swap_remove(2));
    let mut names: Vec<Value> = called.chain(names.rows.into_iter().flatten()).collect();
    names.dedup();
    let names: Vec<&str> = names.iter().filter_map(Value::as_text).take(6).collect();
    Ok(if names.is_empty() {
        anyhow!("nobody and nothing is called {name:?} here")
    } else {
        anyhow!(
            "nobody and nothing is called exactly {name:?} here; did you mean {}?",
            names.join(", ")
        )
    })
}

//! What was decided about entities, and about whom it may be: the reading side of `curation.rs`.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};

use super::{Reader, StoreError};
use crate::domain::analysis::Kind;
use crate::domain::correction::{Action, Correction};
use crate::domain::records::{Records, Section};
use crate::text::normalize::name_key;

/// An entity that goes by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its row.
    pub id: i64,
    /// Its kind.
    pub kind: Kind,
    /// Its key.
    pub key: String,
    /// The name that is shown.
    pub name: String,
    /// Articles that mention it.
    pub n_articles: u32,
    /// Whether it is its main name, not an alias.
    pub is_main: bool,
}

impl Reader<'_> {
    /// The decisions that hold, with their numbers, in order.
    pub fn decisions(&self) -> Result<Vec<(i64, Correction)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id, action, kind, key, name, to_kind, to_key, to_name
             from corrections
             where action <> 'undo'
               and not exists (select 1 from corrections as undoing where undoing.undoes = corrections.id)
             order by id",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get("id")?, decision(row)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every decision ever made, the latest first.
    pub fn correction_log(self, limit: usize) -> Result<Records, StoreError> {
        self.records(
            "select id as number,
                    made_at,
                    action,
                    coalesce(kind || ' ' || name, 'number ' || undoes) as entity,
                    case action
                        when 'merge' then to_kind || ' ' || to_name
                        when 'kind' then to_kind
                        else to_name
                    end as 'to',
                    iif(exists (select 1 from corrections as undoing where undoing.undoes = corrections.id),
                        'undone', null) as state
             from corrections
             order by id desc
             limit ?1",
            [limit as i64],
        )
    }

    /// The entities that articles mention most, of a kind and with a word in a name where given.
    pub fn list_entities(
        self,
        kind: Option<Kind>,
        word: Option<&str>,
        limit: usize,
    ) -> Result<Records, StoreError> {
        self.records(
            "select entities.id,
                    entities.kind,
                    entities.name,
                    n_articles,
                    (select group_concat(name, ', ') from entity_names
                     where entity_id = entities.id and name <> entities.name) as also_called
             from entities
             where (?1 is null or kind = ?1)
               and exists (select 1 from entity_names
                           where entity_id = entities.id and (?2 is null or instr(key, ?2) > 0))
             order by n_articles desc, entities.name
             limit ?3",
            params![kind.map(Kind::as_str), word.map(name_key), limit as i64],
        )
    }

    /// The entities that go by exactly that name, those whose main name it is first.
    pub fn entities_named(self, name: &str) -> Result<Vec<Named>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id,
                    kind,
                    key,
                    name,
                    n_articles,
                    key = ?1 as is_main
             from entities
             where id in (select value from json_each(?2))
             order by is_main desc, n_articles desc, id
             limit 20",
        )?;
        let rows = statement.query_map([name_key(name), self.ids_named(name)?], named)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entity of that row, unless its mentions are all another's or ignored.
    pub fn entity_numbered(self, id: i64) -> Result<Option<Named>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "select id,
                    kind,
                    key,
                    name,
                    n_articles,
                    1 as is_main
             from entities
             where id = ?1 and exists (select 1 from entity_names where entity_id = ?1)",
        )?;
        Ok(statement.query_row([id], named).optional()?)
    }

    /// The decisions about one entity, for its page.
    pub fn corrections_of(self, entity: &Named) -> Result<Section, StoreError> {
        self.section(
            "Corrections",
            "select id as number, made_at, action, name, coalesce(to_name, to_kind) as 'to'
             from corrections
             where ((kind = ?1 and key = ?2) or (to_kind = ?1 and to_key = ?2))
               and not exists (select 1 from corrections as undoing where undoing.undoes = corrections.id)
             order by id",
            params![entity.kind.as_str(), entity.key],
        )
    }
}

fn kind_at(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Kind>> {
    let word: Option<String> = row.get(column)?;
    word.map(|word| Kind::from_word(&word).ok_or_else(|| no_such(&word)))
        .transpose()
}

fn no_such(word: &str) -> rusqlite::Error {
    let problem = format!("{word:?} stands where a kind or action belongs");
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, problem.into())
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Correction> {
    let action: String = row.get("action")?;
    Ok(Correction {
        action: Action::from_word(&action).ok_or_else(|| no_such(&action))?,
        kind: kind_at(row, "kind")?.ok_or_else(|| no_such(""))?,
        key: row.get("key")?,
        name: row.get("name")?,
        to_kind: kind_at(row, "to_kind")?,
        to_key: row.get("to_key")?,
        to_name: row.get("to_name")?,
    })
}

fn named(row: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named {
        id: row.get("id")?,
        kind: kind_at(row, "kind")?.ok_or_else(|| no_such(""))?,
        key: row.get("key")?,
        name: row.get("name")?,
        n_articles: row.get("n_articles")?,
        is_main: row.get("is_main")?,
    })
}

//! Keeps `entity_names` and `entities` in step when mentions move or go: names are counted down and up article by article,
//! names are chosen anew, and entities that nothing names any longer disappear.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::{StoreError, Writer};
use crate::domain::analysis::Kind;
use crate::domain::correction::{Corrections, Identity};
use crate::text::normalize::{name_key, printed_name};

impl Writer<'_> {
    /// Counts the names by which an article calls these entities up or down by one.
    pub(super) fn count_names(
        &mut self,
        article: i64,
        entities: &HashSet<i64>,
        by: i64,
    ) -> Result<(), StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select entity_id, coalesce(said_entity_id, entity_id), text
             from mentions
             where article_id = ?1",
        )?;
        let mut origin_of = self
            .transaction
            .prepare_cached("select origin from name_origins where entity_id = ?1 and name = ?2")?;
        let rows =
            select.query_map([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut names: BTreeMap<(i64, String), String> = BTreeMap::new();
        for row in rows {
            let (entity, said, text): (i64, i64, String) = row?;
            if entities.contains(&entity) {
                let name = printed_name(&text).to_owned();
                let origin = origin_of
                    .query_row(params![said, name], |row| row.get(0))
                    .optional()?
                    .unwrap_or_else(|| "text".to_owned());
                let known = names
                    .entry((entity, name))
                    .or_insert_with(|| origin.clone());
                *known = origin.min(known.clone());
            }
        }
        let mut add = self.transaction.prepare_cached(
            "insert into entity_names (entity_id, name, key, origin, n_articles)
             values (?1, ?2, ?3, ?4, 1)
             on conflict do update
             set n_articles = n_articles + 1, origin = min(origin, excluded.origin)",
        )?;
        let mut take = self.transaction.prepare_cached(
            "update entity_names
             set n_articles = n_articles - 1
             where entity_id = ?1 and name = ?2 and n_articles > 0",
        )?;
        for ((entity, name), origin) in names {
            if by > 0 {
                add.execute(params![entity, name, name_key(&name), origin])?;
            } else {
                take.execute(params![entity, name])?;
            }
        }
        Ok(())
    }

    /// Gives entities whose mentions changed their names, and removes those that nothing names any longer.
    pub(super) fn settle_entities(
        &mut self,
        entities: &HashSet<i64>,
        corrections: &Corrections,
    ) -> Result<(), StoreError> {
        for entity in entities {
            let identity = self.identity(*entity)?;
            self.transaction
                .prepare_cached("delete from entity_names where entity_id = ?1 and n_articles = 0")?
                .execute([entity])?;
            if !corrections.is_ignored(&identity) {
                self.add_chosen_names(*entity, &identity, corrections)?;
            }
            self.transaction
                .prepare_cached(
                    "update entities
                     set name = coalesce(
                         ?3,
                         known_name,
                         (select name from entity_names
                          where entity_id = ?1 and (key = ?2 or substr(key, 1, length(?2) + 1) = ?2 || ' ') and n_articles > 0
                          order by n_articles desc, name = upper(name), name limit 1),
                         ?4,
                         (select name from entity_names where entity_id = ?1 and n_articles > 0
                          order by n_articles desc, name limit 1),
                         name)
                     where id = ?1",
                )?
                .execute(params![
                    entity,
                    identity.1,
                    corrections.shown_as(&identity),
                    corrections.label(&identity),
                ])?;
            if !corrections.curates(&identity) {
                self.remove_unnamed(*entity)?;
            }
        }
        Ok(())
    }

    fn add_chosen_names(
        &mut self,
        entity: i64,
        identity: &Identity,
        corrections: &Corrections,
    ) -> Result<(), StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into entity_names (entity_id, name, key, origin, n_articles)
             values (?1, ?2, ?3, 'user', 0)
             on conflict do nothing",
        )?;
        let shown = corrections.shown_as(identity).into_iter();
        for name in shown.chain(corrections.also_called(identity)) {
            insert.execute(params![entity, name, name_key(name)])?;
        }
        Ok(())
    }

    fn remove_unnamed(&mut self, entity: i64) -> Result<(), StoreError> {
        let n_removed = self
            .transaction
            .prepare_cached(
                "delete from entities
                 where id = ?1
                   and not exists (select 1 from entities as part where part.part_of_id = ?1)
                   and not exists (select 1 from mentions where entity_id = ?1)
                   and not exists (select 1 from mentions where said_entity_id = ?1)
                   and not exists (select 1 from ignored_mentions where entity_id = ?1)
                   and not exists (select 1 from ignored_mentions where said_entity_id = ?1)
                   and not exists (select 1 from quotes where speaker_id = ?1)
                   and not exists (select 1 from quotes where said_speaker_id = ?1)
                   and not exists (select 1 from roles where entity_id = ?1)
                   and not exists (select 1 from roles where said_entity_id = ?1)
                   and not exists (select 1 from ignored_roles where entity_id = ?1)
                   and not exists (select 1 from ignored_roles where said_entity_id = ?1)",
            )?
            .execute([entity])?;
        if n_removed > 0 {
            self.entity_ids.clear();
        }
        Ok(())
    }

    /// Kind and key of a row.
    pub(super) fn identity(&self, entity: i64) -> Result<Identity, StoreError> {
        let mut select = self
            .transaction
            .prepare_cached("select kind, key from entities where id = ?1")?;
        let (word, key): (String, String) =
            select.query_row([entity], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((Kind::from_word(&word).unwrap_or(Kind::Other), key))
    }

    /// The row of an entity, if there is one.
    pub(super) fn known_entity(&self, identity: &Identity) -> Result<Option<i64>, StoreError> {
        let mut select = self
            .transaction
            .prepare_cached("select id from entities where kind = ?1 and key = ?2")?;
        let id = select.query_row(params![identity.0.as_str(), identity.1], |row| row.get(0));
        Ok(id.optional()?)
    }

    /// The articles in which the recognizer said that entity.
    pub(super) fn articles_said_to_mention(&self, entity: i64) -> Result<Vec<i64>, StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select article_id from mentions where entity_id = ?1
             union
             select article_id from mentions where said_entity_id = ?1
             union
             select article_id from ignored_mentions where entity_id = ?1
             union
             select article_id from ignored_mentions where said_entity_id = ?1",
        )?;
        let rows = select.query_map([entity], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Moves a mention out of the way of reports, or back. Its number is kept unless it has been given away.
    pub(super) fn set_mention_aside(&self, id: i64, aside: bool) -> Result<(), StoreError> {
        if aside {
            self.transaction
                .prepare_cached(
                    "insert into ignored_mentions (id, article_id, entity_id, kind, start, \"end\", text, sentence,
                         confidence, origin, said_entity_id, place)
                     select iif(exists (select 1 from ignored_mentions where id = ?1), null, id), article_id, entity_id,
                         kind, start, \"end\", text, sentence, confidence, origin, said_entity_id, place
                     from mentions
                     where id = ?1",
                )?
                .execute([id])?;
            self.transaction
                .prepare_cached("delete from mentions where id = ?1")?
                .execute([id])?;
            return Ok(());
        }
        self.transaction
            .prepare_cached(
                "insert into mentions (id, article_id, entity_id, kind, start, \"end\", text, sentence, confidence,
                     origin, said_entity_id, place)
                 select iif(exists (select 1 from mentions where id = ?1), null, id), article_id, entity_id, kind,
                     start, \"end\", text, sentence, confidence, origin, said_entity_id, place
                 from ignored_mentions
                 where id = ?1",
            )?
            .execute([id])?;
        self.transaction
            .prepare_cached("delete from ignored_mentions where id = ?1")?
            .execute([id])?;
        Ok(())
    }

    /// As [`Self::set_mention_aside`], for a title.
    pub(super) fn set_role_aside(&self, id: i64, aside: bool) -> Result<(), StoreError> {
        if aside {
            self.transaction
                .prepare_cached(
                    "insert into ignored_roles (id, entity_id, article_id, title, start, \"end\", said_entity_id, place)
                     select iif(exists (select 1 from ignored_roles where id = ?1), null, id), entity_id, article_id,
                         title, start, \"end\", said_entity_id, place
                     from roles
                     where id = ?1",
                )?
                .execute([id])?;
            self.transaction
                .prepare_cached("delete from roles where id = ?1")?
                .execute([id])?;
            return Ok(());
        }
        self.transaction
            .prepare_cached(
                "insert into roles (id, entity_id, article_id, title, start, \"end\", said_entity_id, place)
                 select iif(exists (select 1 from roles where id = ?1), null, id), entity_id, article_id, title, start,
                     \"end\", said_entity_id, place
                 from ignored_roles
                 where id = ?1",
            )?
            .execute([id])?;
        self.transaction
            .prepare_cached("delete from ignored_roles where id = ?1")?
            .execute([id])?;
        Ok(())
    }
}

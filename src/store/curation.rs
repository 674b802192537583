//! `corrections`: what people decided about entities, and the archive brought in line with it. The recognizer's own word
//! stays in the `said_` columns, so every decision can be undone; `recounting.rs` keeps names and entities in step, and
//! `decisions.rs` reads what was decided.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::params;

use super::{StoreError, Writer};
use crate::domain::analysis::Kind;
use crate::domain::correction::{Correction, Corrections, Identity};
use crate::domain::entity::{EntityInArticle, Resolution};
use crate::text::normalize::name_key;

/// What a decision changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    /// Decisions that were entered.
    pub n_decisions: usize,
    /// Articles in which a name now means another.
    pub n_articles: usize,
}

/// Where a name stands in the article that is corrected.
struct Standing {
    id: i64,
    entity: i64,
    said: i64,
    text: String,
    start: i64,
    is_ignored: bool,
}

impl Writer<'_> {
    /// Enters decisions that do not hold already, and brings the archive in line.
    pub fn decide(&mut self, decisions: &[Correction], now: &str) -> Result<Change, StoreError> {
        let before = self.corrections()?;
        let held: HashSet<Correction> = self
            .reader()
            .decisions()?
            .into_iter()
            .map(|(_, held)| held)
            .collect();
        let mut insert = self.transaction.prepare_cached(
            "insert into corrections (made_at, action, kind, key, name, to_kind, to_key, to_name)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let mut n_decisions = 0;
        for decision in decisions.iter().filter(|decision| !held.contains(decision)) {
            insert.execute(params![
                now,
                decision.action.as_str(),
                decision.kind.as_str(),
                decision.key,
                decision.name,
                decision.to_kind.map(Kind::as_str),
                decision.to_key,
                decision.to_name,
            ])?;
            n_decisions += 1;
        }
        let n_articles = self.bring_in_line(&before)?;
        Ok(Change {
            n_decisions,
            n_articles,
        })
    }

    /// Undoes the decision of that number, or the last that holds; what was undone, if there was any.
    pub fn undo(
        &mut self,
        number: Option<i64>,
        now: &str,
    ) -> Result<Option<(i64, Correction)>, StoreError> {
        let before = self.corrections()?;
        let mut held = self.reader().decisions()?;
        let found = match number {
            Some(number) => held.into_iter().find(|(id, _)| *id == number),
            None => held.pop(),
        };
        if let Some((id, _)) = &found {
            self.transaction
                .prepare_cached(
                    "insert into corrections (made_at, action, undoes) values (?1, 'undo', ?2)",
                )?
                .execute(params![now, id])?;
            self.bring_in_line(&before)?;
        }
        Ok(found)
    }

    /// What the decisions that hold come to.
    pub(super) fn corrections(&mut self) -> Result<Arc<Corrections>, StoreError> {
        let latest: i64 = self
            .transaction
            .prepare_cached("select coalesce(max(id), 0) from corrections")?
            .query_row([], |row| row.get(0))?;
        if let Some((number, corrections)) = &self.rules.corrections
            && *number == latest
        {
            return Ok(Arc::clone(corrections));
        }
        let decisions = self.reader().decisions()?;
        let corrections = Arc::new(Corrections::replay(
            decisions.iter().map(|(_, decision)| decision),
        ));
        self.rules.corrections = Some((latest, Arc::clone(&corrections)));
        Ok(corrections)
    }

    /// Corrects what has just been stored of an article as the recognizer said it.
    pub(super) fn apply_corrections(
        &mut self,
        article: i64,
        resolution: &Resolution,
    ) -> Result<(), StoreError> {
        let corrections = self.corrections()?;
        if corrections.is_empty() {
            return Ok(());
        }
        let mut touched = HashSet::new();
        for entity in &resolution.entities {
            if corrections.touches(&(entity.kind, entity.key.clone())) {
                touched.insert(self.entity_id(entity)?);
            }
        }
        if !touched.is_empty() {
            self.correct_article(article, &corrections, &mut touched)?;
            self.settle_entities(&touched, &corrections)?;
        }
        Ok(())
    }

    /// Re-points whatever the decisions now tell otherwise than before; in how many articles.
    fn bring_in_line(&mut self, before: &Corrections) -> Result<usize, StoreError> {
        let corrections = self.corrections()?;
        let mut articles = HashSet::new();
        let mut touched = HashSet::new();
        for identity in corrections.differing(before) {
            if let Some(id) = self.known_entity(&identity)? {
                articles.extend(self.articles_said_to_mention(id)?);
                touched.insert(id);
            }
        }
        let mut n_articles = 0;
        for article in articles {
            n_articles += usize::from(self.correct_article(article, &corrections, &mut touched)?);
        }
        for identity in corrections.differently_named(before) {
            touched.extend(self.known_entity(&identity)?);
        }
        self.settle_entities(&touched, &corrections)?;
        Ok(n_articles)
    }

    /// Points each name of an article to whom it means; whether that changed anything. Adds the entities that lost or won
    /// one to `touched`.
    fn correct_article(
        &mut self,
        article: i64,
        corrections: &Corrections,
        touched: &mut HashSet<i64>,
    ) -> Result<bool, StoreError> {
        let mut standing = self.standing(article)?;
        let mut identities: HashMap<i64, Identity> = HashMap::new();
        let mut moves = Vec::new();
        for (n, mention) in standing.iter().enumerate() {
            let said = match identities.get(&mention.said) {
                Some(said) => said,
                None => identities
                    .entry(mention.said)
                    .or_insert(self.identity(mention.said)?),
            };
            if !corrections.touches(said) && mention.entity == mention.said && !mention.is_ignored {
                continue;
            }
            let meant = corrections.meant(said, &name_key(&mention.text));
            let is_ignored = corrections.is_ignored(&meant);
            let id = self.entity_meant(&meant, corrections)?;
            if (id, is_ignored) != (mention.entity, mention.is_ignored) {
                touched.extend([mention.entity, id]);
                moves.push((n, id, is_ignored));
            }
        }
        if moves.is_empty() {
            return Ok(false);
        }
        self.count_names(article, touched, -1)?;
        self.count_mentions(article, -1)?;
        for (n, id, is_ignored) in moves {
            let mention = &mut standing[n];
            mention.entity = id;
            self.point_mention(mention)?;
            if is_ignored != mention.is_ignored {
                self.set_mention_aside(mention.id, is_ignored)?;
                mention.is_ignored = is_ignored;
            }
        }
        self.point_quotes(article, &standing)?;
        self.point_roles(article, &standing)?;
        self.count_names(article, touched, 1)?;
        self.count_mentions(article, 1)?;
        Ok(true)
    }

    fn standing(&self, article: i64) -> Result<Vec<Standing>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select id, entity_id, coalesce(said_entity_id, entity_id), text, start, 0
             from mentions
             where article_id = ?1
             union all
             select id, entity_id, coalesce(said_entity_id, entity_id), text, start, 1
             from ignored_mentions
             where article_id = ?1",
        )?;
        let rows = statement.query_map([article], |row| {
            Ok(Standing {
                id: row.get(0)?,
                entity: row.get(1)?,
                said: row.get(2)?,
                text: row.get(3)?,
                start: row.get(4)?,
                is_ignored: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn point_mention(&self, mention: &Standing) -> Result<(), StoreError> {
        let mut update = if mention.is_ignored {
            self.transaction.prepare_cached(
                "update ignored_mentions
                 set entity_id = ?2, said_entity_id = nullif(?3, ?2)
                 where id = ?1",
            )?
        } else {
            self.transaction.prepare_cached(
                "update mentions
                 set entity_id = ?2, said_entity_id = nullif(?3, ?2)
                 where id = ?1",
            )?
        };
        update.execute([mention.id, mention.entity, mention.said])?;
        Ok(())
    }

    /// The speaker of a quotation is whom the nearest mention of the one whom the recognizer said now means; an ignored one
    /// is nobody.
    fn point_quotes(&self, article: i64, standing: &[Standing]) -> Result<(), StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select id, coalesce(said_speaker_id, speaker_id), start
             from quotes
             where article_id = ?1 and coalesce(said_speaker_id, speaker_id) is not null",
        )?;
        let quotes =
            select.query_map([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut update = self.transaction.prepare_cached(
            "update quotes
             set speaker_id = ?2, said_speaker_id = iif(?2 is ?3, null, ?3)
             where id = ?1",
        )?;
        for quote in quotes.collect::<Result<Vec<(i64, i64, i64)>, _>>()? {
            let (id, said, start) = quote;
            if let Some(mention) = nearest(standing, said, start) {
                let speaker = (!mention.is_ignored).then_some(mention.entity);
                update.execute(params![id, speaker, said])?;
            }
        }
        Ok(())
    }

    fn point_roles(&self, article: i64, standing: &[Standing]) -> Result<(), StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select id, coalesce(said_entity_id, entity_id), start, 0
             from roles
             where article_id = ?1
             union all
             select id, coalesce(said_entity_id, entity_id), start, 1
             from ignored_roles
             where article_id = ?1",
        )?;
        let roles = select.query_map([article], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        for role in roles.collect::<Result<Vec<(i64, i64, i64, bool)>, _>>()? {
            let (id, said, start, is_ignored) = role;
            let Some(mention) = nearest(standing, said, start) else {
                continue;
            };
            let mut update = if is_ignored {
                self.transaction.prepare_cached(
                    "update ignored_roles
                     set entity_id = ?2, said_entity_id = nullif(?3, ?2)
                     where id = ?1",
                )?
            } else {
                self.transaction.prepare_cached(
                    "update roles
                     set entity_id = ?2, said_entity_id = nullif(?3, ?2)
                     where id = ?1",
                )?
            };
            update.execute([id, mention.entity, said])?;
            if mention.is_ignored != is_ignored {
                self.set_role_aside(id, mention.is_ignored)?;
            }
        }
        Ok(())
    }

    /// The row of an entity that a correction names, made where it is new.
    fn entity_meant(
        &mut self,
        identity: &Identity,
        corrections: &Corrections,
    ) -> Result<i64, StoreError> {
        self.entity_id(&EntityInArticle {
            kind: identity.0,
            key: identity.1.clone(),
            name: corrections
                .label(identity)
                .unwrap_or(&identity.1)
                .to_owned(),
            aliases: Vec::new(),
            facts: None,
        })
    }
}

fn nearest(standing: &[Standing], said: i64, start: i64) -> Option<&Standing> {
    standing
        .iter()
        .filter(|mention| mention.said == said)
        .min_by_key(|mention| (mention.start - start).abs())
}

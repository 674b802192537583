//! `entities`, `entity_names` and what points to them: sentences, mentions, dates, quotes, roles.

use rusqlite::{OptionalExtension, params};

use super::{StoreError, Writer};
use crate::domain::analysis::{Analysis, QuoteRule};
use crate::domain::article::Precision;
use crate::domain::entity::{EntityInArticle, Facts, NameOrigin, Resolution};

/// Above this many remembered ids the memory is emptied: it saves queries, it need not hold the archive.
const MAX_REMEMBERED_IDS: usize = 200_000;

impl Writer<'_> {
    /// Stores what was found in an article's body.
    pub(super) fn add_analysis(
        &mut self,
        article: i64,
        analysis: &Analysis,
        resolution: &Resolution,
    ) -> Result<(), StoreError> {
        let entities = resolution
            .entities
            .iter()
            .map(|entity| self.entity(entity))
            .collect::<Result<Vec<i64>, _>>()?;
        let entity_of = |mention: usize| {
            let entity = resolution.entity_of.get(mention)?;
            entities.get(*entity).copied()
        };
        self.add_sentences(article, analysis)?;
        self.add_mentions(article, analysis, entity_of)?;
        self.find_tops(article)?;
        self.add_dates(article, analysis)?;
        self.add_quotes(article, analysis, entity_of)?;
        self.add_roles(article, analysis, entity_of)?;
        self.count_mentions(article, 1)?;
        self.apply_corrections(article, resolution)?;
        self.add_hits(article)
    }

    /// The id of an entity, made where it is new; its names are counted, and the commonest is its name.
    fn entity(&mut self, entity: &EntityInArticle) -> Result<i64, StoreError> {
        let id = self.entity_id(entity)?;
        let mut add_name = self.transaction.prepare_cached(
            "insert into entity_names (entity_id, name, key, origin)
             values (?1, ?2, ?3, ?4)
             on conflict do update
             set n_articles = n_articles + 1,
                 origin = min(origin, excluded.origin) -- any rule will do that does not ask who came first",
        )?;
        for alias in &entity.aliases {
            add_name.execute(params![id, alias.name, alias.key, alias.origin.as_str()])?;
            if alias.origin != NameOrigin::Text {
                self.transaction
                    .prepare_cached(
                        "insert into name_origins (entity_id, name, origin)
                         values (?1, ?2, ?3)
                         on conflict do update set origin = min(origin, excluded.origin)",
                    )?
                    .execute(params![id, alias.name, alias.origin.as_str()])?;
            }
        }
        if entity.facts.is_some() {
            return Ok(id);
        }
        // The form that most articles print, among equals one in mixed case and the first by the alphabet: a rule over
        // sums, so that the order of arrival does not matter. A company's key lacks its legal form, which its names have.
        self.transaction
            .prepare_cached(
                "update entities
                 set name = best.name
                 from (
                     select name
                     from entity_names
                     where entity_id = ?1 and (key = ?2 or substr(key, 1, length(?2) + 1) = ?2 || ' ')
                     order by n_articles desc, name = upper(name), name
                     limit 1
                 ) as best
                 where id = ?1 and entities.name <> best.name",
            )?
            .execute(params![id, entity.key])?;
        Ok(id)
    }

    pub(super) fn entity_id(&mut self, entity: &EntityInArticle) -> Result<i64, StoreError> {
        let identity = (entity.kind, entity.key.clone());
        if let Some(id) = self.entity_ids.get(&identity) {
            return Ok(*id);
        }
        let known = self
            .transaction
            .prepare_cached("select id from entities where kind = ?1 and key = ?2")?
            .query_row(params![entity.kind.as_str(), entity.key], |row| row.get(0))
            .optional()?;
        let id = if let Some(id) = known {
            id
        } else {
            self.transaction
                .prepare_cached("insert into entities (kind, key, name) values (?1, ?2, ?3)")?
                .execute(params![entity.kind.as_str(), entity.key, entity.name])?;
            self.transaction.last_insert_rowid()
        };
        if let Some(facts) = &entity.facts {
            self.add_facts(id, &entity.name, facts)?;
        }
        if self.entity_ids.len() >= MAX_REMEMBERED_IDS {
            self.entity_ids.clear();
        }
        self.entity_ids.insert(identity, id);
        Ok(id)
    }

    /// Enters what is known of an entity where nothing stands yet; what it is a part of becomes an entity too.
    fn add_facts(&mut self, id: i64, name: &str, facts: &Facts) -> Result<(), StoreError> {
        let whole = facts
            .part_of
            .as_ref()
            .map(|whole| self.entity_id(whole))
            .transpose()?;
        self.transaction
            .prepare_cached(
                "update entities
                 set wikidata_id = coalesce(wikidata_id, ?2),
                     description = coalesce(description, ?3),
                     country = coalesce(country, ?4),
                     latitude = coalesce(latitude, ?5),
                     longitude = coalesce(longitude, ?6),
                     part_of_id = coalesce(part_of_id, ?7),
                     known_name = ?8
                 where id = ?1",
            )?
            .execute(params![
                id,
                facts.wikidata_id,
                facts.description,
                facts.country,
                facts.coordinates.map(|(latitude, _)| latitude),
                facts.coordinates.map(|(_, longitude)| longitude),
                whole,
                name
            ])?;
        Ok(())
    }

    fn add_sentences(&mut self, article: i64, analysis: &Analysis) -> Result<(), StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into sentences (article_id, number, start, \"end\")
             values (?1, ?2, ?3, ?4)",
        )?;
        for (number, span) in analysis.sentences.iter().enumerate() {
            insert.execute(params![
                article,
                number as i64,
                span.start as i64,
                span.end as i64
            ])?;
        }
        Ok(())
    }

    fn add_mentions(
        &mut self,
        article: i64,
        analysis: &Analysis,
        entity_of: impl Fn(usize) -> Option<i64>,
    ) -> Result<(), StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into mentions (article_id, entity_id, kind, start, \"end\", text, sentence, confidence, origin, place)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for (n, mention) in analysis.mentions.iter().enumerate() {
            insert.execute(params![
                article,
                entity_of(n),
                mention.kind.as_str(),
                mention.span.start as i64,
                mention.span.end as i64,
                mention.text,
                mention.sentence as i64,
                mention.confidence,
                mention.origin.as_str(),
                analysis.place_of(mention.span).as_str(),
            ])?;
        }
        Ok(())
    }

    fn add_dates(&mut self, article: i64, analysis: &Analysis) -> Result<(), StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into dates (article_id, start, \"end\", text, value, precision, type)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for date in &analysis.dates {
            insert.execute(params![
                article,
                date.span.start as i64,
                date.span.end as i64,
                date.text,
                date.value,
                date.precision.map(Precision::as_str),
                date.date_type.as_str(),
            ])?;
        }
        Ok(())
    }

    fn add_quotes(
        &mut self,
        article: i64,
        analysis: &Analysis,
        entity_of: impl Fn(usize) -> Option<i64>,
    ) -> Result<(), StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into quotes (article_id, start, \"end\", text, speaker_id, cue,
                                 rule, cue_start, cue_end, speaker_start, speaker_end)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for quote in &analysis.quotes {
            let (start, end) = (quote.span.start as i64, quote.span.end as i64);
            let speaker = quote.speaker.and_then(&entity_of);
            let name = quote.speaker.map(|speaker| analysis.mentions[speaker].span);
            insert.execute(params![
                article,
                start,
                end,
                quote.text,
                speaker,
                quote.cue,
                quote.rule.map(QuoteRule::as_str),
                quote.cue_span.map(|span| span.start as i64),
                quote.cue_span.map(|span| span.end as i64),
                name.map(|span| span.start as i64),
                name.map(|span| span.end as i64),
            ])?;
        }
        Ok(())
    }

    fn add_roles(
        &mut self,
        article: i64,
        analysis: &Analysis,
        entity_of: impl Fn(usize) -> Option<i64>,
    ) -> Result<(), StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into roles (entity_id, article_id, title, start, \"end\", place)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for role in &analysis.roles {
            let (start, end) = (role.span.start as i64, role.span.end as i64);
            insert.execute(params![
                entity_of(role.mention),
                article,
                role.title,
                start,
                end,
                analysis.place_of(role.span).as_str(),
            ])?;
        }
        Ok(())
    }
}

//! `report quotes` and `report roles`: what people said, and who was what, when.

use super::company::MOST_ARTICLES;
use crate::domain::records::{Evidence, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// Behind a quotation stands what tells its speaker.
const SAID: Evidence = Evidence::Quote("article_id", "quote");

/// What the entity `:id` said, the latest first: all of a statement but its columns.
pub(super) const BY: &str = "
    from quotes
    join articles on articles.id = quotes.article_id
    left join sources on sources.id = articles.source_id
    where quotes.speaker_id = :id
      and {scope}
    order by articles.published_at desc, articles.id desc, quotes.start
    limit :limit";

/// What others said in which it is named, likewise.
pub(super) const ABOUT: &str = "
    from ({latest}) as own
    cross join mentions on mentions.article_id = own.id and mentions.entity_id = :id
    cross join quotes on quotes.article_id = own.id
                     and quotes.start <= mentions.start and quotes.\"end\" >= mentions.\"end\"
    join articles on articles.id = own.id
    left join sources on sources.id = articles.source_id
    left join entities as speakers on speakers.id = quotes.speaker_id
    where quotes.speaker_id is not :id
    group by quotes.id
    order by articles.published_at desc, articles.id desc, quotes.start
    limit :limit";

impl Reader<'_> {
    /// Who is quoted most, and the latest quotations.
    pub fn quotes(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let speakers = "
            select entities.name as speaker, entities.kind, counted.n_quotes, counted.n_articles, entities.id
            from (
                select quotes.speaker_id, count(*) as n_quotes, count(distinct quotes.article_id) as n_articles
                from articles
                cross join quotes on quotes.article_id = articles.id
                where {scope}
                  and quotes.speaker_id is not null
                group by quotes.speaker_id
            ) as counted
            join entities on entities.id = counted.speaker_id
            where (:kind is null or entities.kind = :kind)
            order by counted.n_quotes desc, entities.name
            limit :limit";
        Ok(vec![
            self.scoped("Speakers", speakers, scope, &[])?
                .backed(Evidence::Entity("id")),
            self.scoped(
                "Latest quotes",
                "select articles.published_at,
                        sources.name as source,
                        entities.name as speaker,
                        quotes.cue,
                        quotes.text as quote,
                        quotes.article_id
                 from articles
                 cross join quotes on quotes.article_id = articles.id
                 left join entities on entities.id = quotes.speaker_id
                 left join sources on sources.id = articles.source_id
                 where {scope}
                   and (:kind is null or entities.kind = :kind)
                 order by articles.published_at desc, articles.id desc, quotes.start
                 limit :limit",
                scope,
                &[],
            )?
            .backed(SAID),
        ])
    }

    /// What an entity said and what was said about it.
    pub fn quotes_of(self, id: i64, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        Ok(vec![
            self.quotes_by(id, scope)?,
            self.quotes_about(id, scope)?,
        ])
    }

    pub(super) fn quotes_by(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let sql = format!(
            "select articles.published_at, sources.name as source, quotes.cue, quotes.text as quote, quotes.article_id
             {BY}"
        );
        Ok(self
            .scoped("Quotes by", &sql, scope, &[(":id", &id)])?
            .backed(SAID))
    }

    /// Quotations of others in which the entity is named; of an entity in very many articles, in the latest of them.
    pub(super) fn quotes_about(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        let sql = format!(
            "select articles.published_at,
                    sources.name as source,
                    speakers.name as speaker,
                    quotes.text as quote,
                    quotes.article_id
             {ABOUT}"
        );
        Ok(self
            .of_latest("Quotes about", &sql, id, MOST_ARTICLES, scope)?
            .backed(SAID))
    }

    /// The titles printed most lately, with their bearers.
    pub fn roles(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let roles = self.scoped(
            "Roles",
            "select entities.name, held.title, held.first_seen, held.last_seen, held.n_articles, entities.id
             from (
                 select roles.entity_id,
                        roles.title,
                        min(substr(published_at, 1, 10)) as first_seen,
                        max(substr(published_at, 1, 10)) as last_seen,
                        count(distinct roles.article_id) as n_articles
                 from articles
                 cross join roles on roles.article_id = articles.id
                 where {scope}
                 group by roles.entity_id, roles.title
             ) as held
             join entities on entities.id = held.entity_id
             where (:kind is null or entities.kind = :kind)
             order by held.n_articles desc, held.last_seen desc, entities.name, held.title
             limit :limit",
            scope,
            &[],
        )?;
        Ok(vec![roles.backed(Evidence::Entity("id"))])
    }

    /// Who or what an entity was called, when.
    pub fn roles_of(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        self.scoped(
            "Roles",
            "select roles.title,
                    min(substr(published_at, 1, 10)) as first_seen,
                    max(substr(published_at, 1, 10)) as last_seen,
                    count(distinct articles.id) as n_articles,
                    replace(replace(group_concat(distinct sources.name), ',', ', '), ',  ', ', ') as sources,
                    min(roles.place) as place
             from roles
             join articles on articles.id = roles.article_id
             left join sources on sources.id = articles.source_id
             where roles.entity_id = :id
               and {scope}
             group by roles.title
             order by last_seen desc, n_articles desc, roles.title
             limit :limit",
            scope,
            &[(":id", &id)],
        )
    }
}

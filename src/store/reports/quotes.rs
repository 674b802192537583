//! `report quotes` and `report roles`: what people said, and who was what, when.

use crate::domain::records::{Evidence, Section};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// Who is quoted most, and the latest quotations.
    pub fn quotes(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let speakers = if scope.is_whole() {
            "select entities.name as speaker, entities.kind, counted.n_quotes, counted.n_articles, entities.id
             from (
                 select speaker_id, count(*) as n_quotes, count(distinct article_id) as n_articles
                 from quotes
                 where speaker_id is not null
                 group by speaker_id
             ) as counted
             join entities on entities.id = counted.speaker_id
             where (:kind is null or entities.kind = :kind)
             order by counted.n_quotes desc, entities.name
             limit :limit"
        } else {
            "select entities.name as speaker,
                    entities.kind,
                    count(*) as n_quotes,
                    count(distinct quotes.article_id) as n_articles,
                    entities.id
             from articles
             join quotes on quotes.article_id = articles.id
             join entities on entities.id = quotes.speaker_id
             where (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or source_id = (select id from sources where name = :source))
               and (:kind is null or entities.kind = :kind)
             group by entities.id
             order by n_quotes desc, entities.name
             limit :limit"
        };
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
                 join quotes on quotes.article_id = articles.id
                 left join entities on entities.id = quotes.speaker_id
                 left join sources on sources.id = articles.source_id
                 where (published_at >= :since and published_at < :until or :open and published_at is null)
                   and (:source is null or sources.name = :source)
                   and (:kind is null or entities.kind = :kind)
                 order by articles.published_at desc, articles.id desc, quotes.start
                 limit :limit",
                scope,
                &[],
            )?,
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
        self.scoped(
            "Quotes by",
            "select articles.published_at, sources.name as source, quotes.cue, quotes.text as quote, quotes.article_id
             from quotes
             join articles on articles.id = quotes.article_id
             left join sources on sources.id = articles.source_id
             where quotes.speaker_id = :id
               and (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or sources.name = :source)
             order by articles.published_at desc, articles.id desc, quotes.start
             limit :limit",
            scope,
            &[(":id", &id)],
        )
    }

    /// Quotations of others in which the entity is named; of an entity in very many articles, in the latest of them.
    pub(super) fn quotes_about(self, id: i64, scope: &Scope) -> Result<Section, StoreError> {
        self.scoped(
            "Quotes about",
            "select articles.published_at,
                    sources.name as source,
                    speakers.name as speaker,
                    quotes.text as quote,
                    quotes.article_id
             from (
                 select article_id, start, \"end\"
                 from mentions
                 where entity_id = :id
                 order by article_id desc
                 limit 10000
             ) as named
             join quotes on quotes.article_id = named.article_id
                        and quotes.start <= named.start and quotes.\"end\" >= named.\"end\"
             join articles on articles.id = quotes.article_id
             left join sources on sources.id = articles.source_id
             left join entities as speakers on speakers.id = quotes.speaker_id
             where quotes.speaker_id is not :id
               and (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or sources.name = :source)
             group by quotes.id
             order by articles.published_at desc, articles.id desc, quotes.start
             limit :limit",
            scope,
            &[(":id", &id)],
        )
    }

    /// The titles printed most lately, with their bearers.
    pub fn roles(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let roles = self.scoped(
            "Roles",
            "select entities.name,
                    roles.title,
                    min(substr(published_at, 1, 10)) as first_seen,
                    max(substr(published_at, 1, 10)) as last_seen,
                    count(distinct articles.id) as n_articles,
                    entities.id
             from articles
             join roles on roles.article_id = articles.id
             join entities on entities.id = roles.entity_id
             where (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or source_id = (select id from sources where name = :source))
               and (:kind is null or entities.kind = :kind)
             group by roles.entity_id, roles.title
             order by n_articles desc, last_seen desc, entities.name, roles.title
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
               and (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or source_id = (select id from sources where name = :source))
             group by roles.title
             order by last_seen desc, n_articles desc, roles.title
             limit :limit",
            scope,
            &[(":id", &id)],
        )
    }
}

//! What FollowTheMoney needs beyond the views: keys that are the same in every archive, authors, aliases, titles.

use super::scoped::scoped;
use super::{Reader, Sink, StoreError};
use crate::domain::export::Choice;

impl Reader<'_> {
    /// Articles: key, title, subtitle, source, domain, section, language, url, published_at, file, body, ingested_at, and
    /// authors and keywords as JSON arrays.
    pub fn ftm_articles(self, choice: &Choice, sink: &mut Sink<'_>) -> Result<(), StoreError> {
        self.pass(ARTICLES, choice, sink)
    }

    /// Entities that the chosen articles mention: kind, key, name, wikidata_id, description, country, latitude, longitude,
    /// and aliases and titles as JSON arrays.
    pub fn ftm_entities(self, choice: &Choice, sink: &mut Sink<'_>) -> Result<(), StoreError> {
        self.pass(ENTITIES, choice, sink)
    }

    /// Mentions: the article's key, kind and key of the entity, start, end, text, the entity's name.
    pub fn ftm_mentions(self, choice: &Choice, sink: &mut Sink<'_>) -> Result<(), StoreError> {
        self.pass(MENTIONS, choice, sink)
    }

    /// An entity's key and name by its number.
    pub fn key_and_name(self, id: i64) -> Result<(String, String), StoreError> {
        let mut select = self
            .connection
            .prepare_cached("select key, name from entities where id = ?1")?;
        Ok(select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}

const ARTICLES: &str = scoped!(
    "select articles.key, articles.title, articles.subtitle, sources.name, sources.domain, articles.section,
            articles.language, articles.url, articles.published_at, files.name, articles.body, articles.ingested_at,
            (select json_group_array(authors.name)
             from article_authors
             join authors on authors.id = article_authors.author_id
             where article_authors.article_id = articles.id),
            (select json_group_array(keyword) from article_keywords where article_id = articles.id)
     from articles
     join files on files.id = articles.file_id
     left join sources on sources.id = articles.source_id
     where ",
    "",
    " order by articles.id"
);

const ENTITIES: &str = scoped!(
    "select kind, key, name, wikidata_id, description, country, latitude, longitude,
            (select json_group_array(name)
             from entity_names
             where entity_id = entities.id and entity_names.name <> entities.name),
            (select json_group_array(distinct title) from roles where entity_id = entities.id)
     from entities
     where n_mentions > 0
       and (:kind is null or kind = :kind)
       and exists (
           select 1
           from mentions
           cross join articles on articles.id = mentions.article_id
           where mentions.entity_id = entities.id and ",
    "",
    ") order by id"
);

const MENTIONS: &str = scoped!(
    "select articles.key, entities.kind, entities.key, mentions.start, mentions.\"end\", mentions.text, entities.name
     from mentions
     cross join articles on articles.id = mentions.article_id
     join entities on entities.id = mentions.entity_id
     where (:kind is null or entities.kind = :kind) and ",
    "",
    " order by mentions.id"
);

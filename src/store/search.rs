//! Full-text search, and one article with what was found in it.

use rusqlite::named_params;

use super::{Reader, StoreError};
use crate::domain::records::{Records, Section};
use crate::text::normalize::name_key;

/// What a search asks beyond its words.
#[derive(Debug, Clone, Default)]
pub struct SearchFilter {
    /// Published on or after: `2016`, `2016-01`, `2016-01-05`.
    pub since: Option<String>,
    /// Published on or before, the whole of that year, month or day included.
    pub until: Option<String>,
    /// The outlet's name.
    pub source: Option<String>,
    /// A name of somebody or something that the article mentions.
    pub entity: Option<String>,
}

impl Reader<'_> {
    /// Articles that match an FTS5 query, the best first; a hit in the title weighs five in the body. Hits stand between
    /// `«` and `»` in the snippet.
    pub fn search(
        self,
        query: &str,
        filter: &SearchFilter,
        limit: usize,
    ) -> Result<Records, StoreError> {
        let parameters = named_params! {
            ":query": query, ":since": filter.since, ":until": filter.until, ":source": filter.source,
            ":entity": filter.entity.as_deref().map(name_key), ":limit": limit as i64 + 1,
        };
        let found = self.records(
            "select articles.id,
                    articles.published_at,
                    sources.name as source,
                    articles.title,
                    snippet(articles_fts, 1, '«', '»', '…', 24) as snippet
             from articles_fts
             join articles on articles.id = articles_fts.rowid
             left join sources on sources.id = articles.source_id
             where articles_fts match :query
               and (:since is null or articles.published_at >= :since)
               and (:until is null or articles.published_at < :until || '~')
               and (:source is null or sources.name = :source collate nocase)
               and (:entity is null or exists (
                       select 1
                       from mentions
                       join entity_names on entity_names.entity_id = mentions.entity_id
                       where mentions.article_id = articles.id and entity_names.key = :entity))
             order by bm25(articles_fts, 5.0, 1.0), articles.id
             limit :limit",
            parameters,
        );
        let cut = |mut found: Records| {
            found.truncated = found.rows.len() > limit;
            found.rows.truncate(limit);
            found
        };
        found.map(cut).map_err(|error| match error {
            StoreError::Sqlite(sqlite) => StoreError::Query(format!(
                "the search {query:?} cannot be understood ({sqlite}); put words with marks in quotes, as in '\"U.S.\"'"
            )),
            error => error,
        })
    }

    /// One article, its mentions in order, its dates and quotations; no section holds a row where there is no such article.
    pub fn article(self, id: i64) -> Result<Vec<Section>, StoreError> {
        Ok(vec![
            self.section("Article", "select * from v_articles where id = ?1", [id])?,
            self.section(
                "Mentions",
                "select start, \"end\", text, kind, entity, confidence from v_mentions where article_id = ?1 order by start",
                [id],
            )?,
            self.section("Dates", "select start, \"end\", text, value, precision, type from dates where article_id = ?1 order by start", [id])?,
            self.section(
                "Quotes",
                "select quotes.start, quotes.\"end\", quotes.text, entities.name as speaker, quotes.cue
                 from quotes
                 left join entities on entities.id = quotes.speaker_id
                 where quotes.article_id = ?1
                 order by quotes.start",
                [id],
            )?,
            self.section(
                "Same story",
                "select other.id, other.published_at, sources.name as source, other.title
                 from articles
                 join articles as other on other.story_id = articles.story_id and other.id <> articles.id
                 left join sources on sources.id = other.source_id
                 where articles.id = ?1
                 order by other.published_at desc, other.id desc",
                [id],
            )?,
        ])
    }
}

//! The latest articles of an entity, found in the way that its fame makes the quicker.

use super::Named;
use crate::domain::records::Section;
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// For a name in many articles: along time, until there are enough.
const ALONG_TIME: &str = "
    select articles.id
    from articles
    where exists (select 1 from mentions where article_id = articles.id and entity_id = :id)
      and {scope}
    order by articles.published_at desc, articles.id desc
    limit :most";

/// For a name in few articles: all of them, brought into order.
const AMONG_ITS_OWN: &str = "
    select articles.id
    from articles
    where articles.id in (select article_id from mentions where entity_id = :id)
      and {scope}
    order by articles.published_at desc, articles.id desc
    limit :most";

/// Above so many articles, to read along time is quicker.
const MANY: i64 = 2_000;

/// As `:most`: all of them.
pub(super) const ALL: i64 = -1;

impl Reader<'_> {
    /// A section from the latest articles of the entity, `most` of them.
    pub(super) fn of_latest(
        self,
        title: &str,
        sql: &str,
        id: i64,
        most: i64,
        scope: &Scope,
    ) -> Result<Section, StoreError> {
        let values: [Named<'_>; 2] = [(":id", &id), (":most", &most)];
        self.scoped(title, &self.with_latest(sql, id)?, scope, &values)
    }

    /// A statement with the latest articles of the entity `:id` for its `{latest}`: the ids of `:most` of them, within the scope.
    pub(super) fn with_latest(self, sql: &str, id: i64) -> Result<String, StoreError> {
        let n_articles: i64 = self.connection.query_row(
            "select coalesce((select n_articles from entities where id = ?1), 0)",
            [id],
            |row| row.get(0),
        )?;
        let latest = if n_articles > MANY {
            ALONG_TIME
        } else {
            AMONG_ITS_OWN
        };
        Ok(sql.replace("{latest}", latest))
    }
}

//! `entity_days` and the sums in `entities`: kept in step article by article, so that reports need not count mentions.

use rusqlite::params;

use super::{StoreError, Writer};

impl Writer<'_> {
    /// Counts the mentions of an article in (`by` 1) or out (`by` -1). Out goes before and in after any change to its
    /// mentions or to its date.
    pub(super) fn count_mentions(&mut self, article: i64, by: i64) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "insert into entity_days (entity_id, day, n_articles, n_mentions)
                 select entity_id,
                        (select coalesce(substr(published_at, 1, 10), '') from articles where id = ?1),
                        ?2,
                        ?2 * count(*)
                 from mentions
                 where article_id = ?1
                 group by entity_id
                 on conflict do update
                 set n_articles = n_articles + excluded.n_articles, n_mentions = n_mentions + excluded.n_mentions",
            )?
            .execute(params![article, by])?;
        self.transaction
            .prepare_cached(
                "update entities
                 set n_articles = entities.n_articles + ?2,
                     n_mentions = entities.n_mentions + ?2 * own.n_mentions
                 from (
                     select entity_id, count(*) as n_mentions
                     from mentions
                     where article_id = ?1
                     group by entity_id
                 ) as own
                 where entities.id = own.entity_id",
            )?
            .execute(params![article, by])?;
        if by < 0 {
            self.transaction
                .prepare_cached(
                    "delete from entity_days
                     where n_articles = 0
                       and entity_id in (select entity_id from mentions where article_id = ?1)
                       and day = (select coalesce(substr(published_at, 1, 10), '') from articles where id = ?1)",
                )?
                .execute([article])?;
        }
        Ok(())
    }
}

//! `report watchlist`: who of the lists is in the news, and in which words.

use rusqlite::named_params;

use crate::domain::records::Section;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// The entries that were met, the latest first, and where; of one list or entry, and published since and until, where
    /// given. An article without a date counts by the day on which it came.
    pub fn watchlist_hits(
        self,
        name: Option<&str>,
        since: Option<&str>,
        until: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Section>, StoreError> {
        let parameters = named_params! {
            ":name": name, ":since": since, ":until": until, ":limit": limit as i64,
        };
        Ok(vec![
            self.section(
                "Entries",
                "select list,
                        entry,
                        own_id,
                        count(distinct article_id) as n_articles,
                        count(*) as n_hits,
                        max(coalesce(published_at, ingested_at)) as last_seen
                 from v_watchlist_hits
                 where (:name is null or list = :name collate nocase or entry = :name collate nocase or own_id = :name)
                   and (:since is null or coalesce(published_at, ingested_at) >= :since)
                   and (:until is null or coalesce(published_at, ingested_at) < :until || '~')
                 group by list, entry, own_id
                 order by last_seen desc, list, entry
                 limit :limit",
                parameters,
            )?,
            self.section(
                "Hits",
                "select list, entry, own_id, article_id, published_at, source, article, text, start, \"end\", sentence
                 from v_watchlist_hits
                 where (:name is null or list = :name collate nocase or entry = :name collate nocase or own_id = :name)
                   and (:since is null or coalesce(published_at, ingested_at) >= :since)
                   and (:until is null or coalesce(published_at, ingested_at) < :until || '~')
                 order by coalesce(published_at, ingested_at) desc, article_id, start, list, entry
                 limit :limit",
                parameters,
            )?,
        ])
    }
}

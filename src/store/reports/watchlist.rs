//! `report watchlist`: who of the lists is in the news, and in which words.

use crate::domain::records::Section;
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

impl Reader<'_> {
    /// The entries that were met, the latest first, and where; of one list or entry, and published since and until, where
    /// given. An article without a date counts by the day on which it came.
    pub fn watchlist_hits(
        self,
        name: Option<&str>,
        scope: &Scope,
    ) -> Result<Vec<Section>, StoreError> {
        Ok(vec![
            self.scoped(
                "Entries",
                "select list,
                        entry,
                        own_id,
                        count(distinct article_id) as n_articles,
                        count(*) as n_hits,
                        max(coalesce(published_at, ingested_at)) as last_seen
                 from v_watchlist_hits
                 where (:name is null or list = :name collate nocase or entry = :name collate nocase or own_id = :name)
                   and {met}
                   and (:source is null or source = :source)
                 group by list, entry, own_id
                 order by last_seen desc, list, entry
                 limit :limit",
                scope,
                &[(":name", &name)],
            )?,
            self.scoped(
                "Hits",
                "select list, entry, own_id, article_id, published_at, source, article, text, start, \"end\", sentence
                 from v_watchlist_hits
                 where (:name is null or list = :name collate nocase or entry = :name collate nocase or own_id = :name)
                   and {met}
                   and (:source is null or source = :source)
                 order by coalesce(published_at, ingested_at) desc, article_id, start, list, entry
                 limit :limit",
                scope,
                &[(":name", &name)],
            )?
            .without(&["start", "end"]),
        ])
    }
}

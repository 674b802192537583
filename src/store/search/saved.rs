//! `saved_searches`: searches that are kept, and how far each has been seen.

use rusqlite::params;

use super::super::{Reader, StoreError, Writer};
use crate::domain::records::Records;

/// A search that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it asks.
    pub query: String,
    /// The last article that it had seen when it was last asked for what is new.
    pub seen_to: i64,
    /// The last article for which the daemon's hook has been run.
    pub alerted_to: i64,
}

impl Reader<'_> {
    /// The search of that name.
    pub fn saved_search(self, name: &str) -> Result<Option<SavedSearch>, StoreError> {
        Ok(self
            .all_saved()?
            .into_iter()
            .find(|saved| saved.name == name))
    }

    /// All searches that are kept.
    pub(super) fn all_saved(self) -> Result<Vec<SavedSearch>, StoreError> {
        let mut select = self.connection.prepare_cached(
            "select id, name, query, seen_to, alerted_to from saved_searches order by id",
        )?;
        let rows = select.query_map([], |row| {
            Ok(SavedSearch {
                id: row.get("id")?,
                name: row.get("name")?,
                query: row.get("query")?,
                seen_to: row.get("seen_to")?,
                alerted_to: row.get("alerted_to")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The searches as people see them.
    pub fn saved_searches(&self) -> Result<Records, StoreError> {
        self.records(
            "select name, query, saved_at, asked_at from saved_searches order by name",
            [],
        )
    }

    /// The latest article.
    pub fn last_article(self) -> Result<i64, StoreError> {
        let mut select = self
            .connection
            .prepare_cached("select coalesce(max(id), 0) from articles")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Keeps a search; whether the name was free. What is there already is seen, and no hook runs for it.
    pub fn save_search(&mut self, name: &str, query: &str, now: &str) -> Result<bool, StoreError> {
        let mut insert = self.transaction.prepare_cached(
            "insert into saved_searches (name, query, saved_at, seen_to, alerted_to)
             select ?1, ?2, ?3, last, last
             from (select coalesce(max(id), 0) as last from articles)
             where true
             on conflict do nothing",
        )?;
        Ok(insert.execute([name, query, now])? > 0)
    }

    /// Notes that a search has been asked, and has seen the articles up to this one.
    pub fn search_seen(&mut self, id: i64, seen_to: i64, now: &str) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "update saved_searches set seen_to = max(seen_to, ?2), asked_at = ?3 where id = ?1",
            )?
            .execute(params![id, seen_to, now])?;
        Ok(())
    }

    /// Forgets a search; whether there was one.
    pub fn forget_search(&mut self, name: &str) -> Result<bool, StoreError> {
        let mut delete = self
            .transaction
            .prepare_cached("delete from saved_searches where name = ?1")?;
        Ok(delete.execute([name])? > 0)
    }
}

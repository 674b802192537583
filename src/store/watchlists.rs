//! `watchlists`, `watchlist_entries` and `watchlist_names`: names that matter to the user; `hits.rs` enters where they stand.

use std::sync::Arc;

use rusqlite::{OptionalExtension, params};

use super::{Reader, StoreError, Writer};
use crate::domain::records::Records;
use crate::domain::watchlist::Entry;
use crate::text::phrases::{Phrases, is_ambiguous, phrase_key};

impl Reader<'_> {
    /// The lists with what they hold and have found.
    pub fn watchlists(&self) -> Result<Records, StoreError> {
        self.records(
            "select name,
                    (select count(*) from watchlist_entries where list_id = watchlists.id) as n_entries,
                    (select count(*) from watchlist_hits where list_id = watchlists.id) as n_hits,
                    (select count(distinct article_id) from watchlist_hits where list_id = watchlists.id) as n_articles,
                    file,
                    added_at
             from watchlists
             order by name",
            [],
        )
    }

    /// How many articles there are.
    pub fn n_articles(&self) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .query_row("select count(*) from articles", [], |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Whether there is a list of that name.
    pub fn has_list(&self, name: &str) -> Result<bool, StoreError> {
        let mut select = self
            .transaction
            .prepare_cached("select 1 from watchlists where name = ?1")?;
        Ok(select.exists([name])?)
    }

    /// Stores a list and looks for its names in every article there is, telling `looked_at` of each. How many entries and
    /// hits there are.
    pub fn add_list(
        &mut self,
        name: &str,
        file: &str,
        entries: impl Iterator<Item = Result<Entry, String>>,
        now: &str,
        looked_at: impl Fn(),
    ) -> Result<(usize, usize), StoreError> {
        self.transaction
            .prepare_cached(
                "insert into watchlists (name, file, added_at, alerted_to)
                 values (?1, ?2, ?3, coalesce((select max(id) from articles), 0))",
            )?
            .execute([name, file, now])?;
        let list = self.transaction.last_insert_rowid();
        let mut n_entries = 0;
        let mut phrases = Phrases::default();
        for entry in entries {
            self.add_entry(list, &entry.map_err(StoreError::List)?, &mut phrases)?;
            n_entries += 1;
        }
        phrases.finish();
        let mut n_hits = 0;
        let mut bodies = self
            .transaction
            .prepare("select id, body from articles order by id")?;
        let mut rows = bodies.query([])?;
        while let Some(row) = rows.next()? {
            let (article, body): (i64, String) = (row.get(0)?, row.get(1)?);
            n_hits += self.add_hits_of(article, &body, &phrases)?;
            looked_at();
        }
        Ok((n_entries, n_hits))
    }

    fn add_entry(&self, list: i64, entry: &Entry, phrases: &mut Phrases) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "insert into watchlist_entries (list_id, own_id, name, kind, note, line)
                 values (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                list,
                entry.own_id,
                entry.name,
                entry.kind,
                entry.note,
                entry.line as i64
            ])?;
        let id = self.transaction.last_insert_rowid();
        let mut insert = self.transaction.prepare_cached(
            "insert into watchlist_names (entry_id, name, key, is_exact)
             values (?1, ?2, ?3, ?4)",
        )?;
        let names = entry.names.iter().map(|name| (name, is_ambiguous(name)));
        let mut taken: Vec<(String, bool)> = Vec::new();
        for (name, is_exact) in names.chain(entry.weak_names.iter().map(|name| (name, true))) {
            let key = (phrase_key(name, is_exact), is_exact);
            if key.0.is_empty() || taken.contains(&key) {
                continue;
            }
            insert.execute(params![id, name, key.0, is_exact])?;
            taken.push(key);
            let number = self.transaction.last_insert_rowid();
            let number = u32::try_from(number).map_err(|_| {
                StoreError::List("the archive's watchlists have held too many names".into())
            })?;
            phrases.add_name(number, name, is_exact);
        }
        Ok(())
    }

    /// Forgets a list and its hits; whether there was one.
    pub fn remove_list(&mut self, name: &str) -> Result<bool, StoreError> {
        let list: Option<i64> = self
            .transaction
            .prepare_cached("select id from watchlists where name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        let Some(list) = list else {
            return Ok(false);
        };
        self.transaction
            .prepare_cached(
                "update mentions
                 set origin = hits.mention_origin
                 from watchlist_hits as hits
                 where hits.list_id = ?1
                   and hits.mention_origin is not null
                   and mentions.article_id = hits.article_id
                   and mentions.start = hits.start
                   and mentions.\"end\" = hits.\"end\"
                   and not exists (
                       select 1
                       from watchlist_hits as others
                       where others.article_id = hits.article_id and others.start = hits.start
                         and others.\"end\" = hits.\"end\" and others.list_id <> ?1)",
            )?
            .execute([list])?;
        self.transaction
            .prepare_cached("delete from watchlists where id = ?1")?
            .execute([list])?;
        Ok(true)
    }

    /// Looks for the names of all lists in an article that has just been stored.
    pub(super) fn add_hits(&mut self, article: i64) -> Result<(), StoreError> {
        let phrases = self.phrases()?;
        if phrases.is_empty() {
            return Ok(());
        }
        let body: String = self
            .transaction
            .prepare_cached("select body from articles where id = ?1")?
            .query_row([article], |row| row.get(0))?;
        self.add_hits_of(article, &body, &phrases)?;
        Ok(())
    }

    /// The names of all lists, read anew when a list came or went.
    fn phrases(&mut self) -> Result<Arc<Phrases>, StoreError> {
        // No id is given twice, so latest and count tell every set of lists from those before it.
        let version: i64 = self
            .transaction
            .prepare_cached("select coalesce(max(id), 0) * 1000000 + count(*) from watchlists")?
            .query_row([], |row| row.get(0))?;
        if let Some((known, phrases)) = &self.rules.phrases
            && *known == version
        {
            return Ok(Arc::clone(phrases));
        }
        let phrases = Arc::new(self.reader().watchlist_phrases()?);
        self.rules.phrases = Some((version, Arc::clone(&phrases)));
        Ok(phrases)
    }
}

impl Reader<'_> {
    /// The names of all lists, to be looked for in a text.
    pub(super) fn watchlist_phrases(self) -> Result<Phrases, StoreError> {
        let mut phrases = Phrases::default();
        let mut names = self
            .connection
            .prepare_cached("select id, name, is_exact from watchlist_names")?;
        let mut rows = names.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(1)?;
            phrases.add_name(row.get(0)?, &name, row.get(2)?);
        }
        phrases.finish();
        Ok(phrases)
    }
}

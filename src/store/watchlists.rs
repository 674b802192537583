//! `watchlists`, `watchlist_entries`, `watchlist_names` and `watchlist_hits`: names that matter to the user, and where they stand.

use std::ops::Range;
use std::sync::Arc;

use rusqlite::{OptionalExtension, params};

use super::{Reader, StoreError, Writer};
use crate::domain::records::Records;
use crate::domain::watchlist::Entry;
use crate::text::offsets::Offsets;
use crate::text::phrases::{Phrases, is_ambiguous, phrase_key};

/// A name of a list where it stands in a body.
struct Hit {
    list: i64,
    entry: i64,
    range: Range<usize>,
}

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
            phrases.add(number, name, is_exact);
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
        let mut phrases = Phrases::default();
        let mut names = self
            .transaction
            .prepare_cached("select id, name, is_exact from watchlist_names")?;
        let mut rows = names.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(1)?;
            phrases.add(row.get(0)?, &name, row.get(2)?);
        }
        phrases.finish();
        let phrases = Arc::new(phrases);
        self.rules.phrases = Some((version, Arc::clone(&phrases)));
        Ok(phrases)
    }

    /// Stores what of `phrases` stands in a body; how many hits.
    fn add_hits_of(
        &self,
        article: i64,
        body: &str,
        phrases: &Phrases,
    ) -> Result<usize, StoreError> {
        let hits = self.hits(body, phrases)?;
        if hits.is_empty() {
            return Ok(0);
        }
        let mut sentence = self.transaction.prepare_cached(
            "select coalesce(max(number), 0)
             from sentences
             where article_id = ?1 and start <= ?2",
        )?;
        let mut insert = self.transaction.prepare_cached(
            "insert into watchlist_hits (list_id, entry_id, article_id, start, \"end\", text, sentence, mention_origin)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let mut offsets = Offsets::new(body);
        for hit in &hits {
            let span = offsets.span(&hit.range);
            let (start, end) = (span.start as i64, span.end as i64);
            let sentence: i64 = sentence.query_row([article, start], |row| row.get(0))?;
            let origin = self.mark_mention(article, start, end)?;
            insert.execute(params![
                hit.list,
                hit.entry,
                article,
                start,
                end,
                &body[hit.range.clone()],
                sentence,
                origin
            ])?;
        }
        Ok(hits.len())
    }

    /// Marks the mention that stands right there, and gives its origin before.
    fn mark_mention(
        &self,
        article: i64,
        start: i64,
        end: i64,
    ) -> Result<Option<String>, StoreError> {
        let origin: Option<String> = self
            .transaction
            .prepare_cached(
                "select coalesce(
                     (select mention_origin from watchlist_hits as hits
                      where hits.article_id = mentions.article_id and hits.start = mentions.start
                        and hits.\"end\" = mentions.\"end\" and mention_origin is not null
                      limit 1),
                     origin)
                 from mentions
                 where article_id = ?1 and start = ?2 and \"end\" = ?3",
            )?
            .query_row([article, start, end], |row| row.get(0))
            .optional()?;
        if origin.is_some() {
            self.transaction
                .prepare_cached(
                    "update mentions
                     set origin = 'watchlist'
                     where article_id = ?1 and start = ?2 and \"end\" = ?3",
                )?
                .execute([article, start, end])?;
        }
        Ok(origin)
    }

    /// The names that really stand there, none inside a longer one of the same list; in text order.
    fn hits(&self, body: &str, phrases: &Phrases) -> Result<Vec<Hit>, StoreError> {
        let mut select = self.transaction.prepare_cached(
            "select watchlist_names.key, watchlist_names.is_exact, watchlist_entries.id, watchlist_entries.list_id
             from watchlist_names
             join watchlist_entries on watchlist_entries.id = watchlist_names.entry_id
             where watchlist_names.id = ?1",
        )?;
        let mut hits: Vec<Hit> = Vec::new();
        for found in phrases.find(body) {
            let row = select.query_row([found.phrase], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            });
            let (key, is_exact, entry, list): (String, bool, i64, i64) = row?;
            if phrase_key(&body[found.range.clone()], is_exact) == key {
                hits.push(Hit {
                    list,
                    entry,
                    range: found.range,
                });
            }
        }
        hits.sort_by_key(|hit| {
            (
                hit.range.start,
                std::cmp::Reverse(hit.range.end),
                hit.list,
                hit.entry,
            )
        });
        hits.dedup_by_key(|hit| (hit.range.clone(), hit.entry));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            let last = kept.iter().rev().find(|last| last.list == hit.list);
            let is_inside = last
                .is_some_and(|last| hit.range.start < last.range.end && hit.range != last.range);
            if !is_inside {
                kept.push(hit);
            }
        }
        Ok(kept)
    }
}

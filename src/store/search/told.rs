//! Hits that the daemon's hook is still to be told of: of kept searches, and of the names of watchlists.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::super::{Reader, StoreError, Writer};
use super::matching::Matching;
use crate::domain::query;
use crate::text::marks::hits;
use crate::text::offsets::Offsets;

/// What looks out for new articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watcher {
    /// A kept search, by its row.
    Search(i64),
    /// A watchlist, by its row.
    List(i64),
}

/// One hit, as the hook is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// The name of the search or watchlist.
    pub name: String,
    /// `search` or `watchlist`.
    pub origin: &'static str,
    /// The words that were found, as printed; of a watchlist, the name as the list has it.
    pub term: String,
    /// The sentence in which they stand; the title, where they stand in it alone.
    pub sentence: String,
    /// `articles.id`.
    pub article_id: i64,
    /// The article's title.
    pub title: String,
    /// Its outlet.
    pub source: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

impl Reader<'_> {
    /// Each watcher with the new articles that it found, in order. A search that cannot be run finds nothing.
    pub fn due_alerts(self) -> Result<Vec<(Watcher, Vec<i64>)>, StoreError> {
        let mut due = Vec::new();
        for saved in self.all_saved()? {
            let Ok(query) = query::parse(&saved.query) else {
                continue;
            };
            let matching = Matching::new(self, &query, saved.alerted_to)?;
            let root = matching.with_capitals(&query.root)?;
            let found = matching.matching(&root);
            match found {
                Ok(found) => due.push((Watcher::Search(saved.id), found)),
                // It names nobody whom the archive knows any more.
                Err(StoreError::Query(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let mut lists = self
            .connection
            .prepare_cached("select id, alerted_to from watchlists order by id")?;
        let lists = lists.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut select = self.connection.prepare_cached(
            "select distinct article_id
             from watchlist_hits
             where list_id = ?1 and article_id > ?2
             order by article_id",
        )?;
        for list in lists {
            let (list, after): (i64, i64) = list?;
            let found = select.query_map([list, after], |row| row.get(0))?;
            due.push((Watcher::List(list), found.collect::<Result<_, _>>()?));
        }
        Ok(due)
    }

    /// What is to be told of a watcher's hits in an article.
    pub fn alerts(self, watcher: Watcher, article: i64) -> Result<Vec<Alert>, StoreError> {
        let mut alerts = Vec::new();
        let mut select = self.connection.prepare_cached(
            "select articles.title, sources.name, articles.published_at, articles.url, articles.body
             from articles
             left join sources on sources.id = articles.source_id
             where articles.id = ?1",
        )?;
        let found = select.query_row([article], |row| {
            let alert = Alert {
                name: String::new(),
                origin: "search",
                term: String::new(),
                sentence: String::new(),
                article_id: article,
                title: row.get(0)?,
                source: row.get(1)?,
                published_at: row.get(2)?,
                url: row.get(3)?,
            };
            Ok((alert, row.get::<_, String>(4)?))
        });
        let Some((blank, body)) = found.optional()? else {
            return Ok(alerts);
        };
        match watcher {
            Watcher::Search(id) => alerts.extend(self.search_alert(id, blank, &body)?),
            Watcher::List(list) => {
                let mut entries = self.connection.prepare_cached(
                    "select list, entry, coalesce(sentence, article), min(start) -- and so the first sentence
                     from v_watchlist_hits
                     join watchlists on watchlists.name = v_watchlist_hits.list
                     where watchlists.id = ?1 and article_id = ?2
                     group by list, entry",
                )?;
                let rows = entries.query_map([list, article], |row| {
                    Ok(Alert {
                        name: row.get(0)?,
                        origin: "watchlist",
                        term: row.get(1)?,
                        sentence: row.get(2)?,
                        ..blank.clone()
                    })
                })?;
                for alert in rows {
                    alerts.push(alert?);
                }
            }
        }
        Ok(alerts)
    }

    fn search_alert(self, id: i64, blank: Alert, body: &str) -> Result<Option<Alert>, StoreError> {
        let Some(saved) = self.all_saved()?.into_iter().find(|saved| saved.id == id) else {
            return Ok(None);
        };
        let Ok(query) = query::parse(&saved.query) else {
            return Ok(None);
        };
        let (needles, _) = self.needles(&query)?;
        let in_body = hits(body, &needles).into_iter().next();
        let in_title = hits(&blank.title, &needles).into_iter().next();
        let (term, sentence) = match (in_body, in_title) {
            (Some(hit), _) => {
                let start = Offsets::new(body).span(&hit.range).start;
                (
                    body[hit.range].to_owned(),
                    self.sentence_at(blank.article_id, start)?,
                )
            }
            (None, Some(hit)) => (blank.title[hit.range].to_owned(), None),
            (None, None) => (saved.query.clone(), None),
        };
        Ok(Some(Alert {
            name: saved.name,
            term,
            sentence: sentence.unwrap_or_else(|| blank.title.clone()),
            ..blank
        }))
    }

    fn sentence_at(self, article: i64, start: usize) -> Result<Option<String>, StoreError> {
        let mut select = self.connection.prepare_cached(
            "select substr(articles.body, sentences.start + 1, sentences.\"end\" - sentences.start)
             from sentences
             join articles on articles.id = sentences.article_id
             where sentences.article_id = ?1 and sentences.start <= ?2
             order by sentences.start desc
             limit 1",
        )?;
        Ok(select
            .query_row(params![article, start as i64], |row| row.get(0))
            .optional()?)
    }
}

impl Writer<'_> {
    /// Notes that the hook has been told of a watcher's hits up to this article.
    pub fn alerted(&mut self, watcher: Watcher, article: i64) -> Result<(), StoreError> {
        let (sql, id) = match watcher {
            Watcher::Search(id) => (
                "update saved_searches set alerted_to = max(alerted_to, ?2) where id = ?1",
                id,
            ),
            Watcher::List(id) => (
                "update watchlists set alerted_to = max(alerted_to, ?2) where id = ?1",
                id,
            ),
        };
        self.transaction
            .prepare_cached(sql)?
            .execute([id, article])?;
        Ok(())
    }

    /// Notes that nothing that is there is to be told: there is no hook.
    pub fn skip_alerts(&mut self) -> Result<(), StoreError> {
        for sql in [
            "update saved_searches set alerted_to = coalesce((select max(id) from articles), 0)",
            "update watchlists set alerted_to = coalesce((select max(id) from articles), 0)",
        ] {
            self.transaction.prepare_cached(sql)?.execute([])?;
        }
        Ok(())
    }
}

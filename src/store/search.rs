//! Full-text search: a query becomes sets of articles, which are joined, ranked and shown.

mod capitals;
mod facets;
mod filters;
mod matching;
mod saved;
mod sets;
mod spellings;
mod told;
mod unspaced;

use rusqlite::OptionalExtension;

use super::adhoc::value;
use super::{Reader, StoreError};
use crate::domain::query::{Filter, Query, Test};
use crate::domain::records::{Records, Value};
use crate::text::marks::{Needle, snippet};

use matching::Matching;

pub use saved::SavedSearch;
pub use told::{Alert, Watcher};
pub(super) use unspaced::fill;

/// The order in which articles are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The best first; a hit in the title weighs five in the body.
    Relevance,
    /// The latest first.
    Recent,
    /// The earliest first.
    Oldest,
}

/// What is asked of a search beyond its query.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The order.
    pub order: Order,
    /// How many are shown.
    pub limit: usize,
    /// Only articles that came after this one: `articles.id`.
    pub after: i64,
    /// What stands before and after a hit in a snippet.
    pub marks: (char, char),
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// What is shown.
    pub records: Records,
    /// All articles, by number.
    pub articles: Vec<i64>,
    /// What the searcher should know, in words.
    pub notes: Vec<String>,
}

impl Reader<'_> {
    /// The articles that a query asks for.
    pub fn search(self, query: &Query, asked: &Asked) -> Result<Found, StoreError> {
        let matching = Matching::new(self, query, asked.after)?;
        let root = matching.with_spellings(&query.root)?;
        let root = matching.with_capitals(&root)?;
        let found = matching.ordered(&root, asked.order, asked.limit)?;
        let (needles, mut notes) = self.needles(query)?;
        notes.extend(matching.counts_apart(&root, found.articles.is_empty())?);
        notes.extend(self.undated(query)?);
        let mut records = Records {
            columns: ["id", "published_at", "source", "title", "snippet"]
                .map(str::to_owned)
                .to_vec(),
            rows: Vec::new(),
            truncated: found.articles.len() > asked.limit,
        };
        let mut select = self.connection.prepare_cached(
            "select articles.id,
                    articles.published_at,
                    sources.name,
                    articles.title,
                    coalesce(articles.subtitle || char(10) || char(10), '') || articles.body
             from articles
             left join sources on sources.id = articles.source_id
             where articles.id = ?1",
        )?;
        for article in found.first {
            let row = select.query_row([article], |row| {
                let mut cells = Vec::with_capacity(5);
                for column in 0..4 {
                    cells.push(value(row.get_ref(column)?));
                }
                let text: String = row.get(4)?;
                cells.push(Value::Text(snippet(&text, &needles, asked.marks)));
                Ok(cells)
            });
            records.rows.extend(row.optional()?);
        }
        Ok(Found {
            records,
            articles: found.articles,
            notes,
        })
    }

    /// That articles without a date are in no time.
    fn undated(self, query: &Query) -> Result<Option<String>, StoreError> {
        let has_date = |filter: &&Filter| matches!(filter.test, Test::Date { .. });
        if !query.root.filters().iter().any(has_date) {
            return Ok(None);
        }
        let mut count = self
            .connection
            .prepare_cached("select count(*) from articles where published_at is null")?;
        let n: i64 = count.query_row([], |row| row.get(0))?;
        Ok((n > 0).then(|| format!("date: leaves out {n} articles whose date is not known")))
    }

    /// What is to be marked: the query's words, and the names of entities that it asks for.
    fn needles(self, query: &Query) -> Result<(Vec<Needle>, Vec<String>), StoreError> {
        let phrases = query.root.phrases();
        let mut needles: Vec<Needle> = phrases
            .iter()
            .filter_map(|phrase| {
                let needle = Needle::new(&phrase.words, phrase.is_prefix)?;
                Some(if phrase.is_acronym {
                    needle.in_capitals(&phrase.words)
                } else {
                    needle
                })
            })
            .collect();
        let mut notes = query.hints.clone();
        for filter in query.root.filters() {
            let (names, note) = self.names_meant(filter, &query.text)?;
            needles.extend(names.iter().filter_map(|name| Needle::new(name, false)));
            notes.extend(note);
        }
        Ok((needles, notes))
    }
}

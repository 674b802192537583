//! Counts over all articles that a search found: by outlet, time, language, and whom they mention.
//!
//! What is counted stands in indexes of its own, which are read through once: to look up each of many articles by itself
//! would read most of the archive.

use std::collections::HashMap;
use std::hash::Hash;

use super::super::{Reader, StoreError};
use super::sets::holds;
use crate::domain::analysis::Kind;
use crate::domain::records::{Records, Section, Value};

/// How many values a facet shows.
const MAX_VALUES: usize = 10;

/// Hits of more months than this are counted by year alone.
const MAX_MONTHS: usize = 36;

/// Fewer articles than this are looked up one by one.
const FEW_ARTICLES: usize = 1_000;

impl Reader<'_> {
    /// The facets of these articles, whose numbers are in ascending order.
    pub fn facets(self, articles: &[i64]) -> Result<Vec<Section>, StoreError> {
        let mut outlets: HashMap<Option<i64>, usize> = HashMap::new();
        let mut months: HashMap<Option<String>, usize> = HashMap::new();
        let mut placed = self
            .connection
            .prepare_cached("select id, source_id, published_at from articles")?;
        let mut rows = placed.query([])?;
        while let Some(row) = rows.next()? {
            if !holds(articles, row.get(0)?) {
                continue;
            }
            *outlets.entry(row.get(1)?).or_default() += 1;
            let day = row
                .get_ref(2)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?;
            let month = day.map(|day| day.get(..7).unwrap_or(day).to_owned());
            count(&mut months, month);
        }
        let mut languages: HashMap<Option<String>, usize> = HashMap::new();
        let mut told = self
            .connection
            .prepare_cached("select id, language from articles")?;
        let mut rows = told.query([])?;
        while let Some(row) = rows.next()? {
            if holds(articles, row.get(0)?) {
                count(&mut languages, row.get(1)?);
            }
        }
        let mut sections = vec![self.by_outlet(outlets)?];
        sections.extend(by_time(&months));
        sections.push(section("By language", "lang", top(languages)));
        sections.extend(self.by_entity(articles)?);
        // Nothing is told by a facet of which nothing is known.
        sections.retain(|section| section.records.rows.iter().any(|row| row[0] != Value::Null));
        Ok(sections)
    }

    fn by_outlet(self, outlets: HashMap<Option<i64>, usize>) -> Result<Section, StoreError> {
        let mut name = self
            .connection
            .prepare_cached("select name from sources where id = ?1")?;
        let mut named = Vec::new();
        for (outlet, n) in outlets {
            let outlet = outlet
                .map(|id| name.query_row([id], |row| row.get(0)))
                .transpose()?;
            named.push((outlet, n));
        }
        Ok(section("By outlet", "source", top(named)))
    }

    /// Who and what is mentioned by most of the articles, of each kind.
    fn by_entity(self, articles: &[i64]) -> Result<Vec<Section>, StoreError> {
        let mut counts: Vec<(i64, usize)> = self.mentioned(articles)?.into_iter().collect();
        counts.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        let mut entity = self
            .connection
            .prepare_cached("select kind, name from entities where id = ?1")?;
        let mut by_kind: HashMap<Kind, Vec<(Option<String>, usize)>> = HashMap::new();
        let mut n_full = 0;
        for (id, n) in counts {
            let (kind, name): (String, String) =
                entity.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let Some(kind) = Kind::from_word(&kind) else {
                continue;
            };
            let names = by_kind.entry(kind).or_default();
            if names.len() < MAX_VALUES {
                names.push((Some(name), n));
                n_full += usize::from(names.len() == MAX_VALUES);
            }
            if n_full == Kind::ALL.len() {
                break;
            }
        }
        let section_of = |kind: Kind| {
            Some(section(
                &format!("By {}", kind.as_str()),
                "name",
                by_kind.remove(&kind)?,
            ))
        };
        Ok(Kind::ALL.into_iter().filter_map(section_of).collect())
    }

    /// How many of the articles mention each entity.
    fn mentioned(self, articles: &[i64]) -> Result<HashMap<i64, usize>, StoreError> {
        let mut counts: HashMap<i64, usize> = HashMap::new();
        if articles.len() < FEW_ARTICLES {
            let mut of_article = self
                .connection
                .prepare_cached("select distinct entity_id from mentions where article_id = ?1")?;
            for article in articles {
                for entity in of_article.query_map([article], |row| row.get(0))? {
                    *counts.entry(entity?).or_default() += 1;
                }
            }
            return Ok(counts);
        }
        let mut all = self.connection.prepare_cached(
            "select entity_id, article_id from mentions order by entity_id, article_id",
        )?;
        let mut rows = all.query([])?;
        let mut last = (0, 0);
        while let Some(row) = rows.next()? {
            let pair: (i64, i64) = (row.get(0)?, row.get(1)?);
            if pair != last && holds(articles, pair.1) {
                *counts.entry(pair.0).or_default() += 1;
            }
            last = pair;
        }
        Ok(counts)
    }
}

/// Years, and months where there are not too many.
fn by_time(months: &HashMap<Option<String>, usize>) -> Vec<Section> {
    let mut years: HashMap<Option<String>, usize> = HashMap::new();
    for (month, n) in months {
        *years
            .entry(
                month
                    .as_deref()
                    .and_then(|month| month.get(..4))
                    .map(str::to_owned),
            )
            .or_default() += n;
    }
    let in_order = |counts: HashMap<Option<String>, usize>| {
        let mut counts: Vec<(Option<String>, usize)> = counts.into_iter().collect();
        counts.sort();
        counts
    };
    let mut sections = vec![section("By year", "year", in_order(years))];
    // What is dated by its year alone belongs to no month.
    let mut months = months.clone();
    months.retain(|month, _| month.as_ref().is_none_or(|month| month.len() > 4));
    if months.len() <= MAX_MONTHS {
        sections.push(section("By month", "month", in_order(months)));
    }
    sections
}

fn count<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: K) {
    *counts.entry(key).or_default() += 1;
}

fn top(counts: impl IntoIterator<Item = (Option<String>, usize)>) -> Vec<(Option<String>, usize)> {
    let mut counts: Vec<(Option<String>, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(MAX_VALUES);
    counts
}

fn section(title: &str, column: &str, counts: Vec<(Option<String>, usize)>) -> Section {
    let cell = |value: Option<String>| value.map_or(Value::Null, Value::Text);
    let row = |(value, n)| vec![cell(value), Value::Integer(n as i64)];
    let records = Records::new(
        &[column, "n_articles"],
        counts.into_iter().map(row).collect(),
    );
    Section::new(title, records)
}

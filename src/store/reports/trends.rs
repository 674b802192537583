//! `report trends`: names that rise unusually now, against their own past.

use std::collections::HashMap;

use rusqlite::{named_params, params};

use super::earlier;
use super::presence::Presence;
use crate::domain::records::{Evidence, Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};
use crate::text::association::Counts;

/// A name that stands in more articles than its past lets expect.
struct Risen {
    score: f64,
    n: i64,
    before: i64,
    kind: String,
    name: String,
    id: i64,
}

/// What was published before.
#[derive(Default)]
struct Past {
    n_articles: i64,
    /// In how many articles each entity stands, if the past is that of one outlet.
    of_outlet: Option<HashMap<i64, i64>>,
}

impl Reader<'_> {
    /// The last day of the scope on which anything was published, as far as it is known to the day; one in the far future is a
    /// mistake of some older version.
    pub fn last_day(self, scope: &Scope) -> Result<Option<String>, StoreError> {
        let mut day = None;
        self.for_each(
            "select substr(max(published_at), 1, 10)
             from articles
             where {period} and {outlet} and length(published_at) >= 10
               and published_at < date('now', '+2 years', 'start of year')",
            scope,
            &[],
            |row| {
                day = row.get(0)?;
                Ok(())
            },
        )?;
        Ok(day)
    }

    /// Names that stand in more of the articles of the scope, which begins somewhere, than their share of the earlier ones
    /// lets expect; by log-likelihood.
    pub fn trends(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let (n_now, now) = self.named_in(scope)?;
        let past = self.past_of(scope)?;
        let n_before = past.n_articles;
        let mut entity = self
            .connection
            .prepare_cached("select kind, name from entities where id = ?1")?;
        let mut risen = Vec::new();
        for (id, n) in now.into_iter().filter(|(_, n)| *n > 1) {
            let (kind, name): (String, String) =
                entity.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if scope.kind.is_some_and(|wanted| wanted.as_str() != kind) {
                continue;
            }
            let before = self.n_past(&past, id, scope)?;
            let counts = Counts {
                both: n as f64,
                one: n_now as f64,
                other: (n + before) as f64,
                all: (n_now + n_before) as f64,
            };
            risen.push(Risen {
                score: counts.log_likelihood(),
                n,
                before,
                kind,
                name,
                id,
            });
        }
        risen.retain(|name| name.score > 0.0);
        risen.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.name.cmp(&b.name))
        });
        risen.truncate(scope.limit);
        self.trend_section(risen, scope, n_now, n_before)
    }

    /// What was surely published before the scope begins, by the scope's outlet if it has one.
    fn past_of(self, scope: &Scope) -> Result<Past, StoreError> {
        let before = earlier("articles.published_at");
        let mut past = Past::default();
        let count = format!("select count(*) from articles where {before} and {{outlet}}");
        self.for_each(&count, scope, &[], |row| {
            past.n_articles = row.get(0)?;
            Ok(())
        })?;
        if scope.source.is_some() {
            let mut presence = Presence::default();
            let named = format!(
                "select articles.id, mentions.entity_id
                 from articles
                 left join mentions on mentions.article_id = articles.id
                 where {before} and {{outlet}}"
            );
            self.for_each(&named, scope, &[], |row| {
                presence.add(row.get(0)?, row.get(1)?);
                Ok(())
            })?;
            past.of_outlet = Some(presence.counts().into_iter().collect());
        }
        Ok(past)
    }

    /// In how many articles of that past an entity stands.
    fn n_past(self, past: &Past, id: i64, scope: &Scope) -> Result<i64, StoreError> {
        if let Some(of_outlet) = &past.of_outlet {
            return Ok(of_outlet.get(&id).copied().unwrap_or_default());
        }
        let sum = format!(
            "select coalesce(sum(n_articles), 0)
             from entity_days
             where entity_id = :id and day <> '' and {}",
            earlier("day")
        );
        let mut sum = self.connection.prepare_cached(&sum)?;
        let values = named_params! { ":id": id, ":since": scope.lower() };
        Ok(sum.query_row(values, |row| row.get(0))?)
    }

    fn trend_section(
        self,
        risen: Vec<Risen>,
        scope: &Scope,
        n_now: i64,
        n_before: i64,
    ) -> Result<Vec<Section>, StoreError> {
        let mut latest = self.connection.prepare_cached(
            "select title
             from articles
             where exists (select 1 from mentions where article_id = articles.id and entity_id = ?1)
               and published_at >= ?2 and published_at < ?3
             order by published_at desc, id desc
             limit 1",
        )?;
        let mut rows = Vec::new();
        for name in risen {
            let bounds = params![name.id, scope.lower(), scope.upper()];
            let title: String = latest.query_row(bounds, |row| row.get(0))?;
            let past_share = n_now as f64 * name.before as f64 / (n_before as f64).max(1.0);
            rows.push(vec![
                Value::Text(name.kind),
                Value::Text(name.name),
                Value::Integer(name.n),
                Value::to_a_tenth(past_share),
                Value::to_a_tenth(name.score),
                Value::Text(title),
                Value::Integer(name.id),
            ]);
        }
        let columns = [
            "kind",
            "name",
            "n_articles",
            "expected",
            "score",
            "latest",
            "id",
        ];
        let mut section = Section::new("Rising", Records::new(&columns, rows));
        section.sql = format!(
            "select entity_id, sum(n_articles) filter (where day >= '{0}') as now, sum(n_articles) filter (where day < '{0}') as before from entity_days group by entity_id",
            scope.lower()
        );
        section.note = Some(format!(
            "of {n_now} articles since {}; expected is the name's share of the {n_before} before, score the log-likelihood",
            scope.lower()
        ));
        Ok(vec![section.backed(Evidence::Entity("id"))])
    }

    /// How many articles the scope has, and in how many of them each entity stands.
    fn named_in(self, scope: &Scope) -> Result<(i64, Vec<(i64, i64)>), StoreError> {
        let mut presence = Presence::default();
        self.for_each(
            "select articles.id, mentions.entity_id
             from articles
             left join mentions on mentions.article_id = articles.id
             where {scope}",
            scope,
            &[],
            |row| {
                presence.add(row.get(0)?, row.get(1)?);
                Ok(())
            },
        )?;
        Ok((presence.n_articles(), presence.counts()))
    }
}

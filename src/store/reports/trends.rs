//! `report trends`: names that rise unusually now, against their own past.

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

impl Reader<'_> {
    /// The last day of the scope on which anything was published.
    pub fn last_day(self, scope: &Scope) -> Result<Option<String>, StoreError> {
        let mut day = None;
        self.for_each(
            "select substr(max(published_at), 1, 10)
             from articles
             where published_at < :until
               and {outlet}",
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
        let n_before: i64 = self.connection.query_row(
            "select count(*) from articles where published_at < ?1",
            [scope.lower()],
            |row| row.get(0),
        )?;
        let mut entity = self.connection.prepare_cached(
            "select kind,
                    name,
                    (select coalesce(sum(n_articles), 0) from entity_days
                     where entity_id = ?1 and day < ?2 and day <> '')
             from entities
             where id = ?1",
        )?;
        let mut risen = Vec::new();
        for (id, n) in now.into_iter().filter(|(_, n)| *n > 1) {
            let (kind, name, before): (String, String, i64) = entity
                .query_row(rusqlite::params![id, scope.lower()], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?;
            if scope.kind.is_some_and(|wanted| wanted.as_str() != kind) {
                continue;
            }
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
            let bounds = rusqlite::params![name.id, scope.lower(), scope.upper()];
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
             where articles.published_at >= :since and articles.published_at < :until
               and {outlet}",
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

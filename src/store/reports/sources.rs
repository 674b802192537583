//! `report sources`: each outlet's volume, languages, delays and favourite names.

use std::collections::HashMap;

use crate::domain::records::{Evidence, Picture, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// An outlet's names are counted in so many of its articles, the latest.
const LATEST: i64 = 300;

impl Reader<'_> {
    /// Outlet by outlet, the largest first.
    pub fn sources(self, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let mut section = self.scoped(
            "Sources",
            "select sources.name as source,
                    sources.domain,
                    counted.n_articles,
                    substr(counted.first_published, 1, 10) as first_published,
                    substr(counted.last_published, 1, 10) as last_published,
                    counted.languages,
                    counted.undated_percent,
                    counted.no_byline_percent,
                    sources.id
             from (
                 select source_id,
                        count(*) as n_articles,
                        min(published_at) as first_published,
                        max(published_at) as last_published,
                        replace(group_concat(distinct coalesce(language, 'unknown')), ',', ', ') as languages,
                        round(100.0 * sum(published_at is null) / count(*), 1) as undated_percent,
                        round(100.0 * sum(byline is null) / count(*), 1) as no_byline_percent
                 from articles
                 where {scope}
                   and source_id is not null
                 group by source_id
             ) as counted
             join sources on sources.id = counted.source_id
             order by counted.n_articles desc, sources.name
             limit :limit",
            scope,
            &[],
        )?;
        let columns = ["median_delay_days", "top_names"].map(str::to_owned);
        section.records.columns.splice(8..8, columns);
        for row in &mut section.records.rows {
            let id = row[8].as_integer().unwrap_or_default();
            let delay = self.median_delay(id, scope)?;
            let names = self.favourite_names(id, scope)?;
            row.splice(8..8, [delay, Value::Text(names)]);
        }
        section.note = Some(format!(
            "the delay is from publication to arrival here; top names are those of the latest {LATEST} articles"
        ));
        Ok(vec![
            section
                .drawn(Picture::Bars {
                    label: "source",
                    value: "n_articles",
                })
                .backed(Evidence::Outlet("source"))
                .without(&["id"]),
        ])
    }

    fn median_delay(self, source: i64, scope: &Scope) -> Result<Value, StoreError> {
        let mut days = Value::Null;
        self.for_each(
            "select round(delay, 1)
             from (
                 select julianday(ingested_at) - julianday(published_at) as delay,
                        row_number() over (order by julianday(ingested_at) - julianday(published_at)) as place,
                        count(*) over () as n
                 from articles
                 where source_id = :id and {period}
                   and length(published_at) >= 10
             )
             where place = (n + 1) / 2",
            scope,
            &[(":id", &source)],
            |row| {
                days = Value::Real(row.get(0)?);
                Ok(())
            },
        )?;
        Ok(days)
    }

    fn favourite_names(self, source: i64, scope: &Scope) -> Result<String, StoreError> {
        let mut n_articles: HashMap<i64, i64> = HashMap::new();
        self.for_each(
            "select distinct articles.id, mentions.entity_id
             from (
                 select id
                 from articles
                 where source_id = :id
                   and {period}
                 order by published_at desc
                 limit :latest
             ) as articles
             join mentions on mentions.article_id = articles.id",
            scope,
            &[(":id", &source), (":latest", &LATEST)],
            |row| {
                *n_articles.entry(row.get(1)?).or_default() += 1;
                Ok(())
            },
        )?;
        let mut most: Vec<(i64, i64)> = n_articles.into_iter().collect();
        most.sort_unstable_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        let mut select = self
            .connection
            .prepare_cached("select name from entities where id = ?1")?;
        let name = |(id, _): &(i64, i64)| select.query_row([id], |row| row.get(0));
        let names: Vec<String> = most.iter().take(3).map(name).collect::<Result<_, _>>()?;
        Ok(names.join(", "))
    }
}

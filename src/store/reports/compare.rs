//! `report compare A B …` and `report pair A B`.

use std::collections::BTreeMap;

use crate::domain::records::{Evidence, Picture, Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// Longer times are told by the year.
const MOST_MONTHS: usize = 120;

impl Reader<'_> {
    /// Entities side by side: in how many articles, month by month, and in which together.
    pub fn compare(self, ids: &[i64], scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let list = serde_json::json!(ids).to_string();
        let totals = self.scoped(
            "Compared",
            "select entities.kind,
                    entities.name,
                    count(distinct mentions.article_id) as n_articles,
                    count(*) as n_mentions,
                    min(substr(published_at, 1, 10)) as first_seen,
                    max(substr(published_at, 1, 10)) as last_seen,
                    entities.id
             from json_each(:ids) as asked
             join entities on entities.id = asked.value
             join mentions on mentions.entity_id = entities.id
             join articles on articles.id = mentions.article_id
             where (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or source_id = (select id from sources where name = :source))
             group by entities.id
             order by asked.key",
            scope,
            &[(":ids", &list)],
        )?;
        let shared = self.scoped(
            "Articles with all of them",
            "select articles.id, articles.published_at, sources.name as source, articles.title
             from articles
             left join sources on sources.id = articles.source_id
             where articles.id in (
                     select article_id
                     from mentions
                     where entity_id in (select value from json_each(:ids))
                     group by article_id
                     having count(distinct entity_id) = json_array_length(:ids))
               and (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or sources.name = :source)
             order by articles.published_at desc, articles.id desc
             limit :limit",
            scope,
            &[(":ids", &list)],
        )?;
        Ok(vec![
            totals.backed(Evidence::Entity("id")),
            self.months_side_by_side(ids, scope)?,
            shared,
        ])
    }

    fn months_side_by_side(self, ids: &[i64], scope: &Scope) -> Result<Section, StoreError> {
        let mut columns = vec!["month".to_owned()];
        let mut months: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for (n, id) in ids.iter().enumerate() {
            let name = "select name from entities where id = ?1";
            columns.push(self.connection.query_row(name, [id], |row| row.get(0))?);
            for (month, count) in self.months(*id, scope)? {
                months.entry(month).or_insert_with(|| vec![0; ids.len()])[n] += count;
            }
        }
        let is_long = months.len() > MOST_MONTHS;
        let mut rows: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for (month, counts) in months {
            let label = if is_long {
                month[..4].to_owned()
            } else {
                month
            };
            let row = rows.entry(label).or_insert_with(|| vec![0; ids.len()]);
            row.iter_mut()
                .zip(counts)
                .for_each(|(sum, count)| *sum += count);
        }
        if is_long {
            "year".clone_into(&mut columns[0]);
        }
        let row = |(label, counts): (String, Vec<i64>)| {
            let counts = counts.into_iter().map(Value::Integer);
            std::iter::once(Value::Text(label)).chain(counts).collect()
        };
        let records = Records {
            columns,
            rows: rows.into_iter().map(row).collect(),
            truncated: false,
        };
        let mut section = Section::new(if is_long { "Years" } else { "Months" }, records);
        section.sql = format!(
            "select substr(day, 1, 7) as month, entity_id, sum(n_articles) as n_articles from entity_days where entity_id in ({}) group by 1, 2",
            ids.iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        );
        Ok(section.drawn(Picture::Lines))
    }

    /// The sentences in which two entities both stand, the latest first.
    pub fn pair(self, one: i64, other: i64, scope: &Scope) -> Result<Vec<Section>, StoreError> {
        let counts = self.scoped(
            "Together",
            "select (select name from entities where id = :one) as one,
                    (select name from entities where id = :other) as other,
                    (select count(*) from (
                         select article_id from mentions where entity_id = :one
                         intersect
                         select article_id from mentions where entity_id = :other)) as n_articles,
                    (select n_articles from entities where id = :one) as n_articles_one,
                    (select n_articles from entities where id = :other) as n_articles_other",
            scope,
            &[(":one", &one), (":other", &other)],
        )?;
        let sentences = self.scoped(
            "Sentences",
            "select articles.published_at,
                    sources.name as source,
                    substr(articles.body, sentences.start + 1, sentences.\"end\" - sentences.start) as sentence,
                    articles.title,
                    articles.id as article_id
             from (
                 select article_id, sentence from mentions where entity_id = :one
                 intersect
                 select article_id, sentence from mentions where entity_id = :other
             ) as both
             join articles on articles.id = both.article_id
             join sentences on sentences.article_id = both.article_id and sentences.number = both.sentence
             left join sources on sources.id = articles.source_id
             where (published_at >= :since and published_at < :until or :open and published_at is null)
               and (:source is null or sources.name = :source)
             order by articles.published_at desc, articles.id desc, sentences.number
             limit :limit",
            scope,
            &[(":one", &one), (":other", &other)],
        )?;
        Ok(vec![counts, sentences])
    }
}

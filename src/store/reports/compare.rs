//! `report compare A B …` and `report pair A B`.

use std::collections::BTreeMap;

use super::Named;
use super::over_time::OverTime;
use crate::domain::records::{Evidence, Picture, Records, Section, Value};
use crate::domain::scope::Scope;
use crate::store::{Reader, StoreError};

/// Longer times are told by the year.
const MOST_MONTHS: usize = 120;

const SHARED: &str = "
    select articles.id, articles.published_at, sources.name as source, articles.title
    from ({latest}) as own
    join articles on articles.id = own.id
    left join sources on sources.id = articles.source_id
    order by articles.published_at desc, articles.id desc";

/// Only articles in which every one of `:ids` stands.
const ALL_OF_THEM: &str = "
    (select count(distinct entity_id)
     from mentions
     where article_id = articles.id and entity_id in (select value from json_each(:ids))) = json_array_length(:ids)
    and {scope}";

impl Reader<'_> {
    /// Entities side by side: in how many articles, month by month, and in which together.
    pub fn compare(self, ids: &[i64], scope: &Scope) -> Result<Vec<Section>, StoreError> {
        Ok(vec![
            self.side_by_side(ids, scope)?,
            self.months_side_by_side(ids, scope)?,
            self.shared(ids, scope)?,
        ])
    }

    /// Found among the articles of the one in the fewest.
    fn shared(self, ids: &[i64], scope: &Scope) -> Result<Section, StoreError> {
        let mut rarest = (i64::MAX, 0);
        for id in ids {
            let sql = "select n_articles from entities where id = ?1";
            let n_articles = self.connection.query_row(sql, [id], |row| row.get(0))?;
            rarest = rarest.min((n_articles, *id));
        }
        let sql = self.with_latest(SHARED, rarest.1)?;
        let list = serde_json::json!(ids).to_string();
        let values: [Named<'_>; 3] = [
            (":id", &rarest.1),
            (":ids", &list),
            (":most", &(scope.limit as i64)),
        ];
        let title = "Articles with all of them";
        self.scoped(title, &sql.replace("{scope}", ALL_OF_THEM), scope, &values)
    }

    fn side_by_side(self, ids: &[i64], scope: &Scope) -> Result<Section, StoreError> {
        let columns = [
            "kind",
            "name",
            "n_articles",
            "n_mentions",
            "first_seen",
            "last_seen",
            "id",
        ];
        let mut compared = Section::new("Compared", Records::new(&columns, Vec::new()));
        let mut statements = Vec::new();
        for id in ids {
            let mut summary = self.summary(*id, scope)?;
            if let Some(row) = summary.records.rows.pop() {
                let value = |name: &&str| summary.column(name).map(|n| row[n].clone());
                let row = columns.iter().filter_map(value).collect();
                compared.records.rows.push(row);
            }
            statements.push(summary.sql);
        }
        compared.sql = statements.join(";\n");
        Ok(compared.backed(Evidence::Entity("id")))
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
        let add = |sums: &mut Vec<i64>, counts: Vec<i64>| {
            sums.resize(ids.len(), 0);
            sums.iter_mut()
                .zip(counts)
                .for_each(|(sum, count)| *sum += count);
        };
        let times = OverTime::of(months, MOST_MONTHS, add, |counts| counts.iter().sum());
        let (step, note) = (times.step, times.note());
        step.label.clone_into(&mut columns[0]);
        let row = |(label, mut counts): (String, Vec<i64>)| {
            counts.resize(ids.len(), 0);
            let counts = counts.into_iter().map(Value::Integer);
            std::iter::once(Value::Text(label)).chain(counts).collect()
        };
        let records = Records {
            columns,
            rows: times.steps.into_iter().map(row).collect(),
            truncated: false,
        };
        let mut section = Section::new(step.title, records);
        section.note = note;
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
             where {scope}
             order by articles.published_at desc, articles.id desc, sentences.number
             limit :limit",
            scope,
            &[(":one", &one), (":other", &other)],
        )?;
        Ok(vec![counts, sentences])
    }
}

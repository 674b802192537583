//! Rows that leave the archive one by one: nothing is collected, so that any archive can be exported in little memory.

mod ftm;
mod graph;
mod scoped;
mod sealed;
mod subset;
mod tables;
#[cfg(test)]
mod tests;

use std::io;

use rusqlite::types::ValueRef;
use rusqlite::{Row, Statement};

use super::{Reader, StoreError};
use crate::domain::analysis::Kind;
use crate::domain::export::{Cell, Choice, Dataset};
use scoped::scoped;

pub use subset::{Original, Subset};
pub use tables::TableFile;

/// What takes the rows: an error of its own ends the export.
pub type Sink<'a> = dyn FnMut(&[Cell<'_>]) -> io::Result<()> + 'a;

impl Reader<'_> {
    /// Passes the rows of a dataset on, in the order of their numbers; values stand in the order of [`Dataset::columns`].
    pub fn export(
        self,
        dataset: Dataset,
        choice: &Choice,
        sink: &mut Sink<'_>,
    ) -> Result<(), StoreError> {
        let sql = match dataset {
            Dataset::Graph => return self.export_graph(choice, sink),
            Dataset::Articles => ARTICLES,
            Dataset::Entities if choice.is_whole() => ALL_ENTITIES,
            Dataset::Entities => ENTITIES,
            Dataset::Mentions => MENTIONS,
            Dataset::Quotes => QUOTES,
            Dataset::Roles => ROLES,
            Dataset::Dates => DATES,
        };
        self.pass(sql, choice, sink)
    }

    /// How many articles are chosen.
    pub fn count_chosen(self, choice: &Choice) -> Result<i64, StoreError> {
        let mut n_articles = 0;
        let sql = scoped!("select count(*) from articles where ", "", "");
        self.pass(sql, choice, &mut |row| {
            n_articles = row[0].integer();
            Ok(())
        })?;
        Ok(n_articles)
    }

    fn pass(self, sql: &str, choice: &Choice, sink: &mut Sink<'_>) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(sql)?;
        bind(&mut statement, choice)?;
        let n_columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            sink(&cells(row, n_columns)?).map_err(StoreError::Output)?;
        }
        Ok(())
    }
}

fn bind(statement: &mut Statement<'_>, choice: &Choice) -> rusqlite::Result<()> {
    let scope = &choice.scope;
    let (lower, upper, is_open) = (scope.lower(), scope.upper(), scope.is_open());
    let kind = scope.kind.map(Kind::as_str);
    let articles = choice.articles.as_deref().map(as_json);
    let own: [(&str, &dyn rusqlite::ToSql); 7] = [
        (":since", &lower),
        (":until", &upper),
        (":open", &is_open),
        (":source", &scope.source),
        (":kind", &kind),
        (":entity", &choice.entity),
        (":articles", &articles),
    ];
    for (name, value) in own {
        if let Some(index) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(index, value)?;
        }
    }
    Ok(())
}

/// A list of numbers as SQLite takes it apart.
fn as_json(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("[{}]", numbers.join(","))
}

fn cells<'a>(row: &'a Row<'_>, n_columns: usize) -> Result<Vec<Cell<'a>>, StoreError> {
    let cell = |n| {
        Ok(match row.get_ref(n)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Real(number),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                Cell::Text(String::from_utf8_lossy(bytes))
            }
        })
    };
    (0..n_columns).map(cell).collect()
}

const ARTICLES: &str = scoped!(
    "select id, title, subtitle, byline, dateline, source, section, language, url, published_at, published_precision,
            word_count, ingested_at, file, body, story_id, extent, analyzer
     from v_articles
     where id in (select articles.id from articles where ",
    "",
    ") order by id"
);

const ALL_ENTITIES: &str = "select id, kind, name, wikidata_id, description, n_mentions, n_articles, first_seen, last_seen,
        country, part_of, latitude, longitude
 from v_entities
 where :kind is null or kind = :kind
 order by id";

// The cross joins keep the mentions in the order of their index, so that they are grouped, and come, as they pass.
const ENTITIES: &str = scoped!(
    "select entities.id, entities.kind, entities.name, entities.wikidata_id, entities.description, own.n_mentions,
            own.n_articles, own.first_seen, own.last_seen, entities.country, wholes.name, entities.latitude,
            entities.longitude
     from (
         select mentions.entity_id,
                count(*) as n_mentions,
                count(distinct mentions.article_id) as n_articles,
                min(substr(articles.published_at, 1, 10)) as first_seen,
                max(substr(articles.published_at, 1, 10)) as last_seen
         from mentions
         cross join articles on articles.id = mentions.article_id
         where ",
    "",
    "
         group by mentions.entity_id
     ) as own
     cross join entities on entities.id = own.entity_id
     left join entities as wholes on wholes.id = entities.part_of_id
     where :kind is null or entities.kind = :kind"
);

const MENTIONS: &str = scoped!(
    "select id, article_id, article, published_at, source, entity_id, entity, kind, text, start, \"end\", sentence,
            confidence, origin, place
     from v_mentions
     where (:kind is null or kind = :kind)
       and +article_id in (select articles.id from articles where ",
    "",
    ") order by id"
);

const QUOTES: &str = scoped!(
    "select quotes.id, quotes.article_id, articles.title, articles.published_at, sources.name, quotes.speaker_id,
            entities.name, quotes.cue, quotes.text, quotes.start, quotes.\"end\",
            quotes.rule, quotes.cue_start, quotes.cue_end, quotes.speaker_start, quotes.speaker_end
     from quotes
     cross join articles on articles.id = quotes.article_id
     left join sources on sources.id = articles.source_id
     left join entities on entities.id = quotes.speaker_id
     where ",
    "",
    " order by quotes.id"
);

const ROLES: &str = scoped!(
    "select roles.id, roles.article_id, articles.title, articles.published_at, sources.name, roles.entity_id,
            entities.name, roles.title, roles.start, roles.\"end\", roles.place
     from roles
     cross join articles on articles.id = roles.article_id
     left join sources on sources.id = articles.source_id
     join entities on entities.id = roles.entity_id
     where (:kind is null or entities.kind = :kind) and ",
    "",
    " order by roles.id"
);

const DATES: &str = scoped!(
    "select dates.id, dates.article_id, articles.title, articles.published_at, sources.name, dates.text, dates.start,
            dates.\"end\", dates.value, dates.precision, dates.type
     from dates
     cross join articles on articles.id = dates.article_id
     left join sources on sources.id = articles.source_id
     where ",
    "",
    " order by dates.id"
);

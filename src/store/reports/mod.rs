//! The reports' queries, one file each; every answer is [`Section`]s of plain records.

mod audit;
mod company;
mod compare;
mod dossier;
mod entity;
mod evidence;
mod health;
mod latest;
mod ledger;
mod network;
mod over_time;
mod overview;
mod places;
mod presence;
mod quotes;
mod ranking;
mod screen;
mod sources;
mod stories;
mod timeline;
mod top;
mod trends;
mod watchlist;

use rusqlite::{CachedStatement, Params, Rows, Statement, ToSql};

use super::adhoc::value;
use super::names::nearest_names;
use super::{Reader, StoreError};
use crate::domain::analysis::Kind;
use crate::domain::records::{Records, Section, Value};
use crate::domain::scope::Scope;

pub use audit::{Audited, Sampled};
pub use screen::Screened;

/// A value of a statement by its name: `(":id", &id)`.
type Named<'a> = (&'a str, &'a dyn ToSql);

impl<'a> Reader<'a> {
    /// Runs a statement of ours and keeps its rows.
    pub(in crate::store) fn records(
        self,
        sql: &str,
        parameters: impl Params,
    ) -> Result<Records, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = column_names(&statement);
        gathered(columns, statement.query(parameters)?)
    }

    pub(in crate::store) fn section(
        self,
        title: &str,
        sql: &str,
        parameters: impl Params,
    ) -> Result<Section, StoreError> {
        Ok(Section::new(title, self.records(sql, parameters)?))
    }

    /// A section whose statement asks for `{scope}` (see [`in_scope`]), for `:since`, `:until`, `:source`, `:kind` or `:limit`
    /// of the scope, or for other named values.
    fn scoped(
        self,
        title: &str,
        sql: &str,
        scope: &Scope,
        others: &[Named<'_>],
    ) -> Result<Section, StoreError> {
        let mut statement = self.bound(sql, scope, others)?;
        let sql = statement.expanded_sql().unwrap_or_default();
        let columns = column_names(&statement);
        let records = gathered(columns, statement.raw_query())?;
        Ok(Section {
            sql,
            ..Section::new(title, records)
        })
    }

    /// A statement with the scope in it and all its values.
    fn bound(
        self,
        sql: &str,
        scope: &Scope,
        others: &[Named<'_>],
    ) -> Result<CachedStatement<'a>, StoreError> {
        let mut statement = self.connection.prepare_cached(&in_scope(sql, scope))?;
        let (lower, upper) = (scope.lower(), scope.upper());
        let kind = scope.kind.map(Kind::as_str);
        let limit = scope.limit as i64;
        let own: [Named<'_>; 5] = [
            (":since", &lower),
            (":until", &upper),
            (":source", &scope.source),
            (":kind", &kind),
            (":limit", &limit),
        ];
        for (name, value) in own.iter().chain(others) {
            if let Some(index) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(index, value)?;
            }
        }
        Ok(statement)
    }

    /// How many articles are left out since their year or month lies only partly within the scope's time.
    pub fn n_vague(self, scope: &Scope) -> Result<i64, StoreError> {
        let mut n = 0;
        let sql = format!(
            "select count(*)
             from articles
             where published_at in (substr(:since, 1, 4), substr(:since, 1, 7), substr(:until, 1, 4), substr(:until, 1, 7))
               and not ({{period}})
               and ({} or {})
               and {{outlet}}",
            holds("published_at", ":since"),
            holds("published_at", ":until")
        );
        if !scope.is_open() {
            self.for_each(&sql, scope, &[], |row| {
                n = row.get(0)?;
                Ok(())
            })?;
        }
        Ok(n)
    }

    /// A statement with its values written out.
    fn expanded(self, sql: &str, scope: &Scope) -> Result<String, StoreError> {
        let statement = self.bound(sql, scope, &[])?;
        Ok(statement.expanded_sql().unwrap_or_default())
    }

    /// As [`Self::scoped`], for rows that are only passed through.
    fn for_each(
        self,
        sql: &str,
        scope: &Scope,
        others: &[Named<'_>],
        mut each: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut statement = self.bound(sql, scope, others)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }

    /// How many articles the scope has.
    fn n_articles_in(self, scope: &Scope) -> Result<i64, StoreError> {
        let mut n_articles = 0;
        let sql = "select count(*) from articles where {scope}";
        self.for_each(sql, scope, &[], |row| {
            n_articles = row.get(0)?;
            Ok(())
        })?;
        Ok(n_articles)
    }

    /// How many articles and mentions the days of the scope have of an entity.
    fn days_sum(self, id: i64, scope: &Scope) -> Result<(i64, i64), StoreError> {
        let mut days = self.connection.prepare_cached(
            "select coalesce(sum(n_articles), 0), coalesce(sum(n_mentions), 0)
             from entity_days
             where entity_id = ?1 and day >= ?2 and day < ?3 and day <> ''",
        )?;
        let period = rusqlite::params![id, scope.lower(), scope.upper()];
        Ok(days.query_row(period, |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The outlet as the archive writes its name, or in words which may have been meant.
    pub fn outlet(self, name: &str) -> Result<Result<String, String>, StoreError> {
        const MOST: usize = 5;
        let texts = |records: Records| -> Vec<String> {
            let values = records.rows.into_iter().flatten();
            let text = |value: Value| value.as_text().map(str::to_owned);
            values.filter_map(text).collect()
        };
        let exact = self.records(
            "select name from sources where name = ?1 collate nocase order by name = ?1 desc limit 1",
            [name],
        )?;
        if let Some(exact) = texts(exact).pop() {
            return Ok(Ok(exact));
        }
        let most_first = self.records(
            "select name
             from sources
             order by (select count(*) from articles where source_id = sources.id) desc, name",
            [],
        )?;
        let mut known = texts(most_first);
        let near = nearest_names(name, &known);
        if !near.is_empty() {
            return Ok(Err(format!("did you mean {}?", near.join(", "))));
        }
        known.truncate(MOST);
        Ok(Err(format!("there are {}", known.join(", "))))
    }
}

fn column_names(statement: &Statement<'_>) -> Vec<String> {
    let names = statement.column_names();
    names.map(str::to_owned).collect()
}

/// All rows of a statement that runs.
fn gathered(columns: Vec<String>, mut rows: Rows<'_>) -> Result<Records, StoreError> {
    let mut records = Records {
        columns,
        ..Records::default()
    };
    while let Some(row) = rows.next()? {
        let values = (0..records.columns.len()).map(|n| Ok(value(row.get_ref(n)?)));
        records
            .rows
            .push(values.collect::<Result<_, StoreError>>()?);
    }
    Ok(records)
}

/// Whether a time is a year or month that a bound lies in: `1987` around `1987-03`. As text it stands before the bound.
pub(super) fn holds(time: &str, bound: &str) -> String {
    format!("substr({bound}, 1, length({time}) + 1) = {time} || '-'")
}

/// Whether a time lies within the scope. A year or month does if all of it does: nobody knows on which of its days the article
/// was published.
fn within(time: &str) -> String {
    let goes_on = holds(time, ":until");
    format!("{time} >= :since and {time} < :until and not ({goes_on})")
}

/// Whether a time surely lies before the scope.
fn earlier(time: &str) -> String {
    let goes_on = holds(time, ":since");
    format!("{time} < :since and not ({goes_on})")
}

/// Writes the scope into a statement that reads `articles`: `{period}`, `{outlet}` and both as `{scope}`; `{days}` into one that
/// reads `entity_days`, `{told}` into one that reads `dates`, `{met}` into one that reads `v_watchlist_hits`. What a scope leaves
/// open is no condition at all, so that each is answered by the index that serves it best.
fn in_scope(sql: &str, scope: &Scope) -> String {
    let within = |time: &str| {
        if scope.is_open() {
            "true".to_owned()
        } else {
            within(time)
        }
    };
    let period = within("articles.published_at");
    let outlet = "articles.source_id = (select id from sources where name = :source)";
    let (outlet, both) = match scope.source {
        None => ("true", period.clone()),
        Some(_) if scope.is_open() => (outlet, outlet.to_owned()),
        Some(_) => (outlet, format!("{period} and {outlet}")),
    };
    let met = within("coalesce(published_at, ingested_at)");
    sql.replace("{period}", &period)
        .replace("{days}", &format!("day <> '' and {}", within("day")))
        .replace("{told}", &within("dates.value"))
        .replace("{met}", &met)
        .replace("{outlet}", outlet)
        .replace("{scope}", &both)
}
